use super::verbs::{self, Told};
use crate::diagnostic::Severity;
use crate::lexicon::{VerbClass, is_opinion};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::SourceKind;
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/truth-verb",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/truth-verb.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |told: Told<'_>| {
        Finding::new(Place::here(told.span), describe(paragraph.words(told.span)))
            .mended_by(verbs::plain(paragraph, &told).into_iter().collect())
    };
    detect(paragraph).map(finding).collect()
}

/// The verbs that certify an opinion. Of a fact they are right, and which is settled only a person can tell.
fn detect<'p>(paragraph: &'p Paragraph<'_>) -> impl Iterator<Item = Told<'p>> {
    let prose = &paragraph.facts.prose;
    let opinion = move |told: &Told<'_>| {
        let sentence = prose.sentence_at(told.span.start).map_or(told.span, |at| prose.sentences[at].span);
        let mut content = told
            .attribution
            .content
            .iter()
            .map(|content| Span::new(content.start.max(sentence.start), content.end.min(sentence.end)));
        content.any(|content| prose.tokens_in(content).iter().any(|token| is_opinion(token.of(paragraph.text))))
    };
    // What records and studies show is there to be seen.
    let certifies =
        |told: &Told<'_>| told.verb.class == VerbClass::Truth && told.attribution.source_kind != SourceKind::Document;
    verbs::all(paragraph).filter(certifies).filter(opinion)
}

fn describe(words: &str) -> String {
    format!("“{words}” tells readers that it is so, and this is no settled fact. Write “said”.")
}
