//! The words of a source: what they name it, and by which noun.

use crate::lexicon::{Class, class_of, deputy};

/// Words after which a phrase only says more about the one it names.
fn describes(word: &str) -> bool {
    let class = class_of(word);
    class.any(Class::PREPOSITION) && !matches!(word, "like" | "past" | "near")
        || matches!(word, "who" | "which" | "that" | "whose" | "familiar" | "briefed" | "close")
}

/// The name of a source without its appositive, as it stands within a sentence: "the Pentagon", "police".
pub(super) fn name(source: &str) -> String {
    let name = source.split_once(", ").map_or(source, |(name, _)| name).trim();
    let name = name.split_once(" who ").map_or(name, |(name, _)| name).trim_end_matches(" who");
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    let class = class_of(first);
    let article = class.any(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::NUMBER));
    let nouns = Class::ROLE.with(Class::BODY).with(Class::DOCUMENT).with(Class::VAGUE).with(Class::UNNAMED);
    let noun = class.any(nouns.with(Class::OPENER)) && !rest.starts_with(char::is_uppercase);
    let capital = first.chars().skip(1).all(char::is_lowercase);
    if capital && (article || noun) { name.replacen(first, &first.to_lowercase(), 1) } else { name.to_owned() }
}

/// The noun that says who or what a phrase names: "spokesman" in "a spokesman for the city".
pub(super) fn noun(phrase: &str) -> &str {
    let named = phrase.split_once(',').map_or(phrase, |(named, _)| named);
    let words = named.split(' ').enumerate();
    let words = words.take_while(|(at, word)| *at == 0 || !describes(word)).map(|(_, word)| word);
    words.last().unwrap_or(phrase)
}

/// The words by which a title lets its bearer be called: "president" and "executive" in "president and chief executive
/// of Acme", but not "president" in "vice president".
pub(super) fn roles(title: &str) -> impl Iterator<Item = &str> {
    let words = title.split(' ').map(|word| word.trim_end_matches(','));
    let own = words.enumerate().take_while(|(at, word)| *at == 0 || !describes(word) && !word.is_empty());
    let mut lower = false;
    own.filter_map(move |(_, word)| {
        let second = std::mem::replace(&mut lower, deputy(word));
        (!second && class_of(word).any(Class::ROLE.with(Class::TITLE).with(Class::UNNAMED))).then_some(word)
    })
}

pub(super) fn has_word(phrase: &str, word: &str) -> bool {
    phrase.split(' ').any(|other| other.eq_ignore_ascii_case(word))
}

/// Whether the words name no more than how many there are: "both sides", "the two", "the pair".
pub(super) fn is_group(name: &str) -> bool {
    let name = name.strip_prefix("the ").unwrap_or(name);
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    matches!(first, "both" | "two" | "pair" | "sides" | "duo")
        && (rest.is_empty()
            || matches!(rest, "sides" | "men" | "women" | "leaders" | "countries" | "nations" | "parties"))
}

/// Whether a phrase names several: "officials", "two police officers", "police".
pub(in crate::story) fn is_plural(name: &str) -> bool {
    let noun = noun(name);
    let many = noun.ends_with('s') && !noun.ends_with("ss") && !noun.starts_with(char::is_uppercase);
    many || matches!(noun, "police" | "people" | "men" | "women" | "children" | "spokesmen" | "lawmen" | "two" | "both")
        || name.contains(" and ")
}
