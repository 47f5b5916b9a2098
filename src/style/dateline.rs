//! How houses write their datelines.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, de};

use crate::lexicon::calendar::{Month, month, month_names};
use crate::story::dateline::parse_field;
use crate::text::Span;

/// How a house writes its datelines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dateline {
    /// Whether stories open with one.
    #[serde(default = "yes")]
    pub used: bool,
    /// Whether the place stands in capitals.
    pub capitals: bool,
    /// Whether the month and the day may follow the place.
    pub date: bool,
    /// Whether the year may follow the day.
    #[serde(default = "yes")]
    pub year: bool,
    /// How the month is written there.
    pub months: MonthForm,
    /// Whether AP's rules for what follows the city hold: which cities stand alone, how states are shortened.
    pub ap_regions: bool,
    /// The agency in brackets: `AP`. Empty if there is none.
    pub agency: String,
    /// The dash before the text, with its spaces: ` — `. Empty where it is not known.
    pub dash: String,
}

/// How a month is written with a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MonthForm {
    /// In any of the ways below.
    #[default]
    Any,
    /// "September"
    Full,
    /// "Sept.", and "March"
    Ap,
    /// "Sept", and "March"
    Wire,
}

impl MonthForm {
    /// The month in this form; in full where any will do.
    pub fn of(self, month: &Month) -> &str {
        match self {
            Self::Any | Self::Full => &month.name,
            Self::Ap => &month.ap,
            Self::Wire => &month.wire,
        }
    }

    /// Whether `written` is the month in this form.
    pub fn is(self, month: &Month, written: &str) -> bool {
        match self {
            Self::Any => [&month.name, &month.ap, &month.wire].into_iter().any(|form| form == written),
            _ => self.of(month) == written,
        }
    }
}

static FORMS: LazyLock<BTreeMap<String, Dateline>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/house/datelines.toml")).expect("the embedded forms are well formed")
});

impl Dateline {
    /// The form of that name: `ap`, `upi`.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMS.get(name)
    }

    /// The names of the forms.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMS.keys().map(String::as_str)
    }

    /// The form of the agency that signs itself so.
    pub fn of_agency(agency: &str) -> Option<&'static Self> {
        FORMS.values().find(|form| form.agency == agency)
    }

    /// The form that a dateline shows by itself: "OSLO, Norway, Dec. 10 (Gazette) — ". It can't show which cities stand
    /// alone.
    pub fn shown_by(example: &str) -> Option<Self> {
        let parts = parse_field(example)?;
        let words = |span: Span| span.of(example);
        let dash = parts.dash?;
        let before = example[..dash.start].trim_end().len();
        let space = if before < dash.start { " " } else { "" };
        let named = parts.month.and_then(|span| Some((month_names(month(words(span))?)?, words(span))));
        let forms = [MonthForm::Any, MonthForm::Full, MonthForm::Ap, MonthForm::Wire];
        let fits = |(names, written)| forms.into_iter().filter(move |form| form.is(names, written));
        // "March" says nothing of how the others are written.
        let months = named.map(fits).and_then(|mut fits| fits.nth(1).filter(|_| fits.next().is_none()));
        let place = words(parts.place);
        Some(Self {
            used: true,
            capitals: place.is_empty() || place.to_uppercase() == place,
            date: parts.date.is_some(),
            year: parts.date.is_none() || parts.year.is_some(),
            months: months.unwrap_or_default(),
            ap_regions: false,
            agency: parts.agency.map_or("", words).into(),
            dash: format!("{space}{}{space}", words(dash)),
        })
    }
}

/// The form that a house's file picks by its name.
pub(super) fn picked<'de, D: Deserializer<'de>>(source: D) -> Result<Dateline, D::Error> {
    let name = String::deserialize(source)?;
    Dateline::named(&name).cloned().ok_or_else(|| de::Error::custom(format!("no dateline is called {name}")))
}

const fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_of_an_agency_that_the_lexicon_knows() {
        for form in FORMS.values().filter(|form| !form.agency.is_empty()) {
            assert_eq!(crate::lexicon::places::agency(&form.agency).map(|agency| agency.house), Some(&*form.agency));
        }
    }

    #[test]
    fn a_dateline_shows_its_form() {
        for (example, capitals, date, months, agency, dash) in [
            ("OSLO, Norway, Dec. 10 (Gazette) — ", true, true, MonthForm::Ap, "Gazette", " — "),
            ("OSLO, Dec 10 (Gazette) -", true, true, MonthForm::Wire, "Gazette", " - "),
            ("Oslo, December 10 (AFP) - ", false, true, MonthForm::Full, "AFP", " - "),
            ("OSLO, March 10—", true, true, MonthForm::Any, "", "—"),
            ("OSLO — ", true, false, MonthForm::Any, "", " — "),
            ("(Bloomberg) -- ", true, false, MonthForm::Any, "Bloomberg", " -- "),
        ] {
            let form = Dateline {
                used: true,
                capitals,
                date,
                year: !date,
                months,
                ap_regions: false,
                agency: agency.into(),
                dash: dash.into(),
            };
            assert_eq!(Dateline::shown_by(example), Some(form), "{example}");
        }
        for example in ["", "OSLO", "where it rained — ", "OSLO — The ferry sank"] {
            assert_eq!(Dateline::shown_by(example), None, "{example}");
        }
    }
}
