//! What follows a name between commas: ", 54, a Japanese military analyst,".

use super::reader::Reader;
use super::{Held, Own};
use crate::lexicon::Class;
use crate::prose::{Case, Kind};
use crate::text::Span;

/// What stands after a name and tells who it is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Appositive {
    /// Whether an age shows that the name is a person's.
    pub age: bool,
    /// The description: "a Japanese military analyst".
    pub title: Option<Span>,
    /// The office in it.
    pub office: Option<Held>,
    /// The house's own office in it.
    pub own: Option<Own>,
}

/// Most tokens in a description.
const LONGEST: usize = 24;
/// Most tokens in one that ends its sentence.
const SHORT: usize = 12;
/// How far into the description its noun may stand.
const HEAD: usize = 9;

impl Reader<'_> {
    /// Reads on from `end`, one past the last token of a name.
    pub(super) fn appositive(&self, end: usize) -> Appositive {
        if self.word(end) != "," {
            return Appositive::default();
        }
        let mut from = end + 1;
        let age = self.kind(from) == Some(Kind::Number)
            && self.word(from).len() <= 3
            && matches!(self.word(from + 1), "," | ".")
            && self.word(from).bytes().all(|byte| byte.is_ascii_digit());
        if age {
            if self.word(from + 1) != "," {
                return Appositive { age, ..Appositive::default() };
            }
            from += 2;
        }
        let Some((head, stop)) = self.description(from) else { return Appositive { age, ..Appositive::default() } };
        let span = Span::new(self.start(from), self.end(stop - 1));
        Appositive { age, title: Some(span), office: self.office_in(from, head, stop), own: self.own_in(from, head) }
    }

    /// The index of the noun for a role in the description that starts at `from`, and one past its last token.
    fn description(&self, from: usize) -> Option<(usize, usize)> {
        if !self.opens_description(from) {
            return None;
        }
        let mut head = None;
        let mut at = from;
        while at < from + LONGEST {
            let Some(token) = self.tokens.get(at) else {
                return head.filter(|_| at <= from + SHORT).map(|head| (head, at));
            };
            match token.kind {
                // What runs on to the full stop is more often a clause than a description.
                Kind::Mark if self.word(at) == "." && at > from + SHORT => return None,
                Kind::Mark if matches!(self.word(at), "," | ";" | "." | ":" | ")" | "—" | "–" | "--" | "-") => {
                    return head.map(|head| (head, at));
                }
                Kind::Word | Kind::Possessive | Kind::Number => {}
                _ => return None,
            }
            if matches!(self.word(at), "who" | "which" | "whose" | "that") {
                return head.map(|head| (head, at));
            }
            // A verb shows that a clause goes on here: "Doe, the mayor said, was late."
            if token.class.any(Class::AUXILIARY.with(Class::MODAL)) || matches!(self.word(at), "said" | "says" | "told")
            {
                return None;
            }
            let role = token.class.any(Class::ROLE.with(Class::TITLE));
            let follows = self.kind(at + 1) == Some(Kind::Possessive);
            if role && !follows && head.is_none() && at < from + HEAD {
                head = Some(at);
            }
            // "Doe, Sen. Jane Roe and others": the next one in a list, not a description.
            if role && token.case == Case::Title && self.capital(at + 1) && head == Some(at) {
                return None;
            }
            at += 1;
        }
        None
    }

    fn opens_description(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let word = self.word(at);
        token.kind == Kind::Word
            && (matches!(word, "a" | "an" | "the" | "his" | "her" | "their" | "its" | "one")
                || token.class.any(Class::ROLE.with(Class::TITLE).with(Class::OFFICE))
                || matches!(token.case, Case::Title | Case::Upper)
                || crate::lexicon::tenure(word).is_some())
    }

    /// The office of the house's own that the description ends its words for a role with.
    fn own_in(&self, from: usize, head: usize) -> Option<Own> {
        let title = (from..=head).filter_map(|at| self.title(at)).find(|title| title.own.is_some())?;
        self.own(title, from).filter(|_| title.end > head)
    }

    /// The office that the description gives as the person's own.
    fn office_in(&self, from: usize, head: usize, stop: usize) -> Option<Held> {
        let title = (from..=head).filter_map(|at| self.title(at)).find(|title| !title.ways.is_empty())?;
        if title.end > stop || (title.end <= head) {
            return None;
        }
        // "A critic of the president" is none.
        if self.tokens[from..title.start].iter().any(|token| token.class.any(Class::PREPOSITION)) {
            return None;
        }
        // "the president's lawyer", "the governor nominee" is something else.
        let next = self.tokens.get(title.end).filter(|_| title.end < stop);
        let own = next.is_none_or(|next| {
            next.kind == Kind::Word
                && matches!(self.word(title.end), "of" | "for" | "to" | "at" | "in" | "from" | "and" | "since")
        });
        let held = self.held(super::title::Title { end: title.end, ..title }, from);
        if own { held } else { None }
    }
}
