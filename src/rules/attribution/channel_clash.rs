use rustc_hash::FxHashMap;

use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::{Class, weasel};
use crate::prose::Token;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::{Act, Joined};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/channel-clash",
    level: Severity::Suggestion,
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/channel-clash.md"),
    detect: Detect::Story(check),
};

/// How many paragraphs on the second channel looks like the first.
const REACH: usize = 1;
/// How far before "statement" its "in a" may stand.
const BEFORE: usize = 4;

/// Where a text was given out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Channel {
    Post,
    Statement,
}

/// A source's words given out twice.
struct Clash<'s> {
    speaker: &'s str,
    first: Place,
    second: Place,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(|clash| describe(story, &clash)).collect()
}

/// One speaker quoted from a post and, right after it, from a statement, or the other way round.
fn detect<'a>(story: &'a Story<'_>) -> Vec<Clash<'a>> {
    let mut last: FxHashMap<&str, (Channel, Place)> = FxHashMap::default();
    let mut found = Vec::new();
    for joined in &story.attributions {
        let (Some(speaker), Some((channel, second))) = (joined.speaker.as_deref(), channel(story, joined)) else {
            continue;
        };
        if let Some((before, first)) = last.insert(speaker, (channel, second))
            && before != channel
            && second.paragraph - first.paragraph <= REACH
        {
            found.push(Clash { speaker, first, second });
        }
    }
    found
}

/// The channel that an attribution's sentence names outside what is said, and where.
fn channel(story: &Story<'_>, joined: &Joined<'_>) -> Option<(Channel, Place)> {
    let (paragraph, attribution) = (&story.paragraphs[joined.paragraph], joined.attribution);
    if attribution.act != Act::Speech {
        return None;
    }
    let tokens = near::tokens(paragraph, attribution.sentence);
    let own =
        |token: &Token| !token.quoted && !attribution.content.iter().any(|content| content.overlaps(token.span()));
    let named = |at: usize| named(paragraph.text, tokens, at).filter(|_| own(&tokens[at]));
    let (at, channel) = (0..tokens.len()).find_map(|at| Some((at, named(at)?)))?;
    Some((channel, Place::new(joined.paragraph, tokens[at].span())))
}

/// The channel that the word at `at` names: "in a statement", "in a post", "tweeted".
fn named(text: &str, tokens: &[Token], at: usize) -> Option<Channel> {
    let (words, token) = (&weasel().channel, &tokens[at]);
    let word = token.of(text);
    if !token.class.any(Class::DOCUMENT.with(Class::SPEECH)) {
        return None;
    }
    let before = &tokens[at.saturating_sub(BEFORE)..at];
    let given = before.iter().any(|token| token.of(text).eq_ignore_ascii_case("in"))
        && before.iter().any(|token| matches!(token.of(text), "a" | "an"));
    if near::any(text, before, &words.another) {
        return None;
    }
    if given && words.statement.has(word) {
        return Some(Channel::Statement);
    }
    (given && words.post.has(word) || words.posted.has(word)).then_some(Channel::Post)
}

fn describe(story: &Story<'_>, clash: &Clash<'_>) -> Finding {
    let [first, second] = [clash.first, clash.second].map(|place| story.words(place));
    let speaker = clash.speaker;
    let message = format!(
        "“{second}” here and “{first}” before: {speaker} seems to be quoted from one text. Check where it was given out, and say so the same way."
    );
    Finding { related: vec![(clash.first, format!("“{first}” here"))], ..Finding::new(clash.second, message) }
}
