use std::cell::LazyCell;

use crate::diagnostic::Severity;
use crate::lexicon::calendar;
use crate::prose::{Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/decade",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/dates/decade.md"),
    detect: Detect::Paragraph(check),
};

/// A decade with an apostrophe too many, or without the one it needs.
struct Decade {
    span: Span,
    right: String,
    /// Whether it is surely a decade.
    sure: bool,
}

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let tokens = &paragraph.facts.prose.tokens;
    let apostrophe = LazyCell::new(|| apostrophe(paragraph.text));
    let mark = || *apostrophe;
    let figures = tokens.iter().enumerate().filter(|(_, token)| {
        token.kind == Kind::Number || (token.kind == Kind::Word && token.of(paragraph.text).ends_with('0'))
    });
    figures
        .filter_map(|(at, _)| detect(at, paragraph, style, &mark))
        .map(|decade| describe(&decade, paragraph))
        .collect()
}

fn detect(at: usize, paragraph: &Paragraph<'_>, style: &Style, mark: &impl Fn() -> &'static str) -> Option<Decade> {
    let (tokens, text) = (&paragraph.facts.prose.tokens, paragraph.text);
    let token = &tokens[at];
    let written = token.of(text);
    let from = written.rfind('-').map_or(0, |hyphen| hyphen + 1);
    let (figure, start) = (written.get(from..)?, token.span().start + from);
    let digits = figure.bytes().take_while(u8::is_ascii_digit).count();
    let round = figure[..digits].ends_with('0') && matches!(digits, 2 | 4);
    // Nobody is in "the 00s" or "the 10s" of anything else, but they are rare.
    let real = if digits == 4 { figure.starts_with(['1', '2']) } else { !figure.starts_with(['0', '1']) };
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let cut = before.is_some_and(|mark| mark.end as usize == start && matches!(mark.of(text), "'" | "’" | "‘"));
    let word = before.map_or("", |token| token.of(text));
    let told = matches!(word, "the" | "The" | "early" | "late" | "mid") || (from > 0 && written.starts_with("mid-"));
    if !round || !real || !(told || cut) {
        return None;
    }
    // Two figures alone may measure something.
    let short = || {
        let the = digits == 2 && from == 0 && !cut && is_the(at, paragraph);
        the && style.dates.decade_apostrophe && !is_measure(token, paragraph)
    };
    match &figure[digits..] {
        "" => {
            let end = possessive(at, paragraph)?;
            let sure = digits == 4 || cut;
            let apostrophe = if sure { "" } else { mark() };
            let right = format!("{apostrophe}{}s", &figure[..digits]);
            (sure || short()).then_some(Decade { span: Span::new(start, end), right, sure })
        }
        "s" if short() => {
            let right = format!("{}{figure}", mark());
            Some(Decade { span: Span::new(start, start + figure.len()), right, sure: false })
        }
        _ => None,
    }
}

/// Whether the figure at `at` is "the 90s" or "the late 90s", and not "his late 20s".
fn is_the(at: usize, paragraph: &Paragraph<'_>) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| paragraph.token(at));
    matches!(word(1), "the" | "The") || (matches!(word(1), "early" | "late") && word(2) == "the")
}

/// The end of the "'s" after the token at `at`.
fn possessive(at: usize, paragraph: &Paragraph<'_>) -> Option<usize> {
    let end = paragraph.facts.prose.tokens[at].span().end;
    let rest = paragraph.text.get(end..)?;
    let ending = ["'s", "’s"].into_iter().find(|ending| rest.starts_with(ending))?;
    (!rest[ending.len()..].starts_with(char::is_alphanumeric)).then_some(end + ending.len())
}

/// Whether the sentence speaks of temperatures, ages, speeds or scores, which may be "in the 90s", too.
fn is_measure(token: &Token, paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let Some(sentence) = prose.sentence_at(token.span().start).map(|index| &prose.sentences[index]) else {
        return true;
    };
    prose.tokens_of(sentence).iter().any(|token| calendar::is_measure(token.of(paragraph.text)))
}

/// The apostrophe that the paragraph uses.
fn apostrophe(text: &str) -> &'static str {
    if text.contains(['’', '“', '”']) { "’" } else { "'" }
}

fn describe(decade: &Decade, paragraph: &Paragraph<'_>) -> Finding {
    let Decade { span, right, sure } = decade;
    let written = paragraph.words(*span);
    let why = match right.starts_with(['\'', '’']) {
        true => "The apostrophe of a decade stands for the century",
        false => "A decade is a plural, and takes no apostrophe before its “s”",
    };
    let (title, place) = (format!("Write “{right}”"), Place::here(*span));
    let repair = if *sure { Repair::safe(title, place, right) } else { Repair::offer(title, place, right) };
    Finding::new(Place::here(*span), format!("{why}: “{right}”, not “{written}”.")).mended_by(vec![repair])
}
