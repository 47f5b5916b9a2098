//! Quotation marks, and what stands at them.

pub(super) mod ellipsis;
pub(super) mod nested;
pub(super) mod style_mix;
pub(super) mod terminal;
pub(super) mod unbalanced;
