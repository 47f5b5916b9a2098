use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::people::{Evidence, Mention, Person};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

use super::{is_attributive, is_known_by_one, is_running, is_surname};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "names/shared-surname",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/names/shared-surname.md"),
    detect: Detect::Story(check),
};

/// A bare surname that two people bear, and the last full name of each.
struct Shared {
    here: Place,
    bearers: [Place; 2],
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |Shared { here, bearers }: Shared| {
        let [one, other] = bearers.map(|place| story.words(place));
        Finding {
            related: bearers.iter().map(|place| (*place, "bears the name".to_owned())).collect(),
            ..Finding::new(here, format!("{one} or {other}? Both are in the story: give the first name, too."))
        }
    };
    detect(story).into_iter().map(finding).collect()
}

/// A naming in running copy, in the order of the story.
struct Naming {
    place: Place,
    person: usize,
    full: bool,
    /// Whether nothing but the context tells who is meant.
    bare: bool,
    /// Whether it gives an office with which the surname is enough later on.
    known: bool,
}

/// Bare surnames in a paragraph that names neither bearer in full, after both were brought in in the paragraphs just
/// before, or with no word of either since.
fn detect(story: &Story<'_>) -> Vec<Shared> {
    let mut families: FxHashMap<String, Vec<Naming>> = FxHashMap::default();
    for (person, bearer) in story.people.iter().enumerate().filter(|(_, person)| person.namesake) {
        let family = families.entry(crate::lexicon::fold(&bearer.surname)).or_default();
        family.extend(namings(story, bearer, person));
    }
    let mut found: Vec<Shared> = families
        .into_values()
        .filter_map(|mut family| {
            family.sort_by_key(|naming| naming.place);
            ambiguous(&family)
        })
        .collect();
    found.sort_by_key(|shared| shared.here);
    found
}

fn namings<'a>(story: &'a Story<'_>, bearer: &'a Person, person: usize) -> impl Iterator<Item = Naming> + 'a {
    bearer.namings.iter().filter_map(move |(index, number)| {
        let paragraph = &story.paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        let quoted = paragraph.facts.prose.quoted(mention.span);
        // "Said Quill" at the head of a sentence is a verb and its speaker.
        let prose = &paragraph.facts.prose;
        let given = mention.given.is_some_and(|given| !prose.is(prose.token_at(given.start), Class::SPEECH));
        let full = given && mention.evidence == Evidence::Sure;
        let bare = is_surname(paragraph, mention, bearer)
            && mention.title.is_none()
            && mention.courtesy.is_none()
            && !is_told(paragraph, mention);
        let counts = is_running(paragraph) && !quoted && !is_attributive(paragraph, mention.span);
        counts.then_some(Naming {
            place: Place::new(*index, mention.span),
            person,
            full,
            bare,
            known: is_known_by_one(paragraph, mention),
        })
    })
}

/// Whether a word before the name tells who is meant: "the younger Roe".
fn is_told(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let prose = &paragraph.facts.prose;
    let before = prose.token_at(mention.span.start).checked_sub(1).map(|before| prose.tokens[before]);
    before.is_some_and(|token| matches!(token.of(paragraph.text), "elder" | "younger" | "older" | "senior" | "junior"))
}

/// The first bare surname of a family that can mean two of it alike.
fn ambiguous(family: &[Naming]) -> Option<Shared> {
    // How often each was named: whom the story is about is meant by the bare surname.
    let mut known: FxHashMap<usize, (Place, usize)> = FxHashMap::default();
    // The last two who were named in full, the last one last.
    let mut last: Option<[usize; 2]> = None;
    // Readers take the surname for the president's.
    let presidents: FxHashSet<usize> =
        family.iter().filter(|naming| naming.known).map(|naming| naming.person).collect();
    for naming in family {
        if naming.bare
            && let Some(last) = last.filter(|last| !last.iter().any(|person| presidents.contains(person)))
        {
            let [(one, often), (other, as_often)] = last.map(|person| known[&person]);
            let told = one.paragraph != other.paragraph && other.paragraph == naming.place.paragraph;
            if one != other && !told && often < as_often * 2 && as_often < often * 2 {
                return Some(Shared { here: naming.place, bearers: [one, other] });
            }
        }
        if naming.full {
            known.entry(naming.person).or_insert((naming.place, 0)).0 = naming.place;
            let [_, before] = last.unwrap_or([naming.person; 2]);
            if last.is_none() || before != naming.person {
                last = Some([before, naming.person]);
            }
        }
        if let Some(known) = known.get_mut(&naming.person) {
            known.1 += 1;
        }
    }
    None
}
