use super::verbs::{self, Told};
use crate::diagnostic::Severity;
use crate::lexicon::{Class, Form, VerbClass};
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::attribution::SourceKind;
use crate::story::{Paragraph, Place};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/stiff-verb",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/stiff-verb.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |(told, said): (Told<'_>, Repair)| {
        Finding::new(Place::here(told.span), describe(paragraph.words(told.span))).mended_by(vec![said])
    };
    detect(paragraph).map(finding).collect()
}

/// The stiff verbs for which "said" would do, with "said". What a court or a report states, it states.
fn detect<'p>(paragraph: &'p Paragraph<'_>) -> impl Iterator<Item = (Told<'p>, Repair)> {
    verbs::all(paragraph).filter_map(|told| {
        let formal = matches!(told.attribution.source_kind, SourceKind::Document | SourceKind::Organization);
        let stiff = told.verb.class == VerbClass::Stiff && !formal && !is_thing(paragraph, &told);
        let said = stiff.then(|| verbs::plain(paragraph, &told)).flatten()?;
        Some((told, said))
    })
}

/// Whether a thing states it: "the 14th Amendment states", "a letter, which stated", "passed a bill stating".
fn is_thing(paragraph: &Paragraph<'_>, told: &Told<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let source = prose.tokens_in(told.attribution.source.unwrap_or_default()).last();
    let before = prose.tokens[..told.at].iter().rev().find(|token| !token.class.any(Class::ADVERB));
    // "After stating that": somebody's own act.
    let joins = Class::PREPOSITION.with(Class::CONJUNCTION);
    let noun = before.is_some_and(|before| before.kind == Kind::Word && !before.class.any(joins));
    let described = told.verb.form == Form::Gerund && noun;
    described || source.is_some_and(|last| last.class.any(Class::THING) || last.of(paragraph.text) == "which")
}

fn describe(words: &str) -> String {
    format!("“{words}” is stiff. “Said” is shorter, and readers pass over it to the words.")
}
