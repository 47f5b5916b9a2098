use std::path::Path;

use anyhow::bail;

use super::args::What;
use crate::rules::{RULES, Rule};
use crate::settings::Settings;
use crate::style::Style;

/// Knows by which settings each draft is checked: what the command line says, else the configuration.
#[derive(Debug)]
pub(super) struct Desk {
    settings: Settings,
}

/// Which rules the command line asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Choice<'a> {
    /// These rules and families only, unless there are none.
    pub select: &'a [String],
    /// Not these.
    pub ignore: &'a [String],
}

impl Desk {
    /// # Errors
    ///
    /// If a rule or a house style is not known.
    pub(super) fn new(what: &What, choice: Choice<'_>) -> anyhow::Result<Self> {
        for name in choice.select.iter().chain(choice.ignore) {
            known(name)?;
        }
        let mut settings = Settings::default();
        if let Some(style) = what.style.as_deref().and_then(Style::named) {
            settings.style = style;
        }
        settings.date = what.date.or(settings.date);
        choose(&mut settings, choice);
        Ok(Self { settings })
    }

    /// The settings for the draft at `path`.
    pub(super) fn settings(&self, _path: &Path) -> Settings {
        self.settings.clone()
    }
}

/// Makes the command line's choice of rules the last word. A rule that is asked for by its own name is on.
fn choose(settings: &mut Settings, choice: Choice<'_>) {
    for rule in RULES {
        let named = |names: &[String]| names.iter().any(|name| name == rule.name);
        let meant = |names: &[String]| named(names) || names.iter().any(|name| name == rule.family());
        let level = if meant(choice.ignore) || !(choice.select.is_empty() || meant(choice.select)) {
            None
        } else if named(choice.select) {
            settings.level(rule).or(Some(rule.level))
        } else {
            continue;
        };
        settings.levels.insert(rule.name.into(), level);
    }
}

/// Fails if `name` is neither a rule nor a family of rules.
fn known(name: &str) -> anyhow::Result<()> {
    if RULES.iter().any(|rule| rule.name == name || rule.family() == name) {
        return Ok(());
    }
    bail!("{}", unknown(name))
}

/// What to say of a rule that there is not.
pub(super) fn unknown(name: &str) -> String {
    let nearest = RULES
        .iter()
        .flat_map(|rule| [rule.name, rule.family()])
        .map(|known| (strsim::jaro_winkler(&name.to_lowercase(), known), known))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(alike, _)| *alike > 0.8);
    match nearest {
        Some((_, known)) => format!("there is no rule called “{name}”. Did you mean “{known}”?"),
        None => format!("there is no rule called “{name}”. `copydesk rules` lists them all."),
    }
}

/// The rules of a family.
pub(super) fn family(name: &str) -> Vec<&'static Rule> {
    RULES.iter().filter(|rule| rule.family() == name).collect()
}
