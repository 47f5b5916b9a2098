use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// `rules/lexicon/acronyms.toml`. Lists are divided by white space.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    known: String,
    others: String,
    full: Vec<Acronym>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Acronym {
    short: String,
    full: String,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/acronyms.toml")).expect("the embedded lexicon is well formed")
});
static PLAIN: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| LISTS.known.split_whitespace().chain(LISTS.others.split_whitespace()).collect());
static FULL: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| LISTS.full.iter().map(|acronym| (acronym.short.as_str(), acronym.full.as_str())).collect());

/// Whether a word in capitals needs no explanation: readers know the acronym, or it is none.
pub fn is_plain_acronym(word: &str) -> bool {
    PLAIN.contains(word)
}

/// What an acronym is short for, where the lexicon tells: "Food and Drug Administration" for FDA.
pub fn spelled_out(acronym: &str) -> Option<&'static str> {
    FULL.get(acronym).copied()
}
