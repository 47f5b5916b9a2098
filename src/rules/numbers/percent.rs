use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::prose::Case;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "numbers/percent",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["numbers/percentage-points"],
    page: include_str!("../../../rules/numbers/percent.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let right = style.numbers.percent.as_str();
    if right.is_empty() {
        return Vec::new();
    }
    let wrong =
        super::quantities(paragraph).filter_map(|quantity| Some((quantity, detect(quantity, paragraph, right)?)));
    wrong.map(|(quantity, unit)| describe(quantity, unit, paragraph, right)).collect()
}

/// What is written after the figure in place of the house's form.
fn detect(quantity: &Quantity, paragraph: &Paragraph<'_>, right: &str) -> Option<Span> {
    let unit = quantity.unit.filter(|_| matches!(quantity.kind, Kind::Percent))?;
    let figure = super::last_figure(quantity);
    let gap = Span::new(figure.end, unit.start).of(paragraph.text);
    let sign = right == "%";
    let wrong = paragraph.words(unit) != right
        || (sign && !gap.is_empty())
        || super::figures(quantity).any(|figure| figure.words);
    (wrong && is_plain(quantity, unit, paragraph) && is_told(quantity, paragraph)).then_some(unit)
}

/// Whether the percentage is written as one in running copy: a name has capitals, and what goes on after a hyphen is a
/// word of another kind.
fn is_plain(quantity: &Quantity, unit: Span, paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let capital = prose.tokens_in(unit).iter().any(|token| matches!(token.case, Case::Title | Case::Upper));
    let short = matches!(paragraph.words(unit), "pc" | "pct" | "p.c.");
    !capital && !short && quantity.joined.is_none() && quantity.figure.magnitude.is_none()
}

/// Whether the number is one that figures can tell. What opens a sentence stays in words, and so does a way of speaking:
/// "a zero percent chance", "one hundred percent".
fn is_told(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let spoken = |value: i64| !(1..100).contains(&value);
    let ways = super::figures(quantity).any(|figure| figure.words && figure.value.whole().is_none_or(spoken));
    let class = quantity.figure.words && super::before(paragraph, quantity).eq_ignore_ascii_case("the");
    !ways && !class && !super::opens(paragraph, quantity)
}

fn describe(quantity: &Quantity, unit: Span, paragraph: &Paragraph<'_>, right: &str) -> Finding {
    let span = Span::new(quantity.figure.span.start, unit.end);
    let written = paragraph.phrase(span);
    let sign = right == "%";
    let joint = if sign { "" } else { " " };
    let number = |words: bool, span: Span, value: &dyn std::fmt::Display| {
        if words { value.to_string() } else { paragraph.words(span).to_owned() }
    };
    let last = quantity.to.unwrap_or(quantity.figure);
    let end = number(last.words, last.span, &last.value) + joint + right;
    let text = match quantity.to {
        None => end,
        Some(_) => {
            let first = quantity.figure;
            // "10% to 12%": the sign stands with both.
            let sign = if sign { "%" } else { "" };
            let between = Span::new(first.span.end, last.span.start).of(paragraph.text);
            number(first.words, first.span, &first.value) + sign + between + &end
        }
    };
    let message = if sign {
        format!("The house writes “%” with a figure. Write “{text}”, not “{written}”.")
    } else {
        format!("The house spells out “{right}” after a figure. Write “{text}”, not “{written}”.")
    };
    Finding::new(Place::here(span), message).mended_by(vec![Repair {
        title: format!("Write “{text}”"),
        applicability: Applicability::Safe,
        edits: vec![(Place::here(span), text)],
    }])
}
