//! What a copy editor notices in a story: who says what, who is who, where and when it was filed.
//!
//! First per paragraph ([`Facts`], pure and cached, offsets relative to the paragraph), then joined over the whole
//! story ([`Story`], cheap: time grows with the number of facts).

pub mod acronyms;
pub mod anonymity;
pub mod attribution;
pub mod bodies;
pub mod claim;
pub mod dateline;
pub mod dates;
pub mod hearsay;
pub mod ledger;
pub mod localities;
pub mod people;
pub mod quantities;
pub mod sourcing;
pub mod times;

use std::borrow::Cow;

use jiff::civil::Date;

use crate::format::Role;
use crate::lexicon::Offices;
use crate::prose::Prose;
use crate::text::{Span, one_line};

/// What one paragraph says, whatever stands around it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Its tokens, sentences and quotations.
    pub prose: Prose,
    /// Who is said to say, write or think what.
    pub attributions: Vec<attribution::Attribution>,
    /// The turn of an interview that it is, if the story knows the speaker of its label.
    pub turn: Option<attribution::Attribution>,
    /// What it says as a headline by its colon, if the story knows the label, or it is a role.
    pub headline: Option<attribution::Attribution>,
    /// For each sentence, on whose word it stands as far as the paragraph tells, and by which of its attributions.
    pub sourcing: Vec<sourcing::Sourced>,
    /// People named, with the titles given to them there.
    pub mentions: Vec<people::Mention>,
    /// Bodies named.
    pub bodies: Vec<bodies::Mention>,
    /// Words that may be acronyms, by the index of their tokens.
    pub acronyms: Vec<usize>,
    /// Dates.
    pub dates: Vec<dates::Mention>,
    /// Days named by the day of writing, by the index of their tokens: "yesterday".
    pub relative_days: Vec<usize>,
    /// Numbers that count or measure.
    pub quantities: Vec<quantities::Quantity>,
    /// Times of day.
    pub times: Vec<times::Mention>,
    /// Cities with their state, province or country.
    pub localities: Vec<localities::Locality>,
    /// The dateline it opens with, if it does.
    pub dateline: Option<dateline::Dateline>,
    /// What it claims in the reporter's own words.
    pub claims: claim::Claims,
    /// What it passes on from hearsay.
    pub hearsay: Vec<hearsay::Hearsay>,
    /// Sentences that say that somebody's name is withheld.
    pub withheld: Vec<anonymity::Withheld>,
}

impl Facts {
    /// Reads a paragraph for a house that has no offices of its own.
    pub fn read(text: &str) -> Self {
        Self::read_for(text, &Offices::default())
    }

    /// Reads a paragraph; `own` are offices of the house's own.
    pub fn read_for(text: &str, own: &Offices) -> Self {
        let prose = Prose::read(text);
        let mentions = people::mentions(text, &prose, own);
        let bodies = bodies::mentions(text, &prose);
        let dateline = dateline::parse(text);
        let opening = dateline.as_ref().map_or(0, |dateline| dateline.span.end);
        let mut attributions = attribution::attributions(text, &prose, opening);
        let turn = sourcing::turn(text, &prose);
        let headline = sourcing::headline(text, &prose);
        let sourcing = sourcing::read(text, &prose, &attributions);
        let acronyms = acronyms::mentions(text, &prose);
        let dates = dates::mentions(text, &prose);
        let relative_days = dates::relative_days(text, &prose);
        let quantities = quantities::mentions(text, &prose, &dates);
        let times = times::mentions(text, &prose);
        let localities = localities::mentions(text, &prose);
        let claims = claim::read(text, &prose, &attributions, &sourcing, opening);
        attributions.retain(attribution::Attribution::tells);
        let hearsay = hearsay::read(text, &prose);
        let withheld = anonymity::withheld(text, &prose);
        Self {
            prose,
            attributions,
            turn,
            headline,
            sourcing,
            mentions,
            bodies,
            acronyms,
            dates,
            relative_days,
            quantities,
            times,
            localities,
            dateline,
            claims,
            hearsay,
            withheld,
        }
    }
}

/// A paragraph of a story and its facts.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph<'s> {
    /// The prose.
    pub text: &'s str,
    /// What it is.
    pub role: Role,
    /// What it says.
    pub facts: &'s Facts,
}

impl<'s> Paragraph<'s> {
    /// The words under a span.
    pub fn words(&self, span: Span) -> &'s str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    /// The words under a span, on one line.
    pub fn phrase(&self, span: Span) -> Cow<'s, str> {
        one_line(self.words(span))
    }

    /// The token at an index, as it is written; "" where there is none.
    pub fn token(&self, at: usize) -> &'s str {
        self.facts.prose.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    /// Whether the words stand in what somebody said: in quotation marks, or in a block quotation.
    pub fn said(&self, span: Span) -> bool {
        self.role == Role::BlockQuote || self.facts.prose.quoted(span)
    }

    /// Whether it is running copy: body, dateline opening, list item, block quote.
    pub fn is_copy(&self) -> bool {
        Role::COPY.contains(&self.role)
    }
}

/// A place in a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Bytes of that paragraph's prose.
    pub span: Span,
}

impl Place {
    /// A place in the paragraph with index `paragraph`.
    pub const fn new(paragraph: usize, span: Span) -> Self {
        Self { paragraph, span }
    }

    /// A place in the only paragraph at hand.
    pub const fn here(span: Span) -> Self {
        Self::new(0, span)
    }
}

/// A whole story as a copy editor has it in mind.
#[derive(Clone, Debug, Default)]
pub struct Story<'s> {
    /// The paragraphs in order.
    pub paragraphs: Vec<Paragraph<'s>>,
    /// The publication date, if known.
    pub date: Option<Date>,
    /// The dateline and the index of the paragraph that opens with it.
    pub dateline: Option<(usize, &'s dateline::Dateline)>,
    /// The people, in the order in which they first appear.
    pub people: Vec<people::Person>,
    /// The attributions, with their speakers, in the order of the text.
    pub attributions: Vec<attribution::Joined<'s>>,
    /// For each paragraph and each of its sentences, on whose word it stands, and by which of the attributions.
    pub sourcing: Vec<Vec<sourcing::Sourced>>,
    /// Sources whom it does not name, in the order of its attributions.
    pub unnamed: Vec<anonymity::Unnamed<'s>>,
    /// The paragraph that is surely its headline: marked as one, or with a byline or dateline under it.
    pub headline: Option<usize>,
    /// Whether it says who wrote it.
    pub bylined: bool,
    /// Whether it says where it was filed.
    pub datelined: bool,
    /// The claims that stand on nobody's word, in the order of the text.
    pub claims: Vec<claim::Joined<'s>>,
}

impl<'s> Story<'s> {
    /// Joins the paragraphs' facts.
    pub fn join(paragraphs: Vec<Paragraph<'s>>, date: Option<Date>) -> Self {
        let mut story = Self { paragraphs, date, ..Self::default() };
        story.dateline = dateline::of_story(&mut story.paragraphs);
        story.datelined = story.dateline.is_some();
        story.people = people::join(&story.paragraphs);
        story.attributions = attribution::join(&story.paragraphs, &story.people);
        story.bylined = story.paragraphs.iter().any(|paragraph| paragraph.role == Role::Byline);
        story.unnamed = anonymity::join(&story.paragraphs, &story.attributions);
        story.sourcing = sourcing::join(&story.paragraphs, &story.attributions);
        story.claims = claim::join(&story);
        story
    }

    /// For each attribution, the quotations in later paragraphs that go on with it.
    pub fn continuations(&self) -> Vec<Vec<Place>> {
        let mut continued = vec![Vec::new(); self.attributions.len()];
        for (index, (paragraph, sourced)) in self.paragraphs.iter().zip(&self.sourcing).enumerate() {
            let sentences = paragraph.facts.prose.sentences.iter().zip(sourced).filter(|(sentence, _)| sentence.quoted);
            for (sentence, by) in sentences.filter_map(|(sentence, sourced)| Some((sentence, sourced.by?))) {
                if self.attributions.get(by).is_none_or(|joined| joined.paragraph >= index) {
                    continue;
                }
                let places: &mut Vec<Place> = &mut continued[by];
                match places.last_mut().filter(|last| last.paragraph == index) {
                    Some(last) => last.span = last.span.cover(sentence.span),
                    None => places.push(Place::new(index, sentence.span)),
                }
            }
        }
        continued
    }

    /// The kind of claim that a sentence makes, if it makes one on nobody's word.
    pub fn claim(&self, paragraph: usize, sentence: usize) -> Option<claim::ClaimKind> {
        let place = |joined: &claim::Joined<'_>| (joined.paragraph, joined.claim.sentence);
        let found = self.claims.binary_search_by_key(&(paragraph, sentence), place).ok()?;
        Some(self.claims[found].claim.kind)
    }

    /// The words at a place.
    pub fn words(&self, place: Place) -> &'s str {
        self.paragraphs.get(place.paragraph).map_or("", |paragraph| paragraph.words(place.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_over_paragraphs_is_one_attributions() {
        let texts =
            ["“It is late,” Roe said. “We left.", "“Then it rained.", "“We came back.” He left.", "She said:", "“No.”"];
        let facts: Vec<Facts> = texts.iter().map(|text| Facts::read(text)).collect();
        let paragraphs = texts.iter().zip(&facts).map(|(text, facts)| Paragraph { text, role: Role::Body, facts });
        let story = Story::join(paragraphs.collect(), None);
        let continued: Vec<Vec<&str>> = story
            .continuations()
            .into_iter()
            .map(|places| places.into_iter().map(|place| story.words(place)).collect())
            .collect();
        assert_eq!(continued, [&["“Then it rained.", "“We came back.”"][..], &["“No.”"]]);
    }
}
