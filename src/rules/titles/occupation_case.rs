use crate::diagnostic::Severity;
use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::Paragraph;
use crate::style::Style;
use crate::text::Span;

use super::{applicability, is_full_name, is_headline, lower_first, opens, written};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/occupation-case",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/titles/occupation-case.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let names = 0..paragraph.facts.prose.tokens.len();
    let finding = |span: Span| {
        let right = lower_first(paragraph.words(span));
        let message = format!("“{right}” is a job, not a formal title, and takes no capital before a name.");
        written(span, message, right, applicability(paragraph, span))
    };
    names.filter_map(|name| detect(paragraph, name)).map(finding).collect()
}

/// A job with a capital within a sentence, directly before the full name that starts at the token `name`. Not every job
/// is a title to the reader of names, so this looks at the words.
fn detect(paragraph: &Paragraph<'_>, name: usize) -> Option<Span> {
    let prose = &paragraph.facts.prose;
    let given = prose.tokens[name];
    if !given.class.any(Class::GIVEN) || given.case != Case::Title {
        return None;
    }
    let job = name.checked_sub(1)?;
    let token = prose.tokens[job];
    let wrong = token.case == Case::Title && lexicon::occupation(token.of(paragraph.text));
    if !wrong || !is_full_name(paragraph, name) || opens(paragraph, job) || is_headline(paragraph, job) {
        return None;
    }
    // "Daily Sun Reporter Ann Roe" may be a title that the paper gives, and "the Singer Bo Moss Show" a thing.
    let before = prose.tokens[job - 1];
    let word = before.of(paragraph.text);
    let lower = before.case == Case::Lower && !before.class.any(Class::DETERMINER);
    let within = before.kind == Kind::Word && (lower || lexicon::nationality(word)) || word == ",";
    within.then(|| token.span())
}
