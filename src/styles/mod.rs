//! Rules that are written as data: words and patterns, in the notation of Vale's rules and with keys of Copydesk's own.
//!
//! A [`Set`] holds the rules of some folders, and reads a paragraph by all of them at once: each of its words is looked up,
//! one pass finds the letters that patterns can't do without, and only the patterns to which something leads are compiled
//! and tried. What a rule must see the whole story for leaves marks in a paragraph, which are joined later.

mod action;
mod capitalization;
mod conditional;
mod consistency;
mod existence;
mod gate;
mod measure;
mod message;
mod metric;
mod occurrence;
mod page;
mod pattern;
mod read;
mod repetition;
mod scope;
mod sequence;
mod spelling;
mod substitution;
mod tokens;
mod vale;
mod yaml;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::{FxHashMap, FxHashSet};

use action::Action;
use gate::{Bytes, Gate};
use measure::Measures;
pub use read::{Dialect, Mistake, Sources, Terms};
use scope::Scope;
use tokens::Seen;

use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::format::{Block, Format, Role};
use crate::text::Span;

/// What a rule does about direct quotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// Silent inside them: what people said is theirs.
    Off,
    /// Reads them like the rest.
    On,
    /// Is about the quotation itself.
    About,
}

/// A rule written as data.
#[derive(Debug)]
pub struct Rule {
    /// Its name: `usage/cliche`, or `Google.AMPM` for a rule of a style.
    pub name: &'static str,
    /// The level at which it speaks unless the house says otherwise.
    pub level: Severity,
    /// Off unless asked for.
    pub preview: bool,
    /// How it treats direct quotations.
    pub quotes: Quotes,
    /// Where to read more.
    pub link: String,
    /// Why it matters.
    pub why: String,
    /// The house styles that it belongs to, between spaces; with none, to all.
    pub styles: &'static str,
    /// What it flags and what not.
    pub examples: Vec<Example>,
    /// How often it speaks in one story at most; 0 for no limit.
    pub limit: usize,
    /// How the rule reads if it is to tell what Vale tells.
    pub as_vale: Option<Company>,
    /// Tells what it was read from: its file, and the lists that the file names.
    source: u64,
    message: String,
    scope: Scope,
    action: Action,
    applicability: Applicability,
    kind: Kind,
}

/// What other rules of its style make Vale do with a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// One is for sentences: all are tried on each sentence, too.
    pub sentences: bool,
    /// One is for paragraphs: all are tried on each paragraph, too.
    pub paragraphs: bool,
}

impl Company {
    /// What the rules of a style make Vale do with each of them.
    pub fn of(rules: &[Rule]) -> Self {
        let any = |unit| rules.iter().any(|rule| rule.scope.unit == unit);
        Self { sentences: any(scope::Unit::Sentence), paragraphs: any(scope::Unit::Paragraph) }
    }
}

/// A text to try a rule on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The words in it that the rule flags, in order.
    pub flagged: Vec<String>,
    /// The text as the rule's first fix leaves it.
    pub fixed: Option<String>,
    /// Where it stands in the rule file, in bytes.
    pub span: Span,
}

impl Example {
    /// The text as a draft.
    pub fn draft(&self) -> String {
        format!("{}\n", self.text.trim_end())
    }

    /// How that is to be read: what opens as a heading, a list, a quotation, a picture or a comment is Markdown.
    pub fn format(&self) -> Format {
        let is_markdown = ["#", "- ", "* ", "> ", "![", "<!--"].iter().any(|mark| self.text.starts_with(mark));
        if is_markdown { Format::Markdown } else { Format::Plain }
    }
}

#[derive(Debug)]
enum Kind {
    Existence(existence::Existence),
    Substitution(substitution::Substitution),
    Occurrence(occurrence::Occurrence),
    Repetition(repetition::Repetition),
    Consistency(consistency::Consistency),
    Conditional(conditional::Conditional),
    Capitalization(capitalization::Capitalization),
    Metric(metric::Metric),
    /// The formulas' names, and the highest grade that is fine.
    Readability(Vec<String>, f64),
    Spelling(spelling::Spelling),
    Sequence(sequence::Sequence),
}

/// A paragraph to be read.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'p> {
    /// Its prose.
    pub text: &'p str,
    /// What it is by the file's markup.
    pub block: Block,
    /// What it is in the story.
    pub role: Role,
    /// Its sentences.
    pub sentences: &'p [Span],
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// Ways to mend it, the best first.
    pub mends: Vec<Mend>,
}

/// A way to mend what a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// What it does, as a menu entry.
    pub title: String,
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// What it replaces.
    pub span: Span,
    /// With what.
    pub text: String,
}

/// What a rule makes of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A finding.
    Found(Found),
    /// Something to be seen together with the rest of the story.
    Mark(Mark),
    /// What was counted in it.
    Measured(Box<Counts>),
    /// A finding of a rule that tells what Vale tells.
    Run(Box<Run>),
}

/// What a rule that tells what Vale tells found in a text, and how it came to read that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    by: By,
    /// What was read, in the paragraph.
    block: Span,
    found: Found,
}

/// In what pieces a text is read, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Paragraph,
    Sentence,
    Text,
}

/// Something that a rule must see together with the rest of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    which: usize,
    span: Span,
    words: Box<str>,
}

/// What was counted in a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(Measures);

/// A text that a rule reads at a time.
struct Unit<'u> {
    text: &'u str,
    /// Where it begins in the paragraph.
    base: usize,
    seen: Seen<'u>,
    /// Whether what is counted is counted in the whole story.
    counted_together: bool,
}

impl Unit<'_> {
    fn place(&self, span: Span) -> Span {
        span.shifted(self.base)
    }
}

/// The marks of a rule in a story, each with its paragraph.
struct Story<'m> {
    marks: Vec<(usize, &'m Mark)>,
    /// Whether all paragraphs are one text.
    whole: bool,
}

impl<'m> Story<'m> {
    /// The marks of each text by itself.
    fn blocks(&self) -> impl Iterator<Item = &[(usize, &'m Mark)]> {
        self.marks.chunk_by(|a, b| self.whole || a.0 == b.0)
    }
}

impl Mark {
    fn new(which: usize, span: Span, words: &str) -> Self {
        Self { which, span, words: words.into() }
    }

    fn found(&self, rule: &Rule) -> Found {
        Found { span: self.span, message: message::fill(&rule.message, &[&self.words]), mends: Vec::new() }
    }
}

impl Found {
    /// What a rule says of the words at `span` of a text, with what its action offers.
    fn of(rule: &Rule, unit: &Unit<'_>, span: Span) -> Self {
        let words = span.of(unit.text);
        let (mends, choices) = rule.action.mends(rule, unit, span);
        let right = if choices.is_empty() { words.to_string() } else { message::choices(&choices) };
        let message = message::fill(&rule.message, &[words, &right]);
        Self { span: unit.place(span), message, mends }
    }
}

impl Rule {
    /// The family or style: what stands before the slash or the stop.
    pub fn family(&self) -> &'static str {
        family(self.name)
    }

    /// What it says, with its words left open.
    pub fn message(&self) -> &str {
        &self.message
    }

    fn mend(&self, span: Span, words: String) -> Mend {
        Mend { title: format!("Write “{words}”"), applicability: self.applicability, span, text: words }
    }

    fn tokens(&self) -> Option<&tokens::Tokens> {
        match &self.kind {
            Kind::Existence(existence) => Some(&existence.tokens),
            Kind::Substitution(substitution) => Some(&substitution.tokens),
            Kind::Consistency(consistency) => Some(&consistency.ways),
            _ => None,
        }
    }

    fn read(&self, passage: &Passage<'_>, seen: Seen<'_>, out: &mut Vec<Event>) {
        if let Kind::Metric(_) | Kind::Readability(..) = self.kind {
            let unit = Unit { text: passage.text, base: 0, seen, counted_together: true };
            let measures = Measures::of(&unit, passage.sentences.len(), passage.block);
            return out.push(Event::Measured(Box::new(Counts(measures))));
        }
        if !self.scope.fits(passage.block, passage.role) {
            return;
        }
        let counted_together = match self.scope.unit {
            scope::Unit::Story => true,
            scope::Unit::Text => passage.block == Block::Plain,
            _ => false,
        };
        let sentences = passage.sentences.iter().map(|sentence| {
            let text = sentence.of(passage.text);
            let base = sentence.start + text.len() - text.trim_start().len();
            Unit { text: text.trim(), base, seen: seen.from(base), counted_together }
        });
        let whole = Unit { text: passage.text, base: 0, seen, counted_together };
        match (self.scope.unit, self.as_vale) {
            (scope::Unit::Sentence, _) => sentences.for_each(|sentence| self.read_unit(&sentence, out)),
            (scope::Unit::Text, Some(company)) if matches!(passage.block, Block::Plain | Block::Text) => {
                let mut runs = Vec::new();
                let run = |by: By, unit: &Unit<'_>| {
                    let mut events = Vec::new();
                    self.read_unit(unit, &mut events);
                    let block = Span::new(unit.base, unit.base + unit.text.len());
                    events.into_iter().map(move |event| (by, block, event)).collect::<Vec<_>>()
                };
                let of_text = run(By::Text, &whole);
                if company.paragraphs {
                    runs.extend(of_text.iter().cloned().map(|(_, block, event)| (By::Paragraph, block, event)));
                }
                if company.sentences {
                    sentences.for_each(|sentence| runs.extend(run(By::Sentence, &sentence)));
                }
                runs.extend(of_text);
                as_told(runs, passage.block == Block::Plain, out);
            }
            _ => self.read_unit(&whole, out),
        }
    }

    fn read_unit(&self, unit: &Unit<'_>, out: &mut Vec<Event>) {
        match &self.kind {
            Kind::Existence(existence) => existence.read(self, unit, out),
            Kind::Substitution(substitution) => substitution.read(self, unit, out),
            Kind::Occurrence(occurrence) => occurrence.read(self, unit, out),
            Kind::Repetition(repetition) => repetition.read(self, unit, out),
            Kind::Consistency(consistency) => consistency.read(unit, out),
            Kind::Conditional(conditional) => conditional.read(unit, out),
            Kind::Capitalization(capitalization) => capitalization.read(self, unit, out),
            Kind::Spelling(spelling) => spelling.read(self, unit, out),
            Kind::Sequence(sequence) => sequence.read(self, unit, out),
            Kind::Metric(_) | Kind::Readability(..) => {}
        }
    }

    /// What the rule makes of the marks and counts that it left in the paragraphs of a story; `plain` says that the
    /// file has no markup. Places are in the paragraph that stands first.
    fn join<'e>(&self, events: impl Iterator<Item = (usize, &'e Event)>, plain: bool) -> Vec<(usize, Found)> {
        let whole = plain || self.scope.unit == scope::Unit::Story;
        let mut story = Story { marks: Vec::new(), whole };
        let mut measures = Measures::default();
        for (paragraph, event) in events {
            match event {
                Event::Mark(mark) => story.marks.push((paragraph, mark)),
                Event::Measured(counts) => measures.add(&counts.0),
                Event::Found(_) | Event::Run(_) => {}
            }
        }
        let mut out = Vec::new();
        let of_story = |words: &str| {
            let message = message::fill(&self.message, &[words]);
            (0, Found { span: Span::default(), message, mends: Vec::new() })
        };
        match &self.kind {
            Kind::Consistency(consistency) => consistency.join(self, &story, &mut out),
            Kind::Conditional(conditional) => conditional.join(self, &story, &mut out),
            Kind::Occurrence(occurrence) => {
                for block in story.blocks().filter(|block| occurrence.is_wrong(block.len())) {
                    let (paragraph, mark) = block[0];
                    let message = message::fill(&self.message, &[&block.len().to_string()]);
                    out.push((paragraph, Found { span: mark.span, message, mends: Vec::new() }));
                }
                if story.marks.is_empty() && whole && occurrence.is_wrong(0) {
                    out.push(of_story("0"));
                }
            }
            Kind::Metric(metric) => {
                out.extend(metric.wrong(&measures).map(|figure| of_story(&format!("{figure:.2}"))));
            }
            Kind::Readability(metrics, highest) => {
                let grades: Option<Vec<f64>> = metrics.iter().map(|metric| measures.grade(metric)).collect();
                #[allow(clippy::cast_precision_loss)] // There are five of them.
                let grade = grades.map(|grades| grades.iter().sum::<f64>() / grades.len().max(1) as f64);
                out.extend(grade.filter(|grade| grade > highest).map(|grade| of_story(&format!("{grade:.2}"))));
            }
            _ => {}
        }
        out
    }

    /// Whether a text made one of its patterns take too many steps since this was last asked.
    fn overran(&self) -> bool {
        self.tokens().is_some_and(tokens::Tokens::overran)
    }
}

/// What a rule that tells what Vale tells makes of a paragraph that it read in several pieces.
fn as_told(runs: Vec<(By, Span, Event)>, plain: bool, out: &mut Vec<Event>) {
    let mut begun = FxHashSet::default();
    for (by, block, event) in runs {
        match event {
            // Which ones are told can be said only when the whole text is at hand.
            Event::Found(found) if plain => out.push(Event::Run(Box::new(Run { by, block, found }))),
            // Of two that begin at one place, the first is told.
            Event::Found(found) if begun.insert(found.span.start) => out.push(Event::Found(found)),
            Event::Found(_) => {}
            event if by == By::Text => out.push(event),
            _ => {}
        }
    }
}

/// Rules that are looked for together.
#[derive(Debug, Default)]
pub struct Set {
    rules: Vec<Rule>,
    /// The tokens, numbered through all rules, that a word leads to, in small letters.
    words: FxHashMap<String, Vec<u32>>,
    /// The length of the longest of these words.
    longest: usize,
    /// Finds letters that lead to tokens, in the middle of words too.
    letters: Option<AhoCorasick>,
    /// The tokens that each of these leads to.
    leads: Vec<Vec<u32>>,
    /// The number of each rule's first token.
    first: Vec<u32>,
    /// Rules with tokens that no letters lead to.
    always: Vec<usize>,
}

impl PartialEq for Set {
    /// Whether they were read from the same files: what is read again and has not changed is the same.
    fn eq(&self, other: &Self) -> bool {
        let source = |rule: &Rule| (rule.source, rule.as_vale);
        self.rules.iter().map(source).eq(other.rules.iter().map(source))
    }
}

impl Eq for Set {}

impl Set {
    /// The rules, ready to be looked for.
    pub fn new(rules: Vec<Rule>) -> Self {
        let mut words: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        let mut letters: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let (mut first, mut always) = (Vec::with_capacity(rules.len()), Vec::new());
        let mut number = 0;
        for (index, rule) in rules.iter().enumerate() {
            first.push(number);
            let Some(tokens) = rule.tokens() else {
                always.push(index);
                continue;
            };
            for gate in tokens.gates() {
                match gate {
                    Gate::Bytes(_) if always.last() == Some(&index) => {}
                    Gate::Bytes(_) => always.push(index),
                    Gate::Word(word) => words.entry(word).or_default().push(number),
                    Gate::Letters(any) => {
                        any.into_iter().for_each(|one| letters.entry(one).or_default().push(number));
                    }
                }
                number += 1;
            }
        }
        // No rule files have as many as one automaton can't hold. Most texts are short: what is built fast counts for more
        // than what searches fastest.
        let kind = Some(AhoCorasickKind::NoncontiguousNFA);
        let built = AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(letters.keys()).ok();
        Self {
            longest: words.keys().map(String::len).max().unwrap_or(0),
            words,
            letters: built.filter(|_| !letters.is_empty()),
            leads: letters.into_values().collect(),
            first,
            always,
            rules,
        }
    }

    /// The rules, in order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Reads a paragraph by the rules that are `on`: what each made of it, by the rule's index.
    pub fn read(&self, passage: &Passage<'_>, on: impl Fn(usize) -> bool) -> Vec<(usize, Event)> {
        self.look(
            passage.text,
            |index| on(index) && self.rules[index].scope.unit != scope::Unit::File,
            |rule, seen, out| {
                rule.read(passage, seen, out);
            },
        )
    }

    /// Reads a whole file, markup and all, by the rules that ask for it.
    pub fn read_file(&self, text: &str, on: impl Fn(usize) -> bool) -> Vec<(usize, Found)> {
        let is_of_file = |index: usize| on(index) && self.rules[index].scope.unit == scope::Unit::File;
        if !(0..self.rules.len()).any(is_of_file) {
            return Vec::new();
        }
        let events = self.look(text, is_of_file, |rule, seen, out| {
            rule.read_unit(&Unit { text, base: 0, seen, counted_together: false }, out);
        });
        let found = |(index, event)| if let Event::Found(found) = event { Some((index, found)) } else { None };
        events.into_iter().filter_map(found).collect()
    }

    /// What the rule makes of its marks and counts in the paragraphs of a story, each with its paragraph; `plain` says
    /// that the file has no markup.
    pub fn join<'e>(
        &self,
        rule: usize,
        events: impl Iterator<Item = (usize, &'e Event)>,
        plain: bool,
    ) -> Vec<(usize, Found)> {
        self.rules[rule].join(events, plain)
    }

    /// Whether [`told`](Self::told) says in a file without markup what a rule makes of its marks.
    pub fn is_told(&self, rule: usize) -> bool {
        let rule = &self.rules[rule];
        rule.as_vale.is_some() && matches!(rule.kind, Kind::Conditional(_))
    }

    /// Whether a rule may have something to say that no paragraph has a mark of.
    pub fn speaks_of_story(&self, rule: usize) -> bool {
        matches!(&self.rules[rule].kind, Kind::Occurrence(occurrence) if occurrence.min > 0)
    }

    /// What of the alerts in a file without markup is told, of the rules that tell what Vale tells. `events` are theirs,
    /// each with the rule's index and its paragraph; `starts` says where each paragraph begins in the file.
    pub fn told<'e>(
        &self,
        text: &str,
        starts: &[usize],
        events: impl Iterator<Item = (usize, usize, &'e Event)>,
    ) -> Vec<(usize, usize, Found)> {
        let mut runs: Vec<(usize, usize, Cow<'_, Run>)> = Vec::new();
        let mut joined: BTreeMap<usize, Vec<(usize, &Event)>> = BTreeMap::new();
        for (rule, paragraph, event) in events {
            match event {
                Event::Run(run) => runs.push((rule, paragraph, Cow::Borrowed(&**run))),
                _ if self.is_told(rule) => joined.entry(rule).or_default().push((paragraph, event)),
                _ => {}
            }
        }
        for (rule, events) in joined {
            let found = self.rules[rule].join(events.into_iter(), true).into_iter();
            let run = |found| Cow::Owned(Run { by: By::Text, block: Span::default(), found });
            runs.extend(found.map(|(paragraph, found)| (rule, paragraph, run(found))));
        }
        runs.sort_by_key(|(rule, paragraph, run)| (*rule, run.by, *paragraph));
        let alert = |(rule, paragraph, run): &(usize, usize, Cow<'_, Run>)| {
            let start = starts.get(*paragraph).copied().unwrap_or(0);
            let block = if run.by == By::Text { Span::new(0, text.len()) } else { run.block.shifted(start) };
            vale::Alert { rule: *rule, block, span: run.found.span.shifted(start) }
        };
        let told = vale::told(text, &runs.iter().map(alert).collect::<Vec<_>>());
        let told = runs.into_iter().zip(told).filter(|(_, told)| *told);
        told.map(|((rule, paragraph, run), _)| (rule, paragraph, run.into_owned().found)).collect()
    }

    /// The rules with a pattern that some text made take too many steps since this was last asked.
    pub fn overran(&self) -> Vec<&'static str> {
        self.rules.iter().filter(|rule| rule.overran()).map(|rule| rule.name).collect()
    }

    fn look(
        &self,
        text: &str,
        on: impl Fn(usize) -> bool,
        read: impl Fn(&Rule, Seen<'_>, &mut Vec<Event>),
    ) -> Vec<(usize, Event)> {
        let mut hits: Vec<(u32, u32)> = Vec::new();
        let mut lead = |tokens: &[u32], at: usize| {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            hits.extend(tokens.iter().map(|token| (*token, at)));
        };
        if !self.words.is_empty() {
            let mut small = String::new();
            for (at, word) in words_of(text).filter(|(_, word)| word.len() <= self.longest) {
                small.clear();
                small.push_str(word);
                small.make_ascii_lowercase();
                self.words.get(small.as_str()).iter().for_each(|tokens| lead(tokens, at));
            }
        }
        for hit in self.letters.iter().flat_map(|letters| letters.find_overlapping_iter(text)) {
            lead(&self.leads[hit.pattern().as_usize()], hit.start());
        }
        hits.sort_unstable();
        let mut rules: Vec<usize> = self.always.clone();
        rules.extend(
            hits.chunk_by(|a, b| a.0 == b.0).map(|same| self.first.partition_point(|first| *first <= same[0].0) - 1),
        );
        rules.sort_unstable();
        rules.dedup();
        let bytes = Bytes::of(text);
        let mut all = Vec::new();
        let mut events = Vec::new();
        for index in rules.into_iter().filter(|index| on(*index)) {
            read(&self.rules[index], Seen::new(&hits, bytes, self.first[index]), &mut events);
            all.extend(events.drain(..).map(|event| (index, event)));
        }
        all
    }
}

/// The words of a text, each with where it begins. A word ends where `\b` has it.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_end = |c| !pattern::is_word(c);
    let mut at = 0;
    text.split_inclusive(is_end).map(move |piece| {
        let start = at;
        at += piece.len();
        (start, piece.trim_end_matches(is_end))
    })
}

/// The family in a rule's name: what stands before the slash, or the style: what stands before the stop of `Google.AMPM`.
/// A name without one is a family's.
pub fn family(name: &str) -> &str {
    name.split_once(['/', '.']).map_or(name, |(family, _)| family)
}

/// Whether a rule of that name is of an imported style, as `Google.AMPM` is.
pub fn is_imported(name: &str) -> bool {
    !name.contains('/')
}

/// A name that lives as long as the program. There are as many as there are rule files, however often they are read.
fn interned(name: &str) -> &'static str {
    static NAMES: Mutex<Option<FxHashSet<&'static str>>> = Mutex::new(None);
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let names = names.get_or_insert_default();
    match names.get(name) {
        Some(known) => known,
        None => {
            let kept: &'static str = Box::leak(name.into());
            names.insert(kept);
            kept
        }
    }
}
