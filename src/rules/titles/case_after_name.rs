use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon;
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::Paragraph;
use crate::story::people::{Evidence, Mention};
use crate::style::Style;
use crate::text::Span;

use super::{is_headline, lowered, written};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/case-after-name",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["titles/house-style", "titles/inconsistent", "titles/not-held"],
    page: include_str!("../../../rules/titles/case-after-name.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let found = paragraph.facts.mentions.iter().filter_map(|mention| detect(paragraph, mention));
    let finding = |span: Span| {
        let wrong = paragraph.words(span);
        let right = lowered(wrong);
        let message = format!("“{wrong}” describes after a name, and takes no capital there: “{right}”.");
        written(span, message, right, Applicability::Unsafe)
    };
    found.map(finding).collect()
}

/// A public office with a capital that stands between commas after a name.
fn detect(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<Span> {
    let held = mention.office.filter(|held| mention.after && mention.evidence >= Evidence::Likely && !held.deputy)?;
    let words = paragraph.words(held.span);
    let public =
        || held.ways.iter().map(|way| lexicon::office(*way)).all(|office| office.seat.as_deref() == Some("public"));
    if !words.starts_with(char::is_uppercase) || lowered(words) == words || !public() {
        return None;
    }
    let prose = &paragraph.facts.prose;
    let at = prose.token_at(held.span.start);
    let before = prose.tokens[at.checked_sub(1)?];
    // "Senior Vice President" is a longer title than the one known.
    let word = before.of(paragraph.text);
    let whole = before.kind == Kind::Possessive
        || before.case == Case::Lower
        || matches!(word, "," | "U.S.")
        || lexicon::nationality(word);
    let next = prose.tokens.get(prose.token_at(held.span.end))?;
    let ends = next.kind == Kind::Mark || next.kind == Kind::Word && next.case == Case::Lower;
    (whole && ends && !is_headline(paragraph, at)).then_some(held.span)
}
