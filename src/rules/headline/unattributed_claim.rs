use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::Class;
use crate::prose::{Kind, span};
use crate::rules::rule::{Detect, Finding, Quotes, Rule};
use crate::story::claim::{self, ClaimKind};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "headline/unattributed-claim",
    level: Severity::Warning,
    // Three alerts in 2,600 published headlines, two of them on opinion: too few to say how often it is right.
    preview: true,
    quotes: Quotes::Off,
    reads: &[Role::Headline],
    yields_to: &[],
    page: include_str!("../../../rules/headline/unattributed-claim.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let Some(index) = story.headline else { return Vec::new() };
    let headline = &story.paragraphs[index];
    let place = Place::new(index, span(&headline.facts.prose.tokens));
    detect(headline).map(|kind| Finding::new(place, describe(kind))).into_iter().collect()
}

/// The kind of claim that the words of a headline make by themselves, if nobody's word stands for them.
fn detect(headline: &Paragraph<'_>) -> Option<ClaimKind> {
    let (text, facts) = (headline.text, headline.facts);
    let tokens = &facts.prose.tokens;
    // "Quill: Mayor lied", "Mayor ‘lied’" and "Did the mayor lie?" claim nothing themselves.
    let told = tokens.iter().any(|token| {
        token.kind == Kind::Quote || token.class.any(Class::SPEECH) || matches!(token.of(text), ":" | "?" | "—" | "–")
    });
    if told || !facts.attributions.is_empty() {
        return None;
    }
    claim::said(text, tokens).filter(|kind| {
        matches!(kind, ClaimKind::Accusation | ClaimKind::Blame | ClaimKind::Judgement | ClaimKind::Motive)
    })
}

fn describe(kind: ClaimKind) -> String {
    let what = match kind {
        ClaimKind::Accusation => "accuses somebody",
        ClaimKind::Blame => "lays the blame",
        ClaimKind::Motive => "says why somebody did it",
        _ => "judges",
    };
    format!(
        "The headline {what} on nobody’s word, and many read no further. Say who says so, or put the word in quotation marks."
    )
}
