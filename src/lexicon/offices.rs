use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::words::with_lower;

/// `rules/lexicon/offices.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    office: Vec<Office>,
    body: Vec<Body>,
}

/// An office and how copy words it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// The name in configuration: `us-defense`.
    pub id: String,
    /// What the office takes up: nobody holds two offices of one seat at once.
    pub seat: Option<String>,
    /// Ids of offices that go with it: the House speaker is a representative.
    #[serde(default)]
    pub includes: Vec<String>,
    /// Whether many bodies have one: a president is one of a country, a club or a company.
    #[serde(default)]
    pub generic: bool,
    /// Whether its wording is a description and stays lower case before a name.
    #[serde(default)]
    pub descriptive: bool,
    /// Words that tell, right before a wording shared with other offices, that it is this one: "U.S."
    #[serde(default)]
    pub told_by: Vec<String>,
    /// The first year in which the names of today hold.
    pub since: Option<u16>,
    /// The wordings in use; those in one inner list say the same, and the first of them goes before a name.
    pub wordings: Vec<Vec<String>>,
}

/// A department and how copy words it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The name in configuration: `us-dod`.
    pub id: String,
    /// As that of an [`Office`].
    pub since: Option<u16>,
    /// As those of an [`Office`].
    pub wordings: Vec<Vec<String>>,
}

/// One way to word an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wording {
    /// Index of the office.
    pub office: usize,
    /// Index of the list of wordings that say the same.
    pub wording: usize,
    /// Index in that list.
    pub form: usize,
}

/// A phrase that words one office or several.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    /// Its words after the first, in lower case.
    rest: Vec<String>,
    ways: Vec<Wording>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/offices.toml")).expect("the embedded lexicon is well formed")
});

/// Phrases by their first word in lower case, the longest first.
type Phrases = FxHashMap<String, Vec<Phrase>>;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| phrases(&LISTS.office));

fn phrases(offices: &[Office]) -> Phrases {
    let mut phrases = Phrases::default();
    for (office, entry) in offices.iter().enumerate() {
        for (wording, forms) in entry.wordings.iter().enumerate() {
            for (form, phrase) in forms.iter().enumerate() {
                let phrase = phrase.to_lowercase();
                let mut words = phrase.split(' ').map(str::to_owned);
                let Some(first) = words.next() else { continue };
                let rest: Vec<String> = words.collect();
                let way = Wording { office, wording, form };
                let known = phrases.entry(first).or_default();
                match known.iter_mut().find(|phrase| phrase.rest == rest) {
                    Some(phrase) => phrase.ways.push(way),
                    None => known.push(Phrase { rest, ways: vec![way] }),
                }
            }
        }
    }
    for phrases in phrases.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }
    phrases
}

/// The longest of the phrases that `words` open with: how many words it has, and which offices it words.
fn longest<'p, 't>(
    phrases: &'p Phrases,
    words: impl Iterator<Item = &'t str> + Clone,
) -> Option<(usize, &'p [Wording])> {
    let mut words = words;
    let first = words.next()?;
    let phrases = if first.is_ascii() {
        with_lower(first, |first| phrases.get(first))
    } else {
        phrases.get(&first.to_lowercase())
    }?;
    let same = |word: &str, expected: &String| {
        word.eq_ignore_ascii_case(expected) || !word.is_ascii() && word.to_lowercase() == *expected
    };
    let opens = |phrase: &&Phrase| {
        let mut words = words.clone();
        phrase.rest.iter().all(|expected| words.next().is_some_and(|word| same(word, expected)))
    };
    phrases.iter().find(opens).map(|phrase| (phrase.rest.len() + 1, phrase.ways.as_slice()))
}

/// Offices of a house's own, beside those of the lexicon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offices {
    list: Vec<Office>,
    phrases: Phrases,
}

impl Offices {
    /// Most words of a wording; a longer one is not found.
    pub const LONGEST: usize = 9;

    /// These offices. Of each, the first list of wordings is what the house writes.
    pub fn new(list: Vec<Office>) -> Self {
        let phrases = phrases(&list);
        Self { list, phrases }
    }

    /// These offices, and those of another list that have ids of their own.
    pub fn over(&self, below: &Self) -> Self {
        let ids: FxHashSet<&str> = self.list.iter().map(|office| office.id.as_str()).collect();
        let others = below.list.iter().filter(|office| !ids.contains(office.id.as_str()));
        Self::new(self.list.iter().chain(others).cloned().collect())
    }

    /// The offices.
    pub fn list(&self) -> &[Office] {
        &self.list
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The office of a wording.
    pub fn get(&self, way: Wording) -> Option<&Office> {
        self.list.get(way.office)
    }

    /// The longest wording that `words` open with: how many words it has, and what it words.
    pub fn longest<'t>(&self, words: impl Iterator<Item = &'t str> + Clone) -> Option<(usize, Wording)> {
        if self.is_empty() {
            return None;
        }
        let (len, ways) = longest(&self.phrases, words)?;
        Some((len, *ways.first()?))
    }
}

/// Words that open the wording of an office, in lower case.
pub(super) fn openers() -> impl Iterator<Item = &'static str> {
    PHRASES.keys().map(String::as_str)
}

/// The longest wording of an office that `words` open with: how many words it has, and which offices it words.
pub fn longest_office<'t>(words: impl Iterator<Item = &'t str> + Clone) -> Option<(usize, &'static [Wording])> {
    longest(&PHRASES, words)
}

/// All offices.
pub fn offices() -> &'static [Office] {
    &LISTS.office
}

/// The office of a wording.
pub fn office(wording: Wording) -> &'static Office {
    &LISTS.office[wording.office]
}

/// The office called `id` in configuration.
pub fn office_id(id: &str) -> Option<&'static Office> {
    LISTS.office.iter().find(|office| office.id == id)
}

/// Departments.
pub fn bodies() -> &'static [Body] {
    &LISTS.body
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_longest_wording_is_found_in_any_case() {
        let ids = |words: &str| {
            let (len, ways) = longest_office(words.split(' '))?;
            Some((len, ways.iter().map(|way| office(*way).id.as_str()).collect::<Vec<_>>()))
        };
        assert_eq!(ids("Secretary of State Ann Roe"), Some((3, vec!["us-state"])));
        assert_eq!(ids("secretary of war"), Some((3, vec!["us-defense"])));
        assert_eq!(ids("Defence Secretary Ann Roe"), Some((2, vec!["us-defense", "uk-defence"])));
        assert_eq!(ids("Majority Leader Roe"), Some((2, vec!["us-senate-maj", "us-house-maj"])));
        assert_eq!(ids("analyst Ann Roe"), None);
        assert_eq!(ids(""), None);
    }

    #[test]
    fn a_house_words_its_own_in_any_letters() {
        let office =
            Office { id: "port".into(), wordings: vec![vec!["Élu du Port à Vie".into()]], ..Office::default() };
        let own = Offices::new(vec![office]);
        assert_eq!(own.longest("ÉLU DU PORT À VIE Ann Roe".split(' ')).map(|(len, _)| len), Some(5));
        assert_eq!(own.longest("Élu du Port".split(' ')), None);
    }

    #[test]
    fn the_list_names_only_what_it_has() {
        let ids: BTreeSet<&str> = offices().iter().map(|office| office.id.as_str()).collect();
        assert_eq!(ids.len(), offices().len(), "two offices have one id");
        for office in offices() {
            assert!(office.wordings.iter().all(|group| !group.is_empty()), "{}", office.id);
            for other in &office.includes {
                assert!(ids.contains(other.as_str()), "{} includes {other}, which is no office", office.id);
            }
        }
    }
}
