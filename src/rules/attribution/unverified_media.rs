use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::weasel;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::hearsay::RestsOn;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unverified-media",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/unverified-media.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(&story.paragraphs[place.paragraph].phrase(place.span)));
    detect(story).into_iter().map(finding).collect()
}

/// "a viral video", "footage showed", with no word beside it on where it is from or whether it is real.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let unplaced = near::hearsay(story, RestsOn::Pictures).filter(|(pictures, place)| {
        let mut beside = near::neighbors(story, place.paragraph, pictures.sentence, 1);
        !is_placed(&story.paragraphs[place.paragraph], pictures.sentence)
            && !beside.any(|(paragraph, sentence)| is_placed(paragraph, sentence))
    });
    unplaced.map(|(_, place)| place).collect()
}

/// Whether a sentence says where pictures are from, or whether they were checked.
fn is_placed(paragraph: &Paragraph<'_>, sentence: usize) -> bool {
    near::any(paragraph.text, near::tokens(paragraph, sentence), &weasel().footage.origin)
}

fn describe(words: &str) -> String {
    format!(
        "“{words}” rests on pictures of unknown origin, which may be old or false. Say who took or verified them, or that nobody has."
    )
}
