use crate::diagnostic::Severity;
use crate::lexicon::{ClaimKind, Class, sources};
use crate::prose::Token;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::anonymity::{beside, opening};
use crate::story::{Place, Story, claim};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/anonymous-opinion",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::About,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/anonymous-opinion.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(|place| Finding::new(place, describe())).collect()
}

/// What an unnamed source says, where it is an opinion and no fact.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    for unnamed in &story.unnamed {
        let joined = &story.attributions[unnamed.attribution];
        let paragraph = &story.paragraphs[joined.paragraph];
        let words = |span| paragraph.facts.prose.tokens_in(span);
        // "“I would look foolish,” the mayor said, according to an aide": the opinion is the mayor's.
        let others = |span: Span| {
            let mut contents =
                beside(&story.attributions, unnamed.attribution).flat_map(|other| &other.attribution.content);
            contents.any(|content| content.overlaps(span))
        };
        let mut content = joined.attribution.content.iter();
        let opinion = content.find(|span| is_opinion(paragraph.text, words(**span)) && !others(**span));
        found.extend(opinion.map(|span| Place::new(joined.paragraph, *span)));
    }
    found
}

/// Whether words judge, accuse or insult; not if they tell what others say, or what a court does.
fn is_opinion(text: &str, words: &[Token]) -> bool {
    let judges = matches!(claim::said(text, words), Some(ClaimKind::Judgement | ClaimKind::Accusation));
    let says = |at: usize| sources().opinions.iter().any(|phrase| opening(text, words, at, phrase).is_some());
    let opinion =
        judges || words.iter().any(|token| sources().opinion.contains(token.of(text))) || (0..words.len()).any(says);
    let other = Class::COURT.with(Class::SPEECH);
    opinion && !words.iter().any(|token| !token.quoted && token.class.any(other))
}

fn describe() -> &'static str {
    "This is opinion from somebody without a name, and readers can’t see who gains by it. Get it on the record or keep to facts."
}
