use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "punctuation/serial-comma",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/punctuation/serial-comma.md"),
    detect: Detect::Paragraph(check),
};

/// How far before its last items a series may begin, in tokens.
const REACH: usize = 12;

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let listed = || [", and ", ", or "].iter().any(|comma| paragraph.text.contains(comma));
    if !style.punctuation.plain_series || !listed() {
        return Vec::new();
    }
    detect(paragraph).map(describe).collect()
}

/// The commas before the "and" or "or" of series of single words: "red, white, and blue".
fn detect<'p>(paragraph: &Paragraph<'p>) -> impl Iterator<Item = Span> + use<'p> {
    let (paragraph, text) = (*paragraph, paragraph.text);
    let tokens = &paragraph.facts.prose.tokens;
    tokens.windows(6).enumerate().filter_map(move |(at, window)| {
        let [first, comma, second, last_comma, and, third] = window else { return None };
        let marks = comma.of(text) == "," && last_comma.of(text) == "," && matches!(and.of(text), "and" | "or");
        let items = [first, second, third];
        let alike = items.iter().all(|item| is_item(item, text) && item.case == Case::Lower);
        let series = marks && alike && ends(tokens.get(at + 6), text) && is_simple(&tokens[..at], text);
        (series && !paragraph.said(last_comma.span())).then(|| last_comma.span())
    })
}

/// Whether the token may be all of an item. Adverbs and pronouns stand between commas for reasons of their own.
fn is_item(token: &Token, text: &str) -> bool {
    let word = token.of(text);
    let aside = word.ends_with("ly") || matches!(word, "however" | "though" | "too" | "then" | "instead" | "therefore");
    token.kind == Kind::Word && !token.class.any(Class::PRONOUN) && !aside
}

/// Whether the series ends before the token: at a mark, or a word that goes on with the sentence.
fn ends(after: Option<&Token>, text: &str) -> bool {
    const ON: [&str; 13] =
        ["in", "on", "at", "for", "from", "of", "to", "with", "by", "during", "that", "which", "who"];
    after.is_none_or(|token| matches!(token.of(text), "." | ";" | ")") || ON.contains(&token.of(text)))
}

/// Whether no item before has an "and" of its own: "bread and butter, eggs, and tea" needs its comma.
fn is_simple(before: &[Token], text: &str) -> bool {
    let near = before.iter().rev().take(REACH).map(|token| token.of(text));
    !near.take_while(|word| !matches!(*word, "." | ";" | ":")).any(|word| matches!(word, "and" | "or"))
}

fn describe(comma: Span) -> Finding {
    let message = "A simple series has no comma before its “and” or “or” in this house. Delete this one, unless an item \
                   could be misread.";
    Finding::habit(Place::here(comma), message, Repair::offer("Delete the comma", Place::here(comma), ""))
}
