//! Cities of the world by their region, from `rules/lexicon/gazetteer.txt`.
//!
//! It is asked about the place in a dateline, and about cities that stand with a region: a few times in a story. So
//! nothing is made of the list when the program starts. A name is searched for in its text, which takes a hundredth of
//! a millisecond.

use memchr::{memmem, memrchr};

use super::fold::plain;
use super::places;

/// Lines such as "Conn.: Ansonia, Avon, …". What "!" says is in the file.
const LIST: &str = include_str!("../../rules/lexicon/gazetteer.txt");

/// Regions in which a city of that name is listed.
pub fn regions(name: &str) -> Vec<&'static str> {
    listed(name).into_iter().map(|(region, _)| region).collect()
}

/// All regions in which there is a place of that name, if the list has them all; else none.
pub fn all_regions(name: &str) -> Vec<&'static str> {
    listed(name).into_iter().filter(|(_, all)| *all).map(|(region, _)| region).collect()
}

/// The one city in that region which a name, being that of none there, is a letter away from.
pub fn city_like(name: &str, region: &str) -> Option<&'static str> {
    let name = as_listed(name);
    let names = cities_of(places::region(region)?.ap())?;
    let cities = || names.split(',').map(|city| city.trim_start().trim_end_matches('!'));
    if name.len() < places::SHORTEST || cities().any(|city| city == name) {
        return None;
    }
    let mut near = cities().filter(|city| is_near(city, &name));
    near.next().filter(|_| near.next().is_none())
}

/// Whether one letter is all that two names differ in.
fn is_near(city: &str, name: &str) -> bool {
    city.len().abs_diff(name.len()) <= 1 && strsim::osa_distance(&city.to_lowercase(), &name.to_lowercase()) == 1
}

/// The cities of a region, between commas.
fn cities_of(region: &str) -> Option<&'static str> {
    let opening = format!("\n{region}: ");
    let start = memmem::find(LIST.as_bytes(), opening.as_bytes())? + opening.len();
    LIST.get(start..)?.lines().next()
}

/// Each region in which the name is listed, and whether all places of that name are.
fn listed(name: &str) -> Vec<(&'static str, bool)> {
    let name = as_listed(name);
    let mut found = Vec::new();
    for at in memmem::find_iter(LIST.as_bytes(), name.as_bytes()) {
        let (before, after) = (&LIST[..at], &LIST[at + name.len()..]);
        let line = memrchr(b'\n', before.as_bytes()).map_or(0, |line| line + 1);
        let region = LIST[line..].split_once(": ").map(|(region, _)| region).filter(|it| !it.starts_with('#'));
        let whole =
            before.ends_with([' ']) && before.trim_end().ends_with([',', ':']) && after.starts_with([',', '!', '\n']);
        found.extend(region.filter(|_| whole && !name.is_empty()).map(|region| (region, after.starts_with('!'))));
    }
    found
}

/// The name in the letters of the list: "SÃO PAULO" is "Sao Paulo".
fn as_listed(name: &str) -> String {
    let shouted = !name.contains(char::is_lowercase);
    let mut opens = true;
    let letters = name.chars().flat_map(char::to_lowercase).zip(name.chars()).map(|(small, letter)| {
        let large = if shouted { opens } else { letter.is_uppercase() };
        opens = matches!(letter, ' ' | '-');
        if large { plain(small).to_ascii_uppercase() } else { plain(small) }
    });
    let name: String = letters.collect();
    match name.strip_prefix("St ") {
        Some(rest) => format!("St. {rest}"),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole() {
        let mut cities = 0;
        for (region, names) in
            LIST.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
        {
            let known = places::region(region).unwrap_or_else(|| panic!("{region} is no region"));
            assert_eq!(known.ap(), region);
            assert_eq!(cities_of(region), Some(names));
            assert!(names.is_ascii() && names.split(", ").all(|name| name.len() > 1), "{region}");
            cities += names.split(", ").count();
        }
        assert!(cities > 9_000);
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
        assert!(all_regions("Springfield").is_empty() && regions("").is_empty() && regions("people").is_empty());
        assert!(regions("SÃO PAULO").contains(&"Brazil"));
        assert_eq!(regions("WINSTON-SALEM"), ["N.C."]);
        assert!(regions("ST LOUIS").contains(&"Mo.") && regions("St. Albans").contains(&"England"));
    }
}
