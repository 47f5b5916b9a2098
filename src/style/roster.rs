use std::collections::HashMap;

use jiff::civil::Date;

use crate::lexicon::{self, Offices, Tenure};
use crate::prose::Prose;
use crate::story::people::{self, Held};

/// An entry of a roster: a person and an office, as the house's file has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The name as the house writes it.
    pub name: String,
    /// Spellings that it does not write: full names, or surnames alone.
    pub not: Vec<String>,
    /// The title; empty if the entry is for the name's sake.
    pub title: String,
    /// The first day in office, if it is known.
    pub from: Option<Date>,
    /// The last day in office, if it is known.
    pub to: Option<Date>,
}

/// The people whom a house writes about, put together from the entries of its roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    people: Vec<Listed>,
    /// By the folded name.
    by_name: HashMap<String, usize>,
    /// By the first given name and the surname, both folded; `None` where two people share both.
    by_ends: HashMap<(String, String), Option<usize>>,
    /// By the first given name and the first letter of the surname, both folded.
    near: HashMap<(String, char), Vec<usize>>,
    /// By an office's index in the lexicon and the first letter of the surname.
    holders: HashMap<(usize, char), Vec<usize>>,
    /// By what the house does not write.
    wrong: HashMap<String, usize>,
    /// Surnames, folded.
    surnames: HashMap<String, usize>,
}

/// A person of the roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The name as the house writes it.
    pub name: String,
    /// Given names and initials; empty where the name is one word.
    pub given: String,
    /// The surname with its particles.
    pub surname: String,
    /// The offices, in the order of the roster.
    pub stints: Vec<Stint>,
}

/// An office and the days on which somebody holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stint {
    /// The title as the roster has it.
    pub title: String,
    /// The office in it, where the lexicon knows it.
    pub held: Option<Held>,
    /// The first day, if it is known.
    pub from: Option<Date>,
    /// The last day, if it is known.
    pub to: Option<Date>,
}

impl Stint {
    /// Whether the office is held on that day. Where the day is not known, only one without limits surely is.
    pub fn covers(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to),
            None => self.from.is_none() && self.to.is_none(),
        }
    }
}

impl Roster {
    /// The roster of these entries. Entries of one name are one person.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut roster = Self::default();
        for entry in entries {
            let person = roster.person(&entry.name);
            for wrong in &entry.not {
                roster.wrong.entry(wrong.clone()).or_insert(person);
            }
            let Entry { title, from, to, .. } = entry;
            if title.is_empty() {
                continue;
            }
            let held = office(&title);
            if let Some(initial) = initial(&roster.people[person].surname) {
                for way in held.iter().flat_map(|held| held.ways) {
                    let holders = roster.holders.entry((way.office, initial)).or_default();
                    if !holders.contains(&person) {
                        holders.push(person);
                    }
                }
            }
            roster.people[person].stints.push(Stint { title, held, from, to });
        }
        roster
    }

    /// The index of the person of that name, who is added if need be.
    fn person(&mut self, name: &str) -> usize {
        let folded = lexicon::fold(name);
        if let Some(person) = self.by_name.get(&folded) {
            return *person;
        }
        let person = self.people.len();
        let (given, surname) = parts(name);
        self.by_name.insert(folded, person);
        self.surnames.entry(lexicon::fold(surname)).or_insert(person);
        if let Some(first) = first(given) {
            self.by_ends
                .entry((first.clone(), lexicon::fold(surname)))
                .and_modify(|of| *of = None)
                .or_insert(Some(person));
            if let Some(initial) = initial(surname) {
                self.near.entry((first, initial)).or_default().push(person);
            }
        }
        self.people.push(Listed {
            name: name.into(),
            given: given.into(),
            surname: surname.into(),
            stints: Vec::new(),
        });
        person
    }

    /// Whether nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The person with that index.
    pub fn get(&self, person: usize) -> Option<&Listed> {
        self.people.get(person)
    }

    /// The index of the person whom a full name names, spelled as in the roster but for capitals and accents. A middle
    /// name may be missing or added where that leaves one person.
    pub fn named(&self, given: &str, surname: &str) -> Option<usize> {
        let full = self.by_name.get(&lexicon::fold(&format!("{given} {surname}"))).copied();
        full.or_else(|| *self.by_ends.get(&(first(given)?, lexicon::fold(surname)))?)
    }

    /// The index of the person whose name the house does not write like that.
    pub fn wrongly(&self, words: &str) -> Option<usize> {
        self.wrong.get(words).copied()
    }

    /// Whether somebody in the roster has that surname.
    pub fn knows_surname(&self, surname: &str) -> bool {
        self.surnames.contains_key(&lexicon::fold(surname))
    }

    /// People of that given name whose surnames begin like this one.
    pub fn namesakes(&self, given: &str, surname: &str) -> &[usize] {
        let key = first(given).zip(initial(surname));
        key.and_then(|key| self.near.get(&key)).map_or(&[], Vec::as_slice)
    }

    /// People who hold or held the office, and whose surnames begin like this one.
    pub fn holders(&self, held: Held, surname: &str) -> impl Iterator<Item = usize> {
        let initial = initial(surname);
        let holders = held.ways.iter().filter_map(move |way| self.holders.get(&(way.office, initial?)));
        holders.flatten().copied()
    }
}

/// The first of some given names, folded.
fn first(given: &str) -> Option<String> {
    given.split_whitespace().next().map(lexicon::fold)
}

/// The first letter of a surname, folded.
fn initial(surname: &str) -> Option<char> {
    lexicon::fold(surname).chars().next()
}

/// A name's given names and its surname, told apart as in a draft.
fn parts(name: &str) -> (&str, &str) {
    let read = people::mentions(name, &Prose::read(name), &Offices::default());
    let whole = read.iter().find(|mention| mention.span.start == 0);
    if let Some(given) = whole.and_then(|mention| mention.given)
        && let Some(mention) = whole
    {
        return (given.of(name), mention.surname.of(name));
    }
    name.rsplit_once(' ').unwrap_or(("", name))
}

/// The office that a title words, read as in a draft, before a name or after it. None for a title that the lexicon does
/// not know, and for one that is not held: "former governor".
fn office(title: &str) -> Option<Held> {
    let read = |text: &str| {
        people::mentions(text, &Prose::read(text), &Offices::default()).into_iter().find_map(|mention| mention.office)
    };
    let held = read(&format!("{title} Ann Roe")).or_else(|| read(&format!("Ann Roe, {title}, spoke.")));
    held.filter(|held| held.tenure == Tenure::Now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, title: &str) -> Entry {
        Entry { name: name.into(), title: title.into(), ..Entry::default() }
    }

    #[test]
    fn a_name_finds_its_person() {
        let roster = Roster::new([
            entry("José Luis Quillán", "Sen."),
            entry("Ann H. Roe", ""),
            entry("Ann W. Roe", ""),
            entry("Bo de Vries", ""),
        ]);
        for (given, surname, expected) in [
            ("José Luis", "Quillán", Some("José Luis Quillán")),
            ("Jose", "Quillan", Some("José Luis Quillán")),
            ("Ann H.", "Roe", Some("Ann H. Roe")),
            ("Ann", "Roe", None),
            ("Bo", "de Vries", Some("Bo de Vries")),
            ("Bo", "Vries", None),
        ] {
            let found = roster.named(given, surname).and_then(|person| roster.get(person));
            assert_eq!(found.map(|listed| listed.name.as_str()), expected, "{given} {surname}");
        }
    }

    #[test]
    fn titles_are_read_as_in_a_draft() {
        let id = |title: &str| Some(lexicon::office(*office(title)?.ways.first()?).id.as_str());
        for (title, expected) in [
            ("Secretary of Defense", Some("us-defense")),
            ("U.S. Sen.", Some("us-sen")),
            ("mayor of Seaport", Some("mayor")),
            ("former mayor", None),
            ("harbor pilot", None),
            ("", None),
        ] {
            assert_eq!(id(title), expected, "{title}");
        }
    }
}
