use super::words;
use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::format::{Field, FrontMatter, Role};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
pub use crate::styles::Quotes;
use crate::styles::family;

/// A rule: what it is called, where it looks and how.
#[derive(Clone, Copy)]
pub struct Rule {
    /// `family/what-is-wrong`.
    pub name: &'static str,
    /// The level at which it speaks unless the style or the house says otherwise.
    pub level: Severity,
    /// New or noisy: off unless asked for.
    pub preview: bool,
    /// How it treats direct quotations.
    pub quotes: Quotes,
    /// The paragraphs it reads.
    pub reads: &'static [Role],
    /// Rules that win where this one and they speak of the same words.
    pub yields_to: &'static [&'static str],
    /// Its page in Markdown: documentation, explanation and test suite. A rule that is written as data has none.
    pub page: &'static str,
    /// How it looks.
    pub detect: Detect,
}

impl Rule {
    /// The family or style.
    pub fn family(&self) -> &'static str {
        family(self.name)
    }

    /// Whether `name` is the rule's name or its family's.
    pub fn stands_for(&self, name: &str) -> bool {
        self.name == name || self.family() == name
    }

    /// A built-in rule's page in Markdown; that of a rule which is written as data is made when it is first asked for.
    pub fn docs(&self) -> &'static str {
        if let Detect::Words(_) = self.detect { words::docs(self.name) } else { self.page }
    }

    /// Whether it is of that house style.
    pub fn is_of(&self, style: &str) -> bool {
        let Detect::Words(styles) = self.detect else { return true };
        styles.is_empty() || styles.split(' ').any(|known| known == style)
    }

    /// What a built-in rule flags, in a line.
    pub fn summary(&self) -> &'static str {
        summary(self.docs())
    }
}

/// What the rule with that page flags, in a line: the first sentence of the page.
pub fn summary(page: &str) -> &str {
    let body = page.split_once("## What it flags").map_or(page, |(_, body)| body).trim();
    body.split_once("\n\n").map_or(body, |(first, _)| first)
}

/// Detects, and describes and repairs what it detected.
#[derive(Clone, Copy)]
pub enum Detect {
    /// Looks at one paragraph by itself; its findings are cached with the paragraph.
    Paragraph(fn(&Paragraph<'_>, &Style) -> Vec<Finding>),
    /// Looks at the whole story.
    Story(fn(&Story<'_>, &Style) -> Vec<Finding>),
    /// Looks at the front matter, and says what is wrong with one of its fields.
    FrontMatter(fn(&FrontMatter) -> Option<(&Field, String)>),
    /// Is written as data and built in: looked for with all such rules at once. It belongs to the house styles with
    /// these names, between spaces; to all of them if there is none.
    Words(&'static str),
    /// Is written as data and the house's own.
    House,
    /// Is raised where its subject is at hand: by what reads the configuration, or the comments that silence rules.
    Elsewhere,
}

/// Something a rule found, at places of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What is wrong, why it matters and what to do.
    pub message: String,
    /// Other places that matter, each with what is there.
    pub related: Vec<(Place, String)>,
    /// Ways to mend it, the best first.
    pub repairs: Vec<Repair>,
    /// Whether it is a habit of the writer's: told once in a story, where it is first seen, and mended everywhere.
    pub habit: bool,
}

impl Finding {
    /// A finding that speaks of no other place and offers nothing.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), related: Vec::new(), repairs: Vec::new(), habit: false }
    }

    /// A habit of the writer's, and how to mend it here.
    pub fn habit(place: Place, message: impl Into<String>, repair: Repair) -> Self {
        Self { habit: true, ..Self::new(place, message).mended_by(vec![repair]) }
    }

    /// The same finding with ways to mend it, the best first.
    pub fn mended_by(self, repairs: Vec<Repair>) -> Self {
        Self { repairs, ..self }
    }
}

/// A way to mend a finding, at places of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What it does, as a menu entry.
    pub title: String,
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// Replacements that belong together. An empty place inserts, an empty text deletes.
    pub edits: Vec<(Place, String)>,
}

impl Repair {
    /// A repair by one replacement that may be made unseen.
    pub fn safe(title: impl Into<String>, place: Place, text: impl Into<String>) -> Self {
        Self { title: title.into(), applicability: Applicability::Safe, edits: vec![(place, text.into())] }
    }

    /// A repair by one replacement that a person should look at.
    pub fn offer(title: impl Into<String>, place: Place, text: impl Into<String>) -> Self {
        Self { title: title.into(), applicability: Applicability::Unsafe, edits: vec![(place, text.into())] }
    }
}

/// The roles of running copy.
pub const COPY: &[Role] = Role::COPY;
/// Copy, and what else is published with it: headlines, subheads, captions.
pub const PUBLISHED: &[Role] = Role::PUBLISHED;
/// Every role.
pub const ALL: &[Role] = Role::ALL;
