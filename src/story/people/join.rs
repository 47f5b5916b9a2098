//! The people of a story, put together from the names in its paragraphs.

use rustc_hash::FxHashMap;

use super::{Evidence, Mention, Person};
use crate::format::Role;
use crate::lexicon;
use crate::story::{Paragraph, Place};

/// Finds the person named at a place.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Every naming with the index of its person, in order.
    places: Vec<(Place, usize)>,
}

impl Index {
    /// The index of `people`.
    pub fn of(people: &[Person]) -> Self {
        let named = |(index, person): (usize, &Person)| {
            person.mentions.iter().map(move |(place, _)| (*place, index)).collect::<Vec<_>>()
        };
        let mut places: Vec<(Place, usize)> = people.iter().enumerate().flat_map(named).collect();
        places.sort_unstable();
        Self { places }
    }

    /// The index of the first person named in `place`.
    pub fn at(&self, place: Place) -> Option<usize> {
        let from = self
            .places
            .partition_point(|(named, _)| (named.paragraph, named.span.end) <= (place.paragraph, place.span.start));
        let (named, person) = self.places.get(from)?;
        (named.paragraph == place.paragraph && named.span.overlaps(place.span)).then_some(*person)
    }

    /// The last naming that ends at or before an offset in a paragraph or stands in an earlier one, and its person.
    pub fn before(&self, paragraph: usize, offset: usize) -> Option<(Place, usize)> {
        let to = self.places.partition_point(|(named, _)| (named.paragraph, named.span.end) <= (paragraph, offset));
        to.checked_sub(1).map(|last| self.places[last])
    }
}

/// A person while the story is read.
#[derive(Default)]
struct Draft {
    sure: bool,
    /// Whether a bare surname takes it up.
    taken_up: bool,
    /// Words of the given name, in lower case, as the fullest mention has them.
    given: Vec<String>,
    /// Length of the fullest name.
    fullest: usize,
    name: String,
    surname: String,
    namings: Vec<(usize, usize)>,
}

/// Whether paragraphs of this role tell of people of the story.
const fn tells(role: Role) -> bool {
    !matches!(role, Role::Byline | Role::Tail | Role::EditorsNote)
}

/// The people of the story, in the order in which they first appear.
pub fn join(paragraphs: &[Paragraph<'_>]) -> Vec<Person> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut by_surname: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    // Given names and initials under a surname, so that a thousand Smiths are found as fast as one.
    let mut by_name: FxHashMap<(String, String), usize> = FxHashMap::default();
    let told = || paragraphs.iter().enumerate().filter(|(_, paragraph)| tells(paragraph.role));
    for (index, paragraph) in told() {
        for (number, mention) in paragraph.facts.mentions.iter().enumerate() {
            let Some(given) = mention.given else { continue };
            let surname = key(&paragraph.phrase(mention.surname));
            let given: Vec<String> = paragraph.words(given).split_whitespace().map(key).collect();
            let known = find(&given, &surname, &by_name, &by_surname, &drafts);
            let person = known.unwrap_or_else(|| {
                drafts.push(Draft::default());
                by_surname.entry(surname.clone()).or_default().push(drafts.len() - 1);
                drafts.len() - 1
            });
            if let Some(first) = given.first() {
                by_name.entry((surname.clone(), first.clone())).or_insert(person);
                by_name.entry((surname, initial(first))).or_insert(person);
            }
            drafts[person].add(paragraph, (index, number), mention, given);
        }
    }
    // Of people who share a surname, the one called by the full name in the same paragraph is meant, else the one whom
    // the story calls so most often.
    let mut latest: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    let principals: FxHashMap<&str, usize> = by_surname
        .iter()
        .filter_map(|(surname, namesakes)| {
            let often = |person: &&usize| (drafts[**person].namings.len(), std::cmp::Reverse(**person));
            Some((surname.as_str(), *namesakes.iter().max_by_key(often)?))
        })
        .collect();
    let mut by_first: FxHashMap<String, usize> = FxHashMap::default();
    for (person, draft) in drafts.iter().enumerate() {
        if let Some(first) = draft.given.first().filter(|first| first.len() > 1 && !first.ends_with('.')) {
            by_first.entry(first.clone()).or_insert(person);
        }
    }
    let mut bare: Vec<(usize, (usize, usize))> = Vec::new();
    let mut alone: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
    let mut owner: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    for (person, draft) in drafts.iter().enumerate() {
        owner.extend(draft.namings.iter().map(|naming| (*naming, person)));
    }
    for (index, paragraph) in told() {
        for (number, mention) in paragraph.facts.mentions.iter().enumerate() {
            let surname = key(&paragraph.phrase(mention.surname));
            if let Some(person) = owner.get(&(index, number)) {
                if let Some((known, _)) = by_surname.get_key_value(&surname) {
                    latest.insert(known.as_str(), (index, *person));
                }
                continue;
            }
            let namesakes = by_surname.get(&surname);
            let meant = match namesakes.map(Vec::as_slice) {
                Some([only]) => Some(*only),
                Some(namesakes) => holder(mention, namesakes, &drafts, paragraphs)
                    .or_else(|| latest.get(surname.as_str()).filter(|(at, _)| *at == index).map(|(_, person)| *person))
                    .or_else(|| principals.get(surname.as_str()).copied()),
                None => by_first.get(&surname).copied(),
            };
            match meant {
                Some(person) => bare.push((person, (index, number))),
                None if mention.evidence == Evidence::Sure => alone.entry(surname).or_default().push((index, number)),
                None if alone.contains_key(&surname) => alone.entry(surname).or_default().push((index, number)),
                None => {}
            }
        }
    }
    for (person, naming) in bare {
        drafts[person].taken_up = true;
        drafts[person].namings.push(naming);
    }
    for namings in alone.into_values() {
        let (index, number) = namings[0];
        let mention = &paragraphs[index].facts.mentions[number];
        let mut draft = Draft::default();
        draft.add(&paragraphs[index], (index, number), mention, Vec::new());
        draft.namings = namings;
        drafts.push(draft);
    }
    finish(drafts, paragraphs)
}

/// The person already met whom a full name can name.
fn find(
    given: &[String],
    surname: &str,
    by_name: &FxHashMap<(String, String), usize>,
    by_surname: &FxHashMap<String, Vec<usize>>,
    drafts: &[Draft],
) -> Option<usize> {
    let first = given.first()?;
    let same = by_name.get(&(surname.to_owned(), first.clone())).copied();
    let initialled = || by_name.get(&(surname.to_owned(), initial(first))).copied();
    let fits = |person: &usize| same_given(given, &drafts[*person].given);
    // A nickname may have another first letter; a handful of namesakes can be asked one by one.
    let namesakes = || by_surname.get(surname)?.iter().take(8).copied().find(|person| fits(person));
    same.filter(fits).or_else(|| initialled().filter(fits)).or_else(namesakes)
}

/// Who of a few namesakes was called by the full name with the office that a mention gives: "President Roe".
fn holder(mention: &Mention, namesakes: &[usize], drafts: &[Draft], paragraphs: &[Paragraph<'_>]) -> Option<usize> {
    const FEW: usize = 8;
    let held = mention.office?;
    let holds = |person: &&usize| {
        drafts[**person].namings.iter().take(FEW).any(|(index, number)| {
            let office = paragraphs[*index].facts.mentions[*number].office;
            office.is_some_and(|office| office.ways == held.ways)
        })
    };
    namesakes.iter().take(FEW).find(holds).copied()
}

/// Whether two given names can be one person's.
fn same_given(a: &[String], b: &[String]) -> bool {
    let (Some(first), Some(other)) = (a.first(), b.first()) else { return true };
    if lexicon::same_name(first, other) || short(first, other) || short(other, first) {
        return true;
    }
    // "W. Carter Moss" and "Carter Moss"
    a.get(1).is_some_and(|second| second == other) || b.get(1).is_some_and(|second| second == first)
}

/// Whether `short` is an initial of `long`.
fn short(short: &str, long: &str) -> bool {
    short.len() <= 2 && short.ends_with('.') && long.starts_with(&short[..short.len() - 1])
}

fn initial(given: &str) -> String {
    given.chars().take(1).collect()
}

/// A name as it is looked up: in lower case, with straight apostrophes and without the accents that many desks drop.
fn key(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { name.to_lowercase().chars().map(plain).collect() }
}

/// A small letter without its accent.
const fn plain(letter: char) -> char {
    match letter {
        '’' => '\'',
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => letter,
    }
}

impl Draft {
    fn add(&mut self, paragraph: &Paragraph<'_>, naming: (usize, usize), mention: &Mention, given: Vec<String>) {
        self.sure |= mention.evidence == Evidence::Sure;
        self.namings.push(naming);
        let name = paragraph.phrase(mention.span);
        if name.len() > self.fullest {
            self.fullest = name.len();
            self.name = name.into_owned();
            self.surname = paragraph.phrase(mention.surname).into_owned();
            self.given = given;
        }
    }
}

fn finish(mut drafts: Vec<Draft>, paragraphs: &[Paragraph<'_>]) -> Vec<Person> {
    let mut bearers: FxHashMap<String, usize> = FxHashMap::default();
    for draft in &drafts {
        *bearers.entry(key(&draft.surname)).or_default() += 1;
    }
    drafts.retain(|draft| draft.sure || draft.taken_up && spoken(draft, paragraphs));
    for draft in &mut drafts {
        draft.namings.sort_unstable();
    }
    drafts.sort_by_key(|draft| draft.namings.first().copied());
    let person = |draft: Draft| {
        let mut titles: Vec<String> = Vec::new();
        let mut mentions = Vec::with_capacity(draft.namings.len());
        for (index, number) in &draft.namings {
            let paragraph = &paragraphs[*index];
            let mention = &paragraph.facts.mentions[*number];
            let title = mention.title.map(|title| Place::new(*index, title));
            if let Some(title) = mention.title.map(|title| paragraph.phrase(title))
                && titles.len() < MOST_TITLES
                && !titles.iter().any(|known| *known == title)
            {
                titles.push(title.into_owned());
            }
            mentions.push((Place::new(*index, mention.span), title));
        }
        let namesake = bearers.get(&key(&draft.surname)).is_some_and(|bearers| *bearers > 1);
        Person { name: draft.name, titles, mentions, namings: draft.namings, surname: draft.surname, namesake }
    };
    drafts.into_iter().map(person).collect()
}

/// Titles kept for one person; a story that gives more is no story.
const MOST_TITLES: usize = 32;

/// Whether the story lets somebody speak under a bare surname, as it does with people it has introduced.
fn spoken(draft: &Draft, paragraphs: &[Paragraph<'_>]) -> bool {
    draft.namings.iter().any(|(index, number)| {
        let paragraph = &paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        let prose = &paragraph.facts.prose;
        let next = prose.token_at(mention.span.end);
        mention.given.is_none() && prose.is(next, lexicon::Class::SPEECH.with(lexicon::Class::THOUGHT))
    })
}
