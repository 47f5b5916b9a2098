use rustc_hash::FxHashSet;

use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::prose::{Kind, Quotation, Token, span};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::{Act, Joined, SourceKind};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/late-speaker",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::About,
    reads: rule::COPY,
    yields_to: &["quotes/unbalanced", "attribution/unattributed-quote"],
    page: include_str!("../../../rules/attribution/late-speaker.md"),
    detect: Detect::Story(check),
};

/// How many words readers hear before they ask who speaks.
const WORDS: usize = 30;

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(finding).collect()
}

/// A quotation whose speaker comes too late.
struct Late<'s> {
    quotation: Place,
    speaker: &'s str,
    /// Where the speaker is named.
    source: Place,
}

/// Quotations that open a paragraph and go on for more than one sentence, and many words, before a new speaker is named.
fn detect<'s>(story: &'s Story<'_>) -> Vec<Late<'s>> {
    let mut found = Vec::new();
    let mut heard: FxHashSet<&str> = FxHashSet::default();
    let mut paragraph = None;
    for joined in story.attributions.iter().filter(|joined| joined.attribution.act == Act::Speech) {
        if paragraph.replace(joined.paragraph) != Some(joined.paragraph) {
            found.extend(late(story, joined).filter(|_| !is_known(story, joined, &heard)));
        }
        heard.extend(joined.speaker.as_deref());
    }
    found
}

/// The quotation that opens the paragraph if `joined`, its first attribution, names the speaker too late.
fn late<'s>(story: &'s Story<'_>, joined: &'s Joined<'_>) -> Option<Late<'s>> {
    let paragraph = &story.paragraphs[joined.paragraph];
    let prose = &paragraph.facts.prose;
    let source = joined.attribution.who(paragraph.text)?;
    let opens = |quotation: &&Quotation| quotation.open.is_some_and(|open| open.span.start == 0);
    let outer = prose.quotations.first().filter(opens)?.outer();
    let spoken = outer.end <= source.start && joined.attribution.content.iter().any(|content| content.overlaps(outer));
    let second = prose.sentences.first().is_some_and(|sentence| sentence.span.end < outer.end);
    let words = prose.tokens_in(outer).iter().filter(|token| token.kind == Kind::Word).count();
    let [quotation, source] = [outer, source].map(|span| Place::new(joined.paragraph, span));
    (spoken && second && words >= WORDS).then_some(Late { quotation, speaker: joined.speaker.as_deref()?, source })
}

/// Whether readers know who speaks: somebody the story has named before, or whom the paragraph before leads in.
fn is_known(story: &Story<'_>, joined: &Joined<'_>, heard: &FxHashSet<&str>) -> bool {
    let attribution = joined.attribution;
    let Some(speaker) = joined.speaker.as_deref() else { return true };
    let place = Place::new(joined.paragraph, attribution.source.unwrap_or_default());
    let met = match joined.person {
        Some(person) => {
            story.people[person].mentions.first().is_some_and(|(first, _)| first.paragraph < place.paragraph)
        }
        None => heard.contains(speaker),
    };
    // "The executive said": one whom readers have met.
    let definite = joined.person.is_none() && super::is_definite(story.words(place));
    let leads = place.paragraph.checked_sub(1).map(|at| &story.paragraphs[at]).is_some_and(|before| {
        before.text.trim_end().ends_with(':')
            || before.facts.prose.quotations.last().is_some_and(Quotation::is_open)
            || brings_in(before, story.words(place))
    });
    met || definite || leads || attribution.source_kind == SourceKind::Pronoun
}

/// Whether a paragraph speaks of a source in more words, or of whom the source speaks for: "a spokesman for the Sea Club"
/// before "a spokesman", the Sea Club before "Sea Club Director Bo Dahl".
fn brings_in(before: &Paragraph<'_>, source: &str) -> bool {
    let opens = |whole: &str, part: &str| {
        let head = whole.get(..part.len()).is_some_and(|head| head.eq_ignore_ascii_case(part));
        head && whole[part.len()..].starts_with(' ')
    };
    let prose = &before.facts.prose;
    let mut told = before.facts.attributions.iter().filter_map(|attribution| attribution.source);
    let article = |token: &Token| token.class.any(Class::DETERMINER);
    let proper = |token: &Token| token.is_proper() && !token.quoted && !article(token);
    let mut names = prose.tokens.chunk_by(|one, next| proper(one) && proper(next)).filter(|name| proper(&name[0]));
    told.any(|told| opens(before.words(told), source)) || names.any(|name| opens(source, before.words(span(name))))
}

fn finding(late: Late<'_>) -> Finding {
    let message = describe(late.speaker);
    Finding { related: vec![(late.source, "the speaker".into())], ..Finding::new(late.quotation, message) }
}

fn describe(speaker: &str) -> String {
    format!(
        "Readers hear all of this before they learn that {speaker} says it. Name the speaker after the first sentence."
    )
}
