//! Dates named in the copy.

use crate::prose::Prose;
use crate::text::Span;

/// A date as a paragraph gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mention {
    /// All of it.
    pub span: Span,
}

/// The dates of a paragraph.
pub fn mentions(text: &str, prose: &Prose) -> Vec<Mention> {
    let _ = (text, prose);
    Vec::new()
}
