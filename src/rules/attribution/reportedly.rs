use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::weasel;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/reportedly",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["attribution/unnamed-media", "attribution/unnamed-critics", "attribution/unnamed-study"],
    page: include_str!("../../../rules/attribution/reportedly.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(story.words(place)));
    detect(story).into_iter().map(finding).collect()
}

/// "reportedly" where no source stands in the sentence or beside it.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_copy()) {
        for sentence in 0..paragraph.facts.prose.sentences.len() {
            let hedges = near::tokens(paragraph, sentence).iter().filter(|token| {
                let word = token.of(paragraph.text);
                !token.quoted && word.ends_with("ly") && weasel().hearsay.words.has(word)
            });
            let mut hedges = hedges.map(|token| Place::new(index, token.span())).peekable();
            if hedges.peek().is_some() && !is_sourced(story, index, sentence) {
                found.extend(hedges);
            }
        }
    }
    found
}

/// Whether the sentence, or one beside it, says who reports it.
fn is_sourced(story: &Story<'_>, paragraph: usize, sentence: usize) -> bool {
    let here = &story.paragraphs[paragraph];
    near::attributions(here, sentence).any(|attribution| attribution.source.is_some())
        || near::neighbors(story, paragraph, sentence, 1)
            .any(|(paragraph, sentence)| near::names_source(paragraph, sentence))
}

fn describe(word: &str) -> String {
    format!(
        "“{word}” stands here for a source, and readers can't weigh it. Say who reports it, or confirm it yourself."
    )
}
