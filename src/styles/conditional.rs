use rustc_hash::FxHashSet;

use super::pattern::Pattern;
use super::{Event, Found, Mark, Rule, Story, Unit};

/// One thing that calls for another: an abbreviation for the words that it stands for.
#[derive(Debug)]
pub(super) struct Conditional {
    /// What calls for the other.
    pub first: Pattern,
    /// The other; its groups are what it explains.
    pub second: Pattern,
    pub exceptions: Option<Pattern>,
}

/// Marks of what is explained, and of what calls for it.
const EXPLAINED: usize = 0;
const CALLS: usize = 1;

impl Conditional {
    pub(super) fn read(&self, unit: &Unit<'_>, out: &mut Vec<Event>) {
        for span in self.second.find_all(unit.text) {
            for group in self.second.groups(span.of(unit.text)) {
                out.push(Event::Mark(Mark::new(EXPLAINED, unit.place(span), group)));
            }
        }
        for span in self.first.find_all(unit.text) {
            let words = span.of(unit.text);
            if !self.exceptions.as_ref().is_some_and(|exceptions| exceptions.is_in(words)) {
                out.push(Event::Mark(Mark::new(CALLS, unit.place(span), words)));
            }
        }
    }

    pub(super) fn join(&self, rule: &Rule, story: &Story<'_>, out: &mut Vec<(usize, Found)>) {
        let mut explained = FxHashSet::default();
        for block in story.blocks() {
            explained.extend(block.iter().filter(|(_, mark)| mark.which == EXPLAINED).map(|(_, mark)| &*mark.words));
            for (paragraph, mark) in block.iter().filter(|(_, mark)| mark.which == CALLS) {
                if !explained.contains(&*mark.words) {
                    out.push((*paragraph, mark.found(rule)));
                }
            }
        }
    }
}
