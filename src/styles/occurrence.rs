use super::pattern::Pattern;
use super::{Event, Found, Mark, Rule, Unit, message};

/// Something that stands there too often, or not often enough.
#[derive(Debug)]
pub(super) struct Occurrence {
    pub pattern: Pattern,
    /// The most that is fine; 0 for no limit.
    pub max: usize,
    /// The least that is fine; 0 for no limit.
    pub min: usize,
}

impl Occurrence {
    pub(super) fn read(&self, rule: &Rule, unit: &Unit<'_>, out: &mut Vec<Event>) {
        let places: Vec<_> = self.pattern.find_all(unit.text).collect();
        if unit.counted_together {
            out.extend(places.into_iter().map(|span| Event::Mark(Mark::new(0, unit.place(span), span.of(unit.text)))));
            return;
        }
        if self.is_wrong(places.len())
            && let Some(first) = places.first()
        {
            let count = places.len().to_string();
            let message = message::fill(&rule.message, &[&count]);
            out.push(Event::Found(Found { message, ..Found::of(rule, unit, *first) }));
        }
    }

    pub(super) const fn is_wrong(&self, count: usize) -> bool {
        (self.max > 0 && count > self.max) || (self.min > 0 && count < self.min)
    }
}
