//! A person's new name, in each of the forms in which the story writes the old one.

use super::{Change, Why, named};
use crate::lexicon::{self, Class, Offices};
use crate::prose::{Kind, Prose, Token};
use crate::story::people::{self, Mention, Person};
use crate::story::{Paragraph, Place, Story};
use crate::text::{Span, SpanSet, one_line, upper_first};

/// The words of a naming that are renamed: not "Jr."
pub(super) fn renamed(mention: &Mention) -> Span {
    Span::new(mention.span.start, mention.surname.end)
}

/// The changes that give a person another name. `new` takes the place of the words at `place`: of a full name both parts
/// can be changed, of a bare surname that one.
pub(super) fn changes(story: &Story<'_>, person: &Person, place: Place, new: &str) -> Vec<Change> {
    let Some(mention) = named(story, place) else { return Vec::new() };
    let renaming = Renaming::new(person, &story.paragraphs[place.paragraph], mention, new);
    let namings = person.namings.iter().flat_map(|(index, number)| {
        let paragraph = &story.paragraphs[*index];
        let changes = renaming.changes(paragraph, &paragraph.facts.mentions[*number]).into_iter();
        changes.map(|(span, text, why)| Change { place: Place::new(*index, span), text, why })
    });
    let mut changes: Vec<Change> = namings.collect();
    if renaming.last.is_some_and(|(old, new)| old != new) && !person.namesake {
        changes.extend(other_forms(story, &renaming.surname));
    }
    changes
}

/// Whoever else the story calls by a full name.
pub(super) fn bearer<'s>(story: &'s Story<'_>, person: usize, name: &str) -> Option<&'s Person> {
    let name = lexicon::fold(name);
    let mut others = story.people.iter().enumerate().filter(|(index, _)| *index != person).map(|(_, other)| other);
    others.find(|other| name.contains(' ') && lexicon::fold(&other.name) == name)
}

/// Words made of a surname, and the surname in capitals where it is no naming that was read: "the Quills", "pro-Quill",
/// "QUILL QUITS". What becomes of them is for the user to say.
fn other_forms(story: &Story<'_>, surname: &str) -> Vec<Change> {
    let mut found = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        let named: SpanSet = paragraph.facts.mentions.iter().map(|mention| mention.span).collect();
        let words = paragraph.facts.prose.tokens.iter().filter(|token| token.kind == Kind::Word);
        let forms = words.filter(|token| !named.overlaps(token.span()) && is_form(token.of(paragraph.text), surname));
        let change =
            |token: &Token| Change { place: Place::new(index, token.span()), text: None, why: Some(Why::Form) };
        found.extend(forms.map(change));
    }
    found
}

/// Whether a word is made of a surname, which is in the form in which names are compared.
fn is_form(word: &str, surname: &str) -> bool {
    if !word.chars().any(char::is_uppercase) {
        return false;
    }
    let folded = lexicon::fold(word);
    let plural = folded.strip_prefix(surname).is_some_and(|ending| matches!(ending, "s" | "es"));
    plural || folded == surname && is_caps(word) || folded != surname && folded.split('-').any(|part| part == surname)
}

/// What becomes of the parts of a name.
struct Renaming<'n> {
    /// The surname of the person, as names are compared.
    surname: String,
    /// Given names as they were and as they will be, if they change.
    given: Option<(&'n str, &'n str)>,
    /// The surname as it was and as it will be, if it changes.
    last: Option<(&'n str, &'n str)>,
    /// The new surname with a "Jr." that is new, too.
    suffixed: &'n str,
}

impl<'n> Renaming<'n> {
    fn new(person: &Person, paragraph: &Paragraph<'n>, mention: &Mention, new: &'n str) -> Self {
        let mut renaming = Self { surname: lexicon::fold(&person.surname), given: None, last: None, suffixed: new };
        match renaming.parts(paragraph, mention) {
            (Some(given), Some(surname)) => {
                let (new_given, new_surname, suffixed) = split(new);
                renaming.given = new_given.map(|new| (paragraph.words(given), new));
                renaming.last = Some((paragraph.words(surname), new_surname));
                renaming.suffixed = suffixed;
            }
            (Some(given), None) => renaming.given = Some((paragraph.words(given), new)),
            (None, surname) => renaming.last = surname.map(|surname| (paragraph.words(surname), new)),
        }
        renaming
    }

    /// Given names and surname. A bare name that is not the surname is a given name: "Ann", of Ann Roe.
    fn parts(&self, paragraph: &Paragraph<'_>, mention: &Mention) -> (Option<Span>, Option<Span>) {
        let bare = mention.given.is_none() && lexicon::fold(&paragraph.phrase(mention.surname)) != self.surname;
        if bare { (Some(mention.surname), None) } else { (mention.given, Some(mention.surname)) }
    }

    fn changes(&self, paragraph: &Paragraph<'_>, mention: &Mention) -> Vec<(Span, Option<String>, Option<Why>)> {
        let why = paragraph.said(mention.span).then_some(Why::Quoted);
        let (given, surname) = self.parts(paragraph, mention);
        let mut changes = Vec::new();
        if let (Some(span), Some((old, new))) = (given, self.given) {
            let text = given_name(&paragraph.phrase(span), &one_line(old), new);
            let why = if text.is_none() { Some(Why::Form) } else { why };
            changes.push((span, text.map(|text| cased(&text, paragraph.words(span), old)), why));
        }
        if let (Some(span), Some((old, new))) = (surname, self.last) {
            let takes_suffix = given.is_some() && mention.span.end == mention.surname.end;
            let new = if takes_suffix { self.suffixed } else { new };
            changes.push((span, Some(cased(new, paragraph.words(span), old)), why));
        }
        let last = changes.last().filter(|(span, ..)| span.end == mention.span.end);
        if let Some(text) = last.and_then(|(_, text, _)| text.as_deref())
            && let Some(at) = lone_apostrophe(paragraph, mention.span.end)
            && !text.ends_with(['s', 'S'])
        {
            let s = if is_caps(text) { "S" } else { "s" };
            changes.push((Span::new(at, at), Some(s.into()), why));
        }
        changes
    }
}

/// Where the apostrophe of "Ross’" ends, if one stands at an offset. Another name needs more: "Quill’s".
fn lone_apostrophe(paragraph: &Paragraph<'_>, offset: usize) -> Option<usize> {
    let prose = &paragraph.facts.prose;
    let ending = prose.tokens.get(prose.token_at(offset))?;
    let lone = ending.start as usize == offset && matches!(ending.of(paragraph.text), "'" | "’");
    (lone && ending.kind == Kind::Possessive).then_some(ending.end as usize)
}

/// Given names, surname, and the surname with a "Jr." after it. A single word is a surname.
fn split(name: &str) -> (Option<&str>, &str, &str) {
    let mentions = people::mentions(name, &Prose::read(name), &Offices::default());
    if let [Mention { span, given: Some(given), surname, .. }] = mentions[..]
        && span == Span::new(0, name.len())
    {
        return (Some(given.of(name)), surname.of(name), &name[surname.start..]);
    }
    name.rsplit_once(' ').map_or((None, name, name), |(given, surname)| (Some(given), surname, surname))
}

/// What becomes of given names, or some of them, or their initials; none if they are others than `old`.
fn given_name(here: &str, old: &str, new: &str) -> Option<String> {
    let same = |a: &str, b: &str| lexicon::fold(a) == lexicon::fold(b);
    if same(here, old) {
        return Some(new.into());
    }
    if same(here, new) || same(old, new) {
        return Some(here.into());
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let mut known = false;
    let renamed: Vec<String> = here
        .split(' ')
        .enumerate()
        .map(|(at, word)| {
            // Where a name has come or gone, only the first is surely the first.
            let counts = |at: &usize| *at == 0 || old.len() == new.len();
            if let Some(at) = old.iter().position(|old| same(word, old)).filter(counts) {
                known = true;
                return new[at].to_owned();
            }
            let initial = old.get(at).filter(|_| counts(&at)).is_some_and(|old| is_initial(word, old));
            match new.get(at).and_then(|new| new.chars().next()).filter(|_| initial) {
                Some(letter) => {
                    known = true;
                    format!("{letter}.")
                }
                None => word.to_owned(),
            }
        })
        .collect();
    known.then(|| renamed.join(" "))
}

/// Whether `word` is the initial of `name`: "J."
fn is_initial(word: &str, name: &str) -> bool {
    let mut letters = word.chars();
    letters.next() == name.chars().next() && letters.as_str() == "."
}

/// `new` as `old` would be written where it is written `here`: ROE, or De Soto where a sentence begins.
fn cased(new: &str, here: &str, old: &str) -> String {
    let small = |words: &str| words.starts_with(char::is_lowercase);
    let particle = || new.split(' ').next().is_some_and(|first| lexicon::class_of(first).any(Class::PARTICLE));
    match (is_caps(here), is_caps(old)) {
        (true, false) => new.to_uppercase(),
        (false, true) if is_caps(new) => {
            new.split(' ').map(|word| upper_first(&word.to_lowercase())).collect::<Vec<_>>().join(" ")
        }
        _ if small(old) && !small(here) => upper_first(new),
        _ if small(here) && !small(old) && particle() => {
            new.to_lowercase().chars().take(1).chain(new.chars().skip(1)).collect()
        }
        _ => new.to_owned(),
    }
}

fn is_caps(words: &str) -> bool {
    words.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && words.to_uppercase() == words
}
