use rustc_hash::FxHashMap;

use super::is_sentence_case;
use crate::diagnostic::Severity;
use crate::format::Role;
use crate::prose::{Case, Kind, Token, span};
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "headline/case",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::About,
    reads: &[Role::Headline],
    yields_to: &[],
    page: include_str!("../../../rules/headline/case.md"),
    detect: Detect::Story(check),
};

/// Fewest words with a capital that are no names for a headline to be in another house's case; a name may look like a word
/// or two.
const FEWEST: usize = 3;
/// Longest headline that is read, in tokens.
const LONGEST: usize = 40;

/// How often the story has a word with a small letter and, within a sentence, with a capital.
#[derive(Clone, Copy, Default)]
struct Seen {
    small: usize,
    capital: usize,
}

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let headline = story.headline.filter(|_| style.headlines.sentence_case);
    headline.and_then(|index| detect(story, index).map(|small| describe(story, index, &small))).into_iter().collect()
}

/// The words of a headline that have a capital only because it is one.
fn detect(story: &Story<'_>, index: usize) -> Option<Vec<Token>> {
    let headline = &story.paragraphs[index];
    let tokens = &headline.facts.prose.tokens;
    if tokens.len() > LONGEST || is_sentence_case(headline.text, tokens) {
        return None;
    }
    let capitals = capitals(headline);
    let mut seen: FxHashMap<String, Seen> =
        capitals.iter().map(|token| (token.of(headline.text).to_lowercase(), Seen::default())).collect();
    for paragraph in story.paragraphs.iter().filter(|paragraph| paragraph.is_copy()) {
        count(paragraph, &mut seen);
    }
    let is_small = |token: &&Token| {
        let seen = seen.get(&token.of(headline.text).to_lowercase()).copied().unwrap_or_default();
        seen.small > seen.capital
    };
    let small: Vec<Token> = capitals.iter().filter(is_small).copied().collect();
    (small.len() >= FEWEST && 2 * small.len() >= capitals.len()).then_some(small)
}

/// The words with a capital that no mark before them gives it.
fn capitals(headline: &Paragraph<'_>) -> Vec<Token> {
    let tokens = &headline.facts.prose.tokens;
    let pairs = tokens.windows(2).filter(|pair| {
        pair[1].kind == Kind::Word && pair[1].case == Case::Title && !matches!(pair[0].kind, Kind::Mark | Kind::Quote)
    });
    pairs.map(|pair| pair[1]).filter(|token| !token.quoted).collect()
}

fn count(paragraph: &Paragraph<'_>, seen: &mut FxHashMap<String, Seen>) {
    for pair in paragraph.facts.prose.tokens.windows(2) {
        let [before, token] = pair else { continue };
        if token.kind != Kind::Word || matches!(before.kind, Kind::Mark | Kind::Quote) {
            continue;
        }
        let word = token.of(paragraph.text);
        let known = if token.case == Case::Lower { seen.get_mut(word) } else { seen.get_mut(&word.to_lowercase()) };
        let Some(known) = known else { continue };
        *if token.case == Case::Lower { &mut known.small } else { &mut known.capital } += 1;
    }
}

fn describe(story: &Story<'_>, index: usize, small: &[Token]) -> Finding {
    let headline = &story.paragraphs[index];
    let place = |token: &Token| Place::new(index, token.span());
    let first = small.first().map_or("", |token| token.of(headline.text));
    let message = format!(
        "The house writes headlines as sentences: a capital on the first word and on names. “{first}” and others have one \
         without being names."
    );
    let edits = small.iter().map(|token| (place(token), token.of(headline.text).to_lowercase()));
    Finding::new(Place::new(index, span(&headline.facts.prose.tokens)), message).mended_by(vec![Repair {
        title: "Write words that are no names small".into(),
        applicability: crate::fix::Applicability::Unsafe,
        edits: edits.collect(),
    }])
}
