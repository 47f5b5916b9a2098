use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::Decimal;
use crate::lexicon::quantities::{Dimension, Hedge, Unit, is_extent, other_scale};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Figure, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "facts/unit-conversion",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/facts/unit-conversion.md"),
    detect: Detect::Paragraph(check),
};

/// A quantity, the same in another unit beside it, and what it should be there.
struct Conversion<'s> {
    from: Span,
    to: &'s Quantity,
    /// The ends of the second that are wrong, each with what it should be.
    wrong: Vec<(Figure, Decimal)>,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let pairs = paragraph.facts.quantities.windows(2).enumerate();
    let conversions = pairs.filter_map(|(at, pair)| {
        let [from, to] = pair else { return None };
        let before = at.checked_sub(1).and_then(|at| paragraph.facts.quantities.get(at));
        detect(paragraph, before, from, to)
    });
    conversions.map(|conversion| describe(&conversion, paragraph)).collect()
}

fn detect<'s>(
    paragraph: &Paragraph<'_>,
    before: Option<&Quantity>,
    from: &'s Quantity,
    to: &'s Quantity,
) -> Option<Conversion<'s>> {
    let (unit, other) = units(from, to)?;
    let form = form(paragraph, from, to)?;
    if from.to.is_some() != to.to.is_some() || std::ptr::eq(unit, other) {
        return None;
    }
    // "6 feet 2 inches (188 cm)": the two make one measure.
    let parted = before.filter(|before| {
        before.measure().is_some_and(|before| before.measures == unit.measures)
            && from.tokens.start.saturating_sub(before.tokens.end) <= 1
    });
    let (measure, figure) = match parted {
        Some(before) => (before.span.cover(from.span), both(before, from, unit)?),
        None => (from.span, from.figure),
    };
    let vague = [from, to].iter().any(|quantity| matches!(quantity.hedge, Some((Hedge::About, _))));
    // "a board of 10 feet, 6 inches (15 cm) thick"
    if parted.is_some() && convert(from.figure, to.figure, unit, other, vague)?.agrees {
        return None;
    }
    let ends = [Some((figure, to.figure)), from.to.zip(to.to)];
    let mut wrong = Vec::new();
    for (from, to) in ends.into_iter().flatten() {
        let right = convert(from, to, unit, other, vague)?;
        wrong.extend((!right.agrees).then_some((to, right.value)));
    }
    // Alternatives are set off by commas as well: "5 miles, or 10 kilometers for the young".
    let near =
        || wrong.iter().all(|(to, right)| right.times(Decimal::new(2, 0)).is_some_and(|double| to.value < double));
    (!wrong.is_empty() && (form == Form::Brackets || near())).then_some(Conversion { from: measure, to, wrong })
}

/// Feet and inches in inches, pounds and ounces in ounces; none for what is no whole of a larger and a smaller unit.
fn both(large: &Quantity, small: &Quantity, unit: &Unit) -> Option<Figure> {
    let larger = large.measure()?;
    let ([large_factor], [factor, ..]) = (larger.factors.as_slice(), unit.factors.as_slice()) else { return None };
    let one = large_factor.over(*factor, 0)?;
    let exact = large.is_exact() && small.is_exact() && small.figure.value < one && unit.offset == larger.offset;
    let value = large.figure.value.times(one)?.plus(small.figure.value)?;
    exact.then_some(Figure { value, ..small.figure })
}

/// The units of the two, where they measure the same thing. Degrees of no scale are of the one that the others are not.
fn units(from: &Quantity, to: &Quantity) -> Option<(&'static Unit, &'static Unit)> {
    let (one, other) = (from.measure()?, to.measure()?);
    let (one, other) = match (one.measures, other.measures) {
        (Dimension::Degrees, Dimension::Temperature) => (other_scale(other)?, other),
        (Dimension::Temperature, Dimension::Degrees) => (one, other_scale(one)?),
        _ => (one, other),
    };
    (one.measures == other.measures && !matches!(one.measures, Dimension::Time | Dimension::Degrees))
        .then_some((one, other))
}

/// How the second is set beside the first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "10 miles (16 kilometers)"
    Brackets,
    /// "10 miles, or 16 kilometers,"
    Or,
}

fn form(paragraph: &Paragraph<'_>, from: &Quantity, to: &Quantity) -> Option<Form> {
    let tokens = &paragraph.facts.prose.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.of(paragraph.text));
    let opening = to.hedge.map_or(to.span.start, |(_, span)| span.start.min(to.span.start));
    let opening = paragraph.facts.prose.token_at(opening);
    let mut at = from.tokens.end;
    // "10 feet high (3 meters)"
    at += usize::from(is_extent(word(at)));
    let close = word(to.tokens.end + usize::from(word(to.tokens.end) == "." || is_extent(word(to.tokens.end))));
    match (word(at), word(at + 1)) {
        ("(" | "[", _) if at + 1 == opening && matches!(close, ")" | "]") => Some(Form::Brackets),
        (",", "or") if at + 2 == opening && matches!(close, "," | "." | ";" | "—" | "–" | ")" | "") => {
            Some(Form::Or)
        }
        _ => None,
    }
}

/// A figure in the other unit.
struct Converted {
    agrees: bool,
    /// What it should be, to the place to which it is written.
    value: Decimal,
}

/// Whether the second figure is the first in the other unit, as exactly as the two are written. Either may be what was
/// measured, and the other rounded from it. None where that can't be told.
fn convert(from: Figure, to: Figure, unit: &Unit, other: &Unit, vague: bool) -> Option<Converted> {
    let mut first = None;
    for factor in &unit.factors {
        for other_factor in &other.factors {
            let there =
                |offset: bool| across(from.value, (*factor, unit.offset), (*other_factor, other.offset), offset, to);
            let back =
                |offset: bool| across(to.value, (*other_factor, other.offset), (*factor, unit.offset), offset, from);
            let value = there(true)?;
            // A change of 2 degrees Celsius is one of 3.6 degrees Fahrenheit.
            let differs = unit.measures == Dimension::Temperature;
            let agrees = is_near(value, to.value, unit, vague)
                || is_near(back(true)?, from.value, unit, vague)
                || (differs
                    && (is_near(there(false)?, to.value, unit, vague)
                        || is_near(back(false)?, from.value, unit, vague)));
            if agrees {
                return Some(Converted { agrees, value: to.value });
            }
            first.get_or_insert(value.over(Decimal::new(1, 0), to.value.exponent())?);
        }
    }
    Some(Converted { agrees: false, value: first? })
}

/// A figure in another unit, four places beyond the one to which `like` is written. Each unit is its size and where its
/// zero stands.
fn across(
    value: Decimal,
    (factor, zero): (Decimal, Decimal),
    (other_factor, other_zero): (Decimal, Decimal),
    offset: bool,
    like: Figure,
) -> Option<Decimal> {
    let mut base = value.times(factor)?;
    if offset {
        base = base.plus(zero)?.minus(other_zero)?;
    }
    base.over(other_factor, like.value.exponent().checked_sub(4)?)
}

/// Whether the figure as written can stand for the exact one: it is off by no more than its last place, or was rounded
/// to a rounder one.
fn is_near(exact: Decimal, written: Decimal, unit: &Unit, vague: bool) -> bool {
    const HALF: Decimal = Decimal::new(5, -1);
    let near = || {
        let off = exact.minus(written)?.abs();
        let small = exact.abs() < written.step().times(Decimal::new(10, 0))?;
        let last = written.step().times(if small { Decimal::new(75, -2) } else { Decimal::new(1, 0) })?;
        let share = exact.abs().times(if vague { Decimal::new(15, -2) } else { Decimal::new(1, -1) })?;
        let share = match unit.measures {
            // Its zero is no nothing.
            Dimension::Temperature => exact.abs().times(Decimal::new(3, -2))?.max(Decimal::new(2, 0)),
            _ => share,
        };
        let rounded = written.round_step().times(HALF)?.min(share);
        Some(off <= last.max(rounded))
    };
    // What can't be reckoned is not held against anybody.
    near().unwrap_or(true)
}

fn describe(conversion: &Conversion<'_>, paragraph: &Paragraph<'_>) -> Finding {
    let Conversion { from, to, wrong } = conversion;
    let right: Vec<String> = wrong.iter().map(|(_, right)| right.to_string()).collect();
    let right = right.join(" to ");
    let (one, other) = (paragraph.phrase(*from), paragraph.phrase(to.span));
    let finding = Finding::new(
        Place::here(to.span),
        format!("“{one}” and “{other}” are not the same: it would be {right}. One figure is wrong: check both."),
    );
    if to.in_words() || wrong.iter().any(|(figure, _)| figure.magnitude.is_some()) {
        return finding;
    }
    let edits = wrong.iter().map(|(figure, right)| (Place::here(figure.span), right.to_string())).collect();
    let title = format!("Write “{right}”");
    finding.mended_by(vec![Repair { title, applicability: Applicability::Unsafe, edits }])
}
