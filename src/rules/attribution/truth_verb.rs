use super::verbs;
use crate::diagnostic::Severity;
use crate::lexicon::{Verb, VerbClass};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/truth-verb",
    level: Severity::Suggestion,
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["attribution/loaded-verb"],
    page: include_str!("../../../rules/attribution/truth-verb.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let certifying = verbs::of_attributions(paragraph).filter(|(_, verb)| verb.class == VerbClass::Truth);
    let finding = |(span, verb): (Span, Verb)| {
        Finding::new(Place::here(span), describe(paragraph.words(span))).mended_by(verbs::say(paragraph, span, verb))
    };
    certifying.map(finding).collect()
}

fn describe(words: &str) -> String {
    format!("“{words}” tells readers that it is so. If it is only what the speaker says, write “said”.")
}
