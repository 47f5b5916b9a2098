use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::words::with_lower;

/// `rules/lexicon/references.toml`. Lists are divided by white space.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct References {
    person: Vec<Bearers>,
    body: Vec<Bearers>,
    she: String,
    he: String,
}

/// What those who bear one of some words in a title or name may be called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bearers {
    #[serde(alias = "titles", alias = "names")]
    borne: String,
    called: String,
}

/// Which pronoun is for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// She.
    She,
    /// He.
    He,
}

static REFERENCES: LazyLock<References> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/references.toml")).expect("the embedded lexicon is well formed")
});

/// By what somebody may be called, the words of titles or names that allow it.
type Called = FxHashMap<&'static str, Vec<&'static str>>;

fn called(bearers: &'static [Bearers]) -> Called {
    let mut by_call = Called::default();
    for bearers in bearers {
        for call in bearers.called.split_whitespace() {
            by_call.entry(call).or_default().extend(bearers.borne.split_whitespace());
        }
    }
    by_call
}

static PEOPLE: LazyLock<Called> = LazyLock::new(|| called(&REFERENCES.person));
static BODIES: LazyLock<Called> = LazyLock::new(|| called(&REFERENCES.body));
static HEADS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| REFERENCES.body.iter().flat_map(|body| body.borne.split_whitespace()).collect());
static GENDERS: LazyLock<FxHashMap<&str, Gender>> = LazyLock::new(|| {
    let she = REFERENCES.she.split_whitespace().map(|word| (word, Gender::She));
    she.chain(REFERENCES.he.split_whitespace().map(|word| (word, Gender::He))).collect()
});

/// The words of a title that let a story call somebody by a role: "sen." for "lawmaker". In lower case.
pub fn titles_called(role: &str) -> &'static [&'static str] {
    with_lower(role, |role| PEOPLE.get(role).map_or(&[][..], Vec::as_slice))
}

/// The words of a name that let a story call a body so: "corp." for "company". In lower case.
pub fn bodies_called(noun: &str) -> &'static [&'static str] {
    with_lower(noun, |noun| BODIES.get(noun).map_or(&[][..], Vec::as_slice))
}

/// The word as the lexicon has it, if it makes a capitalised name a body's: Ministry, Corp.
pub fn body_head(word: &str) -> Option<&'static str> {
    with_lower(word, |word| HEADS.get(word).copied())
}

/// Which pronoun a word of a title is for: spokeswoman, Mr.
pub fn gender_of_title(word: &str) -> Option<Gender> {
    with_lower(word, |word| GENDERS.get(word).copied())
}
