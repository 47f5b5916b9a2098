//! Quotation marks.

pub(super) mod unbalanced;
