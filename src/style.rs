//! House styles: the switches that make one desk's copy differ from another's.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;

/// A house style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// The name in configuration: `ap`.
    pub id: String,
    /// Whether the built-in rules are on; they are in every style but `none`.
    pub rules: bool,
    /// Levels that differ from the rules' own, by rule name; `None` is off.
    pub levels: BTreeMap<String, Option<Severity>>,
}

impl Default for Style {
    fn default() -> Self {
        Self { id: "ap".into(), rules: true, levels: BTreeMap::new() }
    }
}
