use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon;
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::Paragraph;
use crate::story::people::{Evidence, Mention};
use crate::style::Style;
use crate::text::Span;

use super::{is_headline, lower_first, opens, written};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/modifier-case",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/titles/modifier-case.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let found = paragraph.facts.mentions.iter().filter_map(|mention| detect(paragraph, mention));
    let finding = |span: Span| {
        let right = lower_first(paragraph.words(span));
        let message = format!("“{right}” only says when somebody holds the title, and takes no capital before it.");
        written(span, message, right, Applicability::Safe)
    };
    found.map(finding).collect()
}

/// A word such as “Former” that has a capital within a sentence, before a title and a name.
fn detect(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<Span> {
    let title = mention.title.filter(|_| !mention.after && mention.evidence == Evidence::Sure)?;
    let prose = &paragraph.facts.prose;
    let first = prose.token_at(title.start);
    let token = prose.tokens.get(first)?;
    let word = token.of(paragraph.text);
    let wrong = word.starts_with(char::is_uppercase) && token.case == Case::Title && lexicon::title_modifier(word);
    if !wrong || opens(paragraph, first) || is_headline(paragraph, first) {
        return None;
    }
    // "New York Former Mayor Ann Roe" is a name of something, or not copy.
    let before = prose.tokens[first - 1];
    let within = before.kind == Kind::Word && before.case == Case::Lower || before.of(paragraph.text) == ",";
    within.then(|| token.span())
}
