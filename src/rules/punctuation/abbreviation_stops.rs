use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::{Abbreviation, abbreviations};
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "punctuation/abbreviation-stops",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/punctuation/abbreviation-stops.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let Some(stops) = style.punctuation.abbreviation_stops else { return Vec::new() };
    let findings = abbreviations().iter().flat_map(|abbreviation| {
        let Abbreviation { with, without, .. } = abbreviation;
        let (wrong, right) = if stops { (without, with) } else { (with, without) };
        let slips = paragraph.text.contains(&**wrong).then(|| detect(paragraph, abbreviation, stops));
        slips.into_iter().flatten().map(move |slip| describe(paragraph, slip, wrong, right))
    });
    findings.collect()
}

/// Where the abbreviation lacks its stops, or has those that it should not have, and what should stand there.
fn detect<'p>(
    paragraph: &Paragraph<'p>,
    abbreviation: &'p Abbreviation,
    stops: bool,
) -> impl Iterator<Item = (Span, String)> + use<'p> {
    let (paragraph, text) = (*paragraph, paragraph.text);
    let prose = &paragraph.facts.prose;
    let words = prose.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word);
    words.filter_map(move |(at, token)| {
        let Abbreviation { with, without, names } = abbreviation;
        let start = token.span().start;
        let rest = text.get(start..)?;
        let wrong = if stops { without } else { with };
        let after = rest.strip_prefix(&**wrong)?;
        if after.starts_with(|c: char| c.is_alphanumeric() || c == '$') || paragraph.said(token.span()) {
            return None;
        }
        let named = names.split(' ').any(|name| name == paragraph.token(at + 1));
        let shouted =
            |at: usize| prose.tokens.get(at).is_some_and(|token| token.case == Case::Upper && token.of(text).len() > 1);
        if named || shouted(at + 1) || at.checked_sub(1).is_some_and(shouted) {
            return None;
        }
        let end = start + wrong.len();
        if stops {
            // The stop of the sentence is the abbreviation's, too.
            let taken = usize::from(after.starts_with('.'));
            return (!after.starts_with("..")).then(|| (Span::new(start, end + taken), with.to_string()));
        }
        let sentence = &prose.sentences[prose.sentence_at(start)?];
        let last = text.get(end..sentence.span.end).is_none_or(|rest| !rest.contains(char::is_alphanumeric));
        let closed = after.starts_with([',', ';', ':', '?', '!', '\'', '’', '-']);
        let stop = if last && !closed { "." } else { "" };
        Some((Span::new(start, end), format!("{without}{stop}")))
    })
}

/// Whether a new sentence may begin after the place.
fn is_before_capital(text: &str, end: usize) -> bool {
    let next = text.get(end..).and_then(|rest| rest.strip_prefix(char::is_whitespace));
    next.is_some_and(|next| next.trim_start().starts_with(|c: char| !c.is_lowercase()))
}

fn describe(paragraph: &Paragraph<'_>, (slip, written): (Span, String), wrong: &str, right: &str) -> Finding {
    // Without its stop a sentence may run into the next.
    let sure = right.ends_with('.') || !is_before_capital(paragraph.text, slip.end);
    let applicability = if sure { Applicability::Safe } else { Applicability::Unsafe };
    let place = Place::here(slip);
    let message = format!("The house writes “{right}” in a story, not “{wrong}”. Write “{right}”.");
    let repair = Repair { title: format!("Write “{right}”"), applicability, edits: vec![(place, written)] };
    Finding::habit(place, message, repair)
}
