use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::times::{Half, Mention};
use crate::story::{Paragraph, Place};
use crate::style::{Style, Time};
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/time-form",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/impossible", "dates/time-redundant"],
    page: include_str!("../../../rules/dates/time-form.md"),
    detect: Detect::Paragraph(check),
};

/// How the house writes a time.
struct Form {
    figure: String,
    half: Option<&'static str>,
    /// Whether the draft has it by the 24-hour clock.
    converted: bool,
}

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let Some(time) = style.dates.time else { return Vec::new() };
    let times = super::times(paragraph);
    let forms = times.iter().enumerate().filter_map(|(at, mention)| {
        let form = detect(mention, times.get(at + 1), time, paragraph)?;
        describe(mention, &form, time, paragraph)
    });
    forms.collect()
}

/// The right form of a time, whether or not the draft has it.
fn detect(mention: &Mention, next: Option<&Mention>, time: Time, paragraph: &Paragraph<'_>) -> Option<Form> {
    let Mention { hour, minute, half, .. } = *mention;
    if minute > Some(59) {
        return None;
    }
    let half = match half {
        // Noon and midnight have words of their own.
        Some(_) if !(1..=12).contains(&hour) || (hour == 12 && minute.unwrap_or(0) == 0) => return None,
        Some((half, _)) => Some(half),
        None => None,
    };
    let (figure, half, converted) = match half {
        Some(half) => (figure(hour, minute, time, mention, paragraph), Some(half), false),
        None if opens(mention, next) => (figure(hour, minute, time, mention, paragraph), None, false),
        None if time == Time::Stops && is_late(mention, paragraph) => {
            (figure(hour - 12, minute, time, mention, paragraph), Some(Half::Evening), true)
        }
        None => return None,
    };
    let half = half.map(|half| match (half, time) {
        (Half::Morning, Time::Stops) => "a.m.",
        (Half::Evening, Time::Stops) => "p.m.",
        (Half::Morning, _) => "am",
        _ => "pm",
    });
    Some(Form { figure, half, converted })
}

fn figure(hour: u8, minute: Option<u8>, time: Time, mention: &Mention, paragraph: &Paragraph<'_>) -> String {
    let mark = match time {
        Time::Stops => ':',
        Time::Point => '.',
        Time::Closed if paragraph.words(mention.figure).contains('.') => '.',
        Time::Closed => ':',
    };
    match minute {
        None | Some(0) => hour.to_string(),
        Some(minute) => format!("{hour}{mark}{minute:02}"),
    }
}

/// Whether the half of the day stands with the next time: the 8:00 of "8:00-10:00 p.m."
fn opens(mention: &Mention, next: Option<&Mention>) -> bool {
    const JOINT: usize = " through ".len();
    (1..=12).contains(&mention.hour)
        && next.is_some_and(|next| {
            next.half.is_some() && next.range && next.span.start <= mention.span.end.saturating_add(JOINT)
        })
}

/// Whether it is surely a time of the afternoon by the 24-hour clock, and not what a stopwatch shows.
fn is_late(mention: &Mention, paragraph: &Paragraph<'_>) -> bool {
    let next = super::after(paragraph, mention.span.end);
    let dated = next.is_some_and(|token| {
        token.class.any(Class::WEEKDAY.with(Class::MONTH)) || matches!(token.of(paragraph.text), "on" | "today")
    });
    let ends = next.is_none_or(|token| matches!(token.of(paragraph.text), "." | "," | ";" | ")"));
    let round = mention.minute.is_some_and(|minute| minute % 15 == 0);
    (13..=23).contains(&mention.hour)
        && (mention.zone.is_some() || dated || (ends && round))
        && paragraph.words(mention.figure).contains(':')
}

fn describe(mention: &Mention, form: &Form, time: Time, paragraph: &Paragraph<'_>) -> Option<Finding> {
    let written = paragraph.phrase(mention.span);
    let right = match (form.half, time) {
        (None, _) => form.figure.clone(),
        (Some(half), Time::Stops) => format!("{} {half}", form.figure),
        (Some(half), _) => format!("{}{half}", form.figure),
    };
    if written == right {
        return None;
    }
    let edits = edits(mention, form, &right, time, paragraph);
    // Only the white space is another one.
    if edits.is_empty() {
        return None;
    }
    let title = format!("Write “{right}”");
    let repair = Repair { edits, ..Repair::safe(title, Place::here(mention.span), "") };
    let repair =
        if form.converted { Repair { applicability: crate::fix::Applicability::Unsafe, ..repair } } else { repair };
    let message = format!("The house writes “{right}”, not “{written}”.");
    Some(Finding::new(Place::here(mention.span), message).mended_by(vec![repair]))
}

/// Edits that leave white space between figure and half as it is where the house has any.
fn edits(mention: &Mention, form: &Form, right: &str, time: Time, paragraph: &Paragraph<'_>) -> Vec<(Place, String)> {
    let figure = (Place::here(mention.figure), form.figure.clone());
    let Some((_, half)) = mention.half else {
        // The stop of "p.m." ends the sentence as well.
        let stop = form.converted && paragraph.text[mention.span.end..].starts_with('.');
        let span = Span::new(mention.span.start, mention.span.end + usize::from(stop));
        return vec![(Place::here(span), right.to_owned())];
    };
    let own_stop = paragraph.words(half).ends_with('.');
    if time != Time::Stops {
        let stop = if own_stop && super::ends_sentence(paragraph, half.end) { "." } else { "" };
        return vec![(Place::here(mention.span), format!("{right}{stop}"))];
    }
    let stop = !own_stop && paragraph.text[half.end..].starts_with('.');
    let half = Span::new(half.start, half.end + usize::from(stop));
    if mention.figure.end == half.start {
        return vec![(Place::here(mention.figure.cover(half)), right.to_owned())];
    }
    let half = (Place::here(half), form.half.unwrap_or_default().to_owned());
    [figure, half].into_iter().filter(|(place, text)| paragraph.words(place.span) != text).collect()
}
