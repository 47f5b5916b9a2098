use crate::diagnostic::Severity;
use crate::lexicon::numbers::is_race;
use crate::lexicon::quantities::magnitude;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "numbers/magnitude",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["numbers/money"],
    page: include_str!("../../../rules/numbers/magnitude.md"),
    detect: Detect::Paragraph(check),
};

/// A number whose millions are not told as the house tells them, and how it does.
struct Wrong {
    span: Span,
    right: String,
    why: &'static str,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let wrong = super::quantities(paragraph).filter_map(|quantity| detect(quantity, paragraph));
    wrong.map(|wrong| describe(wrong, paragraph)).collect()
}

fn detect(quantity: &Quantity, paragraph: &Paragraph<'_>) -> Option<Wrong> {
    if quantity.to.is_some() {
        return told_once(quantity, paragraph);
    }
    long(quantity, paragraph).or_else(|| short(quantity, paragraph))
}

/// "$12 to $14 million", which may begin at 12 dollars.
fn told_once(quantity: &Quantity, paragraph: &Paragraph<'_>) -> Option<Wrong> {
    let (first, last, sign) = (quantity.figure, quantity.to?, quantity.sign?);
    let magnitude = last.magnitude.filter(|_| first.magnitude.is_none() && !first.words && !last.words)?;
    if !matches!(quantity.kind, Kind::Money(_)) {
        return None;
    }
    let sign = paragraph.words(sign);
    let between = paragraph.words(Span::new(first.span.end, last.span.start));
    let joint = match between {
        "-" | "–" | "—" => format!(" to {sign}"),
        _ if between.ends_with(' ') => format!("{between}{sign}"),
        _ if between.starts_with(' ') => between.to_owned(),
        _ => format!(" to {sign}"),
    };
    let (span, word) = (Span::new(quantity.sign?.start, magnitude.end), paragraph.words(magnitude));
    let (from, to) = (paragraph.words(first.span), paragraph.words(last.span));
    let right = format!("{sign}{from} {word}{joint}{to} {word}");
    Some(Wrong { span, right, why: "The first figure can be read as a much smaller one." })
}

/// "4,800,000". Beside an exact count it stays as it is.
fn long(quantity: &Quantity, paragraph: &Paragraph<'_>) -> Option<Wrong> {
    let figure = quantity.figure;
    let right = in_millions(quantity)?;
    let counts = match quantity.kind {
        Kind::Money(_) | Kind::Measure(_) => true,
        Kind::Count => quantity.noun.is_some() || quantity.hedge.is_some(),
        _ => false,
    };
    let exact = |other: &Quantity| {
        other.figure.magnitude.is_none() && other.figure.value >= 1_000_000.into() && in_millions(other).is_none()
    };
    let plain = quantity.joined.is_none() && !super::opens(paragraph, quantity);
    let fits = counts && plain && !super::neighbors(paragraph, quantity).any(exact);
    fits.then_some(Wrong { span: figure.span, right, why: "Readers count the zeros." })
}

/// "4.8 million", if that is what a figure without a magnitude comes to with two places at most.
fn in_millions(quantity: &Quantity) -> Option<String> {
    let figure = quantity.figure;
    let value = figure.value.whole().filter(|_| figure.magnitude.is_none() && !figure.words)?;
    let whole = figure.value.exponent() == 0;
    let (unit, word) = match value {
        1_000_000..1_000_000_000 => (1_000_000, "million"),
        1_000_000_000..1_000_000_000_000 => (1_000_000_000, "billion"),
        1_000_000_000_000.. => (1_000_000_000_000, "trillion"),
        _ => return None,
    };
    let (hundredths, rest) = (value / (unit / 100), value % (unit / 100));
    let (units, part) = (hundredths / 100, hundredths % 100);
    let number = match part {
        0 => units.to_string(),
        part if part % 10 == 0 => format!("{units}.{}", part / 10),
        part => format!("{units}.{part:02}"),
    };
    (whole && rest == 0).then(|| format!("{number} {word}"))
}

/// "$5bn", "5m people", "a $5-million house"
fn short(quantity: &Quantity, paragraph: &Paragraph<'_>) -> Option<Wrong> {
    let figure = quantity.figure;
    let span = figure.magnitude.filter(|_| !figure.words)?;
    let gap = paragraph.words(Span::new(figure.span.end, span.start));
    let written = paragraph.words(span);
    let word = match magnitude(written, true)? {
        6 => "million",
        9 => "billion",
        12 => "trillion",
        _ => return None,
    };
    let money = matches!(quantity.kind, Kind::Money(_));
    // "the 5,000m titles"
    let race =
        gap.is_empty() && written == "m" && quantity.noun.is_some_and(|noun| is_race(paragraph.words(noun.head)));
    let counts = money || (matches!(quantity.kind, Kind::Count) && quantity.noun.is_some() && !race);
    let right = format!("{} {word}", paragraph.words(figure.span));
    // The space may be the end of a line. "$5 BILLION" stands in a headline.
    let spaced = !gap.is_empty() && gap.trim().is_empty();
    let wrong = counts && (!spaced || written.len() < word.len());
    wrong.then(|| Wrong {
        span: Span::new(figure.span.start, span.end),
        right,
        why: "The house spells the magnitude out after a space.",
    })
}

fn describe(wrong: Wrong, paragraph: &Paragraph<'_>) -> Finding {
    let Wrong { span, right, why } = wrong;
    let place = Place::here(span);
    let written = paragraph.phrase(span);
    Finding::new(place, format!("{why} Write “{right}”, not “{written}”.")).mended_by(vec![Repair::offer(
        format!("Write “{right}”"),
        place,
        right,
    )])
}
