use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::SourceKind;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/bare-source",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/bare-source.md"),
    detect: Detect::Story(check),
};

/// Words that praise a source and describe nothing.
const EMPTY: [&str; 8] =
    ["informed", "reliable", "credible", "well-placed", "multiple", "several", "anonymous", "unnamed"];

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(story.words(place)));
    detect(story).into_iter().map(finding).collect()
}

/// "a source said", "according to sources"; but not once a source has been described.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    let mut described = false;
    for joined in &story.attributions {
        let (SourceKind::Anonymous, Some(source)) = (joined.attribution.source_kind, joined.attribution.source) else {
            continue;
        };
        let paragraph = &story.paragraphs[joined.paragraph];
        if !is_bare(paragraph, source) {
            described = true;
        } else if !described {
            found.push(Place::new(joined.paragraph, source));
        }
    }
    found
}

/// Whether "source" stands there with nothing that tells who it is or how it can know.
fn is_bare(paragraph: &Paragraph<'_>, source: Span) -> bool {
    let prose = &paragraph.facts.prose;
    let plain = prose.tokens_in(source).iter().all(|token| {
        token.kind == Kind::Word
            && (token.class.any(Class::DETERMINER.with(Class::NUMBER).with(Class::UNNAMED))
                || EMPTY.iter().any(|word| token.of(paragraph.text).eq_ignore_ascii_case(word)))
    });
    // "a source, who asked not to be named": the description may follow the comma or the verb.
    let after = paragraph.text.get(source.end..).unwrap_or_default();
    plain && !after.starts_with(", who") && !after.starts_with(" with ") && !after.starts_with(" in ")
}

fn describe(words: &str) -> String {
    format!(
        "“{words}” tells readers nothing about who says so. Describe the source as exactly as you can: what they do, how they know."
    )
}
