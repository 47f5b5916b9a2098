use crate::diagnostic::Severity;
use crate::prose::{Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "punctuation/spacing",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/punctuation/spacing.md"),
    detect: Detect::Paragraph(check),
};

/// What is wrong with the space between words, or with a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kink {
    /// Two or three spaces between words.
    Wide,
    /// A space before a mark.
    Before,
    /// A mark twice.
    Doubled,
}

struct Found {
    kink: Kink,
    span: Span,
    /// What is marked: with what stands on both sides, since space alone can't be seen.
    shown: Span,
    /// Whether it is in what somebody said.
    said: bool,
    right: &'static str,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    if !has_any(paragraph.text) {
        return Vec::new();
    }
    detect(paragraph).iter().map(|found| describe(paragraph, found)).collect()
}

/// Whether the text may have anything to flag.
fn has_any(text: &str) -> bool {
    let odd = |pair: &[u8]| {
        matches!(pair, [b' ', b' ' | b',' | b'.' | b';' | b':' | b'?' | b'!'] | b",," | b",." | b";;" | b"..")
    };
    text.as_bytes().windows(2).any(odd)
}

fn detect(paragraph: &Paragraph<'_>) -> Vec<Found> {
    let (tokens, text) = (&paragraph.facts.prose.tokens, paragraph.text);
    let mut out = Vec::new();
    for pair in tokens.windows(2) {
        let [before, after] = pair else { continue };
        let gap = Span::new(before.end as usize, after.start as usize);
        let rest = &text[after.end as usize..];
        let mut found = |kink, span, right| {
            let shown = before.span().cover(after.span());
            out.push(Found { kink, span, shown, said: paragraph.said(span), right });
        };
        match (gap.of(text), after.of(text)) {
            // What is further apart stands in columns.
            (" " | "  " | "   ", "," | "." | ";" | ":" | "?" | "!")
                if ends_words(before, text) && is_end(rest) && !rest.starts_with(" .") =>
            {
                found(Kink::Before, gap, "");
            }
            ("  " | "   ", _) => found(Kink::Wide, gap, " "),
            ("", mark @ ("," | ";")) if before.of(text) == mark => found(Kink::Doubled, after.span(), ""),
            ("", ".") if before.of(text) == "," => found(Kink::Doubled, before.span(), ""),
            ("", "..") if before.kind == Kind::Word && is_end(rest) => {
                found(Kink::Doubled, after.span(), ".");
            }
            _ => {}
        }
    }
    out
}

/// Whether a mark may follow the token, closed up.
fn ends_words(token: &Token, text: &str) -> bool {
    matches!(token.kind, Kind::Word | Kind::Number | Kind::Possessive | Kind::Quote)
        || matches!(token.of(text), "%" | ")")
}

/// Whether what stands after a mark is no part of what the mark begins.
fn is_end(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '’' | ')'))
}

fn describe(paragraph: &Paragraph<'_>, found: &Found) -> Finding {
    let Found { kink, span, shown, said, right } = *found;
    let (message, title) = match kink {
        Kink::Wide => {
            let message = "More than one space stands between words here. Set text has one, after a full stop, too.";
            (message.to_owned(), "Leave one space")
        }
        Kink::Doubled => ("A mark stands here twice, as after a cut. Keep one.".to_owned(), "Keep one mark"),
        Kink::Before => {
            let mark = paragraph.text[span.end..].chars().next().unwrap_or(' ');
            (format!("A space stands before “{mark}”, as after a cut. Close it up."), "Close it up")
        }
    };
    let (place, shown) = (Place::here(span), Place::here(shown));
    let repair = if said { Repair::offer(title, place, right) } else { Repair::safe(title, place, right) };
    match kink {
        Kink::Wide => Finding::habit(shown, message, repair),
        _ => Finding::new(shown, message).mended_by(vec![repair]),
    }
}
