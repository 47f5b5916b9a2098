use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::Class;
use crate::lexicon::numbers::is_person;
use crate::lexicon::quantities::Dimension;
use crate::prose::Kind as TokenKind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "numbers/age",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/numbers/age.md"),
    detect: Detect::Paragraph(check),
};

/// An age as it is written, and as it should be.
struct Age {
    span: Span,
    right: String,
    slip: Slip,
    /// Whether it is certain that a person is meant.
    person: bool,
}

/// What is wrong with an age.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    Words,
    /// Before a noun, or for one: a 5-year-old boy, a 5-year-old.
    Unjoined,
    /// After a verb: is 5 years old.
    Joined,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let ages = super::quantities(paragraph).filter_map(|quantity| detect(quantity, paragraph));
    ages.map(|age| describe(&age, paragraph)).collect()
}

fn detect(quantity: &Quantity, paragraph: &Paragraph<'_>) -> Option<Age> {
    let end = end_of_age(quantity, paragraph)?;
    let figure = quantity.figure;
    if quantity.to.is_some() || figure.magnitude.is_some() || super::opens(paragraph, quantity) {
        return None;
    }
    let tail = Span::new(figure.span.end, end);
    let written = paragraph.words(tail);
    let (right, slip) = match right_tail(quantity, tail, paragraph) {
        Some((right, slip)) if right != written => (right, Some(slip)),
        _ => (written.to_owned(), None),
    };
    let slip = slip.or(figure.words.then_some(Slip::Words))?;
    let number = if figure.words { figure.value.to_string() } else { paragraph.words(figure.span).to_owned() };
    let span = Span::new(figure.span.start, end);
    Some(Age { span, right: number + &right, slip, person: is_of_person(quantity, tail, paragraph) })
}

/// Where the words of an age end; none if the quantity is no age. "5-year old" and "6-month-old" are ages as well.
fn end_of_age(quantity: &Quantity, paragraph: &Paragraph<'_>) -> Option<usize> {
    match quantity.kind {
        Kind::Age => Some(quantity.unit.map_or(quantity.figure.span.end, |unit| unit.end)),
        Kind::Measure(unit) if unit.measures == Dimension::Time => {
            let joined = quantity.joined.filter(|joined| matches!(paragraph.words(*joined), "old" | "olds"));
            let next = || {
                let next =
                    paragraph.facts.prose.tokens.get(quantity.tokens.end).filter(|_| quantity.joined.is_none())?;
                matches!(next.of(paragraph.text), "old" | "olds").then(|| next.span())
            };
            Some(joined.or_else(next)?.end)
        }
        _ => None,
    }
}

/// What should follow the figure, where that is sure.
fn right_tail(quantity: &Quantity, tail: Span, paragraph: &Paragraph<'_>) -> Option<(String, Slip)> {
    let written = paragraph.words(tail);
    let mut parts = written.split([' ', '-']).filter(|part| !part.is_empty());
    let (Some(unit), Some(old @ ("old" | "olds")), None) = (parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let one = unit.strip_suffix('s').unwrap_or(unit);
    let attributive = (format!("-{one}-{old}"), Slip::Unjoined);
    let singular = one == unit;
    let hyphen = written.contains('-');
    if old == "olds" {
        return Some(attributive);
    }
    let before = super::before(paragraph, quantity);
    if is_being(before) {
        return (hyphen && !singular).then(|| (format!(" {unit} {old}"), Slip::Joined));
    }
    let told = quantity
        .tokens
        .start
        .checked_sub(1)
        .is_some_and(|at| paragraph.facts.prose.is(at, Class::DETERMINER.with(Class::POSSESSIVE)));
    // "boys 5 years old play", "1 year old"
    let sure = hyphen || (singular && quantity.figure.value != 1.into());
    ((told || follows(paragraph, tail.end).is_some()) && sure).then_some(attributive)
}

fn is_being(word: &str) -> bool {
    matches!(
        word,
        "is" | "was" | "are" | "were" | "be" | "been" | "being" | "turned" | "he's" | "she's" | "he’s" | "she’s"
    )
}

/// The noun or name that an age stands before.
fn follows<'s>(paragraph: &Paragraph<'s>, end: usize) -> Option<&'s str> {
    const CLOSED: Class = Class::PREPOSITION
        .with(Class::CONJUNCTION)
        .with(Class::AUXILIARY)
        .with(Class::MODAL)
        .with(Class::PRONOUN)
        .with(Class::ADVERB)
        .with(Class::SPEECH)
        .with(Class::DETERMINER)
        .with(Class::POSSESSIVE);
    let next = paragraph.facts.prose.tokens.get(paragraph.facts.prose.token_at(end))?;
    let word = next.kind == TokenKind::Word && !next.class.any(CLOSED) && next.start as usize > end;
    word.then(|| next.of(paragraph.text))
}

/// Whether it is somebody's age for certain, and no bridge's: "aged nine", "a nine-year-old", "nine-year-old Pia".
fn is_of_person(quantity: &Quantity, tail: Span, paragraph: &Paragraph<'_>) -> bool {
    const FARTHEST: usize = 3;
    if quantity.sign.is_some() || paragraph.words(tail).ends_with("olds") {
        return true;
    }
    let prose = &paragraph.facts.prose;
    if !paragraph.words(tail).starts_with('-') {
        let subject = quantity.tokens.start.checked_sub(2).and_then(|at| prose.tokens.get(at));
        let subject = subject.map_or("", |token| token.of(paragraph.text));
        return is_being(super::before(paragraph, quantity)) && matches!(subject, "he" | "she" | "He" | "She" | "I");
    }
    if follows(paragraph, tail.end).is_none() {
        return true;
    }
    let near = prose.tokens[prose.token_at(tail.end)..].iter().take(FARTHEST);
    let mut near = near.take_while(|token| token.kind == TokenKind::Word);
    near.any(|token| token.is_proper() || is_person(token.of(paragraph.text)))
}

fn describe(age: &Age, paragraph: &Paragraph<'_>) -> Finding {
    let (written, right) = (paragraph.phrase(age.span), &age.right);
    let why = match age.slip {
        Slip::Words => "The house writes ages in figures.",
        Slip::Unjoined => "Hyphens join an age before a noun, or in place of one.",
        Slip::Joined => "After a verb an age has no hyphens.",
    };
    let applicability = if age.person || age.slip != Slip::Words { Applicability::Safe } else { Applicability::Unsafe };
    let place = Place::here(age.span);
    let title = format!("Write “{right}”");
    Finding::new(place, format!("{why} Write “{right}”, not “{written}”.")).mended_by(vec![Repair {
        title,
        applicability,
        edits: vec![(place, right.clone())],
    }])
}
