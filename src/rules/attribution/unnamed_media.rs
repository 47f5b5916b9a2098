use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::SourceKind;
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unnamed-media",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/unnamed-media.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |span: Span| Finding::new(Place::here(span), describe(paragraph.words(span)));
    detect(paragraph).into_iter().map(finding).collect()
}

/// "multiple media outlets reported", "according to news reports", with no outlet named in the sentence.
fn detect(paragraph: &Paragraph<'_>) -> Vec<Span> {
    let prose = &paragraph.facts.prose;
    let mut found = Vec::new();
    for attribution in &paragraph.facts.attributions {
        let (SourceKind::Vague, Some(source), Some(cue)) =
            (attribution.source_kind, attribution.source, attribution.cue.first())
        else {
            continue;
        };
        let media = prose.tokens_in(source).iter().any(|token| token.class.any(Class::MEDIA));
        let sentence = paragraph.words(prose.sentences[attribution.sentence].span);
        if media && !["including ", "such as ", " led by "].iter().any(|naming| sentence.contains(naming)) {
            found.push(source.cover(*cue));
        }
    }
    found
}

fn describe(words: &str) -> String {
    format!("“{words}” names no outlet, so readers can't weigh the report. Name the outlet or confirm it yourself.")
}
