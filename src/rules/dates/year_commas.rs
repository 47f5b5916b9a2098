use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::dates::Mention;
use crate::story::{Paragraph, Place};
use crate::style::{Order, Style};
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/year-commas",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/impossible", "dates/order"],
    page: include_str!("../../../rules/dates/year-commas.md"),
    detect: Detect::Paragraph(check),
};

/// What is wrong around a year.
enum Fault {
    /// Commas are missing at these places.
    Missing(Vec<usize>),
    /// This one is too many.
    Needless(Span),
}

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let Some(order) = style.dates.order else { return Vec::new() };
    let found = super::mentions(paragraph).filter_map(|mention| Some((mention, detect(mention, order, paragraph)?)));
    found.map(|(mention, fault)| describe(mention, fault, paragraph)).collect()
}

fn detect(mention: &Mention, order: Order, paragraph: &Paragraph<'_>) -> Option<Fault> {
    let (_, year) = mention.year?;
    let month = mention.month.1;
    let comma = |from: usize| paragraph.text[from..year.start].find(',').map(|at| Span::new(from + at, from + at + 1));
    match mention.day {
        Some((_, day)) if !mention.day_first => {
            if order == Order::DayMonth {
                return None;
            }
            let day = super::ordinal(paragraph, day).map_or(day, |ending| day.cover(ending));
            let before = comma(day.end).is_none().then_some(day.end);
            let after = (super::goes_on(paragraph, year.end) && !is_stamp(mention, paragraph)).then_some(year.end);
            let missing: Vec<usize> = before.into_iter().chain(after).collect();
            (!missing.is_empty()).then_some(Fault::Missing(missing))
        }
        // "6 December, 2022" is for the rule about order where the month comes first.
        Some(_) if order == Order::MonthDay => None,
        Some(_) => comma(month.end).map(Fault::Needless),
        // "In October, 2022 was far off."
        None => comma(month.end).filter(|_| super::is_followed(paragraph, year.end)).map(Fault::Needless),
    }
}

/// Whether a name follows that has nothing to do with the date: the stamp of a post or an update, a credit. "The Jan. 5,
/// 2023 Senate hearing" goes on.
fn is_stamp(mention: &Mention, paragraph: &Paragraph<'_>) -> bool {
    let before = super::before(paragraph, mention.span.start);
    let held = before.is_some_and(|token| {
        token.kind == Kind::Possessive || token.class.any(Class::DETERMINER.with(Class::POSSESSIVE))
    });
    !held
        && super::after(paragraph, mention.span.end).is_some_and(|token| token.is_proper() || token.kind != Kind::Word)
}

/// Month and day, with an ordinal's ending.
fn month_and_day(mention: &Mention, paragraph: &Paragraph<'_>) -> Span {
    let day = mention.day.map_or(mention.month.1, |(_, day)| day);
    mention.month.1.cover(super::ordinal(paragraph, day).map_or(day, |ending| day.cover(ending)))
}

fn describe(mention: &Mention, fault: Fault, paragraph: &Paragraph<'_>) -> Finding {
    let year = mention.year.map_or(mention.month.1, |(_, span)| span);
    let day = mention.day.map_or(mention.month.1, |(_, span)| span);
    let span = mention.month.1.cover(day).cover(year);
    let (message, title, edits) = match fault {
        Fault::Missing(places) => {
            let edits = places.into_iter().map(|at| (Place::here(Span::new(at, at)), ",".to_owned())).collect();
            let written = paragraph.phrase(month_and_day(mention, paragraph));
            let message =
                format!("The year goes between commas after month and day: “{written}, {},”.", paragraph.words(year));
            (message, "Set the year off with commas", edits)
        }
        Fault::Needless(comma) => {
            let message = match mention.day {
                Some(_) => "The house writes day, month and year without commas.",
                None => "No comma divides a month from its year.",
            };
            (message.to_owned(), "Cut the comma", vec![(Place::here(comma), String::new())])
        }
    };
    let repair = Repair { edits, ..Repair::safe(title, Place::here(span), "") };
    Finding::new(Place::here(span), message).mended_by(vec![repair])
}
