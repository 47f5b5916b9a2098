use super::Dateline;
use super::words::{is_calendar, is_capitals, opens_sentence};
use crate::lexicon::places;
use crate::text::Span;

/// How the place is written, on which it depends how much else must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// LONDON
    Capitals,
    /// London
    Title,
    /// london
    Small,
    /// No place at all.
    None,
}

/// Whether the parts that were found are surely a dateline, and not a sentence that starts like one.
pub(super) fn is_sure(text: &str, line: &Dateline, kind: Kind) -> bool {
    let place = line.place.of(text);
    let agency = line.agency.map(|agency| agency.of(text));
    let known_agency = agency.is_some_and(|agency| places::agency(agency).is_some());
    if kind == Kind::None {
        return known_agency && line.dash.is_some();
    }
    let next = text[line.span.end..].trim_start().chars().next();
    let text_follows = next.is_none_or(|next| !next.is_lowercase());
    let sentence_follows = next.is_some_and(|next| next.is_uppercase() || "\"“'‘<".contains(next));
    let known_region = line.region.is_some_and(|region| places::region(region.of(text)).is_some());
    let known_city = || places::city(place).is_some();
    if is_calendar(place) || places::is_kicker(place) {
        return false;
    }
    let kind = if kind == Kind::Capitals && !place.split_whitespace().all(is_capitals) { Kind::Title } else { kind };
    match kind {
        Kind::Capitals if known_agency => true,
        Kind::Capitals if agency.is_some() => line.dash.is_some() && (known_region || known_city() || sentence_follows),
        Kind::Capitals if line.date.is_some() => {
            line.dash.is_some() || (line.day.is_some() && (text_follows || known_region || known_city()))
        }
        Kind::Capitals => {
            let plain = place.chars().all(|char| char.is_alphabetic() || " .'’-".contains(char));
            let short = place.split_whitespace().count() <= 4 && (place.len() > 3 || known_region || known_city());
            let region = line.region.is_none_or(|region| known_region || region.of(text).split(' ').count() <= 2);
            line.dash.is_some() && plain && short && region && (sentence_follows || known_city())
        }
        Kind::Small => line.dash.is_some() && line.date.is_some() && known_city(),
        _ if opens_sentence(place) => false,
        _ if known_agency => line.dash.is_some() || line.date.is_some(),
        _ if agency.is_some() => false,
        // "London, Nov 20 The price": only the dash is missing.
        _ if line.date.is_some() && line.dash.is_none() => sentence_follows && (known_region || known_city()),
        _ if line.date.is_some() => text_follows || known_region || known_city(),
        _ => line.dash.is_some_and(|dash| is_spaced(text, dash)) && sentence_follows && (known_region || known_city()),
    }
}

fn is_spaced(text: &str, dash: Span) -> bool {
    text[..dash.start].ends_with(char::is_whitespace) && text[dash.end..].starts_with(char::is_whitespace)
}
