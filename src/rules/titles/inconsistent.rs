use crate::diagnostic::Severity;
use crate::lexicon::{self, Office, Tenure};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::{Held, Person};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

use super::{cased_like, in_form};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/inconsistent",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/titles/inconsistent.md"),
    detect: Detect::Story(check),
};

/// Most uses of titles looked at for one person; a story has a handful.
const MOST: usize = 200;

/// An office as one mention of a person gives it.
#[derive(Clone, Copy)]
struct Use {
    place: Place,
    held: Held,
    /// Whether it follows the name: "Quill, the secretary of defense".
    after: bool,
}

/// Two uses that do not go together.
struct Clash {
    /// The one to change.
    here: Use,
    /// What it clashes with.
    there: Use,
    /// Whether they word one office rather than naming two.
    one_office: bool,
}

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let mut findings = Vec::new();
    for person in story.people.iter().filter(|person| !person.namesake) {
        let (uses, past) = uses(story, person);
        for clash in detect(story, &uses, &past, style) {
            findings.push(Finding {
                place: clash.here.place,
                message: describe(story, person, &clash),
                related: vec![related(story, &clash)],
                repairs: repair(story, &uses, &clash),
            });
        }
    }
    findings
}

/// The offices that the story says the person holds, and those it says they once did or will hold.
fn uses(story: &Story<'_>, person: &Person) -> (Vec<Use>, Vec<Held>) {
    let mut uses = Vec::new();
    let mut past = Vec::new();
    for (index, number) in &person.namings {
        let paragraph = &story.paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        let Some(held) = mention.office else { continue };
        let capital = paragraph.words(held.span).starts_with(char::is_uppercase);
        if held.tenure != Tenure::Now {
            past.push(held);
        } else if rule::PUBLISHED.contains(&paragraph.role)
            && (capital || mention.after)
            && !paragraph.facts.prose.quoted(held.span)
            && uses.len() < MOST
        {
            uses.push(Use { place: Place::new(*index, held.span), held, after: mention.after });
        }
    }
    (uses, past)
}

/// Each use that clashes with one of the right wording or, for offices, with an earlier one.
fn detect(story: &Story<'_>, uses: &[Use], past: &[Held], style: &Style) -> Vec<Clash> {
    let mut clashes = Vec::new();
    let mut accepted: Vec<Use> = Vec::new();
    for here in uses {
        let known = |other: &&Use| other.held.ways == here.held.ways && other.held.deputy == here.held.deputy;
        if accepted.iter().any(|other| known(&other)) {
            continue;
        }
        match accepted.iter().find(|there| exclude(here.held, there.held)) {
            Some(there) if changed(story, past, here, there) => {}
            Some(there) => {
                let same = uses.iter().filter(|other| known(other) && other.place >= here.place);
                clashes.extend(same.map(|here| Clash { here: *here, there: *there, one_office: false }));
                continue;
            }
            None => {}
        }
        accepted.push(*here);
    }
    let right = accepted
        .iter()
        .find(|used| used.is_house(style))
        .or_else(|| accepted.iter().find(|used| accepted.iter().any(|other| rivals(used.held, other.held))));
    if let Some(there) = right {
        let rival = |here: &&Use| rivals(here.held, there.held);
        clashes.extend(uses.iter().filter(rival).map(|here| Clash { here: *here, there: *there, one_office: true }));
    }
    clashes
}

impl Use {
    fn is_house(&self, style: &Style) -> bool {
        self.held.ways.iter().any(|way| {
            let office = lexicon::office(*way);
            let house = style.offices.get(&office.id);
            house.is_some_and(|house| office.wordings[way.wording].contains(house))
        })
    }
}

/// Whether the two word one office in two ways.
fn rivals(a: Held, b: Held) -> bool {
    let pairs = || a.ways.iter().flat_map(|a| b.ways.iter().map(move |b| (a, b)));
    a.deputy == b.deputy
        && pairs().any(|(a, b)| a.office == b.office)
        && !pairs().any(|(a, b)| a.office == b.office && a.wording == b.wording)
}

/// Whether nobody holds both at once.
fn exclude(a: Held, b: Held) -> bool {
    let apart = |a: &Office, b: &Office, same: bool| {
        if same {
            return true;
        }
        a.seat.is_some() && a.seat == b.seat && !a.includes.contains(&b.id) && !b.includes.contains(&a.id)
    };
    let deputies = a.deputy != b.deputy;
    a.ways.iter().all(|way| {
        b.ways.iter().all(|other| {
            let same = way.office == other.office;
            same == deputies && apart(lexicon::office(*way), lexicon::office(*other), same)
        })
    })
}

/// Whether the story tells of the change from one office to the other.
fn changed(story: &Story<'_>, past: &[Held], a: &Use, b: &Use) -> bool {
    let of_past = |held: &Held| held.ways == a.held.ways || held.ways == b.held.ways;
    past.iter().any(of_past)
        || [a, b].iter().any(|used| tells_of_change(&story.paragraphs[used.place.paragraph], used.place))
}

/// Whether the sentence tells of an appointment, an election or a departure.
fn tells_of_change(paragraph: &Paragraph<'_>, place: Place) -> bool {
    const CHANGES: [&str; 24] = [
        "appointed",
        "appointment",
        "became",
        "become",
        "becomes",
        "chosen",
        "confirmed",
        "elected",
        "leaving",
        "named",
        "nominated",
        "nominee",
        "picked",
        "promoted",
        "replace",
        "replaced",
        "resigned",
        "retired",
        "retiring",
        "served",
        "succeed",
        "succeeded",
        "sworn",
        "tapped",
    ];
    let prose = &paragraph.facts.prose;
    let Some(sentence) = prose.sentence_at(place.span.start) else { return false };
    let tokens = prose.tokens_of(&prose.sentences[sentence]);
    tokens.iter().any(|token| CHANGES.contains(&token.of(paragraph.text)))
}

fn describe(story: &Story<'_>, person: &Person, clash: &Clash) -> String {
    let (here, there) = (story.words(clash.here.place), story.words(clash.there.place));
    let name = &person.name;
    if clash.one_office {
        return format!(
            "{name} is “{here}” here and “{there}” elsewhere. One office needs one wording, or readers take it for two."
        );
    }
    format!("{name} is “{here}” here and “{there}” elsewhere, and nobody is both. Check which office it is.")
}

fn related(story: &Story<'_>, clash: &Clash) -> (Place, String) {
    let first = if clash.there.place < clash.here.place { "first called" } else { "called" };
    (clash.there.place, format!("{first} {} here", story.words(clash.there.place)))
}

/// The other wording here, or this one in the other places.
fn repair(story: &Story<'_>, uses: &[Use], clash: &Clash) -> Vec<Repair> {
    let Clash { here, there, .. } = *clash;
    let to = fitting(story, there, here);
    let others = uses.iter().filter(|used| used.held.ways == there.held.ways && used.held.deputy == there.held.deputy);
    let edits: Vec<(Place, String)> = others.map(|used| (used.place, fitting(story, here, *used))).collect();
    let everywhere = if edits.len() > 1 { "in the other places" } else { "in the other place" };
    vec![
        Repair::offer(format!("Write “{to}”"), here.place, to),
        Repair {
            title: format!("Write “{}” {everywhere}", story.words(here.place)),
            applicability: crate::fix::Applicability::Unsafe,
            edits,
        },
    ]
}

/// The words of `model`, as they fit where `place` stands.
fn fitting(story: &Story<'_>, model: Use, place: Use) -> String {
    let words = story.words(model.place);
    let old = story.words(place.place);
    let [way] = model.held.ways else { return cased_like(words, old) };
    let form = place.held.ways.iter().find(|other| other.office == way.office).map_or(0, |other| other.form);
    let wordings = &lexicon::office(*way).wordings;
    if model.after == place.after && rivals(model.held, place.held) || model.after != place.after {
        return cased_like(in_form(wordings, &wordings[way.wording][0], form), old);
    }
    cased_like(words, old)
}
