//! Cities that the copy names with their state, province or country: "in Reno, Nevada".

use crate::lexicon::places::{self, Region, is_preposition};
use crate::prose::{Kind, Prose, Token};
use crate::text::Span;

/// A city with its region.
#[derive(Clone, Copy, Debug)]
pub struct Locality {
    /// The city: "Reno".
    pub city: Span,
    /// The index of its first token.
    pub first: usize,
    /// The region, as written: "Nevada", "Nev.".
    pub region: Span,
    /// The index of its last token.
    pub last: usize,
    /// What the region is.
    pub known: Region,
}

/// The cities of a paragraph that a known region follows, in order.
pub fn mentions(text: &str, prose: &Prose) -> Vec<Locality> {
    let tokens = &prose.tokens;
    let commas = tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Mark && token.of(text) == ",");
    let locality = |(comma, _)| {
        let first = city(text, tokens, comma)?;
        let (last, known) = region(text, tokens, comma + 1)?;
        let span = |from: usize, to: usize| tokens[from].span().cover(tokens[to].span());
        Some(Locality { city: span(first, comma - 1), first, region: span(comma + 1, last), last, known })
    };
    commas.filter_map(locality).collect()
}

/// The first token of the capitalised words before a comma.
fn city(text: &str, tokens: &[Token], comma: usize) -> Option<usize> {
    /// "Truth or Consequences" is not looked for.
    const MOST: usize = 4;
    let words = tokens[..comma].iter().rev().take(MOST).take_while(|token| token.is_proper()).count();
    let first = (words > 0).then_some(comma - words)?;
    // "In Reno, Nevada", "A Reno, Nevada, man": the word has its capital from the sentence.
    let opener = words > 1 && (is_preposition(tokens[first].of(text)) || matches!(tokens[first].of(text), "A" | "An"));
    Some(first + usize::from(opener))
}

/// The last token of the region that begins at `start`, and what it is.
fn region(text: &str, tokens: &[Token], start: usize) -> Option<(usize, Region)> {
    /// "Papua New Guinea"
    const MOST: usize = 3;
    let words = tokens.iter().skip(start).take(MOST).take_while(|token| token.is_proper()).count();
    (0..words).rev().find_map(|more| {
        let last = start + more;
        let span = tokens[start].span().cover(tokens[last].span());
        Some((last, places::region(span.of(text))?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, &str)> {
        let prose = Prose::read(text);
        mentions(text, &prose).iter().map(|place| (place.city.of(text), place.region.of(text))).collect()
    }

    #[test]
    fn cities_with_their_regions() {
        assert_eq!(
            read("He went from Reno, Nevada, to Salt Lake City, Utah."),
            [("Reno", "Nevada"), ("Salt Lake City", "Utah")]
        );
        assert_eq!(read("In Reno, Nev., it rained."), [("Reno", "Nev.")]);
        assert_eq!(read("Port Moresby, Papua New Guinea"), [("Port Moresby", "Papua New Guinea")]);
        assert_eq!(read("Quill, Roe and others left, Moss said."), []);
        assert_eq!(read(", Nevada,"), []);
    }
}
