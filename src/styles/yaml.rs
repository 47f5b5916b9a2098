use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, Location, Spanned};

use super::Mistake;
use crate::text::Span;

/// A rule file as it is written. Keys of all kinds of rule stand side by side: a kind takes those it knows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    pub extends: Option<Spanned<String>>,
    pub message: Option<Spanned<String>>,
    pub description: String,
    pub level: Option<Spanned<String>>,
    pub link: String,
    pub scope: Many,
    pub limit: usize,
    pub action: Option<Action>,
    pub ignorecase: bool,
    pub nonword: bool,
    pub append: bool,
    pub capitalize: bool,
    pub alpha: bool,
    pub vocab: Option<bool>,
    pub exceptions: Many,
    pub tokens: Vec<Spanned<Item>>,
    pub token: Option<Spanned<String>>,
    pub raw: Many,
    pub swap: Pairs,
    pub either: Pairs,
    pub max: usize,
    pub min: usize,
    pub first: Option<Spanned<String>>,
    pub second: Option<Spanned<String>>,
    #[serde(rename = "match")]
    pub form: Option<Spanned<String>>,
    pub style: String,
    pub indicators: Many,
    pub threshold: Option<f64>,
    pub prefix: String,
    pub formula: Option<Spanned<String>>,
    pub condition: Option<Spanned<String>>,
    pub metrics: Many,
    pub grade: f64,
    pub custom: bool,
    pub filters: Many,
    pub ignore: Many,
    pub dictionaries: Many,
    pub dicpath: String,
    pub quotes: Option<Spanned<String>>,
    pub fix: Option<Spanned<String>>,
    pub why: String,
    pub styles: Many,
    pub preview: bool,
    pub examples: Vec<Spanned<Sample>>,
}

/// The keys that a rule file may have. The last ones are Copydesk's own.
pub(super) const KEYS: [&str; 45] = [
    "extends",
    "message",
    "description",
    "level",
    "link",
    "scope",
    "limit",
    "action",
    "ignorecase",
    "nonword",
    "append",
    "capitalize",
    "alpha",
    "vocab",
    "exceptions",
    "tokens",
    "token",
    "raw",
    "swap",
    "either",
    "max",
    "min",
    "first",
    "second",
    "match",
    "style",
    "indicators",
    "threshold",
    "prefix",
    "formula",
    "condition",
    "metrics",
    "grade",
    "custom",
    "filters",
    "ignore",
    "dictionaries",
    "dicpath",
    "quotes",
    "fix",
    "why",
    "styles",
    "preview",
    "examples",
    "pos",
];

/// An example as it is written.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct Sample {
    pub text: String,
    pub flagged: Many,
    pub fixed: Option<String>,
}

/// What to do about what a rule finds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Action {
    pub name: String,
    pub params: Many,
}

/// One word, or several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Many(pub Vec<String>);

/// One of a rule's tokens: a pattern, or a word of a sequence.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Pattern(String),
    Word(Word),
}

/// A word of a sequence.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Word {
    pub pattern: String,
    pub tag: String,
    pub negate: bool,
    pub skip: usize,
}

/// Pairs in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Pairs(pub Vec<(Spanned<String>, String)>);

/// Reads a rule file; also gives the keys in it that mean nothing.
///
/// # Errors
///
/// What is wrong with it as YAML, or that a key holds what it can't, and where.
pub(super) fn read(text: &str) -> Result<(Written, Vec<Spanned<String>>), Mistake> {
    let options = serde_saphyr::options! { duplicate_keys: DuplicateKeyPolicy::LastWins, with_snippet: false };
    let read = serde_saphyr::from_str_with_options(text, options).map(|File(written, unknown)| (written, unknown));
    read.map_err(|error| {
        let place = error.location().map_or(Span::default(), |location| span(text, &location));
        let told = error.without_snippet().to_string();
        let told = told.lines().next().unwrap_or_default().trim_end_matches('.');
        let what = wanted(told).map_or_else(
            || format!("This rule file can't be read: {told}."),
            |wanted| format!("“{}” takes {wanted}.", key(text, place.start)),
        );
        Mistake { span: place, message: format!("{what} The rule is off until it is mended.") }
    })
}

/// What a value should have been, where that is all that is wrong with it; `told` is the parser's word on it.
fn wanted(told: &str) -> Option<&str> {
    const KINDS: [(&str, &str); 6] = [
        ("expected sequence start", "a list, an item a line, each after “- ”"),
        ("expected mapping start", "keys and their values"),
        ("expected string scalar", "words"),
        ("invalid bool", "“true” or “false”"),
        ("invalid u64", "a whole number"),
        ("invalid i64", "a whole number"),
    ];
    // Of keys with values of their own, this reader itself says what they hold.
    let own = || told.split_once(", expected ")?.1.split(" at line ").next();
    KINDS.iter().find(|(parser, _)| told.contains(parser)).map(|(_, kind)| *kind).or_else(own)
}

/// The key of the line in which something stands, or of the one above it that has one.
fn key(text: &str, at: usize) -> &str {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let keys = text[..end].lines().rev().filter(|line| !line.trim_start().starts_with(['-', '#']));
    keys.filter_map(|line| line.split_once(':')).map(|(key, _)| key.trim()).next().unwrap_or("It")
}

/// Reads a rule file that has been made JSON; there nothing has a place.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn read_json(text: &str) -> Result<(Written, Vec<Spanned<String>>), Mistake> {
    let read = serde_json::from_str(text).map(|File(written, unknown)| (written, unknown));
    read.map_err(|error| Mistake { span: Span::default(), message: error.to_string() })
}

/// Where something stands in a rule file, in bytes.
pub(super) fn span(text: &str, location: &Location) -> Span {
    let at = location.span();
    let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok());
    match (number(at.byte_offset()), number(at.byte_len())) {
        (Some(start), Some(len)) if text.get(start..start + len).is_some() => Span::new(start, start + len),
        _ => Span::default(),
    }
}

/// A rule file, and the keys in it that mean nothing.
struct File(Written, Vec<Spanned<String>>);

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = File;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a rule: keys and their values")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<File, A::Error> {
                let mut unknown = Vec::new();
                let noting = Noting { map, unknown: &mut unknown };
                let written = Written::deserialize(MapAccessDeserializer::new(noting))?;
                Ok(File(written, unknown))
            }
        }
        source.deserialize_map(All)
    }
}

/// A map that notes which of its keys mean nothing as they are read.
struct Noting<'n, A> {
    map: A,
    unknown: &'n mut Vec<Spanned<String>>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Noting<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(key) = self.map.next_key::<Spanned<String>>()? else { return Ok(None) };
        let read = seed.deserialize(key.value.as_str().into_deserializer());
        if !KEYS.contains(&key.value.as_str()) {
            self.unknown.push(key);
        }
        read.map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("pairs, such as “e-mail: email”")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }

            fn visit_unit<E>(self) -> Result<Pairs, E> {
                Ok(Pairs::default())
            }
        }
        source.deserialize_any(All)
    }
}

/// Scalars of any kind, as words.
macro_rules! scalars {
    ($make:expr) => {
        fn visit_str<E>(self, word: &str) -> Result<Self::Value, E> {
            Ok($make(word.to_string()))
        }

        fn visit_bool<E>(self, word: bool) -> Result<Self::Value, E> {
            Ok($make(word.to_string()))
        }

        fn visit_u64<E>(self, word: u64) -> Result<Self::Value, E> {
            Ok($make(word.to_string()))
        }

        fn visit_i64<E>(self, word: i64) -> Result<Self::Value, E> {
            Ok($make(word.to_string()))
        }

        fn visit_f64<E>(self, word: f64) -> Result<Self::Value, E> {
            Ok($make(word.to_string()))
        }
    };
}

impl<'de> Deserialize<'de> for Many {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Many;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word or a list of words")
            }

            scalars!(|word| Many(vec![word]));

            fn visit_unit<E>(self) -> Result<Many, E> {
                Ok(Many::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Many, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = list.next_element()? {
                    words.push(word);
                }
                Ok(Many(words))
            }
        }
        source.deserialize_any(All)
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct One;
        impl<'de> Visitor<'de> for One {
            type Value = Item;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a pattern, or a word of a sequence with its pattern")
            }

            scalars!(Item::Pattern);

            fn visit_unit<E>(self) -> Result<Item, E> {
                Ok(Item::Pattern(String::new()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Item, A::Error> {
                Word::deserialize(MapAccessDeserializer::new(map)).map(Item::Word)
            }
        }
        source.deserialize_any(One)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_the_wrong_kind_is_told_in_plain_words() {
        for (text, expected) in [
            ("extends: existence\nmessage: No.\ntokens: foo\n", "“tokens” takes a list"),
            ("extends: existence\nmessage: [No]\ntokens: [foo]\n", "“message” takes words."),
            ("extends: existence\nmessage: No.\ntokens: [foo]\nlimit: many\n", "“limit” takes a whole number."),
            ("extends: existence\nmessage: No.\ntokens: [foo]\nnonword: maybe\n", "“nonword” takes “true” or “false”."),
            ("extends: substitution\nmessage: No.\nswap: foo\n", "“swap” takes pairs, such as “e-mail: email”."),
        ] {
            let mistake = read(text).map(drop).expect_err(text);
            assert!(mistake.message.starts_with(expected), "{text}: {}", mistake.message);
            assert!(mistake.message.ends_with("The rule is off until it is mended."), "{}", mistake.message);
        }
    }
}
