use std::borrow::Cow;

use crate::format::{Draft, OBJECT};
use crate::text::Span;

/// The prose that the file has at `span`, without markup; where it has none, the file's text.
pub(crate) fn said<'d>(draft: &'d Draft<'_>, text: &'d str, span: Span) -> Cow<'d, str> {
    match draft.prose_of(span) {
        Some((paragraph, prose)) => Cow::Borrowed(prose.of(&draft.paragraphs[paragraph].text)),
        None => Cow::Borrowed(span.of(text)),
    }
}

/// The words as they are compared: on one line, and without quotation marks, whose shape a desk may change. Where there is
/// nothing else, one straight mark.
pub(crate) fn bare(words: &str) -> String {
    let mut bare = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let kept = word.chars().filter(|c| !is_mark(*c));
        let before = bare.len();
        if before > 0 {
            bare.push(' ');
        }
        let start = bare.len();
        bare.extend(kept);
        if bare.len() == start {
            bare.truncate(before);
        }
    }
    if bare.is_empty() && !words.trim().is_empty() {
        bare.push('"');
    }
    bare
}

/// Quotation marks and apostrophes of every shape, and what stands for something that is not prose.
fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '´' | '«' | '»' | '‹' | '›' | '\u{2018}'..='\u{201F}' | '′' | '″' | OBJECT)
}

/// The words in quotation marks that `text` opens with, and what follows the closing mark.
pub(super) fn quoted(text: &str) -> Option<(&str, &str)> {
    if let Some(inner) = text.strip_prefix('"') {
        return inner.split_once('"');
    }
    let inner = text.strip_prefix('“')?;
    let mut depth = 1;
    for (at, c) in inner.char_indices() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&inner[..at], &inner[at + c.len_utf8()..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_whatever_the_shape_of_their_marks() {
        for (words, expected) in [
            ("“We  are\nfine,”", "We are fine,"),
            ("\"We are fine,\"", "We are fine,"),
            ("the mayor’s", "the mayors"),
            ("“", "\""),
            (" ", ""),
            ("— “ —", "— —"),
        ] {
            assert_eq!(bare(words), expected, "{words}");
        }
    }

    #[test]
    fn words_in_quotation_marks_are_read_to_the_mark_that_closes() {
        for (text, expected) in [
            ("\"e-mail\" — so", Some(("e-mail", " — so"))),
            ("“a “b” c”, d", Some(("a “b” c", ", d"))),
            ("“open", None),
            ("\"", None),
            ("so", None),
        ] {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }
}
