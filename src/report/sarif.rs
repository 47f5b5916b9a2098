use serde::Serialize;

use super::Checked;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{self, Words};
use crate::text::Span;

/// How the log ends: with whether the run could do all it was asked to, and why not, and with the tool and its rules.
pub(super) fn close(notices: Vec<Notification>, own: Vec<Descriptor>) -> String {
    let invocation = Invocation { execution_successful: notices.is_empty(), tool_execution_notifications: notices };
    let tool = Tool {
        driver: Driver {
            name: "Copydesk",
            semantic_version: env!("CARGO_PKG_VERSION"),
            rules: rules::built_in()
                .map(|rule| descriptor(rule.name, rule.level, rule.docs().into(), None))
                .chain(own)
                .collect(),
        },
    };
    format!("],\"invocations\":[{}],\"tool\":{}}}]}}\n", super::to_json(&invocation), super::to_json(&tool))
}

/// The notification that the file at `path` could not be read.
pub(super) fn notification(path: &str, why: &str) -> Notification {
    let artifact_location = Uri { uri: uri(path) };
    Notification {
        level: "error",
        message: Message { text: format!("{path}: {why}") },
        locations: [Place { physical_location: Whole { artifact_location } }],
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

/// Something that went wrong in the run itself.
#[derive(Debug, Serialize)]
pub(super) struct Notification {
    level: &'static str,
    message: Message,
    locations: [Place; 1],
}

#[derive(Debug, Serialize)]
struct Message {
    text: String,
}

/// A file as a whole.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    physical_location: Whole,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Whole {
    artifact_location: Uri,
}

#[derive(Debug, Serialize)]
struct Uri {
    uri: String,
}

/// How the log begins; the results follow, separated by commas. Which rules of a house found something is known at the
/// end.
pub(super) const OPEN: &str = "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\
     \"columnKind\":\"unicodeCodePoints\",\"results\":[";

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

/// A rule, as the log describes it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor {
    id: &'static str,
    short_description: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    help: Help,
    default_configuration: Level,
    properties: Tags,
}

#[derive(Debug, Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Debug, Serialize)]
struct Level {
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct Tags {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Result<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
    partial_fingerprints: Fingerprint,
}

#[derive(Serialize)]
struct Fingerprint {
    #[serde(rename = "copydesk/v1")]
    words: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
    physical_location: Physical<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical<'a> {
    artifact_location: Artifact<'a>,
    region: Region<'a>,
}

#[derive(Clone, Copy, Serialize)]
struct Artifact<'a> {
    uri: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    byte_offset: usize,
    byte_length: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: Text<'a>,
    artifact_changes: [Change<'a>; 1],
    properties: FixProperties,
}

#[derive(Serialize)]
struct FixProperties {
    applicability: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact<'a>,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region<'a>,
    inserted_content: Text<'a>,
}

/// One result, and the rule that found it where that is the house's own: its number is given when the log is put together.
#[derive(Debug)]
pub struct Found {
    text: String,
    own: Option<Box<Descriptor>>,
}

/// The file's results.
pub(super) fn write(checked: &Checked<'_>) -> Vec<Found> {
    let uri = uri(checked.path);
    let results = checked.diagnostics.iter().zip(super::fingerprints(checked));
    let results = results.map(|(diagnostic, words)| {
        let result = result(checked, diagnostic, Artifact { uri: &uri }, Fingerprint { words });
        let own = if result.rule_index.is_none() { own(checked.words, diagnostic.rule) } else { None };
        Found { text: super::to_json(&result), own }
    });
    results.collect()
}

/// A rule of the house's own.
fn own(words: Option<&Words>, name: &str) -> Option<Box<Descriptor>> {
    let rule = words?.written(name)?;
    let link = Some(&rule.link).filter(|link| link.starts_with("http"));
    Some(Box::new(descriptor(rule.name, rule.level, rule.page(), link.cloned())))
}

/// The results of a file as they stand in the log, separated by commas. `own` are the rules of houses that have found
/// something so far; they are numbered after the built-in ones.
pub(super) fn join(found: Vec<Found>, own: &mut Vec<Descriptor>) -> String {
    let numbered = found.into_iter().map(|found| {
        let Some(rule) = found.own else { return found.text };
        let index = own.iter().position(|known| known.id == rule.id).unwrap_or_else(|| {
            own.push(*rule);
            own.len() - 1
        });
        found.text.replacen('{', &format!("{{\"ruleIndex\":{},", rules::built_in().count() + index), 1)
    });
    numbered.collect::<Vec<_>>().join(",\n")
}

fn result<'a>(
    checked: &'a Checked<'_>,
    diagnostic: &'a Diagnostic,
    artifact: Artifact<'a>,
    partial_fingerprints: Fingerprint,
) -> Result<'a> {
    let physical = |span: Span| Physical {
        artifact_location: artifact,
        region: Region { snippet: Some(Text { text: span.of(checked.text) }), ..region(checked, span) },
    };
    let related = diagnostic.related.iter().enumerate().map(|(index, related)| Location {
        id: Some(index),
        message: Some(Text { text: &related.message }),
        physical_location: physical(related.span),
    });
    let fixes = diagnostic.fixes.iter().map(|fix| Fix {
        description: Text { text: &fix.title },
        artifact_changes: [Change {
            artifact_location: artifact,
            replacements: fix
                .edits
                .iter()
                .map(|edit| Replacement {
                    deleted_region: region(checked, edit.span),
                    inserted_content: Text { text: &edit.text },
                })
                .collect(),
        }],
        properties: FixProperties { applicability: fix.applicability.name() },
    });
    Result {
        rule_id: diagnostic.rule,
        rule_index: rules::built_in().position(|rule| rule.name == diagnostic.rule),
        level: level(diagnostic.severity),
        message: Text { text: &diagnostic.message },
        locations: [Location { id: None, message: None, physical_location: physical(diagnostic.span) }],
        related_locations: related.collect(),
        fixes: fixes.collect(),
        partial_fingerprints,
    }
}

fn region(checked: &Checked<'_>, span: Span) -> Region<'static> {
    let (start, end) = (checked.at(span.start), checked.at(span.end));
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_offset: span.start,
        byte_length: span.len(),
        snippet: None,
    }
}

fn descriptor(id: &'static str, severity: Severity, page: String, help_uri: Option<String>) -> Descriptor {
    let summary = rules::summary(&page);
    Descriptor {
        id,
        short_description: Message { text: summary.into() },
        help_uri,
        help: Help { text: summary.into(), markdown: page },
        default_configuration: Level { level: level(severity) },
        properties: Tags { tags: [rules::family(id)] },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Suggestion => "note",
    }
}

/// The path as a URI reference (RFC 3986): relative to the folder of the run, unless the path is absolute.
fn uri(path: &str) -> String {
    let path = super::relative(path);
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte as char),
            // Where `\` separates folders, no name holds one.
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_paths_as_uri_references() {
        assert_eq!(uri("./drafts/jets over sea.txt"), "drafts/jets%20over%20sea.txt");
        assert_eq!(uri("a:b#c%é.md"), "a%3Ab%23c%25%C3%A9.md");
        assert_eq!(uri("/tmp/x.txt"), "file:///tmp/x.txt");
    }
}
