use super::naming;
use crate::diagnostic::Severity;
use crate::lexicon;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "legal/guilt-label",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/legal/guilt-label.md"),
    detect: Detect::Story(check),
};

/// Somebody who is called by a deed, and what to call them instead.
struct Label {
    place: Place,
    right: &'static str,
    /// The article before it, if that is "an".
    article: Option<Span>,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(|label| describe(story, &label)).collect()
}

/// The labels of a story that tells of no verdict and no plea.
fn detect(story: &Story<'_>) -> Vec<Label> {
    let paragraphs = story.paragraphs.iter().enumerate();
    let labels: Vec<Label> = paragraphs.flat_map(|(index, paragraph)| labels(index, paragraph)).collect();
    // Most stories have no label, and nobody need look for a verdict in them.
    if labels.is_empty() || naming::tells_of_verdict(story) { Vec::new() } else { labels }
}

/// "the accused killer", "an alleged serial rapist".
fn labels(index: usize, paragraph: &Paragraph<'_>) -> Vec<Label> {
    let guilt = lexicon::guilt();
    // But for its first letter, which may be a capital, a label begins with one of these.
    if !guilt.unproved.iter().any(|word| paragraph.text.contains(&word[1..])) {
        return Vec::new();
    }
    let words: Vec<(Span, String)> = paragraph
        .facts
        .prose
        .tokens
        .iter()
        .map(|token| (token.span(), token.of(paragraph.text).to_lowercase()))
        .collect();
    let label = |at: usize| {
        let (first, word) = &words[at];
        guilt.unproved.contains(word).then_some(())?;
        let deed = at + 1 + usize::from(words.get(at + 1).is_some_and(|(_, word)| guilt.between.contains(word)));
        let (last, word) = words.get(deed)?;
        let right = guilt.deeds.get(word)?;
        let article = at.checked_sub(1).map(|before| &words[before]).filter(|(_, word)| word == "an");
        let place = Place { paragraph: index, span: first.cover(*last) };
        Some(Label { place, right, article: article.map(|(span, _)| *span) })
    };
    (0..words.len()).filter_map(label).collect()
}

fn describe(story: &Story<'_>, label: &Label) -> Finding {
    let (words, right) = (story.words(label.place), label.right);
    let message = format!(
        "“{words}” says that it was done, and by whom, and the story tells of no verdict and no plea. Write “{right}”, \
         or say who is charged with what."
    );
    let mut repair = Repair::offer(format!("Write “{right}”"), label.place, right);
    let vowel = right.starts_with(['a', 'e', 'i', 'o', 'u']);
    if let Some(article) = label.article.filter(|_| !vowel) {
        repair.edits.insert(0, (Place { span: Span::new(article.end - 1, article.end), ..label.place }, String::new()));
    }
    Finding::new(label.place, message).mended_by(vec![repair])
}
