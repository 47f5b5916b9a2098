use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::Decimal;
use crate::lexicon::quantities::{Hedge, is_plural};
use crate::prose;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Figure, Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "numbers/grouping",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["numbers/magnitude"],
    page: include_str!("../../../rules/numbers/grouping.md"),
    detect: Detect::Paragraph(check),
};

/// A figure whose thousands are not told apart as they should be.
struct Wrong {
    span: Span,
    right: String,
    applicability: Applicability,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let ungrouped = super::quantities(paragraph).flat_map(|quantity| ungrouped(quantity, paragraph));
    ungrouped.chain(misgrouped(paragraph)).map(|wrong| describe(wrong, paragraph)).collect()
}

/// The figures of four digits or more of a quantity that stand without commas.
fn ungrouped<'s>(quantity: &'s Quantity, paragraph: &'s Paragraph<'_>) -> impl Iterator<Item = Wrong> + 's {
    let sure = counts(quantity, paragraph);
    let figures = super::figures(quantity).filter(move |figure| sure.is_some() && !figure.words);
    figures.filter_map(move |figure| {
        let whole = whole(figure, paragraph);
        let written = paragraph.words(whole);
        if written.len() < 4 || written.contains(',') || written.starts_with('0') {
            return None;
        }
        let right = Decimal::read(written)?.to_string();
        Some(Wrong { span: whole, right, applicability: sure? })
    })
}

/// The digits of a figure before its point.
fn whole(figure: Figure, paragraph: &Paragraph<'_>) -> Span {
    let written = paragraph.words(figure.span);
    let len = written.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b',').count();
    Span::new(figure.span.start, figure.span.start + len)
}

/// Whether the quantity says how many or how much beyond doubt, and is neither a name nor a year nor a time of day; and if
/// so, whether that is certain enough for a fix that nobody sees.
fn counts(quantity: &Quantity, paragraph: &Paragraph<'_>) -> Option<Applicability> {
    let unit = quantity.unit.map_or("", |unit| paragraph.words(unit));
    // "1080p", "1920 x 1080 pixels", "2300 hours", "a 3000-level course"
    let short = unit.len() == 1 && unit != "%";
    let resolution = matches!(super::before(paragraph, quantity), "x" | "×" | "by");
    let clock = matches!(unit, "hours" | "hrs") && quantity.figure.span.len() == 4 && quantity.hedge.is_none();
    let graded = quantity.joined.is_some_and(|joined| matches!(paragraph.words(joined), "level" | "series" | "class"));
    if short || resolution || clock || graded || super::is_year(paragraph, quantity) {
        return None;
    }
    // "the 1812 overtures", "a 2017-dated letter", "some 2016 candidates"
    let value = quantity.figure.value.whole().unwrap_or_default();
    let year = (1400..2200).contains(&value);
    let ours = (1900..2100).contains(&value) && quantity.hedge.is_none_or(|(hedge, _)| hedge == Hedge::About);
    let safe = Some(Applicability::Safe);
    match quantity.kind {
        Kind::Money(_) | Kind::Percent | Kind::Measure(_) => safe,
        Kind::Count if ours => None,
        Kind::Count if quantity.hedge.is_some() => safe,
        Kind::Count if quantity.joined.is_some() => safe.filter(|_| !year),
        Kind::Count => {
            let noun = quantity.noun?;
            let plain = noun.span == noun.head && paragraph.words(noun.span).starts_with(char::is_lowercase);
            Some(if plain && !year { Applicability::Safe } else { Applicability::Unsafe })
        }
        _ => None,
    }
}

/// Figures with a comma in the wrong place, or with stops for commas: "12,3456", "1234,567", "1.200.000 people".
fn misgrouped<'s>(paragraph: &'s Paragraph<'_>) -> impl Iterator<Item = Wrong> + 's {
    let tokens = &paragraph.facts.prose.tokens;
    let figures = tokens.iter().enumerate().filter(|(_, token)| token.kind == prose::Kind::Number && !token.quoted);
    figures.filter_map(|(at, token)| {
        let written = token.of(paragraph.text);
        if written.len() < 6 || !written.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')) {
            return None;
        }
        let wrong =
            if written.contains(',') { slipped(written) } else { stopped(written) && is_counted(paragraph, at) };
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let alone = at
            .checked_sub(1)
            .is_none_or(|before| tokens[before].end < token.start || super::is_sign(paragraph, before));
        let right = Decimal::read(&digits).filter(|_| wrong && alone && !written.starts_with('0'))?.to_string();
        Some(Wrong { span: token.span(), right, applicability: Applicability::Unsafe })
    })
}

/// Whether a digit too many stands between the commas, or before them. Groups of two are a list, a decimal or Indian;
/// two years are two years, and "Dec. 12,2023" lacks a space.
fn slipped(written: &str) -> bool {
    let year = |group: &str| group.len() == 4 && matches!(&group[..2], "18" | "19" | "20");
    let mut groups = written.split(',');
    let first = groups.next().unwrap_or_default().len();
    let rest = || written.split(',').skip(1);
    let long = rest().filter(|group| group.len() == 4).count();
    !written.contains('.')
        && (1..=4).contains(&first)
        && rest().all(|group| matches!(group.len(), 3 | 4))
        && !written.split(',').any(year)
        && long + usize::from(first == 4) == 1
}

/// "1.200.000"
fn stopped(written: &str) -> bool {
    let mut groups = written.split('.');
    let first = groups.next().unwrap_or_default();
    let (mut count, mut even) = (0, true);
    for group in groups {
        count += 1;
        even &= group.len() == 3;
    }
    count == 2 && even && (1..=3).contains(&first.len())
}

/// Whether a sign or a noun says that the figure counts.
fn is_counted(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let next = paragraph.facts.prose.tokens.get(at + 1).filter(|_| super::is_lower(paragraph, at + 1));
    next.is_some_and(|next| is_plural(next.of(paragraph.text)))
        || at.checked_sub(1).is_some_and(|before| super::is_sign(paragraph, before))
}

fn describe(wrong: Wrong, paragraph: &Paragraph<'_>) -> Finding {
    let Wrong { span, right, applicability } = wrong;
    let written = paragraph.words(span);
    let message = if written.contains([',', '.']) {
        format!(
            "“{written}” is divided otherwise than by thousands: a digit too many or too few, or a mark in the wrong place. Check the figure."
        )
    } else {
        format!("“{written}” is easier to read with a comma: write “{right}”.")
    };
    let edits = vec![(Place::here(span), right.clone())];
    Finding::new(Place::here(span), message).mended_by(vec![Repair {
        title: format!("Write “{right}”"),
        applicability,
        edits,
    }])
}
