use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::quantities::{Measured, measured};
use crate::lexicon::{Class, Decimal};
use crate::prose::Kind as TokenKind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "numbers/money",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/numbers/money.md"),
    detect: Detect::Paragraph(check),
};

/// A sum in the wrong form, and the right one.
struct Wrong {
    span: Span,
    right: String,
    why: &'static str,
    applicability: Applicability,
}

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let sums = || super::quantities(paragraph).filter(|quantity| matches!(quantity.kind, Kind::Money(_)));
    let mut wrong: Vec<Wrong> = sums().filter_map(|sum| doubled(sum, paragraph)).collect();
    if style.numbers.ap_money {
        wrong.extend(sums().filter_map(|sum| american(sum, paragraph)));
        wrong.extend(super::quantities(paragraph).filter_map(|quantity| signed_cents(quantity, paragraph)));
    }
    wrong.into_iter().map(|wrong| describe(wrong, paragraph)).collect()
}

/// A sum that has its currency twice: "$5 dollars".
fn doubled(sum: &Quantity, paragraph: &Paragraph<'_>) -> Option<Wrong> {
    let Kind::Money(currency) = sum.kind else { return None };
    let (sign, unit) = (sum.sign?, sum.unit?);
    let word = paragraph.words(unit);
    let cents = matches!(word, "cent" | "cents" | "pence" | "p");
    let Some((Measured::Money(named), _)) = measured(|nth| if nth == 0 { word } else { "" }, false) else {
        return None;
    };
    // "$5 million U.S. dollars" says whose dollars.
    let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
    (named.code == currency.code && !cents && plain && sum.joined.is_none()).then(|| {
        let span = with_apostrophe(Span::new(sign.start, unit.end), paragraph);
        let right = paragraph.words(Span::new(sign.start, super::last_figure(sum).end)).to_owned();
        Wrong { span, right, why: "The sign says it already.", applicability: Applicability::Safe }
    })
}

/// The words and the apostrophe that goes with their plural: "twenty dollars’ worth".
fn with_apostrophe(span: Span, paragraph: &Paragraph<'_>) -> Span {
    let rest = &paragraph.text[span.end..];
    let apostrophe = rest.chars().next().filter(|c| matches!(c, '\'' | '’') && paragraph.words(span).ends_with('s'));
    Span::new(span.start, span.end + apostrophe.map_or(0, char::len_utf8))
}

/// A sum that AP writes in another way.
fn american(sum: &Quantity, paragraph: &Paragraph<'_>) -> Option<Wrong> {
    if sum.to.is_some() || super::opens(paragraph, sum) {
        return None;
    }
    with_zeros(sum, paragraph).or_else(|| small(sum, paragraph)).or_else(|| without_sign(sum, paragraph))
}

/// "$25.00", where no other sum of the sentence has cents.
fn with_zeros(sum: &Quantity, paragraph: &Paragraph<'_>) -> Option<Wrong> {
    let (figure, span) = (sum.figure.span, Span::new(sum.sign?.start, sum.figure.span.end));
    let bare = paragraph.words(figure).strip_suffix(".00")?;
    let has_cents = |other: &Quantity| super::figures(other).any(|figure| figure.value.whole().is_none());
    let alone = sum.figure.magnitude.is_none() && !super::neighbors(paragraph, sum).any(has_cents);
    alone.then(|| {
        let right = paragraph.words(Span::new(span.start, figure.start)).to_owned() + bare;
        Wrong { span, right, why: "Whole dollars have no zeros after them.", applicability: Applicability::Safe }
    })
}

/// "$0.50"
fn small(sum: &Quantity, paragraph: &Paragraph<'_>) -> Option<Wrong> {
    let sign = sum.sign.filter(|sign| paragraph.words(*sign) == "$")?;
    let value = sum.figure.value;
    let cents = value.shifted(2).whole().filter(|cents| (1..100).contains(cents) && value.exponent() == -2)?;
    if sum.figure.magnitude.is_some() || sum.unit.is_some() || sum.joined.is_some() {
        return None;
    }
    let span = Span::new(sign.start, sum.figure.span.end);
    Some(Wrong { applicability: Applicability::Unsafe, ..in_cents(cents, span, sum, sum.tokens.end, paragraph) })
}

/// "five dollars", "5 million dollars", "USD 5", "5 USD"
fn without_sign(sum: &Quantity, paragraph: &Paragraph<'_>) -> Option<Wrong> {
    let figure = sum.figure;
    let before = sum.sign.map_or("", |sign| paragraph.words(sign));
    let after = sum.unit.map_or("", |unit| paragraph.words(unit));
    let named = match (before, after) {
        ("", "dollar" | "dollars") => figure.value != 1.into(),
        ("USD", "") | ("", "USD") => !figure.words,
        _ => false,
    };
    if !named || sum.joined.is_some() || super::is_year(paragraph, sum) || figure.value > Decimal::new(1, 15) {
        return None;
    }
    let digits = match figure.magnitude {
        Some(magnitude) if figure.words => plain_in_figures(figure.value, paragraph.words(magnitude))?,
        _ if figure.words => figure.value.to_string(),
        _ => paragraph.words(figure.span).to_owned(),
    };
    let magnitude = figure.magnitude.map_or_else(String::new, |magnitude| format!(" {}", paragraph.words(magnitude)));
    let right = format!("${digits}{magnitude}");
    Some(Wrong {
        span: with_apostrophe(sum.span, paragraph),
        right,
        why: "Dollars are written with the sign.",
        applicability: Applicability::Unsafe,
    })
}

/// The number before a magnitude.
fn plain_in_figures(value: Decimal, magnitude: &str) -> Option<String> {
    let power = crate::lexicon::quantities::magnitude(magnitude, false)?;
    Some(value.shifted(-power).whole()?.to_string())
}

/// "50¢"
fn signed_cents(quantity: &Quantity, paragraph: &Paragraph<'_>) -> Option<Wrong> {
    let end = quantity.figure.span.end;
    let sign = paragraph.text[end..].starts_with('¢');
    let cents = quantity.figure.value.whole().filter(|_| sign && quantity.sign.is_none() && !quantity.figure.words)?;
    let span = Span::new(quantity.figure.span.start, end + '¢'.len_utf8());
    Some(in_cents(cents, span, quantity, paragraph.facts.prose.token_at(span.end), paragraph))
}

/// The number of cents in words; before a noun with a hyphen.
fn in_cents(cents: i64, span: Span, quantity: &Quantity, next: usize, paragraph: &Paragraph<'_>) -> Wrong {
    const CLOSED: Class = Class::PREPOSITION.with(Class::CONJUNCTION).with(Class::AUXILIARY).with(Class::DETERMINER);
    let prose = &paragraph.facts.prose;
    let told = quantity.tokens.start.checked_sub(1).is_some_and(|before| prose.is(before, Class::DETERMINER));
    let word = prose.tokens.get(next).is_some_and(|next| next.kind == TokenKind::Word && !next.class.any(CLOSED));
    let right = match cents {
        cents if told && word => format!("{cents}-cent"),
        1 => "1 cent".to_owned(),
        cents => format!("{cents} cents"),
    };
    let sure = told == word
        || matches!(
            prose.tokens.get(next).map(|next| next.of(paragraph.text)),
            Some("more" | "less" | "each" | "apiece")
        );
    let applicability = if sure { Applicability::Safe } else { Applicability::Unsafe };
    Wrong { span, right, why: "Less than a dollar is written in cents, with the word.", applicability }
}

fn describe(wrong: Wrong, paragraph: &Paragraph<'_>) -> Finding {
    let Wrong { span, right, why, applicability } = wrong;
    let place = Place::here(span);
    let written = paragraph.phrase(span);
    Finding::new(place, format!("{why} Write “{right}”, not “{written}”.")).mended_by(vec![Repair {
        title: format!("Write “{right}”"),
        applicability,
        edits: vec![(place, right)],
    }])
}
