//! What can be set in `copydesk.toml`, as the reader goes by it and as editors are told of it.

#![cfg_attr(not(feature = "cli"), allow(dead_code))] // Only the schema tells more than the names.

/// A setting.
pub(super) struct Key {
    /// What it is called.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it does.
    pub about: &'static str,
    /// Whether its table says nothing without it.
    pub needed: bool,
}

/// What a setting takes.
#[derive(Clone, Copy)]
pub(super) enum Takes {
    /// Words, or a path.
    Text,
    /// A list of such.
    Texts,
    /// One or several: paths, mostly.
    TextOrTexts,
    /// Yes or no.
    Flag,
    /// A whole number, 0 or more.
    Number,
    /// A day.
    Day,
    /// The name of a house style.
    Style,
    /// The name of a form of datelines, or a dateline.
    Dateline,
    /// Levels of rules.
    Levels,
    /// Terms, each with the house's wording or a table.
    Terms,
    /// Wordings of offices.
    Titles,
    /// Lists of wordings that say the same.
    Wordings,
    /// Names, or tables.
    People,
    /// A table with these settings.
    Table(&'static [Key]),
    /// Such tables.
    Tables(&'static [Key]),
}

const fn key(name: &'static str, takes: Takes, about: &'static str) -> Key {
    Key { name, takes, about, needed: false }
}

const fn needed(name: &'static str, takes: Takes, about: &'static str) -> Key {
    Key { name, takes, about, needed: true }
}

/// What they are called.
pub(super) const fn names<const N: usize>(keys: &[Key; N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    while at < N {
        names[at] = keys[at].name;
        at += 1;
    }
    names
}

// What can stand in an override as well as at the top.
const STYLE: Key = key("style", Takes::Style, "The house style. “none” turns every built-in rule off.");
const DATELINE: Key = key(
    "dateline",
    Takes::Dateline,
    "The house's datelines, if they are not those of its style: one as it should look, or the name of a form.",
);
const DATE: Key =
    key("date", Takes::Day, "The publication date of drafts that give none in their front matter: 2025-12-11.");
const HEADLINE_LENGTH: Key =
    key("headline-length", Takes::Number, "Most characters of a headline. 0 is any number of them.");
pub(super) const LEVELS: Key = key("levels", Takes::Levels, "How loud a rule, or a whole family of rules, is.");

/// The whole file.
pub(super) const TOP: [Key; 17] = [
    key(
        "extends",
        Takes::TextOrTexts,
        "What this file is laid over: a file like it, or several, of which the last counts most.",
    ),
    STYLE,
    DATELINE,
    DATE,
    HEADLINE_LENGTH,
    LEVELS,
    key("overrides", Takes::Tables(&OVERRIDE), "Settings for some drafts. Of several that fit one, the last wins."),
    key("terms", Takes::Terms, "Terms that the house writes its own way: what it does not write, and what it does."),
    key("word-list", Takes::TextOrTexts, "More terms, as a table (CSV) whose first line is wrong,right,why."),
    key("acronyms", Takes::Table(&ACRONYMS), "Acronyms that the house treats otherwise than its style."),
    key("titles", Takes::Titles, "The house's wording of offices."),
    key("offices", Takes::Tables(&OFFICE), "Offices of the house's own."),
    key("people", Takes::People, "People whom the house writes about: names as it spells them, or more of each."),
    key(
        "roster",
        Takes::TextOrTexts,
        "More people, as a table (CSV) whose first line is name,title,from,to,spelling,not, or in TOML.",
    ),
    key("baseline", Takes::Text, "The file of what stands although a rule speaks against it."),
    key("vale", Takes::Table(&VALE), "Styles that are written for Vale."),
    key("rules", Takes::TextOrTexts, "The folder of the house's own rules, one file each."),
];

/// A table under `[[overrides]]`.
pub(super) const OVERRIDE: [Key; 6] = [
    needed("paths", Takes::Texts, "The drafts: patterns such as “wire/**”, without those after a “!”."),
    STYLE,
    DATELINE,
    DATE,
    HEADLINE_LENGTH,
    LEVELS,
];

/// A term with a reason.
pub(super) const TERM: [Key; 2] =
    [needed("use", Takes::Text, "What the house writes."), key("why", Takes::Text, "Why; it stands in the message.")];

/// `[acronyms]`.
pub(super) const ACRONYMS: [Key; 2] = [
    key("known", Takes::Texts, "Those that the house's readers know without the full name."),
    key("explain", Takes::Texts, "Those that they don't, although most readers do."),
];

/// A table under `[[offices]]`.
pub(super) const OFFICE: [Key; 4] = [
    needed("id", Takes::Text, "What it is called here."),
    needed(
        "wordings",
        Takes::Wordings,
        "Its wordings. Those in one inner list say the same, and the house writes those of the first.",
    ),
    key("seat", Takes::Text, "What it takes up: nobody holds two offices of one seat. That of mayors is “public”."),
    key("includes", Takes::Texts, "Offices that go with it, by their ids."),
];

/// A table under `[[people]]`.
pub(super) const PERSON: [Key; 6] = [
    needed("name", Takes::Text, "The name as the house writes it."),
    key("title", Takes::Text, "An office, in any of its wordings."),
    key("from", Takes::Day, "The first day in it."),
    key("to", Takes::Day, "The last day in it."),
    key("spelling", Takes::Text, "How the house writes the name, where the list came from elsewhere."),
    key("not", Takes::TextOrTexts, "Spellings that the house does not write."),
];

/// `[vale]`.
pub(super) const VALE: [Key; 4] = [
    needed("path", Takes::Text, "The folder with a folder for each style."),
    key("styles", Takes::Texts, "The styles."),
    key("vocabularies", Takes::Texts, "The vocabularies in config/vocabularies of that folder."),
    key("every", Takes::Flag, "Whether every alert is told, and not only those that Vale tells."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read;

    /// Whether the reader, given the wrong thing for each of these, says so.
    fn all_are_read(keys: &[Key], with: impl Fn(&str) -> String) {
        for key in keys {
            let text = with(key.name);
            let mistakes = read(&text).1;
            assert!(mistakes.iter().any(|mistake| mistake.message.contains("This must be")), "{text}: {mistakes:?}");
        }
    }

    #[test]
    fn every_setting_is_read() {
        let wrong = |key: &str| match key {
            "overrides" | "offices" | "people" => "[1]",
            "headline-length" => "true",
            _ => "1",
        };
        all_are_read(&TOP, |key| format!("{key} = {}", wrong(key)));
        all_are_read(&OVERRIDE[1..], |key| format!("[[overrides]]\npaths = [\"a\"]\n{key} = {}", wrong(key)));
        all_are_read(&OVERRIDE[..1], |key| format!("[[overrides]]\n{key} = [1]"));
        all_are_read(&TERM, |key| format!("[terms]\na = {{ {key} = 1 }}"));
        all_are_read(&ACRONYMS, |key| format!("[acronyms]\n{key} = [1]"));
        all_are_read(&OFFICE, |key| format!("[[offices]]\n{key} = 1"));
        all_are_read(&PERSON, |key| format!("[[people]]\n{key} = 1"));
        all_are_read(&VALE, |key| format!("[vale]\n{key} = 1"));
    }

    #[test]
    fn what_is_no_setting_is_told() {
        for table in ["", "[[overrides]]\n", "[acronyms]\n", "[[offices]]\n", "[[people]]\n", "[vale]\n"] {
            let mistakes = read(&format!("{table}colour = 1")).1;
            assert!(mistakes.iter().any(|mistake| mistake.message.contains("is called “colour”")), "{mistakes:?}");
        }
    }
}
