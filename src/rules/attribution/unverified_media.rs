use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::{Class, Form, verb, weasel};
use crate::prose::{Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unverified-media",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/unverified-media.md"),
    detect: Detect::Story(check),
};

/// How far after the pictures what they do may stand.
const AFTER: usize = 6;
/// How far before them stands what tells which they are.
const BEFORE: usize = 3;

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(&story.paragraphs[place.paragraph].phrase(place.span)));
    detect(story).into_iter().map(finding).collect()
}

/// "a viral video", "footage shared online showed", with no word on where it is from or whether it is real.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_copy()) {
        for sentence in 0..paragraph.facts.prose.sentences.len() {
            let tokens = near::tokens(paragraph, sentence);
            let news = Class::SPEECH.with(Class::MEDIA).with(Class::DOCUMENT);
            if !tokens.iter().any(|token| token.class.any(news)) {
                continue;
            }
            let pictures = (0..tokens.len()).find_map(|at| pictures(paragraph.text, tokens, at));
            let pictures = pictures.filter(|_| {
                let mut beside = near::neighbors(story, index, sentence, 1);
                !is_placed(paragraph, sentence) && !beside.any(|(beside, sentence)| is_placed(beside, sentence))
            });
            found.extend(pictures.map(|pictures| near::place(index, pictures)));
        }
    }
    found
}

/// The words that rest on pictures, whose noun stands at `at`.
fn pictures<'t>(text: &str, tokens: &'t [Token], at: usize) -> Option<&'t [Token]> {
    let words = &weasel().footage;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.of(text));
    if tokens[at].quoted || tokens[at].kind != Kind::Word || !words.nouns.has(word(at)) {
        return None;
    }
    let from = at.saturating_sub(BEFORE);
    // "the video" was spoken of before; "campaign video" is no news picture.
    let known = |token: &Token| {
        ["the", "this", "that", "these", "those"].iter().any(|word| token.of(text).eq_ignore_ascii_case(word))
            || token.class.any(Class::POSSESSIVE)
            || words.other.has(token.of(text))
    };
    let next = tokens.get(at + 1).is_some_and(|next| words.other.has(next.of(text)));
    if next || tokens[from..at].iter().any(known) {
        return None;
    }
    if at > 0 && word(at - 1).eq_ignore_ascii_case("viral") {
        return Some(&tokens[at - 1..=at]);
    }
    let shows = |at: usize| {
        verb(word(at)).is_some_and(|verb| verb.base == "show" && !matches!(verb.form, Form::Gerund | Form::Participle))
    };
    // "Footage showed", "A video shows", "but videos show"
    let opens = at == 0 || tokens[at - 1].class.any(Class::DETERMINER.with(Class::CONJUNCTION)) || word(at - 1) == ",";
    if opens && shows(at + 1) {
        return Some(&tokens[at..=at + 1]);
    }
    let mut after = tokens[at + 1..].iter().take(AFTER).take_while(|token| token.kind == Kind::Word);
    let spread = at + 1 + after.position(|token| words.spreads.has(token.of(text)))?;
    let online = |at: &usize| word(*at) == "online" || word(*at) == "media" && word(at - 1) == "social";
    let online = (spread + 1..=spread + 3).find(online)?;
    Some(&tokens[at..=online])
}

/// Whether a sentence says where pictures are from, or whether they were checked.
fn is_placed(paragraph: &Paragraph<'_>, sentence: usize) -> bool {
    near::any(paragraph.text, near::tokens(paragraph, sentence), &weasel().footage.origin)
}

fn describe(words: &str) -> String {
    format!(
        "“{words}” rests on pictures of unknown origin, which may be old or false. Say who took or verified them, or that nobody has."
    )
}
