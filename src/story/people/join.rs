//! The people of a story, put together from the names in its paragraphs.

use rustc_hash::FxHashMap;

use super::{Evidence, Mention, Person};
use crate::format::Role;
use crate::lexicon;
use crate::story::{Paragraph, Place};
use crate::text::{Span, one_line};

/// A person named in the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Where.
    pub place: Place,
    /// The index of the person.
    pub person: usize,
    /// The title that stands with the name.
    pub title: Option<Place>,
}

/// Finds the person named at a place.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Every naming, in order.
    named: Vec<Named>,
    /// For each paragraph up to the last that names somebody, how many namings stand before it.
    starts: Vec<usize>,
}

impl Index {
    /// The index of `people`.
    pub fn of(people: &[Person]) -> Self {
        let namings = || {
            people.iter().enumerate().flat_map(|(person, known)| {
                known.mentions.iter().map(move |(place, title)| Named { place: *place, person, title: *title })
            })
        };
        let paragraphs = namings().map(|named| named.place.paragraph + 1).max().unwrap_or(0);
        // Sorted by counting: what is named in a paragraph is next to nothing, and in a long story much.
        let mut starts = vec![0; paragraphs + 1];
        namings().for_each(|named| starts[named.place.paragraph + 1] += 1);
        (0..paragraphs).for_each(|at| starts[at + 1] += starts[at]);
        let mut next = starts.clone();
        let blank = Named { place: Place::default(), person: 0, title: None };
        let mut named = vec![blank; starts[paragraphs]];
        for naming in namings() {
            let at = &mut next[naming.place.paragraph];
            named[*at] = naming;
            *at += 1;
        }
        for at in 0..paragraphs {
            named[starts[at]..starts[at + 1]].sort_unstable_by_key(|named| (named.place, named.person));
        }
        Self { named, starts }
    }

    /// The namings of a paragraph, in order.
    fn of_paragraph(&self, paragraph: usize) -> &[Named] {
        let [start, end] = [paragraph, paragraph + 1].map(|at| self.starts.get(at).copied());
        start.zip(end).and_then(|(start, end)| self.named.get(start..end)).unwrap_or_default()
    }

    /// The index of the first person named in `place`.
    pub fn at(&self, place: Place) -> Option<usize> {
        let here = self.of_paragraph(place.paragraph);
        let named = here.get(here.partition_point(|named| named.place.span.end <= place.span.start))?;
        named.place.span.overlaps(place.span).then_some(named.person)
    }

    /// The namings that begin within a span of a paragraph, in order.
    pub fn within(&self, paragraph: usize, span: Span) -> &[Named] {
        let here = self.of_paragraph(paragraph);
        let at = |offset| here.partition_point(|named| named.place.span.start < offset);
        here.get(at(span.start)..at(span.end)).unwrap_or_default()
    }

    /// The namings that end at or before an offset in a paragraph or stand in an earlier one, in order.
    pub fn until(&self, paragraph: usize, offset: usize) -> &[Named] {
        let Some(start) = self.starts.get(paragraph) else { return &self.named };
        let here = self.of_paragraph(paragraph);
        &self.named[..start + here.partition_point(|named| named.place.span.end <= offset)]
    }
}

/// A person while the story is read.
#[derive(Default)]
struct Draft {
    sure: bool,
    /// Whether a bare surname takes it up.
    taken_up: bool,
    /// Numbers of the words of the given name, as the fullest mention has them.
    given: Vec<u32>,
    /// Length of the fullest name.
    fullest: usize,
    name: String,
    surname: String,
    /// The number of the surname.
    number: u32,
    namings: Vec<(usize, usize)>,
}

/// Surnames and words of given names, each with a number that all its spellings share.
#[derive(Default)]
struct Names<'s> {
    /// By spelling, so that a name is folded once however often it stands in the story.
    spelled: FxHashMap<&'s str, u32>,
    folded: FxHashMap<String, u32>,
    /// By number: the folded name and the number of its first letter.
    known: Vec<(String, u32)>,
}

impl<'s> Names<'s> {
    fn number(&mut self, words: &'s str) -> u32 {
        if let Some(number) = self.spelled.get(words) {
            return *number;
        }
        let number = self.add(lexicon::fold(&one_line(words)));
        self.spelled.insert(words, number);
        number
    }

    fn add(&mut self, name: String) -> u32 {
        if let Some(number) = self.folded.get(&name) {
            return *number;
        }
        let number = self.known.len() as u32;
        self.folded.insert(name.clone(), number);
        let initial: String = name.chars().take(1).collect();
        let letter = initial.len() < name.len();
        self.known.push((name, number));
        if letter {
            self.known[number as usize].1 = self.add(initial);
        }
        number
    }

    fn text(&self, number: u32) -> &str {
        &self.known[number as usize].0
    }

    fn initial(&self, number: u32) -> u32 {
        self.known[number as usize].1
    }
}

/// Who the full names of a story introduce.
#[derive(Default)]
struct Cast<'s> {
    names: Names<'s>,
    drafts: Vec<Draft>,
    by_surname: FxHashMap<u32, Vec<usize>>,
    /// Given names and initials under a surname, so that a thousand Smiths are found as fast as one.
    by_name: FxHashMap<(u32, u32), usize>,
    /// For each mention in order, the number of its surname and, if it is a full name, whose it is.
    read: Vec<(u32, Option<usize>)>,
}

/// Whether paragraphs of this role tell of people of the story.
const fn tells(role: Role) -> bool {
    !matches!(role, Role::Byline | Role::Tail | Role::EditorsNote)
}

/// The mentions of people of the story, each with its paragraph and the indices of both.
fn told<'a, 's>(
    paragraphs: &'a [Paragraph<'s>],
) -> impl Iterator<Item = (&'a Paragraph<'s>, &'s Mention, (usize, usize))> {
    let told = paragraphs.iter().enumerate().filter(|(_, paragraph)| tells(paragraph.role));
    told.flat_map(|(index, paragraph)| {
        let mentions = paragraph.facts.mentions.iter().enumerate();
        mentions.map(move |(number, mention)| (paragraph, mention, (index, number)))
    })
}

/// The people of the story, in the order in which they first appear.
pub fn join(paragraphs: &[Paragraph<'_>]) -> Vec<Person> {
    let mut cast = Cast::default();
    for (paragraph, mention, naming) in told(paragraphs) {
        cast.read(paragraph, mention, naming);
    }
    let Cast { mut drafts, by_surname, read, .. } = cast;
    // Of people who share a surname, the one called by the full name in the same paragraph is meant, else the one whom
    // the story calls so most often.
    let mut latest: FxHashMap<u32, (usize, usize)> = FxHashMap::default();
    let often = |person: &usize| (drafts[*person].namings.len(), std::cmp::Reverse(*person));
    let principal = |namesakes: &Vec<usize>| namesakes.iter().copied().max_by_key(often);
    let principals: FxHashMap<u32, usize> =
        by_surname.iter().filter_map(|(surname, namesakes)| Some((*surname, principal(namesakes)?))).collect();
    let mut by_first: FxHashMap<u32, usize> = FxHashMap::default();
    for (person, draft) in drafts.iter().enumerate() {
        let long = |first: &&u32| {
            let first = cast.names.text(**first);
            first.len() > 1 && !first.ends_with('.')
        };
        if let Some(first) = draft.given.first().filter(long) {
            by_first.entry(*first).or_insert(person);
        }
    }
    let mut bare: Vec<(usize, (usize, usize))> = Vec::new();
    let mut alone: FxHashMap<u32, Vec<(usize, usize)>> = FxHashMap::default();
    for ((paragraph, mention, naming), (surname, owner)) in told(paragraphs).zip(read) {
        if let Some(person) = owner {
            latest.insert(surname, (naming.0, person));
            continue;
        }
        let meant = match by_surname.get(&surname).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            Some(namesakes) => holder(mention, namesakes, &drafts, paragraphs)
                .or_else(|| latest.get(&surname).filter(|(at, _)| *at == naming.0).map(|(_, person)| *person))
                .or_else(|| principals.get(&surname).copied()),
            None => by_first.get(&surname).copied().filter(|_| !is_place(paragraph, mention)),
        };
        match meant {
            Some(person) => bare.push((person, naming)),
            None if mention.evidence == Evidence::Sure => alone.entry(surname).or_default().push(naming),
            None => {
                if let Some(namings) = alone.get_mut(&surname) {
                    namings.push(naming);
                }
            }
        }
    }
    for (person, naming) in bare {
        drafts[person].taken_up = true;
        drafts[person].namings.push(naming);
    }
    for (surname, namings) in alone {
        let (index, number) = namings[0];
        let mut draft = Draft { number: surname, ..Draft::default() };
        draft.add(&paragraphs[index], (index, number), &paragraphs[index].facts.mentions[number], Vec::new());
        draft.namings = namings;
        drafts.push(draft);
    }
    finish(drafts, paragraphs)
}

impl<'s> Cast<'s> {
    /// Reads the next mention; a full name names somebody known or introduces somebody.
    fn read(&mut self, paragraph: &Paragraph<'s>, mention: &Mention, naming: (usize, usize)) {
        let surname = self.names.number(paragraph.words(mention.surname));
        let Some(given) = mention.given else { return self.read.push((surname, None)) };
        let given: Vec<u32> = paragraph.words(given).split_whitespace().map(|word| self.names.number(word)).collect();
        let person = self.find(&given, surname).unwrap_or_else(|| {
            self.drafts.push(Draft { number: surname, ..Draft::default() });
            self.by_surname.entry(surname).or_default().push(self.drafts.len() - 1);
            self.drafts.len() - 1
        });
        if let Some(first) = given.first() {
            self.by_name.entry((surname, *first)).or_insert(person);
            self.by_name.entry((surname, self.names.initial(*first))).or_insert(person);
        }
        self.drafts[person].add(paragraph, naming, mention, given);
        self.read.push((surname, Some(person)));
    }

    /// The person already met whom a full name can name.
    fn find(&self, given: &[u32], surname: u32) -> Option<usize> {
        let first = *given.first()?;
        let named = |given: u32| self.by_name.get(&(surname, given)).copied();
        let fits = |person: &usize| same_given(given, &self.drafts[*person].given, &self.names);
        // A nickname may have another first letter; a handful of namesakes can be asked one by one.
        let namesakes = || self.by_surname.get(&surname)?.iter().take(8).copied().find(|person| fits(person));
        named(first).filter(fits).or_else(|| named(self.names.initial(first)).filter(fits)).or_else(namesakes)
    }
}

/// Whether a word that is somebody's given name stands as a place or a thing does: "in Jordan", "a Ford".
fn is_place(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let prose = &paragraph.facts.prose;
    let Some(before) = prose.token_at(mention.span.start).checked_sub(1).map(|at| prose.tokens[at]) else {
        return false;
    };
    let word = before.of(paragraph.text);
    matches!(word, "a" | "A" | "an" | "An" | "the" | "The" | "in" | "In" | "near" | "across")
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
fn same_given(a: &[u32], b: &[u32], names: &Names<'_>) -> bool {
    let (Some(first), Some(other)) = (a.first(), b.first()) else { return true };
    let (one, two) = (names.text(*first), names.text(*other));
    if lexicon::same_name(one, two) || short(one, two) || short(two, one) {
        return true;
    }
    // "W. Carter Moss" and "Carter Moss"
    a.get(1).is_some_and(|second| second == other) || b.get(1).is_some_and(|second| second == first)
}

/// Whether `short` is an initial of `long`.
fn short(short: &str, long: &str) -> bool {
    short.len() <= 2 && short.ends_with('.') && long.starts_with(&short[..short.len() - 1])
}

impl Draft {
    fn add(&mut self, paragraph: &Paragraph<'_>, naming: (usize, usize), mention: &Mention, given: Vec<u32>) {
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
    let mut bearers: FxHashMap<u32, usize> = FxHashMap::default();
    for draft in &drafts {
        *bearers.entry(draft.number).or_default() += 1;
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
        let namesake = bearers.get(&draft.number).is_some_and(|bearers| *bearers > 1);
        Person { name: draft.name, titles, mentions, namings: draft.namings, surname: draft.surname, namesake }
    };
    drafts.into_iter().map(person).collect()
}

/// Titles kept for one person; a story that gives more is no story.
const MOST_TITLES: usize = 32;

/// Whether the story has somebody under a bare surname as only people are had: speaking, with “Mr.”, or described.
fn spoken(draft: &Draft, paragraphs: &[Paragraph<'_>]) -> bool {
    draft.namings.iter().any(|(index, number)| {
        let paragraph = &paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        let prose = &paragraph.facts.prose;
        let next = prose.token_at(mention.span.end);
        let speaks = prose.is(next, lexicon::Class::SPEECH.with(lexicon::Class::THOUGHT));
        mention.given.is_none() && (speaks || mention.courtesy.is_some())
    })
}
