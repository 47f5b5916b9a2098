//! The roster: the people whom a house writes about, as a table (CSV) or in TOML.

use std::path::Path;

use csv_core::ReadFieldResult;
use jiff::civil::Date;
use toml::de::DeValue;

use super::read::{Reader, mistake, read_with};
use crate::diagnostic::Diagnostic;
use crate::lexicon;
use crate::nearest::nearest;
use crate::style::Entry;
use crate::text::Span;

/// What an entry of a roster can say.
const FIELDS: [&str; 6] = ["name", "title", "from", "to", "spelling", "not"];

/// How a roster is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// A table, its columns divided by commas.
    Csv,
    /// Tables under `[[people]]`.
    Toml,
}

impl Sheet {
    /// How the file of that name is written, which its ending says.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        [("csv", Self::Csv), ("toml", Self::Toml)]
            .into_iter()
            .find_map(|(known, sheet)| ending.eq_ignore_ascii_case(known).then_some(sheet))
    }
}

/// Reads the text of a roster: all of it that can be used, and its mistakes, in order. A mistake never hides what is
/// right.
pub fn roster(text: &str, sheet: Sheet) -> (Vec<Entry>, Vec<Diagnostic>) {
    let (rows, mut mistakes) = match sheet {
        Sheet::Csv => table(text),
        Sheet::Toml => read_with(text, |reader, table| {
            let mut rows = Vec::new();
            for (key, value) in table {
                match (&**key.get_ref(), value.get_ref()) {
                    ("people", DeValue::Array(people)) => {
                        rows = people.iter().map(|person| row(reader, person)).collect();
                    }
                    ("people", _) => {
                        reader.note(value, "Each person is a table of their own, under [[people]].".into())
                    }
                    _ => reader.unknown(key, "setting of a roster", &["people"]),
                }
            }
            rows
        }),
    };
    let entries: Vec<Entry> = rows.into_iter().filter_map(|row| row.entry(&mut mistakes)).collect();
    mistakes.sort_by_key(|mistake| mistake.span);
    (entries, mistakes)
}

/// A field as it is written.
struct Field {
    text: String,
    span: Span,
}

/// An entry as it is written: its fields by their index in [`FIELDS`].
struct Row {
    span: Span,
    fields: Vec<(usize, Field)>,
}

impl Row {
    /// The fields of that name that say something.
    fn all(&self, name: &str) -> impl Iterator<Item = &Field> {
        let fields = self.fields.iter().filter(move |(index, _)| FIELDS[*index] == name);
        fields.map(|(_, field)| field).filter(|field| !field.text.trim().is_empty())
    }

    fn one(&self, name: &str) -> Option<&Field> {
        self.all(name).next()
    }

    /// What the entry says; none without a name.
    fn entry(&self, mistakes: &mut Vec<Diagnostic>) -> Option<Entry> {
        let words = |field: &Field| field.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(name) = self.one("name") else {
            mistakes.push(mistake(self.span, "An entry of the roster needs a name.".into()));
            return None;
        };
        let mut day = |name| {
            let field = self.one(name)?;
            let day: Option<Date> = field.text.trim().parse().ok();
            if day.is_none() {
                let written = field.text.trim();
                let help = "Write the year, month and day, as in 2025-12-11.";
                mistakes.push(mistake(field.span, format!("“{written}” is no date. {help}")));
            }
            day
        };
        let (from, to) = (day("from"), day("to"));
        if let Some(field) = self.one("to").filter(|_| from.zip(to).is_some_and(|(from, to)| to < from)) {
            mistakes.push(mistake(field.span, "This day is before the one on which it began.".into()));
        }
        let title = self.one("title");
        if let Some((title, near)) = title.and_then(|title| Some((title, slip(&title.text)?))) {
            let written = title.text.trim();
            mistakes.push(mistake(title.span, format!("No office is worded “{written}”. Did you mean “{near}”?")));
        }
        let mut not: Vec<String> =
            self.all("not").flat_map(|field| field.text.split(';')).map(|part| part.trim().into()).collect();
        not.retain(|wrong: &String| !wrong.is_empty());
        let mut name = words(name);
        if let Some(spelling) = self.one("spelling").map(words).filter(|spelling| *spelling != name) {
            not.push(std::mem::replace(&mut name, spelling));
        }
        not.retain(|wrong| *wrong != name);
        Some(Entry { name, not, title: title.map(words).unwrap_or_default(), from, to })
    }
}

/// The office that a title was meant to word, where it is a letter or two off. Other titles that the lexicon does not
/// know are the house's own affair.
fn slip(title: &str) -> Option<&'static str> {
    /// A shorter title is near too many others.
    const SHORTEST: usize = 7;
    let title = title.trim();
    let known = lexicon::offices().iter().flat_map(|office| &office.wordings).flatten();
    let mut known = known.filter(|wording| wording.len() >= SHORTEST && title.len().abs_diff(wording.len()) <= 2);
    let off = |wording: &str| strsim::osa_distance(&wording.to_lowercase(), &title.to_lowercase());
    let near = known.clone().find(|wording| (1..=2).contains(&off(wording)));
    near.filter(|_| known.all(|wording| off(wording) > 0)).map(String::as_str)
}

/// A table under `[[people]]`.
fn row<'t>(reader: &mut Reader<'t>, value: &toml::Spanned<DeValue<'t>>) -> Row {
    let mut row = Row { span: value.span().into(), fields: Vec::new() };
    for (key, value) in reader.table(value, "a table under [[people]]") {
        let Some(index) = FIELDS.iter().position(|field| *field == &**key.get_ref()) else {
            reader.unknown(key, "field of a roster", &FIELDS);
            continue;
        };
        let values = match value.get_ref() {
            DeValue::Array(values) if FIELDS[index] == "not" => values.iter().collect(),
            _ => vec![value],
        };
        for value in values {
            let text = match value.get_ref() {
                DeValue::Datetime(date) => date.to_string(),
                _ => match reader.string(value, "in quotation marks") {
                    Some(text) => text.to_owned(),
                    None => continue,
                },
            };
            row.fields.push((index, Field { text, span: value.span().into() }));
        }
    }
    row
}

/// The rows of a table whose first line names its columns.
fn table(text: &str) -> (Vec<Row>, Vec<Diagnostic>) {
    let mut mistakes = Vec::new();
    let mut lines = lines(text).into_iter();
    let Some(head) = lines.next() else { return (Vec::new(), mistakes) };
    let columns: Vec<Option<usize>> = head.iter().map(|field| column(field, &mut mistakes)).collect();
    if !columns.contains(&Some(0)) && mistakes.is_empty() {
        let span = head.iter().map(|field| field.span).reduce(Span::cover).unwrap_or_default();
        let message = "The first line names the columns, and none is called “name”. Columns are divided by commas.";
        mistakes.push(mistake(span, message.into()));
    }
    if !columns.contains(&Some(0)) {
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

/// What the column is for that is headed by that field.
fn column(field: &Field, mistakes: &mut Vec<Diagnostic>) -> Option<usize> {
    let name = field.text.trim().to_lowercase();
    let index = FIELDS.iter().position(|known| *known == name);
    if index.is_none() && !name.is_empty() {
        let hint = match nearest(&name, FIELDS) {
            Some(near) => format!("Did you mean “{near}”?"),
            None => format!("There are {}, divided by commas.", FIELDS.join(", ")),
        };
        mistakes.push(mistake(field.span, format!("No column of a roster is called “{}”. {hint}", field.text.trim())));
    }
    index
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
        let span = written_span(text, Span::new(start, at), ends);
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

/// The field in what was read for it: without the blank lines before it, and the comma or the line break after it.
fn written_span(text: &str, read: Span, ends: bool) -> Span {
    let all = read.of(text);
    let rest = all.trim_start_matches(['\u{feff}', '\r', '\n']);
    let field = if ends { rest.trim_end_matches(['\r', '\n']) } else { rest.strip_suffix(',').unwrap_or(rest) };
    let start = read.end - rest.len();
    Span::new(start, start + field.len())
}

/// Whether a field begins with a quotation mark and has no other.
fn is_open(field: &str) -> bool {
    field.strip_prefix('"').is_some_and(|rest| !rest.replace("\"\"", "").contains('"'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Roster;

    fn mistakes(text: &str, sheet: Sheet) -> Vec<(&str, String)> {
        roster(text, sheet).1.into_iter().map(|mistake| (mistake.span.of(text), mistake.message)).collect()
    }

    #[test]
    fn a_table_and_toml_say_the_same() {
        let csv = "\u{feff}Name,title,from,to,not\r\nDana Aldous,\"Sen.\",2021-01-03,,\"Dana Aldus; Allduss\"\r\n\r\n";
        let toml = "[[people]]\nname = \"Dana Aldous\"\ntitle = \"Sen.\"\nfrom = 2021-01-03\nnot = [\"Dana Aldus\", \"Allduss\"]\n";
        let (read, none) = roster(csv, Sheet::Csv);
        assert_eq!(none, []);
        assert_eq!(roster(toml, Sheet::Toml), (read.clone(), none));
        let read = Roster::new(read);
        let person = read.named("Dana", "Aldous").and_then(|person| read.get(person)).unwrap();
        assert_eq!(person.stints[0].from, Some(jiff::civil::date(2021, 1, 3)));
        assert_eq!(read.wrongly("Allduss"), Some(0));
    }

    #[test]
    fn the_name_is_wrong_where_the_house_spells_it_otherwise() {
        let (read, _) = roster("name,spelling\nMohamed Quillan,Muhammad Quillan\n", Sheet::Csv);
        assert_eq!((&*read[0].name, &*read[0].not), ("Muhammad Quillan", ["Mohamed Quillan".to_string()].as_slice()));
    }

    #[test]
    fn each_mistake_is_told_where_it_is() {
        use Sheet::{Csv, Toml};
        for (sheet, text, under, words) in [
            (Csv, "name,titel\nAnn Roe,Sen.\n", "titel", "Did you mean “title”?"),
            (Csv, "name;title\nAnn Roe;Sen.\n", "name;title", "divided by commas"),
            (Csv, "title,from\nSen.,\n", "title,from", "none is called “name”"),
            (Csv, "name,title\n,Sen.\n", ",Sen.", "needs a name"),
            (Csv, "name,from\nAnn Roe,May 3\n", "May 3", "is no date"),
            (Csv, "name,from,to\nAnn Roe,2025-01-02,2025-01-01\n", "2025-01-01", "before the one"),
            (Csv, "name,title\nAnn Roe,Sen.,2025\n", "2025", "more fields"),
            (Csv, "name,title\nAnn Roe,Defense Secretery\n", "Defense Secretery", "Did you mean “Defense Secretary”?"),
            (Csv, "name,title\nAnn Roe,\"Sen.\nBo Hale,Mayor\n", "\"Sen.", "not closed"),
            (Csv, "name,title\nAnn Roe,\"Sen.\nBo Hale,Defense Secretery\n", "Defense Secretery", "Did you mean"),
            (Csv, "\r\nname,title\r\n\r\nAnn Roe,Defense Secretery\r\n", "Defense Secretery", "Did you mean"),
            (Toml, "[[people]]\ntitle = \"Sen.\"\n", "[[people]]", "needs a name"),
            (Toml, "[[people]]\nname = \"Ann Roe\"\ntitel = \"Sen.\"\n", "titel", "Did you mean “title”?"),
            (Toml, "[[people]]\nname = 7\n", "7", "in quotation marks"),
            (Toml, "[[persons]]\n", "persons", "No setting of a roster"),
            (Toml, "people = 1\n", "1", "under [[people]]"),
        ] {
            let found = mistakes(text, sheet);
            assert!(found.iter().any(|(at, message)| *at == under && message.contains(words)), "{text}: {found:?}");
        }
        for text in ["", "name\n", "name,title\nAnn Roe,harbor pilot\n", "name,title\nAnn Roe,Mayor of Seaport\n"] {
            assert_eq!(mistakes(text, Csv), [], "{text}");
        }
    }

    #[test]
    fn words_after_a_quotation_mark_belong_to_the_field() {
        let (read, mistakes) = roster("name,title\n\"Ann\" Roe,Mayor\n", Sheet::Csv);
        assert_eq!((&*read[0].name, mistakes), ("Ann Roe", Vec::new()));
    }

    #[test]
    fn any_text_can_be_read() {
        let text = "\u{feff}name,not\r\n\"Ann \"\"é\"\" Roe\",\"a,\nb\"\r\n\"open";
        for (cut, _) in text.char_indices() {
            for text in [&text[..cut], &text[cut..]] {
                for sheet in [Sheet::Csv, Sheet::Toml] {
                    for mistake in roster(text, sheet).1 {
                        assert!(text.get(mistake.span.start..mistake.span.end).is_some(), "{text:?}: {mistake:?}");
                    }
                }
            }
        }
    }
}
