use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::Paragraph;
use crate::style::Style;
use crate::text::Span;

use super::written;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/abbreviated-alone",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/titles/abbreviated-alone.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |(span, right): (Span, String)| {
        let wrong = paragraph.words(span);
        let message = format!("“{wrong}” is short only before a name. Alone it is “{right}”.");
        written(span, message, right, Applicability::Unsafe)
    };
    detect(paragraph).into_iter().map(finding).collect()
}

/// Short titles after “the” and the like with no name after them, each with the words to write.
fn detect(paragraph: &Paragraph<'_>) -> Vec<(Span, String)> {
    const DETERMINES: Class = Class::DETERMINER.with(Class::POSSESSIVE);
    let tokens = &paragraph.facts.prose.tokens;
    let spelled = |at: usize| {
        let token = tokens.get(at).filter(|token| token.class.any(Class::ABBREVIATION) && token.case != Case::Lower)?;
        lexicon::spelled_alone(token.of(paragraph.text))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let from = at;
        at += 1;
        if spelled(from).is_none() {
            continue;
        }
        let words: Vec<&str> = (from..).map_while(spelled).collect();
        at = from + words.len();
        let Some(before) = from.checked_sub(1).map(|before| tokens[before]) else { continue };
        let past = before.case == Case::Lower && lexicon::tenure(before.of(paragraph.text)).is_some();
        let first = if past { from.checked_sub(2).map(|first| tokens[first]) } else { Some(before) };
        let determined = first.is_some_and(|first| {
            first.kind == Kind::Possessive || first.class.any(DETERMINES) && !first.class.any(Class::CONJUNCTION)
        });
        let span = tokens[from].span().cover(tokens[at - 1].span());
        if determined && is_alone(paragraph, at) {
            found.push((span, words.join(" ")));
        }
    }
    found
}

/// Whether what comes at `at` is no name.
fn is_alone(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let Some(next) = paragraph.facts.prose.tokens.get(at) else { return true };
    match next.kind {
        Kind::Word => next.case == Case::Lower && !next.class.any(Class::PARTICLE),
        Kind::Possessive => true,
        Kind::Mark => matches!(next.of(paragraph.text), "," | "." | ";" | "?" | "!"),
        _ => false,
    }
}
