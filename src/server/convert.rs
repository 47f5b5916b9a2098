//! Where LSP's types meet ours, and nowhere else.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use tower_lsp::ls_types::{
    self as lsp, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    PositionEncodingKind, Uri,
};

use super::capabilities::Abilities;
use super::session::Kind;
use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fix::Fix;
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

    /// A diagnostic. Where the client takes no places that relate, the message has to do.
    pub fn diagnostic(&self, diagnostic: &Diagnostic) -> lsp::Diagnostic {
        let related = diagnostic.related.iter().map(|related| DiagnosticRelatedInformation {
            location: Location { uri: self.uri.clone(), range: self.range(related.span) },
            message: related.message.clone(),
        });
        let severity = match diagnostic.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Suggestion => DiagnosticSeverity::INFORMATION,
        };
        lsp::Diagnostic {
            range: self.range(diagnostic.span),
            severity: Some(severity),
            code: Some(NumberOrString::String(diagnostic.rule.into())),
            code_description: page(diagnostic.rule).map(|href| CodeDescription { href }),
            source: Some("copydesk".into()),
            message: diagnostic.message.clone(),
            related_information: (self.abilities.related && !diagnostic.related.is_empty()).then(|| related.collect()),
            tags: None,
            data: (self.abilities.data && !diagnostic.fixes.is_empty()).then(|| self.data(&diagnostic.fixes)),
        }
    }

    fn data(&self, fixes: &[Fix]) -> Value {
        let fixes = fixes.iter().map(|fix| {
            json!({"title": fix.title, "applicability": fix.applicability.name(), "edits": self.edits(&fix.edits)})
        });
        json!({"fixes": fixes.collect::<Vec<_>>()})
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

/// What an edit is marked with that the user has to confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub id: &'static str,
    pub label: &'static str,
    pub description: &'static str,
}

/// Where a built-in rule's page is on the web.
pub(super) fn page(rule: &str) -> Option<Uri> {
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
    KNOWN.get(rule).cloned()
}
