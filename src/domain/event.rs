//! Something that happened in the client's life.

use super::{Confidential, RoughDate};

/// A life event, often only roughly dated.
#[derive(Debug)]
pub struct Event {
    /// When, as exactly as it is known.
    pub date: RoughDate,
    /// The date as it was written ("spring 2011").
    pub written: Confidential,
    /// What happened.
    pub what: Confidential,
}
