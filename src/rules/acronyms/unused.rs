use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Place, Story};
use crate::style::Style;

use super::{introduced, letters};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "acronyms/unused",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/acronyms/unused.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |(brackets, acronym): (Place, &str)| {
        Finding::new(brackets, format!("“{acronym}” is explained here and never used again: leave it out."))
    };
    detect(story).into_iter().map(finding).collect()
}

/// Acronyms in brackets that the story does not come back to.
fn detect<'s>(story: &Story<'s>) -> Vec<(Place, &'s str)> {
    let mut found: Vec<(Place, &'s str)> = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_copy()) {
        let all = introduced(paragraph);
        found.extend(all.map(|acronym| (Place::new(index, acronym.brackets), paragraph.words(acronym.acronym))));
    }
    if found.is_empty() {
        return found;
    }
    let mut uses: FxHashMap<Cow<'_, str>, usize> = found.iter().map(|(_, acronym)| (plain(acronym), 0)).collect();
    for paragraph in &story.paragraphs {
        for at in &paragraph.facts.acronyms {
            for part in paragraph.token(*at).split(['-', '/']) {
                if letters(part).nth(1).is_some()
                    && let Some(uses) = uses.get_mut(plain(part).as_ref())
                {
                    *uses += 1;
                }
            }
        }
    }
    found.retain(|(_, acronym)| uses.get(plain(acronym).as_ref()).is_some_and(|uses| *uses == 1));
    found
}

/// The acronym without stops and without the "s" of a plural.
fn plain(word: &str) -> Cow<'_, str> {
    let word = word.trim_end_matches('s');
    if word.contains('.') { word.replace('.', "").into() } else { word.into() }
}
