//! The roster: the people whom a house writes about, as a table (CSV), in TOML or in the configuration itself.

use std::path::Path;

use jiff::civil::Date;
use toml::de::DeValue;

use super::keys;
use super::reader::{Reader, Value, mistake, read_with};
use super::sheet::{Field, Kind, Row, table};
use crate::diagnostic::Diagnostic;
use crate::lexicon;
use crate::style::Entry;

/// What an entry of a roster can say.
const FIELDS: [&str; 6] = keys::names(&keys::PERSON);

const ROSTER: Kind = Kind { what: "roster", columns: &FIELDS, needed: &["name"] };

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
        Sheet::Csv => table(text, &ROSTER),
        Sheet::Toml => read_with(text, |reader, table| {
            let mut rows = Vec::new();
            for (key, value) in table {
                match &**key.get_ref() {
                    "people" => rows = people(reader, value),
                    _ => reader.unknown(key, "setting of a roster", &["people"]),
                }
            }
            rows
        }),
    };
    let entries = rows.into_iter().filter_map(|row| row.entry(&mut mistakes)).collect();
    mistakes.sort_by_key(|mistake| mistake.span);
    (entries, mistakes)
}

/// The people that a configuration lists itself.
pub(super) fn listed<'t>(reader: &mut Reader<'t>, value: &Value<'t>) -> Vec<Entry> {
    let rows = people(reader, value);
    rows.into_iter().filter_map(|row| row.entry(&mut reader.mistakes)).collect()
}

/// People in TOML: tables, and names by themselves.
fn people<'t>(reader: &mut Reader<'t>, value: &Value<'t>) -> Vec<Row> {
    let DeValue::Array(people) = value.get_ref() else {
        let message = "People are a list of names, people = [\"Dana Aldous\"], or a table for each under [[people]].";
        reader.note(value, message.into());
        return Vec::new();
    };
    people.iter().map(|person| row(reader, person)).collect()
}

impl Row {
    /// What the entry says; none without a name.
    fn entry(&self, mistakes: &mut Vec<Diagnostic>) -> Option<Entry> {
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
        let mut not: Vec<String> = self.all("not").flat_map(Field::parts).map(Into::into).collect();
        let mut name = name.words();
        if let Some(spelling) = self.one("spelling").map(Field::words).filter(|spelling| *spelling != name) {
            not.push(std::mem::replace(&mut name, spelling));
        }
        not.retain(|wrong| *wrong != name);
        Some(Entry { name, not, title: title.map(Field::words).unwrap_or_default(), from, to })
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

/// A person, as a table under `[[people]]` or by the name alone.
fn row<'t>(reader: &mut Reader<'t>, value: &Value<'t>) -> Row {
    let mut row = Row { span: value.span().into(), fields: Vec::new() };
    if let DeValue::String(name) = value.get_ref() {
        row.fields.push(("name", Field { text: name.to_string(), span: value.span().into() }));
        return row;
    }
    let expected = "a name in quotation marks, or a table under [[people]]";
    for (column, value) in reader.settings(value, expected, "field of a roster", &keys::PERSON) {
        let values = match value.get_ref() {
            DeValue::Array(values) if column == "not" => values.iter().collect(),
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
            row.fields.push((column, Field { text, span: value.span().into() }));
        }
    }
    row
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
            (Toml, "people = [1]\n", "1", "a name in quotation marks"),
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
