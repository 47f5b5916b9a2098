//! Quick fixes, and all safe fixes at once.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CodeAction, CodeActionDisabled, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command,
    Uri, WorkspaceEdit,
};

use super::analysis::{self, Report};
use super::session::Session;
use super::silence::{self, Silence};
use super::{commands, fix_all};
use crate::diagnostic::Diagnostic;
use crate::fix::{Applicability, Fix};
use crate::text::Span;

/// The rule whose acronyms a house may add to its own.
const UNDEFINED: &str = "acronyms/undefined";

/// All safe fixes of a document.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.copydesk");

/// Which edit an action stands for, where the client asks for it when the action is chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Choice {
    uri: Uri,
    generation: u64,
    of: Of,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Of {
    /// A fix of a diagnostic, both by index.
    Fix { diagnostic: usize, fix: usize },
    /// All safe fixes.
    All,
    /// None: a command makes it, which the action has.
    Command,
    /// What silences a diagnostic, by index.
    Silence { diagnostic: usize, way: Silence },
}

/// The actions at a range: the fixes of what is reported there, and all safe fixes.
pub(super) async fn actions(session: &Arc<Session>, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
    let report = analysis::report(session, &params.text_document.uri).await?;
    let only = params.context.only.as_deref();
    let wanted = |kind: &CodeActionKind, unasked: bool| {
        only.map_or(unasked, |only| only.iter().any(|wanted| within(kind, wanted)))
    };
    let mut actions = Vec::new();
    let span = report.places(session).span(params.range);
    if wanted(&CodeActionKind::QUICKFIX, true) {
        actions.extend(quick_fixes(session, &report, span));
    }
    let safe = |found: &Diagnostic| found.fixes.iter().any(is_safe);
    // What all safe fixes make is known only after several checks: too much for each move of the cursor.
    if wanted(&FIX_ALL, session.abilities().resolves) && report.diagnostics.iter().any(safe) {
        let title = "Make all safe fixes".into();
        actions.push((CodeAction { title, kind: Some(FIX_ALL), ..CodeAction::default() }, Of::All));
    }
    if let Some(none) = nothing_to_fix(session, only, &report) {
        return Ok(Some(vec![CodeActionOrCommand::CodeAction(none)]));
    }
    if wanted(&CodeActionKind::QUICKFIX, true) {
        actions.extend(adding(session, &report, span));
        actions.extend(silencing(session, &report, span));
    }
    let mut response = Vec::with_capacity(actions.len());
    for (mut action, of) in actions {
        match of {
            Of::Command => {}
            of if session.abilities().resolves => {
                let choice = Choice { uri: report.uri.clone(), generation: report.generation, of };
                action.data = serde_json::to_value(choice).ok();
            }
            of => {
                action.edit = edit(session, &report, of).await?;
                // No comment can stand everywhere.
                if action.edit.is_none() {
                    continue;
                }
            }
        }
        response.push(CodeActionOrCommand::CodeAction(action));
    }
    Ok(Some(response))
}

/// Why not all safe fixes can be made, to whoever asks for them and nothing else.
fn nothing_to_fix(session: &Session, only: Option<&[CodeActionKind]>, report: &Report) -> Option<CodeAction> {
    let asked = only.is_some_and(|only| !only.is_empty() && only.iter().all(|wanted| within(&FIX_ALL, wanted)));
    let safe = report.diagnostics.iter().any(|found| found.fixes.iter().any(is_safe));
    (asked && !safe && session.abilities().disables).then(|| CodeAction {
        title: "Make all safe fixes".into(),
        kind: Some(FIX_ALL),
        disabled: Some(CodeActionDisabled { reason: "Nothing in this draft can be mended unseen.".into() }),
        ..CodeAction::default()
    })
}

/// Whether `kind` is `wanted` or a kind of it: kinds are dotted, and the empty one is them all.
fn within(kind: &CodeActionKind, wanted: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(wanted.as_str());
    wanted.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn is_safe(fix: &Fix) -> bool {
    fix.applicability == Applicability::Safe
}

/// The diagnostics that `span` touches, with their indices.
fn touched(report: &Report, span: Span) -> impl Iterator<Item = (usize, &Diagnostic)> {
    let all = report.diagnostics.iter().enumerate();
    all.filter(move |(_, found)| found.span.start <= span.end && span.start <= found.span.end)
}

/// What adds to the house's words that `span` touches: with a command, as it is the house's file that changes.
fn adding(session: &Session, report: &Report, span: Span) -> Vec<(CodeAction, Of)> {
    let text = report.document.text();
    let acronyms = touched(report, span).filter(|(_, found)| found.rule == UNDEFINED);
    let actions = acronyms.map(|(index, found)| {
        let acronym = found.span.of(&text);
        let title = format!("Add “{acronym}” to the acronyms that the house’s readers know");
        let argument = json!({"textDocument": {"uri": report.uri}, "acronym": acronym});
        let action = CodeAction {
            command: Some(Command::new(title.clone(), commands::ADD_ACRONYM.into(), Some(vec![argument]))),
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![report.item(session, index)]),
            is_preferred: Some(false),
            ..CodeAction::default()
        };
        (action, Of::Command)
    });
    actions.collect()
}

/// What silences the diagnostics that `span` touches: the last thing to do about them.
fn silencing(session: &Session, report: &Report, span: Span) -> Vec<(CodeAction, Of)> {
    let found: Vec<usize> = touched(report, span).map(|(index, _)| index).collect();
    let ways = silence::ways(session, report, &found).into_iter().map(|(diagnostic, way, title)| {
        let action = CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![report.item(session, diagnostic)]),
            is_preferred: Some(false),
            ..CodeAction::default()
        };
        (action, Of::Silence { diagnostic, way })
    });
    ways.collect()
}

/// The fixes of the diagnostics that `span` touches. The first safe fix of a diagnostic is the preferred one.
fn quick_fixes(session: &Session, report: &Report, span: Span) -> Vec<(CodeAction, Of)> {
    let mut actions = Vec::new();
    for (diagnostic, found) in touched(report, span) {
        let preferred = found.fixes.iter().position(is_safe);
        for (fix, made) in found.fixes.iter().enumerate() {
            let action = CodeAction {
                title: made.title.clone(),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![report.item(session, diagnostic)]),
                is_preferred: Some(preferred == Some(fix)),
                ..CodeAction::default()
            };
            actions.push((action, Of::Fix { diagnostic, fix }));
        }
    }
    actions
}

/// The client chose an action: fills in its edit, unless it is a command that makes it.
pub(super) async fn resolve(session: &Arc<Session>, mut action: CodeAction) -> Result<CodeAction> {
    if action.command.is_some() {
        return Ok(action);
    }
    let data = action.data.clone().unwrap_or_default();
    let choice: Choice =
        serde_json::from_value(data).map_err(|_| Error::invalid_params("This action is none of Copydesk's."))?;
    let report = analysis::report(session, &choice.uri).await?;
    if report.generation != choice.generation {
        return Err(Error::content_modified());
    }
    let nowhere =
        || Error::invalid_params("No comment can stand there without changing the copy. Ignore the rule in the file.");
    action.edit = Some(edit(session, &report, choice.of).await?.ok_or_else(nowhere)?);
    Ok(action)
}

/// The edit that an action stands for; `None` where nothing can be written that silences.
async fn edit(session: &Arc<Session>, report: &Arc<Report>, of: Of) -> Result<Option<WorkspaceEdit>> {
    let places = report.places(session);
    match of {
        Of::Command => Ok(None),
        Of::Fix { diagnostic, fix } => {
            let fix = report.diagnostics.get(diagnostic).and_then(|found| found.fixes.get(fix));
            let fix = fix.ok_or_else(|| Error::invalid_params("There is no such fix."))?;
            Ok(Some(places.workspace_edit(&fix.edits, report.version)))
        }
        Of::All => Ok(Some(places.workspace_edit(&fix_all::edits(session, report).await?, report.version))),
        Of::Silence { diagnostic, way } => {
            let found = report.diagnostics.get(diagnostic);
            let found = found.ok_or_else(|| Error::invalid_params("There is no such diagnostic."))?;
            Ok(silence::edit(session, report, found, way))
        }
    }
}
