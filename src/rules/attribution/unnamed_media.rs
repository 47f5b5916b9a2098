use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::{Class, VerbClass, verb};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::{Act, SourceKind};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unnamed-media",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["attribution/social-origin", "attribution/unverified-media"],
    page: include_str!("../../../rules/attribution/unnamed-media.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(&story.paragraphs[place.paragraph].phrase(place.span)));
    detect(story).into_iter().map(finding).collect()
}

/// "multiple media outlets reported", "according to news reports", with no outlet named in the sentence or the next.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    for joined in &story.attributions {
        let (paragraph, attribution) = (&story.paragraphs[joined.paragraph], joined.attribution);
        let (SourceKind::Vague, Some(source), Some(cue)) =
            (attribution.source_kind, attribution.source, attribution.cue.first())
        else {
            continue;
        };
        let prose = &paragraph.facts.prose;
        // "Some reports are known" is nothing that they say.
        let mut verbs = prose.tokens_in(*cue).iter().filter_map(|token| verb(token.of(paragraph.text)));
        if attribution.act != Act::Speech && verbs.all(|verb| verb.class == VerbClass::Thought) {
            continue;
        }
        let words = prose.tokens_in(source);
        // "media analysts" are no outlet.
        let people = words.last().is_some_and(|token| token.class.any(Class::ROLE));
        let media = !people && words.iter().any(|token| token.class.any(Class::MEDIA));
        let sentence = paragraph.words(prose.sentences[attribution.sentence].span);
        let named = ["including ", "such as ", " led by "].iter().any(|naming| sentence.contains(naming));
        let mut next = near::next(story, joined.paragraph, attribution.sentence, 1);
        if media && !named && !next.any(|(paragraph, sentence)| reports(paragraph, sentence)) {
            found.push(Place::new(joined.paragraph, source.cover(*cue)));
        }
    }
    found
}

/// Whether the sentence tells what somebody reports who is named: "The Daily Post reported".
fn reports(paragraph: &Paragraph<'_>, sentence: usize) -> bool {
    near::attributions(paragraph, sentence).any(|attribution| {
        let named = matches!(attribution.source_kind, SourceKind::Named | SourceKind::Organization);
        let cue = |cue: &Span| paragraph.facts.prose.tokens_in(*cue).iter().filter_map(|t| verb(t.of(paragraph.text)));
        named && attribution.cue.iter().flat_map(cue).any(|verb| verb.base == "report")
    })
}

fn describe(words: &str) -> String {
    format!("“{words}” names no outlet, so readers can't weigh the report. Name the outlet or confirm it yourself.")
}
