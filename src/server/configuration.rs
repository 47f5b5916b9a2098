//! How drafts are to be checked: what the editor's settings say, and the house's `copydesk.toml`.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tower_lsp::ls_types::{
    ConfigurationItem, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, MessageType,
    Registration,
};

use super::convert::CONFIGURATION;
use super::diagnostics;
use super::session::Session;
use crate::settings::Settings;
use crate::style::{self, Style};

/// The section of the editor's settings that is ours.
const SECTION: &str = "copydesk";

/// How drafts are to be checked.
#[derive(Default)]
pub(super) struct Configuration {
    /// What the editor's settings say.
    editor: Mutex<Settings>,
}

impl Configuration {
    /// The settings for the draft in that file.
    pub fn settings(&self, _path: Option<&Path>) -> Settings {
        self.editor.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes the editor's settings over; what can't be understood is told and left out.
    pub fn edit(&self, section: &Value) -> Vec<String> {
        let (settings, mistakes) = read(section);
        *self.editor.lock().unwrap_or_else(PoisonError::into_inner) = settings;
        mistakes
    }

    /// What was read from files may have changed there.
    pub fn forget(&self) {}
}

fn read(section: &Value) -> (Settings, Vec<String>) {
    let mut settings = Settings::default();
    let mut mistakes = Vec::new();
    let Some(section) = section.as_object() else { return (settings, mistakes) };
    for (key, value) in section {
        let text = value.as_str().unwrap_or_default();
        match key.as_str() {
            _ if value.is_null() => {}
            "style" => match Style::named(text) {
                Some(style) => settings.style = style,
                None => mistakes.push(format!("copydesk.style: there is no style {value}.")),
            },
            "date" => match text.parse() {
                Ok(date) => settings.date = Some(date),
                Err(_) => mistakes.push(format!("copydesk.date: {value} is no date; write 2025-12-11.")),
            },
            "levels" => {
                for (rule, level) in value.as_object().into_iter().flatten() {
                    match style::level(level.as_str().unwrap_or_default()) {
                        Some(level) => _ = settings.levels.insert(rule.clone(), level),
                        None => mistakes.push(format!("copydesk.levels: {rule} can't be set to {level}.")),
                    }
                }
            }
            _ => {}
        }
    }
    (settings, mistakes)
}

/// Takes over settings that the client sent along: the section itself, or an object that holds it.
pub(super) fn accept(session: &Arc<Session>, settings: &Value) {
    let mistakes = session.configuration.edit(settings.get(SECTION).unwrap_or(settings));
    let client = session.client.clone();
    if !mistakes.is_empty() {
        tokio::spawn(async move { client.show_message(MessageType::WARNING, mistakes.join("\n")).await });
    }
}

/// The client is ready: asks to be told of changes to the configuration, and asks for the editor's settings.
pub(super) fn begin(session: &Arc<Session>) {
    let abilities = session.abilities();
    let mut registrations = Vec::new();
    if abilities.watches {
        let glob_pattern = GlobPattern::String(format!("**/{CONFIGURATION}"));
        let options =
            DidChangeWatchedFilesRegistrationOptions { watchers: vec![FileSystemWatcher { glob_pattern, kind: None }] };
        registrations.push(Registration {
            id: "watch-configuration".into(),
            method: "workspace/didChangeWatchedFiles".into(),
            register_options: serde_json::to_value(options).ok(),
        });
    }
    if abilities.registers_configuration {
        registrations.push(Registration {
            id: "configuration".into(),
            method: "workspace/didChangeConfiguration".into(),
            register_options: Some(serde_json::json!({"section": SECTION})),
        });
    }
    if !registrations.is_empty() {
        let client = session.client.clone();
        tokio::spawn(async move {
            if let Err(error) = client.register_capability(registrations).await {
                tracing::warn!("the client won't tell of changes to the configuration: {error}");
            }
        });
    }
    ask(session);
}

/// Asks for the editor's settings, if the client can be asked, and checks anew if there are any.
pub(super) fn ask(session: &Arc<Session>) {
    if !session.abilities().configuration {
        return;
    }
    let session = Arc::clone(session);
    tokio::spawn(async move {
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.into()) };
        match session.client.configuration(vec![item]).await {
            Ok(sections) => {
                // Null is no answer: what came with `initialize` stays.
                if let Some(section) = sections.first().filter(|section| !section.is_null()) {
                    accept(&session, section);
                    diagnostics::all_changed(&session);
                }
            }
            Err(error) => tracing::warn!("the client does not tell its settings: {error}"),
        }
    });
}

/// Files of the configuration were changed: reads them again when they are next needed, and checks anew.
pub(super) fn files_changed(session: &Arc<Session>) {
    session.configuration.forget();
    diagnostics::all_changed(session);
}
