use std::sync::LazyLock;

use serde::Deserialize;

/// An abbreviation that some houses write with stops and some without.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abbreviation {
    /// "U.S."
    pub with: Box<str>,
    /// "US"
    pub without: Box<str>,
    /// Words with which it is part of a name, between spaces.
    pub names: Box<str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    abbreviations: Vec<Abbreviation>,
}

/// The abbreviations in `rules/lexicon/punctuation.toml`.
pub fn abbreviations() -> &'static [Abbreviation] {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        toml::from_str(include_str!("../../rules/lexicon/punctuation.toml"))
            .expect("the embedded lexicon is well formed")
    });
    &LISTS.abbreviations
}
