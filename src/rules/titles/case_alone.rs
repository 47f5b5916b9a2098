use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::Paragraph;
use crate::style::Style;
use crate::text::Span;

use super::{is_headline, lowered, written};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/case-alone",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["titles/house-style", "titles/case-after-name"],
    page: include_str!("../../../rules/titles/case-alone.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let found = (0..paragraph.facts.prose.tokens.len()).filter_map(|at| detect(paragraph, at));
    let finding = |span: Span| {
        let wrong = paragraph.words(span);
        let right = lowered(wrong);
        let message = format!("“{wrong}” takes a capital only before a name. Alone it is “{right}”.");
        written(span, message, right, Applicability::Unsafe)
    };
    found.map(finding).collect()
}

/// The public office with a capital that starts at the token `at`, after “the” and before no name.
fn detect(paragraph: &Paragraph<'_>, at: usize) -> Option<Span> {
    let prose = &paragraph.facts.prose;
    let token = prose.tokens[at];
    let before = prose.tokens[at.checked_sub(1)?];
    if token.case != Case::Title
        || !token.class.any(Class::OFFICE)
        || !before.of(paragraph.text).eq_ignore_ascii_case("the")
    {
        return None;
    }
    let rest = prose.tokens[at..].iter().take_while(|token| token.kind == Kind::Word);
    let (len, ways) = lexicon::longest_office(rest.map(|token| token.of(paragraph.text)))?;
    let public = ways.iter().any(|way| lexicon::office(*way).seat.as_deref() == Some("public"));
    let span = token.span().cover(prose.tokens[at + len - 1].span());
    let right = lowered(paragraph.words(span));
    // "the Commerce secretary" keeps the department's name.
    let capital = prose.tokens[at + len - 1].case == Case::Title;
    if !public || !capital || right.contains(char::is_uppercase) || is_headline(paragraph, at) {
        return None;
    }
    // "the Office of the Mayor" is a name.
    if at >= 3 && prose.tokens[at - 2].of(paragraph.text) == "of" && prose.tokens[at - 3].is_proper() {
        return None;
    }
    // "the Governor's Mansion", "the President-elect", "the President Ann Roe Bridge"
    let mut next = prose.tokens.get(at + len);
    if next.is_some_and(|next| next.kind == Kind::Possessive) {
        next = prose.tokens.get(at + len + 1);
    }
    let plain = |next: &crate::prose::Token| match next.kind {
        Kind::Word => next.case == Case::Lower,
        Kind::Mark => matches!(next.of(paragraph.text), "," | "." | ";" | "?" | "!"),
        _ => false,
    };
    next.is_none_or(plain).then_some(span)
}
