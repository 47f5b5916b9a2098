use rustc_hash::FxHashSet;

use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::Class;
use crate::lexicon::quantities::{event, is_anybody, is_unsettled};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "facts/number-mismatch",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/facts/number-mismatch.md"),
    detect: Detect::Story(check),
};

/// A count of what happened: "killed 12 people", "12 dead", "the 12 people who died".
struct Count<'s> {
    value: i64,
    event: usize,
    /// The noun, but for those that are for anybody.
    noun: Option<&'s str>,
    place: Place,
    /// Whether it speaks of those whom the story has counted before: "the 12 people killed".
    definite: bool,
    headline: bool,
}

/// A count, and the one that it is told to be.
struct Mismatch<'s> {
    first: &'s Count<'s>,
    second: &'s Count<'s>,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let counts = counts(story);
    let mismatches = counts.iter().filter_map(|second| mismatch(second, &counts));
    let mismatches: Vec<Mismatch<'_>> = mismatches.collect();
    // What follows looks at the whole story, and is seldom needed.
    if mismatches.is_empty() || is_unsettled_story(story) {
        return Vec::new();
    }
    let told = told(story);
    let sure = mismatches.iter().filter(|mismatch| is_sure(mismatch, &told));
    sure.map(|mismatch| describe(story, mismatch)).collect()
}

/// The counts of what happened, in order.
fn counts<'s>(story: &'s Story<'_>) -> Vec<Count<'s>> {
    let mut counts = Vec::new();
    let paragraphs = story.paragraphs.iter().enumerate();
    for (index, paragraph) in
        paragraphs.filter(|(_, paragraph)| paragraph.is_copy() || paragraph.role == Role::Headline)
    {
        let reader = Reader { paragraph, index };
        counts.extend(paragraph.facts.quantities.iter().filter_map(|quantity| reader.count(quantity)));
    }
    counts
}

/// The earlier count that a later one, or the headline's, should be equal to, if all others of the kind agree with it.
fn mismatch<'s>(second: &'s Count<'s>, counts: &'s [Count<'s>]) -> Option<Mismatch<'s>> {
    if !second.definite && !second.headline {
        return None;
    }
    let alike = |count: &&Count<'_>| {
        count.event == second.event && count.noun == second.noun && count.place != second.place && !count.headline
    };
    let first = counts.iter().find(alike)?;
    let earlier = second.headline || first.place < second.place;
    let agree = counts.iter().filter(alike).all(|count| count.value == first.value);
    (earlier && agree && !first.definite && first.value != second.value).then_some(Mismatch { first, second })
}

/// Whether the story tells of tolls that rise, of attackers among the dead, or of several sources' figures.
fn is_unsettled_story(story: &Story<'_>) -> bool {
    story
        .paragraphs
        .iter()
        .any(|paragraph| paragraph.facts.prose.tokens.iter().any(|token| is_unsettled(token.of(paragraph.text))))
}

/// All whole numbers of people and things that the story tells.
fn told(story: &Story<'_>) -> Vec<i64> {
    let quantities = story.paragraphs.iter().flat_map(|paragraph| &paragraph.facts.quantities);
    let counted = quantities.filter(|quantity| matches!(quantity.kind, Kind::Count));
    let figures = counted.flat_map(|quantity| [Some(quantity.figure), quantity.to]).flatten();
    figures.filter_map(|figure| figure.value.whole()).collect()
}

/// Whether nothing else in the story explains the second value: it stands nowhere else, and is no sum or difference of
/// what does.
fn is_sure(mismatch: &Mismatch<'_>, told: &[i64]) -> bool {
    const MOST: usize = 400;
    let (first, second) = (mismatch.first.value, mismatch.second.value);
    let times = told.iter().filter(|value| **value == second).count();
    if times > 1 || told.len() > MOST {
        return false;
    }
    let others: FxHashSet<i64> = told.iter().copied().filter(|value| *value != second).collect();
    let whole = |value: &i64| others.contains(&(second - value)) && second - value != *value;
    let apart = (first - second).abs();
    let parts = others.iter().any(whole) || others.contains(&apart);
    // One more or fewer may be somebody whom no figure counts.
    !parts && apart > 1
}

struct Reader<'s> {
    paragraph: &'s Paragraph<'s>,
    index: usize,
}

impl<'s> Reader<'s> {
    fn word(&self, at: usize) -> &'s str {
        self.paragraph.facts.prose.tokens.get(at).map_or("", |token| token.of(self.paragraph.text))
    }

    fn before(&self, at: usize, by: usize) -> &'s str {
        at.checked_sub(by).map_or("", |at| self.word(at))
    }

    fn count(&self, quantity: &Quantity) -> Option<Count<'s>> {
        let plain = quantity.is_exact() && matches!(quantity.kind, Kind::Count) && quantity.joined.is_none();
        let value = quantity.figure.value.whole().filter(|value| plain && *value > 1)?;
        let headline = self.paragraph.role == Role::Headline;
        let noun = match quantity.noun {
            // "12 more people", "12 young soldiers" are others than 12 people.
            Some(noun) if noun.span != noun.head => return None,
            Some(noun) => Some(noun.head.of(self.paragraph.text)),
            None => None,
        };
        let end = quantity.noun.map_or(quantity.tokens.end, |_| quantity.tokens.end + 1);
        let (event, last) = self.event(quantity, end)?;
        let definite = matches!(self.before(quantity.tokens.start, 1), "the" | "The" | "all" | "All" | "those");
        if definite && !self.is_all(last) || !headline && self.is_elsewhere(quantity) {
            return None;
        }
        let noun = noun.filter(|noun| !is_anybody(noun));
        Some(Count { value, event, noun, place: Place::new(self.index, quantity.span), definite, headline })
    }

    /// What happened to so many, and the index after the word that says so; `end` is the index after the count.
    fn event(&self, quantity: &Quantity, end: usize) -> Option<(usize, usize)> {
        const ASIDE: usize = 12;
        let mut at = end;
        // "12 people, including two children, were killed"
        if self.word(at) == ","
            && let Some(close) = (at + 1..at + ASIDE).find(|at| self.word(*at) == ",")
        {
            at = close + 1;
        }
        for skipped in [&["who"][..], &["were", "was", "have", "had", "are"], &["been", "also"]] {
            at += usize::from(skipped.contains(&self.word(at)));
        }
        if let Some(event) = event(self.word(at)) {
            return Some((event, at + 1));
        }
        // "killed 12 people"; of "the 12 people killed" only the other form is sure.
        let verb = quantity.tokens.start.checked_sub(1)?;
        let may = self.paragraph.facts.prose.tokens.get(verb.saturating_sub(2)..verb)?;
        let told = !may
            .iter()
            .any(|token| token.class.any(Class::MODAL) || matches!(token.of(self.paragraph.text), "to" | "not"));
        event(self.word(verb)).filter(|_| told).map(|event| (event, end))
    }

    /// Whether the words after a definite count leave it of all: "the 12 people killed in Oslo" may be some of more.
    fn is_all(&self, after: usize) -> bool {
        let next = self.paragraph.facts.prose.tokens.get(after);
        let tells = |class: Class| next.is_some_and(|token| token.class.any(class));
        matches!(self.word(after), "" | "." | "," | ";")
            || tells(Class::AUXILIARY)
            || (self.word(after) == "in" && self.word(after + 1) == "the")
    }

    /// Whether the sentence tells of another time or place, or counts some of more.
    fn is_elsewhere(&self, quantity: &Quantity) -> bool {
        let prose = &self.paragraph.facts.prose;
        let sentence = prose.sentence_at(quantity.span.start).and_then(|at| prose.sentences.get(at));
        let Some(sentence) = sentence else { return true };
        prose.tokens_of(sentence).iter().any(|token| {
            let word = token.of(self.paragraph.text);
            let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
            year || token.class.any(Class::MONTH)
                || matches!(
                    word,
                    "since"
                        | "last"
                        | "ago"
                        | "earlier"
                        | "previous"
                        | "later"
                        | "other"
                        | "others"
                        | "more"
                        | "among"
                        | "average"
                        | "each"
                        | "every"
                        | "per"
                        | "first"
                        | "second"
                        | "separate"
                        | "separately"
                        | "also"
                )
        })
    }
}

fn describe(story: &Story<'_>, mismatch: &Mismatch<'_>) -> Finding {
    let Mismatch { first, second } = mismatch;
    let (one, other) = (story.words(first.place), story.words(second.place));
    let (here, there) = if second.headline { ("in the headline", "in the story") } else { ("here", "before") };
    let message =
        format!("The count is “{other}” {here} and “{one}” {there}. One is wrong or out of date: check both.");
    Finding { related: vec![(first.place, "the other count".to_owned())], ..Finding::new(second.place, message) }
}
