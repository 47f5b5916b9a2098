//! The right word.

pub(super) mod term;
