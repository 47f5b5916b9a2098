//! Walking a file in TOML: what can be used is taken, and each mistake is noted where it is.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Doubtful, keys};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fix::{Applicability, Fix};
use crate::nearest::nearest;
use crate::text::{Edit, Span};

pub(super) type Key<'t> = Spanned<Cow<'t, str>>;
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// Parses TOML, and gives what `with` makes of it and the mistakes in it, in order.
pub(super) fn read_with<'t, T>(
    text: &'t str,
    with: impl FnOnce(&mut Reader<'t>, &DeTable<'t>) -> T,
) -> (T, Vec<Diagnostic>) {
    let (made, mistakes, _) = read_all(text, with);
    (made, mistakes)
}

pub(super) fn read_all<'t, T>(
    text: &'t str,
    with: impl FnOnce(&mut Reader<'t>, &DeTable<'t>) -> T,
) -> (T, Vec<Diagnostic>, Vec<Doubtful>) {
    let (table, broken) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, mistakes: Vec::new(), doubtful: Vec::new() };
    let made = with(&mut reader, table.get_ref());
    // Where the TOML is broken, what was made of it is guesswork: one mistake a line is enough.
    let mut lines = FxHashSet::default();
    let mut mistakes = Vec::new();
    for error in broken {
        let span = error.span().map_or(Span::default(), Span::from);
        let line = line_at(text, span.start);
        if lines.insert(line) {
            mistakes.push(mistake(span, format!("This is not TOML: {}.", error.message())));
        }
    }
    reader.mistakes.retain(|mistake| !lines.contains(&line_at(text, mistake.span.start)));
    reader.doubtful.retain(|doubtful| !lines.contains(&line_at(text, doubtful.span.start)));
    mistakes.append(&mut reader.mistakes);
    mistakes.sort_by_key(|mistake| mistake.span);
    (made, mistakes, reader.doubtful)
}

/// Where the line begins that the byte at `offset` is on.
fn line_at(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}

pub(super) fn mistake(span: Span, message: String) -> Diagnostic {
    Diagnostic {
        rule: "config/mistake",
        severity: Severity::Error,
        message,
        span,
        related: Vec::new(),
        fixes: Vec::new(),
    }
}

/// That there is nothing of that name, with the one that it was most likely meant to be, if there is one.
pub(super) fn wrong(text: &str, span: Span, name: &str, what: &str, near: Option<&str>, among: &str) -> Diagnostic {
    let Some(near) = near else {
        return mistake(span, format!("No {what} is called “{name}”. {among}"));
    };
    let mistake = mistake(span, format!("No {what} is called “{name}”. Did you mean “{near}”?"));
    Diagnostic { fixes: vec![write(text, span, near)], ..mistake }
}

/// Writes another name or path at a place of the text.
pub(super) fn write(text: &str, span: Span, name: &str) -> Fix {
    let bare = !span.of(text).starts_with(['"', '\'']) && !name.contains('/');
    let written = if bare { name.to_string() } else { format!("\"{name}\"") };
    Fix {
        title: format!("Write “{name}”"),
        applicability: Applicability::Unsafe,
        edits: vec![Edit::replace(span, written)],
    }
}

/// Walks the table, takes what it can use and notes what it can't.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) mistakes: Vec<Diagnostic>,
    pub(super) doubtful: Vec<Doubtful>,
}

impl<'t> Reader<'t> {
    pub(super) fn list(&mut self, value: &Value<'t>, expected: &str) -> Vec<String> {
        let DeValue::Array(items) = value.get_ref() else {
            self.note(value, format!("This must be {expected}."));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.string(item, expected)).map(Into::into).collect()
    }

    /// The settings in a table by their names. What is not among `keys` is noted, so that nothing is read that they don't
    /// name.
    pub(super) fn known<'v, const N: usize>(
        &mut self,
        table: impl IntoIterator<Item = (&'v Key<'t>, &'v Value<'t>)>,
        what: &str,
        keys: &'static [keys::Key; N],
    ) -> Vec<(&'static str, &'v Value<'t>)>
    where
        't: 'v,
    {
        let known = |(key, value): (&'v Key<'t>, &'v Value<'t>)| {
            let known = keys.iter().find(|known| known.name == &**key.get_ref());
            if known.is_none() {
                self.unknown(key, what, &keys::names(keys));
            }
            Some((known?.name, value))
        };
        table.into_iter().filter_map(known).collect()
    }

    /// The same of a value that must be a table.
    pub(super) fn settings<'v, const N: usize>(
        &mut self,
        value: &'v Value<'t>,
        expected: &str,
        what: &str,
        keys: &'static [keys::Key; N],
    ) -> Vec<(&'static str, &'v Value<'t>)> {
        let table = self.table(value, expected);
        self.known(table, what, keys)
    }

    /// The entries of a table; none, and a mistake, if it is something else.
    pub(super) fn table<'v>(
        &mut self,
        value: &'v Value<'t>,
        expected: &str,
    ) -> impl Iterator<Item = (&'v Key<'t>, &'v Value<'t>)> + use<'v, 't> {
        let table = match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => {
                self.note(value, format!("This must be {expected}."));
                None
            }
        };
        table.into_iter().flatten()
    }

    pub(super) fn string<'v>(&mut self, value: &'v Value<'t>, expected: &str) -> Option<&'v str> {
        match value.get_ref() {
            DeValue::String(string) => Some(string),
            _ => {
                self.note(value, format!("This must be {expected}."));
                None
            }
        }
    }

    pub(super) fn note(&mut self, value: &Value<'t>, message: String) {
        self.mistakes.push(mistake(value.span().into(), message));
    }

    pub(super) fn unknown(&mut self, key: &Key<'t>, what: &str, names: &[&'static str]) {
        let among = format!("There are {}.", names.join(", "));
        let near = nearest(key.get_ref(), names.iter().copied());
        self.wrong(key.span(), key.get_ref(), what, near, &among);
    }

    /// Notes that there is nothing of that name, and offers the one that it was most likely meant to be.
    pub(super) fn wrong(
        &mut self,
        span: std::ops::Range<usize>,
        name: &str,
        what: &str,
        near: Option<&str>,
        among: &str,
    ) {
        self.mistakes.push(wrong(self.text, span.into(), name, what, near, among));
    }
}
