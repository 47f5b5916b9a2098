use crate::diagnostic::Severity;
use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::Paragraph;
use crate::style::Style;
use crate::text::Span;

use super::{applicability, is_full_name, is_headline, opens, written};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/military-rank",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/titles/military-rank.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let names = 0..paragraph.facts.prose.tokens.len();
    let finding = |(span, right): (Span, &'static str)| {
        let wrong = paragraph.words(span);
        let message = format!("“{wrong}” before a full name is “{right}”, the form that readers know.");
        written(span, message, right, applicability(paragraph, span))
    };
    names.filter_map(|name| detect(paragraph, name)).map(finding).collect()
}

/// A rank before the full name that starts at the token `name`, in another form than the list has, and that form. The
/// services' own forms are no titles to the reader of names, so this looks at the words.
fn detect(paragraph: &Paragraph<'_>, name: usize) -> Option<(Span, &'static str)> {
    /// Most words of a rank.
    const LONGEST: usize = 3;
    let prose = &paragraph.facts.prose;
    let given = prose.tokens[name];
    if !given.class.any(Class::GIVEN) || given.case != Case::Title {
        return None;
    }
    let before = prose.tokens[name.saturating_sub(LONGEST)..name].iter().rev();
    let (len, right) = lexicon::rank(before.map(|token| token.of(paragraph.text)))?;
    let start = name - len;
    if !is_full_name(paragraph, name) || is_headline(paragraph, start) {
        return None;
    }
    let span = prose.tokens[start].span().cover(prose.tokens[name - 1].span());
    let whole = start.checked_sub(1).is_none_or(|before| {
        let token = prose.tokens[before];
        // "Attorney General", "Inspector General" and "Team Captain" are no ranks.
        let word = token.of(paragraph.text);
        token.kind != Kind::Word || token.case == Case::Lower || lexicon::service(word) || lexicon::nationality(word)
    });
    // "Captain Jo Doe scored": at the start of a sentence the capital tells nothing.
    let plain = matches!(paragraph.words(span), "Captain" | "Major" | "General" | "Private");
    (whole && !(plain && opens(paragraph, start))).then_some((span, right))
}
