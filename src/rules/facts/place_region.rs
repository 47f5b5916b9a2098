use crate::diagnostic::Severity;
use crate::lexicon::places::{self, Region, is_preposition};
use crate::lexicon::{Class, gazetteer};
use crate::prose::Token;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::localities::Locality;
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "facts/place-region",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/facts/place-region.md"),
    detect: Detect::Paragraph(check),
};

/// A city and the region that it stands with, in which there is no such city.
struct Misplaced {
    city: Span,
    region: Span,
    /// Where there is one.
    right: Region,
    in_dateline: bool,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    in_dateline(paragraph).chain(in_copy(paragraph)).map(|misplaced| describe(paragraph, &misplaced)).collect()
}

fn in_dateline(paragraph: &Paragraph<'_>) -> impl Iterator<Item = Misplaced> {
    let places = paragraph.facts.dateline.iter().flat_map(|dateline| dateline.places());
    places.filter_map(|(city, region)| {
        let region = region?;
        let right = misplaced(paragraph.words(city), places::region(paragraph.words(region))?)?;
        Some(Misplaced { city, region, right, in_dateline: true })
    })
}

fn in_copy(paragraph: &Paragraph<'_>) -> impl Iterator<Item = Misplaced> {
    let opening = paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
    let places = paragraph.facts.localities.iter().filter(move |place| place.city.start >= opening);
    places.filter(|place| belong_together(paragraph, place)).filter_map(|place| {
        let right = misplaced(paragraph.words(place.city), place.known)?;
        Some(Misplaced { city: place.city, region: place.region, right, in_dateline: false })
    })
}

/// Whether the region surely goes with the city. "In Tulsa, Texas and Ohio met" tells of three.
fn belong_together(paragraph: &Paragraph<'_>, place: &Locality) -> bool {
    let tokens = &paragraph.facts.prose.tokens;
    let words = |token: Option<&Token>| token.map_or("", |token| token.of(paragraph.text));
    let before = place.first.checked_sub(1).and_then(|before| tokens.get(before));
    let led = is_preposition(words(before));
    let after = words(tokens.get(place.last + 1));
    let next = tokens.get(place.last + 2);
    let state = matches!(place.known, Region::State(..));
    // "In Tulsa, Texas, where" and "in Munich, Austria, where", but not "in Munich, Austria, or Italy".
    let goes_on = || {
        let verbs = Class::AUXILIARY.with(Class::MODAL).with(Class::SPEECH).with(Class::PREPOSITION);
        let clause = next.is_some_and(|next| next.class.any(verbs)) || is_relative(words(next));
        words(next).starts_with(char::is_lowercase) && words(next) != "or" && words(next) != "and" && (state || clause)
    };
    // "A Tulsa, Texas, man"
    let of_somebody = || {
        let article = before.is_some_and(|before| before.class.any(Class::DETERMINER));
        state && article && is_resident(words(next))
    };
    (led && matches!(after, "" | "." | ")" | ";")) || (after == "," && (led && goes_on() || of_somebody()))
}

/// Whether it is somebody or something that is of a place: "a Reno, Nevada, man".
fn is_resident(noun: &str) -> bool {
    const RESIDENTS: [&str; 12] = [
        "man", "woman", "couple", "family", "resident", "native", "company", "firm", "teenager", "boy", "girl",
        "school",
    ];
    RESIDENTS.contains(&noun)
}

/// Whether a clause about the place opens with the word.
fn is_relative(word: &str) -> bool {
    matches!(word, "where" | "when" | "which" | "after" | "before" | "during" | "until" | "since")
}

/// The region of a city that there is only elsewhere.
fn misplaced(city: &str, region: Region) -> Option<Region> {
    let listed = gazetteer::all_regions(city);
    let known = listed.iter().filter_map(|region| places::region(region));
    if known.clone().any(|known| places::may_be_one(known.name(), region.name())) {
        return None;
    }
    // Of several, nobody can tell which was meant. And any hamlet in America may be called after a city abroad.
    let hamlet = |right: &Region| {
        matches!(region, Region::State(..) | Region::Province(_)) && matches!(right, Region::Country(_))
    };
    known.clone().next().filter(|right| listed.len() == 1 && !hamlet(right))
}

fn describe(paragraph: &Paragraph<'_>, misplaced: &Misplaced) -> Finding {
    let Misplaced { city, region, right, in_dateline } = misplaced;
    let (city, written) = (paragraph.words(*city), paragraph.words(*region));
    let form = if *in_dateline { right.ap() } else { right.name() };
    let message = format!("“{city}” is in {}, not in “{written}”. Check which of the two is right.", right.name());
    Finding::new(Place::here(*region), message).mended_by(vec![Repair::offer(
        format!("Write “{form}”"),
        Place::here(*region),
        form,
    )])
}
