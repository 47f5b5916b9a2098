use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::Class;
use crate::lexicon::quantities::{event, is_anybody, is_unsettled};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

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
    /// Who or what: "soldiers". Nothing where it may be anybody: people, or no noun.
    noun: Option<&'s str>,
    /// Whether no word divides them from others: "young soldiers".
    plain: bool,
    /// Whether it stands where the story says what it is about.
    opening: bool,
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
    let groups = groups(&counts);
    let mismatches: Vec<Mismatch<'_>> = counts.iter().filter_map(|second| mismatch(second, &groups)).collect();
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
    const OPENING: usize = 3;
    let mut counts = Vec::new();
    let mut copy = 0;
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        if !paragraph.is_copy() && paragraph.role != Role::Headline {
            continue;
        }
        copy += usize::from(paragraph.is_copy());
        let reader = Reader { paragraph, index, opening: copy <= OPENING };
        counts.extend(paragraph.facts.quantities.iter().filter_map(|quantity| reader.count(quantity)));
    }
    counts
}

/// Counts of one event and noun, or of one event whatever the noun: "12 dead" may be soldiers or anybody.
struct Group<'s> {
    first: &'s Count<'s>,
    /// How many of them have another value than the first.
    differ: usize,
}

type Groups<'s> = FxHashMap<(usize, Option<String>), Group<'s>>;

/// The counts of the story below the headline, by event and noun.
fn groups<'s>(counts: &'s [Count<'s>]) -> Groups<'s> {
    let mut groups = Groups::default();
    for count in counts.iter().filter(|count| !count.headline) {
        for key in [(count.event, None), (count.event, Some(count.noun.unwrap_or_default().to_lowercase()))] {
            let group = groups.entry(key).or_insert(Group { first: count, differ: 0 });
            group.differ += usize::from(group.first.value != count.value);
        }
    }
    groups
}

/// The first count of what the headline or a later one counts again, if all others agree with it.
fn mismatch<'s>(second: &'s Count<'s>, groups: &Groups<'s>) -> Option<Mismatch<'s>> {
    if !second.definite && !second.headline {
        return None;
    }
    let noun = match second.noun {
        // "12 dead" in a headline may be soldiers.
        None if second.headline => None,
        noun => Some(noun.unwrap_or_default().to_lowercase()),
    };
    let group = groups.get(&(second.event, noun))?;
    let first = group.first;
    let earlier = second.headline || (first.place < second.place && first.plain && second.plain);
    // The later count is of the group itself, and differs.
    let agree = group.differ == usize::from(!second.headline);
    (earlier && agree && first.opening && !first.definite && first.value != second.value)
        .then_some(Mismatch { first, second })
}

/// Whether the story tells of a count that has changed, or of several.
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
    if told.len() > MOST || told.iter().filter(|value| **value == second).count() > 1 {
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
    opening: bool,
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
        let noun = quantity.noun.map(|noun| noun.head.of(self.paragraph.text));
        let plain = quantity.noun.is_none_or(|noun| noun.span == noun.head);
        let after = |noun: Span| self.paragraph.facts.prose.token_at(noun.end.saturating_sub(1)) + 1;
        let end = quantity.noun.map_or(quantity.tokens.end, |noun| after(noun.span));
        let (event, last) = self.event(quantity, end)?;
        let definite = matches!(self.before(quantity.tokens.start, 1), "the" | "The" | "all" | "All" | "those");
        if definite && !self.is_all(last)
            || self.is_of_more(quantity, end)
            || !headline && self.is_of_another_time(quantity)
        {
            return None;
        }
        let noun = noun.filter(|noun| !is_anybody(noun));
        let place = Place::new(self.index, quantity.span);
        Some(Count { value, event, noun, plain, opening: self.opening, place, definite, headline })
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

    /// Whether it counts some of more: "12 more people", "the other 12".
    fn is_of_more(&self, quantity: &Quantity, end: usize) -> bool {
        (quantity.tokens.start.saturating_sub(2)..end + 1).any(|at| {
            matches!(
                self.word(at),
                "more"
                    | "other"
                    | "others"
                    | "another"
                    | "additional"
                    | "further"
                    | "first"
                    | "second"
                    | "last"
                    | "also"
                    | "each"
                    | "every"
                    | "per"
                    | "average"
                    | "remaining"
                    | "among"
                    | "including"
            )
        })
    }

    /// Whether the sentence tells of a time that may not be the story's.
    fn is_of_another_time(&self, quantity: &Quantity) -> bool {
        let prose = &self.paragraph.facts.prose;
        let sentence = prose.sentence_at(quantity.span.start).and_then(|at| prose.sentences.get(at));
        let Some(sentence) = sentence else { return true };
        let opening = self.paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
        let tokens = prose.tokens_of(sentence).iter().filter(|token| token.start as usize >= opening);
        tokens.into_iter().any(|token| {
            let word = token.of(self.paragraph.text);
            let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
            year || token.class.any(Class::MONTH)
                || matches!(word, "since" | "last" | "ago" | "earlier" | "previous" | "previously" | "later" | "past")
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
