use super::Token;
use crate::text::Span;

/// A quotation, or what is left of one where a mark is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The opening mark.
    pub open: Option<Mark>,
    /// The closing mark; none where the quotation runs on into the next paragraph or a mark was forgotten.
    pub close: Option<Mark>,
    /// What stands between the marks.
    pub inner: Span,
    /// 0 for a quotation, 1 for one inside it.
    pub depth: u8,
}

/// A quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its bytes.
    pub span: Span,
    /// Single rather than double.
    pub single: bool,
}

impl Quotation {
    /// The quotation with its marks.
    pub fn outer(&self) -> Span {
        Span::new(
            self.open.map_or(self.inner.start, |mark| mark.span.start),
            self.close.map_or(self.inner.end, |mark| mark.span.end),
        )
    }
}

/// Pairs the quotation marks of a paragraph, and marks what stands between them as quoted.
pub(super) fn pair(text: &str, tokens: &mut [Token]) -> Vec<Quotation> {
    let _ = (text, tokens);
    Vec::new()
}
