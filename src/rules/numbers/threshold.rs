use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::Class;
use crate::lexicon::numbers::{is_figure_joint, is_figure_noun, is_person, is_word_joint};
use crate::lexicon::quantities::{Dimension, cardinal_in_words, is_label};
use crate::prose::Kind as TokenKind;
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "numbers/threshold",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    // Headlines, lists and captions have figures where they like.
    reads: &[Role::Body, Role::Dateline],
    yields_to: &["numbers/age"],
    page: include_str!("../../../rules/numbers/threshold.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let from = i64::from(style.numbers.figures_from);
    let wrong =
        super::quantities(paragraph).filter_map(|quantity| Some((quantity, detect(quantity, paragraph, from)?)));
    wrong.map(|(quantity, right)| describe(quantity, right, paragraph, from)).collect()
}

/// The other form of a number that stands in the wrong one.
fn detect(quantity: &Quantity, paragraph: &Paragraph<'_>, from: i64) -> Option<String> {
    let figure = quantity.figure;
    let value = figure.value.whole().filter(|value| figure.value.exponent() == 0 && (1..100).contains(value))?;
    // "3 months old" is an age.
    let next = paragraph.token(quantity.tokens.end);
    if matches!(next, "old" | "olds") {
        return None;
    }
    let alone = quantity.to.is_none() && figure.magnitude.is_none() && !is_in_row(quantity, paragraph);
    if from == 0 || figure.words == (value < from) || !alone || super::opens(paragraph, quantity) {
        return None;
    }
    let fits = if figure.words { is_count_in_words(quantity, paragraph) } else { is_count(quantity, value, paragraph) };
    if !fits || !super::is_prose(paragraph, quantity) {
        return None;
    }
    if figure.words { Some(value.to_string()) } else { cardinal_in_words(value) }
}

/// Whether a small figure counts people, things or days. Dimensions, scores, votes, odds and what else is written in
/// figures whatever their size are none of that.
fn is_count(quantity: &Quantity, value: i64, paragraph: &Paragraph<'_>) -> bool {
    let plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if let Some(joined) = quantity.joined {
        let joined = paragraph.words(joined);
        // "the No. 7-seeded team"
        let label = is_label(super::before(paragraph, quantity));
        return matches!(quantity.kind, Kind::Count)
            && !label
            && plain(joined)
            && !joined.split('-').any(is_figure_joint)
            && joined.len() > 2;
    }
    match quantity.kind {
        Kind::Count if is_group(quantity, paragraph) || follows_name(quantity, paragraph) => false,
        Kind::Count if quantity.noun.is_none() => is_some_of(quantity, paragraph),
        Kind::Count => quantity.noun.is_some_and(|noun| {
            let head = paragraph.words(noun.head);
            plain(paragraph.words(noun.span).split(' ').next().unwrap_or_default())
                && !is_figure_noun(head)
                && (value != 1 || is_person(head))
        }),
        Kind::Measure(unit) => {
            let unit_word = quantity.unit.map_or("", |unit| paragraph.words(unit));
            unit.measures == Dimension::Time && is_long_time(unit_word)
        }
        _ => false,
    }
}

/// Whether so many of somebody's are counted: "3 of its plants", but not "3 of its last 5 games".
fn is_some_of(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    const FARTHEST: usize = 4;
    let at = quantity.tokens.end;
    let prose = &paragraph.facts.prose;
    let theirs = prose.is(at + 1, Class::POSSESSIVE) || matches!(paragraph.token(at + 1), "them" | "us" | "those");
    let number = (at + 1..at + FARTHEST).any(|at| {
        prose.is(at, Class::NUMBER) || prose.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
    });
    paragraph.token(at) == "of" && theirs && !number
}

/// Whether the number is the rest of a name: the Group of 7.
fn is_group(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let name = quantity.tokens.start.checked_sub(2);
    super::before(paragraph, quantity) == "of" && name.is_some_and(|name| super::is_name(paragraph, name))
}

/// Whether the number ends a name: the Big 5 banks. What opens a sentence has its capital from there.
fn follows_name(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let first = prose.sentence_at(quantity.span.start).map_or(0, |index| prose.sentences[index].tokens.start as usize);
    quantity.tokens.start.checked_sub(1).is_some_and(|before| before > first && super::is_name(paragraph, before))
}

/// Days and years are counted. Seconds are measured, and short forms go with figures.
fn is_long_time(unit: &str) -> bool {
    matches!(unit.strip_suffix('s').unwrap_or(unit), "minute" | "hour" | "day" | "week" | "month" | "year")
}

/// Whether a number in words counts or measures, and is no way of speaking: "a twelve-step program", "forty-something".
fn is_count_in_words(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let joined = quantity.joined.map_or("", |joined| paragraph.words(joined));
    let counted = match quantity.kind {
        Kind::Count => quantity.noun.is_some() || quantity.joined.is_some(),
        Kind::Measure(_) => true,
        _ => false,
    };
    // "a ten-gallon hat"
    let hyphen = paragraph.text[quantity.figure.span.end..].starts_with('-');
    let unit = quantity.unit.filter(|_| hyphen).map_or("", |unit| paragraph.words(unit));
    // With a capital it opens what a dateline or a colon led to.
    let lower = paragraph.words(quantity.figure.span).starts_with(char::is_lowercase);
    counted && lower && !joined.split('-').any(is_word_joint) && !is_word_joint(unit)
}

/// Whether another number stands right beside this one: "nine or 10", "2 hours 5 minutes", "5, 6 and 7".
fn is_in_row(quantity: &Quantity, paragraph: &Paragraph<'_>) -> bool {
    let all = &paragraph.facts.quantities;
    let prose = &paragraph.facts.prose;
    let at = all.partition_point(|other| other.span.start < quantity.span.start);
    let near = |first: &Quantity, second: &Quantity| {
        let between = prose.tokens.get(first.tokens.end..second.tokens.start).unwrap_or_default();
        let joins =
            |word: &str| matches!(word, "or" | "and" | "to" | "," | "-" | "–" | "by" | "for" | "of" | "out" | "in");
        between.len() <= 2 && between.iter().all(|token| joins(token.of(paragraph.text)))
    };
    // "one in ten"
    let share = quantity.tokens.start.checked_sub(2).is_some_and(|one| prose.is(one, Class::NUMBER))
        && super::before(paragraph, quantity) == "in";
    share
        || at.checked_sub(1).and_then(|before| all.get(before)).is_some_and(|before| near(before, quantity))
        || all.get(at + 1).is_some_and(|after| near(quantity, after))
}

fn describe(quantity: &Quantity, right: String, paragraph: &Paragraph<'_>, from: i64) -> Finding {
    let span = quantity.figure.span;
    let written = paragraph.phrase(span);
    let message = if quantity.figure.words {
        format!("The house writes figures from {from}. Write “{right}”, not “{written}”.")
    } else {
        format!("The house spells out numbers below {from}. Write “{right}”, not “{written}”.")
    };
    let place = Place::here(span);
    Finding::new(place, message).mended_by(vec![Repair::offer(format!("Write “{right}”"), place, right)])
}
