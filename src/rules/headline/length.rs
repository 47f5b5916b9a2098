use crate::diagnostic::Severity;
use crate::format::Role;
use crate::rules::rule::{Detect, Finding, Quotes, Rule};
use crate::story::{Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "headline/length",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::About,
    reads: &[Role::Headline],
    yields_to: &[],
    page: include_str!("../../../rules/headline/length.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let Some(index) = story.headline else { return Vec::new() };
    let (text, longest) = (story.paragraphs[index].text, usize::from(style.headlines.longest));
    let over = detect(text, longest).map(|start| Place::new(index, Span::new(start, text.len())));
    over.map(|place| Finding::new(place, describe(text, longest))).into_iter().collect()
}

/// The start of the word at which a headline of more characters than `longest` goes beyond them; no headline does where
/// that is 0.
fn detect(text: &str, longest: usize) -> Option<usize> {
    let (start, _) = text.char_indices().nth(longest).filter(|_| longest > 0)?;
    let space = text[..start].char_indices().rfind(|(_, c)| c.is_whitespace());
    Some(space.map_or(0, |(at, space)| at + space.len_utf8()))
}

fn describe(text: &str, longest: usize) -> String {
    let length = text.chars().count();
    format!(
        "The headline has {length} characters, and the house’s have {longest} at most: pages and alerts cut off what is longer. \
         Cut it."
    )
}
