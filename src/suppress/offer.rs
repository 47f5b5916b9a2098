use super::{Ignore, bare, read, said};
use crate::diagnostic::Diagnostic;
use crate::format::{self, Draft, Format};
use crate::text::{self, Edit, Span, one_line};

/// What a comment is to silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// This one match.
    Match,
    /// The rule in this paragraph.
    Paragraph,
    /// The rule in the whole file.
    File,
}

/// Words that are longer are left out: a comment is to be read.
const LONGEST: usize = 60;

/// The edit that writes a comment which silences `found`, with a dash that the reason is to follow; `None` where no
/// comment can stand without changing the copy, as in plain text. Reads the draft a few times.
pub fn offer(text: &str, format: Format, found: &Diagnostic, what: Offer) -> Option<Edit> {
    if format == Format::Plain {
        return None;
    }
    let draft = format::read(text, format);
    let (index, _) = draft.prose_at(found.span.start)?;
    let paragraph = draft.paragraphs[index].span;
    let comment = |order: &str, words: &str| format!("<!-- copydesk {order}: {}{words} — -->", found.rule);
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let above = |comment: String| {
        move |at: usize, before: &str| Edit::replace(Span::new(at, at), format!("{before}{comment}{line_end}"))
    };
    let mut edits = Vec::new();
    match what {
        Offer::File => {
            let line = above(comment("ignore-file", "") + line_end);
            // The title may stand in the front matter, where there are no comments.
            let first = draft.paragraphs.iter().take(2);
            edits.extend(first.map(|paragraph| line(line_start(text, paragraph.span.start), "")));
        }
        Offer::Paragraph => edits.extend(lines_above(text, paragraph, above(comment("ignore", "")))),
        Offer::Match => {
            let words = said(&draft, text, found.span);
            // A dash of two hyphens would end the comment, or the name.
            if words.len() > LONGEST || words.contains("--") || words.contains('>') {
                return None;
            }
            let words = match words.contains(['“', '”']) {
                true if words.contains('"') => return None,
                true => format!(" \"{}\"", one_line(&words)),
                false => format!(" “{}”", one_line(&words)),
            };
            let at = found.span.start;
            edits.push(Edit::replace(Span::new(at, at), comment("ignore", &words)));
            // Above the paragraph it would be for the first match there.
            if first_in(&draft, text, found) {
                edits.extend(lines_above(text, paragraph, above(comment("ignore", &words))));
            }
        }
    }
    edits.into_iter().find(|edit| stands(&draft, text, format, edit, found))
}

/// Whether the paragraph has the words of `found` nowhere before it.
fn first_in(draft: &Draft<'_>, text: &str, found: &Diagnostic) -> bool {
    draft.prose_of(found.span).is_some_and(|(index, prose)| {
        let before = bare(Span::new(0, prose.start).of(&draft.paragraphs[index].text));
        !before.contains(&bare(&said(draft, text, found.span)))
    })
}

/// The places for a line above a paragraph: in the block quote that it stands in, and, where it is an item of a list, in the
/// item before it, so that the list stays one.
fn lines_above(text: &str, paragraph: Span, line: impl Fn(usize, &str) -> Edit) -> [Edit; 2] {
    let start = line_start(text, paragraph.start);
    let opening = Span::new(start, paragraph.start).of(text);
    let quote = &opening[..opening.len() - opening.trim_start_matches([' ', '\t', '>']).len()];
    // As wide as the item's mark, which ends with a space.
    let indent = " ".repeat(opening[quote.len()..].find(' ').map_or(0, |at| at + 1));
    [line(start, &format!("{quote}{indent}")), line(start, quote)]
}

fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    if start == 0 && text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { start }
}

/// Whether the edit leaves the copy as it is, and writes a comment that reaches `found`.
fn stands(before: &Draft<'_>, text: &str, format: Format, edit: &Edit, found: &Diagnostic) -> bool {
    let after = text::apply(text, std::slice::from_ref(edit));
    let now = format::read(&after, format);
    let same = now.comments.len() == before.comments.len() + 1
        && now.paragraphs.len() == before.paragraphs.len()
        && now.paragraphs.iter().zip(&before.paragraphs).all(|(a, b)| (a.role, &a.text) == (b.role, &b.text));
    let at = found.span.start + edit.text.len();
    let holds = |ignore: &Ignore<'_>| {
        Span::new(edit.span.start, edit.span.start + edit.text.len()).contains(ignore.comment) && ignore.scope.holds(at)
    };
    same && read(&now, &after).iter().any(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    /// The text with the comments that are offered at its last “e-mail”: for the match, the paragraph, the file.
    fn offered(text: &str) -> [Option<String>; 3] {
        let at = text.rfind("e-mail").unwrap();
        let found = Diagnostic {
            rule: "usage/term",
            severity: Severity::Warning,
            message: String::new(),
            span: Span::new(at, at + 6),
            related: Vec::new(),
            fixes: Vec::new(),
        };
        [Offer::Match, Offer::Paragraph, Offer::File].map(|what| {
            let edit = offer(text, Format::Markdown, &found, what)?;
            Some(text::apply(text, &[edit]))
        })
    }

    #[test]
    fn a_comment_is_offered_where_it_changes_no_copy() {
        const ONE: &str = "<!-- copydesk ignore: usage/term “e-mail” — -->";
        const ALL: &str = "<!-- copydesk ignore: usage/term — -->";
        const FILE: &str = "<!-- copydesk ignore-file: usage/term — -->";
        for (text, one, paragraph, file) in [
            ("An e-mail.\n", "An ONEe-mail.\n", "ALL\nAn e-mail.\n", "FILE\n\nAn e-mail.\n"),
            (
                "\u{FEFF}e-mail.\r\n",
                "\u{FEFF}ONE\r\ne-mail.\r\n",
                "\u{FEFF}ALL\r\ne-mail.\r\n",
                "\u{FEFF}FILE\r\n\r\ne-mail.\r\n",
            ),
            (
                "---\ntitle: A\n---\n# B\n\n- c\n- *e-mail* d\n",
                "---\ntitle: A\n---\n# B\n\n- c\n- *ONEe-mail* d\n",
                "---\ntitle: A\n---\n# B\n\n- c\n  ALL\n- *e-mail* d\n",
                "---\ntitle: A\n---\nFILE\n\n# B\n\n- c\n- *e-mail* d\n",
            ),
            ("> A\n> e-mail b\n", "> ONE\n> A\n> e-mail b\n", "> ALL\n> A\n> e-mail b\n", "FILE\n\n> A\n> e-mail b\n"),
            ("A [b e-mail](c).\n", "A [b ONEe-mail](c).\n", "ALL\nA [b e-mail](c).\n", "FILE\n\nA [b e-mail](c).\n"),
        ] {
            let expected = [one, paragraph, file]
                .map(|text| Some(text.replace("ONE", ONE).replace("ALL", ALL).replace("FILE", FILE)));
            assert_eq!(offered(text), expected, "{text}");
        }
    }

    #[test]
    fn none_is_offered_that_would_silence_another_match_or_stand_in_no_comment() {
        // No comment can begin a line within a paragraph, and one above would be for the first match.
        assert_eq!(offered("An e-mail\ne-mail b\n")[0], None);
        assert_eq!(offered("---\ntitle: An e-mail\n---\n")[1], None);
    }
}
