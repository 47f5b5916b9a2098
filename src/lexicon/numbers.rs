//! What the rules about numbers need to know of words, from `rules/lexicon/numbers.toml`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::words::with_lower;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    people: String,
    numbered: String,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/numbers.toml")).expect("the embedded lexicon is well formed")
});

fn set(words: &'static str) -> FxHashSet<&'static str> {
    words.split_whitespace().collect()
}

static PEOPLE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.people));
static NUMBERED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.numbered));

/// Whether an age in front of the word is a person's, or a pet's.
pub fn is_person(word: &str) -> bool {
    with_lower(word, |word| PEOPLE.contains(word))
}

/// Whether an ordinal number in figures before the word is part of a name: the 7th congressional district.
pub fn is_numbered(word: &str) -> bool {
    with_lower(word, |word| NUMBERED.contains(word))
}
