use jiff::civil::Date;

use super::Line;
use crate::diagnostic::Severity;
use crate::lexicon::calendar;
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::Story;
use crate::story::dates::{days_in, nearest};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dateline/date",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: crate::rules::rule::COPY,
    yields_to: &["dateline/format"],
    page: include_str!("../../../rules/dateline/date.md"),
    detect: Detect::Story(check),
};

/// What is wrong with a dateline's date.
enum Fault {
    /// No month is called so; the months that could be meant.
    Month(Span, Vec<i8>),
    /// The month is not written as the house writes it.
    Form(Span, &'static str, String),
    /// There is no day.
    NoDay(Span),
    /// The month has no such day.
    Day(Span),
    /// It is not the day on which the story was filed; which that is, with the month as the house writes it.
    Far(Span, Date, String),
}

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let Some(line) = Line::of(story, style) else { return Vec::new() };
    detect(line, story.date).map(|fault| describe(line, fault)).into_iter().collect()
}

fn detect(line: Line<'_>, filed: Option<Date>) -> Option<Fault> {
    let (date, month_span) = (line.parts.date?, line.parts.month?);
    let written = line.words(month_span);
    let named = calendar::month(written);
    let Some(day_span) = line.parts.day else { return Some(Fault::NoDay(date)) };
    let year = line.parts.year.and_then(|year| line.words(year).parse().ok());
    let most = named.map_or(31, |month| days_in(month, year));
    let Some(day) = line.words(day_span).parse().ok().filter(|day| (1..=most).contains(day)) else {
        return Some(Fault::Day(day_span));
    };
    // Filed late in one time zone and published early in another it may be a day ahead; and some days may pass
    // between filing and publication, but not many.
    let far = |month: i8, filed: Date| {
        let said = year.map_or_else(|| nearest(month, day, filed), |year| Date::new(year, month, day).ok());
        said.is_some_and(|said| !(-2..=1).contains(&(said - filed).get_days()))
    };
    let Some(month) = named else {
        let mut months = calendar::months_like(written);
        months.retain(|month| day <= days_in(*month, year) && filed.is_none_or(|filed| !far(*month, filed)));
        return Some(Fault::Month(month_span, months));
    };
    if let Some(filed) = filed.filter(|filed| far(month, *filed)) {
        let right = line.form.months.of(calendar::month_names(filed.month())?);
        return Some(Fault::Far(date, filed, format!("{right} {}", filed.day())));
    }
    let names = calendar::month_names(month)?;
    let right = line.forms().any(|form| form.months.is(names, written));
    (!right).then(|| Fault::Form(month_span, &names.name, line.form.months.of(names).into()))
}

fn describe(line: Line<'_>, fault: Fault) -> Finding {
    match fault {
        Fault::Month(span, months) => {
            let forms = months.iter().filter_map(|month| Some(line.form.months.of(calendar::month_names(*month)?)));
            let offer = |form: &str| Repair::offer(format!("Write “{form}”"), line.at(span), form);
            let message = format!("“{}” is no month. Say on which day the story was filed.", line.words(span));
            line.finding(span, message, forms.map(offer).collect())
        }
        Fault::Form(span, name, right) => {
            let message = format!(
                "{} writes {name} as “{right}” in a dateline, not “{}”.",
                line.whose_at_start(),
                line.words(span)
            );
            line.finding(span, message, vec![Repair::safe(format!("Write “{right}”"), line.at(span), right)])
        }
        Fault::NoDay(span) => {
            let message =
                format!("The dateline says “{}” and no day. Say on which day the story was filed.", line.words(span));
            line.finding(span, message, Vec::new())
        }
        Fault::Day(span) => {
            let month = line.parts.month.map_or("", |month| line.words(month));
            let message = format!("“{month} {}” is no day. Say on which day the story was filed.", line.words(span));
            line.finding(span, message, Vec::new())
        }
        Fault::Far(span, filed, right) => {
            let said = line.words(span);
            let message = format!(
                "The dateline says {said}, and the story is of {filed}. It gives the day of filing: check which is right."
            );
            // A date with a year has a form of its own.
            let repairs = match line.parts.year {
                Some(_) => Vec::new(),
                None => vec![Repair::offer(format!("Write “{right}”"), line.at(span), right)],
            };
            line.finding(span, message, repairs)
        }
    }
}
