//! What the vault promises, tried on real folders.
