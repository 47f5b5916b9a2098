//! How far the server is with what takes long, for clients that show it; and what is found meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::Serialize;
use tower_lsp::ls_types::notification::{Notification, Progress as ProgressNotification};
use tower_lsp::ls_types::{
    ProgressToken, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport,
};

use super::diagnostics;
use super::session::Session;

/// How long a client has to say that it shows what the server is at. The work begins then without.
const ANSWER: Duration = Duration::from_secs(1);

/// What goes to the client under a token, if there is one.
pub(super) struct Progress<'s> {
    session: &'s Arc<Session>,
    token: Option<ProgressToken>,
    /// Whether the user wants an end of it.
    cancelled: Arc<AtomicBool>,
}

#[derive(Serialize)]
struct Params<'p, V> {
    token: &'p ProgressToken,
    value: &'p V,
}

impl<'s> Progress<'s> {
    /// Under the token that came with a request.
    pub fn of(session: &'s Arc<Session>, token: Option<ProgressToken>) -> Self {
        Self { session, token, cancelled: Arc::default() }
    }

    /// Under the token that came with a request, else under one of our own if the client takes it. The user may cancel it
    /// there.
    pub async fn cancellable(session: &'s Arc<Session>, token: Option<ProgressToken>) -> Self {
        let token = match token {
            None if session.abilities().shows_progress => {
                let token = session.new_token();
                let asked = session.client.create_work_done_progress(token.clone());
                matches!(tokio::time::timeout(ANSWER, asked).await, Ok(Ok(()))).then_some(token)
            }
            token => token,
        };
        let cancelled = token.as_ref().map(|token| session.cancels(token)).unwrap_or_default();
        Self { session, token, cancelled }
    }

    /// Whether the user has cancelled it.
    pub fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The work begins.
    pub async fn begin(&self, title: &str, cancellable: bool) {
        let begin = WorkDoneProgressBegin {
            title: title.into(),
            percentage: Some(0),
            cancellable: Some(cancellable),
            ..WorkDoneProgressBegin::default()
        };
        self.send(&WorkDoneProgress::Begin(begin)).await;
    }

    /// So many of all are done. One report a percent goes out.
    pub async fn report(&self, done: usize, all: usize) {
        let percent = |done: usize| done * 100 / all.max(1);
        if done == 0 || percent(done) == percent(done - 1) {
            return;
        }
        let percentage = u32::try_from(percent(done)).ok();
        let report = WorkDoneProgressReport { percentage, ..WorkDoneProgressReport::default() };
        self.send(&WorkDoneProgress::Report(report)).await;
    }

    /// The work is done. A token that has ended is not used again, however long the answer takes from here.
    pub async fn end(&mut self) {
        self.send(&WorkDoneProgress::End(WorkDoneProgressEnd::default())).await;
        if let Some(token) = self.token.take() {
            self.session.forget_token(&token);
        }
    }

    /// Whether anybody hears of it.
    pub fn is_heard(&self) -> bool {
        self.token.is_some()
    }

    /// What was found so far, or how far the work is.
    pub async fn send(&self, value: &(impl Serialize + Sync)) {
        let Some(token) = &self.token else { return };
        diagnostics::notify(self.session, ProgressNotification::METHOD, Params { token, value }).await;
    }

    /// Ends when all that was sent is on its way: an answer would overtake it, and end the token.
    pub async fn arrived(&self) {
        drop(self.session.bodies.reserve().await);
    }
}
