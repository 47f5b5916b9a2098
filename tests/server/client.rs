//! A small LSP client that talks to the real program over its standard input and output.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// No answer within this time is a hang. Far more than any answer takes.
const HANG: Duration = Duration::from_secs(60);

/// A running server and what it has sent so far.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What came while something else was waited for.
    kept: VecDeque<Value>,
    next_id: i64,
    /// What the client answers when it is asked for the section `copydesk`.
    pub section: Value,
    /// And what for a folder that has its own.
    pub sections: HashMap<String, Value>,
    /// Whether the server's requests are answered as they come.
    pub answers: bool,
}

impl Client {
    /// Starts a server that nothing has been said to.
    pub fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .arg("server")
            .env_remove("COPYDESK_LOG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().expect("its output is piped"));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output).filter(|m| sender.send(m.clone()).is_ok()) {
                drop(message);
            }
        });
        let (kept, section, sections) = (VecDeque::new(), Value::Null, HashMap::new());
        Self { child, input, messages, kept, next_id: 0, section, sections, answers: true }
    }

    /// Starts a server and introduces the client to it.
    pub fn with(capabilities: Value) -> Self {
        let mut client = Self::start();
        client.initialize(capabilities);
        client
    }

    /// Introduces the client; the server's answer.
    pub fn initialize(&mut self, capabilities: Value) -> Value {
        let params = json!({"processId": std::process::id(), "rootUri": null, "capabilities": capabilities});
        let answer = self.ok("initialize", params);
        self.notify("initialized", json!({}));
        answer
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        // A server that has ended reads no more; what is waited for next will tell.
        _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    pub fn send(&mut self, message: &Value) {
        self.raw(&framed(message));
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request, and gives its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let id = self.next_id;
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        id
    }

    /// The answer to a request: the whole message.
    pub fn answer(&mut self, id: i64) -> Value {
        self.until(|message| message.get("method").is_none() && message["id"] == id)
    }

    /// The result of a request that must succeed.
    pub fn ok(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let mut answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// The error of a request that must fail: its code.
    pub fn error(&mut self, method: &str, params: Value) -> i64 {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("{method} succeeded: {answer}"))
    }

    /// The next message that `wanted` takes, now or when it comes. Others are kept.
    pub fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at).expect("it was just found");
        }
        loop {
            let message = self.messages.recv_timeout(HANG).expect("the server hangs or has ended");
            if self.answers {
                self.reply(&message);
            }
            if wanted(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    /// Answers a request of the server's.
    pub fn reply(&mut self, message: &Value) {
        let (Some(method), Some(id)) = (message["method"].as_str(), message.get("id")) else { return };
        let result = match method {
            "workspace/configuration" => {
                let items = message["params"]["items"].as_array().into_iter().flatten();
                let own = |item: &Value| self.sections.get(item["scopeUri"].as_str()?);
                items.map(|item| own(item).unwrap_or(&self.section).clone()).collect()
            }
            "workspace/applyEdit" => json!({"applied": true}),
            _ => Value::Null,
        };
        self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
    }

    /// The diagnostics that are pushed for a version of a document. Those for earlier versions are forgotten.
    pub fn pushed(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let of =
            |message: &Value| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri;
        let mut found = self.until(|message| of(message) && message["params"]["version"] == version);
        self.kept.retain(|message| !of(message));
        serde_json::from_value(found["params"]["diagnostics"].take()).expect("a list")
    }

    /// The diagnostics that the server gives when it is asked.
    pub fn pulled(&mut self, uri: &str) -> Vec<Value> {
        let mut report = self.ok("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
        assert_eq!(report["kind"], "full", "{report}");
        serde_json::from_value(report["items"].take()).expect("a list")
    }

    pub fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    }

    /// Every message that has come and nobody waited for. A request is answered first, so that what came before its
    /// answer is there.
    pub fn rest(&mut self) -> Vec<Value> {
        self.error("copydesk/nothing", Value::Null);
        self.kept.drain(..).collect()
    }

    /// Closes the server's input.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits for the server to end; its exit code.
    pub fn ended(&mut self) -> Option<i32> {
        // Its output ends when it does.
        loop {
            match self.messages.recv_timeout(HANG) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the server does not end"),
            }
        }
        self.child.wait().expect("it can be waited for").code()
    }

    /// Shuts the server down as a client should.
    pub fn finish(mut self) {
        self.ok("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.ended(), Some(0));
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Only where a test failed is it still there.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

pub fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        length = line.strip_prefix("Content-Length: ")?.trim().parse().ok()?;
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
