use crate::diagnostic::Severity;
use crate::lexicon::{Class, calendar};
use crate::prose::{Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::dates::{Mention, days_in};
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
    let hours = hours(paragraph)
        .into_iter()
        .map(|span| (span, format!("There is no “{}” on the clock. Check the time.", paragraph.words(span))));
    let finding = |(span, message)| Finding::new(Place::here(span), message);
    days.chain(hours).map(finding).collect()
}

fn is_no_day(mention: &Mention, paragraph: &Paragraph<'_>) -> bool {
    let Some((day, span)) = mention.day else { return false };
    let last = days_in(mention.month.0, mention.year.map(|(year, _)| year));
    if (1..=last).contains(&day) {
        return ends_late(day, last, span, paragraph) && is_followed(mention, paragraph);
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
    if mention.year.is_some() || mention.weekday.is_some() || paragraph.words(mention.month.1).ends_with('.') {
        return true;
    }
    // "the 31st of June"
    if mention.day_first && paragraph.text[day.end..mention.month.1.start].ends_with(" of ") {
        return true;
    }
    let prose = &paragraph.facts.prose;
    let first = prose.token_at(mention.span.start);
    let before = first.checked_sub(1).and_then(|at| prose.tokens.get(at)).map_or("", |token| token.of(paragraph.text));
    is_followed(mention, paragraph)
        && matches!(
            before,
            "on" | "On" | "by" | "By" | "until" | "Until" | "since" | "Since" | "before" | "after" | "from"
        )
}

/// Whether what follows the mention can follow a date.
fn is_followed(mention: &Mention, paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let after = prose.tokens.get(prose.token_at(mention.span.end.saturating_sub(1)) + 1);
    after.is_none_or(|token| {
        matches!(token.kind, Kind::Mark | Kind::Quote) && token.of(paragraph.text) != "-"
            || token.class.any(Class::PREPOSITION.with(Class::CONJUNCTION))
    })
}

fn no_day(mention: &Mention, paragraph: &Paragraph<'_>) -> Option<String> {
    let (month, (day, _)) = (mention.month.0, mention.day?);
    let name = &calendar::month_names(month)?.name;
    let last = days_in(month, mention.year.map(|(year, _)| year));
    let date = paragraph.words(mention.span);
    let why = match mention.year {
        _ if day < 1 => "Months begin with day 1".to_owned(),
        Some((year, _)) if month == 2 => format!("{name} {year} has {last} days"),
        None if month == 2 => format!("{name} has 28 or 29 days"),
        _ => format!("{name} has {last} days"),
    };
    Some(format!("There is no “{date}”. {why}: check the date."))
}

/// Times that no clock shows: "13 p.m.", "10:75 a.m.", "at 25:00 GMT".
fn hours(paragraph: &Paragraph<'_>) -> Vec<Span> {
    let tokens = &paragraph.facts.prose.tokens;
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Number {
            continue;
        }
        let word = token.of(paragraph.text);
        let (hour, minute) = word.split_once(':').unwrap_or((word, ""));
        let timed = !minute.is_empty();
        if !(1..=2).contains(&hour.len()) || (timed && minute.len() != 2) {
            continue;
        }
        let (Ok(hour), Ok(minute)) = (hour.parse::<u8>(), if timed { minute.parse::<u8>() } else { Ok(0) }) else {
            continue;
        };
        let next = tokens.get(at + 1);
        let last = next.filter(|next| {
            let next = next.of(paragraph.text);
            let noon = hour == 0 && timed && matches!(next, "p.m." | "P.M." | "pm" | "PM");
            let late = hour > 24 || (hour == 24 && minute > 0);
            (is_half(next, timed) && (hour > 12 || minute > 59 || noon))
                || (timed && (late || minute > 59) && is_zone(next) && is_at(tokens, at, paragraph.text))
        });
        found.extend(last.map(|last| token.span().cover(last.span())));
    }
    found
}

/// a.m., p.m. A bare "am" is a verb, and "AM" after a round figure a radio station.
fn is_half(word: &str, timed: bool) -> bool {
    matches!(word, "a.m." | "p.m." | "A.M." | "P.M." | "pm" | "PM") || (timed && matches!(word, "am" | "AM"))
}

fn is_zone(word: &str) -> bool {
    matches!(word, "GMT" | "UTC" | "BST" | "CET" | "CEST" | "EST" | "EDT" | "ET" | "MSK" | "JST" | "local" | "hours")
}

fn is_at(tokens: &[Token], at: usize, text: &str) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before)).map_or("", |token| token.of(text));
    matches!(before, "at" | "At" | "by" | "until" | "before" | "after" | "from" | "about" | "around" | "since" | "(")
}
