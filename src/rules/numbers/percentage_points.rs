use crate::diagnostic::Severity;
use crate::lexicon::Decimal;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "numbers/percentage-points",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/numbers/percentage-points.md"),
    detect: Detect::Paragraph(check),
};

/// A change in percent that is one in points: "rose 2% from 40% to 42%".
struct Change<'s> {
    change: &'s Quantity,
    from: &'s Quantity,
    to: &'s Quantity,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let percentages: Vec<&Quantity> =
        super::quantities(paragraph).filter(|quantity| matches!(quantity.kind, Kind::Percent)).collect();
    let changes = percentages.windows(3).filter_map(|three| {
        let [change, from, to] = three else { return None };
        Some(Change { change, from, to }).filter(|change| is_in_points(change, paragraph))
    });
    changes.map(|change| describe(&change, paragraph)).collect()
}

/// Whether the three are a change and what it goes from and to, and the change is the difference of the other two.
fn is_in_points(change: &Change<'_>, paragraph: &Paragraph<'_>) -> bool {
    let Change { change, from, to } = change;
    let single = [change, from, to].iter().all(|one| one.to.is_none());
    single && follows(change, "from", from, paragraph) && follows(from, "to", to, paragraph) && differ(change, from, to)
}

/// Whether only `word` stands between two quantities.
fn follows(first: &Quantity, word: &str, second: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let end = first.unit.map_or(first.span.end, |unit| unit.end);
    paragraph.words(Span::new(end, second.span.start)).trim() == word
}

/// Whether the change is the difference of the values, and far from the change in percent of the first.
fn differ(change: &Quantity, from: &Quantity, to: &Quantity) -> bool {
    const HUNDRED: Decimal = Decimal::new(100, 0);
    /// Tenths of a percent: what rounding may hide.
    const PLACE: i32 = -1;
    let (said, from, to) = (change.figure.value.abs(), from.figure.value, to.figure.value);
    let relative = || {
        let difference = to.minus(from)?.abs();
        let percent = difference.times(HUNDRED)?.over(from, PLACE)?;
        let off = percent.minus(said)?.abs();
        Some(difference == said && off >= Decimal::new(5, -1))
    };
    relative().unwrap_or(false)
}

fn describe(change: &Change<'_>, paragraph: &Paragraph<'_>) -> Finding {
    let Change { change, from, to } = change;
    let figure = change.figure;
    let span = Span::new(figure.span.start, change.unit.map_or(change.span.end, |unit| unit.end));
    let point = if figure.value.abs() == 1.into() { "point" } else { "points" };
    let right = format!("{} percentage {point}", paragraph.words(figure.span));
    let written = paragraph.phrase(span);
    let (from, to) = (paragraph.phrase(from.span), paragraph.phrase(to.span));
    let message = format!(
        "From {from} to {to} is a change in points; “{written}” of {from} would be far less or far more. Write “{right}”."
    );
    let place = Place::here(span);
    Finding::new(place, message).mended_by(vec![Repair::offer(format!("Write “{right}”"), place, right)])
}
