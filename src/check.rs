//! Paragraphs in, diagnostics out; the paragraph cache; cancellation.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Related, Severity};
use crate::fix::{Applicability, Fix};
use crate::format::{self, Block, Draft, Format, Role};
use crate::rules::{self, Detect, Finding, Quotes, RULES, Rule};
use crate::settings::Settings;
use crate::story::{Facts, Paragraph, Place, Story, dates};
use crate::styles::{Event, Passage, Set};
use crate::suppress;
use crate::text::{Edit, Span, SpanSet, one_line};

/// The check was called off before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Checks a draft once. Diagnostics come in the order of the text.
pub fn check(text: &str, format: Format, settings: &Settings) -> Vec<Diagnostic> {
    // Nothing calls this check off, so it can't fail.
    Checker::default().check(text, format, settings, &|| false).unwrap_or_default()
}

/// What a paragraph by itself gives: its facts, and what the paragraph rules found in it.
#[derive(Debug)]
struct Analysis {
    facts: Facts,
    /// Findings of paragraph rules, each with its rule's index among the rules.
    findings: Vec<(usize, Finding)>,
    /// What rules must see together with the rest of the story, each with its rule's index.
    events: Vec<(usize, Event)>,
}

/// The rules of one check, by their index: the built-in ones, those among them that are data, then the house's.
struct Rules<'s> {
    all: Vec<&'s Rule>,
    /// At which level each speaks; `None` if it is off.
    levels: Vec<Option<Severity>>,
    /// Sets of rules, each with the index of its first.
    sets: [(usize, &'s Set); 2],
}

impl<'s> Rules<'s> {
    fn of(settings: &'s Settings) -> Self {
        let all: Vec<&Rule> = settings.rules().collect();
        let levels = all.iter().map(|rule| settings.level(rule)).collect();
        let house = settings.words.set();
        let own = all.len() - house.rules().len();
        Self { levels, sets: [(RULES.len(), rules::words()), (own, house)], all }
    }

    fn is_on(&self, index: usize) -> bool {
        self.levels[index].is_some()
    }

    /// The rules that are on and that look the way that `how` picks.
    fn on<D>(&self, how: impl Fn(Detect) -> Option<D>) -> impl Iterator<Item = (usize, &'s Rule, D)> {
        let rules = self.all.iter().enumerate().filter(|(index, _)| self.is_on(*index));
        rules.filter_map(move |(index, rule)| Some((index, *rule, how(rule.detect)?)))
    }
}

/// A paragraph as it was last read: its role, markup and prose, and what they give. What else could change a paragraph's
/// own findings is not read by paragraph rules.
#[derive(Debug)]
struct Read {
    role: Role,
    block: Block,
    text: Box<str>,
    analysis: Arc<Analysis>,
}

impl Read {
    /// Whether the paragraph is the same today.
    fn is(&self, paragraph: &format::Paragraph<'_>) -> bool {
        self.role == paragraph.role && self.block == paragraph.block && *self.text == *paragraph.text
    }
}

/// Something that the rule with index `rule` found, counted from the paragraph with index `paragraph`.
struct Found<'r> {
    rule: usize,
    paragraph: usize,
    finding: Cow<'r, Finding>,
}

impl Found<'_> {
    /// A place that the finding names, in the story.
    fn at(&self, place: Place) -> Place {
        Place::new(self.paragraph + place.paragraph, place.span)
    }

    /// Where it was found.
    fn place(&self) -> Place {
        self.at(self.finding.place)
    }

    /// The finding, counted from the start of the story.
    fn of_whole(&mut self) -> &mut Finding {
        let from = std::mem::take(&mut self.paragraph);
        let finding = self.finding.to_mut();
        if from > 0 {
            let edits = finding.repairs.iter_mut().flat_map(|repair| &mut repair.edits).map(|(place, _)| place);
            let related = finding.related.iter_mut().map(|(place, _)| place);
            edits.chain(related).chain([&mut finding.place]).for_each(|place| place.paragraph += from);
        }
        finding
    }
}

/// Checks one draft again and again as it is edited, and analyses only the paragraphs that changed.
#[derive(Debug, Default)]
pub struct Checker {
    settings: Settings,
    /// The paragraphs of the last check, in their order, and of those that were called off since.
    read: Vec<Read>,
    analysed: usize,
}

impl Checker {
    /// How many paragraphs the last check had to analyse because they were new or had changed.
    pub fn analysed(&self) -> usize {
        self.analysed
    }

    /// Checks `text`. Diagnostics come in the order of the text and are the same whatever was checked before.
    ///
    /// # Errors
    ///
    /// [`Cancelled`] as soon as `cancelled` says so; it is asked between paragraphs.
    pub fn check(
        &mut self,
        text: &str,
        format: Format,
        settings: &Settings,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Diagnostic>, Cancelled> {
        let draft = format::read(text, format);
        let rules = Rules::of(settings);
        let read = self.analyse(&draft, settings, &rules, cancelled)?;
        let story = join(&draft, read, settings);
        let mut found: Vec<Found<'_>> = Vec::new();
        for (paragraph, read) in read.iter().enumerate() {
            let findings = read.analysis.findings.iter();
            found.extend(findings.map(|(rule, finding)| Found {
                rule: *rule,
                paragraph,
                finding: Cow::Borrowed(finding),
            }));
        }
        let of_whole = |(rule, finding)| Found { rule, paragraph: 0, finding: Cow::Owned(finding) };
        let of_story = |detect| if let Detect::Story(detect) = detect { Some(detect) } else { None };
        for (index, rule, detect) in rules.on(of_story) {
            if cancelled() {
                return Err(Cancelled);
            }
            let findings = detect(&story, &settings.style).into_iter();
            let heard = findings.filter(|finding| speaks(rule, finding, &story));
            found.extend(heard.map(|finding| of_whole((index, finding))));
        }
        found.extend(seen_together(&rules, read, &story, format).into_iter().map(of_whole));
        if format == Format::Plain {
            found.extend(told(&rules, read, &draft, text).into_iter().map(of_whole));
        }
        let mut diagnostics: Vec<Diagnostic> = told_once(settle(found, &rules))
            .iter()
            .filter_map(|found| {
                Some(diagnostic(rules.all[found.rule], rules.levels[found.rule]?, found, &draft, format))
            })
            .collect();
        diagnostics.extend(in_file(&rules, text));
        diagnostics.extend(in_front_matter(&rules, &draft));
        diagnostics.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
        // What a comment of Vale's silences is not counted by a rule's limit.
        let diagnostics = within_limits(suppress::heed_vale(diagnostics, &draft), &rules);
        Ok(suppress::apply(diagnostics, &draft, text, settings))
    }

    /// Reads `text` as a story, and gives what `with` makes of it.
    pub fn story<T>(
        &mut self,
        text: &str,
        format: Format,
        settings: &Settings,
        with: impl FnOnce(&Story<'_>, &Draft<'_>) -> T,
    ) -> T {
        let draft = format::read(text, format);
        // Nothing calls this off.
        let read = self.analyse(&draft, settings, &Rules::of(settings), &|| false).unwrap_or_default();
        with(&join(&draft, read, settings), &draft)
    }

    /// As [`story`](Self::story), unless it is called off.
    ///
    /// # Errors
    ///
    /// [`Cancelled`] as soon as `cancelled` says so; it is asked between paragraphs.
    pub fn story_unless<T>(
        &mut self,
        text: &str,
        format: Format,
        settings: &Settings,
        cancelled: &dyn Fn() -> bool,
        with: impl FnOnce(&Story<'_>, &Draft<'_>) -> T,
    ) -> Result<T, Cancelled> {
        let draft = format::read(text, format);
        let read = self.analyse(&draft, settings, &Rules::of(settings), cancelled)?;
        Ok(with(&join(&draft, read, settings), &draft))
    }

    /// Each paragraph with its analysis. Those before and after what was edited since the last check are as they were, and
    /// not looked up; between them, an analysis is taken from where the same paragraph stood. Nothing else is kept.
    fn analyse(
        &mut self,
        draft: &Draft<'_>,
        settings: &Settings,
        rules: &Rules<'_>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<&[Read], Cancelled> {
        if self.settings != *settings {
            self.read.clear();
            self.settings = settings.clone();
        }
        self.analysed = 0;
        let (before, now) = (&self.read, &draft.paragraphs);
        let same = |(before, now): &(&Read, &format::Paragraph<'_>)| before.is(now);
        let first = before.iter().zip(now).take_while(same).count();
        let last = before[first..].iter().rev().zip(now[first..].iter().rev()).take_while(same).count();
        let edited = first..before.len() - last;
        let mut known: FxHashMap<(Role, Block, &str), Arc<Analysis>> = before[edited.clone()]
            .iter()
            .map(|before| ((before.role, before.block, &*before.text), Arc::clone(&before.analysis)))
            .collect();
        let mut read = Vec::new();
        let mut called_off = false;
        for format::Paragraph { text, role, block, .. } in &now[first..now.len() - last] {
            called_off = cancelled();
            if called_off {
                break;
            }
            let analysis = known.entry((*role, *block, &**text)).or_insert_with(|| {
                self.analysed += 1;
                Arc::new(analyse(text, *role, *block, settings, rules))
            });
            let analysis = Arc::clone(analysis);
            read.push(Read { role: *role, block: *block, text: (&**text).into(), analysis });
        }
        drop(known);
        if called_off || cancelled() {
            // What was analysed is still good for the next check, and so is what it would have replaced.
            self.read.splice(first..first, read);
            return Err(Cancelled);
        }
        self.read.splice(edited, read);
        Ok(&self.read)
    }
}

fn analyse(text: &str, role: Role, block: Block, settings: &Settings, rules: &Rules<'_>) -> Analysis {
    let facts = Facts::read_for(text, &settings.style.own);
    let (mut findings, mut events) = (Vec::new(), Vec::new());
    let paragraph = Paragraph { text, role, facts: &facts };
    let of_paragraph = |detect| if let Detect::Paragraph(detect) = detect { Some(detect) } else { None };
    for (index, _, detect) in rules.on(of_paragraph).filter(|(_, rule, _)| rule.reads.contains(&role)) {
        findings.extend(detect(&paragraph, &settings.style).into_iter().map(|finding| (index, finding)));
    }
    let sentences: Vec<Span> = facts.prose.sentences.iter().map(|sentence| sentence.span).collect();
    let passage = Passage { text, block, role, sentences: &sentences };
    for (first, set) in rules.sets {
        for (rule, event) in set.read(&passage, |rule| rules.is_on(first + rule)) {
            let index = first + rule;
            match event {
                // What a house has for a term goes over what others write.
                Event::Found(found) if first == RULES.len() && settings.style.terms.writes(found.span.of(text)) => {}
                Event::Found(found) => findings.push((index, unseen(Finding::of_words(0, &found), &paragraph))),
                event => events.push((index, event)),
            }
        }
    }
    findings.retain(|(index, finding)| heard(rules.all[*index], finding, &paragraph));
    Analysis { facts, findings, events }
}

/// The finding with no repair that is made unseen to what somebody is quoted as saying.
fn unseen(mut finding: Finding, paragraph: &Paragraph<'_>) -> Finding {
    let said = |edits: &[(Place, String)]| edits.iter().any(|(place, _)| paragraph.said(place.span));
    for repair in finding.repairs.iter_mut().filter(|repair| said(&repair.edits)) {
        repair.applicability = Applicability::Unsafe;
    }
    finding
}

/// What rules find that must see all of a story's words together.
fn seen_together(rules: &Rules<'_>, read: &[Read], story: &Story<'_>, format: Format) -> Vec<(usize, Finding)> {
    let mut by_rule: FxHashMap<usize, Vec<(usize, &Event)>> = FxHashMap::default();
    for (paragraph, read) in read.iter().enumerate() {
        for (rule, event) in &read.analysis.events {
            by_rule.entry(*rule).or_default().push((paragraph, event));
        }
    }
    let mut found = Vec::new();
    for (first, set) in rules.sets {
        for rule in 0..set.rules().len() {
            let index = first + rule;
            let events = by_rule.remove(&index);
            let silent =
                events.is_none() && !set.speaks_of_story(rule) || (format == Format::Plain && set.is_told(rule));
            if silent || !rules.is_on(index) || story.paragraphs.is_empty() {
                continue;
            }
            let joined = set.join(rule, events.into_iter().flatten(), format == Format::Plain);
            let findings = joined.iter().map(|(paragraph, found)| Finding::of_words(*paragraph, found));
            let heard =
                findings.filter(|finding| heard(rules.all[index], finding, &story.paragraphs[finding.place.paragraph]));
            found.extend(heard.map(|finding| (index, finding)));
        }
    }
    found
}

/// What is told of what rules of imported styles found, in a file without markup.
fn told(rules: &Rules<'_>, read: &[Read], draft: &Draft<'_>, text: &str) -> Vec<(usize, Finding)> {
    let (first, house) = rules.sets[1];
    if house.rules().iter().all(|rule| rule.as_vale.is_none()) {
        return Vec::new();
    }
    let starts: Vec<usize> = draft.paragraphs.iter().map(|paragraph| paragraph.span.start).collect();
    let events = read.iter().enumerate().flat_map(|(paragraph, read)| {
        let of_house = read.analysis.events.iter().filter(|(rule, _)| *rule >= first);
        of_house.map(move |(rule, event)| (rule - first, paragraph, event))
    });
    let told = house.told(text, &starts, events).into_iter();
    told.map(|(rule, paragraph, found)| (first + rule, Finding::of_words(paragraph, &found))).collect()
}

/// What rules find that read the file as it is written.
fn in_file(rules: &Rules<'_>, text: &str) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (first, set) in rules.sets {
        for (rule, found) in set.read_file(text, |rule| rules.is_on(first + rule)) {
            let index = first + rule;
            let fixes = found.mends.into_iter().map(|mend| Fix {
                title: one_line(&mend.title).into_owned(),
                applicability: mend.applicability,
                edits: vec![Edit::replace(mend.span, mend.text)],
            });
            diagnostics.extend(rules.levels[index].map(|severity| Diagnostic {
                rule: rules.all[index].name,
                severity,
                message: one_line(&found.message).into_owned(),
                span: found.span,
                related: Vec::new(),
                fixes: fixes.collect(),
            }));
        }
    }
    diagnostics
}

/// What rules find in the front matter.
fn in_front_matter(rules: &Rules<'_>, draft: &Draft<'_>) -> Vec<Diagnostic> {
    let of_fields = |detect| if let Detect::FrontMatter(detect) = detect { Some(detect) } else { None };
    let found = rules.on(of_fields).filter_map(|(index, rule, detect)| {
        let (field, message) = detect(&draft.front_matter)?;
        let (severity, message) = (rules.levels[index]?, one_line(&message).into_owned());
        let (related, fixes) = (Vec::new(), Vec::new());
        Some(Diagnostic { rule: rule.name, severity, message, span: field.span, related, fixes })
    });
    found.collect()
}

/// The diagnostics without those that a rule gives beyond its own limit.
fn within_limits(mut diagnostics: Vec<Diagnostic>, rules: &Rules<'_>) -> Vec<Diagnostic> {
    let limited = rules.sets.iter().flat_map(|(_, set)| set.rules()).filter(|rule| rule.limit > 0);
    let mut left: FxHashMap<&str, usize> = limited.map(|rule| (rule.name, rule.limit)).collect();
    if !left.is_empty() {
        diagnostics.retain(|diagnostic| match left.get_mut(diagnostic.rule) {
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
            None => true,
        });
    }
    diagnostics
}

fn join<'s>(draft: &'s Draft<'_>, read: &'s [Read], settings: &Settings) -> Story<'s> {
    let paragraphs = draft.paragraphs.iter().zip(read);
    let paragraphs = paragraphs.map(|(paragraph, read)| Paragraph {
        text: &paragraph.text,
        role: paragraph.role,
        facts: &read.analysis.facts,
    });
    let mut story = Story::join(paragraphs.collect(), date(draft).or(settings.date));
    story.bylined |= draft.front_matter.author.is_some();
    story.datelined |= draft.front_matter.dateline.is_some();
    story.headline = headline(draft, &story);
    story
}

/// The paragraph that is surely the headline. A first line that is only guessed to be one may be a lede.
fn headline(draft: &Draft<'_>, story: &Story<'_>) -> Option<usize> {
    let first = draft.paragraphs.iter().position(|paragraph| paragraph.role == Role::Headline)?;
    let marked = draft.paragraphs[first].block != Block::Plain;
    let mut below = story.paragraphs[first + 1..]
        .iter()
        .filter(|paragraph| !matches!(paragraph.role, Role::Headline | Role::Subhead));
    let next = below.next()?;
    let follows = || next.role == Role::Byline || next.facts.dateline.is_some();
    // What ends in a stop may be a summary.
    (marked || (!draft.paragraphs[first].text.ends_with('.') && follows())).then_some(first)
}

/// The publication date that the front matter gives.
fn date(draft: &Draft<'_>) -> Option<Date> {
    dates::written(&draft.front_matter.date.as_ref()?.value)
}

/// Whether the rule reads that paragraph, and may speak there.
fn speaks(rule: &Rule, finding: &Finding, story: &Story<'_>) -> bool {
    story
        .paragraphs
        .get(finding.place.paragraph)
        .is_some_and(|paragraph| rule.reads.contains(&paragraph.role) && heard(rule, finding, paragraph))
}

/// Whether the rule may speak at a place, which it may not inside what somebody is quoted as saying.
fn heard(rule: &Rule, finding: &Finding, paragraph: &Paragraph<'_>) -> bool {
    rule.quotes != Quotes::Off || !paragraph.said(finding.place.span)
}

/// Where two rules speak of the same words, keeps the one that the other yields to.
fn settle<'r>(mut found: Vec<Found<'r>>, rules: &Rules<'_>) -> Vec<Found<'r>> {
    let mut spans: FxHashMap<&[&str], FxHashMap<usize, SpanSet>> = FxHashMap::default();
    let stays = |one: &Found<'_>| {
        let winners = rules.all[one.rule].yields_to;
        if winners.is_empty() {
            return true;
        }
        let won = spans.entry(winners).or_insert_with(|| spans_of(winners, &found, rules));
        let Place { paragraph, span } = one.place();
        won.get(&paragraph).is_none_or(|won| !won.overlaps(span))
    };
    let mut stay = found.iter().map(stays).collect::<Vec<bool>>().into_iter();
    found.retain(|_| stay.next().unwrap_or_default());
    found
}

/// Of which words in each paragraph the rules with these names speak.
fn spans_of(names: &[&str], found: &[Found<'_>], rules: &Rules<'_>) -> FxHashMap<usize, SpanSet> {
    let mut spans: FxHashMap<usize, Vec<Span>> = FxHashMap::default();
    for found in found.iter().filter(|found| names.contains(&rules.all[found.rule].name)) {
        let Place { paragraph, span } = found.place();
        spans.entry(paragraph).or_default().push(span);
    }
    spans.into_iter().map(|(paragraph, spans)| (paragraph, spans.into_iter().collect())).collect()
}

/// Tells each habit once, where it is first seen, with a repair that mends it everywhere. Findings of one rule are one
/// habit if they are mended by the same title and may be mended unseen, or not.
fn told_once(found: Vec<Found<'_>>) -> Vec<Found<'_>> {
    let mut told: Vec<Found<'_>> = Vec::with_capacity(found.len());
    let mut habits: FxHashMap<(usize, String, Applicability), (usize, usize)> = FxHashMap::default();
    for found in found {
        let Some(repair) = found.finding.repairs.first().filter(|_| found.finding.habit) else {
            told.push(found);
            continue;
        };
        match habits.entry((found.rule, repair.title.clone(), repair.applicability)) {
            Entry::Vacant(entry) => {
                entry.insert((told.len(), 0));
                told.push(found);
            }
            Entry::Occupied(mut entry) => {
                let (first, more) = entry.get_mut();
                *more += 1;
                let edits = repair.edits.iter().map(|(place, text)| (found.at(*place), text.clone()));
                told[*first].of_whole().repairs[0].edits.extend(edits);
            }
        }
    }
    for (first, more) in habits.into_values().filter(|(_, more)| *more > 0) {
        let places = if more == 1 { "one more place".into() } else { format!("{more} more places") };
        let message = &mut told[first].of_whole().message;
        *message = format!("{message} The same goes for {places}.");
    }
    told
}

/// The finding at its places in the file. A repair that would have to touch markup is left out.
fn diagnostic(rule: &Rule, severity: Severity, found: &Found<'_>, draft: &Draft<'_>, format: Format) -> Diagnostic {
    let paragraph = |place| &draft.paragraphs[found.at(place).paragraph];
    let locate = |place: Place| paragraph(place).map.locate(place.span);
    let replace = |place: Place, text: &str| {
        let format::Paragraph { map, block, .. } = paragraph(place);
        Some(Edit::replace(map.exact(place.span)?, format.written(text, *block)?))
    };
    let fixes = found.finding.repairs.iter().filter_map(|repair| {
        let edits = repair.edits.iter().map(|(place, text)| replace(*place, text));
        Some(Fix {
            title: one_line(&repair.title).into_owned(),
            applicability: repair.applicability,
            edits: edits.collect::<Option<_>>()?,
        })
    });
    let related = found.finding.related.iter();
    let related =
        related.map(|(place, message)| Related { span: locate(*place), message: one_line(message).into_owned() });
    Diagnostic {
        rule: rule.name,
        severity,
        message: one_line(&found.finding.message).into_owned(),
        span: locate(found.finding.place),
        related: related.collect(),
        fixes: fixes.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Office, Offices};
    use crate::style::{Term, Terms};

    #[test]
    fn what_was_checked_is_not_analysed_again_to_be_read() {
        let (draft, settings) = ("The pier is shut.\n\n“It is old,” the mayor said.\n", Settings::default());
        let mut checker = Checker::default();
        assert!(checker.check(draft, Format::Plain, &settings, &|| false).is_ok());
        assert_eq!(checker.analysed(), 2);
        let read = |checker: &mut Checker, off: bool| {
            checker.story_unless(draft, Format::Plain, &settings, &|| off, |story, _| story.attributions.len())
        };
        assert_eq!(read(&mut checker, false), Ok(1));
        assert_eq!(checker.analysed(), 0);
        assert_eq!(read(&mut checker, true), Err(Cancelled));
    }

    #[test]
    fn the_terms_of_a_house_go_over_the_words_of_a_style() {
        let term = |wrong: &str, right: &str| Term { wrong: wrong.into(), right: right.into(), why: None };
        let rules = |terms: Vec<Term>| {
            let mut settings = Settings::default();
            settings.style.terms = Terms::new(terms).into();
            let found = check("An e-mail came.\n", Format::Plain, &settings);
            found.into_iter().map(|found| found.rule).collect::<Vec<_>>()
        };
        assert_eq!(rules(vec![]), ["usage/compound"]);
        assert_eq!(rules(vec![term("e-mail", "letter")]), ["usage/term"]);
        assert_eq!(rules(vec![term("email", "e-mail")]), [""; 0]);
    }

    #[test]
    fn a_house_with_other_offices_reads_the_draft_anew() {
        let draft = "Harbormaster Ann Roe left.\n";
        let mut checker = Checker::default();
        let mut people = |settings: &Settings| {
            checker.story(draft, Format::Plain, settings, |story, _| {
                story.people.iter().map(|person| person.name.clone()).collect::<Vec<_>>()
            })
        };
        assert_ne!(people(&Settings::default()), ["Ann Roe"]);
        let wordings = vec![vec!["Harbormaster".into()]];
        let office = Office { id: "harbormaster".into(), wordings, ..Office::default() };
        let mut settings = Settings::default();
        settings.style.own = Arc::new(Offices::new(vec![office]));
        assert_eq!(people(&settings), ["Ann Roe"]);
    }

    #[test]
    fn what_is_said_of_wrapped_copy_is_one_line() {
        let draft = "The ferry to the island sank on Wednesday in a storm, multiple media\r\n\
                     outlets reported, and the boats that came to look for it found nothing\r\nbut a coat.\r\n";
        let found = check(draft, Format::Plain, &Settings::default());
        assert_eq!(found.len(), 1);
        assert!(found[0].message.starts_with("“multiple media outlets reported” names"), "{}", found[0].message);
    }
}
