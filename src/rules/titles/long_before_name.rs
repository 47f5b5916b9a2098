use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::people::{Evidence, Mention};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/long-before-name",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/titles/long-before-name.md"),
    detect: Detect::Paragraph(check),
};

/// Most words of a title that readers take in before they know whose it is.
const MOST_WORDS: usize = 6;

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |(title, name): (Span, Span)| {
        let name = paragraph.phrase(name);
        let message = format!(
            "Readers have to get through {} words before they learn who it is. Put the title after the name, between \
             commas: “{name}, …,”.",
            words(paragraph, title)
        );
        Finding::new(Place::here(title), message)
    };
    paragraph.facts.mentions.iter().filter_map(|mention| detect(paragraph, mention)).map(finding).collect()
}

fn words(paragraph: &Paragraph<'_>, title: Span) -> usize {
    paragraph.words(title).split_whitespace().count()
}

/// A long title before a full name, and the name.
fn detect(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<(Span, Span)> {
    let title = mention.title.filter(|_| !mention.after && mention.given.is_some())?;
    let long = mention.evidence == Evidence::Sure && words(paragraph, title) > MOST_WORDS;
    long.then_some((title, mention.span))
}
