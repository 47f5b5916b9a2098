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

/// A change in percent that is one in points: "rose 2% from 40% to 42%", "from 40% to 42%, a 2% rise".
struct Change<'s> {
    change: &'s Quantity,
    from: &'s Quantity,
    to: &'s Quantity,
}

/// What may stand between the figure that it goes to and the change.
const AFTER: [&str; 8] = ["a", "an", "up", "down", "a rise of", "an increase of", "a drop of", "a fall of"];

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let percentages: Vec<&Quantity> =
        super::quantities(paragraph).filter(|quantity| matches!(quantity.kind, Kind::Percent)).collect();
    let changes = percentages.windows(3).filter_map(|three| detect(three, paragraph));
    changes.map(|change| describe(&change, paragraph)).collect()
}

/// The change in points, if three percentages in a row are one and what it goes from and to.
fn detect<'s>(three: &[&'s Quantity], paragraph: &Paragraph<'_>) -> Option<Change<'s>> {
    let [first, second, third] = *three else { return None };
    let joint = |first: &Quantity, second: &Quantity| {
        ["from", "to"].into_iter().find(|word| follows(first, &[word], second, paragraph))
    };
    let change = match (joint(first, second), joint(second, third)) {
        (Some("from"), Some("to")) => Change { change: first, from: second, to: third },
        (Some("to"), Some("from")) => Change { change: first, from: third, to: second },
        (Some("to"), None) if follows(second, &AFTER, third, paragraph) => {
            Change { from: first, to: second, change: third }
        }
        (Some("from"), None) if follows(second, &AFTER, third, paragraph) => {
            Change { from: second, to: first, change: third }
        }
        _ => return None,
    };
    let single = three.iter().all(|one| one.to.is_none());
    (single && differ(change.change, change.from, change.to)).then_some(change)
}

/// Whether only one of `words` stands between two quantities, after a comma or not.
fn follows(first: &Quantity, words: &[&str], second: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let end = first.unit.map_or(first.span.end, |unit| unit.end);
    let between = paragraph.words(Span::new(end, second.span.start)).trim();
    words.contains(&between.strip_prefix(',').unwrap_or(between).trim_start())
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
    // "a 2 percentage point rise"
    let before_noun = paragraph.text[..span.start].ends_with(" a ") || paragraph.text[..span.start].ends_with(" an ");
    let point = if before_noun || figure.value.abs() == 1.into() { "point" } else { "points" };
    let right = format!("{} percentage {point}", paragraph.words(figure.span));
    let written = paragraph.phrase(span);
    let (from, to) = (paragraph.phrase(from.span), paragraph.phrase(to.span));
    let message = format!(
        "From {from} to {to} is a change in points; “{written}” of {from} would be far less or far more. Write “{right}”."
    );
    let place = Place::here(span);
    Finding::new(place, message).mended_by(vec![Repair::offer(format!("Write “{right}”"), place, right)])
}
