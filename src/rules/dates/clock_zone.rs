use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::diagnostic::Severity;
use crate::lexicon::calendar::{self, Zone};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::times::Mention;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/clock-zone",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/dates/clock-zone.md"),
    detect: Detect::Story(check),
};

/// A zone's name that is not in use on that day.
struct Slip {
    span: Span,
    zone: &'static Zone,
    date: Date,
    /// Whether the clocks are on daylight time then.
    daylight: bool,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let mut slips = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        let found = paragraph.facts.times.iter().filter_map(|mention| detect(mention, paragraph, story.date));
        slips.extend(found.map(|slip| (index, slip)));
    }
    // One look through the story for each zone that has a slip.
    let mut elsewhere: Vec<(&str, bool)> = Vec::new();
    slips.retain(|(_, slip): &(usize, Slip)| {
        let name = slip.zone.standard.as_str();
        if let Some((_, known)) = elsewhere.iter().find(|(zone, _)| *zone == name) {
            return !known;
        }
        let is = is_elsewhere(slip.zone, story);
        elsewhere.push((name, is));
        !is
    });
    slips.iter().map(|(index, slip)| describe(slip, &story.paragraphs[*index], *index)).collect()
}

fn detect(mention: &Mention, paragraph: &Paragraph<'_>, published: Option<Date>) -> Option<Slip> {
    let span = mention.zone?;
    let name = paragraph.words(span);
    let zone = calendar::zone(name)?;
    let date = day_of(mention, paragraph, published)?;
    let daylight = is_daylight(date)?;
    let wrong = if daylight { zone.seasonal && name == zone.standard } else { name == zone.daylight };
    wrong.then_some(Slip { span, zone, date, daylight })
}

/// The day of a time, where that is sure: the one date of its sentence or, if that tells of no other month or year, the
/// story's own.
fn day_of(mention: &Mention, paragraph: &Paragraph<'_>, published: Option<Date>) -> Option<Date> {
    let prose = &paragraph.facts.prose;
    let sentence = prose.sentences.get(prose.sentence_at(mention.span.start)?)?;
    match super::mentions_in(paragraph, sentence.span) {
        [] => {}
        [date] if !date.range => return super::date_of(date, paragraph, published),
        _ => return None,
    }
    let other = |word: &str| {
        matches!(
            word,
            "year" | "years" | "month" | "months" | "summer" | "winter" | "spring" | "fall" | "every" | "each"
        ) || super::year(word).is_some()
    };
    let elsewhen = prose.tokens_of(sentence).iter().any(|token| other(token.of(paragraph.text)));
    published.filter(|_| !elsewhen)
}

/// Whether American clocks are on daylight time on a day: from the second Sunday in March to the first one in November,
/// since 2007. Not told for the days around the change.
fn is_daylight(date: Date) -> Option<bool> {
    const NEAR: i64 = 7;
    if date.year() < 2007 {
        return None;
    }
    let begins = Date::new(date.year(), 3, 1).ok()?.nth_weekday_of_month(2, Weekday::Sunday).ok()?;
    let ends = Date::new(date.year(), 11, 1).ok()?.nth_weekday_of_month(1, Weekday::Sunday).ok()?;
    let on = |date: Date| (begins..ends).contains(&date);
    let (before, after) = (date.checked_sub(NEAR.days()).ok()?, date.checked_add(NEAR.days()).ok()?);
    (on(before) == on(after)).then(|| on(date))
}

/// Whether the story names a place where the same letters stand for another clock.
fn is_elsewhere(zone: &Zone, story: &Story<'_>) -> bool {
    let is = |word: &str| zone.elsewhere.iter().any(|place| place == word);
    story.paragraphs.iter().any(|paragraph| {
        paragraph.facts.prose.tokens.iter().any(|token| token.is_proper() && is(token.of(paragraph.text)))
    })
}

fn describe(slip: &Slip, paragraph: &Paragraph<'_>, index: usize) -> Finding {
    let Slip { span, zone, date, daylight } = slip;
    let (season, right) = if *daylight { ("daylight", &zone.daylight) } else { ("standard", &zone.standard) };
    let written = paragraph.words(*span);
    let month = calendar::month_names(date.month()).map_or("", |month| month.name.as_str());
    let place = Place::new(index, *span);
    let offer = |text: &str| Repair::offer(format!("Write “{text}”"), place, text);
    let message =
        format!("American clocks are on {season} time in {month} {}: “{right}”, not “{written}”.", date.year());
    Finding::new(place, message).mended_by(vec![offer(right), offer(&zone.either)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn daylight_time_by_the_american_rule() {
        for (day, expected) in [
            ("2025-07-04", Some(true)),
            ("2025-12-11", Some(false)),
            ("2025-03-01", Some(false)),
            ("2025-03-09", None),
            ("2025-03-20", Some(true)),
            ("2025-11-02", None),
            ("2025-11-20", Some(false)),
            ("1999-07-04", None),
        ] {
            assert_eq!(day.parse().ok().and_then(is_daylight), expected, "{day}");
        }
        assert_eq!(is_daylight(Date::MAX), None);
    }
}
