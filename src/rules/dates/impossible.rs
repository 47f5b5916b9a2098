use crate::diagnostic::Severity;
use crate::lexicon::{Class, calendar};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::dates::{Mention, days_in};
use crate::story::times::{self, Half};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/impossible",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::On,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/dates/impossible.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let days = super::mentions(paragraph).filter(|mention| is_no_day(mention, paragraph));
    let days = days.filter_map(|mention| Some((mention.span, no_day(mention, paragraph)?)));
    let hours = paragraph.facts.times.iter().filter(|mention| is_no_time(mention, paragraph)).map(|mention| {
        let span = mention.span.cover(mention.zone.unwrap_or(mention.span));
        (span, format!("There is no “{}” on the clock. Check the time.", paragraph.phrase(span)))
    });
    let finding = |(span, message)| Finding::new(Place::here(span), message);
    days.chain(hours).map(finding).collect()
}

fn is_no_day(mention: &Mention, paragraph: &Paragraph<'_>) -> bool {
    let Some((day, span)) = mention.day else { return false };
    let last = days_in(mention.month.0, mention.year.map(|(year, _)| year));
    if (1..=last).contains(&day) {
        return ends_late(day, last, span, paragraph) && super::is_followed(paragraph, mention.span.end);
    }
    is_date(mention, span, paragraph)
}

/// Whether the day opens a range that ends on a day which other months have: "June 29-31".
fn ends_late(day: i8, last: i8, span: Span, paragraph: &Paragraph<'_>) -> bool {
    let after = &paragraph.text[span.end..];
    let Some(figures) = after.strip_prefix(['-', '–']) else { return false };
    let len = figures.bytes().take_while(u8::is_ascii_digit).count();
    figures[..len].parse::<i8>().is_ok_and(|end| len <= 2 && end > day && end > last && end <= 31)
}

/// Whether the figure is meant for a day, and does not count something: "In June 31 people drowned."
fn is_date(mention: &Mention, day: Span, paragraph: &Paragraph<'_>) -> bool {
    if mention.year.is_some() || mention.weekday.is_some() {
        return true;
    }
    // "the Nov. 31 vote", but not "In Feb. 30 people drowned"
    let followed = super::is_followed(paragraph, mention.span.end);
    let held = super::before(paragraph, mention.span.start)
        .is_some_and(|token| token.class.any(Class::DETERMINER.with(Class::POSSESSIVE)));
    if paragraph.words(mention.month.1).ends_with('.') && (followed || held) {
        return true;
    }
    // "the 31st of June"
    if mention.day_first && paragraph.text[day.end..mention.month.1.start].ends_with(" of ") {
        return true;
    }
    followed
        && matches!(
            super::word_before(paragraph, mention.span.start),
            "on" | "On" | "by" | "By" | "until" | "Until" | "since" | "Since" | "before" | "after" | "from"
        )
}

fn no_day(mention: &Mention, paragraph: &Paragraph<'_>) -> Option<String> {
    let (month, (day, _)) = (mention.month.0, mention.day?);
    let name = &calendar::month_names(month)?.name;
    let last = days_in(month, mention.year.map(|(year, _)| year));
    let date = paragraph.phrase(mention.span);
    let why = match mention.year {
        _ if day < 1 => "Months begin with day 1".to_owned(),
        Some((year, _)) if month == 2 => format!("{name} {year} has {last} days"),
        None if month == 2 => format!("{name} has 28 or 29 days"),
        _ => format!("{name} has {last} days"),
    };
    Some(format!("There is no “{date}”. {why}: check the date."))
}

/// Times that no clock shows: "13 p.m.", "10:75 a.m.", "at 25:00 GMT", "at 12:75".
fn is_no_time(mention: &times::Mention, paragraph: &Paragraph<'_>) -> bool {
    let times::Mention { hour, minute, half, zone, led, .. } = *mention;
    let minute_over = minute.is_some_and(|minute| minute > 59);
    match half {
        Some((Half::Noon | Half::Midnight, _)) => false,
        // "70 pm" is a length.
        Some(_) => minute_over || hour == 0 || (hour > 12 && (hour <= 24 || minute.is_some())),
        None if zone.is_some() => led && (minute_over || hour > 24 || (hour == 24 && minute > Some(0))),
        None => {
            let at = matches!(super::word_before(paragraph, mention.span.start), "at" | "At");
            at && minute_over && hour <= 24 && super::is_followed(paragraph, mention.span.end)
        }
    }
}
