use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::prose::Token;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::anonymity::Unnamed;
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/plural-sources",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/plural-sources.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(|(several, one)| describe(story, several, one)).collect()
}

/// "Sources" and then "the source", or the other way round, where nothing else tells one from the others. Gives the words
/// for several, and those for one.
fn detect(story: &Story<'_>) -> Vec<(Place, Place)> {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for unnamed in &story.unnamed {
        seen.entry(unnamed.singular()).or_default().see(story, unnamed);
    }
    seen.into_values().filter_map(|seen| seen.slip).collect()
}

/// How the story has spoken of those whom it calls by one noun.
#[derive(Default)]
struct Seen {
    /// Where several are first brought in.
    several: Option<Place>,
    /// Where one is.
    one: Option<Place>,
    /// Whether there are others, or the copy counts them.
    more: bool,
    /// The words for several and for one that don't agree.
    slip: Option<(Place, Place)>,
}

impl Seen {
    fn see(&mut self, story: &Story<'_>, unnamed: &Unnamed<'_>) {
        let place = unnamed.place;
        let paragraph = &story.paragraphs[place.paragraph];
        // "Two sources", "numerous sources", "two of the sources": they are several indeed.
        let counts = |token: &Token| {
            token.class.any(Class::NUMBER.with(Class::DETERMINER))
                && !["the", "The"].contains(&token.of(paragraph.text))
        };
        let counted = unnamed.is_plural() && paragraph.facts.prose.tokens_in(place.span).iter().any(counts);
        self.more |= counted;
        match (unnamed.known, unnamed.is_plural()) {
            (false, true) => {
                self.several.get_or_insert(place);
            }
            (false, false) => {
                self.more |= self.one.is_some() || self.several.is_some();
                self.one.get_or_insert(place);
            }
            (true, false) if !self.more && self.one.is_none() => {
                self.slip = self.slip.or(self.several.map(|several| (several, place)));
            }
            (true, true) if !self.more && self.several.is_none() => {
                self.slip = self.slip.or(self.one.map(|one| (place, one)));
            }
            _ => {}
        }
    }
}

fn describe(story: &Story<'_>, several: Place, one: Place) -> Finding {
    let (sources, source) = (story.words(several), story.words(one));
    let message = format!(
        "“{sources}” says that there are several, and “{source}” that there is one. Two weigh more than one: write what is true."
    );
    let related = vec![(one, format!("“{source}” is one"))];
    Finding { related, ..Finding::new(several, message) }
}
