//! What the client can do, and what the server offers it for that.

use serde_json::Value;
use tower_lsp::ls_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions, DiagnosticOptions,
    DiagnosticServerCapabilities, ExecuteCommandOptions, HoverProviderCapability, InitializeParams, MarkupKind, OneOf,
    PositionEncodingKind, RenameOptions, ResourceOperationKind, SaveOptions, ServerCapabilities, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use super::code_action::FIX_ALL;
use super::{commands, convert, semantic_tokens};
use crate::text::Encoding;

/// What the client can do, as far as it makes a difference here.
#[derive(Clone, Debug)]
pub(super) struct Abilities {
    /// How columns are counted.
    pub encoding: Encoding,
    /// Diagnostics are asked for, and asked for again when we say so. Else they are pushed.
    pub pulls: bool,
    /// A diagnostic may name other places.
    pub related: bool,
    /// A diagnostic's `data` comes back with a request for code actions.
    pub data: bool,
    /// A code action's edit may be asked for when it is chosen.
    pub resolves: bool,
    /// An action that can't be taken may be shown, with why.
    pub disables: bool,
    /// An edit may say which version of the document it is for.
    pub versioned_edits: bool,
    /// An edit may make a file.
    pub creates: bool,
    /// Edits that a rename makes may be marked as ones that the user has to confirm.
    pub annotates: bool,
    /// What is to be renamed is asked for first.
    pub prepares: bool,
    /// It has a command that shows the sources of a draft.
    pub shows_sources: bool,
    /// Hover in Markdown; else in plain text.
    pub markdown: bool,
    /// The outline may be a tree; else it is a list.
    pub outlines: bool,
    /// Shows how far the server is with what it does of its own accord.
    pub shows_progress: bool,
    /// Files are watched for us if we register.
    pub watches: bool,
    /// So are those outside the client's folders.
    pub watches_anywhere: bool,
    /// Asks for semantic tokens again when it is told to.
    pub refreshes_tokens: bool,
    /// Asks for inlay hints again when it is told to.
    pub refreshes_hints: bool,
    /// Configuration is asked for.
    pub configuration: bool,
    /// Changes of configuration are told if we register.
    pub registers_configuration: bool,
}

impl Abilities {
    /// A client that can do nothing but the least.
    pub const NONE: Self = Self {
        encoding: Encoding::Utf16,
        pulls: false,
        related: false,
        data: false,
        resolves: false,
        disables: false,
        versioned_edits: false,
        creates: false,
        annotates: false,
        prepares: false,
        shows_sources: false,
        markdown: false,
        outlines: false,
        shows_progress: false,
        watches: false,
        watches_anywhere: false,
        refreshes_tokens: false,
        refreshes_hints: false,
        configuration: false,
        registers_configuration: false,
    };

    /// Reads what the client says of itself.
    pub fn of(params: &InitializeParams) -> Self {
        let ClientCapabilities { workspace, text_document, window, general, experimental, .. } = &params.capabilities;
        let workspace = workspace.as_ref();
        let document = text_document.as_ref();
        let action = document.and_then(|it| it.code_action.as_ref());
        let published = document.and_then(|it| it.publish_diagnostics.as_ref());
        let pulled = document.and_then(|it| it.diagnostic.as_ref());
        let hover = document.and_then(|it| it.hover.as_ref()).and_then(|it| it.content_format.as_ref());
        let symbols = document.and_then(|it| it.document_symbol.as_ref());
        let refreshes = workspace.and_then(|it| it.diagnostics.as_ref()).and_then(|it| it.refresh_support);
        let resolved = action.and_then(|it| it.resolve_support.as_ref());
        let edits = workspace.and_then(|it| it.workspace_edit.as_ref());
        let versioned_edits = edits.and_then(|it| it.document_changes) == Some(true);
        let rename = document.and_then(|it| it.rename.as_ref());
        let pulls = pulled.is_some() && refreshes == Some(true);
        Self {
            encoding: encoding(general.as_ref().and_then(|it| it.position_encodings.as_deref()).unwrap_or_default()),
            pulls,
            related: published.and_then(|it| it.related_information) == Some(true)
                || pulls && pulled.and_then(|it| it.related_information) == Some(true),
            data: published.and_then(|it| it.data_support) == Some(true)
                || pulls && pulled.and_then(|it| it.data_support) == Some(true),
            resolves: action.and_then(|it| it.data_support) == Some(true)
                && resolved.is_some_and(|it| it.properties.iter().any(|property| property == "edit")),
            disables: action.and_then(|it| it.disabled_support) == Some(true),
            versioned_edits,
            creates: versioned_edits
                && edits
                    .and_then(|it| it.resource_operations.as_ref())
                    .is_some_and(|kinds| kinds.contains(&ResourceOperationKind::Create)),
            annotates: versioned_edits
                && edits.is_some_and(|it| it.change_annotation_support.is_some())
                && rename.and_then(|it| it.honors_change_annotations) == Some(true),
            prepares: rename.and_then(|it| it.prepare_support) == Some(true),
            shows_sources: experimental.as_ref().and_then(|it| it.pointer("/copydesk/showSources"))
                == Some(&Value::Bool(true)),
            // The order is the client's preference. A client that names no format gets Markdown, as most show it.
            markdown: hover.and_then(|formats| formats.first()).is_none_or(|format| *format == MarkupKind::Markdown),
            outlines: symbols.and_then(|it| it.hierarchical_document_symbol_support) == Some(true),
            shows_progress: window.as_ref().and_then(|it| it.work_done_progress) == Some(true),
            watches: workspace.and_then(|it| it.did_change_watched_files).and_then(|it| it.dynamic_registration)
                == Some(true),
            watches_anywhere: workspace
                .and_then(|it| it.did_change_watched_files)
                .and_then(|it| it.relative_pattern_support)
                == Some(true),
            refreshes_tokens: workspace.and_then(|it| it.semantic_tokens.as_ref()).and_then(|it| it.refresh_support)
                == Some(true),
            refreshes_hints: workspace.and_then(|it| it.inlay_hint.as_ref()).and_then(|it| it.refresh_support)
                == Some(true),
            configuration: workspace.and_then(|it| it.configuration) == Some(true),
            registers_configuration: workspace
                .and_then(|it| it.did_change_configuration)
                .and_then(|it| it.dynamic_registration)
                == Some(true),
        }
    }

    /// What the server offers such a client. A client that may ask for the whole folder leaves it to the answers to take
    /// back what was found in a document that is closed: that is for who wants it only.
    pub fn offer(&self, whole_folder: bool) -> ServerCapabilities {
        ServerCapabilities {
            position_encoding: Some(convert::encoding(self.encoding)),
            text_document_sync: Some(
                TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::INCREMENTAL),
                    save: Some(SaveOptions { include_text: Some(false) }.into()),
                    ..TextDocumentSyncOptions::default()
                }
                .into(),
            ),
            diagnostic_provider: self.pulls.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("copydesk".into()),
                    inter_file_dependencies: false,
                    workspace_diagnostics: whole_folder,
                    ..DiagnosticOptions::default()
                })
            }),
            code_action_provider: Some(
                CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
                    resolve_provider: Some(self.resolves),
                    ..CodeActionOptions::default()
                }
                .into(),
            ),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: commands::ALL.map(Into::into).into(),
                work_done_progress_options: WorkDoneProgressOptions { work_done_progress: Some(true) },
            }),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            completion_provider: Some(CompletionOptions::default()),
            folding_range_provider: Some(true.into()),
            semantic_tokens_provider: Some(semantic_tokens::offer().into()),
            inlay_hint_provider: Some(OneOf::Left(true)),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            rename_provider: Some(if self.prepares {
                OneOf::Right(RenameOptions {
                    prepare_provider: Some(true),
                    work_done_progress_options: WorkDoneProgressOptions::default(),
                })
            } else {
                OneOf::Left(true)
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                ..WorkspaceServerCapabilities::default()
            }),
            ..ServerCapabilities::default()
        }
    }
}

/// How columns are counted: in bytes if the client can, because that is how our own offsets count, and a column is
/// then had without reading the line; else in UTF-16, which every client knows; UTF-32 only for a client that
/// names nothing else.
fn encoding(offered: &[PositionEncodingKind]) -> Encoding {
    [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]
        .into_iter()
        .find(|encoding| offered.contains(&convert::encoding(*encoding)))
        .unwrap_or_default()
}
