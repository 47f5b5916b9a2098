use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::format::Role;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

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
    /// Its page in Markdown: documentation, explanation and test suite.
    pub page: &'static str,
    /// How it looks.
    pub detect: Detect,
}

impl Rule {
    /// The family: what stands before the slash.
    pub fn family(&self) -> &'static str {
        self.name.split_once('/').map_or(self.name, |(family, _)| family)
    }

    /// What the rule flags, in a line: the first sentence of its page.
    pub fn summary(&self) -> &'static str {
        let body = self.page.split_once("## What it flags").map_or(self.page, |(_, body)| body).trim();
        body.split_once("\n\n").map_or(body, |(first, _)| first)
    }
}

/// What a rule does about direct quotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// Silent inside them: what people said is theirs.
    Off,
    /// Reads them like the rest.
    On,
    /// Is about the quotation itself.
    About,
}

/// Detects, and describes and repairs what it detected.
#[derive(Clone, Copy)]
pub enum Detect {
    /// Looks at one paragraph by itself; its findings are cached with the paragraph.
    Paragraph(fn(&Paragraph<'_>, &Style) -> Vec<Finding>),
    /// Looks at the whole story.
    Story(fn(&Story<'_>, &Style) -> Vec<Finding>),
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
}

impl Finding {
    /// A finding that speaks of no other place and offers nothing.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), related: Vec::new(), repairs: Vec::new() }
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
