//! Whose word a sentence is, in a copy editor's words: for hover.

use super::convert::Places;
use crate::format::Draft;
use crate::story::attribution::{Act, Joined, SourceKind, Speech};
use crate::story::ledger::{passage, whose_word};
use crate::story::sourcing::{Sourcing, is_orphan};
use crate::story::{Place, Story};
use crate::text::{Span, upper_first};

/// Whose word the sentence of copy at an offset of the file is, and where that sentence stands.
pub(super) fn at(story: &Story<'_>, draft: &Draft<'_>, places: &Places<'_>, offset: usize) -> Option<(String, Span)> {
    let (index, offset) = draft.prose_at(offset)?;
    let paragraph = story.paragraphs.get(index).filter(|paragraph| paragraph.is_copy())?;
    let nth = paragraph.facts.prose.sentence_at(offset)?;
    let words = paragraph.facts.prose.sentences[nth].span;
    let sentence = draft.locate(index, words);
    let line = |place: Place| places.range(draft.locate(place.paragraph, place.span)).start.line + 1;
    let word = whose_word(story, index, nth);
    let by: Vec<&Joined<'_>> = word.by.iter().filter_map(|by| story.attributions.get(*by)).collect();
    let mut quotations = paragraph.facts.prose.quotations_in(words);
    let mut orphan = || quotations.any(|quotation| is_orphan(paragraph, &story.sourcing[index], quotation.outer()));
    let text = match (word.sourcing, by.as_slice()) {
        (Sourcing::None, _) if orphan() => "Nobody is named for these words.".into(),
        (Sourcing::None, _) => "Nobody’s word: the reporter’s own.".into(),
        (Sourcing::Carried, []) => "Carried on from the source before it.".into(),
        (Sourcing::Carried, [from, ..]) => {
            let who = from.speaker.as_deref().unwrap_or("the source before it");
            format!("Carried on from {who} (line {}).", line(cue(from)))
        }
        (_, []) => "Quoted: who speaks stands before it.".into(),
        (_, [main, others @ ..]) => {
            let mut text = told(story, main);
            let (here, there) = (places.range(sentence), line(cue(main)));
            if there < here.start.line + 1 || there > here.end.line + 1 {
                text.push_str(&format!(" The attribution is in line {there}."));
            }
            for other in others {
                text.push_str(&format!("\n\nAlso: {}", told(story, other)));
            }
            text
        }
    };
    Some((text, sentence))
}

/// Where the words stand that attribute.
fn cue(joined: &Joined<'_>) -> Place {
    joined.attribution.cue.first().map_or_else(|| passage(joined), |cue| Place::new(joined.paragraph, *cue))
}

/// "Bo Dahl’s word: quoted."
fn told(story: &Story<'_>, joined: &Joined<'_>) -> String {
    let attribution = joined.attribution;
    let paragraph = &story.paragraphs[joined.paragraph];
    let words = |span| paragraph.words(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let unnamed = matches!(attribution.source_kind, SourceKind::Anonymous | SourceKind::Vague);
    let (who, note) = match (&joined.speaker, attribution.who(paragraph.text).map(words)) {
        (Some(speaker), _) if unnamed => (speaker.to_string(), " No name is given."),
        (Some(speaker), _) => (speaker.to_string(), ""),
        (None, Some(source)) => (format!("“{source}”"), " The story doesn’t tell who that is."),
        (None, None) => ("somebody".into(), " The story doesn’t tell who that is."),
    };
    let (what, how) = match (attribution.act, attribution.kind) {
        (Act::Thought | Act::Deed, _) => ("view", ", as the reporter tells it"),
        (_, Speech::Direct) => ("word", ": quoted"),
        (_, Speech::Mixed) => ("word", ": partly quoted"),
        (_, Speech::Indirect) => ("word", ": paraphrased"),
    };
    format!("{}{how}.{note}", owned(what, &who))
}

/// Most words of a name that takes an apostrophe: "the word of an official at the port".
const SHORT: usize = 3;

/// "Bo Dahl’s word", as a sentence begins with it.
fn owned(what: &str, name: &str) -> String {
    if name.starts_with('“') || name.split(' ').count() > SHORT {
        return format!("The {what} of {name}");
    }
    let ending = if name.ends_with(['s', 'S']) { "’" } else { "’s" };
    format!("{}{ending} {what}", upper_first(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Checker;
    use crate::format::Format;
    use crate::server::capabilities::Abilities;
    use crate::settings::Settings;
    use crate::text::Document;

    /// What hover says of the sentence that begins with `words`.
    fn hover(text: &str, words: &str) -> Option<String> {
        let document = Document::new(text);
        let uri = "file:///draft.txt".parse().expect("a URI");
        let places = Places { document: &document, uri: &uri, abilities: &Abilities::NONE };
        let offset = text.find(words).expect("the words are there");
        Checker::default().story(text, Format::Plain, &Settings::default(), |story, draft| {
            let (said, span) = at(story, draft, &places, offset)?;
            assert!(span.of(text).starts_with(words), "{}", span.of(text));
            Some(said)
        })
    }

    #[test]
    fn a_sentence_is_somebodys_word_or_nobodys() {
        let draft = "HALDEN, Ill. (AP) — The pier was shut on Monday.\n\n\
            “It is over,” Mayor Bo Dahl said. He said that the pier was “rotten.” That could not be mended.\n\n\
            The harbor authority said it had known. Critics said it had slept.\n\n\
            An official at the port of Halden said it was late. They said it was early.\n\n\
            Ann Roe believes it was cheap. “No,” James Orrs said, but Ann Roe said it was.\n\n\
            “It was cut off for years,” Ann Roe said. “It fell.\n\n\
            “It was rotten.”\n";
        for (words, expected) in [
            ("HALDEN", "Nobody’s word: the reporter’s own."),
            ("“It is over", "Bo Dahl’s word: quoted."),
            ("He said that", "Bo Dahl’s word: partly quoted."),
            ("That could not", "Carried on from Bo Dahl (line 3)."),
            ("The harbor", "The harbor authority’s word: paraphrased."),
            ("Critics", "Critics’ word: paraphrased. No name is given."),
            ("An official", "The word of an official at the port of Halden: paraphrased."),
            ("They", "The word of “They”: paraphrased. The story doesn’t tell who that is."),
            ("Ann Roe believes", "Ann Roe’s view, as the reporter tells it."),
            ("“No", "James Orrs’ word: quoted.\n\nAlso: Ann Roe’s word: paraphrased."),
            ("“It was rotten", "Ann Roe’s word: quoted. The attribution is in line 11."),
        ] {
            assert_eq!(hover(draft, words).as_deref(), Some(expected), "{words}");
        }
        assert_eq!(hover("Pier is shut\n\nBy Dana Vale\n\nThe pier was shut on Monday.\n", "Pier"), None);
        for (draft, expected) in [
            ("The pier was shut.\n\n“It was shut for years and nobody came.”\n", "Nobody is named for these words."),
            ("“The Long Pier” was shut.\n", "Nobody’s word: the reporter’s own."),
        ] {
            assert_eq!(hover(draft, "“").as_deref(), Some(expected), "{draft}");
        }
        assert_eq!(hover("ROE: It is late.\n", "ROE").as_deref(), Some("Quoted: who speaks stands before it."));
    }
}
