use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::Class;
use super::words::{set, with_lower};

/// `rules/lexicon/titles.toml`. Lists are divided by white space.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    shortened: Vec<Short>,
    spelled: Vec<Short>,
    title: String,
    surname_too: String,
    past: String,
    coming: String,
    plain: String,
    deputy: String,
    other_post: String,
    change: String,
    encounter: String,
    nationality: String,
    courtesy: String,
    particle: String,
    suffix: String,
    thing: String,
    player: String,
    firm: String,
    hyphened: String,
}

/// A title in full and short.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Short {
    /// "Governor"
    pub full: String,
    /// "Gov."
    pub short: String,
}

/// Whether somebody holds an office at the time of the story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tenure {
    /// They do.
    #[default]
    Now,
    /// They did: former, then, ex-, the late.
    Past,
    /// They will, may or do so for a time: -elect, nominee, acting.
    Coming,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/titles.toml")).expect("the embedded lexicon is well formed")
});

static PAST: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.past));
static COMING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.coming));
static PLAIN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.plain));
static DEPUTY: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.deputy));
static OTHER_POST: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.other_post));
static CHANGE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.change));
static ENCOUNTER: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.encounter));
static NATIONALITY: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.nationality));
static SURNAME_TOO: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.surname_too));

static PLAYER: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.player));
static HYPHENED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.hyphened));
static FIRM: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&TITLES.firm));

/// Lists of words and the class of their words.
pub(super) fn classes() -> impl Iterator<Item = (&'static str, Class)> {
    [
        (TITLES.title.as_str(), Class::TITLE),
        (TITLES.courtesy.as_str(), Class::COURTESY),
        (TITLES.particle.as_str(), Class::PARTICLE),
        (TITLES.suffix.as_str(), Class::SUFFIX),
        (TITLES.thing.as_str(), Class::THING),
    ]
    .into_iter()
}

/// Titles that are written short before a name.
pub fn shortened() -> &'static [Short] {
    &TITLES.shortened
}

/// Titles that are never written short.
pub fn spelled() -> &'static [Short] {
    &TITLES.spelled
}

/// What a word before a title says of the time in office; `None` where it is no such word.
pub fn tenure(word: &str) -> Option<Tenure> {
    with_lower(word, |word| {
        if PAST.contains(word) {
            Some(Tenure::Past)
        } else if COMING.contains(word) {
            Some(Tenure::Coming)
        } else {
            PLAIN.contains(word).then_some(Tenure::Now)
        }
    })
}

/// Whether the word, before an office, makes it another and lower one: deputy, vice.
pub fn deputy(word: &str) -> bool {
    with_lower(word, |word| DEPUTY.contains(word))
}

/// Whether the word, before a title that is written short, makes it another one, which is not: bank, trade.
pub fn other_post(word: &str) -> bool {
    with_lower(word, |word| OTHER_POST.contains(word))
}

/// Whether the word, near a name, tells that somebody takes an office or leaves it: named, sworn.
pub fn change(word: &str) -> bool {
    with_lower(word, |word| CHANGE.contains(word))
}

/// Whether the word is a verb whose object is a person: met, beat.
pub fn encounter(word: &str) -> bool {
    with_lower(word, |word| ENCOUNTER.contains(word))
}

/// Whether the word tells a president's country: Russian.
pub fn nationality(word: &str) -> bool {
    with_lower(word, |word| NATIONALITY.contains(word))
}

/// Whether the word of a title is a family name too: King, Bishop.
pub fn surname_too(word: &str) -> bool {
    with_lower(word, |word| SURNAME_TOO.contains(word))
}

/// Whether the word, right before a name, is what somebody does in a game: shortstop, umpire.
pub fn player(word: &str) -> bool {
    with_lower(word, |word| PLAYER.contains(word))
}

/// Whether what is described by the word is as often a company as a person: maker, owner.
pub fn firm(word: &str) -> bool {
    with_lower(word, |word| FIRM.contains(word))
}

/// Whether the word is often put after a name with a hyphen: style, based.
pub fn hyphened(word: &str) -> bool {
    with_lower(word, |word| HYPHENED.contains(word))
}
