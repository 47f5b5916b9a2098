use super::verbs;
use crate::diagnostic::Severity;
use crate::prose::{Kind, Quotation};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::{Act, Joined, SourceKind};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/run-on-speakers",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::About,
    reads: rule::COPY,
    yields_to: &["quotes/unbalanced", "attribution/unattributed-quote", "attribution/late-speaker"],
    page: include_str!("../../../rules/attribution/run-on-speakers.md"),
    detect: Detect::Story(check),
};

/// A quotation of fewer words is a fragment.
const WORDS: usize = 4;

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(finding).collect()
}

/// A quotation that begins where another speaker's ends.
struct RunOn<'a> {
    place: Place,
    earlier: &'a str,
    later: &'a str,
    /// Where the new speaker is named.
    source: Place,
}

fn detect<'a>(story: &'a Story<'_>) -> Vec<RunOn<'a>> {
    let mut found = Vec::new();
    let mut before = None;
    for joined in story.attributions.iter().filter(|joined| joined.attribution.act == Act::Speech) {
        found.extend(before.replace(joined).and_then(|earlier| run_on(story, earlier, joined)));
    }
    found
}

fn run_on<'a>(story: &'a Story<'_>, earlier: &'a Joined<'_>, later: &'a Joined<'_>) -> Option<RunOn<'a>> {
    let (one, other) = (earlier.speaker.as_deref()?, later.speaker.as_deref()?);
    if one == other {
        return None;
    }
    let first = later.attribution.content.iter().map(|content| content.start).min()?;
    let quotation = quotation_at(&story.paragraphs[later.paragraph], first)?;
    let source = Place::new(later.paragraph, later.attribution.who(story.paragraphs[later.paragraph].text)?);
    // "She" and "the governor" are somebody whom readers have met, maybe the one who spoke.
    let met = later.attribution.source_kind == SourceKind::Pronoun || super::is_definite(story.words(source));
    // "The skipper said" is somebody without a name, and may be the one who is named next.
    let nameless = earlier.attribution.who(story.paragraphs[earlier.paragraph].text).is_some_and(|who| {
        earlier.person.is_none() && super::is_definite(story.words(Place::new(earlier.paragraph, who)))
    });
    if met || nameless || is_answer(story, later) {
        return None;
    }
    let place = Place::new(later.paragraph, quotation.outer());
    let before = quotation_before(story, later.paragraph, place.span.start)?;
    let theirs = before.paragraph == earlier.paragraph
        && earlier.attribution.content.iter().any(|content| content.overlaps(before.span));
    let theirs = theirs && !asks(story, before) && !names(story, place, one);
    (theirs && place.span.end <= source.span.start).then_some(RunOn { place, earlier: one, later: other, source })
}

/// Whether the new speaker answers, which tells readers that somebody else speaks.
fn is_answer(story: &Story<'_>, later: &Joined<'_>) -> bool {
    let told = verbs::told(&story.paragraphs[later.paragraph], later.attribution);
    told.is_some_and(|told| ["reply", "respond", "answer", "retort", "counter"].contains(&told.verb.base))
}

/// Whether a quotation ends with a question, which the next one answers.
fn asks(story: &Story<'_>, quotation: Place) -> bool {
    story.words(quotation).trim_end_matches(['”', '"', '’', '\'']).ends_with('?')
}

/// Whether a quotation names somebody by surname: then it is hardly theirs.
fn names(story: &Story<'_>, quotation: Place, speaker: &str) -> bool {
    let paragraph = &story.paragraphs[quotation.paragraph];
    let surname = speaker.split(' ').next_back();
    paragraph.facts.prose.tokens_in(quotation.span).iter().any(|token| Some(token.of(paragraph.text)) == surname)
}

/// The quotation that opens there.
fn quotation_at<'s>(paragraph: &Paragraph<'s>, start: usize) -> Option<&'s Quotation> {
    let prose = &paragraph.facts.prose;
    let quotation = prose.quotations_in(Span::new(start, start + 1)).next()?;
    quotation.open.is_some_and(|open| open.span.start == start).then_some(quotation)
}

/// The quotation that fills the sentence right before a place, in its paragraph or at the end of the one before.
fn quotation_before(story: &Story<'_>, paragraph: usize, at: usize) -> Option<Place> {
    let index = if at > 0 { paragraph } else { paragraph.checked_sub(1)? };
    let prose = &story.paragraphs[index].facts.prose;
    let sentence = match at {
        0 => prose.sentences.last()?,
        _ => prose.sentences.get(prose.sentence_at(at)?.checked_sub(1)?)?,
    };
    let last = prose.quotations_in(sentence.span).last().filter(|last| last.close.is_some())?;
    let words = prose.tokens_in(last.inner).iter().filter(|token| token.kind == Kind::Word).count();
    (sentence.own_words == 0 && words >= WORDS).then_some(Place::new(index, last.outer()))
}

fn finding(run_on: RunOn<'_>) -> Finding {
    let message = describe(run_on.earlier, run_on.later);
    Finding { related: vec![(run_on.source, "the new speaker".into())], ..Finding::new(run_on.place, message) }
}

fn describe(earlier: &str, later: &str) -> String {
    format!("Readers take this for {earlier}, and only then learn that {later} speaks. Name the new speaker first.")
}
