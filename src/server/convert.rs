//! Where LSP's types meet ours, and nowhere else.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Serialize;
use tower_lsp::ls_types::{self as lsp, DiagnosticSeverity, Location, PositionEncodingKind, Uri};

use super::capabilities::Abilities;
use super::session::Kind;
use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::format::Format;
use crate::rules::{self, Detect, Rule};
use crate::text::{Document, Edit, Encoding, Position, Range, Span};

/// Where a rule's page is on the web, without the rule's name.
const PAGES: &str = "https://github.com/copydesk/copydesk/blob/main/rules/";

pub(super) fn encoding(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

pub(super) fn position(position: lsp::Position) -> Position {
    Position { line: position.line, character: position.character }
}

pub(super) fn range(range: lsp::Range) -> Range {
    Range { start: position(range.start), end: position(range.end) }
}

/// The file behind a URI; none for a document that was never saved.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    file.then(|| uri.to_file_path().map(|path| path.into_owned())).flatten()
}

/// What a document is: the name tells a configuration file, the language a draft's format, and where the client names
/// another language, the name's extension. Clients may send us all TOML and YAML there is so that we see our own.
pub(super) fn kind(uri: &Uri, language: &str) -> Kind {
    let path = uri.path().as_str();
    match language {
        _ if path.rsplit('/').next() == Some(config::FILE) => Kind::Configuration,
        "toml" | "yaml" => Kind::Other,
        "markdown" => Kind::Draft(Format::Markdown),
        "plaintext" => Kind::Draft(Format::Plain),
        "html" => Kind::Draft(Format::Html),
        _ => Kind::Draft(Format::of_path(path)),
    }
}

/// A document's places, in the client's terms.
pub(super) struct Places<'d> {
    pub document: &'d Document,
    pub uri: &'d Uri,
    pub abilities: &'d Abilities,
}

impl Places<'_> {
    /// The range of a span.
    pub fn range(&self, span: Span) -> lsp::Range {
        let Range { start, end } = self.document.range(span, self.abilities.encoding);
        let position = |at: Position| lsp::Position { line: at.line, character: at.character };
        lsp::Range { start: position(start), end: position(end) }
    }

    /// The span of a range.
    pub fn span(&self, range: lsp::Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    /// The offset of a position.
    pub fn offset(&self, at: lsp::Position) -> usize {
        self.document.offset(position(at), self.abilities.encoding)
    }

    /// A diagnostic as the client gets it; `link` leads to more on the rule. Where the client takes no places that relate,
    /// the message has to do.
    pub fn item<'a>(&self, diagnostic: &'a Diagnostic, link: Option<&'a Uri>) -> Item<'a>
    where
        Self: 'a,
    {
        let Abilities { related, data, .. } = *self.abilities;
        let related = diagnostic.related.iter().filter(|_| related).map(|related| RelatedInformation {
            location: Location { uri: self.uri.clone(), range: self.range(related.span) },
            message: &related.message,
        });
        let fixes = diagnostic.fixes.iter().filter(|_| data).map(|fix| FixData {
            title: &fix.title,
            applicability: fix.applicability.name(),
            edits: fix
                .edits
                .iter()
                .map(|edit| EditData { range: self.range(edit.span), new_text: &edit.text })
                .collect(),
        });
        let (related, fixes): (Vec<_>, Vec<_>) = (related.collect(), fixes.collect());
        Item {
            range: self.range(diagnostic.span),
            severity: match diagnostic.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Suggestion => DiagnosticSeverity::INFORMATION,
            },
            code: diagnostic.rule,
            code_description: link.or_else(|| page(diagnostic.rule)).map(|href| Description { href }),
            source: "copydesk",
            message: &diagnostic.message,
            related_information: (!related.is_empty()).then_some(related),
            data: (!fixes.is_empty()).then_some(Data { fixes }),
        }
    }

    /// The same, where the protocol's own type is wanted.
    pub fn diagnostic(&self, diagnostic: &Diagnostic, link: Option<&Uri>) -> lsp::Diagnostic {
        let item = serde_json::to_value(self.item(diagnostic, link));
        item.and_then(serde_json::from_value).unwrap_or_default()
    }

    /// Edits of the document.
    pub fn edits(&self, edits: &[Edit]) -> Vec<lsp::TextEdit> {
        let edits =
            edits.iter().map(|edit| lsp::TextEdit { range: self.range(edit.span), new_text: edit.text.clone() });
        edits.collect()
    }

    /// Edits of the document as the client takes them: for one version of it where the client minds versions.
    pub fn workspace_edit(&self, edits: &[Edit], version: i32) -> lsp::WorkspaceEdit {
        let edits = self.edits(edits);
        if !self.abilities.versioned_edits {
            return lsp::WorkspaceEdit { changes: Some([(self.uri.clone(), edits)].into()), ..Default::default() };
        }
        self.versioned(edits.into_iter().map(lsp::OneOf::Left).collect(), version)
    }

    /// As [`workspace_edit`](Self::workspace_edit), with edits that the user has to confirm: for clients that can ask.
    pub fn annotated_edit(&self, edits: &[Edit], noted: &[(Edit, Note)], version: i32) -> lsp::WorkspaceEdit {
        if noted.is_empty() {
            return self.workspace_edit(edits, version);
        }
        let mut annotations = HashMap::new();
        let mut changes: Vec<_> = self.edits(edits).into_iter().map(lsp::OneOf::Left).collect();
        for (edit, note) in noted {
            let text_edit = lsp::TextEdit { range: self.range(edit.span), new_text: edit.text.clone() };
            changes.push(lsp::OneOf::Right(lsp::AnnotatedTextEdit { text_edit, annotation_id: note.id.into() }));
            annotations.entry(note.id.to_owned()).or_insert_with(|| lsp::ChangeAnnotation {
                label: note.label.into(),
                needs_confirmation: Some(true),
                description: Some(note.description.into()),
            });
        }
        lsp::WorkspaceEdit { change_annotations: Some(annotations), ..self.versioned(changes, version) }
    }

    fn versioned(
        &self,
        edits: Vec<lsp::OneOf<lsp::TextEdit, lsp::AnnotatedTextEdit>>,
        version: i32,
    ) -> lsp::WorkspaceEdit {
        let text_document =
            lsp::OptionalVersionedTextDocumentIdentifier { uri: self.uri.clone(), version: Some(version) };
        let changes = vec![lsp::TextDocumentEdit { text_document, edits }];
        lsp::WorkspaceEdit { document_changes: Some(lsp::DocumentChanges::Edits(changes)), ..Default::default() }
    }
}

/// A diagnostic in LSP's terms. A long draft's take a megabyte and more at each keystroke, so nothing is copied into it that
/// can be written down from where it is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item<'a> {
    range: lsp::Range,
    severity: DiagnosticSeverity,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<Description<'a>>,
    source: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    related_information: Option<Vec<RelatedInformation<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data<'a>>,
}

#[derive(Serialize)]
struct Description<'a> {
    href: &'a Uri,
}

#[derive(Serialize)]
struct RelatedInformation<'a> {
    location: Location,
    message: &'a str,
}

/// What comes back with a request for code actions.
#[derive(Serialize)]
struct Data<'a> {
    fixes: Vec<FixData<'a>>,
}

#[derive(Serialize)]
struct FixData<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<EditData<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EditData<'a> {
    range: lsp::Range,
    new_text: &'a str,
}

/// What an edit is marked with that the user has to confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub id: &'static str,
    pub label: &'static str,
    pub description: &'static str,
}

/// Where a built-in rule's page is on the web.
pub(super) fn page(rule: &str) -> Option<&'static Uri> {
    // Every diagnostic names its page, and reading an address takes longer than writing it.
    static KNOWN: LazyLock<FxHashMap<&'static str, Uri>> = LazyLock::new(|| {
        let page = |Rule { name, detect, .. }: &Rule| {
            let file = match detect {
                Detect::Words(_) => format!("{PAGES}styles/{name}.yml"),
                _ => format!("{PAGES}{name}.md"),
            };
            Some((*name, file.parse().ok()?))
        };
        rules::built_in().filter_map(page).collect()
    });
    KNOWN.get(rule)
}
