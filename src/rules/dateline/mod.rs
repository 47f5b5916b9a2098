//! Where and when the story was filed. One fault of a dateline is one rule's business. What another agency filed may
//! stand in that agency's form or in the house's: nobody has to rewrite it, and nobody gets it wrong by doing so.

pub(super) mod ambiguous_city;
pub(super) mod body_state;
pub(super) mod city_case;
pub(super) mod dash;
pub(super) mod date;
pub(super) mod format;
pub(super) mod missing;
pub(super) mod region_missing;
pub(super) mod region_needless;
pub(super) mod state_form;

use crate::lexicon::places::{self, City};
use crate::lexicon::{calendar, gazetteer};
use crate::rules::rule::{Finding, Repair};
use crate::story::{Place, Story, dateline};
use crate::style::{Dateline, MonthForm, Style};
use crate::text::Span;

/// The story's dateline and the paragraph that opens with it.
#[derive(Clone, Copy)]
struct Line<'s> {
    paragraph: usize,
    text: &'s str,
    parts: &'s dateline::Dateline,
    /// The form in which it should be: that of the agency that signs it, else the house's.
    form: &'s Dateline,
    /// The house's form, if another agency signs.
    house: Option<&'s Dateline>,
    /// Whose form it is, for messages.
    whose: &'s str,
}

impl<'s> Line<'s> {
    /// The dateline, if the house has a form for datelines.
    fn of(story: &Story<'s>, style: &'s Style) -> Option<Self> {
        /// Of an agency whose form nobody wrote down.
        static UNKNOWN: Dateline = Dateline {
            used: true,
            capitals: false,
            date: true,
            year: true,
            months: MonthForm::Any,
            ap_regions: false,
            agency: String::new(),
            dash: String::new(),
        };
        let house = Some(&style.dateline).filter(|house| house.used)?;
        let (paragraph, parts) = story.dateline?;
        let text = story.paragraphs.get(paragraph)?.text;
        let agency = parts.agency.and_then(|agency| places::agency(agency.of(text)));
        let own = Self { paragraph, text, parts, form: house, house: None, whose: "the house" };
        let Some(agency) = agency.filter(|agency| agency.house != house.agency) else { return Some(own) };
        let form = Dateline::of_agency(agency.house).unwrap_or(&UNKNOWN);
        Some(Self { form, house: Some(house), whose: agency.house, ..own })
    }

    /// The forms in which it may be.
    fn forms(self) -> impl Iterator<Item = &'s Dateline> {
        std::iter::once(self.form).chain(self.house)
    }

    /// Whose form it is, at the start of a sentence.
    fn whose_at_start(self) -> &'s str {
        if self.house.is_some() { self.whose } else { "The house" }
    }

    fn words(self, span: Span) -> &'s str {
        span.of(self.text)
    }

    fn at(self, span: Span) -> Place {
        Place::new(self.paragraph, span)
    }

    fn finding(self, span: Span, message: String, repairs: Vec<Repair>) -> Finding {
        Finding::new(self.at(span), message).mended_by(repairs)
    }

    /// The place, as its list writes it, that this one is most likely a slip for: a city that everybody knows or, where
    /// a region stands with it, a city of that region.
    fn slip_for(self, place: Span, region: Option<Span>) -> Option<&'static str> {
        let words = self.words(place);
        match region {
            None => places::city_like(words).filter(|_| gazetteer::regions(words).is_empty()),
            Some(_) if places::city(words).is_some() => None,
            Some(region) => gazetteer::city_like(words, self.words(region)),
        }
    }

    /// The regions, of which a place that stands alone and may not could need one; none where only the reporter knows.
    fn regions_wanted(self, place: Span) -> Option<Vec<&'static str>> {
        let words = self.words(place);
        // Under the name that datelines have for it, it may need none.
        if places::name_in_datelines(words).is_some_and(|name| !name.eq_ignore_ascii_case(words)) {
            return None;
        }
        match places::city(words) {
            Some(City::Alone(_)) => None,
            Some(City::Needs(region)) => Some(vec![region]),
            Some(City::Several(regions)) => Some(regions.iter().map(String::as_str).collect()),
            // A slip for a city that everybody knows is another rule's business.
            None => {
                let wants = self.parts.is_certain() && is_town(words) && self.slip_for(place, None).is_none();
                wants.then(|| gazetteer::regions(words))
            }
        }
    }

    /// Puts the region after a place that stands alone.
    fn with_region(self, place: Span, region: &str) -> Repair {
        let end = self.at(Span::new(place.end, place.end));
        Repair::offer(format!("Write “{}, {region}”", self.words(place)), end, format!(", {region}"))
    }

    /// Whether the city is so well known that AP sets it without this region.
    fn is_needless(self, place: Span, region: Span) -> bool {
        match places::city(self.words(place)) {
            Some(City::Alone(regions)) => regions.iter().any(|known| places::same_region(known, self.words(region))),
            _ => false,
        }
    }

    /// What stands between the dateline and the text: the space, dash and space; where the dash was forgotten, the
    /// space and whatever marks stand in its place.
    fn gap(self) -> Span {
        let dash = self.parts.dash.unwrap_or(Span::new(self.parts.span.end, self.parts.span.end));
        let after = &self.text[dash.end..];
        let start = self.text[..dash.start].trim_end().len();
        let is_gap = |c: char| {
            c.is_whitespace()
                || "-–—―−".contains(c)
                // After a dash, the story may open with an ellipsis.
                || (self.parts.dash.is_none() && ",.:;".contains(c))
        };
        let rest = after.trim_start_matches(is_gap);
        // "OSLO — -5 degrees"
        let rest = if rest.starts_with(|c: char| c.is_ascii_digit()) { after.trim_start() } else { rest };
        Span::new(start, dash.end + (after.len() - rest.len()))
    }

    /// The word after the dateline and its gap, if it is a month: a date that stands where none is looked for.
    fn late_date(self) -> Option<Span> {
        let rest = &self.text[self.gap().end..];
        let word = &rest[..rest.find(char::is_whitespace)?];
        let day = rest[word.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        let span = Span::new(self.gap().end, self.gap().end + word.len());
        (self.parts.dash.is_none() && day && calendar::month(word).is_some()).then_some(span)
    }
}

/// Whether the place looks like a town, which is no country, ship or stretch of road.
fn is_town(place: &str) -> bool {
    let first = place.split(' ').next().unwrap_or("").to_uppercase();
    !["ABOARD", "ABOVE", "ALONG", "AT", "IN", "NEAR", "OFF", "ON", "OVER"].contains(&first.as_str())
        && places::region(place).is_none()
}

/// The place in capitals, but for the small letters that belong in them: "McLEAN".
fn in_capitals(place: &str) -> String {
    let words = place.split(' ').map(|word| match word.strip_prefix("Mc") {
        Some(rest) if rest.starts_with(char::is_uppercase) => format!("Mc{}", rest.to_uppercase()),
        _ => word.to_uppercase(),
    });
    words.collect::<Vec<_>>().join(" ")
}
