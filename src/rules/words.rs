use std::collections::HashMap;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use super::rule::{self, Detect, Finding, Repair, Rule};
use crate::story::Place;
use crate::styles::{self, Dialect, Found, Set, Terms};

/// Rules that are written as data, as rules among the others.
#[derive(Default)]
pub struct Words {
    set: Set,
    rules: Vec<Rule>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rules.iter().map(|rule| rule.name)).finish()
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.set == other.set
    }
}

impl Eq for Words {}

impl Words {
    /// The rules that a house brings with it.
    pub fn of_house(rules: Vec<styles::Rule>) -> Self {
        Self::new(rules, &[], |_| Detect::House)
    }

    fn new(
        written: Vec<styles::Rule>,
        yields_to: &'static [&'static str],
        detect: impl Fn(&styles::Rule) -> Detect,
    ) -> Self {
        let set = Set::new(written);
        let rules = set.rules().iter().map(|written| Rule {
            name: written.name,
            level: written.level,
            preview: written.preview,
            quotes: written.quotes,
            reads: rule::ALL,
            yields_to,
            page: "",
            detect: detect(written),
        });
        Self { rules: rules.collect(), set }
    }

    /// What looks for them.
    pub const fn set(&self) -> &Set {
        &self.set
    }

    /// The rule of that name as it is written, if it is among them.
    pub fn written(&self, name: &str) -> Option<&styles::Rule> {
        self.set.rules().iter().find(|rule| rule.name == name)
    }

    /// What to say of each rule that some text made look around for too long since this was last asked: it was given up
    /// there, and may have missed something.
    pub fn given_up(&self) -> impl Iterator<Item = String> {
        let told = |rule| {
            format!("{rule} was given up where its pattern looked around for too long. Write a plainer pattern.")
        };
        self.set.overran().into_iter().map(told)
    }

    /// The rules, in the order of the set.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

/// The files of the built-in rules as JSON, each with the rule's name.
const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// The built-in rules that are written as data.
pub(super) fn built_in() -> &'static Words {
    static BUILT_IN: OnceLock<Words> = OnceLock::new();
    let read =
        |(name, text): &(&str, &str)| styles::Rule::parse(name, text, Dialect::BuiltIn, &Terms::default(), &|_| None).0;
    // A test reads each of them without a mistake.
    let yields_to = &["usage/term"];
    let detect = |rule: &styles::Rule| Detect::Words(rule.styles);
    BUILT_IN.get_or_init(|| Words::new(FILES.iter().filter_map(read).collect(), yields_to, detect))
}

/// The page of a built-in rule that is written as data; empty if there is none.
pub(super) fn docs(name: &str) -> &'static str {
    static PAGES: LazyLock<HashMap<&str, OnceLock<String>>> =
        LazyLock::new(|| built_in().rules().iter().map(|rule| (rule.name, OnceLock::new())).collect());
    let made = || built_in().written(name).map(styles::Rule::page).unwrap_or_default();
    PAGES.get(name).map_or("", |page| page.get_or_init(made))
}

impl Finding {
    /// What a rule that is written as data found in a paragraph.
    pub fn of_words(paragraph: usize, found: &Found) -> Self {
        let place = |span| Place { paragraph, span };
        let repairs = found.mends.iter().map(|mend| Repair {
            title: mend.title.clone(),
            applicability: mend.applicability,
            edits: vec![(place(mend.span), mend.text.clone())],
        });
        Self::new(place(found.span), found.message.clone()).mended_by(repairs.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_have_no_mistakes() {
        for (name, json) in FILES {
            let file = format!("{}/rules/styles/{name}.yml", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(file).unwrap();
            for (text, dialect) in [(text.as_str(), Dialect::Own), (json, Dialect::BuiltIn)] {
                let (_, mistakes) = styles::Rule::parse(name, text, dialect, &Terms::default(), &|_| None);
                assert_eq!(mistakes, [], "{name}");
            }
            let rule = built_in().written(name).unwrap();
            assert!(!rule.why.is_empty(), "{name} does not say why");
            assert!(rule.examples.iter().any(|example| !example.flagged.is_empty()), "{name} has no example");
            assert!(
                rule.examples.iter().any(|example| example.flagged.is_empty()),
                "{name} has no example of what is fine"
            );
        }
        assert_eq!(built_in().rules().len(), FILES.len());
    }
}
