//! What the rules about numbers need to know of words, from `rules/lexicon/numbers.toml`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::words::with_lower;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Lists {
    people: String,
    numbered: String,
    figure_nouns: String,
    figure_joints: String,
    word_joints: String,
    races: String,
    ordinal_phrases: Vec<String>,
    before_years: Vec<String>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/numbers.toml")).expect("the embedded lexicon is well formed")
});

fn set(words: &'static str) -> FxHashSet<&'static str> {
    words.split_whitespace().collect()
}

static PEOPLE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.people));
static NUMBERED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.numbered));
static FIGURE_NOUNS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.figure_nouns));
static FIGURE_JOINTS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.figure_joints));
static WORD_JOINTS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.word_joints));

/// Whether an age in front of the word is a person's, or a pet's.
pub fn is_person(word: &str) -> bool {
    with_lower(word, |word| PEOPLE.contains(word))
}

/// Whether an ordinal number in figures before the word is part of a name: the 7th congressional district.
pub fn is_numbered(word: &str) -> bool {
    with_lower(word, |word| NUMBERED.contains(word))
}

/// Whether the word is counted in figures below ten as well: votes, points.
pub fn is_figure_noun(word: &str) -> bool {
    with_lower(word, |word| FIGURE_NOUNS.contains(word))
}

/// Whether a number is a figure where a hyphen joins the word to it: 3-pointer.
pub fn is_figure_joint(word: &str) -> bool {
    with_lower(word, |word| FIGURE_JOINTS.contains(word))
}

/// Whether a number is a way of speaking, and stays in words, where a hyphen joins the word to it: forty-something.
pub fn is_word_joint(word: &str) -> bool {
    with_lower(word, |word| WORD_JOINTS.contains(word))
}

/// Whether "m" between a figure and the word is for meters: 800m finals.
pub fn is_race(word: &str) -> bool {
    LISTS.races.split_whitespace().any(|race| race.eq_ignore_ascii_case(word))
}

/// Whether an ordinal number in words and the word after it are a way of speaking: the eleventh hour.
pub fn is_ordinal_phrase(ordinal: &str, next: &str) -> bool {
    let same = |phrase: &String| {
        phrase.split_once(' ').is_some_and(|(first, last)| first.eq_ignore_ascii_case(ordinal) && last == next)
    };
    LISTS.ordinal_phrases.iter().any(same)
}

/// Whether four figures after the word are a year: "in 2020".
pub fn leads_to_year(word: &str) -> bool {
    LISTS.before_years.iter().any(|before| before.eq_ignore_ascii_case(word))
}
