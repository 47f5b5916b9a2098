use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::calendar;
use crate::lexicon::quantities::cardinal_in_words;
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::{Span, upper_first};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "numbers/sentence-start",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    // Lists and captions have figures where they like.
    reads: &[Role::Body, Role::Dateline],
    yields_to: &[],
    page: include_str!("../../../rules/numbers/sentence-start.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let opening = super::quantities(paragraph).filter(|quantity| detect(quantity, paragraph));
    opening.map(|quantity| describe(quantity, paragraph, style)).collect()
}

/// Whether a figure opens a sentence that is one: it ends, and has words in lower case right after the figure.
fn detect(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let first = quantity.figure;
    super::opens(paragraph, quantity)
        && first.span.start == quantity.span.start
        && !first.words
        && !matches!(quantity.kind, Kind::Ordinal | Kind::Money(_))
        && super::is_prose(paragraph, quantity)
        && goes_on(quantity, paragraph)
        && !is_day(quantity, paragraph)
}

/// Whether words in lower case, or a percent sign, go on after the figure. With a capital it may be a name: 50 Cent,
/// 10 Downing Street.
fn goes_on(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let tokens = &paragraph.facts.prose.tokens;
    let after = quantity.figure.span.end;
    let rest = &paragraph.text[after..];
    if let Some(joined) = rest.strip_prefix('-') {
        return joined.starts_with(|c: char| c.is_lowercase());
    }
    let at = paragraph.facts.prose.token_at(after);
    let sign = rest.starts_with('%');
    let spaced = tokens.get(at).is_some_and(|next| next.start as usize > after);
    // A company called 3 "is" something; three people are.
    let one = tokens.get(at).is_some_and(|next| matches!(next.of(paragraph.text), "is" | "was" | "has"));
    sign || (spaced && super::is_lower(paragraph, at) && !one)
}

/// Whether a month stands before the figure, and its stop ends no sentence: "the post-Sept. 11 law".
fn is_day(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let before = paragraph.text[..quantity.span.start].split_whitespace().next_back();
    before.and_then(|word| word.rsplit('-').next()).is_some_and(|word| calendar::month(word).is_some())
}

fn describe(quantity: &Quantity, paragraph: &Paragraph<'_>, style: &Style) -> Finding {
    let written = paragraph.words(quantity.figure.span);
    let message =
        format!("The sentence opens with “{written}” in figures. Spell the number out, or turn the sentence round.");
    let place = Place::here(quantity.figure.span);
    Finding::new(place, message).mended_by(repair(quantity, paragraph, style).into_iter().collect())
}

/// The number in words, where they are short.
fn repair(quantity: &Quantity, paragraph: &Paragraph<'_>, style: &Style) -> Option<Repair> {
    let written = paragraph.words(quantity.figure.span);
    let value = written.parse().ok().filter(|_| quantity.to.is_none())?;
    let words = upper_first(&cardinal_in_words(value)?);
    let after = quantity.figure.span.end;
    let sign = paragraph.text[after..].starts_with('%');
    let percent = &style.numbers.percent_in_words;
    if sign && percent.is_empty() {
        return None;
    }
    let (end, text) = if sign { (after + 1, format!("{words} {percent}")) } else { (after, words) };
    let span = Span::new(quantity.figure.span.start, end);
    Some(Repair::offer(format!("Write “{text}”"), Place::here(span), text))
}
