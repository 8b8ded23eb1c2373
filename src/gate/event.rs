//! What the gate tells whoever runs it.
//!
//! A vocabulary only, sent through the channel given to [`Gate::start`](super::Gate::start). It never carries anything of a
//! request.

/// What a visitor did that whoever runs the gate must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The lock button was used. The gate is locked already; the child is still to be ended.
    LockAsked,
    /// A request came after the idle limit. The gate is locked already; the child is still to be ended.
    IdleLimitReached,
    /// The locked page's button was used; it stays quiet until that is answered.
    UnlockAsked,
    /// The entry address was used; the next visitor needs a new one.
    EntrySpent,
}
