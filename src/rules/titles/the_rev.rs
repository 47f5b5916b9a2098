use crate::diagnostic::Severity;
use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::{Evidence, Mention};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

use super::{is_headline, opens};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/the-rev",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/titles/the-rev.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let found = paragraph.facts.mentions.iter().filter_map(|mention| detect(paragraph, mention));
    let finding = |(span, starts): (Span, bool)| {
        let right = if starts { "The Rev." } else { "the Rev." };
        let message = format!("“Rev.” describes and is no rank, so it takes an article: “{right}”.");
        Finding::new(Place::here(span), message).mended_by(vec![Repair::safe(
            format!("Write “{right}”"),
            Place::here(span),
            right,
        )])
    };
    found.map(finding).collect()
}

/// “Rev.” before a name without its article, and whether it starts the sentence.
fn detect(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<(Span, bool)> {
    /// Words after which an article can stand.
    const JOINS: Class = Class::PREPOSITION.with(Class::CONJUNCTION).with(Class::SPEECH).with(Class::AUXILIARY);
    let title = mention.title.filter(|_| !mention.after && mention.evidence == Evidence::Sure)?;
    let prose = &paragraph.facts.prose;
    let at = prose.token_at(title.start);
    let token = prose.tokens.get(at).filter(|token| matches!(token.of(paragraph.text), "Rev." | "Reverend"))?;
    if is_headline(paragraph, at) {
        return None;
    }
    let Some(before) = at.checked_sub(1).map(|before| prose.tokens[before]) else { return Some((token.span(), true)) };
    let word = before.of(paragraph.text);
    if prose.sentence_at(title.start) != prose.sentence_at(before.start as usize) {
        return Some((token.span(), true));
    }
    let joins = before.kind == Kind::Word
        && before.case == Case::Lower
        && (before.class.any(JOINS) || lexicon::encounter(word))
        && !before.class.any(Class::DETERMINER.with(Class::POSSESSIVE));
    (joins || word == "," && !opens(paragraph, at)).then(|| (token.span(), false))
}
