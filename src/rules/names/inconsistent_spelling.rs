use std::collections::BTreeMap;
use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::{self, Class};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::Evidence;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;
use crate::text::one_line;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "names/inconsistent-spelling",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::On,
    reads: rule::PUBLISHED,
    yields_to: &["names/known-spelling"],
    page: include_str!("../../../rules/names/inconsistent-spelling.md"),
    detect: Detect::Story(check),
};

/// Shorter surnames differ by a letter too often: Kim and Kin, Lee and Leed.
const SHORTEST: usize = 5;
/// No surname is longer, in bytes; comparing costs the square of the length.
const LONGEST: usize = 60;
/// A misspelling that comes up more often is no slip.
const MOST_SLIPS: usize = 3;
/// Most surnames compared with one word; spellings are never this many.
const MOST_NEIGHBOURS: usize = 16;

/// Who is named more often than this is spelled right.
const MOST_EDITS: usize = 100;

/// One spelling of a surname and where it stands.
#[derive(Default)]
struct Spelling<'s> {
    places: Vec<Place>,
    /// Given names that stand with it, in lower case.
    given: Vec<&'s str>,
    /// Whether a full name has it.
    known: bool,
    /// Whether it is surely a person's.
    sure: bool,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let spellings = spellings(story);
    let mut findings = Vec::new();
    for (slip, right) in detect(&spellings, story) {
        for place in &spellings[slip].places {
            findings.push(Finding {
                related: vec![(spellings[right].places[0], format!("spelled {right} here"))],
                repairs: repair(*place, slip, right, &spellings[right].places),
                ..Finding::new(*place, describe(slip, right, spellings[right].places.len()))
            });
        }
    }
    findings
}

/// The surnames of the story as they are spelled.
fn spellings<'s>(story: &Story<'s>) -> BTreeMap<&'s str, Spelling<'s>> {
    let mut spellings: BTreeMap<&str, Spelling<'_>> = BTreeMap::new();
    // Words that other names are made of are spelled as they should be.
    let mut elsewhere: FxHashSet<&str> = FxHashSet::default();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        if !rule::PUBLISHED.contains(&paragraph.role) {
            continue;
        }
        for mention in &paragraph.facts.mentions {
            let surname = paragraph.words(mention.surname);
            if surname.len() > LONGEST || mention.given.is_none() && is_listed(paragraph, mention.span) {
                continue;
            }
            let spelling = spellings.entry(surname).or_default();
            spelling.sure |= mention.evidence == Evidence::Sure;
            spelling.places.push(Place::new(index, mention.surname));
            if let Some(given) = mention.given.map(|given| paragraph.words(given)) {
                elsewhere.extend(given.split_whitespace());
                spelling.known = true;
                let first = given.split_whitespace().next().unwrap_or(given);
                if spelling.given.len() < MOST_NEIGHBOURS && !spelling.given.contains(&first) {
                    spelling.given.push(first);
                }
            }
        }
    }
    spellings.retain(|word, spelling| spelling.known || !elsewhere.contains(word));
    spellings
}

/// Whether who is named at a place is a person by what stands there: somebody who speaks, or has a title or "Mr."
fn is_person(story: &Story<'_>, place: Place) -> bool {
    let facts = story.paragraphs[place.paragraph].facts;
    let mut sources = facts.attributions.iter().filter_map(|attribution| attribution.source);
    let mut named = facts.mentions.iter().filter(|mention| mention.surname == place.span);
    sources.any(|source| source.contains(place.span))
        || named.any(|mention| mention.courtesy.is_some() || mention.title.is_some())
}

/// Whether a bare surname stands among commas, as in a line-up, where nearly the same names are other people's.
fn is_listed(paragraph: &Paragraph<'_>, span: Span) -> bool {
    let before = paragraph.text[..span.start].trim_end().ends_with(',');
    before && paragraph.text[span.end..].starts_with([',', '.', ';'])
}

/// Each spelling that is a slip for another, with that one.
fn detect<'s>(spellings: &BTreeMap<&'s str, Spelling<'s>>, story: &Story<'_>) -> Vec<(&'s str, &'s str)> {
    let long = |word: &str| word.chars().count() >= SHORTEST;
    // By hashes; two that collide are told apart letter by letter.
    let mut neighbours: FxHashMap<u64, Vec<&'s str>> = FxHashMap::default();
    for (word, _) in spellings.iter().filter(|(word, spelling)| spelling.known && long(word)) {
        for key in deletions(word) {
            let known = neighbours.entry(key).or_default();
            if known.len() < MOST_NEIGHBOURS {
                known.push(word);
            }
        }
    }
    let slip = |(word, spelling): (&&'s str, &Spelling<'s>)| {
        if spelling.places.len() > MOST_SLIPS || !long(word) {
            return None;
        }
        let near = deletions(word).filter_map(|key| neighbours.get(&key)).flatten();
        let mut fits = near.filter(|right| is_slip(word, spelling, right, &spellings[**right], story));
        fits.next().map(|right| (*word, *right))
    };
    spellings.iter().filter_map(slip).collect()
}

/// Whether the first spelling is a slip for the second.
fn is_slip(word: &str, spelling: &Spelling<'_>, right: &str, other: &Spelling<'_>, story: &Story<'_>) -> bool {
    // The rarer one is the slip; of two as rare, the later one.
    let rank = |spelling: &Spelling<'_>| (std::cmp::Reverse(spelling.places.len()), spelling.places.first().copied());
    if word == right || rank(spelling) < rank(other) || !one_letter_apart(word, right) {
        return false;
    }
    if !spelling.given.is_empty() {
        // Two people of nearly one surname have their own given names.
        return other.sure && spelling.given.iter().all(|given| other.given.contains(given));
    }
    // Of a name that stands once each way, the slip has to be a person's.
    let is_persons = || spelling.places.iter().any(|place| is_person(story, *place));
    is_unknown(word) && (other.places.len() > 1 || other.sure && is_persons())
}

/// Whether the lexicon does not know the word, so that it can be a slip.
pub(in crate::rules) fn is_unknown(word: &str) -> bool {
    let class = lexicon::class_of(word);
    !class
        .any(Class::GIVEN.with(Class::COMMON).with(Class::ROLE).with(Class::TITLE).with(Class::THING).with(Class::BODY))
        && lexicon::places::region(word).is_none()
        && lexicon::places::city(word).is_none()
}

/// Hashes of the word and of what it is with any one letter left out, in lower case.
pub(super) fn deletions(word: &str) -> impl Iterator<Item = u64> {
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    (0..=letters.len()).map(move |skip| {
        let mut hasher = FxHasher::default();
        let kept = letters.iter().enumerate().filter(|(at, _)| *at != skip);
        kept.for_each(|(_, letter)| hasher.write_u32(u32::from(*letter)));
        hasher.finish()
    })
}

/// Whether one letter was dropped, added, changed or swapped with the next, but no ending put on.
pub(in crate::rules) fn one_letter_apart(a: &str, b: &str) -> bool {
    let letters = |word: &str| one_line(word).to_lowercase().chars().collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (shared, rest_a, rest_b) = (&a[..start], &a[start..], &b[start..]);
    let end = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&rest_a[..rest_a.len() - end], &rest_b[..rest_b.len() - end]);
    // A first letter is seldom wrong, and an ending makes a plural or another word: Roes, Roesian.
    if start == 0 {
        return false;
    }
    match (a, b) {
        ([], [letter]) | ([letter], []) => end > 0 || (*letter != 's' && shared.last() == Some(letter)),
        ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

fn describe(slip: &str, right: &str, times: usize) -> String {
    let often = if times == 1 { "once".to_owned() } else { format!("{times} times") };
    format!("“{slip}” here, “{right}” {often} elsewhere: one name, spelled two ways. Check which is right.")
}

/// The other spelling here, or this one everywhere.
fn repair(place: Place, slip: &str, right: &str, others: &[Place]) -> Vec<Repair> {
    let (slip, right) = (one_line(slip), one_line(right));
    let mut repairs = vec![Repair::offer(format!("Write “{right}”"), place, right)];
    if others.len() <= MOST_EDITS {
        repairs.push(Repair {
            title: format!("Write “{slip}” everywhere else"),
            applicability: Applicability::Unsafe,
            edits: others.iter().map(|other| (*other, slip.to_string())).collect(),
        });
    }
    repairs
}
