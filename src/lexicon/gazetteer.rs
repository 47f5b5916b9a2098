//! Cities of the world by their region, from `rules/lexicon/gazetteer.txt`.
//!
//! It is asked about the place in a dateline and about a city that stands with a region, a few times in a story. So
//! nothing is made of the list when the program starts: it is read from the beginning each time, in a tenth of a
//! millisecond.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fold::plain;
use super::places::{self, same_region};

const LIST: &str = include_str!("../../rules/lexicon/gazetteer.txt");

/// A city in the list.
#[derive(Clone, Copy)]
struct City {
    region: &'static str,
    name: &'static str,
    /// All places of its name are listed.
    all: bool,
}

fn cities() -> impl Iterator<Item = City> {
    lines().flat_map(|(region, names)| cities_of(region, names))
}

fn cities_of(region: &'static str, names: &'static str) -> impl Iterator<Item = City> {
    names.split(", ").map(move |name| {
        let plain = name.strip_suffix('!');
        City { region, name: plain.unwrap_or(name), all: plain.is_some() }
    })
}

/// Each region with its cities.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIST.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
}

/// Regions in which a city of that name is listed.
pub fn regions(name: &str) -> Vec<&'static str> {
    let name = folded(name);
    cities().filter(|city| is(city.name, &name)).map(|city| city.region).collect()
}

/// The one city in that region which a name, being that of none there, is a letter away from.
pub fn city_like(name: &str, region: &str) -> Option<&'static str> {
    let name = folded(name);
    let lines = lines().filter(|(of, _)| same_region(of, region));
    let there: Vec<&'static str> = lines.flat_map(|(of, names)| cities_of(of, names)).map(|city| city.name).collect();
    if name.len() < places::SHORTEST || there.iter().any(|city| is(city, &name)) {
        return None;
    }
    let close = |city: &&&str| city.len().abs_diff(name.len()) <= 2 && strsim::osa_distance(&folded(city), &name) == 1;
    let mut near = there.iter().filter(close);
    let city = near.next().filter(|_| near.next().is_none())?;
    Some(city)
}

/// All regions in which there is a place of that name, if the list has them all; else none.
pub fn all_regions(name: &str) -> Vec<&'static str> {
    /// Copy asks more often than datelines do, and writes names as the list does.
    static ALL: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
        let mut all: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        cities().filter(|city| city.all).for_each(|city| all.entry(city.name).or_default().push(city.region));
        all
    });
    if name.contains(char::is_lowercase) {
        return ALL.get(name).cloned().unwrap_or_default();
    }
    let name = folded(name);
    cities().filter(|city| city.all && is(city.name, &name)).map(|city| city.region).collect()
}

fn folded(name: &str) -> String {
    name.chars().filter(|char| *char != '.').flat_map(char::to_lowercase).map(plain).collect()
}

/// Whether a listed name is the one that was folded.
fn is(listed: &str, folded: &str) -> bool {
    listed.bytes().filter(|byte| *byte != b'.').map(|byte| byte.to_ascii_lowercase()).eq(folded.bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole() {
        for (region, names) in lines() {
            let known = places::region(region).unwrap_or_else(|| panic!("{region} is no region"));
            assert_eq!(known.ap(), region);
            assert!(names.is_ascii() && names.split(", ").all(|name| name.len() > 1), "{region}");
        }
        assert!(cities().count() > 9_000);
    }

    #[test]
    fn cities_by_name() {
        assert_eq!(regions("GREENWICH"), ["Conn."]);
        assert!(regions("Springfield").len() > 5);
        assert!(regions("Nowhere Much").is_empty());
        assert_eq!(city_like("GREENWHICH", "Conn."), Some("Greenwich"));
        assert_eq!(city_like("GREENWHICH", "Connecticut"), Some("Greenwich"));
        assert_eq!(city_like("GREENWICH", "Conn."), None);
        assert_eq!(city_like("GREENWHICH", "Ohio"), None);
        assert_eq!((all_regions("Tucson"), all_regions("TUCSON")), (vec!["Ariz."], vec!["Ariz."]));
        assert_eq!(all_regions("Omaha"), ["Neb.", "Texas"]);
        assert!(all_regions("Springfield").is_empty());
    }
}
