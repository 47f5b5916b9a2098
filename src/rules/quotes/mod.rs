//! Quotation marks, and what stands at them.

pub(super) mod nested;
pub(super) mod terminal;
pub(super) mod unbalanced;
