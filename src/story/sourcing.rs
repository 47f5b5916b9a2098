//! On whose word each sentence stands.

use super::Paragraph;
use super::attribution::{Act, Attribution, stands_alone};
use crate::lexicon::Class;
use crate::prose::{Case, Kind, Prose, Quotation};
use crate::text::Span;

/// On whose word a sentence stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sourcing {
    /// It is, or holds, a quotation whose speaker the story names.
    Quoted,
    /// It has its own attribution.
    Attributed,
    /// It plainly goes on with the source before it.
    Carried,
    /// Nobody's.
    #[default]
    None,
}

/// A sentence's sourcing, and the attribution that gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sourced {
    /// On whose word it stands.
    pub sourcing: Sourcing,
    /// Index of the attribution: in a paragraph's facts among its own, in a story among the story's. A sentence that
    /// goes on with a source has the attribution that it goes on from; a speaker's label is none.
    pub by: Option<usize>,
}

/// The sourcing that a paragraph gives its sentences by itself: by its attributions, and by a speaker's label.
pub fn read(text: &str, prose: &Prose, attributions: &[Attribution]) -> Vec<Sourced> {
    let mut sourced = vec![Sourced::default(); prose.sentences.len()];
    if opens_with_label(text, prose) {
        sourced.fill(Sourced { sourcing: Sourcing::Quoted, by: None });
        return sourced;
    }
    // Where attributions share a sentence, it stands by the one that is said rather than thought, then by the one to
    // which most of it is attributed: "Lee believes it fell, the mayor said" is the mayor's.
    let mut shares = vec![(false, 0); prose.sentences.len()];
    for (index, attribution) in attributions.iter().enumerate() {
        let said = attribution.act == Act::Speech;
        let frame = attribution.cue.iter().chain(&attribution.source).map(|span| (*span, false));
        let content = attribution.content.iter().map(|span| (*span, true));
        for (span, content) in frame.chain(content) {
            let first = prose.sentence_at(span.start).unwrap_or(0);
            let touched = prose.sentences.iter().zip(&mut sourced).zip(&mut shares).skip(first);
            for ((sentence, sourced), share) in touched.take_while(|((sentence, _), _)| sentence.span.start < span.end)
            {
                let bytes = span.end.min(sentence.span.end).saturating_sub(span.start.max(sentence.span.start));
                let own = (said, if content { bytes } else { 0 });
                if sourced.by.is_some() && own <= *share {
                    continue;
                }
                *share = own;
                let sourcing = if said && sentence.quoted { Sourcing::Quoted } else { Sourcing::Attributed };
                *sourced = Sourced { sourcing, by: Some(index) };
            }
        }
    }
    sourced
}

/// Whether a speaker's label opens the paragraph, also inside the quotation marks: "LEE: We won."
pub(crate) fn opens_with_label(text: &str, prose: &Prose) -> bool {
    let tokens = &prose.tokens;
    let first = usize::from(tokens.first().is_some_and(|token| token.kind == Kind::Quote));
    let label = tokens[first.min(tokens.len())..].iter().take(4);
    let label = label.take_while(|token| token.kind == Kind::Word && token.case != Case::Lower).count();
    label > 0 && tokens.get(first + label).is_some_and(|token| token.of(text) == ":")
}

/// The sourcing of every sentence of every paragraph.
pub fn join(paragraphs: &[Paragraph<'_>]) -> Vec<Vec<Sourced>> {
    let mut joined: Vec<Vec<Sourced>> = Vec::with_capacity(paragraphs.len());
    // The last paragraph of copy, and how its last sentence is sourced.
    let mut before: Option<(&Paragraph<'_>, Sourced)> = None;
    // How many attributions of the story stand in the paragraphs before.
    let mut earlier = 0;
    for paragraph in paragraphs {
        if !paragraph.is_copy() {
            joined.push(vec![Sourced::default(); paragraph.facts.sourcing.len()]);
            continue;
        }
        let of_story = |sourced: &Sourced| Sourced { by: sourced.by.map(|own| earlier + own), ..*sourced };
        let mut sourced: Vec<Sourced> = paragraph.facts.sourcing.iter().map(of_story).collect();
        earlier += paragraph.facts.attributions.len();
        if let Some((last, word)) = before
            && (introduces(last) || word.sourcing != Sourcing::None && runs_on(last))
        {
            take_over(paragraph, &mut sourced, word.by);
        }
        carry(paragraph, &mut sourced);
        before = Some((paragraph, sourced.last().copied().unwrap_or_default()));
        joined.push(sourced);
    }
    joined
}

/// Whether the paragraph's last quotation is left open, so that the next paragraph goes on with it.
fn runs_on(paragraph: &Paragraph<'_>) -> bool {
    paragraph.facts.prose.quotations.last().is_some_and(Quotation::is_open)
}

/// Whether the paragraph ends by announcing what the next one quotes: "She went on to say:".
fn introduces(paragraph: &Paragraph<'_>) -> bool {
    paragraph.text.trim_end().ends_with(':')
}

/// Gives the quotations with which the paragraph opens to the source before it.
fn take_over(paragraph: &Paragraph<'_>, sourced: &mut [Sourced], by: Option<usize>) {
    let opening = paragraph.facts.prose.sentences.iter().zip(sourced).take_while(|(sentence, _)| sentence.quoted);
    for (_, sourced) in opening {
        *sourced = Sourced { sourcing: Sourcing::Quoted, by: sourced.by.or(by) };
    }
}

/// Carries a source on to the sentences that plainly go on with it.
fn carry(paragraph: &Paragraph<'_>, sourced: &mut [Sourced]) {
    let prose = &paragraph.facts.prose;
    for index in 1..sourced.len() {
        if sourced[index].sourcing == Sourcing::None && sourced[index - 1].sourcing != Sourcing::None {
            let opening = prose.tokens_of(&prose.sentences[index]).iter().find(|token| token.kind == Kind::Word);
            let goes_on = opening.is_some_and(|token| {
                token.class.any(Class::PRONOUN.with(Class::POSSESSIVE))
                    || ["this", "that", "these", "those"]
                        .iter()
                        .any(|word| token.of(paragraph.text).eq_ignore_ascii_case(word))
            });
            if goes_on {
                sourced[index] = Sourced { sourcing: Sourcing::Carried, by: sourced[index - 1].by };
            }
        }
    }
}

/// Whether a quotation stands alone in its sentences, with nobody's word for it.
pub(crate) fn is_orphan(paragraph: &Paragraph<'_>, sourced: &[Sourced], outer: Span) -> bool {
    let prose = &paragraph.facts.prose;
    let first = prose.sentence_at(outer.start).unwrap_or(0);
    let sentences = prose.sentences.iter().zip(sourced).skip(first);
    let mut sentences = sentences.take_while(|(sentence, _)| sentence.span.start < outer.end);
    sentences.all(|(_, sourced)| sourced.sourcing == Sourcing::None) && stands_alone(prose, outer)
}

#[cfg(test)]
mod tests {
    use super::Sourcing::{self, Attributed, Carried, None, Quoted};
    use crate::format::Role;
    use crate::story::{Facts, Paragraph, Story};

    /// For each sentence of the story, its sourcing and the source by whose attribution it stands.
    fn read(texts: &[&str]) -> Vec<(Sourcing, String)> {
        let facts: Vec<Facts> = texts.iter().map(|text| Facts::read(text)).collect();
        let paragraphs = texts.iter().zip(&facts).map(|(text, facts)| Paragraph { text, role: Role::Body, facts });
        let story = Story::join(paragraphs.collect(), Option::None);
        let source = |by: usize| {
            let joined = &story.attributions[by];
            let source = joined.attribution.source;
            source.map_or(String::new(), |source| story.paragraphs[joined.paragraph].words(source).to_owned())
        };
        let sourced = story.sourcing.iter().flatten();
        sourced.map(|sourced| (sourced.sourcing, sourced.by.map_or(String::new(), source))).collect()
    }

    #[test]
    fn each_sentence_tells_by_which_attribution_it_stands() {
        for (texts, expected) in [
            (
                &["The dam held. Quill said it was old. It leaked."][..],
                &[(None, ""), (Attributed, "Quill"), (Carried, "Quill")][..],
            ),
            (
                &["Quill said it was old.", "“It leaks,” the mayor said."],
                &[(Attributed, "Quill"), (Quoted, "the mayor")],
            ),
            (
                &["“It leaks,” Quill said. “It", "“It is old.”"],
                &[(Quoted, "Quill"), (Quoted, "Quill"), (Quoted, "Quill")],
            ),
            (&["Moss believes it is old, Quill said."], &[(Attributed, "Quill")]),
            (&["QUILL: It is old."], &[(Quoted, "")]),
        ] {
            let expected: Vec<(Sourcing, String)> = expected.iter().map(|(s, by)| (*s, (*by).to_owned())).collect();
            assert_eq!(read(texts), expected, "{texts:?}");
        }
    }
}
