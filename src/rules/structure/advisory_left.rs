use memchr::memchr2_iter;

use crate::diagnostic::Severity;
use crate::format::{self, Role};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "structure/advisory-left",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::ALL,
    yields_to: &[],
    page: include_str!("../../../rules/structure/advisory-left.md"),
    detect: Detect::Paragraph(check),
};

/// What was left in.
#[derive(Clone, Copy)]
enum Left {
    /// A line or passage addressed to editors.
    Note,
    /// A mark of doubt: (?), (CQ).
    Query,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |(span, left): (Span, Left)| Finding::new(Place::here(span), describe(paragraph.words(span), left));
    detect(paragraph.text, paragraph.role).into_iter().map(finding).collect()
}

fn detect(text: &str, role: Role) -> Vec<(Span, Left)> {
    // In the middle of a story a line like a slug is a subhead.
    if format::is_advisory(text) || (role == Role::EditorsNote && format::is_slug(text)) {
        return vec![(Span::new(0, text.len()), Left::Note)];
    }
    let mut found = Vec::new();
    let mut done = 0;
    for open in memchr2_iter(b'(', b'[', text.as_bytes()) {
        let Some(span) = bracket(text, open) else { continue };
        // Brackets inside a note are part of it.
        if open < done {
            continue;
        }
        if let Some(left) = left(text, Span::new(span.start + 1, span.end - 1)) {
            done = span.end;
            found.push((span, left));
        }
    }
    found
}

/// Longer brackets, in bytes, are copy.
const LONGEST: usize = 300;

/// The bracket that opens at `open`, with those inside it.
fn bracket(text: &str, open: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let (opens, closes) = (bytes[open], if bytes[open] == b'[' { b']' } else { b')' });
    let mut depth = 0;
    for (at, byte) in bytes.iter().enumerate().skip(open).take(LONGEST) {
        depth += i32::from(*byte == opens) - i32::from(*byte == closes);
        if depth == 0 {
            return Some(Span::new(open, at + 1));
        }
    }
    None
}

/// What stands between brackets, if it is not for readers.
fn left(text: &str, inside: Span) -> Option<Left> {
    const NOTES: [&str; 11] = [
        "desk:",
        "ed:",
        "editor:",
        "editors:",
        "eds:",
        "eds ",
        "copy desk:",
        "note to copy",
        "note to desk",
        "note to editor",
        "note to eds",
    ];
    const ORDERS: [&str; 12] = [
        "add",
        "check",
        "clarify",
        "confirm",
        "cut",
        "double-check",
        "fact-check",
        "fix",
        "recast",
        "rewrite",
        "trim",
        "verify",
    ];
    let square = text.as_bytes()[inside.start - 1] == b'[';
    let words = inside.of(text).trim();
    match words.to_ascii_lowercase().as_str() {
        "?" | "??" | "sp?" | "cq?" | "check spelling" | "ck spelling" => return Some(Left::Query),
        // "Calvin Klein (CK)" is a name.
        "ck" if words == "ck" => return Some(Left::Query),
        // "Congressional Quarterly (CQ)" is a name.
        "cq" => return (square || !names_it(&text[..inside.start - 1])).then_some(Left::Query),
        "more" if words == "MORE" && text[inside.end + 1..].trim().is_empty() => return Some(Left::Note),
        _ => {}
    }
    let opens = |opening: &&str| words.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening));
    if NOTES.iter().any(opens) || (square && words.starts_with("NOTE:")) {
        return Some(Left::Note);
    }
    let order = square
        && ORDERS.iter().find(|order| opens(order)).is_some_and(|order| {
            words[order.len()..].chars().next().is_none_or(|c| matches!(c, ' ' | ':' | ',' | '!'))
        });
    order.then_some(Left::Note)
}

/// Whether the words before a bracket spell out its letters C and Q.
fn names_it(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    words.next().is_some_and(|word| word.starts_with('Q')) && words.next().is_some_and(|word| word.starts_with('C'))
}

fn describe(words: &str, left: Left) -> String {
    const SHOWN: usize = 40;
    let shown = match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_owned(),
    };
    match left {
        Left::Note => format!("“{shown}” speaks to editors, not to readers. Act on it, then cut it from the copy."),
        Left::Query => format!("“{shown}” is a query for the desk. Settle it, then cut the mark from the copy."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_copy() {
        let cases: [(&str, &[&str]); 16] = [
            ("Whitlocke (ck) and Ortegga (check spelling) spoke.", &["(ck)", "(check spelling)"]),
            ("Calvin Klein (CK) had it (check it twice).", &[]),
            ("It fell [EDITOR: check] on Friday.", &["[EDITOR: check]"]),
            ("It fell (Eds: as of 6 p.m. (ET)) on Friday.", &["(Eds: as of 6 p.m. (ET))"]),
            ("Whitlocke [cq] and Ortegga (sp?)", &["[cq]", "(sp?)"]),
            ("It rose [confirm] and fell [CUT?].", &["[confirm]"]),
            ("It rose four feet. (MORE)", &["(MORE)"]),
            ("Note to editors: photos follow.", &["Note to editors: photos follow."]),
            ("The center (MORE) helps addicts.", &[]),
            ("Congressional Quarterly (CQ) wrote it.", &[]),
            ("They [the crews] checked it (twice).", &[]),
            ("[Checkpoints] were shut, and [addresses] lost.", &[]),
            ("She is an editor (edits: 40).", &[]),
            ("[Editor's note: names were changed.]", &[]),
            ("FLOOD-LINDEN", &[]),
            ("[ (", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = detect(text, Role::Body).iter().map(|(span, _)| span.of(text)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
        assert_eq!(detect("FLOOD-LINDEN", Role::EditorsNote).len(), 1);
    }

    #[test]
    fn a_long_note_is_shown_in_part() {
        let message = describe("(Adds the sheriff's comment, details of the closure and background)", Left::Note);
        assert!(message.starts_with("“(Adds the sheriff's comment, details of…” speaks"), "{message}");
    }
}
