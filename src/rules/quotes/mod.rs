//! Quotation marks, and what stands at them.

pub(super) mod brackets;
pub(super) mod ellipsis;
pub(super) mod nested;
pub(super) mod paragraphs;
pub(super) mod scare;
pub(super) mod style_mix;
pub(super) mod terminal;
pub(super) mod unbalanced;

use crate::lexicon::Class;
use crate::prose::Mark;
use crate::story::Paragraph;

/// The opening mark of the double quotation with which the paragraph ends and which nothing closes. Where somebody is said
/// to speak in it, its end was forgotten instead.
fn left_open(paragraph: &Paragraph<'_>) -> Option<Mark> {
    let prose = &paragraph.facts.prose;
    let last = prose.quotations.last().filter(|quotation| quotation.is_open())?;
    let told = || prose.tokens_in(last.inner).iter().any(|token| token.class.any(Class::SPEECH));
    last.open.filter(|open| !open.single && !told())
}

/// Whether the paragraph begins within a double quotation that it closes.
fn goes_on(paragraph: &Paragraph<'_>) -> bool {
    let first = paragraph.facts.prose.quotations.first();
    first.is_some_and(|quotation| {
        quotation.open.is_none() && quotation.inner.start == 0 && quotation.close.is_some_and(|close| !close.single)
    })
}
