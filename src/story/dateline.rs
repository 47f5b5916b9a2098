//! The dateline: where a story was filed, when, and by which agency.

use super::Paragraph;
use crate::text::Span;

/// A dateline, well formed or not, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    /// All of it, up to and including the dash.
    pub span: Span,
    /// The place: "TOKYO".
    pub place: Span,
    /// The state, province or country.
    pub region: Option<Span>,
    /// The agency in the brackets.
    pub agency: Option<Span>,
    /// The date.
    pub date: Option<Span>,
    /// The dash.
    pub dash: Option<Span>,
}

/// The dateline with which a paragraph opens.
pub fn parse(text: &str) -> Option<Dateline> {
    let _ = text;
    None
}

/// The story's dateline; gives its paragraph the role [`Role::Dateline`](crate::format::Role::Dateline).
pub fn of_story<'s>(paragraphs: &mut [Paragraph<'s>]) -> Option<(usize, &'s Dateline)> {
    let _ = paragraphs;
    None
}
