//! The language server: `copydesk server`.
//!
//! `transport` moves messages and runs handlers, `handlers` names what the server answers, `session` owns all state,
//! `analysis` checks a document off the server's thread, `convert` is where LSP's types meet ours; the rest is a file
//! a feature. Nothing else in the house knows LSP or an async runtime.
//!
//! Three rules keep it honest. A handler changes the session before its first await. It never awaits a request to the
//! client, it spawns it. A check belongs to one generation of a document, and is dropped when there is a newer one.

#![allow(clippy::disallowed_methods)] // Reading files and asking the clock is done here.

mod analysis;
mod capabilities;
mod cast;
mod code_action;
mod commands;
mod completion;
mod configuration;
mod convert;
mod diagnostics;
mod editor;
mod fix_all;
mod folding;
mod handlers;
mod house;
mod housekeeping;
mod hover;
mod inlay_hints;
mod progress;
mod references;
mod rename;
mod semantic_tokens;
mod session;
mod silence;
mod sources;
mod symbols;
#[cfg(test)]
mod tests;
mod trace;
mod transport;
mod whose_word;
mod workspace;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::LspService;
use tower_lsp::jsonrpc::Request;
use tracing_subscriber::EnvFilter;

use handlers::Handlers;
use session::Session;

/// How often a server looks whether the editor that started it is still there.
const PARENT_WATCH: Duration = Duration::from_secs(2);

/// Serves one client over standard input and output. What the server has to say for itself goes to standard error, as
/// `COPYDESK_LOG` asks (`copydesk=trace` for every message; warnings without it).
///
/// The exit code is 0 if the client asked to shut down before it left, else 1.
pub fn run() -> ExitCode {
    let filter = EnvFilter::try_from_env("COPYDESK_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // A log that is already set up stays as it is.
    _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).try_init();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("the server can't start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let clean = runtime.block_on(serve(tokio::io::stdin(), tokio::io::stdout()));
    // A read of standard input may still be under way, and would be waited for.
    runtime.shutdown_background();
    if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Serves one client; whether it shut down before it left.
async fn serve(input: impl AsyncRead + Unpin, output: impl AsyncWrite + Unpin) -> bool {
    let (bodies, written) = transport::bodies();
    let handlers = |client| Handlers(Arc::new(Session::new(client, bodies)));
    let (service, socket) = LspService::build(handlers)
        .custom_method(sources::METHOD, Handlers::sources)
        .custom_method("window/workDoneProgress/cancel", Handlers::cancel)
        .custom_method("$/setTrace", Handlers::set_trace)
        .finish();
    let session = Arc::clone(&service.inner().0);
    let direct = |request: &Request| diagnostics::answer(&session, request);
    tokio::select! {
        () = transport::serve(input, output, service, socket, direct, written) => session.shut_down(),
        () = orphaned(&session) => false,
    }
}

/// Ends when the process that the client named as its own, and that was seen then, has gone.
async fn orphaned(session: &Session) {
    let parent = session.parent().await;
    while running(parent) {
        tokio::time::sleep(PARENT_WATCH).await;
    }
    tracing::warn!("the editor has gone");
}

/// Whether a process can be seen to run: not where there is no `/proc`, and not from another container. The end of the
/// input tells there that the editor has gone.
fn running(process: u32) -> bool {
    std::path::Path::new("/proc").join(process.to_string()).exists()
}
