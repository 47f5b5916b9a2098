use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::gazetteer;
use crate::lexicon::places::{self, Region};
use crate::prose::{Kind, Token};
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::localities::Locality;
use crate::story::{Paragraph, Place};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dateline/body-state",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    // In lists and captions the short forms are right.
    reads: &[Role::Body, Role::Dateline],
    yields_to: &["facts/place-region"],
    page: include_str!("../../../rules/dateline/body-state.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    if !style.dateline.ap_regions {
        return Vec::new();
    }
    detect(paragraph).map(|(place, name)| finding(paragraph, place, name)).collect()
}

/// Each city with a shortened state, and the state in full.
fn detect<'s>(paragraph: &Paragraph<'s>) -> impl Iterator<Item = (&'s Locality, &'static str)> {
    let opening = paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
    let places = paragraph.facts.localities.iter().filter(move |place| place.city.start >= opening);
    places.filter_map(move |place| {
        let Region::State(name, state) = place.known else { return None };
        let written = paragraph.words(place.region);
        (state.is_short(written) || (written == state.postal && is_posted(paragraph, place))).then_some((place, name))
    })
}

/// Whether two capitals after a known city are surely its state: no degree ("Dr. Roe, MD") and no line of an address.
fn is_posted(paragraph: &Paragraph<'_>, place: &Locality) -> bool {
    let next = paragraph.facts.prose.tokens.get(place.last + 1);
    let city = paragraph.words(place.city);
    let known = || gazetteer::regions(city).iter().any(|region| places::same_region(region, place.known.name()));
    next.is_none_or(|next| next.kind != Kind::Number) && known()
}

fn finding(paragraph: &Paragraph<'_>, place: &Locality, name: &str) -> Finding {
    let written = paragraph.words(place.region);
    let message = format!("“{written}” is for datelines. In the story the house spells the state out: “{name}”.");
    Finding::new(Place::here(place.region), message).mended_by(repair(paragraph, place, name).into_iter().collect())
}

/// The state in full; with a full stop where that of the short form ended the sentence as well.
fn repair(paragraph: &Paragraph<'_>, place: &Locality, name: &str) -> Option<Repair> {
    let prose = &paragraph.facts.prose;
    let right = |stop: &str| format!("{name}{stop}");
    let safe = |text: String| Some(Repair::safe(format!("Write “{name}”"), Place::here(place.region), text));
    if !paragraph.words(place.region).ends_with('.') {
        return safe(right(""));
    }
    let next = prose.tokens.get(place.last + 1);
    let goes_on = |next: &Token| match next.kind {
        Kind::Mark => true,
        Kind::Word => !next.of(paragraph.text).starts_with(char::is_uppercase),
        _ => false,
    };
    let sentence = prose.sentence_at(place.region.start).and_then(|at| prose.sentences.get(at));
    let ends_sentence = sentence.is_some_and(|sentence| sentence.span.end == place.region.end);
    match next {
        Some(next) if goes_on(next) => safe(right("")),
        None => safe(right(".")),
        _ if ends_sentence => safe(right(".")),
        // "a Conn. Democrat", or a new sentence: only a reader can tell.
        _ => None,
    }
}
