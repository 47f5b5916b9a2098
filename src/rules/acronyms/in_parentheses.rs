use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

use super::introduced;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "acronyms/in-parentheses",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["acronyms/unused"],
    page: include_str!("../../../rules/acronyms/in-parentheses.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |acronym: super::Introduced| {
        let word = paragraph.words(acronym.acronym);
        Finding::new(
            Place::here(acronym.brackets),
            format!(
                "The house puts no acronym in brackets after the name: if “{word}” is clear without them later on, leave \
                 them out; if not, don’t use it."
            ),
        )
        .mended_by(vec![Repair::offer(format!("Leave out “({word})”"), Place::here(removal(paragraph, acronym.brackets)), "")])
    };
    introduced(paragraph).map(finding).collect()
}

/// The brackets with the space before them.
pub(super) fn removal(paragraph: &Paragraph<'_>, brackets: Span) -> Span {
    let before = paragraph.text.get(..brackets.start).unwrap_or("");
    Span::new(before.trim_end().len(), brackets.end)
}
