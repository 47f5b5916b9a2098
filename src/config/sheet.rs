//! Tables in files of their own (CSV): a roster, a word list.

use csv_core::ReadFieldResult;

use super::reader::mistake;
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::text::Span;

/// What a table is.
pub(super) struct Kind {
    /// What it is called: "roster".
    pub what: &'static str,
    /// What its columns are called.
    pub columns: &'static [&'static str],
    /// The columns without which it says nothing.
    pub needed: &'static [&'static str],
}

/// A field as it is written.
pub(super) struct Field {
    pub text: String,
    pub span: Span,
}

impl Field {
    /// Its words, with one blank between them.
    pub fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Its parts, which semicolons divide.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.text.split(';').map(str::trim).filter(|part| !part.is_empty())
    }
}

/// A line of a table as it is written: its fields, each with its column.
pub(super) struct Row {
    pub span: Span,
    pub fields: Vec<(&'static str, Field)>,
}

impl Row {
    /// The fields of that column that say something.
    pub fn all(&self, column: &str) -> impl Iterator<Item = &Field> {
        let fields = self.fields.iter().filter(move |(known, _)| *known == column);
        fields.map(|(_, field)| field).filter(|field| !field.text.trim().is_empty())
    }

    /// The first of them.
    pub fn one(&self, column: &str) -> Option<&Field> {
        self.all(column).next()
    }
}

/// The rows of a table whose first line names its columns, and its mistakes.
pub(super) fn table(text: &str, kind: &Kind) -> (Vec<Row>, Vec<Diagnostic>) {
    let mut mistakes = Vec::new();
    let mut lines = lines(text).into_iter();
    let Some(head) = lines.next() else { return (Vec::new(), mistakes) };
    let columns: Vec<Option<&str>> = head.iter().map(|field| column(field, kind, &mut mistakes)).collect();
    if let Some(missing) = kind.needed.iter().find(|needed| !columns.contains(&Some(needed))) {
        if mistakes.is_empty() {
            let span = head.iter().map(|field| field.span).reduce(Span::cover).unwrap_or_default();
            let message = "The first line names the columns, and none is called";
            mistakes.push(mistake(span, format!("{message} “{missing}”. Columns are divided by commas.")));
        }
        return (Vec::new(), mistakes);
    }
    let mut rows = Vec::new();
    for line in lines {
        let span = line.iter().map(|field| field.span).reduce(Span::cover).unwrap_or_default();
        if let Some(extra) = line.get(columns.len()) {
            let message = "There are more fields here than columns. One that has a comma in it needs quotation marks.";
            mistakes.push(mistake(extra.span, message.into()));
        }
        if let Some(open) = line.iter().find(|field| is_open(field.span.of(text))) {
            let message = "The quotation mark before this field is not closed. Close it before the next comma.";
            mistakes.push(mistake(open.span, message.into()));
        }
        let fields = columns.iter().zip(line).filter_map(|(column, field)| Some(((*column)?, field)));
        rows.push(Row { span, fields: fields.collect() });
    }
    (rows, mistakes)
}

/// What the columns of a table are for, in the order of its first line.
#[cfg(feature = "server")]
pub(super) fn columns(text: &str, kind: &Kind) -> Vec<Option<&'static str>> {
    let head = lines(text).into_iter().next().unwrap_or_default();
    head.iter().map(|field| column(field, kind, &mut Vec::new())).collect()
}

/// What the column is for that is headed by that field.
fn column(field: &Field, kind: &Kind, mistakes: &mut Vec<Diagnostic>) -> Option<&'static str> {
    let Kind { what, columns, .. } = kind;
    let name = field.text.trim().to_lowercase();
    let known = columns.iter().copied().find(|known| *known == name);
    if known.is_none() && !name.is_empty() {
        let hint = match nearest(&name, columns.iter().copied()) {
            Some(near) => format!("Did you mean “{near}”?"),
            None => format!("There are {}, divided by commas.", columns.join(", ")),
        };
        mistakes.push(mistake(field.span, format!("No column of a {what} is called “{}”. {hint}", field.text.trim())));
    }
    known
}

/// The fields of each line that is not blank. A quotation mark that is never closed ends with its line, so that nobody
/// after it is lost.
fn lines(text: &str) -> Vec<Vec<Field>> {
    let mut lines = Vec::new();
    let mut line: Vec<Field> = Vec::new();
    let mut reader = csv_core::Reader::new();
    // A field has no more bytes than the file.
    let mut buffer = vec![0; text.len()];
    let (mut start, mut at, mut filled) = (0, 0, 0);
    // Reading on after such a mark costs the rest of the file: it is done a few times, not for each line.
    let mut mended = 0;
    loop {
        let (result, read, written) = reader.read_field(&text.as_bytes()[at..], &mut buffer[filled..]);
        at += read;
        filled += written;
        let ends = match result {
            // What is left is given when the end is asked for again.
            ReadFieldResult::InputEmpty => continue,
            ReadFieldResult::Field { record_end } => record_end,
            ReadFieldResult::OutputFull | ReadFieldResult::End => break,
        };
        let span = written_span(text, Span::new(start, at), line.is_empty(), ends);
        let mut field = Field { text: String::from_utf8_lossy(&buffer[..filled]).into_owned(), span };
        let open = is_open(span.of(text));
        if open {
            let first = span.of(text).lines().next().unwrap_or("");
            field = Field { text: first[1..].to_owned(), span: Span::new(span.start, span.start + first.len()) };
            mended += 1;
            at = if mended > MOST_MENDED { text.len() } else { field.span.end };
            reader = csv_core::Reader::new();
        }
        line.push(field);
        if ends || open {
            lines.push(std::mem::take(&mut line));
        }
        (start, filled) = (at, 0);
    }
    lines.push(line);
    lines.retain(|line: &Vec<Field>| line.iter().any(|field| !field.text.trim().is_empty()));
    lines
}

/// Most quotation marks left open that are read past; a file with more is no table.
const MOST_MENDED: usize = 8;

/// The field in what was read for it: without the blank lines before it, if it opens its line, and the comma or the line
/// break after it.
fn written_span(text: &str, read: Span, opens: bool, ends: bool) -> Span {
    let all = read.of(text);
    let rest = if opens { all.trim_start_matches(['\u{feff}', '\r', '\n']) } else { all };
    let field = if ends { rest.trim_end_matches(['\r', '\n']) } else { rest.strip_suffix(',').unwrap_or(rest) };
    let start = read.end - rest.len();
    Span::new(start, start + field.len())
}

/// Whether a field begins with a quotation mark and has no other.
fn is_open(field: &str) -> bool {
    field.strip_prefix('"').is_some_and(|rest| !rest.replace("\"\"", "").contains('"'))
}
