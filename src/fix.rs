//! Ways to mend a draft, and applying them.

use std::collections::BTreeMap;

use crate::text::{self, Edit, Span};

/// Whether a fix may be applied unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Applicability {
    /// May be applied unseen, by `--fix` and on save.
    Safe,
    /// A person looks first.
    Unsafe,
    /// Only a person can tell whether it is so, and which one: who said something. Never applied but one by one, by hand.
    Choice,
}

impl Applicability {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe | Self::Choice => "unsafe",
        }
    }
}

/// A way to mend what a diagnostic reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a menu entry: "Write “Defense Secretary”".
    pub title: String,
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// The edits, in bytes of the file, that belong together.
    pub edits: Vec<Edit>,
}

/// How often [`until_settled`] looks again at what its fixes made. One round is the rule, two are common where fixes
/// stand side by side; more means that rules undo one another.
const ROUNDS: usize = 16;

/// The fix to apply without asking: the first safe one, else, if `also_unsafe`, the first, unless it is for a person to
/// choose.
pub fn choose(fixes: &[Fix], also_unsafe: bool) -> Option<&Fix> {
    let safe = fixes.iter().find(|fix| fix.applicability == Applicability::Safe);
    safe.or_else(|| fixes.first().filter(|fix| also_unsafe && fix.applicability != Applicability::Choice))
}

/// The text with the fixes applied, and how many were. Each fix is applied whole or not at all: one that touches a
/// fix before it, lies outside the text or would cut a character in two is left out.
pub fn apply<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let (edits, applied) = agree(text, fixes);
    let edits: Vec<Edit> = edits.into_iter().map(|(edit, _)| edit.clone()).collect();
    (text::apply(text, &edits), applied)
}

/// The edits of the fixes that can be applied together, each with its fix, and how many fixes these are.
fn agree<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (Vec<(&'f Edit, &'f Fix)>, usize) {
    // From the start of each span that is spoken for to its end.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut edits = Vec::new();
    let mut applied = 0;
    for fix in fixes {
        if fix.edits.is_empty() || !fix.edits.iter().all(|edit| fits(text, edit.span)) {
            continue;
        }
        let before = edits.len();
        for edit in &fix.edits {
            if taken.range(..=edit.span.end).next_back().is_some_and(|(_, end)| *end >= edit.span.start) {
                break;
            }
            taken.insert(edit.span.start, edit.span.end);
            edits.push((edit, fix));
        }
        if edits.len() - before == fix.edits.len() {
            applied += 1;
        } else {
            for (edit, _) in edits.drain(before..) {
                taken.remove(&edit.span.start);
            }
        }
    }
    (edits, applied)
}

/// The text with the fixes that `fixes` gives for it applied, and those that it gives for the outcome, until none is
/// left; and how many were applied. A fix that does not take its finding away is made once: what it has written is
/// not written there again.
pub fn until_settled(text: &str, mut fixes: impl FnMut(&str) -> Vec<Fix>) -> (String, usize) {
    let mut text = text.to_owned();
    let mut written = Vec::new();
    let mut applied = 0;
    for _ in 0..ROUNDS {
        let found = fixes(&text);
        let (mut edits, count) = agree(&text, found.iter().filter(|fix| !repeats(fix, &written)));
        let made: Vec<Edit> = edits.iter().map(|(edit, _)| (*edit).clone()).collect();
        let mended = text::apply(&text, &made);
        if count == 0 || mended == text {
            break;
        }
        edits.sort_by_key(|(edit, _)| edit.span);
        written = carry(written, &edits);
        text = mended;
        applied += count;
    }
    (text, applied)
}

/// What a fix has written, and where it stands by now.
struct Written {
    span: Span,
    title: String,
    text: String,
}

/// Whether the fix would write over or beside what it has written the same words once more. `written` is in order,
/// and nothing of it overlaps.
fn repeats(fix: &Fix, written: &[Written]) -> bool {
    fix.edits.iter().any(|edit| {
        let first = written.partition_point(|written| written.span.end < edit.span.start);
        let mut near = written[first..].iter().take_while(|written| written.span.start <= edit.span.end);
        near.any(|written| (&written.title, &written.text) == (&fix.title, &edit.text))
    })
}

/// What was written, moved to where it stands after the edits, which are in order, and what these write; without what
/// they write over.
fn carry(written: Vec<Written>, edits: &[(&Edit, &Fix)]) -> Vec<Written> {
    let mut carried = Vec::with_capacity(written.len() + edits.len());
    let mut earlier = written.into_iter().peekable();
    let (mut added, mut removed) = (0, 0);
    for (edit, fix) in edits {
        let moved = |span: Span| Span::new(span.start + added - removed, span.end + added - removed);
        while let Some(kept) = earlier.next_if(|written| written.span.end <= edit.span.start) {
            carried.push(Written { span: moved(kept.span), ..kept });
        }
        while earlier.next_if(|written| written.span.start < edit.span.end).is_some() {}
        if !edit.text.is_empty() {
            let start = edit.span.start + added - removed;
            let span = Span::new(start, start + edit.text.len());
            carried.push(Written { span, title: fix.title.clone(), text: edit.text.clone() });
        }
        added += edit.text.len();
        removed += edit.span.len();
    }
    let moved = |span: Span| Span::new(span.start + added - removed, span.end + added - removed);
    carried.extend(earlier.map(|kept| Written { span: moved(kept.span), ..kept }));
    carried
}

fn fits(text: &str, span: Span) -> bool {
    text.get(span.start..span.end).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edits = edits.iter().map(|(start, end, text)| Edit::replace(Span::new(*start, *end), *text)).collect();
        Fix { title: String::new(), applicability: Applicability::Safe, edits }
    }

    #[test]
    fn applies_each_fix_whole_or_not_at_all() {
        let cases: &[(&str, &[Fix], &str, usize)] = &[
            ("one two", &[fix(&[(0, 3, "1")]), fix(&[(4, 7, "2")])], "1 2", 2),
            // The second fix's first edit overlaps, so its other edit is not made either.
            ("one two", &[fix(&[(0, 3, "1")]), fix(&[(4, 7, "2"), (1, 2, "x")])], "1 two", 1),
            // Having failed, it stands in nobody's way.
            ("one two", &[fix(&[(0, 3, "1")]), fix(&[(4, 7, "2"), (1, 2, "x")]), fix(&[(4, 7, "3")])], "1 3", 2),
            // Two insertions at one place: the first.
            ("ab", &[fix(&[(1, 1, "x")]), fix(&[(1, 1, "y")])], "axb", 1),
            // Side by side: one now, the other in the next round.
            ("abcd", &[fix(&[(0, 2, "x")]), fix(&[(2, 4, "y")])], "xcd", 1),
            ("é", &[fix(&[(1, 2, "e")])], "é", 0),
            ("a", &[fix(&[(1, 9, "e")])], "a", 0),
            ("a", &[fix(&[])], "a", 0),
        ];
        for (text, fixes, expected, count) in cases {
            assert_eq!(apply(text, *fixes), (String::from(*expected), *count), "{text}: {fixes:?}");
        }
    }

    #[test]
    fn settles_in_rounds_and_gives_up_on_rules_that_undo_one_another() {
        let first_b = |text: &str| text.find('b').map(|at| fix(&[(at, at + 1, "a")])).into_iter().collect();
        assert_eq!(until_settled("bab", first_b), ("aaa".into(), 2));
        let flip = |text: &str| vec![fix(&[(0, 1, if text == "a" { "b" } else { "a" })])];
        assert_eq!(until_settled("a", flip).1, ROUNDS);
    }

    #[test]
    fn a_fix_that_does_not_take_its_finding_away_is_made_once() {
        // An attribution asked for at every stop, whatever stands before it.
        let attribute = |text: &str| {
            let stops = text.match_indices('.').map(|(at, _)| fix(&[(at, at, ", Lee said")]));
            stops.collect::<Vec<_>>()
        };
        assert_eq!(until_settled("It is. It was.", attribute), ("It is, Lee said. It was, Lee said.".into(), 2));
        // What is written at the start is asked for at the start.
        let mark = |text: &str| {
            let first = text.find("it").map(|at| fix(&[(at, at, "not ")]));
            first.into_iter().chain([fix(&[(0, 0, "So ")])]).collect::<Vec<_>>()
        };
        assert_eq!(until_settled("- it", mark), ("So - not it".into(), 2));
        // One that replaces its own words by longer ones.
        let longer = |text: &str| text.find("war").map(|at| fix(&[(at, at + 3, "civil war")])).into_iter().collect();
        assert_eq!(until_settled("a war", longer), ("a civil war".into(), 1));
    }

    #[test]
    fn chooses_a_safe_fix_before_an_offer() {
        let safe = fix(&[(0, 1, "x")]);
        let offer = Fix { applicability: Applicability::Unsafe, ..fix(&[(0, 1, "y")]) };
        assert_eq!(choose(&[offer.clone(), safe.clone()], true), Some(&safe));
        assert_eq!(choose(std::slice::from_ref(&offer), true), Some(&offer));
        assert_eq!(choose(std::slice::from_ref(&offer), false), None);
        let choice = Fix { applicability: Applicability::Choice, ..offer };
        assert_eq!(choose(&[choice], true), None);
    }
}
