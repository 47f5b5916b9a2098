use rustc_hash::FxHashMap;

use crate::diagnostic::Severity;
use crate::lexicon::{self, Tenure};
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::people::{Held, Mention, Person};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

use super::inconsistent::tells_change;
use super::time::{earliest_year, is_past, tells_of_another};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/two-holders",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &["titles/inconsistent", "titles/not-held"],
    page: include_str!("../../../rules/titles/two-holders.md"),
    detect: Detect::Story(check),
};

/// The office and its wording: where copy has a Defense Secretary and a Defence Secretary, they are of two countries. A
/// wording that several offices share goes by the first of them.
type Office = (usize, usize);

/// An office as the story first gives it to somebody.
#[derive(Clone, Copy)]
struct Use<'s> {
    person: &'s Person,
    held: Held,
    place: Place,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let mut holders: FxHashMap<Office, Vec<Use<'_>>> = FxHashMap::default();
    for person in &story.people {
        for (office, used) in uses(story, person) {
            holders.entry(office).or_default().push(used);
        }
    }
    let mut findings: Vec<Finding> = holders.values().filter_map(|uses| finding(story, uses)).collect();
    findings.sort_by_key(|finding| finding.place);
    findings
}

/// The offices that only one can hold and that the story gives the person outright, each where it first does.
fn uses<'s>(story: &'s Story<'_>, person: &'s Person) -> Vec<(Office, Use<'s>)> {
    let mut uses: Vec<(Office, Use<'_>)> = Vec::new();
    let mut untold = Vec::new();
    for (index, number) in &person.namings {
        let paragraph = &story.paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        let Some(held) = mention.office else { continue };
        let Some(way) = held.ways.first() else { continue };
        if !held.ways.iter().all(|way| lexicon::single_holder(&lexicon::office(*way).id)) {
            continue;
        }
        let office = (way.office, way.wording);
        if held.tenure != Tenure::Now || held.deputy || !is_bare(paragraph, mention, held) {
            untold.push(office);
        } else if rule::PUBLISHED.contains(&paragraph.role)
            && !paragraph.facts.prose.quoted(held.span)
            && uses.iter().all(|(known, _)| *known != office)
        {
            uses.push((office, Use { person, held, place: Place::new(*index, held.span) }));
        }
    }
    uses.retain(|(office, _)| !untold.contains(office));
    uses
}

/// Whether nothing tells that the office is one of somewhere else: "Philippine Defense Secretary", "the state's".
fn is_bare(paragraph: &Paragraph<'_>, mention: &Mention, held: Held) -> bool {
    let Some(title) = mention.title else { return false };
    let before = Span::new(title.start, held.span.start.max(title.start));
    let bare = |word: &str| ["u.s.", "us", "the"].iter().any(|plain| word.eq_ignore_ascii_case(plain));
    let prose = &paragraph.facts.prose;
    let ends = prose.tokens.get(prose.token_at(held.span.end)).is_none_or(|next| next.kind == Kind::Mark);
    paragraph.words(before).split_whitespace().all(bare) && (ends || !mention.after)
}

/// Two people with one office and nothing that tells of two times. Three make a history of the office.
fn finding(story: &Story<'_>, uses: &[Use<'_>]) -> Option<Finding> {
    let [a, b] = uses else { return None };
    let (first, second) = if a.place < b.place { (a, b) } else { (b, a) };
    if !are_two(first.person, second.person) || [first, second].iter().any(|used| is_of_another_time(story, used)) {
        return None;
    }
    let title = story.words(second.place);
    let (one, other) = (&first.person.name, &second.person.name);
    let message = format!(
        "“{title}” is {other} here and {one} elsewhere, and only one holds the office. Check who does, or say “former”."
    );
    let related = vec![(first.place, format!("given to {one} here"))];
    Some(Finding { related, ..Finding::new(second.place, message) })
}

/// Whether the two are surely not one person in two spellings.
fn are_two(a: &Person, b: &Person) -> bool {
    let given = |person: &'_ Person| person.name.split_once(' ').map(|(given, _)| given.to_owned());
    let Some((one, other)) = given(a).zip(given(b)) else { return false };
    !lexicon::same_name(&one.to_lowercase(), &other.to_lowercase()) && !a.namesake && !b.namesake
}

/// Whether the story tells that the office changed hands, or speaks of years before it.
fn is_of_another_time(story: &Story<'_>, used: &Use<'_>) -> bool {
    let in_past = used.person.namings.iter().any(|(index, number)| {
        let paragraph = &story.paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        mention.office.is_some_and(|held| held.ways == used.held.ways)
            && tells_of_another(paragraph, mention.title.map_or(mention.span, |title| title.cover(mention.span)))
    });
    let year = earliest_year(&story.paragraphs[used.place.paragraph]);
    in_past || year.is_some_and(|year| is_past(story, year)) || tells_change(story, used.person, used.held)
}
