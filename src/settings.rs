//! All that shapes a check of one draft: the house style, the levels of its rules, the story's date.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Severity;
use crate::nearest;
use crate::rules::{self, Detect, Rule, Words};
use crate::style::{Levels, Style};
use crate::styles;

/// Settings of one check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The house style.
    pub style: Style,
    /// The publication date, if the draft's front matter gives none.
    pub date: Option<Date>,
    /// Levels that the house or the command line sets.
    pub levels: Levels,
    /// Rules that the house brings with it.
    pub words: Arc<Words>,
}

impl Settings {
    /// The level at which `rule` speaks, or `None` where it is off: the house's word on it, else on its family,
    /// else the style's, else the rule's own. A rule in preview is off until somebody sets its own level, and so is one
    /// that belongs to other houses.
    pub fn level(&self, rule: &Rule) -> Option<Severity> {
        for levels in [&self.levels, &self.style.levels] {
            if let Some(level) = levels.get(rule.name) {
                return *level;
            }
            if let Some(level) = levels.get(rule.family())
                && !rule.preview
                && rule.is_of(&self.style.id)
            {
                return *level;
            }
        }
        // What is wrong with the house's own files and comments is no matter of style.
        let own = matches!(rule.detect, Detect::House | Detect::Elsewhere);
        let on = (self.style.rules && rule.is_of(&self.style.id)) || own;
        (on && !rule.preview).then_some(rule.level)
    }

    /// Every rule: the built-in ones, then the house's.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let built_in = rules::built_in().map(|rule| -> &Rule { rule });
        built_in.chain(self.words.rules())
    }

    /// The rules that `name` stands for: the rule of that name, or all of a family or style.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Rule> {
        self.rules().filter(move |rule| rule.stands_for(name))
    }

    /// The rule called `name`.
    pub fn find(&self, name: &str) -> Option<&Rule> {
        self.rules().find(|rule| rule.name == name)
    }

    /// The rule, family or style that `name` was most likely meant to be.
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        nearest::nearest(name, self.rules().flat_map(|rule| [rule.name, rule.family()]))
    }

    /// The rule's page in Markdown.
    pub fn page(&self, rule: &Rule) -> Cow<'static, str> {
        match rule.detect {
            Detect::House => self.words.written(rule.name).map(styles::Rule::page).unwrap_or_default().into(),
            _ => rule.docs().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon;
    use crate::rules;

    fn rule(preview: bool) -> Rule {
        let mut rule = *rules::find("attribution/unnamed-media").unwrap();
        rule.preview = preview;
        rule
    }

    fn levels(levels: &[(&str, Option<Severity>)]) -> Levels {
        levels.iter().map(|(name, level)| ((*name).into(), *level)).collect()
    }

    #[test]
    fn the_nearest_word_counts() {
        let (error, warning, off) = (Some(Severity::Error), Some(Severity::Warning), None);
        let name = "attribution/unnamed-media";
        // (the house's levels, the style's levels, in preview, expected)
        let cases = [
            (levels(&[]), levels(&[]), false, warning),
            (levels(&[]), levels(&[]), true, off),
            (levels(&[]), levels(&[(name, error)]), false, error),
            (levels(&[]), levels(&[(name, error)]), true, error),
            (levels(&[(name, off)]), levels(&[(name, error)]), false, off),
            (levels(&[("attribution", error)]), levels(&[(name, off)]), false, error),
            (levels(&[("attribution", error)]), levels(&[]), true, off),
            (levels(&[("attribution", error), (name, off)]), levels(&[]), false, off),
            (levels(&[("attribution", off), (name, warning)]), levels(&[]), true, warning),
            (levels(&[("titles", off)]), levels(&[("attribution", off)]), false, off),
        ];
        for (index, (house, of_style, preview, expected)) in cases.into_iter().enumerate() {
            let style = Style { levels: of_style, ..Style::default() };
            let settings = Settings { style, levels: house, ..Settings::default() };
            assert_eq!(settings.level(&rule(preview)), expected, "case {index}");
        }
    }

    #[test]
    fn a_family_is_on_without_the_rules_of_other_houses() {
        let on = |style: &str, name: &str| {
            let levels = levels(&[("usage", Some(Severity::Warning))]);
            let settings = Settings { style: Style::named(style).unwrap(), levels, ..Settings::default() };
            settings.level(settings.find(name).unwrap()).is_some()
        };
        let spelling = ["usage/american-spelling", "usage/british-spelling", "usage/misspelling"];
        for (style, expected) in
            [("ap", [true, false, true]), ("bbc", [false, true, true]), ("none", [false, false, true])]
        {
            assert_eq!(spelling.map(|name| on(style, name)), expected, "{style}");
        }
    }

    #[test]
    fn styles_speak_of_rules_and_offices_that_exist() {
        for style in Style::IDS.into_iter().filter_map(Style::named) {
            for name in style.levels.keys() {
                assert!(rules::named(name).next().is_some(), "{} sets a level for {name}", style.id);
            }
            for id in style.offices.keys() {
                let body = lexicon::bodies().iter().any(|body| body.id == *id);
                assert!(body || lexicon::office_id(id).is_some(), "{} words the office {id}", style.id);
            }
        }
    }

    #[test]
    fn with_no_house_only_what_is_asked_for_is_on() {
        let style = Style::named("none").unwrap();
        let mut settings = Settings { style, ..Settings::default() };
        assert_eq!(settings.level(&rule(false)), None);
        settings.levels = levels(&[("attribution", Some(Severity::Error))]);
        assert_eq!(settings.level(&rule(false)), Some(Severity::Error));
    }
}
