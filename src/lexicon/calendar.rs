//! Months and weekdays as news copy writes them, from `rules/lexicon/calendar.toml`.

use std::sync::LazyLock;

use jiff::civil::Weekday;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::words::with_lower;

/// A month's names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Month {
    /// "September"
    pub name: String,
    /// With a day of the month in AP copy: "Sept."
    pub ap: String,
    /// In the datelines of Reuters: "Sept"
    pub wire: String,
    /// Other short forms met with.
    #[serde(default)]
    also: Vec<String>,
}

impl Month {
    fn forms(&self) -> impl Iterator<Item = &str> {
        [&self.name, &self.ap].into_iter().chain(&self.also).map(String::as_str)
    }

    /// Whether `word` is the month's full name, in whatever case.
    pub fn is_full(&self, word: &str) -> bool {
        self.name.eq_ignore_ascii_case(word)
    }
}

/// A time zone of the United States: what its clocks are called in winter, in summer, and either way.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// "EST"
    pub standard: String,
    /// "EDT"
    pub daylight: String,
    /// "ET"
    pub either: String,
    /// Whether the standard name is in use all year nowhere that a story could mean.
    pub seasonal: bool,
    /// Places where one of the names stands for another clock.
    #[serde(default)]
    pub elsewhere: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Calendar {
    weekdays: Vec<String>,
    measures: String,
    clocks: String,
    local: String,
    leads: String,
    named: Vec<(i8, i8)>,
    zones: Vec<Zone>,
    months: Vec<Month>,
}

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/calendar.toml")).expect("the embedded lexicon is well formed")
});

/// The names of a month, January being 1.
pub fn month_names(month: i8) -> Option<&'static Month> {
    CALENDAR.months.get(usize::try_from(month).ok()?.checked_sub(1)?)
}

/// The month that a word names, January being 1: in full or shortened, with or without a stop, in whatever case.
pub fn month(word: &str) -> Option<i8> {
    let bare = word.strip_suffix('.').unwrap_or(word);
    if !(3..=9).contains(&bare.len()) {
        return None;
    }
    let named = |month: &Month| month.forms().any(|form| form.trim_end_matches('.').eq_ignore_ascii_case(bare));
    (1..).zip(&CALENDAR.months).find(|(_, month)| named(month)).map(|(number, _)| number)
}

/// The months that a word which names none could be a slip for: one letter off a name, or begun like one.
pub fn months_like(word: &str) -> Vec<i8> {
    let bare = word.trim_end_matches('.').to_ascii_lowercase();
    if bare.len() < 2 || !bare.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let off = |form: &str| strsim::osa_distance(form.trim_end_matches('.').to_ascii_lowercase().as_str(), &bare);
    let months = || (1..).zip(&CALENDAR.months);
    let near: Vec<i8> =
        months().filter(|(_, month)| month.forms().any(|form| off(form) == 1)).map(|(number, _)| number).collect();
    if !near.is_empty() || bare.len() > 4 {
        return near;
    }
    let begun = |month: &Month| month.name.get(..2).is_some_and(|start| bare.starts_with(&start.to_ascii_lowercase()));
    months().filter(|(_, month)| begun(month)).map(|(number, _)| number).collect()
}

/// The day of the week that a word names, in full and in whatever case.
pub fn weekday(word: &str) -> Option<Weekday> {
    let index = CALENDAR.weekdays.iter().position(|day| day.eq_ignore_ascii_case(word))?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

/// The day of the week that a word names cut short, with or without a stop: "Tues."
pub fn short_weekday(word: &str) -> Option<Weekday> {
    let bare = word.strip_suffix('.').unwrap_or(word);
    if !(3..=5).contains(&bare.len()) {
        return None;
    }
    // The one form that is not how the name begins.
    let bare = if bare.eq_ignore_ascii_case("weds") { "Wed" } else { bare };
    let begins = |day: &String| day.get(..bare.len()).is_some_and(|start| start.eq_ignore_ascii_case(bare));
    weekday(CALENDAR.weekdays.iter().find(|day| begins(day))?)
}

/// Whether a short form can be nothing but a weekday: "Tues" and "Thurs", but not "Sun" or "Mon".
pub fn is_only_weekday(word: &str) -> bool {
    matches!(word, "Tues" | "Thur" | "Thurs" | "Weds")
}

/// Whether "the 90s" beside that word may be no decade: "degrees", "aged".
pub fn is_measure(word: &str) -> bool {
    static MEASURES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| CALENDAR.measures.split_whitespace().collect());
    with_lower(word, |word| MEASURES.contains(word))
}

/// Whether a word after a time tells whose clock it is: "GMT", "local".
pub fn is_clock(word: &str) -> bool {
    is_zone(word) || CALENDAR.local.split_whitespace().any(|local| local == word)
}

/// Whether the word is a time zone's: "GMT".
pub fn is_zone(word: &str) -> bool {
    (2..=4).contains(&word.len()) && CALENDAR.clocks.split_whitespace().any(|clock| clock == word)
}

/// Whether a figure after the word is likely a time of day: "at", "until".
pub fn leads_to_time(word: &str) -> bool {
    CALENDAR.leads.split_whitespace().any(|lead| lead.eq_ignore_ascii_case(word))
}

/// Whether a day is called by its date, as the Fourth of July is.
pub fn is_named(month: i8, day: i8) -> bool {
    CALENDAR.named.contains(&(month, day))
}

/// The American time zone one of whose names that is.
pub fn zone(name: &str) -> Option<&'static Zone> {
    CALENDAR.zones.iter().find(|zone| zone.standard == name || zone.daylight == name)
}

/// The name of a day of the week.
pub fn weekday_name(day: Weekday) -> &'static str {
    usize::try_from(day.to_monday_zero_offset()).ok().and_then(|index| CALENDAR.weekdays.get(index)).map_or("", |n| n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_whole() {
        assert_eq!((CALENDAR.months.len(), CALENDAR.weekdays.len()), (12, 7));
        assert_eq!(weekday_name(Weekday::Sunday), "Sunday");
        assert_eq!(weekday("tuesday"), Some(Weekday::Tuesday));
        assert_eq!((short_weekday("Tues."), short_weekday("THU")), (Some(Weekday::Tuesday), Some(Weekday::Thursday)));
        assert_eq!((short_weekday("Tu"), short_weekday("Sune"), short_weekday("")), (None, None, None));
    }

    #[test]
    fn months_by_any_of_their_forms() {
        for (word, number) in [("Jan", 1), ("FEB.", 2), ("Mar.", 3), ("march", 3), ("Sep.", 9), ("Sept", 9), ("May", 5)]
        {
            assert_eq!(month(word), Some(number), "{word}");
        }
        for word in ["", "Ma", "Marc", "Mayor", "Decem.", "Octobers"] {
            assert_eq!(month(word), None, "{word}");
        }
    }

    #[test]
    fn slips_for_months() {
        for (word, like) in [
            ("Narch", vec![3]),
            ("Macrh", vec![3]),
            ("Apri", vec![4]),
            ("Max", vec![3, 5]),
            ("Sex", vec![9]),
            ("Nox", vec![11]),
            ("Friday", vec![]),
            ("Boeing", vec![]),
            ("Page", vec![]),
        ] {
            assert_eq!(months_like(word), like, "{word}");
        }
    }
}
