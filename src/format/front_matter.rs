use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::text::Span;

/// A front matter value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The value, unquoted.
    pub value: String,
    /// Where the value stands in the file; its line or lines where it is written in another way than it reads.
    pub span: Span,
}

/// The front matter fields that Copydesk reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// `title`: the headline.
    pub title: Option<Field>,
    /// `date`: the publication date.
    pub date: Option<Field>,
    /// `author`: the byline.
    pub author: Option<Field>,
    /// `dateline`, or else `location`: where the story was filed.
    pub dateline: Option<Field>,
}

/// Reads the front matter with which a file opens, and gives the offset at which the rest begins: without front matter
/// behind the byte order mark, which would be read as a letter. Front matter with a mistake in it gives no fields.
pub(super) fn read(text: &str) -> (FrontMatter, usize) {
    let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let Some((syntax, inside, end)) = find(text) else { return (FrontMatter::default(), mark) };
    let values = match syntax {
        Syntax::Yaml => serde_saphyr::from_str::<Values>(inside.of(text)).unwrap_or_default(),
        Syntax::Toml => {
            toml::from_str::<toml::Table>(inside.of(text)).map(|table| Values::of(&table)).unwrap_or_default()
        }
    };
    let field = |key: &str, value: Option<Value>| {
        let value = value?.0.trim().to_owned();
        let span = locate(text, inside, syntax, key, &value)?;
        (!value.is_empty()).then_some(Field { value, span })
    };
    let front_matter = FrontMatter {
        title: field("title", values.title),
        date: field("date", values.date),
        author: field("author", values.author),
        dateline: field("dateline", values.dateline).or_else(|| field("location", values.location)),
    };
    (front_matter, end)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    /// Between lines of `---`.
    Yaml,
    /// Between lines of `+++`.
    Toml,
}

impl Syntax {
    /// What stands between a key and its value.
    const fn separator(self) -> char {
        match self {
            Self::Yaml => ':',
            Self::Toml => '=',
        }
    }
}

/// The front matter, where it stands without its fences, and where what follows it begins.
fn find(text: &str) -> Option<(Syntax, Span, usize)> {
    let bom = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = super::lines(&text[bom..]).map(|line| line.shifted(bom));
    let syntax = match lines.next()?.of(text).trim_end() {
        "---" => Syntax::Yaml,
        "+++" => Syntax::Toml,
        _ => return None,
    };
    let mut start = None;
    let mut keys = false;
    let mut blank = true;
    while let Some(line) = lines.next() {
        let inside = *start.get_or_insert(line.start);
        let words = line.of(text).trim_end();
        let closes = matches!((syntax, words), (Syntax::Yaml, "---" | "...") | (Syntax::Toml, "+++"));
        if closes {
            let end = lines.next().map_or(text.len(), |next| next.start);
            // Prose between two rules has no keys.
            return (keys || blank).then_some((syntax, Span::new(inside, line.start), end));
        }
        blank &= words.is_empty();
        keys |= words.contains(syntax.separator());
    }
    None
}

/// Where `value` stands under `key`.
fn locate(text: &str, inside: Span, syntax: Syntax, key: &str, value: &str) -> Option<Span> {
    let mut lines = super::lines(inside.of(text)).map(|line| line.shifted(inside.start));
    let is_key = |line: &str| {
        let rest = line.trim_start_matches(['"', '\'']).strip_prefix(key)?;
        let rest = rest.trim_start_matches(['"', '\'']).trim_start().strip_prefix(syntax.separator())?;
        Some(line.len() - rest.len())
    };
    let (line, from) = lines.find_map(|line| Some((line, is_key(line.of(text))?)))?;
    let rest = Span::new(line.start + from, line.end);
    // A value may go on in lines that stand in from the key, or up to its closing quotes.
    let mut all = Span::new(rest.end - rest.of(text).trim_start().len(), line.end);
    for line in lines.take_while(|line| line.is_empty() || line.of(text).starts_with([' ', '\t', '-', ']'])) {
        all.end = line.end;
    }
    let written = all.of(text);
    let whole = Span::new(all.start, all.start + written.trim_end().len());
    match written.find(value) {
        Some(at) if !value.is_empty() => Some(Span::new(all.start + at, all.start + at + value.len())),
        _ => Some(whole),
    }
}

/// The fields as text.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Values {
    title: Option<Value>,
    date: Option<Value>,
    author: Option<Value>,
    dateline: Option<Value>,
    location: Option<Value>,
}

impl Values {
    fn of(table: &toml::Table) -> Self {
        let value = |key: &str| table.get(key).map(|value| Value(in_words(value)));
        Self {
            title: value("title"),
            date: value("date"),
            author: value("author"),
            dateline: value("dateline"),
            location: value("location"),
        }
    }
}

fn in_words(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(values) => values.iter().map(in_words).collect::<Vec<_>>().join(", "),
        toml::Value::Table(table) => table.get("name").map(in_words).unwrap_or_default(),
        other => other.to_string(),
    }
}

/// A YAML value as text: a list's items with commas between them, of a mapping the `name`.
struct Value(String);

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl<'de> Visitor<'de> for Words {
            type Value = Value;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text, a date, or a list of names")
            }

            fn visit_str<E>(self, text: &str) -> Result<Value, E> {
                Ok(Value(text.to_owned()))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
                Ok(Value(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
                Ok(Value(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
                Ok(Value(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
                Ok(Value(value.to_string()))
            }

            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value(String::new()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
                let mut names: Vec<String> = Vec::new();
                while let Some(Value(name)) = items.next_element()? {
                    names.push(name);
                }
                Ok(Value(names.join(", ")))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
                let mut name = Value(String::new());
                while let Some(key) = entries.next_key::<String>()? {
                    if key == "name" {
                        name = entries.next_value()?;
                    } else {
                        entries.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(name)
            }
        }
        deserializer.deserialize_any(Words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each field's value, and what stands at its span.
    fn fields(text: &str) -> [Option<(String, &str)>; 4] {
        let (read, _) = read(text);
        [read.title, read.date, read.author, read.dateline]
            .map(|field| field.map(|field| (field.value, field.span.of(text))))
    }

    fn some<'t>(value: &str, written: &'t str) -> Option<(String, &'t str)> {
        Some((value.to_owned(), written))
    }

    #[test]
    fn yaml() {
        let text = "\
---
slug: flood
title: \"Bridges: closed\"
date: 2025-12-11
author: [Dana Whitlock, Luis Ortega]
dateline: 'LINDEN FALLS, Ohio'
---
Copy.
";
        let [title, date, author, dateline] = fields(text);
        assert_eq!(title, some("Bridges: closed", "Bridges: closed"));
        assert_eq!(date, some("2025-12-11", "2025-12-11"));
        assert_eq!(author, some("Dana Whitlock, Luis Ortega", "Dana Whitlock, Luis Ortega"));
        assert_eq!(dateline, some("LINDEN FALLS, Ohio", "LINDEN FALLS, Ohio"));
        assert_eq!(&text[read(text).1..], "Copy.\n");
    }

    #[test]
    fn toml() {
        let text = "+++\r\ntitle = \"Bridges \\u2014 closed\"\r\ndate = 2025-12-11T08:00:00Z\r\nauthor=\"Dana Whitlock\"\r\n\
                    [seo]\r\ndateline = \"elsewhere\"\r\n+++\r\nCopy.";
        let [title, date, author, dateline] = fields(text);
        assert_eq!(title, some("Bridges — closed", "\"Bridges \\u2014 closed\""));
        assert_eq!(date, some("2025-12-11T08:00:00Z", "2025-12-11T08:00:00Z"));
        assert_eq!(author, some("Dana Whitlock", "Dana Whitlock"));
        assert_eq!(dateline, None);
        assert_eq!(&text[read(text).1..], "Copy.");
    }

    #[test]
    fn values_written_in_other_ways() {
        let cases = [
            ("---\ntitle: >\n  Bridges\n  closed\n---\n", some("Bridges closed", ">\n  Bridges\n  closed")),
            ("---\ntitle: |\n  Bridges closed\n---\n", some("Bridges closed", "Bridges closed")),
            ("---\n\"title\" : Bridges # closed\n---\n", some("Bridges", "Bridges")),
            ("---\ntitle: 'It''s shut'\n---\n", some("It's shut", "'It''s shut'")),
            ("---\ntitle: 2025\n---\n", some("2025", "2025")),
            ("\u{FEFF}---\ntitle: Bridges\n...\nCopy.", some("Bridges", "Bridges")),
            ("---\nseo:\n  title: Inner\ntitle: Outer\n---\n", some("Outer", "Outer")),
            ("---\ntitle:\n---\n", None),
            ("---\ntitle: [unclosed\n---\n", None),
            ("title: Bridges\n", None),
            ("---\ntitle: Bridges\n", None),
        ];
        for (text, expected) in cases {
            assert_eq!(fields(text)[0], expected, "{text:?}");
        }
    }

    #[test]
    fn authors_may_be_a_list_or_a_mapping() {
        let list = "---\nauthor:\n  - name: Dana Whitlock\n    beat: rivers\n  - Luis Ortega\n---\n";
        assert_eq!(fields(list)[2].as_ref().map(|(value, _)| value.as_str()), Some("Dana Whitlock, Luis Ortega"));
    }

    #[test]
    fn the_dateline_may_be_called_location() {
        let of = |text: &str| read(text).0.dateline.map(|field| field.value);
        assert_eq!(of("---\nlocation: OSLO, Norway\n---\n").as_deref(), Some("OSLO, Norway"));
        assert_eq!(of("---\nlocation: Oslo\ndateline: BERGEN, Norway\n---\n").as_deref(), Some("BERGEN, Norway"));
    }

    #[test]
    fn what_is_read_after_it() {
        let cases = [
            ("---\ntitle: [unclosed\n---\nCopy.", "Copy."),
            ("---\n---\nCopy.", "Copy."),
            ("---\ntitle: x\n---", ""),
            ("---\n\nProse between rules.\n\n---\n", "---\n\nProse between rules.\n\n---\n"),
            ("Copy.\n---\ntitle: x\n---\n", "Copy.\n---\ntitle: x\n---\n"),
        ];
        for (text, rest) in cases {
            assert_eq!(&text[read(text).1..], rest, "{text:?}");
        }
    }
}
