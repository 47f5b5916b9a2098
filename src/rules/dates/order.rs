use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::calendar;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::dates::{Mention, days_in};
use crate::story::{Paragraph, Place};
use crate::style::{Order, Style};
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/order",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/impossible"],
    page: include_str!("../../../rules/dates/order.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let Some(order) = style.dates.order else { return Vec::new() };
    let wrong = super::mentions(paragraph).filter(|mention| mention.day_first == (order == Order::MonthDay));
    wrong.filter_map(|mention| describe(mention, detect(mention, paragraph)?, paragraph, style)).collect()
}

/// The day of a date that could stand the other way round, with an ordinal's ending. "The 6th of December", "the
/// September 11 attacks" and "the April 6 Movement" are said so.
fn detect(mention: &Mention, paragraph: &Paragraph<'_>) -> Option<Span> {
    let (day, figure) = mention.day.filter(|_| !mention.range)?;
    let month = mention.month.1;
    let written = super::ordinal(paragraph, figure).map_or(figure, |ending| figure.cover(ending));
    let beside = paragraph.text[written.end.min(month.end)..month.start.max(written.end)].trim().is_empty();
    let real = (1..=days_in(mention.month.0, mention.year.map(|(year, _)| year))).contains(&day);
    let shouted = super::is_shouted(paragraph.words(month));
    (real && !shouted && (beside || !mention.day_first) && is_sure(mention, written, paragraph)).then_some(written)
}

/// Whether the figure is the day, and counts nothing: "since 6 December marches".
fn is_sure(mention: &Mention, day: Span, paragraph: &Paragraph<'_>) -> bool {
    let last = if mention.day_first { mention.month.1 } else { day };
    let led = matches!(word_before_date(mention, day, paragraph), "on" | "On");
    mention.year.is_some() || (super::is_date(mention, paragraph) && (led || super::is_followed(paragraph, last.end)))
}

fn word_before_date<'s>(mention: &Mention, day: Span, paragraph: &Paragraph<'s>) -> &'s str {
    super::word_before(paragraph, mention.month.1.start.min(day.start))
}

fn describe(mention: &Mention, day: Span, paragraph: &Paragraph<'_>, style: &Style) -> Option<Finding> {
    let (number, _) = mention.day?;
    let names = calendar::month_names(mention.month.0)?;
    let month = mention.month.1;
    let year = mention.year.map(|(_, span)| span);
    let index = usize::try_from(mention.month.0).ok()?.checked_sub(1)?;
    let (edits, right) = if mention.day_first {
        let short = style.months.short.get(index)?;
        (month_first(mention, day, short, paragraph), format!("{short} {number}"))
    } else {
        (day_first(mention, day, &names.name, paragraph), format!("{number} {}", names.name))
    };
    let right = match year {
        Some(year) if mention.day_first => format!("{right}, {}", paragraph.words(year)),
        Some(year) => format!("{right} {}", paragraph.words(year)),
        None => right,
    };
    let span = month.cover(day).cover(year.unwrap_or(day));
    let repair = |edits| Repair { edits, ..Repair::safe(format!("Write “{right}”"), Place::here(span), "") };
    let offer = |repair| Repair { applicability: Applicability::Unsafe, ..repair };
    // The comma after "December 6, 2022," may belong to the year or to the sentence.
    let comma = year.filter(|year| !mention.day_first && paragraph.text[year.end..].starts_with(','));
    let repairs = match comma {
        None => vec![repair(edits)],
        Some(year) => {
            let cut = (Place::here(Span::new(year.end, year.end + 1)), String::new());
            let without = edits.iter().cloned().chain([cut]).collect();
            let kept = repair(edits);
            let title = format!("{}, and keep the comma after it", kept.title);
            vec![offer(repair(without)), offer(Repair { title, ..kept })]
        }
    };
    Some(
        Finding::new(
            Place::here(span),
            format!("The house writes this date the other way round: “{right}”, not “{}”.", paragraph.phrase(span)),
        )
        .mended_by(repairs),
    )
}

/// Edits that put the month first, word by word, so that white space stays as it is, with the commas around the year.
fn month_first(mention: &Mention, day: Span, short: &str, paragraph: &Paragraph<'_>) -> Vec<(Place, String)> {
    let month = mention.month.1;
    let number = mention.day.map_or(0, |(number, _)| number);
    let mut edits = Vec::new();
    if let Some((_, weekday)) = mention.weekday
        && weekday.end < day.start
        && paragraph.text[weekday.end..day.start].trim().is_empty()
    {
        edits.push((Place::here(Span::new(weekday.end, weekday.end)), ",".to_owned()));
    }
    edits.push((Place::here(day), short.to_owned()));
    let Some((_, year)) = mention.year else {
        let ends = paragraph.words(month).ends_with('.') && super::ends_sentence(paragraph, month.end);
        edits.push((Place::here(month), format!("{number}{}", if ends { "." } else { "" })));
        return edits;
    };
    let has_comma = paragraph.text[month.end..year.start].contains(',');
    edits.push((Place::here(month), format!("{number}{}", if has_comma { "" } else { "," })));
    if super::goes_on(paragraph, year.end) {
        edits.push((Place::here(Span::new(year.end, year.end)), ",".to_owned()));
    }
    edits
}

/// Edits that put the day first and take out the commas before it and before the year.
fn day_first(mention: &Mention, day: Span, name: &str, paragraph: &Paragraph<'_>) -> Vec<(Place, String)> {
    let number = mention.day.map_or(0, |(number, _)| number);
    let comma = mention.year.filter(|(_, year)| paragraph.text[day.end..year.start].starts_with(','));
    let day = if comma.is_some() { Span::new(day.start, day.end + 1) } else { day };
    let month = mention.month.1;
    let mut edits = Vec::new();
    if let Some((_, weekday)) = mention.weekday
        && weekday.end < month.start
        && paragraph.text[weekday.end..month.start].trim() == ","
    {
        edits.push((Place::here(Span::new(weekday.end, weekday.end + 1)), String::new()));
    }
    // "Sept.11"
    if month.end == day.start {
        edits.push((Place::here(month.cover(day)), format!("{number} {name}")));
    } else {
        edits.extend([(Place::here(month), number.to_string()), (Place::here(day), name.to_owned())]);
    }
    edits
}
