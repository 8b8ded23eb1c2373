//! Pictures say what their sentences say.
