use super::verbs;
use crate::diagnostic::Severity;
use crate::lexicon::{Verb, VerbClass};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/loaded-verb",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/loaded-verb.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let loaded = verbs::of_attributions(paragraph)
        .filter(|(_, verb)| matches!(verb.class, VerbClass::Loaded | VerbClass::Doubt | VerbClass::Guilt));
    let finding = |(span, verb): (Span, Verb)| {
        Finding::new(Place::here(span), describe(paragraph.words(span), verb))
            .mended_by(verbs::say(paragraph, span, verb))
    };
    loaded.map(finding).collect()
}

fn describe(words: &str, verb: Verb) -> String {
    match verb.class {
        VerbClass::Doubt => format!("“{words}” tells readers to doubt the speaker. “Said” is fair to both."),
        VerbClass::Guilt => {
            format!("“{words}” tells readers there was something to own up to. Unless there was, write “said”.")
        }
        _ => format!("“{words}” colours what was said. Let the words do it: write “said”."),
    }
}
