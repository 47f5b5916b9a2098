//! House styles: the switches that make one desk's copy differ from another's.
//!
//! A style is a file, `rules/house/<id>.toml`, read when it is first asked for. A house's own configuration adds
//! to it: its terms, its wording of offices, its roster of people.

mod dateline;
mod roster;
mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, de};

use crate::diagnostic::Severity;
use crate::lexicon::Offices;
pub use dateline::{Dateline, MonthForm};
pub use roster::{Entry, Listed, Roster, Stint};
pub use terms::{Slip, Term, Terms};

/// Levels by the name of a rule or of a whole family; `None` is off.
pub type Levels = BTreeMap<String, Option<Severity>>;

/// A house style.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// The name in configuration: `ap`. It is the file's name.
    #[serde(skip)]
    pub id: String,
    /// The house: `Associated Press`.
    pub name: String,
    /// Whether the built-in rules are on; they are in every style but `none`.
    #[serde(default = "yes")]
    pub rules: bool,
    /// Levels that differ from the rules' own.
    #[serde(default, deserialize_with = "levels")]
    pub levels: Levels,
    /// How a story says where it was filed. The file names one of the forms in `rules/house/datelines.toml`, or none.
    #[serde(default, deserialize_with = "dateline::picked")]
    pub dateline: Dateline,
    /// How months are written.
    #[serde(default)]
    pub months: Months,
    /// How days and hours are written.
    #[serde(default)]
    pub dates: Dates,
    /// How numbers are written.
    #[serde(default)]
    pub numbers: Numbers,
    /// How people are addressed.
    #[serde(default)]
    pub titles: Titles,
    /// How quotations are set.
    #[serde(default)]
    pub quotes: Quotes,
    /// How dashes, series and abbreviations are set.
    #[serde(default)]
    pub punctuation: Punctuation,
    /// How headlines are written.
    #[serde(default)]
    pub headlines: Headlines,
    /// Acronyms that its readers know, besides those that everybody does.
    #[serde(default)]
    pub acronyms: BTreeSet<String>,
    /// Acronyms that it explains, even those that everybody knows.
    #[serde(default)]
    pub explained: BTreeSet<String>,
    /// The house's wording of an office, by the office's id in the lexicon: `us-defense` is "Defense Secretary".
    #[serde(default)]
    pub offices: BTreeMap<String, String>,
    /// Terms that the house writes its own way.
    #[serde(skip)]
    pub terms: Arc<Terms>,
    /// Offices of the house's own, beside those of the lexicon.
    #[serde(skip)]
    pub own: Arc<Offices>,
    /// The people whom the house writes about.
    #[serde(skip)]
    pub roster: Arc<Roster>,
}

/// Acronyms that a house treats otherwise than its style does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acronyms {
    /// Those that its readers know.
    pub known: BTreeSet<String>,
    /// Those that it explains all the same.
    pub explain: BTreeSet<String>,
}

impl Acronyms {
    /// These laid over others.
    pub fn over(mut self, below: Self) -> Self {
        let (known, explain) = (below.known.difference(&self.explain), below.explain.difference(&self.known));
        let (known, explain): (Vec<_>, Vec<_>) = (known.cloned().collect(), explain.cloned().collect());
        self.known.extend(known);
        self.explain.extend(explain);
        self
    }

    /// Has a style go by them.
    pub fn change(&self, style: &mut Style) {
        let before = Self { known: std::mem::take(&mut style.acronyms), explain: std::mem::take(&mut style.explained) };
        let Self { known, explain } = self.clone().over(before);
        (style.acronyms, style.explained) = (known, explain);
    }
}

/// How a house writes months.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Months {
    /// January to December as they stand with a day: "Jan.", "March".
    pub short: [String; 12],
}

/// How a house writes days and hours. What nobody knows of a house is left out, and no rule asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dates {
    /// What stands first in a date.
    pub order: Option<Order>,
    /// The form of the time of day.
    pub time: Option<Time>,
    /// Whether a decade cut short has an apostrophe: "the ’90s".
    pub decade_apostrophe: bool,
}

/// What stands first in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Order {
    /// "Dec. 6, 2022," with its commas.
    #[serde(rename = "month-day")]
    MonthDay,
    /// "6 December 2022", without commas.
    #[serde(rename = "day-month")]
    DayMonth,
}

/// The form of the time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Time {
    /// Stops and a space, and no 24-hour clock.
    #[serde(rename = "3:30 p.m.")]
    Stops,
    /// Closed up, with a stop before the minutes; the 24-hour clock is fine.
    #[serde(rename = "3.30pm")]
    Point,
    /// Closed up, with either mark before the minutes; the 24-hour clock is fine.
    #[serde(rename = "3pm")]
    Closed,
}

/// How a house writes numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Numbers {
    /// The first whole number in figures; those below it are spelled out. 0 where the house has no such number.
    pub figures_from: u8,
    /// How hundredths are written after a figure: `%`, `percent` or `per cent`. Empty where the house writes them in
    /// more than one way.
    pub percent: String,
    /// How they are written after a number in words. Empty where nobody knows.
    pub percent_in_words: String,
    /// Whether AP's forms of sums of money hold: "$5", "50 cents", no zeros after whole dollars.
    pub ap_money: bool,
}

/// How a house addresses people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Titles {
    /// Whether people are Mr., Mrs. or Ms.
    pub courtesy: bool,
}

/// How a house writes headlines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Headlines {
    /// Whether only the first word and names have a capital, as in a sentence. False where nobody knows, too.
    pub sentence_case: bool,
    /// Most characters. 0 where there is no limit.
    pub longest: u16,
}

/// How a house sets quotations. What nobody knows of a house is left out, and no rule asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quotes {
    /// Where a comma or full stop stands that meets the closing mark.
    pub stops: Option<Stops>,
    /// Whether an ellipsis has a space on each side.
    pub spaced_ellipsis: bool,
    /// Whether words that a reporter put into a quotation never stand in square brackets.
    pub no_brackets: bool,
}

/// How a house sets dashes, series and abbreviations. What nobody knows of a house is left out, and no rule asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Punctuation {
    /// A dash in a sentence, with its spaces: " — ".
    pub dash: String,
    /// Whether a simple series has no comma before its "and": "red, white and blue".
    pub plain_series: bool,
    /// Whether short names of countries have stops: "U.S.".
    pub abbreviation_stops: Option<bool>,
}

/// Where a comma or full stop stands that meets a closing quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stops {
    /// Always inside.
    Inside,
    /// Inside where it ends what was said, outside after a fragment.
    BySense,
}

impl Style {
    /// The names of the styles, the default first.
    pub const IDS: [&str; 6] = ["ap", "reuters", "afp", "bbc", "guardian", "none"];

    /// The style called `id` in configuration.
    pub fn named(id: &str) -> Option<Self> {
        Some(Self::at(Self::IDS.iter().position(|known| *known == id)?))
    }

    fn at(index: usize) -> Self {
        const FILES: [&str; Style::IDS.len()] = [
            include_str!("../rules/house/ap.toml"),
            include_str!("../rules/house/reuters.toml"),
            include_str!("../rules/house/afp.toml"),
            include_str!("../rules/house/bbc.toml"),
            include_str!("../rules/house/guardian.toml"),
            include_str!("../rules/house/none.toml"),
        ];
        static READ: [OnceLock<Style>; Style::IDS.len()] = [const { OnceLock::new() }; Style::IDS.len()];
        let read = || {
            let style: Self = toml::from_str(FILES[index]).expect("the embedded style is well formed");
            Self { id: Self::IDS[index].into(), ..style }
        };
        READ[index].get_or_init(read).clone()
    }
}

impl Default for Style {
    /// The style of the Associated Press.
    fn default() -> Self {
        Self::at(0)
    }
}

/// The level that `name` means: `off`, `suggestion`, `warning` or `error`.
pub fn level(name: &str) -> Option<Option<Severity>> {
    if name == "off" { Some(None) } else { Severity::named(name).map(Some) }
}

fn levels<'de, D: Deserializer<'de>>(source: D) -> Result<Levels, D::Error> {
    let names = BTreeMap::<String, String>::deserialize(source)?;
    let read = |(rule, name): (String, String)| {
        let level = level(&name).ok_or_else(|| de::Error::custom(format!("no level is called {name}")))?;
        Ok((rule, level))
    };
    names.into_iter().map(read).collect()
}

const fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_can_be_read() {
        for id in Style::IDS {
            let style = Style::named(id).unwrap();
            assert_eq!(style.id, id);
            assert_eq!(style.rules, id != "none");
            assert!(style.months.short.iter().all(|month| !month.is_empty()), "{id}");
        }
        assert_eq!(Style::named("tabloid"), None);
    }

    #[test]
    fn the_default_is_ap() {
        assert_eq!(Style::default(), Style::named("ap").unwrap());
        assert_eq!(Style::default().months.short[8], "Sept.");
        assert_eq!(Style::named("reuters").unwrap().months.short[8], "Sept");
    }

    #[test]
    fn a_style_file_with_a_mistake_is_not_read() {
        for mistake in ["[levels]\n\"dateline/dash\" = \"loud\"", "colour = \"red\"", "[months]\nshort = [\"Jan.\"]"] {
            assert!(toml::from_str::<Style>(&format!("name = \"A\"\n{mistake}")).is_err(), "{mistake}");
        }
    }
}
