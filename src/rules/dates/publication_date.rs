use crate::diagnostic::Severity;
use crate::format::{Field, FrontMatter};
use crate::rules::rule::{self, Detect, Quotes, Rule};
use crate::story::dates;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/publication-date",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: rule::ALL,
    yields_to: &[],
    page: include_str!("../../../rules/dates/publication-date.md"),
    detect: Detect::FrontMatter(check),
};

/// The date of the front matter, if it can't be read.
fn check(front_matter: &FrontMatter) -> Option<(&Field, String)> {
    let field = front_matter.date.as_ref().filter(|field| dates::written(&field.value).is_none())?;
    let message = format!(
        "“{}” can't be read as a day, so no weekday is checked against it. Write the year first, as in 2025-12-11.",
        field.value
    );
    Some((field, message))
}
