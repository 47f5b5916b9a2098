//! HTML inside Markdown: what of a block is text.

use memchr::memchr;

use crate::text::Span;

/// A piece of a block of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A comment, marks included.
    Comment(Span),
    /// Where one paragraph ends and another may begin.
    Break,
    /// Text, and whether it stands in a caption.
    Text(Span, bool),
}

/// Elements that stand inside a line of text.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "i", "img", "ins", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u",
];
/// Elements whose content is not prose.
const NO_PROSE: [&str; 10] = ["code", "iframe", "kbd", "math", "pre", "samp", "script", "style", "svg", "table"];

/// The pieces of a block of HTML.
pub(super) fn pieces(block: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut at, mut caption) = (0, false);
    // The element without prose that is open, with the elements of its name inside it.
    let mut skipped: Option<(&str, usize)> = None;
    while at < block.len() {
        let rest = &block[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let Some(end) = comment.find("-->") else { break };
            let end = at + "<!--".len() + end + "-->".len();
            pieces.push(Piece::Comment(Span::new(at, end)));
            at = end;
            continue;
        }
        if !is_tag(rest) {
            let end = memchr(b'<', &rest.as_bytes()[1..]).map_or(block.len(), |end| at + 1 + end);
            if skipped.is_none() && !block[at..end].trim().is_empty() {
                let lead = block[at..end].len() - block[at..end].trim_start_matches(['\n', '\r']).len();
                pieces.push(Piece::Text(Span::new(at + lead, end), caption));
            }
            at = end;
            continue;
        }
        let end = memchr(b'>', rest.as_bytes()).map_or(block.len(), |end| at + end + 1);
        let (tag, closes) = (name(&block[at..end]), rest.starts_with("</"));
        at = end;
        skipped = match skipped {
            None if !closes => NO_PROSE.iter().find(|known| known.eq_ignore_ascii_case(tag)).map(|_| (tag, 1)),
            Some((open, depth)) if open.eq_ignore_ascii_case(tag) => match (closes, depth) {
                (true, 1) => None,
                (true, _) => Some((open, depth - 1)),
                (false, _) => Some((open, depth + 1)),
            },
            other => other,
        };
        if tag.eq_ignore_ascii_case("figcaption") {
            caption = !closes;
        }
        if !INLINE.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            pieces.push(Piece::Break);
        }
    }
    pieces
}

/// The name of the element that a tag opens or closes.
pub(super) fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches(['<', '/']);
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(tag.len());
    &tag[..end]
}

fn is_tag(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    rest.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?'))
}
