//! What the server answers: one line or two a message, the rest is in the feature's own file.

use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams, CompletionResponse,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentHighlight, DocumentHighlightParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams,
    FileEvent, FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams,
    InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, LSPAny, Location, MessageType,
    PrepareRenameResponse, ReferenceParams, RenameParams, SemanticTokensDeltaParams, SemanticTokensFullDeltaResult,
    SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, ServerInfo,
    SetTraceParams, TextDocumentPositionParams, Uri, WorkDoneProgressCancelParams, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReportResult, WorkspaceEdit,
};

use super::capabilities::Abilities;
use super::session::{Kind, Session};
use super::sources::{Sources, SourcesParams};
use super::{
    code_action, commands, completion, convert, diagnostics, folding, housekeeping, hover, inlay_hints, references,
    rename, semantic_tokens, sources, symbols, workspace,
};

/// The session, as `tower-lsp` calls it.
pub(super) struct Handlers(pub Arc<Session>);

impl LanguageServer for Handlers {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let abilities = Abilities::of(&params);
        self.0.configuration.begin(&params);
        self.0.set_trace(params.trace.unwrap_or_default());
        self.0.begin(abilities, params.process_id.filter(|process| super::running(*process)));
        if let Some(options) = params.initialization_options.filter(|options| !options.is_null()) {
            housekeeping::accept(&self.0, &options);
        }
        let capabilities = self.0.abilities().offer(self.0.configuration.editor().whole_folder);
        let version = Some(env!("CARGO_PKG_VERSION").into());
        let server_info = Some(ServerInfo { name: "copydesk".into(), version });
        Ok(InitializeResult { capabilities, server_info, ..InitializeResult::default() })
    }

    async fn initialized(&self, _: InitializedParams) {
        housekeeping::begin(&self.0);
    }

    async fn shutdown(&self) -> Result<()> {
        self.0.close_up();
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let uri = params.text_document.uri.clone();
        self.0.open(params.text_document);
        housekeeping::edited(&self.0, uri);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        if self.0.change(&document.uri, document.version, &params.content_changes) {
            housekeeping::edited(&self.0, document.uri);
        } else {
            self.complain("changed", &document.uri).await;
        }
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        // Without a watch on the files, a save is the occasion to look at them again.
        if self.is_configuration(&params.text_document.uri) || !self.0.abilities().watches {
            housekeeping::files_changed(&self.0);
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        if !self.0.close(&uri) {
            return self.complain("closed", &uri).await;
        }
        diagnostics::closed(&self.0, uri.clone());
        if self.0.configuration.editor().whole_folder {
            self.0.folder.closed(uri.clone());
        }
        if self.is_configuration(&uri) {
            // From now on it is the file that counts, not what was typed and thrown away.
            housekeeping::files_changed(&self.0);
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.0.abilities().configuration {
            housekeeping::ask(&self.0);
        } else if !params.settings.is_null() {
            housekeeping::accept(&self.0, &params.settings);
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let is_draft = |change: &FileEvent| workspace::is_draft(&self.0, &change.uri);
        // A client that does not say what has changed may mean anything.
        if !params.changes.is_empty() && params.changes.iter().all(is_draft) {
            self.0.drafts_changed();
        } else {
            housekeeping::files_changed(&self.0);
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.0.configuration.move_to(&params.event);
        housekeeping::files_changed(&self.0);
        // A folder may come with settings of its own.
        housekeeping::ask(&self.0);
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        workspace::pull(&self.0, params).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        code_action::actions(&self.0, params).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        code_action::resolve(&self.0, action).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        commands::execute(&self.0, params).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        hover::hover(&self.0, params).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        symbols::symbols(&self.0, params).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        completion::completions(&self.0, params).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        folding::folds(&self.0, params).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        semantic_tokens::tokens(&self.0, params).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        semantic_tokens::changes(&self.0, params).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        semantic_tokens::tokens_in(&self.0, params).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        inlay_hints::hints(&self.0, params).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        sources::lenses(&self.0, params).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        references::definition(&self.0, params).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        references::references(&self.0, params).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        references::highlights(&self.0, params).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        rename::prepare(&self.0, params).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        rename::rename(&self.0, params).await
    }
}

impl Handlers {
    /// Answers [`sources::METHOD`].
    pub(super) async fn sources(&self, params: SourcesParams) -> Result<Option<Sources>> {
        sources::sources(&self.0, params).await
    }

    /// The client wants to hear more or less of what is done.
    pub(super) async fn set_trace(&self, params: SetTraceParams) {
        self.0.set_trace(params.value);
    }

    /// The user cancels what the server is at.
    pub(super) async fn cancel(&self, params: WorkDoneProgressCancelParams) {
        self.0.cancel(&params.token);
    }

    /// Whether drafts are checked by what the document says: it is the house's configuration, its roster, a rule or its
    /// baseline.
    fn is_configuration(&self, uri: &Uri) -> bool {
        let configuration = &self.0.configuration;
        let is_named = |path: PathBuf| {
            configuration.is_sheet(&path)
                || configuration.is_extended(&path)
                || configuration.rules_at(&path).is_some()
                || configuration.baseline_at(&path).is_some()
        };
        convert::kind(uri, "") == Kind::Configuration || convert::path(uri).is_some_and(is_named)
    }

    /// A notification that can't be acted on has no answer, so the client's log gets it.
    async fn complain(&self, done: &str, uri: &Uri) {
        let message = format!("A document was {done} that is not open: {}", uri.as_str());
        tracing::warn!("{message}");
        self.0.client.log_message(MessageType::WARNING, message).await;
    }
}
