use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::{Act, SourceKind};
use crate::story::claim::ClaimKind;
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "structure/buried-source",
    level: Severity::Suggestion,
    // Two alerts in half a million published words, one of them on a law: too few to say how often it is right.
    preview: true,
    quotes: Quotes::About,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/structure/buried-source.md"),
    detect: Detect::Story(check),
};

/// The paragraph of copy by which readers know whose word a lede is, from 1.
const LATEST: usize = 3;

/// A claim in the lede, and the story's first source.
struct Buried {
    claim: Place,
    source: Place,
    /// The paragraph of copy in which the source is named, from 1.
    nth: usize,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).map(|buried| describe(story, &buried)).into_iter().collect()
}

fn detect(story: &Story<'_>) -> Option<Buried> {
    let lede = story.paragraphs.iter().position(|paragraph| paragraph.is_copy())?;
    let claim =
        story.claims.iter().take_while(|joined| joined.paragraph <= lede).find(|joined| joined.paragraph == lede)?;
    let contested = !matches!(claim.claim.kind, ClaimKind::Statement | ClaimKind::Figure | ClaimKind::Private);
    // Who claims nothing may still be whose word the lede is.
    let first = story
        .attributions
        .iter()
        .find(|joined| joined.attribution.act == Act::Speech && joined.attribution.source.is_some())?;
    let known = !matches!(first.attribution.source_kind, SourceKind::Vague | SourceKind::Pronoun);
    let source = first.attribution.who(story.paragraphs[first.paragraph].text)?;
    let nth = story.paragraphs.get(lede..=first.paragraph)?.iter().filter(|paragraph| paragraph.is_copy()).count();
    let sentence = story.paragraphs[lede].facts.prose.sentences.get(claim.claim.sentence)?;
    let place = Place::new(lede, sentence.span);
    (contested && known && nth > LATEST).then_some(Buried {
        claim: place,
        source: Place::new(first.paragraph, source),
        nth,
    })
}

fn describe(story: &Story<'_>, buried: &Buried) -> Finding {
    let who = story.paragraphs[buried.source.paragraph].phrase(buried.source.span);
    let message = format!(
        "“{who}” is the story’s first source and comes in paragraph {}, after a lead that makes a claim. Readers want to know at \
         once whose word it is: name the source higher up.",
        buried.nth
    );
    Finding { related: vec![(buried.claim, "the claim in the lead".into())], ..Finding::new(buried.source, message) }
}
