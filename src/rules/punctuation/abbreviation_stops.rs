use super::{Slip, once};
use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::{Abbreviation, abbreviations};
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Paragraph, Place, Story};
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
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let Some(stops) = style.punctuation.abbreviation_stops else { return Vec::new() };
    let known = abbreviations();
    let copy = || story.paragraphs.iter().enumerate().filter(|(_, paragraph)| RULE.reads.contains(&paragraph.role));
    let finding = |abbreviation: &Abbreviation| {
        let (wrong, right) = if stops {
            (&abbreviation.without, &abbreviation.with)
        } else {
            (&abbreviation.with, &abbreviation.without)
        };
        let within = copy().filter(|(_, paragraph)| paragraph.text.contains(&**wrong));
        let slips = within.flat_map(|(index, paragraph)| {
            detect(paragraph, abbreviation, stops)
                .map(move |(span, right)| Slip { place: Place::new(index, span), right })
        });
        let slips: Vec<Slip> = slips.collect();
        let sure = stops || !slips.iter().any(|slip| is_before_capital(story, slip.place));
        describe(slips, sure, wrong, right)
    };
    known.iter().filter_map(finding).collect()
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
fn is_before_capital(story: &Story<'_>, place: Place) -> bool {
    let rest = story.paragraphs.get(place.paragraph).and_then(|paragraph| paragraph.text.get(place.span.end..));
    let next = rest.and_then(|rest| rest.strip_prefix(char::is_whitespace));
    next.is_some_and(|next| next.trim_start().starts_with(|c: char| !c.is_lowercase()))
}

fn describe(slips: Vec<Slip>, sure: bool, wrong: &str, right: &str) -> Option<Finding> {
    let title = format!("Write “{right}”");
    let applicability = if sure { Applicability::Safe } else { Applicability::Unsafe };
    once(slips, (&title, applicability), |_, more| {
        format!("The house writes “{right}” in a story, not “{wrong}”, as it stands here{more}. Write “{right}”.")
    })
}
