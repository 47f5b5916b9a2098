//! A word list: the house's terms as a table (CSV).

use rustc_hash::FxHashSet;

use super::read::sound;
use super::reader::mistake;
use super::sheet::{Field, Kind, table};
use crate::diagnostic::Diagnostic;
use crate::style::{Term, Terms};

/// What a word list is.
pub(super) const KIND: Kind =
    Kind { what: "word list", columns: &["wrong", "right", "why"], needed: &["wrong", "right"] };

/// Reads the text of a word list: all of it that can be used, and its mistakes, in order. A mistake never hides what is
/// right.
pub fn word_list(text: &str) -> (Terms, Vec<Diagnostic>) {
    let (rows, mut mistakes) = table(text, &KIND);
    let mut seen = FxHashSet::default();
    let mut terms = Vec::new();
    for row in rows {
        let (Some(wrong), Some(right)) = (row.one("wrong"), row.one("right")) else {
            let message = "A term needs what the house does not write, under “wrong”, and what it does, under “right”.";
            mistakes.push(mistake(row.span, message.into()));
            continue;
        };
        for part in wrong.parts() {
            if !seen.insert(part.to_owned()) {
                let message = format!("“{part}” is listed twice, and only the first counts. Leave one out.");
                mistakes.push(mistake(wrong.span, message));
                continue;
            }
            let why = row.one("why").map(Field::words);
            terms.push((Term { wrong: part.into(), right: right.words(), why }, right.span));
        }
    }
    let terms = sound(terms, &mut mistakes);
    mistakes.sort_by_key(|mistake| mistake.span);
    (terms, mistakes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_term_or_several() {
        let (terms, mistakes) =
            word_list("Wrong,right,why\r\ne-mail; E-Mail,email,one word\r\n\r\n\"web, site\",website,\r\n");
        assert_eq!(mistakes, []);
        let term = |wrong: &str, right: &str, why: Option<&str>| Term {
            wrong: wrong.into(),
            right: right.into(),
            why: why.map(Into::into),
        };
        let expected = [
            term("e-mail", "email", Some("one word")),
            term("E-Mail", "email", Some("one word")),
            term("web, site", "website", None),
        ];
        assert_eq!(terms, Terms::new(expected));
    }

    #[test]
    fn each_mistake_is_told_where_it_is() {
        for (text, under, words) in [
            (
                "wrong,rigth\ne-mail,email\n",
                "rigth",
                "No column of a word list is called “rigth”. Did you mean “right”?",
            ),
            ("wrong,reason\ne-mail,email\n", "reason", "There are wrong, right, why"),
            ("wrong,why\ne-mail,email\n", "wrong,why", "none is called “right”"),
            ("wrong,right\ne-mail,\n", "e-mail,", "needs what the house"),
            ("wrong,right\n,email\n", ",email", "needs what the house"),
            ("wrong,right\na,b,c\n", "c", "more fields"),
            ("wrong,right\na,\"b\nc,d\n", "\"b", "not closed"),
            ("wrong,right\na,b\nc; a,b\n", "c; a", "“a” is listed twice"),
            ("wrong,right\nold,old\n", "old", "Both wordings are the same"),
            ("wrong,right\nwar,civil war\n", "civil war", "has “war” in it"),
        ] {
            let found: Vec<_> =
                word_list(text).1.into_iter().map(|mistake| (mistake.span.of(text), mistake.message)).collect();
            assert!(found.iter().any(|(at, message)| *at == under && message.contains(words)), "{text}: {found:?}");
        }
        // The rest counts.
        let (terms, mistakes) = word_list("wrong,right\ne-mail,\n\nweb site,website\n");
        assert_eq!((mistakes.len(), terms == Terms::default()), (1, false));
    }

    #[test]
    fn any_text_can_be_read() {
        let text = "\u{feff}wrong,right\r\n\"a \"\"é\"\" b\",\"a,\nb\"\r\n\"open";
        for (cut, _) in text.char_indices() {
            for text in [&text[..cut], &text[cut..]] {
                for mistake in word_list(text).1 {
                    assert!(text.get(mistake.span.start..mistake.span.end).is_some(), "{text:?}: {mistake:?}");
                }
            }
        }
    }
}
