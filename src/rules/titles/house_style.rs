use crate::diagnostic::Severity;
use crate::lexicon::{self, Tenure, Wording};
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

use super::time::earliest_year;
use super::{cased_like, in_form};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/house-style",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &["titles/inconsistent", "titles/not-held"],
    page: include_str!("../../../rules/titles/house-style.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let mut found = own_offices(paragraph, style);
    if !style.offices.is_empty() {
        let year = earliest_year(paragraph);
        found.extend(offices(paragraph, style, year));
        found.extend(departments(paragraph, style, year));
    }
    let finding = |(span, right): (Span, String)| {
        let wrong = paragraph.words(span);
        Finding::new(
            Place::here(span),
            format!("The house writes “{right}”, not “{wrong}”, so that readers meet one name for one thing."),
        )
        .mended_by(vec![Repair::offer(format!("Write “{right}”"), Place::here(span), right)])
    };
    found.into_iter().map(finding).collect()
}

/// Offices of the house's own in wordings that it does not write, each with the one that it does.
fn own_offices(paragraph: &Paragraph<'_>, style: &Style) -> Vec<(Span, String)> {
    let worded = paragraph.facts.mentions.iter().filter_map(|mention| mention.own);
    let wrong = worded.filter(|own| own.way.wording > 0 && own.tenure != Tenure::Past);
    let right = wrong.filter_map(|own| {
        let wordings = &style.own.get(own.way)?.wordings;
        let right = in_form(wordings, wordings.first()?.first()?, own.way.form);
        Some((own.span, cased_like(right, paragraph.words(own.span))))
    });
    right.collect()
}

/// Offices worded otherwise than the house does, with the house's wording.
fn offices(paragraph: &Paragraph<'_>, style: &Style, year: Option<u16>) -> Vec<(Span, String)> {
    let tokens = &paragraph.facts.prose.tokens;
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let from = at;
        at += 1;
        if !tokens[from].class.any(lexicon::Class::OFFICE) {
            continue;
        }
        let words =
            tokens[from..].iter().take_while(|token| token.kind == Kind::Word).map(|token| token.of(paragraph.text));
        let Some((len, ways)) = lexicon::longest_office(words) else { continue };
        at = from + len;
        let span = tokens[from].span().cover(tokens[at - 1].span());
        if let Some(right) = wanted(paragraph, style, year, from, ways).filter(|_| is_title(paragraph, span)) {
            found.push((span, cased_like(right, paragraph.words(span))));
        }
    }
    found
}

/// The house's wording of the office, where it is surely that office and worded otherwise.
fn wanted<'s>(
    paragraph: &Paragraph<'_>,
    style: &'s Style,
    year: Option<u16>,
    at: usize,
    ways: &'static [Wording],
) -> Option<&'s str> {
    let before = at.checked_sub(1).map_or("", |before| paragraph.facts.prose.tokens[before].of(paragraph.text));
    // "Defence Secretary" may be Britain's.
    let way = match ways {
        [way] => way,
        _ => ways.iter().find(|way| lexicon::office(**way).told_by.iter().any(|word| word == before))?,
    };
    let office = lexicon::office(*way);
    let house = style.offices.get(&office.id).filter(|_| !is_history(office.since, year))?;
    let right = in_form(&office.wordings, house, way.form);
    (!office.wordings[way.wording].iter().any(|wording| wording == house)).then_some(right)
}

/// Whether the words stand as a title or a name of the office, not in passing or of the past.
fn is_title(paragraph: &Paragraph<'_>, span: Span) -> bool {
    let mentions = &paragraph.facts.mentions;
    // The title stands right before its name or right after it.
    let next = mentions.partition_point(|mention| mention.span.start < span.end);
    let near = next.saturating_sub(2)..mentions.len().min(next + 1);
    let mention = mentions[near].iter().find(|mention| mention.office.is_some_and(|held| held.span == span));
    match mention.and_then(|mention| mention.office) {
        Some(held) => held.tenure != Tenure::Past,
        None => paragraph.words(span).starts_with(char::is_uppercase),
    }
}

/// Departments worded otherwise than the house does, with the house's wording.
fn departments(paragraph: &Paragraph<'_>, style: &Style, year: Option<u16>) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for body in lexicon::bodies() {
        let house = style.offices.get(&body.id).filter(|_| !is_history(body.since, year));
        let Some(house) = house else { continue };
        for wordings in body.wordings.iter().filter(|wordings| !wordings.contains(house)) {
            for (form, wrong) in wordings.iter().enumerate() {
                for (start, _) in paragraph.text.match_indices(wrong.as_str()) {
                    let span = Span::new(start, start + wrong.len());
                    if is_whole(paragraph, span) {
                        found.push((span, in_form(&body.wordings, house, form).to_owned()));
                    }
                }
            }
        }
    }
    found
}

/// Whether the words are all of a name: not part of "Department of War Studies".
fn is_whole(paragraph: &Paragraph<'_>, span: Span) -> bool {
    let prose = &paragraph.facts.prose;
    let next = prose.token_at(span.end);
    let after = prose.tokens.get(next).map_or("", |token| token.of(paragraph.text));
    let starts = prose.tokens.get(prose.token_at(span.start)).is_some_and(|token| token.start as usize == span.start);
    starts
        && paragraph.text[span.end..].chars().next().is_none_or(|next| !next.is_alphanumeric())
        && !after.starts_with(char::is_uppercase)
}

/// Whether a paragraph whose earliest year is `year` tells of the time before the names of today.
fn is_history(since: Option<u16>, year: Option<u16>) -> bool {
    since.zip(year).is_some_and(|(since, year)| year < since)
}
