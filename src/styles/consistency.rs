use super::{Event, Found, Mark, Rule, Story, Unit, tokens::Tokens};

/// Two ways to write a thing, of which a story uses one.
#[derive(Debug)]
pub(super) struct Consistency {
    /// The two ways of each thing, one after the other.
    pub ways: Tokens,
}

impl Consistency {
    pub(super) fn read(&self, unit: &Unit<'_>, out: &mut Vec<Event>) {
        for (span, way) in self.ways.find_all(unit.text, unit.seen) {
            out.push(Event::Mark(Mark::new(way, unit.place(span), span.of(unit.text))));
        }
    }

    /// Where the second of two ways is used; with `whole`, the story is one text, and that is told once.
    pub(super) fn join(&self, rule: &Rule, story: &Story<'_>, out: &mut Vec<(usize, Found)>) {
        let mut used = vec![false; self.ways.len()];
        for block in story.blocks() {
            let mut last = vec![None; self.ways.len() / 2];
            for (paragraph, mark) in block {
                used[mark.which] = true;
                last[mark.which / 2] = Some((*paragraph, *mark));
            }
            for (pair, last) in last.into_iter().enumerate() {
                if let Some((paragraph, mark)) = last.filter(|_| used[2 * pair] && used[2 * pair + 1]) {
                    out.push((paragraph, mark.found(rule)));
                }
            }
        }
    }
}
