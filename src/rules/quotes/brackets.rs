use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "quotes/brackets",
    level: Severity::Suggestion,
    // Right by the book, and yet papers that follow it have square brackets in one story of six.
    preview: true,
    quotes: Quotes::About,
    reads: rule::COPY,
    yields_to: &["structure/advisory-left", "structure/placeholder"],
    page: include_str!("../../../rules/quotes/brackets.md"),
    detect: Detect::Paragraph(check),
};

/// Most tokens between brackets; what is longer is no insert.
const LONGEST: usize = 20;

/// Words that a reporter put into a quotation.
struct Insert {
    open: Span,
    close: Span,
    /// Whether it is part of a word: "[T]he".
    within_word: bool,
}

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    if !style.quotes.no_brackets || !paragraph.text.contains('[') {
        return Vec::new();
    }
    detect(paragraph).map(|insert| describe(paragraph, &insert)).collect()
}

/// The square brackets in quotations, each with the one that closes it.
fn detect<'p>(paragraph: &Paragraph<'p>) -> impl Iterator<Item = Insert> + use<'p> {
    let (text, tokens) = (paragraph.text, paragraph.facts.prose.tokens.as_slice());
    let opens = move |at: &usize| tokens[*at].quoted && tokens[*at].of(text) == "[";
    (0..tokens.len()).filter(opens).filter_map(move |at| {
        let inside = tokens[at + 1..].iter().take(LONGEST);
        let close = inside.take_while(|token| token.quoted).find(|token| matches!(token.of(text), "]" | "["))?;
        let (open, close) = (tokens[at].span(), close.span());
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let within_word = letter(text[..open.start].chars().next_back()) || letter(text[close.end..].chars().next());
        (close.of(text) == "]").then_some(Insert { open, close, within_word })
    })
}

fn describe(paragraph: &Paragraph<'_>, insert: &Insert) -> Finding {
    let place = Place::here(insert.open.cover(insert.close));
    let words = paragraph.phrase(place.span);
    let message = format!(
        "“{words}” was not said, and the house has no square brackets, which get lost on the wires. Quote less, say it in the \
         story’s words, or put it in parentheses."
    );
    let repair = Repair {
        title: "Write parentheses".into(),
        applicability: Applicability::Unsafe,
        edits: vec![(Place::here(insert.open), "(".into()), (Place::here(insert.close), ")".into())],
    };
    Finding::new(place, message).mended_by(if insert.within_word { Vec::new() } else { vec![repair] })
}
