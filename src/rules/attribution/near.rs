//! What stands around the words that a rule looks at: on whose word they are, and what the sentences beside them say.

use crate::lexicon::Words;
use crate::prose::{Kind, Token};
use crate::story::attribution::{Act, Attribution, SourceKind};
use crate::story::hearsay::{Hearsay, RestsOn};
use crate::story::{Paragraph, Place, Story};
use crate::text::Span;

/// The attributions whose cue stands in a sentence and on whose source something stands.
pub(super) fn attributions<'f>(paragraph: &Paragraph<'f>, sentence: usize) -> impl Iterator<Item = &'f Attribution> {
    let all = &paragraph.facts.attributions;
    let first = all.partition_point(|attribution| attribution.sentence < sentence);
    let here = all[first..].iter().take_while(move |attribution| attribution.sentence == sentence);
    here.filter(|attribution| attribution.act != Act::Deed)
}

/// Whether the words at `span` are what some source of their sentence says.
pub(super) fn is_told(paragraph: &Paragraph<'_>, sentence: usize, span: Span) -> bool {
    attributions(paragraph, sentence).any(|attribution| {
        attribution.source.is_some()
            && !attribution.cue.iter().any(|cue| cue.overlaps(span))
            && attribution.content.iter().any(|content| content.overlaps(span))
    })
}

/// Whether a sentence tells what a source says that readers can put a name or a paper to. "Footage showed" is none.
pub(super) fn names_source(paragraph: &Paragraph<'_>, sentence: usize) -> bool {
    let named = [SourceKind::Named, SourceKind::Organization, SourceKind::Document];
    let hearsay = |source: Span| paragraph.facts.hearsay.iter().any(|hearsay| hearsay.span.overlaps(source));
    attributions(paragraph, sentence).any(|attribution| {
        named.contains(&attribution.source_kind) && attribution.source.is_some_and(|source| !hearsay(source))
    })
}

/// The sentence before and the next `count` ones, each with its paragraph, over the end of a paragraph of copy.
pub(super) fn neighbors<'a, 's>(
    story: &'a Story<'s>,
    paragraph: usize,
    sentence: usize,
    count: usize,
) -> impl Iterator<Item = (&'a Paragraph<'s>, usize)> {
    let above = || {
        let above = copy(story, paragraph.checked_sub(1)?)?;
        Some((above, above.facts.prose.sentences.len().checked_sub(1)?))
    };
    let before = sentence.checked_sub(1).map(|before| (&story.paragraphs[paragraph], before)).or_else(above);
    before.into_iter().chain(next(story, paragraph, sentence, count))
}

/// The next `count` sentences, each with its paragraph, over the end of a paragraph of copy.
pub(super) fn next<'a, 's>(
    story: &'a Story<'s>,
    paragraph: usize,
    sentence: usize,
    count: usize,
) -> impl Iterator<Item = (&'a Paragraph<'s>, usize)> {
    let sentences = |paragraph: &Paragraph<'_>| paragraph.facts.prose.sentences.len();
    let here = &story.paragraphs[paragraph];
    let rest = (sentence + 1..sentences(here)).map(move |sentence| (here, sentence));
    let below = copy(story, paragraph + 1).into_iter();
    let below = below.flat_map(move |below| (0..sentences(below)).map(move |sentence| (below, sentence)));
    rest.chain(below).take(count)
}

fn copy<'a, 's>(story: &'a Story<'s>, paragraph: usize) -> Option<&'a Paragraph<'s>> {
    story.paragraphs.get(paragraph).filter(|paragraph| paragraph.is_copy())
}

/// The tokens of a sentence.
pub(super) fn tokens<'a>(paragraph: &Paragraph<'a>, sentence: usize) -> &'a [Token] {
    let prose = &paragraph.facts.prose;
    prose.sentences.get(sentence).map_or(&[], |sentence| prose.tokens_of(sentence))
}

/// Whether any of the tokens is one of `words`.
pub(super) fn any(text: &str, tokens: &[Token], words: &Words) -> bool {
    tokens.iter().any(|token| token.kind == Kind::Word && words.has(token.of(text)))
}

/// The hearsay of the story that rests on one thing, each with its place.
pub(super) fn hearsay<'a>(story: &'a Story<'_>, rests_on: RestsOn) -> impl Iterator<Item = (&'a Hearsay, Place)> {
    let copy = story.paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_copy());
    let all = copy.flat_map(|(index, paragraph)| {
        paragraph.facts.hearsay.iter().map(move |hearsay| (hearsay, Place::new(index, hearsay.span)))
    });
    all.filter(move |(hearsay, _)| hearsay.rests_on == rests_on)
}
