use jiff::civil::Weekday;

use crate::diagnostic::Severity;
use crate::lexicon::{Class, calendar};
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/weekday-form",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/weekday-mismatch"],
    page: include_str!("../../../rules/dates/weekday-form.md"),
    detect: Detect::Paragraph(check),
};

/// A weekday in the wrong form, and what is right there.
struct Form {
    span: Span,
    right: String,
    /// Whether it is cut short, and not merely without its capital.
    short: bool,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let start = paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
    let first = paragraph.facts.prose.token_at(start);
    let tokens = &paragraph.facts.prose.tokens;
    (first..tokens.len()).filter_map(|at| detect(at, paragraph)).map(|form| describe(&form, paragraph)).collect()
}

fn detect(at: usize, paragraph: &Paragraph<'_>) -> Option<Form> {
    let token = &paragraph.facts.prose.tokens[at];
    if token.kind != Kind::Word {
        return None;
    }
    if token.case == Case::Lower {
        return lower(token, paragraph);
    }
    if token.case != Case::Title || !(3..=5).contains(&token.span().len()) {
        return None;
    }
    let day = calendar::short_weekday(token.of(paragraph.text))?;
    is_day(at, paragraph).then(|| short(at, day, paragraph))
}

/// "monday", "mondays"
fn lower(token: &Token, paragraph: &Paragraph<'_>) -> Option<Form> {
    let word = token.of(paragraph.text);
    if (!token.class.any(Class::WEEKDAY) && !word.ends_with("days")) || is_address(token.span(), paragraph.text) {
        return None;
    }
    let (name, ending) = match word.strip_suffix('s') {
        Some(day) => (day, "s"),
        None => (word, ""),
    };
    let right = format!("{}{ending}", calendar::weekday_name(calendar::weekday(name)?));
    Some(Form { span: token.span(), right, short: false })
}

/// Whether the word is a piece of an address: "friday@example.com", "example.com/friday".
fn is_address(word: Span, text: &str) -> bool {
    let (before, after) = (&text[..word.start], &text[word.end..]);
    let goes_on = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    goes_on || after.starts_with(['@', '/', '_', '=']) || before.ends_with(['@', '#', '/', '_', '=', '.'])
}

/// The weekday in full over the short form and its stop, unless that ends the sentence as well.
fn short(at: usize, day: Weekday, paragraph: &Paragraph<'_>) -> Form {
    let tokens = &paragraph.facts.prose.tokens;
    let span = tokens[at].span();
    let stop = tokens.get(at + 1).filter(|stop| is_stop(stop, span, paragraph)).map(Token::span);
    let next = tokens.get(at + 2).map(|next| (next, next.of(paragraph.text)));
    let ends = next.is_none_or(|(next, _)| {
        next.kind == Kind::Quote || (next.case != Case::Lower && next.kind == Kind::Word && !is_time(next))
    });
    let span = stop.filter(|_| !ends).map_or(span, |stop| span.cover(stop));
    Form { span, right: calendar::weekday_name(day).to_owned(), short: true }
}

fn is_stop(token: &Token, word: Span, paragraph: &Paragraph<'_>) -> bool {
    token.start as usize == word.end && token.of(paragraph.text) == "."
}

fn is_time(token: &Token) -> bool {
    token.kind == Kind::Number || token.class.any(Class::MONTH)
}

/// Whether the short form is a weekday there, and no name, verb, star or newspaper, nor an item of a timetable.
fn is_day(at: usize, paragraph: &Paragraph<'_>) -> bool {
    let (tokens, text) = (&paragraph.facts.prose.tokens, paragraph.text);
    let word = |at: usize| paragraph.token(at);
    let before = at.checked_sub(1).map_or("", word);
    let stopped = tokens.get(at + 1).is_some_and(|stop| is_stop(stop, tokens[at].span(), paragraph));
    let mut next = at + 1 + usize::from(stopped);
    next += usize::from(word(next) == ",");
    // "He sold his shares in Sun. March was slow."
    let dated = tokens.get(next).is_some_and(|token| {
        token.class.any(Class::MONTH)
            && token.case != Case::Lower
            && tokens[next + 1..].iter().find(|day| day.of(text) != ".").is_some_and(|day| day.kind == Kind::Number)
            || matches!(word(next), "morning" | "afternoon" | "evening" | "night")
    });
    let led = matches!(
        before,
        "on" | "On"
            | "until"
            | "Until"
            | "through"
            | "since"
            | "Since"
            | "next"
            | "last"
            | "this"
            | "This"
            | "every"
            | "Every"
            | "each"
            | "late"
            | "early"
    );
    let short = calendar::is_only_weekday(word(at)) || (stopped && word(at) != "Sun");
    // Tables and listings begin lines with it, where the short form is right.
    let listed = text[..tokens[at].span().start].trim().is_empty();
    !listed && before != "the" && before != "The" && (dated || (led && short))
}

fn describe(form: &Form, paragraph: &Paragraph<'_>) -> Finding {
    let Form { span, right, short } = form;
    let written = paragraph.words(*span);
    let why = if *short { "The house spells weekdays out" } else { "Weekdays have a capital" };
    Finding::new(Place::here(*span), format!("{why}: “{right}”, not “{written}”.")).mended_by(vec![Repair::safe(
        format!("Write “{right}”"),
        Place::here(*span),
        right.as_str(),
    )])
}
