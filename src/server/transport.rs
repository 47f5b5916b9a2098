//! Messages in over one pipe, messages out over another.
//!
//! The service and the client's handle are `tower-lsp`'s; this loop takes the place of its `Server` for three reasons.
//! Its loop ends at the first frame it can't decode, and a client that sends one bad frame must get an error and not
//! lose its editor's checker. It starts a handler only when one of its slots is free, so that handlers which all wait
//! keep a cancellation or a change from being seen; here nothing waits for a slot. And it lets a panic through.
//!
//! Every handler runs up to its first await in the order in which the messages came, before the next message is read:
//! a handler that changes the session's state before it awaits can't be overtaken.

use std::any::Any;
use std::io;
use std::panic::AssertUnwindSafe;
use std::pin::pin;

use futures::future::BoxFuture;
use futures::{FutureExt, SinkExt, StreamExt, future};
use serde::Serialize;
use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};
use tower_service::Service;

/// The longest header line that is read as one, in bytes.
const HEADER_LINE: u64 = 4096;

/// How many long messages may wait for a client that is slow to read before who sends the next one waits, too.
const WAITING: usize = 1;

/// Where messages go that are too long to be copied on their way, as the service and the client's handle copy them: whole
/// messages in JSON.
pub(super) type Bodies = mpsc::Sender<Vec<u8>>;

/// Both ends of the way that they take.
pub(super) fn bodies() -> (Bodies, mpsc::Receiver<Vec<u8>>) {
    mpsc::channel(WAITING)
}

/// Serves until the client says `exit`, closes its end of `input`, or no longer reads `output`. `direct` answers requests
/// past the service, with a whole message.
pub(super) async fn serve<S: LanguageServer>(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin,
    mut service: LspService<S>,
    socket: ClientSocket,
    direct: impl Fn(&Request) -> Option<BoxFuture<'static, Vec<u8>>>,
    mut bodies: mpsc::Receiver<Vec<u8>>,
) {
    let (mut requests, mut answers) = socket.split();
    let (outbox, mut responses) = mpsc::unbounded_channel::<Option<Answer>>();

    let write = async {
        let mut output = output;
        loop {
            // `None` in the outbox is the end: what was to be said has been said.
            tokio::select! {
                biased;
                Some(response) = responses.recv() => match response {
                    Some(Answer::Response(response)) => send(&mut output, &response).await?,
                    Some(Answer::Body(body)) => send_body(&mut output, &body).await?,
                    None => return output.flush().await,
                },
                Some(request) = requests.next() => send(&mut output, &request).await?,
                Some(body) = bodies.recv() => send_body(&mut output, &body).await?,
                else => return output.flush().await,
            }
        }
    };
    let read = async {
        let mut input = BufReader::new(input);
        while let Some(body) = frame(&mut input).await {
            match body.and_then(|body| message(&body)) {
                Ok(Message::Request(request)) => {
                    if future::poll_fn(|cx| service.poll_ready(cx)).await.is_err() {
                        break;
                    }
                    let exit = request.method() == "exit";
                    let answer = match direct(&request) {
                        Some(body) => body.map(|body| Some(Answer::Body(body))).boxed(),
                        None => {
                            let answer = guarded(request.id().cloned(), service.call(request));
                            answer.map(|response| response.map(Answer::Response)).boxed()
                        }
                    };
                    answer_with(answer, &outbox);
                    if exit {
                        break;
                    }
                }
                Ok(Message::Response(response)) => {
                    if answers.send(response).await.is_err() {
                        break;
                    }
                }
                Err(Broken { id, error }) => {
                    tracing::warn!("the client sent what is no message: {error}");
                    _ = outbox.send(Some(Answer::Response(Response::from_error(id, error))));
                }
            }
        }
        _ = outbox.send(None);
    };

    let mut write = pin!(write);
    let written = tokio::select! {
        written = &mut write => written,
        () = read => write.await,
    };
    if let Err(error) = written {
        tracing::warn!("the client no longer reads: {error}");
    }
}

/// What goes out for what came in.
enum Answer {
    Response(Response),
    /// A whole message in JSON.
    Body(Vec<u8>),
}

/// Runs what answers a request up to its first await, and the rest of it aside.
fn answer_with(mut answer: BoxFuture<'static, Option<Answer>>, outbox: &mpsc::UnboundedSender<Option<Answer>>) {
    match (&mut answer).now_or_never() {
        Some(Some(answer)) => _ = outbox.send(Some(answer)),
        Some(None) => {}
        None => {
            let outbox = outbox.clone();
            tokio::spawn(async move {
                if let Some(answer) = answer.await {
                    _ = outbox.send(Some(answer));
                }
            });
        }
    }
}

enum Message {
    Request(Request),
    Response(Response),
}

/// What came is no message; the error answers it.
pub(super) struct Broken {
    id: Id,
    error: Error,
}

impl Broken {
    fn new(code: ErrorCode, why: impl Into<String>) -> Self {
        Self { id: Id::Null, error: Error { code, message: why.into().into(), data: None } }
    }
}

/// Answers a request whose handler panicked with an error, and lets the server go on.
async fn guarded<E>(
    id: Option<Id>,
    answer: impl Future<Output = Result<Option<Response>, E>> + Send,
) -> Option<Response> {
    match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(answer) => answer.unwrap_or(None),
        Err(panic) => {
            tracing::error!("a request failed: {}", panic_message(panic.as_ref()));
            id.map(|id| Response::from_error(id, Error::internal_error()))
        }
    }
}

/// What a panic says.
pub(super) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic without a message")
}

async fn send(output: &mut (impl AsyncWrite + Unpin), message: &impl Serialize) -> io::Result<()> {
    send_body(output, &serde_json::to_vec(message)?).await
}

async fn send_body(output: &mut (impl AsyncWrite + Unpin), body: &[u8]) -> io::Result<()> {
    tracing::trace!("-> {}", String::from_utf8_lossy(body));
    // In one piece: each write goes by another thread, and the next one waits until it is done.
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    output.write_all(&frame).await?;
    output.flush().await
}

/// The body of the next frame, or `None` at the end of the input. After bytes that are no frame, reading goes on at
/// the next `Content-Length`.
pub(super) async fn frame(input: &mut (impl AsyncBufRead + Unpin)) -> Option<Result<Vec<u8>, Broken>> {
    let mut length = None;
    let mut headers = false;
    loop {
        let mut line = Vec::new();
        if (&mut *input).take(HEADER_LINE).read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&line);
        let blank = line.trim().is_empty();
        if let Some(value) = content_length(&line) {
            length = value.trim().parse::<u64>().ok();
        }
        if blank && headers {
            break;
        }
        headers |= !blank;
    }
    let Some(length) = length else {
        return Some(Err(Broken::new(ErrorCode::ParseError, "A message needs a Content-Length header.")));
    };
    let mut body = Vec::new();
    // The body grows as it comes: a length out of the blue reserves nothing.
    let read = input.take(length).read_to_end(&mut body).await.ok()?;
    (read as u64 == length).then_some(Ok(body))
}

/// What a line says of the body's length. Bytes that belong to no frame may stand before it.
fn content_length(line: &str) -> Option<&str> {
    const NAME: &str = "content-length:";
    let at = line.to_ascii_lowercase().rfind(NAME)?;
    Some(&line[at + NAME.len()..])
}

fn message(body: &[u8]) -> Result<Message, Broken> {
    tracing::trace!("<- {}", String::from_utf8_lossy(body));
    let value: Value =
        serde_json::from_slice(body).map_err(|error| Broken::new(ErrorCode::ParseError, error.to_string()))?;
    if value.get("method").is_none() {
        let response = serde_json::from_value(value).map(Message::Response);
        return response.map_err(|error| Broken::new(ErrorCode::InvalidRequest, error.to_string()));
    }
    let id = value.get("id").cloned().and_then(|id| serde_json::from_value(id).ok()).unwrap_or_default();
    let request = serde_json::from_value(value).map(Message::Request);
    request.map_err(|error| Broken { id, ..Broken::new(ErrorCode::InvalidRequest, error.to_string()) })
}
