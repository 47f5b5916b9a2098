//! Who speaks: sources become the people and bodies of the story.

mod antecedent;
mod interview;
mod phrase;

use std::cell::OnceCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Act, Attribution, SourceKind};
use crate::format::Role;
use crate::lexicon::{Class, Gender, bodies_called, gender_of_name, gender_of_title, titles_called};
use crate::prose::{Kind, Token};
use crate::story::bodies;
use crate::story::people::{Index, Named, Person};
use crate::story::{Paragraph, Place};
use crate::text::Span;
use interview::Interview;
pub(in crate::story) use phrase::is_plural;
use phrase::{is_group, name, noun};

/// An attribution in its story.
#[derive(Clone, Debug)]
pub struct Joined<'s> {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// What the paragraph says.
    pub attribution: &'s Attribution,
    /// Who speaks, as far as the story tells: a person's full name, a body's name.
    pub speaker: Option<Rc<str>>,
    /// Index of the person in the story's people, where the speaker is one.
    pub person: Option<usize>,
}

/// How far back, in namings, the bearer of "the analyst" is looked for.
const MEMORY: usize = 24;
/// How many names of a source may have to be read until one is its own.
const NAMES: usize = 4;
/// How far back, in paragraphs, a pronoun reaches.
const REACH: usize = 3;

/// Somebody who can speak: by what name, and which of the story's people if one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Party {
    name: Option<Rc<str>>,
    person: Option<usize>,
}

/// A body or an unnamed source that the story has introduced, and where it was last named.
#[derive(Clone, Debug)]
struct Known {
    name: Rc<str>,
    place: Place,
    /// The one before it that could be called so, too: its last place.
    rival: Option<Place>,
}

/// What is known of the story while its attributions are read.
struct Cast<'a, 's> {
    paragraphs: &'a [Paragraph<'s>],
    people: &'a [Person],
    /// Where they are named.
    named: Index,
    names: Vec<Rc<str>>,
    /// Which pronoun is for each by name and title, once asked for.
    genders: Vec<OnceCell<Option<Gender>>>,
    /// Which pronoun the story has used for somebody whose name and title do not tell.
    learned: FxHashMap<usize, Gender>,
    /// By each word of their titles, who bears it, in order. Made when the first role has to be resolved.
    titled: OnceCell<FxHashMap<String, Vec<usize>>>,
    /// By the noun that says what they are, the last sources and bodies.
    known: FxHashMap<String, Known>,
    acronyms: FxHashMap<u64, Rc<str>>,
    interview: Interview<'s>,
    /// The attributions so far.
    joined: Vec<Joined<'s>>,
    /// For each paragraph so far, how many attributions stand before it.
    starts: Vec<usize>,
}

/// The attributions of the story, with their speakers.
pub fn join<'s>(paragraphs: &[Paragraph<'s>], people: &[Person]) -> Vec<Joined<'s>> {
    let named = Index::of(people);
    let mut cast = Cast {
        paragraphs,
        people,
        interview: Interview::read(paragraphs, people, &named),
        named,
        names: people.iter().map(|person| Rc::from(person.name.as_str())).collect(),
        genders: vec![OnceCell::new(); people.len()],
        learned: FxHashMap::default(),
        titled: OnceCell::new(),
        known: FxHashMap::default(),
        acronyms: FxHashMap::default(),
        joined: Vec::new(),
        starts: Vec::with_capacity(paragraphs.len()),
    };
    for (index, paragraph) in paragraphs.iter().enumerate() {
        cast.starts.push(cast.joined.len());
        if paragraph.is_copy() {
            cast.read(index, paragraph);
        } else if paragraph.role == Role::Headline {
            cast.head(index, paragraph);
        }
    }
    cast.joined
}

impl<'s> Cast<'_, 's> {
    /// Reads the attributions of a paragraph, and the bodies that it names between them.
    fn read(&mut self, index: usize, paragraph: &Paragraph<'s>) {
        if let Some((attribution, Party { name, person })) = self.turn(index, paragraph) {
            self.joined.push(Joined { paragraph: index, attribution, speaker: name, person });
        }
        let mut bodies = paragraph.facts.bodies.iter().peekable();
        for attribution in &paragraph.facts.attributions {
            let source = attribution.source.unwrap_or_default();
            while let Some(body) = bodies.next_if(|body| body.span.start < source.start) {
                self.meet(index, paragraph, body);
            }
            let Party { name, person } = self.speaker(index, paragraph, attribution);
            match (&name, person) {
                (Some(name), None) if attribution.act == Act::Speech => self.hear(Place::new(index, source), name),
                (_, Some(person))
                    if attribution.source_kind == SourceKind::Pronoun && self.gender(person).is_none() =>
                {
                    self.learned.extend(antecedent::gender(paragraph.words(source)).map(|gender| (person, gender)));
                }
                _ => {}
            }
            self.joined.push(Joined { paragraph: index, attribution, speaker: name, person });
        }
        for body in bodies {
            self.meet(index, paragraph, body);
        }
    }

    /// Reads what a headline says by its colon.
    fn head(&mut self, index: usize, paragraph: &Paragraph<'s>) {
        let Some(attribution) = &paragraph.facts.headline else { return };
        let Party { name, person } = self.speaker(index, paragraph, attribution);
        if person.is_some() || attribution.source_kind == SourceKind::Role {
            self.joined.push(Joined { paragraph: index, attribution, speaker: name, person });
        }
    }

    /// Takes note of a body that is named.
    fn meet(&mut self, index: usize, paragraph: &Paragraph<'_>, body: &bodies::Mention) {
        let words = paragraph.phrase(body.span);
        self.note(body.head, &name(&words), Place::new(index, body.span));
        if let (Some(initials), Some(known)) = (body.initials, self.known.get(body.head)) {
            self.acronyms.entry(initials).or_insert_with(|| known.name.clone());
        }
    }

    /// Takes note of a source that is no person of the story.
    fn hear(&mut self, place: Place, name: &Rc<str>) {
        let noun = noun(name);
        // "The ministry" that the story never named introduces none.
        if bare(name) != noun {
            self.note(&noun.to_lowercase(), name, place);
        }
    }

    /// Takes note of the last one to whom a noun is for.
    fn note(&mut self, noun: &str, name: &str, place: Place) {
        let Some(known) = self.known.get_mut(noun) else {
            self.known.insert(noun.to_owned(), Known { name: name.into(), place, rival: None });
            return;
        };
        if !same(&known.name, name) {
            known.rival = Some(known.place);
            known.name = name.into();
        } else if known.name.len() < name.len() {
            known.name = name.into();
        }
        known.place = place;
    }

    fn speaker(&self, index: usize, paragraph: &Paragraph<'s>, attribution: &Attribution) -> Party {
        let Some(source) = attribution.who(paragraph.text) else { return Party::default() };
        let words = paragraph.phrase(source);
        if attribution.source_kind == SourceKind::Pronoun {
            return self.antecedent(index, attribution, source, &words);
        }
        if let Some(party) = self.named_in(index, paragraph, source) {
            return party;
        }
        let name = name(&words);
        if is_group(&name) {
            return self.group(index, attribution, source);
        }
        if let Some(role) = name.strip_prefix("the ")
            && let Some(party) = self.called(index, source, role)
        {
            return party;
        }
        let acronym = bodies::acronym(bare(&name)).and_then(|initials| self.acronyms.get(&initials));
        Party { name: Some(acronym.cloned().unwrap_or_else(|| name.into())), person: None }
    }

    fn person(&self, index: usize) -> Party {
        Party { name: Some(self.names[index].clone()), person: Some(index) }
    }

    /// Whom a source names: "Quill, an aide to Roe" is Quill, and "Roe's aide" nobody known.
    fn named_in(&self, index: usize, paragraph: &Paragraph<'_>, source: Span) -> Option<Party> {
        let named = self.named.within(index, source);
        let nth = named.iter().take(NAMES).position(|Named { place, title, .. }| {
            let before = title.map(|title| title.span).filter(|title| title.end <= place.span.start);
            let all = before.map_or(place.span, |title| title.cover(place.span));
            introduces(paragraph, Span::new(source.start, all.start))
                && goes_no_further(paragraph, Span::new(place.span.end, source.end))
        })?;
        let Named { place, person, .. } = named[nth];
        let next = paragraph.facts.prose.tokens_in(Span::new(place.span.end, source.end)).first();
        if next.is_none_or(|next| next.of(paragraph.text) != "and") {
            return Some(self.person(person));
        }
        let other = named.get(nth + 1).filter(|other| other.place.span.end == source.end)?;
        let both = (place != other.place).then(|| format!("{} and {}", self.names[person], self.names[other.person]));
        both.map(|both| Party { name: Some(both.into()), person: None })
    }

    /// Who is called "the analyst" or "the ministry": the person or body that the story has introduced as one.
    fn called(&self, index: usize, source: Span, role: &str) -> Option<Party> {
        let noun = noun(role);
        let modifiers = role.strip_suffix(noun).unwrap_or_default();
        let person = self.titled(index, source, noun, modifiers);
        let body = if modifiers.is_empty() { self.body(index, noun) } else { None };
        match (person, body) {
            (Some((place, person)), Some(body)) if body.place < place => Some(self.person(person)),
            (Some((_, person)), None) => Some(self.person(person)),
            (_, Some(body)) => Some(Party { name: Some(body.name.clone()), person: None }),
            (None, None) => None,
        }
    }

    /// The body last introduced as one, or the unnamed source, if not long before; `None` where two of them are as near
    /// as one another.
    fn body(&self, index: usize, noun: &str) -> Option<&Known> {
        let near = |known: &&Known| index - known.place.paragraph <= REACH || known.name.contains(char::is_uppercase);
        let noun = noun.to_lowercase();
        let calls =
            std::iter::once(noun.as_str()).chain(bodies_called(&noun).iter().copied().filter(|head| **head != noun));
        let known = calls.filter_map(|head| self.known.get(head)).filter(near);
        let mut nearest: Option<&Known> = None;
        let mut rival: Option<Place> = None;
        for known in known {
            match nearest {
                Some(other) if known.name == other.name => {}
                Some(other) if known.place < other.place => rival = rival.max(Some(known.place)),
                Some(other) => {
                    rival = rival.max(Some(other.place)).max(known.rival);
                    nearest = Some(known);
                }
                None => {
                    rival = known.rival;
                    nearest = Some(known);
                }
            }
        }
        nearest.filter(|known| rival.is_none_or(|rival| rival.paragraph < known.place.paragraph))
    }

    /// The person last named before `source` whose title has the noun and what stands before it, and where that was.
    fn titled(&self, index: usize, source: Span, noun: &str, modifiers: &str) -> Option<(Place, usize)> {
        let titled = self.titled.get_or_init(|| titles(self.people));
        let noun = noun.to_lowercase();
        let calls = std::iter::once(noun.as_str()).chain(titles_called(&noun).iter().copied());
        let bearers: Vec<&Vec<usize>> = calls.filter_map(|word| titled.get(word)).collect();
        let gender = gender_of_title(&noun);
        if bearers.is_empty() {
            return None;
        }
        let bears = |person: usize| bearers.iter().any(|bearers| bearers.binary_search(&person).is_ok());
        let has =
            |person: usize, word: &str| self.people[person].titles.iter().any(|title| phrase::has_word(title, word));
        let fits = |person: usize| {
            // An actress is an actor only if the story says so.
            let suits = self.gender(person).is_none() || gender.is_none() || self.gender(person) == gender;
            (suits || has(person, &noun)) && modifiers.split_whitespace().all(|modifier| has(person, modifier))
        };
        let mut near = self
            .named
            .until(index, source.start)
            .iter()
            .rev()
            .take(MEMORY)
            .map(|named| (named.place, named.person))
            .filter(|(_, person)| bears(*person));
        if let Some((place, person)) = near.find(|(_, person)| fits(*person)) {
            let sentence = |place: Place| (place.paragraph, self.sentence(place));
            let rival = near.find(|(_, other)| *other != person && fits(*other));
            return rival.is_none_or(|(other, _)| sentence(other) != sentence(place)).then_some((place, person));
        }
        // Nobody near; the only one in the story.
        let [only] = bearers.as_slice() else { return None };
        let [person] = only.as_slice() else { return None };
        let first = self.people[*person].mentions.first()?.0;
        (fits(*person) && first < Place::new(index, source)).then_some((first, *person))
    }

    fn sentence(&self, place: Place) -> Option<usize> {
        self.paragraphs[place.paragraph].facts.prose.sentence_at(place.span.start)
    }

    /// Which pronoun is for a person, as far as the story tells.
    fn gender(&self, index: usize) -> Option<Gender> {
        let told = self.genders[index].get_or_init(|| {
            let person = &self.people[index];
            let courtesy = || {
                person.namings.iter().take(MEMORY).find_map(|(index, number)| {
                    let paragraph = self.paragraphs.get(*index)?;
                    let courtesy = paragraph.facts.mentions.get(*number)?.courtesy?;
                    gender_of_title(paragraph.words(courtesy))
                })
            };
            let given = || person.name.split(' ').next().filter(|_| person.name.contains(' ')).and_then(gender_of_name);
            let title = || person.titles.iter().flat_map(|title| title.split(' ')).find_map(gender_of_title);
            courtesy().or_else(given).or_else(title)
        });
        told.or_else(|| self.learned.get(&index).copied())
    }

    /// The attributions so far that stand in a sentence.
    fn joined_in(&self, paragraph: usize, sentence: usize) -> &[Joined<'s>] {
        let end = self.starts.get(paragraph + 1).copied().unwrap_or(self.joined.len());
        let joined = &self.joined[self.starts[paragraph]..end];
        let first = joined.partition_point(|joined| joined.attribution.sentence < sentence);
        let last = joined.partition_point(|joined| joined.attribution.sentence <= sentence);
        joined.get(first..last).unwrap_or_default()
    }
}

/// Whether the words of a source before a name leave it to the name to say who speaks: those of a title, "Trade Ministry
/// spokesman", or a role and a comma, "a lawyer for the city, Ann Quill".
fn introduces(paragraph: &Paragraph<'_>, ahead: Span) -> bool {
    let tokens = paragraph.facts.prose.tokens_in(ahead);
    let is_comma = |token: &&Token| token.of(paragraph.text) == ",";
    let governs = |token: &&Token| token.class.any(Class::PREPOSITION);
    if tokens.last().as_ref().is_some_and(is_comma) {
        let mut head = tokens.iter().take_while(|token| !governs(token));
        return head.any(|token| token.class.any(Class::ROLE.with(Class::TITLE)))
            && tokens.iter().filter(is_comma).count() == 1;
    }
    !tokens.iter().any(|token| is_comma(&token) || governs(&token) || token.of(paragraph.text) == "who")
}

/// Whether the words of a source after a name only say more of its bearer: "the Quill campaign" is not Quill.
fn goes_no_further(paragraph: &Paragraph<'_>, rest: Span) -> bool {
    paragraph.facts.prose.tokens_in(rest).first().is_none_or(|next| {
        next.kind == Kind::Mark
            || next.class.any(Class::PREPOSITION.with(Class::SUFFIX).with(Class::ADVERB))
            || matches!(next.of(paragraph.text), "and" | "who" | "himself" | "herself")
    })
}

/// For each word of a role in the people's titles, who bears it.
fn titles(people: &[Person]) -> FxHashMap<String, Vec<usize>> {
    let mut titled: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, person) in people.iter().enumerate() {
        for title in &person.titles {
            for role in phrase::roles(title) {
                let bearers = titled.entry(role.to_lowercase()).or_default();
                if bearers.last() != Some(&index) {
                    bearers.push(index);
                }
            }
        }
    }
    titled
}

/// Whether two names are one body's: "the Ministry of Health" may be "Norland's Ministry of Health".
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    long.strip_suffix(short).is_some_and(|owner| owner.is_empty() || owner.ends_with("s "))
}

/// A name without its article.
fn bare(name: &str) -> &str {
    name.strip_prefix("the ").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use crate::format::Role;
    use crate::story::{Facts, Paragraph, Story};

    /// The speakers of the story's attributions, in order.
    fn speakers(texts: &[&str]) -> Vec<String> {
        let facts: Vec<Facts> = texts.iter().map(|text| Facts::read(text)).collect();
        let paragraphs = texts.iter().zip(&facts).map(|(text, facts)| Paragraph { text, role: Role::Body, facts });
        let story = Story::join(paragraphs.collect(), None);
        story.attributions.into_iter().map(|joined| joined.speaker.as_deref().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn a_headline_says_by_its_colon_what_somebody_says() {
        let body = "Mayor Tom Dell said the town was broke.";
        for (head, speaker) in
            [("Mayor: City is broke", "mayor"), ("Dell: City is broke", "Tom Dell"), ("Weather: Rain is near", "")]
        {
            let facts = [head, body].map(Facts::read);
            let paragraph = |text, role, facts| Paragraph { text, role, facts };
            let paragraphs = [paragraph(head, Role::Headline, &facts[0]), paragraph(body, Role::Body, &facts[1])];
            let story = Story::join(paragraphs.to_vec(), None);
            let speakers: Vec<&str> =
                story.attributions.iter().filter_map(|joined| joined.speaker.as_deref()).collect();
            let expected = [speaker, "Tom Dell"];
            assert_eq!(speakers, expected[usize::from(speaker.is_empty())..], "{head}");
            // The body's attributions are counted from behind the headline's.
            assert_eq!(story.sourcing[1][0].by, Some(usize::from(!speaker.is_empty())), "{head}");
        }
    }

    #[test]
    fn a_pronoun_is_for_the_person_of_its_paragraph() {
        let heard = "“It is late,” Sen. Bo Moss said.";
        for (text, speaker) in [
            ("Gov. Ann Roe asked people to stay at home. “Stay there,” she said.", "Ann Roe"),
            ("Roads were closed. “Stay there,” he said.", "Bo Moss"),
            ("“Gov. Ann Roe is right,” he said.", "Bo Moss"),
            ("“No,” Moss said. He thanked Gov. Ann Roe. “Stay there,” he said.", "Bo Moss"),
        ] {
            assert_eq!(speakers(&[heard, text]).last().map(String::as_str), Some(speaker), "{text}");
        }
    }

    #[test]
    fn a_pronoun_is_for_the_last_who_spoke_or_was_spoken_of() {
        for (texts, speaker) in [
            (&["Ann Roe met Tom Moss on Monday. He said it rained."][..], "Tom Moss"),
            (&["Ann Roe met Sue Moss on Monday. She said it rained."], "Ann Roe"),
            (&["Ann Roe said it was late.", "Tom Moss said it was not. She said it was."], "Ann Roe"),
            (&["Ann Roe said it was early. She thanked Sue Moss. Later, she said it was late."], "Ann Roe"),
            (&["Tom Moss’ dam is old. It leaks, he said."], "Tom Moss"),
            (&["Tom Moss said it was late. On Monday, he said Tim Roe knew."], "Tom Moss"),
            (&["Tom Moss said he thought it was late."], "Tom Moss"),
            (&["It rained after Tom Moss made his claim that it would not."], "Tom Moss"),
            (&["“It is late,” Zoë Ó Moss of the Harbor Trust said."], "Zoë Ó Moss"),
            (&["It is late, Chief Executive Per Moss said, adding that it rained."], "Per Moss"),
            (
                &["Sen. Kit Dell said it rained. She said it was late.", "Dell met Sen. Ren Orr. He said it was late."],
                "Ren Orr",
            ),
            (&["An officer called. He said it was late."], "an officer"),
            (&["Ann Roe came. A spokesman called. He said it was late."], "a spokesman"),
            (&["The report came out on Monday. It said the dam leaked."], "the report"),
            (&["The Harbor Bank closed. It said it was late."], "the Harbor Bank"),
            (&["Two officers came. They said it was late."], "two officers"),
            (&["Ann Roe and Tom Moss met. They said it was late."], "Ann Roe and Tom Moss"),
        ] {
            assert_eq!(speakers(texts).last().map(String::as_str), Some(speaker), "{texts:?}");
        }
    }

    #[test]
    fn nobody_is_guessed_at() {
        for texts in [
            &["The dam held. He said it was old."][..],
            &["Tom Moss and Tim Roe met. He said it was late."],
            &["Ann Roe left. He said it was late."],
            &["Ann Roe said it was early. They said it was late."],
            &["“Moss is wrong. He says it is late,” Ann Roe said."],
            &["Two officers came. It said it was late."],
            &["Tom Moss came.", "It rained.", "It rained.", "It rained.", "It rained.", "He said it was late."],
        ] {
            assert_eq!(speakers(texts).last().map_or("", String::as_str).replace("Ann Roe", ""), "", "{texts:?}");
        }
    }

    #[test]
    fn a_role_is_for_the_one_introduced_with_it() {
        for (texts, speaker) in [
            (&["Ann Roe, a harbor analyst, came.", "It rained.", "The analyst said it was late."][..], "Ann Roe"),
            (&["Sen. Tom Moss came. The senator said it was late."], "Tom Moss"),
            (&["Rep. Tom Moss came. The lawmaker said it was late."], "Tom Moss"),
            (&["Vice President Tom Moss came. The president said it was late."], "the president"),
            (&["Sen. Tom Moss and Sen. Tim Roe came. The senator said it was late."], "the senator"),
            (&["Sen. Tom Moss came. The Norland senator said it was late."], "the Norland senator"),
            (&["Norland’s Ministry of Health shut it. The ministry said it was late."], "Norland’s Ministry of Health"),
            (&["Acme Corp. shut it.", "It rained.", "The company said it was late."], "Acme Corp."),
            (&["Acme Corp. and Dent Inc. met. The company said it was late."], "the company"),
            (
                &["A spokesman for the mayor said it was late. “Never,” the spokesman said."],
                "a spokesman for the mayor",
            ),
            (&["The World Health Fund (WHF) paid. The WHF said it was late."], "the World Health Fund"),
            (&["The World Health Fund paid. WHF said it was late."], "the World Health Fund"),
        ] {
            assert_eq!(speakers(texts).last().map(String::as_str), Some(speaker), "{texts:?}");
        }
    }

    #[test]
    fn a_name_in_a_source_is_not_always_the_source() {
        for (source, speaker) in [
            ("Roe, an aide to Moss,", "Ann Roe"),
            ("An aide to Roe", "an aide to Roe"),
            ("Roe’s lawyer", "Roe’s lawyer"),
            ("The Roe campaign", "the Roe campaign"),
            ("A lawyer, Ann Roe,", "Ann Roe"),
            ("A lawyer for Moss, Ann Roe,", "Ann Roe"),
            ("Moss’ lawyer, Ann Roe,", "Ann Roe"),
            ("Roe and Moss", "Ann Roe and Tom Moss"),
        ] {
            let text = format!("{source} said it was late.");
            let found = speakers(&["Ann Roe met Tom Moss.", &text]);
            assert_eq!(found.last().map(String::as_str), Some(speaker), "{source}");
        }
    }

    #[test]
    fn what_both_sides_did_stands_on_the_word_of_who_says_so() {
        for (texts, speaker) in [
            (&["“It is late,” the ministry said, adding that both sides agreed it was."][..], "the ministry"),
            (&["Ann Roe and Tom Moss met. Both sides said it was late."], "Ann Roe and Tom Moss"),
            (&["It rained. Both sides said it was late."], ""),
        ] {
            assert_eq!(speakers(texts).last().map(String::as_str), Some(speaker), "{texts:?}");
        }
    }

    #[test]
    fn each_sentence_of_a_story_is_its_sources() {
        // How a sentence begins, the rest of it, and on whose word it stands.
        let copy = [
            ("Two Norland patrol planes", "trained this week with tankers off the Sarn Islands.", ""),
            ("The planes flew", "for three hours on Tuesday, several news outlets reported.", "several news outlets"),
            ("The drill came", "two days after Karsk boats circled a survey ship.", ""),
            (
                "Norland's Joint Staff",
                "denied that the drill was an answer to any one event but said the boats were signs of rougher waters.",
                "Norland's Joint Staff",
            ),
            (
                "Tomas Quillfeather,",
                "a naval analyst, said that although such drills are routine, this one could be \"read as a letter.\"",
                "Tomas Quillfeather",
            ),
            ("A tanker can stay", "in the air for a day, Quillfeather said.", "Tomas Quillfeather"),
            ("He added", "that it could help if the strait were closed.", "Tomas Quillfeather"),
            ("He noted", "that the planes carried new radar pods.", "Tomas Quillfeather"),
            ("\"So the letter", "may have more than one reader,\" the analyst said.", "Tomas Quillfeather"),
            ("On Wednesday, Defense Secretary", "Orla Vance met Defense Minister Pavel Drost of Vesha.", ""),
            (
                "According to",
                "the Norland Defense Department, they discussed fuel and the strait.",
                "the Norland Defense Department",
            ),
            ("The department", "said Vance and Drost would meet again in spring.", "the Norland Defense Department"),
            (
                "Vesha's Ministry of Defense",
                "wrote in a post on X that the two \"spoke frankly about the [rough] season.\"",
                "Vesha's Ministry of Defense",
            ),
            (
                "\"The ministers were worried",
                "by the boats,\" the ministry said in a statement, adding that Karsk's conduct \"makes nobody safer\" and \
                 that both sides agreed to share pictures \"at once and in full.\"",
                "Vesha's Ministry of Defense",
            ),
            ("\"We will not wait", "for spring,\" it said.", "Vesha's Ministry of Defense"),
        ];
        let texts: Vec<String> = copy.iter().map(|(opening, rest, _)| format!("{opening} {rest}")).collect();
        let facts: Vec<Facts> = texts.iter().map(|text| Facts::read(text)).collect();
        let paragraphs = texts.iter().zip(&facts).map(|(text, facts)| Paragraph { text, role: Role::Body, facts });
        let story = Story::join(paragraphs.collect(), None);
        for ((opening, _, expected), sourced) in copy.iter().zip(&story.sourcing) {
            let speaker = sourced[0].by.and_then(|by| story.attributions[by].speaker.as_deref());
            assert_eq!(speaker.unwrap_or_default(), *expected, "{opening}");
        }
        let both = story.attributions.iter().filter(|joined| {
            let source = joined.attribution.source.unwrap_or_default();
            story.paragraphs[joined.paragraph].words(source) == "both sides"
        });
        assert!(both.map(|both| both.speaker.as_deref()).all(|speaker| speaker == Some("Vesha's Ministry of Defense")));
    }

    #[test]
    fn labels_of_an_interview_are_speakers() {
        let known = ["Ann Roe met the Post.", "POST: Is it late?", "ROE: It is.", "POST: Why?"];
        assert_eq!(speakers(&known), ["POST", "Ann Roe", "POST"]);
        assert_eq!(speakers(&["Ann Roe built the dam.", "Q: Is it late?", "A: It is."]), ["", "Ann Roe"]);
        assert_eq!(speakers(&["Ann Roe met Tom Moss.", "Q: Is it late?", "A: It is."]), ["", ""]);
        assert_eq!(
            speakers(&["POST: Is it?", "ROE: It is.", "POST: Why?", "ROE: It is."]),
            ["POST", "ROE", "POST", "ROE"]
        );
        assert_eq!(speakers(&["Ann Roe left.", "RELATED: It is late", "RELATED: It is not"]), [""; 0]);
    }

    #[test]
    fn a_source_is_named_as_within_a_sentence() {
        for (source, name) in [
            ("The Pentagon", "the Pentagon"),
            ("One diplomat, who was there", "one diplomat"),
            ("Her office", "her office"),
            ("Theodore Vance", "Theodore Vance"),
        ] {
            assert_eq!(super::phrase::name(source), name);
        }
    }
}
