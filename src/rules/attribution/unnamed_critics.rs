use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::{Act, Joined, SourceKind};
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

/// "critics say" and its like, with nobody named after them in that paragraph or the next.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    // The paragraph of the next named source, seen from the story's end.
    let mut named: Option<usize> = None;
    for joined in story.attributions.iter().rev() {
        let attribution = joined.attribution;
        if matches!(attribution.source_kind, SourceKind::Named | SourceKind::Organization) {
            named = Some(joined.paragraph);
        }
        if named.is_none_or(|named| named > joined.paragraph + 1) {
            found.extend(crowd(story, joined));
        }
    }
    found.reverse();
    found
}

/// Where an attribution names nobody in particular as its source.
fn crowd(story: &Story<'_>, joined: &Joined<'_>) -> Option<Place> {
    let attribution = joined.attribution;
    let (SourceKind::Vague, Some(source), Some(cue)) =
        (attribution.source_kind, attribution.source, attribution.cue.first())
    else {
        return None;
    };
    let prose = &story.paragraphs[joined.paragraph].facts.prose;
    let words = prose.tokens_in(source);
    let vague = words.iter().any(|token| token.class.any(Class::VAGUE));
    let last = words.last().map_or(Class::NONE, |token| token.class);
    // "Some hope", "people know": common knowledge of no one's in particular.
    let believes = story.words(Place::new(joined.paragraph, *cue)).contains("believe");
    let thinks = attribution.act == Act::Thought && !last.any(Class::ROLE) && !believes;
    let place = Place::new(joined.paragraph, source);
    let anyone = ["people", "everyone", "locals", "onlookers"];
    let anyone = anyone.iter().any(|word| story.words(place).eq_ignore_ascii_case(word));
    (vague && !last.any(Class::MEDIA) && !thinks && !anyone).then_some(Place::new(joined.paragraph, source.cover(*cue)))
}

fn describe(words: &str) -> String {
    format!("“{words}” could be anybody. Name one who says so, here or in the next sentence, or leave it out.")
}
