//! A p-value, and which p-values the test could have given at most: what the adjustment for all tests needs.

/// The outcome of one test of chance.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tested {
    /// How often chance alone gives this much or more.
    pub(super) p: f64,
    /// Which p-values the test could have given.
    pub(super) law: Law,
}

/// The p-values a test can give when nothing is going on.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Law {
    /// Any value: a p-value of at most x comes up with probability x.
    Continuous,
    /// Only these, ascending: a p-value of at most x comes up with probability of the largest one not above x.
    Discrete(Vec<f64>),
}
