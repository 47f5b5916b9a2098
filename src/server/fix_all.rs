//! All safe fixes of a document, as the command line's `--fix` makes them.

use std::sync::Arc;

use similar::{Algorithm, ChangeTag, utils};

use super::analysis::{self, Missing, Report};
use super::session::Session;
use crate::fix;
use crate::text::{Edit, Span};

/// The edits that make all safe fixes of the text that was reported on.
///
/// # Errors
///
/// [`Missing::Stale`] if the document has changed by then, [`Missing::Failed`] if a check fails.
pub(super) async fn edits(session: &Arc<Session>, report: &Arc<Report>) -> Result<Vec<Edit>, Missing> {
    let snapshot = session.snapshot(&report.uri).ok_or(Missing::Unopened)?;
    let desk = Arc::clone(&snapshot.desk).lock_owned().await;
    if snapshot.generation != report.generation || snapshot.stale() {
        return Err(Missing::Stale);
    }
    let (session, report) = (Arc::clone(session), Arc::clone(report));
    analysis::aside(desk, move |desk| {
        let before = report.document.text();
        let (after, _) = fix::until_settled(&before, |text| {
            let found = analysis::find(desk, &session, &snapshot, text).unwrap_or_default().new;
            found.iter().filter_map(|found| fix::choose(&found.fixes, false)).cloned().collect()
        });
        if snapshot.stale() { Err(Missing::Stale) } else { Ok(difference(&before, &after)) }
    })
    .await?
}

/// Edits that make `after` of `before`, word by word, so that an editor keeps its cursors and folds.
pub(super) fn difference(before: &str, after: &str) -> Vec<Edit> {
    // Lines first: they are few, and nearly all of them are as they were.
    let lines = changed(utils::diff_lines(Algorithm::Myers, before, after));
    let words = lines.into_iter().flat_map(|line| {
        let words = changed(utils::diff_words(Algorithm::Myers, line.span.of(before), &line.text));
        words.into_iter().map(move |word| Edit { span: word.span.shifted(line.span.start), text: word.text })
    });
    let mut edits: Vec<Edit> = words.collect();
    if let Some(last) = edits.last_mut() {
        keep_end(last, before);
    }
    edits
}

/// A line that is added at the end is added before the last line break: of one behind it Neovim makes two.
fn keep_end(edit: &mut Edit, text: &str) {
    let line_break = if text.ends_with("\r\n") { "\r\n" } else { "\n" };
    let added = edit.text.strip_suffix(line_break).filter(|_| edit.span == Span::new(text.len(), text.len()));
    if let (Some(added), Some(kept)) = (added, text.strip_suffix(line_break)) {
        *edit = Edit::replace(Span::new(kept.len(), kept.len()), format!("{line_break}{added}"));
    }
}

/// The pieces that differ, each as one replacement.
fn changed(pieces: Vec<(ChangeTag, &str)>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut at = 0;
    for (tag, piece) in pieces {
        let (gone, new) = match tag {
            ChangeTag::Equal => {
                at += piece.len();
                continue;
            }
            ChangeTag::Delete => (piece.len(), ""),
            ChangeTag::Insert => (0, piece),
        };
        match edits.last_mut().filter(|last| last.span.end == at) {
            Some(last) => {
                last.span.end += gone;
                last.text.push_str(new);
            }
            None => edits.push(Edit::replace(Span::new(at, at + gone), new)),
        }
        at += gone;
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn the_difference_makes_the_one_of_the_other() {
        let cases = [
            ("", ""),
            ("", "a\n"),
            ("a\nb\n", ""),
            ("one two three\nfour\r\n“five” 😀 six\n", "one 2 three\nfour\r\n“five” 😃 six\nseven"),
            ("a b c d", "b c d a"),
            ("a\r\n", "a\r\nb\r\n"),
            ("a", "ab\n"),
        ];
        for (before, after) in cases {
            assert_eq!(text::apply(before, &difference(before, after)), after);
        }
        let edits = difference("kept\nWar Secretary Pat Doe said.\n", "kept\nDefense Secretary Pat Doe said.\n");
        assert_eq!(edits, [Edit::replace(Span::new(5, 8), "Defense")]);
        assert_eq!(difference("a\n", "a\nb\n"), [Edit::replace(Span::new(1, 1), "\nb")]);
    }
}
