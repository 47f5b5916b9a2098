use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::fold;
use super::words::with_lower;
use super::{Class, Gender, class_of};

/// `rules/lexicon/given_names.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    /// Given names, divided by white space.
    given: String,
    /// Those of them that are women's.
    women: String,
    /// Those of them that are women's and men's.
    either: String,
    /// The full form of a name, then its short ones.
    same: Vec<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/given_names.toml")).expect("the embedded lexicon is well formed")
});

/// For each form of a name, the indices of the entries that list it.
static SAME: LazyLock<FxHashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut same: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (index, names) in NAMES.same.iter().enumerate() {
        for name in names.split_whitespace() {
            same.entry(name).or_default().push(index);
        }
    }
    same
});

/// Given names that are women's, and those that are not men's alone.
static WOMEN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| NAMES.women.split_whitespace().collect());
static EITHER: LazyLock<FxHashSet<&str>> = LazyLock::new(|| NAMES.either.split_whitespace().collect());

/// Lists of words and the class of their words.
pub(super) fn classes() -> impl Iterator<Item = (&'static str, Class)> {
    [(NAMES.given.as_str(), Class::GIVEN)].into_iter()
}

/// Which pronoun somebody with a given name goes by, where the name is known and tells.
pub fn gender_of_name(given: &str) -> Option<Gender> {
    let gender = |given: &str| {
        if WOMEN.contains(given) {
            return Some(Gender::She);
        }
        (class_of(given).any(Class::GIVEN) && !EITHER.contains(given)).then_some(Gender::He)
    };
    if given.is_ascii() { with_lower(given, gender) } else { gender(&fold(given)) }
}

/// Whether two given names, in lower case, can be one person's: "joe" and "joseph".
pub fn same_name(a: &str, b: &str) -> bool {
    let entries = |name| SAME.get(name).map_or(&[][..], Vec::as_slice);
    a == b || entries(a).iter().any(|entry| entries(b).contains(entry))
}
