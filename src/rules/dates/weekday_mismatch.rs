use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::diagnostic::Severity;
use crate::lexicon::calendar::weekday_name;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::dates::Mention;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/weekday-mismatch",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::On,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/dates/weekday-mismatch.md"),
    detect: Detect::Story(check),
};

/// A weekday and a date that don't go together.
struct Mismatch<'s> {
    mention: &'s Mention,
    said: Weekday,
    date: Date,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        let mismatches = super::mentions(paragraph).filter_map(|mention| detect(mention, paragraph, story.date));
        findings.extend(mismatches.map(|mismatch| describe(&mismatch, paragraph, index)));
    }
    findings
}

fn detect<'s>(mention: &'s Mention, paragraph: &Paragraph<'s>, published: Option<Date>) -> Option<Mismatch<'s>> {
    let (said, _) = mention.weekday.filter(|_| !mention.range)?;
    let date = super::date_of(mention, paragraph, published)?;
    (date.weekday() != said).then_some(Mismatch { mention, said, date })
}

fn describe(mismatch: &Mismatch<'_>, paragraph: &Paragraph<'_>, index: usize) -> Finding {
    let Mismatch { mention, said, date } = mismatch;
    let (month, year) = (paragraph.words(mention.month.1), date.year());
    let (right, said_name) = (weekday_name(date.weekday()), weekday_name(*said));
    let shown = if mention.day_first {
        format!("{} {month} {year} is", date.day())
    } else {
        format!("{month} {}, {year}, is", date.day())
    };
    Finding::new(
        Place::new(index, mention.span),
        format!("{shown} a {right}, not a {said_name}. Readers will go by one or the other: check which is right."),
    )
    .mended_by(repairs(mismatch, index))
}

/// The right weekday; then the nearest days that are such a weekday; then the year next to it in which the day is.
fn repairs(mismatch: &Mismatch<'_>, index: usize) -> Vec<Repair> {
    let Mismatch { mention, said, date } = mismatch;
    let offer = |span, text: String| Repair::offer(format!("Write “{text}”"), Place::new(index, span), text);
    let weekday = mention.weekday.map(|(_, span)| offer(span, weekday_name(date.weekday()).to_owned()));
    let mut days: Vec<i64> = (-6..=6).collect();
    days.sort_by_key(|days| days.abs());
    let days = days.into_iter().filter_map(|days| {
        let day = date.checked_add(days.days()).ok()?;
        let (_, span) = mention.day?;
        (day.weekday() == *said && day.month() == date.month()).then(|| offer(span, day.day().to_string()))
    });
    let years = [-1, 1].into_iter().filter_map(|years| {
        let (year, span) = mention.year?;
        let moved = Date::new(year + years, date.month(), date.day()).ok()?;
        (moved.weekday() == *said).then(|| offer(span, moved.year().to_string()))
    });
    weekday.into_iter().chain(days).chain(years).collect()
}
