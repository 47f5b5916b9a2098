use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::words::with_lower;

/// What kind of claim a sentence makes. Where words of several kinds stand in one sentence, it is of the first kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// That somebody did wrong.
    Accusation,
    /// Whose fault it is.
    Blame,
    /// Why somebody did it.
    Motive,
    /// The most, the worst, the first ever.
    Superlative,
    /// What will happen.
    Prediction,
    /// What something is worth, or what ought to be done.
    Judgement,
    /// What brought it about.
    Cause,
    /// What somebody thinks, wants or does in private.
    Private,
    /// That something is not so.
    Denial,
    /// How many or how much.
    Figure,
    /// What reads like somebody's word, of no kind that its words tell.
    Statement,
}

/// Words that tell what kind of claim a sentence makes.
#[derive(Clone, Debug)]
pub struct ClaimPhrase {
    /// What follows the first word.
    pub rest: Vec<String>,
    /// The kind.
    pub kind: ClaimKind,
    /// Whether the words alone make a sentence a claim.
    pub alone: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Lists {
    words: String,
    phrases: Vec<String>,
}

impl Lists {
    fn all(&self) -> impl Iterator<Item = &str> {
        self.words.split_whitespace().chain(self.phrases.iter().map(String::as_str))
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Kind {
    alone: Lists,
    cues: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    records: String,
    accusation: Kind,
    blame: Kind,
    motive: Kind,
    superlative: Kind,
    prediction: Kind,
    judgement: Kind,
    cause: Kind,
    private: Kind,
    denial: Kind,
    figure: Kind,
}

/// `rules/lexicon/claims.toml`, made ready to be asked.
struct Lexicon {
    records: FxHashSet<String>,
    phrases: FxHashMap<String, Vec<ClaimPhrase>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let kinds: Kinds =
        toml::from_str(include_str!("../../rules/lexicon/claims.toml")).expect("the embedded lexicon is well formed");
    let records = kinds.records.split_whitespace().map(str::to_owned).collect();
    let kinds = [
        (kinds.accusation, ClaimKind::Accusation),
        (kinds.blame, ClaimKind::Blame),
        (kinds.motive, ClaimKind::Motive),
        (kinds.superlative, ClaimKind::Superlative),
        (kinds.prediction, ClaimKind::Prediction),
        (kinds.judgement, ClaimKind::Judgement),
        (kinds.cause, ClaimKind::Cause),
        (kinds.private, ClaimKind::Private),
        (kinds.denial, ClaimKind::Denial),
        (kinds.figure, ClaimKind::Figure),
    ];
    let mut phrases: FxHashMap<String, Vec<ClaimPhrase>> = FxHashMap::default();
    for (lists, kind) in &kinds {
        let alone = lists.alone.all().map(|phrase| (phrase, true));
        for (phrase, alone) in alone.chain(lists.cues.all().map(|phrase| (phrase, false))) {
            let mut words = phrase.split_whitespace().map(str::to_owned);
            let Some(first) = words.next() else { continue };
            phrases.entry(first).or_default().push(ClaimPhrase { rest: words.collect(), kind: *kind, alone });
        }
    }
    Lexicon { records, phrases }
});

/// The words with which the phrases begin.
pub(super) fn openers() -> impl Iterator<Item = &'static String> {
    LEXICON.phrases.keys()
}

/// The phrases that begin with `word` and tell a kind of claim.
pub fn claim_phrases(word: &str) -> &'static [ClaimPhrase] {
    with_lower(word, |lower| LEXICON.phrases.get(lower).map_or(&[] as &[_], Vec::as_slice))
}

/// Whether the word is for a law, an order or the like, in which anybody can read what it does.
pub fn is_record(word: &str) -> bool {
    with_lower(word, |lower| LEXICON.records.contains(lower))
}
