//! The dateline: where a story was filed, when, and by which agency.
//!
//! Agencies differ (`TOKYO (AP) — `, `TOKYO, Dec 10 (Reuters) - `, `Tokyo, December 10, 2025 (AFP) - `), and drafts get
//! every part of it wrong. So the parts are read one after the other, each in any form it has been met with, and only
//! then is it weighed whether they add up to a dateline. What is wrong with it is for the rules to say.

mod parser;
mod verdict;
mod words;

use super::Paragraph;
use crate::format::Role;
use crate::text::Span;

pub use parser::{parse, parse_field};

/// A dateline, well formed or not, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    /// All of it, up to and including the dash.
    pub span: Span,
    /// The place: "TOKYO"; empty where there is none, as in "(Reuters) - ".
    pub place: Span,
    /// The state, province or country.
    pub region: Option<Span>,
    /// Further places, each with its region: "BENGALURU/MUMBAI", "WASHINGTON and LONDON".
    pub more: Vec<(Span, Option<Span>)>,
    /// The agency in the brackets.
    pub agency: Option<Span>,
    /// The date.
    pub date: Option<Span>,
    /// The month in the date, as spelled.
    pub month: Option<Span>,
    /// The day in the date, which may be no number.
    pub day: Option<Span>,
    /// The year in the date.
    pub year: Option<Span>,
    /// The dash; none where it was forgotten.
    pub dash: Option<Span>,
    /// What is wrong with it in any agency's form.
    pub slips: Vec<Slip>,
}

/// What is wrong with a dateline in any agency's form, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// No comma between place, region and date; where the one before ends and the next begins.
    Comma(Span),
    /// A mark that belongs nowhere: the dash of "RENO, Nev. - March 4 - ". With the space before it.
    Stray(Span),
    /// The agency does not stand in round brackets; it, and the marks that stand there instead.
    Bracket(Span),
    /// The day stands before the month.
    DayFirst,
    /// The day has an ordinal's ending: "Oct 16th".
    Ordinal(Span),
    /// A day of the week stands before the date; it, and what divides the two.
    Weekday(Span),
    /// The agency stands before the place; it, and the space after it.
    AgencyFirst(Span),
}

impl Slip {
    /// Where it is, if not all over the date.
    pub fn place(self) -> Option<Span> {
        match self {
            Self::Comma(span)
            | Self::Stray(span)
            | Self::Bracket(span)
            | Self::Ordinal(span)
            | Self::Weekday(span)
            | Self::AgencyFirst(span) => Some(span),
            Self::DayFirst => None,
        }
    }
}

impl Dateline {
    /// Every place with its region.
    pub fn places(&self) -> impl Iterator<Item = (Span, Option<Span>)> {
        let first = (!self.place.is_empty()).then_some((self.place, self.region));
        first.into_iter().chain(self.more.iter().copied())
    }

    /// Whether it can be nothing else, since it names the agency or the date.
    pub fn is_certain(&self) -> bool {
        self.agency.is_some() || self.date.is_some()
    }

    /// The end of its last part before the dash.
    pub fn end_of_parts(&self) -> usize {
        self.dash.map_or(self.span.end, |dash| dash.start)
    }
}

/// Body paragraphs among which the story's dateline is looked for: the first ones of a wire file may be slugs or
/// summaries that nothing marks as such.
const BODIES: usize = 4;

/// The story's dateline; gives its paragraph the role [`Role::Dateline`].
pub fn of_story<'s>(paragraphs: &mut [Paragraph<'s>]) -> Option<(usize, &'s Dateline)> {
    let mut bodies = 0;
    for (index, paragraph) in paragraphs.iter_mut().enumerate() {
        let body = matches!(paragraph.role, Role::Body | Role::Dateline);
        if let Some(dateline) = &paragraph.facts.dateline
            && (body || (dateline.is_certain() && paragraph.role == Role::Headline))
        {
            paragraph.role = Role::Dateline;
            return Some((index, dateline));
        }
        bodies += usize::from(body);
        if bodies == BODIES {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests;
