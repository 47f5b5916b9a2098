use super::near;
use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::hearsay::{Hearsay, RestsOn};
use crate::story::{Place, Story};
use crate::style::Style;
use crate::text::Span;

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
    let reports = near::hearsay(story, RestsOn::Report);
    let unsourced = reports.filter(|(report, place)| !is_sourced(story, place.paragraph, report));
    unsourced.map(|(_, place)| place).collect()
}

/// Whether the sentence, or one beside it, says who reports it; who "reportedly said" something reports nothing.
fn is_sourced(story: &Story<'_>, paragraph: usize, report: &Hearsay) -> bool {
    let (here, sentence) = (&story.paragraphs[paragraph], report.sentence);
    let next = |cue: &Span| {
        cue.start >= report.span.end && here.words(Span::new(report.span.end, cue.start)).trim().is_empty()
    };
    let reports = |cue: &Span| !cue.overlaps(report.span) && !next(cue);
    near::attributions(here, sentence)
        .any(|attribution| attribution.source.is_some() && attribution.cue.iter().all(reports))
        || near::neighbors(story, paragraph, sentence, 1)
            .any(|(paragraph, sentence)| near::names_source(paragraph, sentence))
}

fn describe(word: &str) -> String {
    format!(
        "“{word}” stands here for a source, and readers can't weigh it. Say who reports it, or confirm it yourself."
    )
}
