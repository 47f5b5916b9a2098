//! Paragraphs in, diagnostics out; the paragraph cache; cancellation.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Related, Severity};
use crate::fix::Fix;
use crate::format::{self, Draft, Format, Role};
use crate::rules::{Detect, Finding, Quotes, RULES, Rule};
use crate::settings::Settings;
use crate::story::{Facts, Paragraph, Place, Story};
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
    /// Findings of paragraph rules, each with its rule's index in the table.
    findings: Vec<(usize, Finding)>,
}

/// An analysis, and the last check that needed it.
#[derive(Debug)]
struct Cached {
    analysis: Arc<Analysis>,
    round: u64,
}

/// Checks one draft again and again as it is edited, and analyses only the paragraphs that changed.
#[derive(Debug, Default)]
pub struct Checker {
    settings: Settings,
    /// By format role and prose: what else could change a paragraph's own findings is not read by paragraph rules.
    analyses: FxHashMap<Role, FxHashMap<Box<str>, Cached>>,
    /// Counts the checks.
    round: u64,
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
        let analyses = self.analyse(&draft, settings, cancelled)?;
        let story = join(&draft, &analyses, settings);
        let on: Vec<Option<Severity>> = RULES.iter().map(|rule| settings.level(rule)).collect();
        let mut found: Vec<(usize, Finding)> = Vec::new();
        for (index, analysis) in analyses.iter().enumerate() {
            found.extend(analysis.findings.iter().map(|(rule, finding)| (*rule, moved(finding, index))));
        }
        for (index, rule) in RULES.iter().enumerate().filter(|(index, _)| on[*index].is_some()) {
            if cancelled() {
                return Err(Cancelled);
            }
            if let Detect::Story(detect) = rule.detect {
                let findings = detect(&story, &settings.style).into_iter();
                found.extend(findings.filter(|finding| speaks(rule, finding, &story)).map(|finding| (index, finding)));
            }
        }
        let mut diagnostics: Vec<Diagnostic> = settle(found)
            .into_iter()
            .filter_map(|(rule, finding)| Some(diagnostic(&RULES[rule], on[rule]?, finding, &draft)))
            .collect();
        diagnostics.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
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
        let analyses = self.analyse(&draft, settings, &|| false).unwrap_or_default();
        with(&join(&draft, &analyses, settings), &draft)
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
        let analyses = self.analyse(&draft, settings, cancelled)?;
        Ok(with(&join(&draft, &analyses, settings), &draft))
    }

    /// The analysis of each paragraph, from the cache where its prose and role are as they were. Only what this
    /// draft needs stays in the cache.
    fn analyse(
        &mut self,
        draft: &Draft<'_>,
        settings: &Settings,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Arc<Analysis>>, Cancelled> {
        if self.settings != *settings {
            self.analyses.clear();
            self.settings = settings.clone();
        }
        self.analysed = 0;
        self.round += 1;
        let mut analyses = Vec::with_capacity(draft.paragraphs.len());
        for paragraph in &draft.paragraphs {
            if cancelled() {
                // What was analysed is still good for the next check.
                return Err(Cancelled);
            }
            let text: &str = &paragraph.text;
            let cache = self.analyses.entry(paragraph.role).or_default();
            if let Some(cached) = cache.get_mut(text) {
                cached.round = self.round;
                analyses.push(Arc::clone(&cached.analysis));
                continue;
            }
            self.analysed += 1;
            let analysis = Arc::new(analyse(text, paragraph.role, settings));
            analyses.push(Arc::clone(&analysis));
            cache.insert(text.into(), Cached { analysis, round: self.round });
        }
        for cache in self.analyses.values_mut() {
            cache.retain(|_, cached| cached.round == self.round);
        }
        Ok(analyses)
    }
}

fn analyse(text: &str, role: Role, settings: &Settings) -> Analysis {
    let facts = Facts::read_for(text, &settings.style.own);
    let mut findings = Vec::new();
    let paragraph = Paragraph { text, role, facts: &facts };
    for (index, rule) in RULES.iter().enumerate() {
        let Detect::Paragraph(detect) = rule.detect else { continue };
        if settings.level(rule).is_some() && rule.reads.contains(&role) {
            let found = detect(&paragraph, &settings.style).into_iter();
            findings.extend(found.filter(|f| heard(rule, f, &paragraph)).map(|finding| (index, finding)));
        }
    }
    Analysis { facts, findings }
}

fn join<'s>(draft: &'s Draft<'_>, analyses: &'s [Arc<Analysis>], settings: &Settings) -> Story<'s> {
    let paragraphs = draft.paragraphs.iter().zip(analyses);
    let paragraphs = paragraphs.map(|(paragraph, analysis)| Paragraph {
        text: &paragraph.text,
        role: paragraph.role,
        facts: &analysis.facts,
    });
    let mut story = Story::join(paragraphs.collect(), date(draft).or(settings.date));
    story.bylined |= draft.front_matter.author.is_some();
    story.datelined |= draft.front_matter.dateline.is_some();
    story
}

/// The publication date that the front matter gives.
fn date(draft: &Draft<'_>) -> Option<Date> {
    let value = &draft.front_matter.date.as_ref()?.value;
    value.get(..10)?.parse().ok()
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

/// A paragraph's finding, at the paragraph's place in the story.
fn moved(finding: &Finding, paragraph: usize) -> Finding {
    let mut finding = finding.clone();
    finding.place.paragraph = paragraph;
    for (place, _) in &mut finding.related {
        place.paragraph = paragraph;
    }
    for (place, _) in finding.repairs.iter_mut().flat_map(|repair| &mut repair.edits) {
        place.paragraph = paragraph;
    }
    finding
}

/// Where two rules speak of the same words, keeps the one that the other yields to.
fn settle(found: Vec<(usize, Finding)>) -> Vec<(usize, Finding)> {
    let mut keep = vec![true; found.len()];
    for (index, rule) in RULES.iter().enumerate().filter(|(_, rule)| !rule.yields_to.is_empty()) {
        let mut winners: FxHashMap<usize, Vec<Span>> = FxHashMap::default();
        for (winner, finding) in &found {
            if rule.yields_to.contains(&RULES[*winner].name) {
                winners.entry(finding.place.paragraph).or_default().push(finding.place.span);
            }
        }
        let winners: FxHashMap<usize, SpanSet> =
            winners.into_iter().map(|(paragraph, spans)| (paragraph, spans.into_iter().collect())).collect();
        for ((_, finding), keep) in found.iter().zip(&mut keep).filter(|((loser, _), _)| *loser == index) {
            *keep = !winners.get(&finding.place.paragraph).is_some_and(|won| won.overlaps(finding.place.span));
        }
    }
    found.into_iter().zip(keep).filter_map(|(found, keep)| keep.then_some(found)).collect()
}

/// The finding at its places in the file. A repair that would have to touch markup is left out.
fn diagnostic(rule: &Rule, severity: Severity, finding: Finding, draft: &Draft<'_>) -> Diagnostic {
    let locate = |place: Place| draft.paragraphs[place.paragraph].map.locate(place.span);
    let exact = |place: Place| draft.paragraphs[place.paragraph].map.exact(place.span);
    let fixes = finding.repairs.into_iter().filter_map(|repair| {
        let edits = repair.edits.into_iter().map(|(place, text)| Some(Edit::replace(exact(place)?, text)));
        Some(Fix {
            title: one_line(&repair.title).into_owned(),
            applicability: repair.applicability,
            edits: edits.collect::<Option<_>>()?,
        })
    });
    let related = finding.related.into_iter();
    let related =
        related.map(|(place, message)| Related { span: locate(place), message: one_line(&message).into_owned() });
    Diagnostic {
        rule: rule.name,
        severity,
        message: one_line(&finding.message).into_owned(),
        span: locate(finding.place),
        related: related.collect(),
        fixes: fixes.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Office, Offices};

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
