//! On whose word each sentence stands.

use super::Paragraph;
use super::attribution::{Act, Attribution, Joined, SourceKind, Speech, stands_alone};
use crate::format::Role;
use crate::lexicon::{Class, body_head, is_irregular_past};
use crate::prose::{Case, Kind, Prose, Quotation, Sentence, Token};
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
    if label(text, prose).is_some() {
        sourced.fill(Sourced { sourcing: Sourcing::Quoted, by: None });
        return sourced;
    }
    // Where attributions share a sentence, it stands by the one that is said rather than thought, then by the one to
    // which most of it is attributed: "Lee believes it fell, the mayor said" is the mayor's.
    let mut shares = vec![(false, 0); prose.sentences.len()];
    // "It is expected to rain" stands on nobody's word, and neither does "She spoke with the mayor". Who says something
    // inside a quotation is not who is quoted.
    let sources = |attribution: &&Attribution| {
        let told = attribution.act != Act::Deed && attribution.source.is_some();
        (told || attribution.kind != Speech::Indirect) && !attribution.cue.iter().any(|cue| prose.quoted(*cue))
    };
    for (index, attribution) in attributions.iter().enumerate().filter(|(_, attribution)| sources(attribution)) {
        let said = attribution.act == Act::Speech;
        if !said && is_aside(prose, attribution) {
            continue;
        }
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

/// Whether what somebody thinks is told in passing, and the rest of the sentence by nobody: "The fire was caused by a
/// line that the utility had promised to bury".
fn is_aside(prose: &Prose, attribution: &Attribution) -> bool {
    let spans = attribution.cue.iter().chain(&attribution.content).chain(&attribution.source);
    let told: usize = spans.map(|span| span.len()).sum();
    let sentence = prose.sentences.get(attribution.sentence);
    sentence.is_some_and(|sentence| 2 * told < sentence.span.len())
}

/// Most words of a speaker's label.
const LABEL: usize = 4;

/// The label of a speaker that opens the paragraph, also inside the quotation marks, and the colon after it: "LEE: We
/// won."
fn label(text: &str, prose: &Prose) -> Option<(Span, Span)> {
    let tokens = &prose.tokens;
    let first = usize::from(tokens.first()?.kind == Kind::Quote);
    let words = tokens.get(first..)?.iter().take(LABEL);
    let words = words.take_while(|token| token.kind == Kind::Word && token.case != Case::Lower).count();
    let colon = tokens.get(first + words).filter(|token| words > 0 && token.of(text) == ":")?;
    Some((tokens[first].span().cover(tokens[first + words - 1].span()), colon.span()))
}

/// The turn of an interview that a paragraph is, if its label is a speaker's: "LEE: We won." Only the story tells.
pub fn turn(text: &str, prose: &Prose) -> Option<Attribution> {
    let (label, colon) = label(text, prose)?;
    let last = prose.tokens.last()?.end as usize;
    let content = prose.tokens.get(prose.token_at(colon.end))?.start as usize;
    Some(Attribution {
        source: Some(label),
        cue: vec![colon],
        content: vec![Span::new(content, last)],
        kind: Speech::Direct,
        // "Q" and "A" name nobody.
        source_kind: if label.len() > 1 { SourceKind::Named } else { SourceKind::Role },
        ..Attribution::default()
    })
}

/// What a headline says by its colon, if the label is somebody's: "Mayor: City is broke". Only the story tells.
pub fn headline(text: &str, prose: &Prose) -> Option<Attribution> {
    let turn = turn(text, prose)?;
    let quoted = turn.content.iter().all(|content| prose.quoted(*content));
    let speaks = Class::ROLE.with(Class::BODY).with(Class::UNNAMED).with(Class::TITLE);
    let role = turn.source.is_some_and(|label| prose.tokens_in(label).iter().any(|token| token.class.any(speaks)));
    Some(Attribution {
        kind: if quoted { Speech::Direct } else { Speech::Indirect },
        source_kind: if role { SourceKind::Role } else { SourceKind::Named },
        confidence: HEADLINE,
        ..turn
    })
}

/// How sure a headline's colon is: it is too rare to measure, so it is lower than what a rule needs.
const HEADLINE: u8 = 67;

/// What goes before a paragraph: the last paragraph of copy, and how its last sentence is sourced.
#[derive(Clone, Copy)]
struct Before<'a, 's> {
    paragraph: &'a Paragraph<'s>,
    word: Sourced,
    /// What its attributed lead-in introduces, item by item: "The report lists three faults:".
    list: Option<usize>,
}

/// The sourcing of every sentence of every paragraph.
pub fn join(paragraphs: &[Paragraph<'_>], attributions: &[Joined<'_>]) -> Vec<Vec<Sourced>> {
    let mut joined: Vec<Vec<Sourced>> = Vec::with_capacity(paragraphs.len());
    let mut before: Option<Before<'_, '_>> = None;
    // How many attributions of the story stand in the paragraphs before.
    let mut earlier = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if !paragraph.is_copy() {
            joined.push(vec![Sourced::default(); paragraph.facts.sourcing.len()]);
            earlier += attributions[earlier..].iter().take_while(|joined| joined.paragraph == index).count();
            // A subhead begins another subject.
            before = before.filter(|_| !matches!(paragraph.role, Role::Subhead | Role::Headline));
            continue;
        }
        let own = attributions[earlier..].iter().take_while(|joined| joined.paragraph == index).count();
        // A turn of an interview is the first of its paragraph, and none of the paragraph's own.
        let turn = own - paragraph.facts.attributions.len().min(own);
        let of_story = |sourced: &Sourced| Sourced { by: sourced.by.map(|own| earlier + turn + own), ..*sourced };
        let mut sourced: Vec<Sourced> = paragraph.facts.sourcing.iter().map(of_story).collect();
        for sourced in sourced.iter_mut().filter(|sourced| turn > 0 && sourced.by.is_none()) {
            *sourced = Sourced { sourcing: Sourcing::Quoted, by: Some(earlier) };
        }
        earlier += own;
        if let Some(before) = before {
            go_on(&before, paragraph, &mut sourced);
        }
        carry(paragraphs, index, &mut sourced, attributions);
        let word = sourced.last().copied().unwrap_or_default();
        let lead_in = word.by.filter(|_| introduces(paragraph));
        let list = lead_in.or(before.and_then(|before| before.list).filter(|_| paragraph.role == Role::ListItem));
        before = Some(Before { paragraph, word, list });
        joined.push(sourced);
    }
    joined
}

/// Gives what plainly goes on with the source of the paragraph before to that source.
fn go_on(before: &Before<'_, '_>, paragraph: &Paragraph<'_>, sourced: &mut [Sourced]) {
    let Before { paragraph: last, word, list } = *before;
    if let (Some(by), Role::ListItem) = (list, paragraph.role) {
        sourced.iter_mut().for_each(|sourced| sourced.go_on(Sourcing::Carried, Some(by)));
    }
    let prose = &paragraph.facts.prose;
    let quoted = prose.sentences.iter().zip(sourced).take_while(|(sentence, _)| sentence.quoted);
    if introduces(last) || word.sourcing != Sourcing::None && runs_on(last) {
        quoted.for_each(|(_, sourced)| *sourced = Sourced { sourcing: Sourcing::Quoted, by: sourced.by.or(word.by) });
    } else if word.by.is_some() && is_quotation(paragraph) {
        quoted.for_each(|(_, sourced)| sourced.go_on(Sourcing::Carried, word.by));
    }
}

impl Sourced {
    /// Takes over the source before it, if it has none of its own.
    fn go_on(&mut self, sourcing: Sourcing, by: Option<usize>) {
        if self.sourcing == Sourcing::None {
            *self = Self { sourcing, by };
        }
    }
}

/// Whether the paragraph's last quotation is left open, so that the next paragraph goes on with it.
fn runs_on(paragraph: &Paragraph<'_>) -> bool {
    paragraph.facts.prose.quotations.last().is_some_and(Quotation::is_open)
}

/// Whether the paragraph ends by announcing what the next one quotes: "She went on to say:", "She added,".
fn introduces(paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    match prose.tokens.len().checked_sub(1).map(|last| (last, prose.tokens[last].of(paragraph.text))) {
        Some((_, ":")) => true,
        Some((last, ",")) => last > 0 && prose.is(last - 1, Class::SPEECH),
        _ => false,
    }
}

/// Fewest words of a quotation that is no subhead.
const QUOTATION: usize = 4;

/// Whether a paragraph opens with a quotation that has its sentences to itself, as one does that goes on with who spoke
/// before; a quoted subhead does not.
fn is_quotation(paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let Some(first) = prose.quotations.first().filter(|first| first.open.is_some()) else { return false };
    let mut words = prose.tokens_in(first.inner).iter().filter(|token| token.kind == Kind::Word);
    let opens = prose.tokens.first().is_some_and(|token| token.start as usize == first.outer().start);
    opens
        && words.clone().nth(QUOTATION - 1).is_some()
        && words.any(|word| word.case == Case::Lower)
        && stands_alone(prose, first.outer())
}

/// Carries a source on to the sentences that plainly go on with it.
fn carry(paragraphs: &[Paragraph<'_>], index: usize, sourced: &mut [Sourced], attributions: &[Joined<'_>]) {
    let paragraph = &paragraphs[index];
    for at in 1..sourced.len() {
        let before = sourced[at - 1];
        let source = before.by.and_then(|by| attributions.get(by));
        if sourced[at].sourcing == Sourcing::None
            && let Some(source) = source
            && source.attribution.act == Act::Speech
            && source.attribution.kind != Speech::Direct
            && let sentence = &paragraph.facts.prose.sentences[at]
            && (is_of_document(paragraph, sentence, source)
                || takes_up(paragraph, sentence, source) && keeps_time(paragraphs, index, sentence, source))
        {
            sourced[at] = Sourced { sourcing: Sourcing::Carried, by: before.by };
        }
    }
}

/// Whether a sentence is about the document that the one before it cites: what a document does is what it says. "It
/// lists three more", "The report names nobody".
fn is_of_document(paragraph: &Paragraph<'_>, sentence: &Sentence, source: &Joined<'_>) -> bool {
    let mut words = paragraph.facts.prose.tokens_of(sentence).iter().map(|token| token.of(paragraph.text));
    if sentence.quoted || source.attribution.source_kind != SourceKind::Document {
        return false;
    }
    let (opening, next) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut name = source.speaker.as_deref().unwrap_or_default().split(' ');
    opening.eq_ignore_ascii_case("it")
        || opening.eq_ignore_ascii_case("the") && name.any(|word| word.eq_ignore_ascii_case(next))
}

/// Whether a sentence takes up what the source before it was about. What it says of the source itself, "He spoke on
/// Monday", is the reporter's.
fn takes_up(paragraph: &Paragraph<'_>, sentence: &Sentence, source: &Joined<'_>) -> bool {
    let mut tokens = paragraph.facts.prose.tokens_of(sentence).iter().map(|token| token.of(paragraph.text));
    let Some(opening) = tokens.next().filter(|_| !sentence.quoted) else { return false };
    let is = |words: &[&str]| words.iter().any(|word| opening.eq_ignore_ascii_case(word));
    let kind = source.attribution.source_kind;
    let name = || source.speaker.as_deref().unwrap_or_default().split(' ');
    let body = kind == SourceKind::Organization
        || kind == SourceKind::Named && source.person.is_none() && name().any(|word| body_head(word).is_some());
    let topic = is(&["this", "that", "these", "those"])
        || is(&["it", "its"]) && !body
        || is(&["he", "she", "they", "his", "her", "their"]) && (body || kind == SourceKind::Document);
    topic || is(&["it", "he", "she", "they"]) && tokens.next() == Some("also")
}

/// Whether a sentence is told in the time of the cue before it: "Quill said it leaked. It had done so for years", but
/// "It has been dry since" is the reporter's.
fn keeps_time(paragraphs: &[Paragraph<'_>], index: usize, sentence: &Sentence, source: &Joined<'_>) -> bool {
    let paragraph = &paragraphs[index];
    let cue = source.attribution.cue.first().map(|cue| {
        let paragraph = &paragraphs[source.paragraph];
        is_past(paragraph, paragraph.facts.prose.tokens_in(*cue))
    });
    // "According to" has no time of its own; news is told in the past.
    let told = cue.flatten().unwrap_or(true);
    let tokens = paragraph.facts.prose.tokens_of(sentence);
    is_past(paragraph, tokens.get(1..).unwrap_or_default()) == Some(told)
}

/// How far into a sentence its verb is looked for, in tokens.
const VERB: usize = 8;

/// Whether the first verb among some tokens is told in the past or as what would be; `None` where no verb is found.
fn is_past(paragraph: &Paragraph<'_>, tokens: &[Token]) -> Option<bool> {
    tokens.iter().take(VERB).filter(|token| token.kind == Kind::Word).find_map(|token| {
        let word = token.of(paragraph.text);
        if token.class.any(Class::AUXILIARY.with(Class::MODAL)) {
            let past = ["was", "were", "had", "did", "would", "could", "might", "should"];
            return Some(past.iter().any(|verb| word.strip_suffix("n't").unwrap_or(word).eq_ignore_ascii_case(verb)));
        }
        let past = is_irregular_past(word) || word.len() > 4 && word.ends_with("ed");
        let present = token.class.any(Class::SPEECH.with(Class::THOUGHT)) && word.ends_with('s');
        (past || present).then_some(past)
    })
}

/// Whether a quotation stands alone in its sentences, with nobody's word for it: that it goes on with the one before it
/// is a guess, which readers should be spared.
pub(crate) fn is_orphan(paragraph: &Paragraph<'_>, sourced: &[Sourced], outer: Span) -> bool {
    let prose = &paragraph.facts.prose;
    let first = prose.sentence_at(outer.start).unwrap_or(0);
    let sentences = prose.sentences.iter().zip(sourced).skip(first);
    let mut sentences = sentences.take_while(|(sentence, _)| sentence.span.start < outer.end);
    sentences.all(|(_, sourced)| matches!(sourced.sourcing, Sourcing::None | Sourcing::Carried))
        && stands_alone(prose, outer)
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
    fn a_sentence_that_takes_up_what_was_said_is_carried() {
        for (texts, sourcing) in [
            (&["Quill said the dam was old. It had leaked for years."][..], Carried),
            (&["Quill said the dam was old. That would have to change."], Carried),
            (&["Quill says the dam is old. It has leaked for years."], Carried),
            (&["The men fled, according to police. They had stolen a car."], Carried),
            (&["The mayor’s office said Moss fled. He was armed."], Carried),
            (&["The report said it was old. It lists three faults."], Carried),
            (&["The ministry said it was old. It also gave three names."], Carried),
            (&["“We are late,” Quill said.", "“We never were so late before.”"], Carried),
            (&["Quill said it was late.", "“It will never be mended by anybody.”"], Carried),
            (&["Quill said it was late. She added,", "“It will never be mended by anybody.”"], Quoted),
            // Of the source itself, in another time, or of something else.
            (&["Quill said the dam was old. He spoke on Monday."], None),
            (&["Quill said the dam was old. It has been dry since."], None),
            (&["Quill said the dam was old. The road was shut."], None),
            (&["Quill said the dam was old. On Monday, it leaked."], None),
            (&["Acme Corp. said sales fell. It was founded in May."], None),
            (&["Quill said the dam was old.", "It leaked for years."], None),
            (&["The dam held.", "“We never were so late before.”"], None),
            (&["Quill said the dam was old.", "“OLD AND WET AND LATE”"], None),
        ] {
            assert_eq!(read(texts).last().map(|(sourcing, _)| *sourcing), Some(sourcing), "{texts:?}");
        }
    }

    #[test]
    fn a_list_and_a_subhead() {
        let story = |middle: (Role, &'static str)| {
            let texts = ["Quill said it had three faults:", middle.1, "“It is old and wet and late.”"];
            let facts: Vec<Facts> = texts.iter().map(|text| Facts::read(text)).collect();
            let roles = [Role::Body, middle.0, Role::Body];
            let paragraphs = texts.iter().zip(&facts).zip(roles);
            let paragraphs = paragraphs.map(|((text, facts), role)| Paragraph { text, role, facts });
            let story = Story::join(paragraphs.collect(), Option::None);
            story.sourcing.iter().map(|sourced| sourced[0].sourcing).collect::<Vec<_>>()
        };
        assert_eq!(story((Role::ListItem, "It leaks.")), [Attributed, Carried, Carried]);
        assert_eq!(story((Role::Subhead, "The dam")), [Attributed, None, None]);
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
            (&["“Better watch out, for the mayor said it was late.”"], &[(None, "")]),
            (&["The judge rejected Moss’s efforts to block it."], &[(None, "")]),
            (&["QUILL: It is old."], &[(Quoted, "")]),
        ] {
            let expected: Vec<(Sourcing, String)> = expected.iter().map(|(s, by)| (*s, (*by).to_owned())).collect();
            assert_eq!(read(texts), expected, "{texts:?}");
        }
    }
}
