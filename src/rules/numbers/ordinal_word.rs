use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::lexicon::numbers::{is_numbered, is_ordinal_phrase};
use crate::lexicon::quantities::ordinal_in_words;
use crate::prose;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::upper_first;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "numbers/ordinal-word",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/numbers/ordinal-word.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let from = i64::from(style.numbers.figures_from);
    let wrong =
        super::quantities(paragraph).filter_map(|quantity| Some((quantity, detect(quantity, paragraph, from)?)));
    wrong.map(|(quantity, right)| describe(quantity, right, paragraph, from)).collect()
}

/// The other form of an ordinal number that stands in the wrong one.
fn detect(quantity: &Quantity, paragraph: &Paragraph<'_>, from: i64) -> Option<String> {
    let value = quantity.figure.value.whole().filter(|_| matches!(quantity.kind, Kind::Ordinal))?;
    if from == 0 || quantity.figure.words == (value < from) || !is_plain(quantity, paragraph) {
        return None;
    }
    if is_day(quantity, paragraph) || is_fraction(quantity, paragraph) {
        return None;
    }
    if quantity.figure.words {
        return (!super::opens(paragraph, quantity)).then(|| in_figures(value));
    }
    let word = ordinal_in_words(value)?;
    Some(if super::opens(paragraph, quantity) { upper_first(word) } else { word.into() })
}

/// Whether the number is written as a plain word is. With capitals around it it is part of a name: Fifth Avenue, the 1st
/// Infantry Division, the 9th Circuit.
fn is_plain(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let first = quantity.tokens.start;
    let token = prose.tokens[first];
    let capital = token.kind == prose::Kind::Word && token.case != prose::Case::Lower;
    let named =
        first.checked_sub(1).is_some_and(|before| super::is_name(paragraph, before) && !prose.is(before, OPENS));
    let next = prose.tokens.get(quantity.tokens.end);
    let free = next.is_none_or(|next| {
        next.kind == prose::Kind::Mark && next.of(paragraph.text) != "/"
            || super::is_lower(paragraph, quantity.tokens.end)
    });
    let numbered = next.is_some_and(|next| is_numbered(next.of(paragraph.text)));
    let spoken = next.is_some_and(|next| is_ordinal_phrase(token.of(paragraph.text), next.of(paragraph.text)));
    !capital && !named && free && !numbered && !spoken
}

/// Words with a capital that open a sentence and are no names there.
const OPENS: Class = Class::DETERMINER.with(Class::PREPOSITION).with(Class::CONJUNCTION).with(Class::OPENER);

/// Whether the number may be a day of the month: "Dec. 5th and 6th", "Thursday the 9th", "on the 3rd", "the tenth of May".
fn is_day(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    const NEAR: usize = 6;
    let prose = &paragraph.facts.prose;
    let (first, end) = (quantity.tokens.start, quantity.tokens.end);
    let dated = |from: usize, to: usize, classes: Class| {
        let tokens = &prose.tokens[from..to.min(prose.tokens.len())];
        tokens.iter().any(|token| token.class.any(classes) && token.case != prose::Case::Lower)
    };
    if quantity.figure.words {
        return dated(end, end + 2, Class::MONTH);
    }
    let counts = super::is_lower(paragraph, end)
        && !prose.is(end, Class::PREPOSITION.with(Class::CONJUNCTION).with(Class::AUXILIARY));
    dated(first.saturating_sub(NEAR), end + NEAR, Class::MONTH.with(Class::WEEKDAY))
        || (super::before(paragraph, quantity).eq_ignore_ascii_case("the") && !counts)
}

/// "a twelfth of the votes"
fn is_fraction(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let parts = quantity.tokens.start.checked_sub(1).is_some_and(|before| {
        prose.is(before, Class::NUMBER) || matches!(prose.tokens[before].of(paragraph.text), "a" | "A")
    });
    let next = paragraph.token(quantity.tokens.end);
    quantity.figure.words && parts && next == "of"
}

/// "21st"
fn in_figures(value: i64) -> String {
    let ending = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{value}{ending}")
}

fn describe(quantity: &Quantity, right: String, paragraph: &Paragraph<'_>, from: i64) -> Finding {
    let written = paragraph.words(quantity.span);
    let below = from.checked_sub(1).and_then(ordinal_in_words).unwrap_or_default();
    let message = format!(
        "The house spells out first to {below} and writes figures from {}. Write “{right}”, not “{written}”.",
        in_figures(from)
    );
    let place = Place::here(quantity.span);
    Finding::new(place, message).mended_by(vec![Repair::safe(format!("Write “{right}”"), place, right)])
}
