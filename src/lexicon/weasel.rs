use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::words::with_lower;

/// `rules/lexicon/weasel.toml`: words by which copy says something on nobody's word.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weasel {
    /// What somebody believes, and nobody is named who does.
    pub belief: Belief,
    /// Research that nobody signs.
    pub study: Study,
    /// Adverbs in place of a source.
    pub hearsay: Hearsay,
    /// What was posted, and where.
    pub social: Social,
    /// Pictures that may show something else.
    pub footage: Footage,
    /// Who is said to know, and not why.
    pub expert: Expert,
    /// Where something was said.
    pub channel: Channel,
    /// Nobody in particular.
    pub critics: Critics,
}

/// Words of "it is believed that", "is believed to be", "is widely seen as".
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belief {
    /// Participles after "it is".
    pub it: Words,
    /// Participles before "to".
    pub to: Words,
    /// Adverbs that make many of nobody.
    pub widely: Words,
    /// Participles after those.
    pub views: Words,
}

/// Words of "studies show", "according to a recent poll".
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// Nouns for one piece of research.
    pub one: Words,
    /// Nouns for several, or for no one piece.
    pub many: Words,
    /// What may stand before one of them when nothing is said of whose it is.
    pub indefinite: Words,
    /// What may stand before one of them when everybody knows whose it is.
    pub known: Words,
    /// What research does: infinitives.
    pub finds: Words,
    /// What stands before the name of who made it.
    pub makers: Words,
    /// What stands, before "in", before the name of who published it.
    pub published: Words,
    /// What stands after the name of who made it.
    pub made: Words,
}

/// Adverbs in place of a source.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hearsay {
    /// reportedly …
    pub words: Words,
}

/// Words of "in a social media post".
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Social {
    /// What follows "social media" where it is cited.
    pub posts: Words,
    /// The names of platforms, and words that give one away.
    pub platforms: Words,
}

/// Words of "footage circulating on social media".
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Footage {
    /// Nouns for pictures.
    pub nouns: Words,
    /// What a picture of unknown origin does, online.
    pub spreads: Words,
    /// What makes its origin plain, or says that it was checked.
    pub origin: Words,
    /// What makes it no news picture.
    pub other: Words,
}

/// Words of "expert Jane Doe".
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expert {
    /// Nouns for somebody who knows.
    pub nouns: Words,
    /// Adjectives that don't tell why.
    pub empty: Words,
}

/// Where something was said.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// "in a post"
    pub post: Words,
    /// "posted"
    pub posted: Words,
    /// "in a statement"
    pub statement: Words,
    /// What makes it another text.
    pub another: Words,
}

/// Nobody in particular.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Critics {
    /// Everyday crowds.
    pub anyone: Words,
    /// Part of a crowd spoken of before.
    pub part: Words,
    /// Forms of the verbs that make a crowd's thought an opinion.
    pub holds: Words,
}

/// Words that can be asked for, in whatever case.
#[derive(Deserialize)]
#[serde(from = "String")]
pub struct Words(FxHashSet<String>);

impl From<String> for Words {
    fn from(list: String) -> Self {
        Self(list.split_whitespace().map(str::to_owned).collect())
    }
}

impl Words {
    /// Whether `word` is one of them.
    pub fn has(&self, word: &str) -> bool {
        with_lower(word, |lower| self.0.contains(lower))
    }
}

static WEASEL: LazyLock<Weasel> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/weasel.toml")).expect("the embedded lexicon is well formed")
});

/// The words by which copy says something on nobody's word.
pub fn weasel() -> &'static Weasel {
    &WEASEL
}
