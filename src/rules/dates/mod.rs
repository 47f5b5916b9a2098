//! Days, months and hours. What stands in the dateline is the dateline rules' business.

pub(super) mod impossible;
pub(super) mod month_form;
pub(super) mod weekday_mismatch;

use crate::story::Paragraph;
use crate::story::dates::Mention;

/// The dates of a paragraph, but for the dateline's.
fn mentions<'s>(paragraph: &Paragraph<'s>) -> impl Iterator<Item = &'s Mention> {
    let start = paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
    paragraph.facts.dates.iter().filter(move |mention| mention.span.start >= start)
}
