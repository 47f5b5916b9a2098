use crate::lexicon::{self, Office, Tenure};
use crate::story::Paragraph;
use crate::story::people::{Held, Mention, Own};
use crate::style::{Stint, Style};
use crate::text::Span;

/// What a title says that somebody is: an office of the lexicon, or one of several, or one of the house's own.
pub(super) struct Post<'s> {
    offices: Vec<&'s Office>,
    /// Whether it is that of a deputy.
    deputy: bool,
}

impl<'s> Post<'s> {
    /// The post that an office of the lexicon is.
    pub(super) fn held(held: Held) -> Self {
        Self { offices: held.ways.iter().map(|way| lexicon::office(*way)).collect(), deputy: held.deputy }
    }

    fn own(own: Own, style: &'s Style) -> Self {
        Self { offices: style.own.get(own.way).into_iter().collect(), deputy: own.deputy }
    }

    /// The post that a mention gives somebody today, and the words that do.
    pub(super) fn of(paragraph: &Paragraph<'_>, mention: &Mention, style: &'s Style) -> Option<(Self, Span)> {
        let own = mention.own.map(|own| (Self::own(own, style), own.span, own.tenure));
        let held = mention.office.map(|held| (Self::held(held), held.span, held.tenure));
        let (post, span, tenure) = own.or(held)?;
        let capital = paragraph.words(span).starts_with(char::is_uppercase);
        (tenure == Tenure::Now && (capital || mention.after)).then_some((post, span))
    }

    /// The post that the roster gives somebody; none where its title is no office.
    pub(super) fn of_stint(stint: &Stint, style: &'s Style) -> Option<Self> {
        // "Chief of Staff" is not a house's own "Chief".
        let words = stint.title.split(' ');
        let whole = style.own.longest(words.clone()).filter(|(len, _)| *len == words.count());
        let own = whole.and_then(|(_, way)| style.own.get(way));
        let own = own.map(|office| Self { offices: vec![office], deputy: false });
        own.or_else(|| stint.held.map(Self::held))
    }

    fn pairs<'p>(&'p self, other: &'p Self) -> impl Iterator<Item = (&'p Office, &'p Office)> {
        self.offices.iter().flat_map(|a| other.offices.iter().map(|b| (*a, *b)))
    }

    /// Whether nobody holds both at once: two offices of one seat, or an office and that of a deputy to it.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        let deputies = self.deputy != other.deputy;
        let apart = |a: &Office, b: &Office| !akin(a, b) && a.seat.is_some() && a.seat == b.seat;
        self.pairs(other).all(|(a, b)| if deputies { akin(a, b) } else { apart(a, b) })
    }

    /// Whether the two can be one office, or one goes with the other: the House speaker is a representative.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        self.deputy == other.deputy && self.pairs(other).any(|(a, b)| akin(a, b))
    }
}

fn akin(a: &Office, b: &Office) -> bool {
    a.id == b.id || a.includes.contains(&b.id) || b.includes.contains(&a.id)
}
