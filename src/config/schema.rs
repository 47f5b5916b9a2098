//! The JSON Schema of `copydesk.toml`, by which editors complete it: made of the settings that the reader goes by.

use serde_json::{Map, Value, json};

use super::keys::{self, Key, Takes};
use crate::lexicon;
use crate::rules;
use crate::settings::Settings;
use crate::style::{Dateline, Style};
use crate::text::one_line;

/// The schema, with all rules that a check by `settings` knows.
pub fn schema(settings: &Settings) -> Value {
    let mut schema = table(&keys::TOP, settings);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("copydesk.toml");
    schema["description"] = json!("What a house sets for its drafts.");
    schema["definitions"] = json!({"levels": levels(settings)});
    schema
}

/// A table with these settings and no others.
fn table(keys: &[Key], settings: &Settings) -> Value {
    let property = |key: &Key| (key.name.to_string(), about(takes(key.takes, settings), key.about));
    let needed: Vec<&str> = keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
    let mut table = closed(keys.iter().map(property).collect());
    if !needed.is_empty() {
        table["required"] = json!(needed);
    }
    table
}

fn closed(properties: Map<String, Value>) -> Value {
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

fn about(mut schema: Value, about: &str) -> Value {
    schema["description"] = json!(about);
    schema
}

fn takes(takes: Takes, settings: &Settings) -> Value {
    let text = json!({"type": "string", "minLength": 1});
    let day = json!({"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"});
    let list = |of: Value| json!({"type": "array", "items": of});
    let one_or_list = |of: &Value| json!({"anyOf": [of, list(of.clone())]});
    match takes {
        Takes::Text => text,
        Takes::Texts => list(text),
        Takes::Flag => json!({"type": "boolean"}),
        Takes::Number => json!({"type": "integer", "minimum": 0, "maximum": u16::MAX}),
        Takes::Day => day,
        Takes::TextOrTexts => one_or_list(&text),
        Takes::Style => json!({"enum": Style::IDS}),
        Takes::Dateline => json!({"anyOf": [{"enum": Dateline::names().collect::<Vec<_>>()}, text]}),
        Takes::Levels => json!({"$ref": "#/definitions/levels"}),
        Takes::Terms => json!({
            "type": "object",
            "additionalProperties": {"anyOf": [text, table(&keys::TERM, settings)]},
        }),
        Takes::Titles => {
            let bodies = lexicon::bodies().iter().map(|body| &body.id);
            let ids = lexicon::offices().iter().map(|office| &office.id).chain(bodies);
            closed(ids.map(|id| (id.clone(), text.clone())).collect())
        }
        Takes::Wordings => list(one_or_list(&text)),
        Takes::People => list(json!({"anyOf": [text, table(&keys::PERSON, settings)]})),
        Takes::Table(keys) => table(keys, settings),
        Takes::Tables(keys) => list(table(keys, settings)),
    }
}

/// Rules and families, each with the levels that there are; a house has more of them than are known here.
fn levels(settings: &Settings) -> Value {
    let level = json!({"enum": ["off", "suggestion", "warning", "error"]});
    let families = settings.rules().map(|rule| (rule.family().to_string(), level.clone()));
    let described = |name: &str, page: &str| (name.to_string(), about(level.clone(), &one_line(rules::summary(page))));
    let each = settings.rules().map(|rule| described(rule.name, &settings.page(rule)));
    let known: Map<String, Value> = families.chain(each).collect();
    let levels = json!({"type": "object", "properties": known, "additionalProperties": level});
    about(levels, keys::LEVELS.about)
}
