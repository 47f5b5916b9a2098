//! Places as datelines name them, from `rules/lexicon/places.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::fold::plain;

/// An American state's short forms.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// In AP datelines: "Mich."
    pub ap: String,
    /// "MI"
    pub postal: String,
    #[serde(default)]
    also: Vec<String>,
}

impl State {
    /// Whether it is cut short so, with a stop: "Mich." and "Calif.", but not "MI", nor "Ms." of Mississippi.
    pub fn is_short(&self, written: &str) -> bool {
        written.ends_with('.') && (self.ap == written || self.also.iter().any(|also| also == written))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    agencies: BTreeMap<String, Vec<String>>,
    prepositions: String,
    kickers: Vec<String>,
    countries: Vec<String>,
    special: Vec<String>,
    one: Vec<Vec<String>>,
    alone: BTreeMap<String, Vec<String>>,
    other_names: BTreeMap<String, String>,
    region: BTreeMap<String, String>,
    several: BTreeMap<String, Vec<String>>,
    states: BTreeMap<String, State>,
    provinces: BTreeMap<String, Vec<String>>,
}

/// What stands after a city: "Mich.", "Ontario", "Japan".
#[derive(Clone, Copy, Debug)]
pub enum Region {
    /// An American state, by its full name.
    State(&'static str, &'static State),
    /// A Canadian province, by its full name.
    Province(&'static str),
    /// A country or territory, as the list writes it.
    Country(&'static str),
}

impl Region {
    /// The full name.
    pub fn name(self) -> &'static str {
        match self {
            Self::State(name, _) | Self::Province(name) | Self::Country(name) => name,
        }
    }

    /// As AP datelines write it: states shortened, all else in full.
    pub fn ap(self) -> &'static str {
        match self {
            Self::State(_, state) => &state.ap,
            Self::Province(name) | Self::Country(name) => name,
        }
    }
}

/// An agency as a dateline names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Whose copy it is: "Reuters".
    pub house: &'static str,
    /// The name, as the agency writes it: "Thomson Reuters Foundation".
    pub name: &'static str,
}

/// A city, as far as AP datelines care.
#[derive(Clone, Copy, Debug)]
pub enum City {
    /// Takes no region, either because it is famous, with the regions that it needs none of, or because of what it is.
    Alone(&'static [String]),
    /// Takes this region.
    Needs(&'static str),
    /// One of several cities of that name, with the likeliest regions.
    Several(&'static [String]),
}

struct Places {
    agencies: FxHashMap<String, Agency>,
    kickers: FxHashSet<String>,
    regions: FxHashMap<String, Region>,
    cities: FxHashMap<String, City>,
    names: FxHashMap<String, &'static str>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/places.toml")).expect("the embedded lexicon is well formed")
});

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let file = &*FILE;
    let mut regions = FxHashMap::default();
    for (name, state) in &file.states {
        for form in [name, &state.ap, &state.postal].into_iter().chain(&state.also) {
            regions.insert(key(form), Region::State(name, state));
        }
    }
    for (name, short) in &file.provinces {
        regions.extend(short.iter().chain([name]).map(|form| (key(form), Region::Province(name))));
    }
    // A state goes before the country of its name: "ATHENS, Georgia".
    for name in &file.countries {
        regions.entry(key(name)).or_insert(Region::Country(name));
    }
    let agencies = file
        .agencies
        .iter()
        .flat_map(|(house, names)| names.iter().chain([house]).map(move |name| (key(name), Agency { house, name })));
    let special = file.special.iter().map(|name| (key(name), City::Alone(&[])));
    let alone = file.alone.iter().map(|(name, regions)| (key(name), City::Alone(regions)));
    let needs = file.region.iter().map(|(name, region)| (key(name), City::Needs(region)));
    let several = file.several.iter().map(|(name, regions)| (key(name), City::Several(regions)));
    let saints = file.alone.keys().chain(file.region.keys()).filter(|name| name.starts_with("St. "));
    let names = file.other_names.iter().map(|(other, name)| (key(other), name.as_str()));
    Places {
        names: names.chain(saints.map(|name| (key(name), name.as_str()))).collect(),
        agencies: agencies.collect(),
        kickers: file.kickers.iter().map(|name| key(name)).collect(),
        regions,
        cities: special.chain(alone).chain(needs).chain(several).collect(),
    }
});

/// What names are compared by: small letters without accents, no full stops, single spaces.
fn key(name: &str) -> String {
    letters(name).collect()
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.split_whitespace().enumerate().flat_map(|(nth, word)| {
        let space = (nth > 0).then_some(' ');
        let letters = word.chars().filter(|char| *char != '.').flat_map(char::to_lowercase).map(plain);
        space.into_iter().chain(letters)
    })
}

/// Longest key in the list, in bytes, and some room.
const LONGEST: usize = 48;

/// A shorter name is a letter away from too many others for a slip to be told.
pub(super) const SHORTEST: usize = 5;

/// Calls `with` with the key of `name`, or with "" where it is longer than any in the list. Unlike [`key`] it need not
/// allocate, and places are asked about often.
fn with_key<T>(name: &str, with: impl FnOnce(&str) -> T) -> T {
    let mut buffer = [0; LONGEST];
    let mut len = 0;
    for letter in letters(name) {
        let Some(room) = buffer.get_mut(len..len + letter.len_utf8()) else { return with("") };
        len += letter.encode_utf8(room).len();
    }
    with(std::str::from_utf8(&buffer[..len]).unwrap_or_default())
}

/// The state, province or country of that name, in full or shortened.
pub fn region(name: &str) -> Option<Region> {
    with_key(name, |key| PLACES.regions.get(key).copied())
}

/// The city of that name.
pub fn city(name: &str) -> Option<City> {
    with_key(name, |key| PLACES.cities.get(key).copied())
}

/// The one known city, as the list writes it, that a name which is none is a letter away from.
pub fn city_like(name: &str) -> Option<&'static str> {
    let name = key(name);
    // "Duesseldorf", "Lyons", "Berne": the same city as some write it.
    let spelling = |name: &str| name.replace("ue", "u").replace("oe", "o");
    let is_other_spelling = |city: &str| {
        let (city, name) = (spelling(city), spelling(&name));
        city == name || name.strip_suffix(['e', 's']) == Some(&city)
    };
    if name.len() < SHORTEST || PLACES.cities.contains_key(&name) {
        return None;
    }
    let known = FILE.alone.keys().chain(FILE.region.keys());
    let mut near = known.filter(|city| strsim::osa_distance(&key(city), &name) == 1);
    let city = near.next().filter(|_| near.next().is_none())?;
    (!is_other_spelling(&key(city))).then_some(city)
}

/// The one region, by its full name, that a name which is none is a letter away from.
pub fn region_like(name: &str) -> Option<&'static str> {
    let name = key(name);
    if name.len() < SHORTEST || PLACES.regions.contains_key(&name) {
        return None;
    }
    let full = PLACES.regions.values().map(|region| region.name());
    let mut near: Vec<&str> = full.filter(|full| strsim::osa_distance(&key(full), &name) == 1).collect();
    near.sort_unstable();
    near.dedup();
    if let [only] = near.as_slice() { Some(only) } else { None }
}

/// The agency of that name.
pub fn agency(name: &str) -> Option<Agency> {
    with_key(name, |key| PLACES.agencies.get(key).copied())
}

/// The agency, as it writes itself, that a name which is none is a letter away from.
pub fn agency_like(name: &str) -> Option<&'static str> {
    let name = key(name);
    if name.len() < SHORTEST || PLACES.agencies.contains_key(&name) {
        return None;
    }
    let mut near = PLACES.agencies.iter().filter(|(known, _)| strsim::osa_distance(known, &name) == 1);
    near.next().map(|(_, agency)| agency.name).filter(|_| near.next().is_none())
}

/// The name that AP datelines have for a city, where it has others, or may be written without a stop: "New York City",
/// "St Louis".
pub fn name_in_datelines(name: &str) -> Option<&'static str> {
    with_key(name, |key| PLACES.names.get(key).copied())
}

/// The cities that AP datelines have, each with the state or country that it needs: first those that
/// need none.
pub fn in_datelines() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let alone = FILE.alone.keys().map(|city| (city.as_str(), None));
    let others = FILE.region.iter().map(|(city, region)| (city.as_str(), Some(region.as_str())));
    alone.chain(others)
}

/// Whether these words open a paragraph without being a place: "EXCLUSIVE".
pub fn is_kicker(words: &str) -> bool {
    with_key(words, |key| PLACES.kickers.contains(key))
}

/// Whether the word stands before the place where something is.
pub fn is_preposition(word: &str) -> bool {
    FILE.prepositions.split_whitespace().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether both name the same region: "Mass." and "Massachusetts".
pub fn same_region(a: &str, b: &str) -> bool {
    match (region(a), region(b)) {
        (Some(a), Some(b)) => a.name() == b.name(),
        _ => key(a) == key(b),
    }
}

/// Whether a city may stand with either of two regions, by their full names, and be the same city: parts of one country,
/// its old name and its new, two that dispute the border.
pub fn may_be_one(a: &str, b: &str) -> bool {
    let abroad = |name: &str| FILE.countries.iter().any(|country| country == name);
    let part = |part: &str, whole: &str| {
        (FILE.states.contains_key(part) && ["United States", "the United States", "USA"].contains(&whole))
            || (FILE.provinces.contains_key(part) && whole == "Canada")
    };
    a == b
        || part(a, b)
        || part(b, a)
        || (abroad(a)
            && FILE.one.iter().any(|all| all.iter().any(|name| name == a) && all.iter().any(|name| name == b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole() {
        assert_eq!(FILE.states.len(), 50);
        assert_eq!(FILE.provinces.len(), 13);
        assert!(FILE.alone.len() > 75);
        let keys = PLACES.regions.keys().chain(PLACES.cities.keys()).chain(PLACES.agencies.keys());
        for key in keys.chain(&PLACES.kickers) {
            assert!((1..=LONGEST).contains(&key.len()), "{key}");
        }
        for name in FILE.one.iter().flatten() {
            assert!(FILE.countries.contains(name), "{name}");
        }
        for regions in FILE.several.values().chain(FILE.alone.values()) {
            for name in regions {
                assert!(region(name).is_some() || FILE.alone.contains_key(name) || name == "Hong Kong", "{name}");
            }
        }
        for (city, name) in &FILE.region {
            let region = region(name).unwrap_or_else(|| panic!("{city}, {name}"));
            assert!(region.ap() == name || name == "Georgia", "{city}, {name}");
            assert!(!FILE.several.contains_key(city) && !FILE.alone.contains_key(city), "{city}");
        }
    }

    #[test]
    fn regions_by_any_of_their_forms() {
        for (form, name) in [
            ("Mich.", "Michigan"),
            ("MICH", "Michigan"),
            ("MI", "Michigan"),
            ("W. Va.", "West Virginia"),
            ("Ont.", "Ontario"),
            ("the united states", "the United States"),
            ("Georgia", "Georgia"),
        ] {
            assert_eq!(region(form).map(Region::name), Some(name), "{form}");
        }
        assert!(region("Mars").is_none());
        assert_eq!(region_like("Ukriane"), Some("Ukraine"));
        assert_eq!((region_like("Ukraine"), region_like("Mars")), (None, None));
        assert!(same_region("Mass.", "Massachusetts") && !same_region("Mass.", "Maine"));
    }

    #[test]
    fn regions_under_whose_names_a_city_is_the_same() {
        for (a, b) in
            [("Scotland", "U.K."), ("Ohio", "USA"), ("Canada", "Quebec"), ("Russia", "Ukraine"), ("Peru", "Peru")]
        {
            assert!(may_be_one(a, b) && may_be_one(b, a), "{a} {b}");
        }
        for (a, b) in [("Ohio", "Iowa"), ("Kenya", "Tanzania"), ("Ohio", "Canada")] {
            assert!(!may_be_one(a, b) && !may_be_one(b, a), "{a} {b}");
        }
    }

    #[test]
    fn cities() {
        assert!(matches!(city("ST LOUIS"), Some(City::Alone(_))));
        assert!(matches!(city("Kabul"), Some(City::Needs("Afghanistan"))));
        assert!(matches!(city("SPRINGFIELD"), Some(City::Several(_))));
        assert!(city("Nowhere").is_none());
        assert_eq!(city_like("ALTANTA"), Some("Atlanta"));
        assert_eq!(city_like("NEDW YORK"), Some("New York"));
        assert_eq!(city_like("DALLA"), Some("Dallas"));
        assert_eq!(city_like("LYONS"), None);
        assert_eq!(city_like("ATLANTA"), None);
        assert_eq!(city_like("LIMA"), None);
        assert_eq!(city_like("DUESSELDORF"), None);
        assert_eq!(city_like("BERNE"), None);
        assert!(matches!(city("SÃO PAULO"), Some(City::Alone(_))));
    }
}
