//! What can't be provoked from outside: handlers that wait for ever or panic, a check that panics.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf};
use tower_lsp::LspService;
use tower_lsp::jsonrpc::Result;

use super::analysis::{self, Missing};
use super::handlers::Handlers;
use super::session::Session;
use super::transport;

impl Handlers {
    async fn wait(&self) -> Result<()> {
        std::future::pending().await
    }

    async fn fall(&self) -> Result<()> {
        tokio::task::yield_now().await;
        panic!("a handler falls")
    }

    async fn stumble(&self) -> Result<()> {
        panic!("a handler falls at once")
    }

    async fn wreck(&self) -> Result<()> {
        let uri = URI.parse().expect("a URI");
        let snapshot = self.0.snapshot(&uri).ok_or(Missing::Unopened)?;
        let desk = snapshot.desk.clone().lock_owned().await;
        Ok(analysis::aside(desk, |_| panic!("a check falls")).await?)
    }
}

const URI: &str = "file:///drafts/flood.txt";

/// A client in the same process.
struct Client {
    input: WriteHalf<DuplexStream>,
    output: ReadHalf<DuplexStream>,
}

impl Client {
    /// A client that has been introduced to a server with the methods above.
    async fn start() -> Self {
        let (ours, theirs) = tokio::io::duplex(1 << 16);
        let (bodies, written) = transport::bodies();
        let (service, socket) = LspService::build(|client| Handlers(Arc::new(Session::new(client, bodies))))
            .custom_method("test/wait", Handlers::wait)
            .custom_method("test/fall", Handlers::fall)
            .custom_method("test/stumble", Handlers::stumble)
            .custom_method("test/wreck", Handlers::wreck)
            .finish();
        tokio::spawn(async move {
            let (input, output) = tokio::io::split(theirs);
            transport::serve(input, output, service, socket, |_| None, written).await;
        });
        let (output, input) = tokio::io::split(ours);
        let mut client = Self { input, output };
        client.ask(0, "initialize", json!({"capabilities": {}})).await;
        client.until(|message| message["id"] == 0).await;
        client
    }

    async fn ask(&mut self, id: i64, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})).await;
    }

    async fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params})).await;
    }

    async fn send(&mut self, message: Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input.write_all(frame.as_bytes()).await.expect("the server reads");
    }

    async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let body = transport::frame(&mut tokio::io::BufReader::with_capacity(1, &mut self.output)).await;
            let body = body.expect("the server is there").unwrap_or_else(|_| panic!("it sends frames"));
            let message: Value = serde_json::from_slice(&body).expect("they are JSON");
            if wanted(&message) {
                return message;
            }
        }
    }

    async fn open(&mut self) {
        let text = "The bridge closed, multiple media outlets reported.\n";
        let document = json!({"uri": URI, "languageId": "plaintext", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document})).await;
        self.pushed().await;
    }

    async fn pushed(&mut self) -> usize {
        let pushed = self.until(|message| message["method"] == "textDocument/publishDiagnostics").await;
        pushed["params"]["diagnostics"].as_array().map_or(0, Vec::len)
    }
}

#[tokio::test]
async fn handlers_that_all_wait_keep_neither_a_cancellation_nor_a_change_from_being_seen() {
    const WAITING: i64 = 1_000;
    let mut client = Client::start().await;
    for id in 1..=WAITING {
        client.ask(id, "test/wait", Value::Null).await;
    }
    client.open().await;
    for id in 1..=WAITING {
        client.tell("$/cancelRequest", json!({"id": id})).await;
        let answer = client.until(|message| message["id"] == id).await;
        assert_eq!(answer["error"]["code"], -32800);
    }
}

#[tokio::test]
async fn a_panic_costs_one_request() {
    let mut client = Client::start().await;
    client.open().await;
    for (id, method) in (1..).zip(["test/fall", "test/stumble", "test/wreck"]) {
        client.ask(id, method, Value::Null).await;
        let answer = client.until(|message| message["id"] == id).await;
        assert_eq!(answer["error"]["code"], -32603, "{method}");
        let change = json!([{"text": "Multiple media outlets, multiple media outlets reported."}]);
        let document = json!({"uri": URI, "version": id + 1});
        client.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": change})).await;
        assert_eq!(client.pushed().await, 1, "{method}");
    }
}

#[tokio::test]
async fn a_length_out_of_the_blue_reserves_nothing() {
    let mut input: &[u8] = b"Content-Length: 18446744073709551615\r\n\r\n{}";
    assert!(transport::frame(&mut input).await.is_none());
    let (mut reader, mut writer) = tokio::io::duplex(64);
    writer.write_all(b"no header and no end").await.expect("it fits");
    drop(writer);
    assert!(transport::frame(&mut tokio::io::BufReader::new(&mut reader)).await.is_none());
    assert_eq!(reader.read(&mut [0]).await.expect("it can be read"), 0);
}
