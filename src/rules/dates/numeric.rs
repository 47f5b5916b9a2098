use crate::diagnostic::Severity;
use crate::lexicon::calendar;
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::dates::days_in;
use crate::story::{Paragraph, Place};
use crate::style::{Order, Style};
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/numeric",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/dates/numeric.md"),
    detect: Detect::Paragraph(check),
};

/// Month, day and year.
type Date = (i8, i8, i16);

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let tokens = &paragraph.facts.prose.tokens;
    let figures = tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Number);
    let found = figures.filter_map(|(at, _)| detect(at, paragraph));
    found.map(|(span, readings)| describe(span, readings, paragraph, style)).collect()
}

/// The date whose figures begin with the token at `at`, and what it can mean: the month first, then the day first.
fn detect(at: usize, paragraph: &Paragraph<'_>) -> Option<(Span, Vec<Date>)> {
    let tokens = &paragraph.facts.prose.tokens;
    let start = tokens[at].start as usize;
    let rest = &paragraph.text[start..];
    let mark = ['/', '-', '.']
        .into_iter()
        .find(|mark| rest[rest.bytes().take_while(u8::is_ascii_digit).count()..].starts_with(*mark))?;
    // No date is longer.
    let len =
        rest.bytes().take("12/06/2022/".len()).take_while(|byte| byte.is_ascii_digit() || *byte == mark as u8).count();
    let written = rest[..len].trim_end_matches(mark);
    let span = Span::new(start, start + written.len());
    let after = &paragraph.text[span.end..];
    // "2022-12-06.csv", "10.12.2022.1"
    let goes_on = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let apart = |c: char| !c.is_alphanumeric() && !matches!(c, '/' | '-' | '.' | '$' | '£' | '€' | '#' | '_');
    let free = paragraph.text[..start].chars().next_back().is_none_or(apart)
        && !goes_on
        && !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '%' | '_'));
    let parts: Vec<&str> = written.split(mark).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |part: &str| part.parse::<i16>().ok();
    let readings = match (mark, first.len(), second.len(), third.len()) {
        ('-', 4, 2, 2) => vec![(number(second)?, number(third)?, number(first)?)],
        // Two figures for the year are a score or a version as well, but between slashes.
        ('/', 1 | 2, 1 | 2, 2 | 4) | ('.', 1 | 2, 1 | 2, 4) => {
            let (one, two, year) = (number(first)?, number(second)?, full_year(number(third)?, third.len()));
            vec![(one, two, year), (two, one, year)]
        }
        _ => return None,
    };
    let mut readings: Vec<Date> = readings.into_iter().filter_map(date).collect();
    readings.dedup();
    (free && !readings.is_empty()).then_some((span, readings))
}

fn date((month, day, year): (i16, i16, i16)) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let real =
        (1..=12).contains(&month) && (1900..2100).contains(&year) && (1..=days_in(month, Some(year))).contains(&day);
    real.then_some((month, day, year))
}

/// The year that two figures stand for: those from 50 on are of the last century.
const fn full_year(year: i16, len: usize) -> i16 {
    match (len, year) {
        (4, year) => year,
        (_, ..50) => 2000 + year,
        (_, year) => 1900 + year,
    }
}

fn describe(span: Span, mut readings: Vec<Date>, paragraph: &Paragraph<'_>, style: &Style) -> Finding {
    let written = paragraph.words(span);
    let why = match readings.len() {
        1 => "is for forms and tables",
        _ => "is one day in America and another elsewhere",
    };
    let finding = Finding::new(Place::here(span), format!("“{written}” {why}. Name the month."));
    let Some(order) = style.dates.order else { return finding };
    if order == Order::DayMonth {
        readings.reverse();
    }
    let repairs = readings.into_iter().filter_map(|reading| {
        let text = named(reading, order, style)?;
        let comma = if order == Order::MonthDay && super::goes_on(paragraph, span.end) { "," } else { "" };
        Some(Repair::offer(format!("Write “{text}”"), Place::here(span), format!("{text}{comma}")))
    });
    finding.mended_by(repairs.collect())
}

fn named((month, day, year): Date, order: Order, style: &Style) -> Option<String> {
    let index = usize::try_from(month).ok()?.checked_sub(1)?;
    Some(match order {
        Order::MonthDay => format!("{} {day}, {year}", style.months.short.get(index)?),
        Order::DayMonth => format!("{day} {} {year}", calendar::month_names(month)?.name),
    })
}
