use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::words::with_lower;

/// What makes a sentence a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// That somebody did wrong.
    Accusation,
    /// What will happen.
    Prediction,
    /// What something is worth, or what ought to be done.
    Judgement,
    /// Why somebody did it.
    Motive,
    /// What brought it about.
    Cause,
    /// The most, the worst, the first ever.
    Superlative,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Lists {
    words: String,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    accusation: Lists,
    prediction: Lists,
    judgement: Lists,
    motive: Lists,
    cause: Lists,
    superlative: Lists,
}

/// By the first word of a phrase, its other words and what it makes.
type Phrases = FxHashMap<String, Vec<(Vec<String>, Claim)>>;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let kinds: Kinds =
        toml::from_str(include_str!("../../rules/lexicon/claims.toml")).expect("the embedded lexicon is well formed");
    let kinds = [
        (kinds.accusation, Claim::Accusation),
        (kinds.prediction, Claim::Prediction),
        (kinds.judgement, Claim::Judgement),
        (kinds.motive, Claim::Motive),
        (kinds.cause, Claim::Cause),
        (kinds.superlative, Claim::Superlative),
    ];
    let mut phrases = Phrases::default();
    for (lists, claim) in kinds {
        let words = lists.words.split_whitespace();
        for phrase in words.chain(lists.phrases.iter().map(String::as_str)) {
            let mut words = phrase.split_whitespace().map(str::to_owned);
            let Some(first) = words.next() else { continue };
            phrases.entry(first).or_default().push((words.collect(), claim));
        }
    }
    phrases
});

/// The words with which the phrases begin.
pub(super) fn openers() -> impl Iterator<Item = &'static String> {
    PHRASES.keys()
}

/// The phrases that begin with `word` and make a sentence a claim: their other words, and the claim.
pub fn claim_phrases(word: &str) -> &'static [(Vec<String>, Claim)] {
    with_lower(word, |lower| PHRASES.get(lower).map_or(&[] as &[_], Vec::as_slice))
}
