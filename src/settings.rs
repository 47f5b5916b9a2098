//! All that shapes a check of one draft: the house style, the levels of its rules, the story's date.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Severity;
use crate::rules::Rule;
use crate::style::Style;

/// Settings of one check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The house style.
    pub style: Style,
    /// The publication date, if the draft's front matter gives none.
    pub date: Option<Date>,
    /// Levels that the house or the command line sets, by rule name; `None` is off.
    pub levels: BTreeMap<String, Option<Severity>>,
}

impl Settings {
    /// The level at which `rule` speaks, or `None` where it is off: the house's word, else the style's, else the
    /// rule's own; a rule in preview is off until somebody sets its level.
    pub fn level(&self, rule: &Rule) -> Option<Severity> {
        if let Some(level) = self.levels.get(rule.name).or_else(|| self.style.levels.get(rule.name)) {
            return *level;
        }
        (!rule.preview).then_some(rule.level)
    }
}
