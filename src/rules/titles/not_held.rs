use rustc_hash::FxHashMap;

use crate::diagnostic::Severity;
use crate::lexicon::Wording;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::Mention;
use crate::story::{Paragraph, Place, Story};
use crate::style::{Listed, Stint, Style};
use crate::text::Span;

use super::inconsistent::tells_change;
use super::post::Post;
use super::time::{earliest_year, is_past, tells_of_another};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/not-held",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &["titles/inconsistent"],
    page: include_str!("../../../rules/titles/not-held.md"),
    detect: Detect::Story(check),
};

/// What the roster has against an office.
enum Slip<'r> {
    /// It was held before the story.
    Left(&'r Stint),
    /// It will be held after it.
    ToCome(&'r Stint),
    /// It does not go with the one that is held.
    Other(&'r Stint),
}

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let roster = &style.roster;
    if roster.is_empty() {
        return Vec::new();
    }
    // A paragraph is searched for years once, and a story once for each office that somebody takes or leaves.
    let mut years: FxHashMap<usize, Option<u16>> = FxHashMap::default();
    let mut findings = Vec::new();
    for person in &story.people {
        let mentions = person.namings.iter().map(|(index, number)| {
            let paragraph = &story.paragraphs[*index];
            (*index, paragraph, &paragraph.facts.mentions[*number])
        });
        let listed = mentions.clone().find_map(|(_, paragraph, mention)| {
            let person = roster.named(paragraph.words(mention.given?), paragraph.words(mention.surname))?;
            roster.get(person)
        });
        let Some(listed) = listed else { continue };
        let mut changes: FxHashMap<&[Wording], bool> = FxHashMap::default();
        for (index, paragraph, mention) in mentions {
            let Some((post, span)) = Post::of(paragraph, mention, style) else { continue };
            let Some(slip) = detect(story, style, listed, &post) else { continue };
            let year = *years.entry(index).or_insert_with(|| earliest_year(paragraph));
            let told = mention.title.map_or(mention.span, |title| title.cover(mention.span));
            if year.is_some_and(|year| is_past(story, year))
                || tells_of_another(paragraph, told)
                || mention
                    .office
                    .is_some_and(|held| *changes.entry(held.ways).or_insert_with(|| tells_change(story, person, held)))
            {
                continue;
            }
            let place = Place::new(index, span);
            let message = describe(paragraph.words(span), listed, &slip);
            findings.push(Finding::new(place, message).mended_by(repair(paragraph, mention, place, &slip)));
        }
    }
    findings
}

/// What the roster has against a post on the story's day, if it has anything.
fn detect<'r>(story: &Story<'_>, style: &Style, listed: &'r Listed, post: &Post<'_>) -> Option<Slip<'r>> {
    let posts = listed.stints.iter().filter_map(|stint| Some((stint, Post::of_stint(stint, style)?)));
    let stints: Vec<(&Stint, Post<'_>)> = posts.collect();
    let mut now = stints.iter().filter(|(stint, _)| stint.covers(story.date));
    if now.clone().any(|(_, held)| post.goes_with(held)) {
        return None;
    }
    if let Some((stint, _)) = stints.iter().rfind(|(_, held)| post.goes_with(held)) {
        let day = story.date?;
        let left = stint.to.is_some_and(|to| to < day);
        return Some(if left { Slip::Left(stint) } else { Slip::ToCome(stint) });
    }
    let (stint, _) = now.find(|(_, held)| post.excludes(held))?;
    Some(Slip::Other(stint))
}

fn describe(words: &str, listed: &Listed, slip: &Slip<'_>) -> String {
    let name = &listed.name;
    match slip {
        Slip::Left(Stint { to: Some(to), .. }) => {
            format!("{name} was “{words}” until {to}, by the house’s roster. Write “former”, or the title of today.")
        }
        Slip::ToCome(Stint { from: Some(from), .. }) => {
            format!("{name} is “{words}” from {from} only, by the house’s roster. Write the title of today.")
        }
        Slip::Left(stint) | Slip::ToCome(stint) | Slip::Other(stint) => {
            let title = &stint.title;
            format!("{name} is “{words}” here and “{title}” in the house’s roster, and nobody is both. Check which.")
        }
    }
}

/// "Former" for an office that was left, and the roster's title for another one.
fn repair(paragraph: &Paragraph<'_>, mention: &Mention, place: Place, slip: &Slip<'_>) -> Vec<Repair> {
    let Some(title) = mention.title.filter(|_| !mention.after) else { return Vec::new() };
    match slip {
        Slip::Left(_) => {
            let start = Place::new(place.paragraph, Span::new(title.start, title.start));
            let prose = &paragraph.facts.prose;
            let sentence = prose.sentence_at(title.start).and_then(|sentence| prose.sentences.get(sentence));
            let opens = sentence.is_some_and(|sentence| sentence.span.start == title.start);
            let former = if opens { "Former " } else { "former " };
            vec![Repair::offer("Write “former” before it", start, former)]
        }
        Slip::Other(stint) if paragraph.words(place.span).starts_with(char::is_uppercase) => {
            vec![Repair::offer(format!("Write “{}”", stint.title), place, stint.title.clone())]
        }
        Slip::Other(_) | Slip::ToCome(_) => Vec::new(),
    }
}
