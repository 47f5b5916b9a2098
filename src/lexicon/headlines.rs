//! What the rules about headlines need to know of words, from `rules/lexicon/headlines.toml`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::words::{set, with_lower};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Lists {
    short: String,
    charges: Vec<String>,
    before_charge: String,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/headlines.toml")).expect("the embedded lexicon is well formed")
});
static SHORT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.short));

/// Whether headlines have the word for a name that the story spells out.
pub fn is_short_for_name(word: &str) -> bool {
    with_lower(word, |word| SHORT.contains(word))
}

/// The charge that the word names, as a number of its own.
pub fn charge(word: &str) -> Option<usize> {
    let row = |lower: &str| LISTS.charges.iter().position(|row| row.split_whitespace().any(|known| known == lower));
    with_lower(word, row)
}

/// Whether the word may stand between a verdict and its charge.
pub fn leads_to_charge(word: &str) -> bool {
    with_lower(word, |lower| LISTS.before_charge.split_whitespace().any(|known| known == lower))
}
