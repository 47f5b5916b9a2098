use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::numbers::is_figure_noun;
use crate::lexicon::places::is_preposition;
use crate::lexicon::quantities::{
    Hedge, collective, event, is_anybody, is_of_another_time, is_of_more, is_toll_at, is_unsettled,
};
use crate::lexicon::{Class, Decimal};
use crate::prose::{Kind as TokenKind, Token};
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

/// A count of what happened, "killed 12 people", "12 dead", or of what a headline is about, "12 banks".
struct Count<'s> {
    value: i64,
    /// Whether it is said to be no less, or no more.
    bound: Option<Hedge>,
    event: Option<usize>,
    /// Who or what: "soldiers". Nothing where it may be anybody: people, or no noun.
    noun: Option<&'s str>,
    /// The words that divide them from others: "young" soldiers.
    divided: Span,
    part: Part,
    place: Place,
    /// The words before and after it that may tell what is done: "closes" six schools, six schools "close".
    verbs: [Option<&'s str>; 2],
    /// How it speaks of those whom the story has counted before, if it does.
    definite: Option<Definite<'s>>,
}

/// Where in a story a count stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Headline,
    /// Where the story says what it is about.
    Opening,
    Rest,
}

/// How a count speaks of all who were counted before.
#[derive(Clone, Copy)]
enum Definite<'s> {
    /// "the 12 people killed"
    Plain,
    /// "the 12 people killed in Oslo", who are all if the others were killed there as well.
    Where(&'s str),
}

/// A count, and the one that it is told to be.
struct Mismatch<'s> {
    first: &'s Count<'s>,
    second: &'s Count<'s>,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let counts = counts(story);
    let mut mismatches = not_borne_out(story, &counts);
    let groups = groups(&counts);
    mismatches.extend(counts.iter().filter_map(|second| told_again(story, second, &groups)));
    // What follows looks at the whole story, and is seldom needed.
    if mismatches.is_empty() || is_unsettled_story(story) {
        return Vec::new();
    }
    let told = Told::of(story);
    let sure = mismatches.iter().filter(|mismatch| told.is_sure(story, mismatch));
    sure.map(|mismatch| describe(story, mismatch)).collect()
}

/// The counts of what happened, in order.
fn counts<'s>(story: &'s Story<'_>) -> Vec<Count<'s>> {
    let mut counts = Vec::new();
    for (index, part) in parts(story) {
        let Some(paragraph) = story.paragraphs.get(index) else { continue };
        Reader { paragraph, index, part }.counts(&mut counts);
    }
    counts
}

/// The paragraphs that tell the story and the headline, by index.
fn parts(story: &Story<'_>) -> impl Iterator<Item = (usize, Part)> {
    const OPENING: usize = 3;
    let mut copy = 0;
    story.paragraphs.iter().enumerate().filter_map(move |(index, paragraph)| {
        if paragraph.role == Role::Headline {
            return Some((index, Part::Headline));
        }
        copy += usize::from(paragraph.is_copy());
        let part = if copy <= OPENING { Part::Opening } else { Part::Rest };
        paragraph.is_copy().then_some((index, part))
    })
}

/// Headline counts that the story's opening, where it counts the same, tells otherwise.
fn not_borne_out<'s>(story: &Story<'_>, counts: &'s [Count<'s>]) -> Vec<Mismatch<'s>> {
    /// With more of them, it is a table.
    const MOST: usize = 40;
    let of = |part: Part| counts.iter().filter(move |count| count.part == part);
    if of(Part::Headline).count() > MOST || of(Part::Opening).count() > MOST {
        return Vec::new();
    }
    let mismatch = |second: &'s Count<'s>| {
        let like = || of(Part::Opening).filter(|count| is_same(story, second, count));
        let first = like().next().filter(|first| differs(second, first))?;
        // Fewer may be some of the first.
        like().all(|other| other.value <= first.value).then_some(Mismatch { first, second })
    };
    of(Part::Headline).filter(|count| count.bound.is_none()).filter_map(mismatch).collect()
}

/// Whether a count in the copy is of what the headline counts.
fn is_same(story: &Story<'_>, headline: &Count<'_>, count: &Count<'_>) -> bool {
    let nouns = match (headline.noun, count.noun) {
        // "12 dead" in a headline may be soldiers.
        (None, _) => true,
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        (Some(_), None) => false,
    };
    let events = match (headline.event, count.event) {
        (Some(one), Some(other)) => one == other,
        // Of goals and runs a story has many counts.
        _ => headline.noun.is_some_and(|noun| !is_figure_noun(noun)) && is_same_deed(headline, count),
    };
    // "Two Ohio women" may be some of "five women".
    let divided = |count: &Count<'_>| story.words(Place { span: count.divided, ..count.place }).to_lowercase();
    let (some, all) = (divided(headline), divided(count));
    let divided = some.split_whitespace().all(|word| all.split_whitespace().any(|other| other == word));
    nouns && events && divided && is_there(story, headline, count)
}

/// Whether something is done to both, in whatever form of the verb: "closes six schools" and "nine schools were closed".
fn is_same_deed(headline: &Count<'_>, count: &Count<'_>) -> bool {
    let common = |one: &str, other: &str| {
        one.bytes().zip(other.bytes()).take_while(|(one, other)| one.eq_ignore_ascii_case(other)).count()
    };
    let same = |one: &str, other: &str| {
        let common = common(one, other);
        common >= 3 && common + 3 >= one.len().max(other.len())
    };
    let others = || count.verbs.iter().flatten();
    headline.verbs.iter().flatten().any(|one| others().any(|other| same(one, other)))
}

/// Whether the count may be of the place that the headline names: "kills 12 in Ohio" and "killed 14 people in the
/// Midwest" are not of one.
fn is_there(story: &Story<'_>, headline: &Count<'_>, count: &Count<'_>) -> bool {
    const NEAR: usize = 6;
    /// The dateline and the sentence after it.
    const OPENING: usize = 60;
    let around = |count: &Count<'_>| {
        let paragraph = story.paragraphs.get(count.place.paragraph)?;
        let prose = &paragraph.facts.prose;
        let after = prose.tokens.get(prose.token_at(count.place.span.end)..)?;
        Some((paragraph.text, prose.tokens.get(..OPENING).unwrap_or(&prose.tokens), after))
    };
    let (Some((title, _, after)), Some((copy, opening, next))) = (around(headline), around(count)) else {
        return false;
    };
    let is_in = |token: &Token, text: &str| is_preposition(token.of(text));
    let named = after.windows(2).find(|pair| is_in(&pair[0], title) && pair[1].is_proper());
    let Some(name) = named.map(|pair| pair[1].of(title)) else { return true };
    let next = next.get(..NEAR.min(next.len())).unwrap_or_default();
    let elsewhere = next.windows(2).any(|pair| {
        let other = &pair[1];
        is_in(&pair[0], copy) && (other.is_proper() || other.class.any(Class::NUMBER) || other.of(copy) == "the")
    });
    let names = |tokens: &[Token]| tokens.iter().any(|token| token.of(copy).eq_ignore_ascii_case(name));
    names(next) || (!elsewhere && names(opening))
}

/// Whether the headline's count is not what the copy gives, and no round figure for it.
fn differs(headline: &Count<'_>, count: &Count<'_>) -> bool {
    /// What is larger is rounded.
    const COUNTED: i64 = 100;
    let (told, given) = (headline.value, count.value);
    let apart = (told - given).abs();
    let bounded = match count.bound {
        None => true,
        Some(Hedge::Above) => told < given || given < COUNTED,
        Some(Hedge::Below) => told > given,
        Some(Hedge::About) => apart / 3 > given / 10,
    };
    let step = Decimal::from(told).round_step().whole().unwrap_or(told);
    bounded && apart > if told < COUNTED { step / 2 } else { step }
}

/// Counts of one event and noun.
struct Group<'s> {
    first: &'s Count<'s>,
    /// How many of them have another value than the first.
    differ: usize,
}

type Groups<'s> = FxHashMap<(usize, String), Group<'s>>;

/// The exact counts of the story below the headline, by event and noun.
fn groups<'s>(counts: &'s [Count<'s>]) -> Groups<'s> {
    let mut groups = Groups::default();
    let exact = counts.iter().filter(|count| count.part != Part::Headline && count.bound.is_none());
    for (count, key) in exact.flat_map(|count| keys(count).map(move |key| (count, key))) {
        let group = groups.entry(key).or_insert(Group { first: count, differ: 0 });
        group.differ += usize::from(group.first.value != count.value);
    }
    groups
}

/// What happened to whom; and whom the noun alone counts, where that says enough: "suspects".
fn keys(count: &Count<'_>) -> impl Iterator<Item = (usize, String)> {
    let noun = count.noun.unwrap_or_default().to_lowercase();
    let role = event(&noun).filter(|role| count.event != Some(*role));
    [count.event, role].into_iter().flatten().map(move |event| (event, noun.clone()))
}

/// The first count of what a later one counts again, if all others agree with it.
fn told_again<'s>(story: &Story<'_>, second: &'s Count<'s>, groups: &Groups<'s>) -> Option<Mismatch<'s>> {
    let definite = second.definite.filter(|_| second.part != Part::Headline && second.bound.is_none())?;
    let Group { first, differ } = groups.get(&keys(second).next()?)?;
    let plain = first.divided.is_empty() && second.divided.is_empty();
    // The later count is of the group itself, and differs.
    let alone = first.place < second.place && first.value != second.value && *differ == 1;
    let all = || match definite {
        Definite::Plain => true,
        Definite::Where(name) => is_beside(story, first.place, name),
    };
    let sure = plain && alone && first.part == Part::Opening && first.definite.is_none() && all();
    sure.then_some(Mismatch { first, second })
}

/// Whether the word stands in the sentence of a place, not far from it.
fn is_beside(story: &Story<'_>, place: Place, word: &str) -> bool {
    const FARTHEST: usize = 25;
    let Some(paragraph) = story.paragraphs.get(place.paragraph) else { return false };
    let prose = &paragraph.facts.prose;
    let at = prose.token_at(place.span.start);
    let near = prose.tokens.get(at.saturating_sub(FARTHEST)..(at + FARTHEST).min(prose.tokens.len()));
    let sentence = |token: &Token| prose.sentence_at(token.start as usize);
    let here = prose.sentence_at(place.span.start);
    near.unwrap_or_default().iter().any(|token| token.of(paragraph.text) == word && sentence(token) == here)
}

/// Whether the story tells of a count that has changed, or of several.
fn is_unsettled_story(story: &Story<'_>) -> bool {
    story
        .paragraphs
        .iter()
        .any(|paragraph| paragraph.facts.prose.tokens.iter().any(|token| is_unsettled(token.of(paragraph.text))))
}

/// What else the story tells below the headline that may explain a count.
#[derive(Default)]
struct Told<'s> {
    /// How often each whole number is told.
    values: FxHashMap<i64, usize>,
    /// The same of what is counted.
    counts: FxHashMap<i64, usize>,
    /// The same of what is counted where the story says what it is about.
    opening: FxHashMap<i64, usize>,
    /// Words of other numbers, such as days and scores.
    figures: FxHashSet<&'s str>,
}

impl<'s> Told<'s> {
    fn of(story: &'s Story<'_>) -> Self {
        let mut told = Self::default();
        for (index, part) in parts(story).filter(|(_, part)| *part != Part::Headline) {
            let Some(paragraph) = story.paragraphs.get(index) else { continue };
            for quantity in &paragraph.facts.quantities {
                let figures = [Some(quantity.figure), quantity.to].into_iter().flatten();
                for value in figures.filter_map(|figure| figure.value.whole()) {
                    let counts = matches!(quantity.kind, Kind::Count);
                    *told.values.entry(value).or_default() += 1;
                    *told.counts.entry(value).or_default() += usize::from(counts);
                    *told.opening.entry(value).or_default() += usize::from(counts && part == Part::Opening);
                }
            }
            for token in &paragraph.facts.prose.tokens {
                let word = token.of(paragraph.text);
                if token.kind == TokenKind::Number {
                    told.figures.insert(word);
                }
                for &value in collective(word) {
                    for values in [&mut told.values, &mut told.counts] {
                        *values.entry(value).or_default() += 1;
                    }
                    *told.opening.entry(value).or_default() += usize::from(part == Part::Opening);
                }
            }
        }
        told
    }

    /// Whether nothing explains the second value: it is told nowhere else, and is no sum or difference of what is.
    fn is_sure(&self, story: &Story<'_>, mismatch: &Mismatch<'_>) -> bool {
        /// Among so many numbers any is the sum of two.
        const MOST: usize = 400;
        let (first, second) = (mismatch.first.value, mismatch.second.value);
        let headline = mismatch.second.part == Part::Headline;
        let elsewhere = self.values.get(&second).copied().unwrap_or(0) > usize::from(!headline)
            || (headline && self.figures.contains(story.words(mismatch.second.place)));
        // A headline is of what the story opens with.
        let others = if headline { &self.opening } else { &self.counts };
        let told = |value: &i64| others.get(value).copied().unwrap_or(0);
        if elsewhere || others.len() > MOST {
            return false;
        }
        // A headline may count one more whom no figure counts.
        let sums = second - i64::from(headline)..=second;
        let whole = |value: &i64| {
            let mut rests = sums.clone().filter_map(|sum| sum.checked_sub(*value));
            told(value) > 0 && rests.any(|rest| told(&rest) > usize::from(rest == *value))
        };
        let apart = (first - second).abs();
        // One more or fewer may be somebody whom no figure counts.
        apart > 1 && told(&apart) == 0 && !others.keys().any(whole)
    }
}

struct Reader<'s> {
    paragraph: &'s Paragraph<'s>,
    index: usize,
    part: Part,
}

impl<'s> Reader<'s> {
    fn word(&self, at: usize) -> &'s str {
        self.paragraph.facts.prose.tokens.get(at).map_or("", |token| token.of(self.paragraph.text))
    }

    fn before(&self, at: usize, by: usize) -> &'s str {
        at.checked_sub(by).map_or("", |at| self.word(at))
    }

    fn counts(&self, counts: &mut Vec<Count<'s>>) {
        let prose = &self.paragraph.facts.prose;
        // The sentence that was read last, and whether it is of another time: each is read once.
        let mut read = None;
        for quantity in &self.paragraph.facts.quantities {
            let Some(count) = self.count(quantity) else { continue };
            let Some(sentence) = prose.sentence_at(quantity.span.start) else { continue };
            let other = match read {
                Some((last, other)) if last == sentence => other,
                _ => self.part != Part::Headline && self.is_of_another_time(sentence),
            };
            read = Some((sentence, other));
            counts.extend((!other).then_some(count));
        }
    }

    fn count(&self, quantity: &Quantity) -> Option<Count<'s>> {
        let prose = &self.paragraph.facts.prose;
        let plain = matches!(quantity.kind, Kind::Count) && quantity.joined.is_none() && quantity.to.is_none();
        let value = quantity.figure.value.whole().filter(|value| plain && *value > 1)?;
        let noun = quantity.noun.map(|noun| noun.head.of(self.paragraph.text));
        let divided = quantity.noun.map_or(Span::default(), |noun| Span::new(noun.span.start, noun.head.start));
        let end = quantity.noun.map_or(quantity.tokens.end, |noun| prose.token_at(noun.span.end.saturating_sub(1)) + 1);
        let hedge = quantity.hedge.filter(|(_, span)| span.start < quantity.span.start);
        let start = hedge.map_or(quantity.tokens.start, |(_, span)| prose.token_at(span.start));
        let definite = matches!(self.before(start, 1), "the" | "The" | "all" | "All" | "those");
        // "The five suspects" are all of them, whatever they do.
        let role = noun.and_then(event).map(|event| (event, end));
        let happened = || self.event(start, end, noun);
        let happened = if definite { role.or_else(happened) } else { happened() };
        let definite = match happened {
            // "The two" may be any two.
            Some((_, after)) if definite => Some(self.all(after).filter(|_| value > 2)?),
            _ => None,
        };
        // "Family of 5"
        let family = self.part == Part::Headline && self.before(start, 1).eq_ignore_ascii_case("of");
        // "Among the 12 people killed" speaks of all of them, "among 12 people killed" of some.
        let all = |at: usize| definite.is_some() && at + 2 == start && self.word(at).eq_ignore_ascii_case("among");
        let of_more = (start.saturating_sub(2)..=end).any(|at| is_of_more(self.word(at)) && !all(at));
        // What tells only whom or what it counts may be what a headline is about.
        let about = happened.is_some() || (noun.is_some() && self.part != Part::Rest);
        // "Crash kills 2 from Ohio"
        let some =
            (happened.is_none() || self.part == Part::Headline) && matches!(self.word(end), "from" | "of" | "with");
        if of_more || !about || some || family {
            return None;
        }
        let noun = noun.filter(|noun| !is_anybody(noun));
        let (event, bound) = (happened.map(|(event, _)| event), quantity.hedge.map(|(hedge, _)| hedge));
        let place = Place::new(self.index, quantity.span);
        let verbs = [start.checked_sub(1).and_then(|at| self.verb(at)), self.verb_after(end)];
        Some(Count { value, bound, event, noun, divided, part: self.part, place, verbs, definite })
    }

    /// The word, if it may be a verb.
    fn verb(&self, at: usize) -> Option<&'s str> {
        let closed = Class::PREPOSITION.with(Class::CONJUNCTION).with(Class::DETERMINER).with(Class::PRONOUN);
        let token = self.paragraph.facts.prose.tokens.get(at)?;
        (token.kind == TokenKind::Word && !token.class.any(closed)).then(|| token.of(self.paragraph.text))
    }

    /// The verb right after a count: "six schools will be closed".
    fn verb_after(&self, end: usize) -> Option<&'s str> {
        const FARTHEST: usize = 4;
        let tokens = self.paragraph.facts.prose.tokens.get(end..)?.iter().take(FARTHEST);
        let helping = Class::AUXILIARY.with(Class::MODAL);
        self.verb(end + tokens.take_while(|token| token.class.any(helping)).count())
    }

    /// What happened to so many, and the index after the word that says so; `start` and `end` are those of the count.
    fn event(&self, start: usize, end: usize, noun: Option<&str>) -> Option<(usize, usize)> {
        const ASIDE: usize = 12;
        let prose = &self.paragraph.facts.prose;
        let mut at = end;
        // "12 people, including two children, were killed"
        if self.word(at) == ","
            && let Some(close) = (at + 1..at + ASIDE).find(|at| self.word(*at) == ",")
        {
            at = close + 1;
        }
        for skipped in [
            &["who"][..],
            &["were", "was", "have", "had", "are"],
            &["been", "also"],
            &["confirmed", "reported", "found"],
        ] {
            at += usize::from(skipped.contains(&self.word(at)));
        }
        if let Some(event) = event(self.word(at)).filter(|_| at > end || !self.has_object(at + 1)) {
            return Some((event, at + 1));
        }
        // What a headline counts may be no noun that is known: "kills 12 Samoans".
        let closed = Class::PREPOSITION.with(Class::CONJUNCTION);
        let next = prose.tokens.get(end).filter(|token| token.kind == TokenKind::Word);
        if noun.is_none() && self.part == Part::Headline && next.is_some_and(|next| !next.class.any(closed)) {
            return None;
        }
        if noun.is_none_or(is_anybody) && self.is_toll(start) {
            return Some((event(TOLL)?, end));
        }
        // "killed 12 people"; of "the 12 people killed" only the other form is sure.
        let verb = start.checked_sub(1)?;
        let may = prose.tokens.get(verb.saturating_sub(2)..verb)?;
        let told = !may
            .iter()
            .any(|token| token.class.any(Class::MODAL) || matches!(token.of(self.paragraph.text), "to" | "not"));
        event(self.word(verb)).filter(|_| told).map(|event| (event, end))
    }

    /// Whether an object follows a verb: "Twelve officers arrested three men" tells of three.
    fn has_object(&self, at: usize) -> bool {
        let object = Class::DETERMINER.with(Class::NUMBER).with(Class::PRONOUN).with(Class::POSSESSIVE);
        let next = self.paragraph.facts.prose.tokens.get(at);
        next.is_some_and(|next| next.kind == TokenKind::Number || next.class.any(object))
    }

    /// Whether a count that begins at `start` is that of a death toll: "The toll has risen to 12".
    fn is_toll(&self, start: usize) -> bool {
        const FARTHEST: usize = 10;
        let prose = &self.paragraph.facts.prose;
        let sentence = |at: usize| prose.tokens.get(at).and_then(|token| prose.sentence_at(token.start as usize));
        let toll = |at: &usize| self.word(*at).eq_ignore_ascii_case(TOLL);
        is_toll_at(self.before(start, 1))
            && (start.saturating_sub(FARTHEST)..start)
                .rev()
                .find(toll)
                .is_some_and(|at| sentence(at) == sentence(start))
    }

    /// Whether the words after a definite count leave it of all: "the 12 people killed in Oslo" may be some of more.
    fn all(&self, after: usize) -> Option<Definite<'s>> {
        let tokens = &self.paragraph.facts.prose.tokens;
        let plain = matches!(self.word(after), "" | "." | "," | ";")
            || tokens.get(after).is_some_and(|next| next.class.any(Class::AUXILIARY))
            || (self.word(after) == "in" && self.word(after + 1) == "the");
        if plain {
            return Some(Definite::Plain);
        }
        let name = after + usize::from(matches!(self.word(after), "in" | "at" | "on"));
        let named = tokens.get(name).is_some_and(|token| token.is_proper() || token.class.any(Class::WEEKDAY));
        named.then(|| Definite::Where(self.word(name)))
    }

    /// Whether a sentence tells of a time that may not be the story's.
    fn is_of_another_time(&self, sentence: usize) -> bool {
        let prose = &self.paragraph.facts.prose;
        let Some(sentence) = prose.sentences.get(sentence) else { return true };
        let opening = self.paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
        let mut tokens = prose.tokens_of(sentence).iter().filter(|token| token.start as usize >= opening);
        tokens.any(|token| {
            let word = token.of(self.paragraph.text);
            let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
            year || token.class.any(Class::MONTH) || is_of_another_time(word)
        })
    }
}

/// The word for how many have died.
const TOLL: &str = "toll";

fn describe(story: &Story<'_>, mismatch: &Mismatch<'_>) -> Finding {
    let Mismatch { first, second } = mismatch;
    let (one, other) = (story.words(first.place), story.words(second.place));
    let (here, there) =
        if second.part == Part::Headline { ("in the headline", "in the story") } else { ("here", "before") };
    let message =
        format!("The count is “{other}” {here} and “{one}” {there}. One is wrong or out of date: check both.");
    Finding { related: vec![(first.place, "the other count".to_owned())], ..Finding::new(second.place, message) }
}
