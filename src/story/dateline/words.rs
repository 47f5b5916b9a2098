//! What the words of a dateline can be.

use crate::lexicon::{calendar, places};

/// LONDON, ST., McLEAN, AL-TANF
pub(super) fn is_capitals(word: &str) -> bool {
    let rest = word.strip_prefix("Mc").or_else(|| word.strip_prefix("Mac")).unwrap_or(word);
    rest.chars().any(char::is_uppercase) && !rest.chars().any(char::is_lowercase)
}

pub(super) fn opens_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

pub(super) fn opens_upper_or_known(name: &str) -> bool {
    opens_upper(name) || places::agency(name).is_some()
}

/// A small word inside a place's name.
pub(super) fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "al", "and", "da", "das", "de", "del", "der", "di", "do", "du", "el", "es", "la", "le", "of", "on", "sur",
        "the", "upon",
    ];
    PARTICLES.contains(&word)
}

/// Whether it could be meant for a day of the month: "10", "41", "2O", "l7".
pub(super) fn is_day(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit() || b"lIOo".contains(&byte))
}

/// A day without an ordinal's ending: the "16" of "16th".
pub(super) fn cardinal(word: &str) -> &str {
    let bare = ["st", "nd", "rd", "th"].into_iter().find_map(|ending| word.strip_suffix(ending));
    bare.filter(|bare| !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(word)
}

pub(super) fn months_like(word: &str) -> Vec<i8> {
    if opens_upper(word) || word.len() <= 6 { calendar::months_like(word) } else { Vec::new() }
}

/// Whether the place is a month or a day of the week, alone or at its start.
pub(super) fn is_calendar(place: &str) -> bool {
    let first = place.split([' ', '\'', '’']).next().unwrap_or("");
    calendar::weekday(first).is_some() || calendar::month(place).is_some()
}

/// Whether the first word opens sentences rather than names of places.
pub(super) fn opens_sentence(place: &str) -> bool {
    const OPENERS: &[&str] = &[
        "A",
        "After",
        "All",
        "An",
        "And",
        "As",
        "At",
        "Before",
        "Between",
        "Born",
        "But",
        "By",
        "Date",
        "Dated",
        "During",
        "Early",
        "Every",
        "For",
        "From",
        "He",
        "In",
        "It",
        "Last",
        "Late",
        "Next",
        "Not",
        "Now",
        "Of",
        "On",
        "Our",
        "Posted",
        "Published",
        "She",
        "Since",
        "So",
        "That",
        "Then",
        "There",
        "They",
        "This",
        "Through",
        "Today",
        "Until",
        "Updated",
        "We",
        "When",
        "With",
        "You",
    ];
    let first = place.split_whitespace().next().unwrap_or("");
    OPENERS.contains(&first)
}
