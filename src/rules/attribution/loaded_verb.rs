use super::verbs::{self, Told};
use crate::diagnostic::Severity;
use crate::lexicon::VerbClass;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;

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
    let finding = |(told, plain): (Told<'_>, Option<Repair>)| {
        let written = plain.as_ref().and_then(|repair| repair.edits.first()).map(|(_, words)| words.as_str());
        let message = describe(paragraph.words(told.span), told.verb.class, written);
        Finding::new(Place::here(told.span), message).mended_by(plain.into_iter().collect())
    };
    detect(paragraph).map(finding).collect()
}

/// The verbs that judge or dramatise, each with a plainer one. A thing that is claimed or admitted ("claimed victory") is
/// no attribution, and where the story shows the act its verb is exact.
fn detect<'p>(paragraph: &'p Paragraph<'_>) -> impl Iterator<Item = (Told<'p>, Option<Repair>)> {
    verbs::all(paragraph).filter_map(|told| {
        let judges = matches!(told.verb.class, VerbClass::Doubt | VerbClass::Guilt);
        let loaded = judges || told.verb.class == VerbClass::Loaded;
        let plain = loaded.then(|| verbs::plain(paragraph, &told))?;
        let right = judges && plain.is_none() || verbs::is_exact(paragraph, &told, told.verb.class);
        (!right).then_some((told, plain))
    })
}

fn describe(words: &str, class: VerbClass, plain: Option<&str>) -> String {
    match (class, plain) {
        (VerbClass::Doubt, _) => format!("“{words}” tells readers to doubt the speaker. “Said” is fair to both."),
        (VerbClass::Guilt, _) => {
            format!("“{words}” tells readers there was something to own up to. Unless there was, write “said”.")
        }
        (_, Some(plain)) => format!("“{words}” colours what was said. Let the words do it: write “{plain}”."),
        (_, None) => format!("“{words}” colours what was said. Let the words do it, and take a plain verb."),
    }
}
