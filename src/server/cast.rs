//! Who or what the words under the cursor name, and where else the story does.

use crate::format::Role;
use crate::lexicon::{self, Class, Wording};
use crate::prose::{Case, Kind};
use crate::story::bodies::{self, Initials};
use crate::story::people::{Mention, Person};
use crate::story::{Paragraph, Place, Story};
use crate::text::{Span, SpanSet, one_line};

/// What words of a story name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A person, by index in the cast.
    Person(usize),
    /// A title of the person with that index.
    Title(usize, Title),
    /// A body, by its name as names are compared and the initials that it is called by.
    Body(String, Initials),
}

/// A title in all its forms: "Gov." and "governor" are one, "War Secretary" and "Defense Secretary" are two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// What it words, where the lexicon knows it.
    ways: &'static [Wording],
    deputy: bool,
    /// "Sens." and "senators" are several people's.
    plural: bool,
    /// Its words, as they are compared.
    folded: String,
}

impl Title {
    fn new(words: &str, ways: &'static [Wording], deputy: bool) -> Self {
        Self { ways, deputy, plural: ways.iter().any(is_plural), folded: lexicon::fold(&one_line(words)) }
    }

    /// The title that stands with a name, and its words there: the office alone where the lexicon knows it.
    fn of(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<(Self, Span)> {
        let span = mention.office.map(|office| office.span).or(mention.title)?;
        let (ways, deputy) = mention.office.map_or((&[][..], false), |office| (office.ways, office.deputy));
        Some((Self::new(paragraph.words(span), ways, deputy), span))
    }

    fn is(&self, other: &Self) -> bool {
        self.folded == other.folded || self.deputy == other.deputy && self.ways.iter().any(|way| other.worded(way))
    }

    /// Whether the wording is this title, in whichever form.
    fn worded(&self, way: &Wording) -> bool {
        self.plural == is_plural(way)
            && self.ways.iter().any(|own| (own.office, own.wording) == (way.office, way.wording))
    }
}

/// Whether the lexicon has the wording without its "s" as well.
pub(super) fn is_plural(way: &Wording) -> bool {
    let forms = &lexicon::office(*way).wordings[way.wording];
    let form = &forms[way.form];
    let (words, stop) = form.strip_suffix('.').map_or((form.as_str(), ""), |words| (words, "."));
    words.strip_suffix('s').is_some_and(|one| forms.iter().any(|form| form.strip_suffix(stop) == Some(one)))
}

/// A place that names a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    /// The words: a name without its title, a title without its name.
    pub place: Place,
    /// A title without a name beside it: "the war secretary".
    pub alone: bool,
}

/// What the words at an offset in a paragraph name, and these words.
pub(super) fn at(story: &Story<'_>, paragraph: usize, offset: usize) -> Option<(Subject, Place)> {
    let here = story.paragraphs.get(paragraph)?;
    let (subject, span) = named(story, paragraph, offset)
        .or_else(|| title_alone(story, here, offset))
        .or_else(|| body(story, here, offset))?;
    Some((subject, Place::new(paragraph, span)))
}

/// Whether the cursor is on the words, or right behind them.
pub(super) const fn touches(span: Span, offset: usize) -> bool {
    span.start <= offset && offset <= span.end
}

/// The person whose name is there, else the title of one.
fn named(story: &Story<'_>, paragraph: usize, offset: usize) -> Option<(Subject, Span)> {
    let here = &story.paragraphs[paragraph];
    let mentions = || here.facts.mentions.iter().enumerate();
    let whose = |number| story.people.iter().position(|who| who.namings.binary_search(&(paragraph, number)).is_ok());
    let mut names = mentions().filter(|(_, mention)| touches(mention.span, offset));
    if let Some(found) = names.find_map(|(number, mention)| Some((Subject::Person(whose(number)?), mention.span))) {
        return Some(found);
    }
    mentions().find_map(|(number, mention)| {
        let (title, span) = Title::of(here, mention)?;
        let all = mention.title.filter(|_| mention.office.is_none_or(|office| !touches(office.span, offset)));
        touches(all.unwrap_or(span), offset).then_some(())?;
        Some((Subject::Title(whose(number)?, title), span))
    })
}

/// The title without a name that is there, if just one person of the story bears it.
fn title_alone(story: &Story<'_>, here: &Paragraph<'_>, offset: usize) -> Option<(Subject, Span)> {
    let (title, span) = alone(here).into_iter().find(|(_, span)| touches(*span, offset))?;
    let bearer = only_bearer(story, &title)?;
    Some((Subject::Title(bearer, title), span))
}

/// The body whose name or acronym is there.
fn body(story: &Story<'_>, here: &Paragraph<'_>, offset: usize) -> Option<(Subject, Span)> {
    if let Some(mention) = here.facts.bodies.iter().find(|mention| touches(mention.span, offset)) {
        let (name, span) = body_name(here, mention);
        return Some((Subject::Body(name, mention.initials), span));
    }
    let (initials, span) = acronyms(here).find(|(_, span)| touches(*span, offset))?;
    Some((Subject::Body(called(story, initials)?, initials), span))
}

/// The places that name the subject, in order.
pub(super) fn uses(story: &Story<'_>, subject: &Subject) -> Vec<Use> {
    let named = |place| Use { place, alone: false };
    match subject {
        Subject::Person(person) => story.people[*person].mentions.iter().map(|(place, _)| named(*place)).collect(),
        Subject::Title(bearer, title) => {
            let mut uses: Vec<Use> = titles(story, &story.people[*bearer])
                .filter(|(other, _)| other.is(title))
                .map(|(_, place)| named(place))
                .collect();
            if only_bearer(story, title) == Some(*bearer) {
                let lone = published(story).flat_map(|(index, paragraph)| {
                    let lone = alone(paragraph).into_iter().filter(|(other, _)| other.is(title));
                    lone.map(move |(_, span)| Use { place: Place::new(index, span), alone: true }).collect::<Vec<_>>()
                });
                uses.extend(lone);
            }
            uses.sort_unstable();
            uses
        }
        Subject::Body(name, initials) => {
            let short = initials.filter(|_| called(story, *initials).as_ref() == Some(name));
            let mut uses = Vec::new();
            for (index, paragraph) in published(story) {
                let bodies = paragraph.facts.bodies.iter().map(|mention| body_name(paragraph, mention));
                let bodies = bodies.filter(|(other, _)| other == name).map(|(_, span)| span);
                let acronyms = acronyms(paragraph).filter(|(other, _)| short.is_some() && *other == short);
                let spans = bodies.chain(acronyms.map(|(_, span)| span));
                uses.extend(spans.map(|span| named(Place::new(index, span))));
            }
            uses.sort_unstable();
            uses
        }
    }
}

/// Where the story first names the person, the bearer of the title or, in full, the body. The first mention is the one
/// in running copy: headlines come before it and presume it.
pub(super) fn first(story: &Story<'_>, subject: &Subject) -> Option<Place> {
    let places = match subject {
        Subject::Title(bearer, _) => uses(story, &Subject::Person(*bearer)),
        Subject::Body(name, _) => uses(story, &Subject::Body(name.clone(), None)),
        Subject::Person(_) => uses(story, subject),
    };
    let copy = places.iter().find(|used| story.paragraphs[used.place.paragraph].is_copy());
    copy.or(places.first()).map(|used| used.place)
}

fn published<'a, 's>(story: &'a Story<'s>) -> impl Iterator<Item = (usize, &'a Paragraph<'s>)> {
    story.paragraphs.iter().enumerate().filter(|(_, paragraph)| Role::PUBLISHED.contains(&paragraph.role))
}

/// The titles that the story gives a person, in order.
fn titles<'a>(story: &'a Story<'_>, person: &'a Person) -> impl Iterator<Item = (Title, Place)> + 'a {
    person.namings.iter().filter_map(|(index, number)| {
        let paragraph = &story.paragraphs[*index];
        let (title, span) = Title::of(paragraph, &paragraph.facts.mentions[*number])?;
        Some((title, Place::new(*index, span)))
    })
}

/// The person who alone is given the title in the story.
fn only_bearer(story: &Story<'_>, title: &Title) -> Option<usize> {
    let bears = |person: &Person| titles(story, person).any(|(other, _)| other.is(title));
    let mut bearers = story.people.iter().enumerate().filter(|(_, person)| bears(person)).map(|(index, _)| index);
    bearers.next().filter(|_| bearers.next().is_none())
}

/// The offices that a paragraph words without a name beside them: "the war secretary".
fn alone(paragraph: &Paragraph<'_>) -> Vec<(Title, Span)> {
    let tokens = &paragraph.facts.prose.tokens;
    let mentions = &paragraph.facts.mentions;
    let taken = mentions.iter().flat_map(|mention| {
        [Some(mention.span), mention.title, mention.office.map(|office| office.span)].into_iter().flatten()
    });
    let taken: SpanSet = taken.collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let words = tokens[at..].iter().take_while(|token| token.kind == Kind::Word);
        let words = words.map(|token| token.of(paragraph.text));
        let office = tokens[at].class.any(Class::OFFICE).then(|| lexicon::longest_office(words)).flatten();
        let Some((len, ways)) = office else {
            at += 1;
            continue;
        };
        let span = crate::prose::span(&tokens[at..at + len]);
        // "The deputy war secretary" is somebody else, and so are "the union's president" and "the president of the bank".
        let generic = ways.iter().any(|way| lexicon::office(*way).generic);
        let of_another = at.checked_sub(1).is_some_and(|before| {
            lexicon::deputy(tokens[before].of(paragraph.text)) || generic && tokens[before].kind == Kind::Possessive
        }) || generic
            && tokens.get(at + len).is_some_and(|next| matches!(next.of(paragraph.text), "of" | "at" | "for"));
        if !of_another && !taken.overlaps(span) {
            found.push((Title::new(paragraph.words(span), ways, false), span));
        }
        at += len;
    }
    found
}

/// A body's name as names are compared, and where it stands without its article.
fn body_name(paragraph: &Paragraph<'_>, mention: &bodies::Mention) -> (String, Span) {
    let words = paragraph.words(mention.span);
    let article =
        words.split_inclusive(char::is_whitespace).next().filter(|word| word.trim().eq_ignore_ascii_case("the"));
    let span = Span::new(mention.span.start + article.map_or(0, str::len), mention.span.end);
    (lexicon::fold(&paragraph.phrase(span)), span)
}

/// The name of the first body that the story can mean by an acronym.
fn called(story: &Story<'_>, initials: Initials) -> Option<String> {
    initials?;
    published(story).find_map(|(_, paragraph)| {
        let mention = paragraph.facts.bodies.iter().find(|mention| mention.initials == initials)?;
        Some(body_name(paragraph, mention).0)
    })
}

/// The acronyms of a paragraph.
fn acronyms<'a>(paragraph: &'a Paragraph<'_>) -> impl Iterator<Item = (Initials, Span)> + 'a {
    let words = paragraph.facts.prose.tokens.iter();
    let words = words.filter(|token| token.kind == Kind::Word && token.case == Case::Upper);
    words.filter_map(|token| {
        let initials = bodies::acronym(token.of(paragraph.text));
        initials.is_some().then(|| (initials, token.span()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Checker;
    use crate::format::Format;
    use crate::settings::Settings;

    /// What the story names that the words name, as its words.
    fn uses_of(text: &str, words: &str) -> Vec<String> {
        Checker::default().story(text, Format::Plain, &Settings::default(), |story, draft| {
            let (paragraph, offset) = draft.prose_at(text.find(words).expect("the words are there")).expect("prose");
            let Some((subject, _)) = at(story, paragraph, offset) else { return Vec::new() };
            uses(story, &subject).iter().map(|used| story.words(used.place).to_owned()).collect()
        })
    }

    #[test]
    fn a_title_by_itself_is_its_only_bearers() {
        let one = "Mayor Ann Roe came. The mayor left. “The mayor is late,” Sen. Bo Dahl said. Senators were not.\n";
        assert_eq!(uses_of(one, "mayor left"), ["Mayor", "mayor", "mayor"]);
        assert_eq!(uses_of(one, "Sen. Bo"), ["Sen."]);
        assert_eq!(uses_of(one, "Senators"), [""; 0]);
        let two = "Mayor Ann Roe came. The mayor left. Mayor Bo Dahl slept.\n";
        assert_eq!(uses_of(two, "mayor left"), [""; 0]);
        assert_eq!(uses_of(two, "Mayor Bo"), ["Mayor"]);
        let others = "President Ann Roe met the union’s president, the president of the bank and the vice president. \
            The president left.\n";
        assert_eq!(uses_of(others, "President Ann"), ["President", "president"]);
        let deputy = "War Secretary Ann Roe came. The deputy war secretary did not.\n";
        assert_eq!(uses_of(deputy, "War"), ["War Secretary"]);
    }

    #[test]
    fn a_title_is_one_in_all_its_forms() {
        let text =
            "Former Gov. Ann Roe came. Ann Roe, a former governor of Ohio, left. Senior analyst Bo Dahl slept.\n";
        assert_eq!(uses_of(text, "Former"), ["Gov.", "governor"]);
        assert_eq!(uses_of(text, "analyst"), ["analyst"]);
        let two = "War Secretary Ann Roe came. Defense Secretary Roe left.\n";
        assert_eq!(uses_of(two, "War"), ["War Secretary"]);
    }

    #[test]
    fn an_acronym_is_the_first_body_with_these_initials() {
        let text =
            "The WFO paid. The World Fund for Oceans has money. The West Fort Office is no fund, the WFO said.\n";
        assert_eq!(uses_of(text, "WFO"), ["WFO", "World Fund for Oceans", "WFO"]);
        assert_eq!(uses_of(text, "World"), ["WFO", "World Fund for Oceans", "WFO"]);
        assert_eq!(uses_of(text, "West"), ["West Fort Office"]);
        assert_eq!(uses_of("The NGO paid.\n", "NGO"), [""; 0]);
    }

    #[test]
    fn every_mention_leads_to_all_of_them() {
        let drafts = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drafts");
        let folders = std::fs::read_dir(drafts).expect("there are drafts").flatten().map(|entry| entry.path());
        let files = folders.filter(|path| path.is_dir()).flat_map(|path| std::fs::read_dir(path).expect("a folder"));
        let mut found = 0;
        for text in files.flatten().filter_map(|file| std::fs::read_to_string(file.path()).ok()) {
            Checker::default().story(&text, Format::Plain, &Settings::default(), |story, _| {
                for (index, paragraph) in story.paragraphs.iter().enumerate() {
                    for offset in 0..=paragraph.text.len() {
                        let Some((subject, place)) = at(story, index, offset) else { continue };
                        let all = uses(story, &subject);
                        assert!(all.iter().any(|used| used.place == place), "{subject:?} at {}", story.words(place));
                        for Place { paragraph, span } in all.iter().map(|used| used.place) {
                            let (other, _) = at(story, paragraph, span.start).expect("it is a mention");
                            assert_eq!(uses(story, &other), all, "{subject:?}, {other:?}");
                        }
                        assert!(first(story, &subject).is_some());
                        found += 1;
                    }
                }
            });
        }
        assert!(found > 500, "{found}");
    }
}
