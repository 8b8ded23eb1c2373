//! The statistics of scores against published and recomputed values.

mod score_references;
