//! Hover: the page of the rule that speaks under the pointer.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::analysis;
use super::convert;
use super::session::Session;
use crate::rules;

/// The pages of the rules that speak of the words at a position, without their examples.
pub(super) async fn hover(session: &Arc<Session>, params: HoverParams) -> Result<Option<Hover>> {
    let at = params.text_document_position_params;
    let report = analysis::report(session, &at.text_document.uri).await?;
    let places = report.places(session);
    let offset = places.offset(at.position);
    let mut here = report.diagnostics.iter().filter(|found| found.span.start <= offset && offset <= found.span.end);
    let Some(first) = here.next() else { return Ok(None) };
    let mut names = vec![first.rule];
    for found in here {
        if !names.contains(&found.rule) {
            names.push(found.rule);
        }
    }
    let markdown = session.abilities().markdown;
    let pages: Vec<String> = names.into_iter().filter_map(|name| page(name, markdown)).collect();
    if pages.is_empty() {
        return Ok(None);
    }
    let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let contents = HoverContents::Markup(MarkupContent { kind, value: pages.join("\n\n") });
    Ok(Some(Hover { contents, range: Some(places.range(first.span)) }))
}

/// A rule's page for hover, which has no room for the examples: they are a link away.
fn page(rule: &str, markdown: bool) -> Option<String> {
    let page = rules::find(rule)?.page;
    let href = convert::href(rule)?;
    let mut kept = String::new();
    let mut examples = false;
    for line in page.lines() {
        if line.starts_with("## ") {
            examples = line == "## Examples";
        }
        if !examples {
            // Plain text needs no marks before a heading.
            kept.push_str(if markdown { line } else { line.trim_start_matches('#').trim_start() });
            kept.push('\n');
        }
    }
    let link = if markdown { format!("[Examples]({})", href.as_str()) } else { format!("Examples: {}", href.as_str()) };
    Some(format!("{}\n\n{link}", kept.trim_end()))
}
