//! Why a request is turned away before anybody looks at what it asks for.
//!
//! A vocabulary only: [`head`](super::head), [`request`](super::request) and [`guard`](super::guard) say it,
//! [`answer`](super::answer) words it. It never carries a word of the request.

/// Why a request is turned away. Which one depends on the request alone, never on what exists behind the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Not a request as RFC 9112 writes it, or one that two readers could understand differently.
    Malformed,
    /// It comes from another page or asks for a service worker: the same answer as without a login.
    Foreign,
    /// A method for which there is nothing here.
    Method,
    /// The head did not arrive in time.
    Slow,
    /// A POST that does not say how long it is.
    LengthMissing,
    /// A body longer than any form here.
    BodyTooLarge,
    /// An address longer than any here.
    TargetTooLong,
    /// An `Expect` field; nothing here is worth asking before sending.
    Expectation,
    /// Another host's name: DNS rebinding, or a mistake.
    Misdirected,
    /// More head than any browser sends.
    HeadTooLarge,
}
