use rustc_hash::FxHashSet;

use super::verbs::{self, Told};
use crate::diagnostic::Severity;
use crate::lexicon::{Class, Form, is_private};
use crate::prose::Case;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::attribution::{Act, Joined};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/mind-reading",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/mind-reading.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |(joined, told): (&Joined<'_>, Told<'_>)| {
        let paragraph = &story.paragraphs[joined.paragraph];
        let place = Place::new(joined.paragraph, told.span);
        Finding::new(place, describe(paragraph.words(told.span)))
            .mended_by(repair(paragraph, joined, &told).into_iter().collect())
    };
    detect(story).into_iter().map(finding).collect()
}

/// What a person is reported to think or feel where neither the paragraph nor the next one has a word that they said.
fn detect<'a>(story: &'a Story<'_>) -> Vec<(&'a Joined<'a>, Told<'a>)> {
    let speech = story.attributions.iter().filter(|joined| joined.attribution.act == Act::Speech);
    let speaks: FxHashSet<(usize, usize)> =
        speech.clone().filter_map(|joined| Some((joined.person?, joined.paragraph))).collect();
    let told_in: FxHashSet<(usize, usize)> =
        speech.map(|joined| (joined.paragraph, joined.attribution.sentence)).collect();
    let found = story.attributions.iter().filter_map(|joined| {
        let person = joined.person.filter(|_| joined.attribution.act == Act::Thought)?;
        let paragraph = &story.paragraphs[joined.paragraph];
        let said = (joined.paragraph.saturating_sub(1)..=joined.paragraph + 1).any(|at| speaks.contains(&(person, at)))
            || told_in.contains(&(joined.paragraph, joined.attribution.sentence))
            || is_told_of(story, joined, person, &told_in);
        if said {
            return None;
        }
        let told = verbs::told(paragraph, joined.attribution)?;
        (is_private(told.verb.base) && plainly(paragraph, &told)).then_some((joined, told))
    });
    found.collect()
}

/// Whether the sentence before tells what somebody says of that person, and this one goes on with it.
fn is_told_of(story: &Story<'_>, joined: &Joined<'_>, person: usize, told_in: &FxHashSet<(usize, usize)>) -> bool {
    let paragraph = &story.paragraphs[joined.paragraph];
    let Some(before) = joined.attribution.sentence.checked_sub(1) else { return false };
    let Some(sentence) = paragraph.facts.prose.sentences.get(before) else { return false };
    let mentions = &story.people[person].mentions;
    let first = mentions.partition_point(|(place, _)| *place < Place::new(joined.paragraph, sentence.span));
    let named = mentions
        .get(first)
        .is_some_and(|(place, _)| place.paragraph == joined.paragraph && sentence.span.contains(place.span));
    named && told_in.contains(&(joined.paragraph, before))
}

/// Whether the verb stands as a plain fact: "she hopes"; not "she may hope", "how she thinks", "saying she hoped".
fn plainly(paragraph: &Paragraph<'_>, told: &Told<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let start = prose.sentence_at(told.span.start).map_or(0, |at| prose.sentences[at].tokens.start as usize);
    let before = &prose.tokens[start..told.at];
    let asked = ["how", "what", "whether", "if", "why", "according"];
    let open = before.iter().any(|token| {
        token.case == Case::Lower && token.class.any(Class::SPEECH)
            || asked.iter().any(|word| token.of(paragraph.text).eq_ignore_ascii_case(word))
    });
    let helpers = Class::AUXILIARY.with(Class::MODAL).with(Class::ADVERB);
    let mut helped = before.iter().rev().take_while(|token| token.class.any(helpers));
    let might = helped.any(|token| token.class.any(Class::MODAL));
    matches!(told.verb.form, Form::Past | Form::Third) && !open && !might
}

fn describe(words: &str) -> String {
    format!("Nobody sees into a mind, and “{words}” says what is in this one. Write what was said, or how it shows.")
}

/// Offers "she said she believes" where the source is a pronoun.
fn repair(paragraph: &Paragraph<'_>, joined: &Joined<'_>, told: &Told<'_>) -> Option<Repair> {
    let source = joined.attribution.source?;
    let pronoun = ["he", "she"].into_iter().find(|he| paragraph.words(source).eq_ignore_ascii_case(he))?;
    let start = joined.attribution.cue.first().map_or(told.span.start, |cue| cue.start.min(told.span.start));
    let place = Place::new(joined.paragraph, Span::new(start, start));
    let thought = paragraph.words(Span::new(start, told.span.end));
    Some(Repair::offer(format!("Write “said {pronoun} {thought}”"), place, format!("said {pronoun} ")))
}
