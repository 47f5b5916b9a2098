use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::{Act, Joined, SourceKind};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/anonymous-only",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/anonymous-only.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(story.words(place)));
    detect(story).into_iter().map(finding).collect()
}

/// The first unnamed source of a story that has no other sources.
fn detect(story: &Story<'_>) -> Option<Place> {
    let first = story.unnamed.first()?;
    let mut unnamed = story.unnamed.iter().map(|unnamed| unnamed.attribution).peekable();
    let other = |(index, joined): (usize, &Joined<'_>)| {
        unnamed.next_if_eq(&index).is_none() && joined.attribution.act == Act::Speech && is_known(joined)
    };
    (!story.attributions.iter().enumerate().any(other)).then_some(first.place)
}

/// Whether a source is somebody or something that readers can find.
fn is_known(joined: &Joined<'_>) -> bool {
    match joined.attribution.source_kind {
        SourceKind::Vague | SourceKind::Anonymous => false,
        SourceKind::Pronoun => joined.person.is_some(),
        _ => joined.attribution.source.is_some(),
    }
}

fn describe(words: &str) -> String {
    format!(
        "All that is said here is said by people without names, first “{words}”. Find a person or a document that can be named."
    )
}
