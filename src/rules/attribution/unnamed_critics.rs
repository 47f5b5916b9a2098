use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::{Act, SourceKind};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unnamed-critics",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["attribution/unnamed-media"],
    page: include_str!("../../../rules/attribution/unnamed-critics.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(story.words(place)));
    detect(story).into_iter().map(finding).collect()
}

/// "critics say" and its like, with nobody named in that paragraph or the next.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    for joined in &story.attributions {
        let attribution = joined.attribution;
        let (SourceKind::Vague, Some(source), Some(cue)) =
            (attribution.source_kind, attribution.source, attribution.cue.first())
        else {
            continue;
        };
        let prose = &story.paragraphs[joined.paragraph].facts.prose;
        let last = prose.token_at(source.end.saturating_sub(1));
        let vague = (prose.token_at(source.start)..=last).any(|at| prose.is(at, Class::VAGUE));
        let media = prose.is(last, Class::MEDIA);
        // "Some hope", "people know": common knowledge of no one's in particular.
        let thinks = attribution.act == Act::Thought && !prose.is(last, Class::ROLE);
        let crowd = ["people", "everyone", "locals", "onlookers"]
            .iter()
            .any(|word| story.words(Place::new(joined.paragraph, source)).eq_ignore_ascii_case(word));
        if vague && !media && !thinks && !crowd && !named_after(story, joined.paragraph, source.start) {
            found.push(Place::new(joined.paragraph, source.cover(*cue)));
        }
    }
    found
}

/// Whether somebody is named as a source from there to the end of the next paragraph.
fn named_after(story: &Story<'_>, paragraph: usize, offset: usize) -> bool {
    let first = story.attributions.partition_point(|joined| joined.paragraph < paragraph);
    story.attributions[first..].iter().take_while(|joined| joined.paragraph <= paragraph + 1).any(|joined| {
        let here = joined.paragraph == paragraph;
        let later = joined.attribution.source.is_some_and(|source| !here || source.start > offset);
        later && matches!(joined.attribution.source_kind, SourceKind::Named | SourceKind::Organization)
    })
}

fn describe(words: &str) -> String {
    format!("“{words}” could be anybody. Name one who says so, here or in the next sentence, or leave it out.")
}
