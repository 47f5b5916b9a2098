use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::Paragraph;
use crate::story::people::{Evidence, Mention};
use crate::style::Style;
use crate::text::Span;

use super::{applicability, is_headline, joins, opens, written};

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
        written(span, message, right, applicability(paragraph, span))
    };
    found.map(finding).collect()
}

/// “Rev.” before a name without its article, and whether it starts the sentence.
fn detect(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<(Span, bool)> {
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
    let article = joins(paragraph, &before) && !before.class.any(Class::DETERMINER.with(Class::POSSESSIVE));
    (article || word == "," && !opens(paragraph, at)).then(|| (token.span(), false))
}
