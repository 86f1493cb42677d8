//! The client's side of a conversation: asks, tells, answers what it is asked, and remembers what it was told.

use std::collections::BTreeMap;
use std::io::{BufReader, Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::frame;

/// Nobody waits for a time; but a server that never comes to an end must not keep the tests from it.
const LONGEST: Duration = Duration::from_secs(300);

const METHOD_NOT_FOUND: i32 = -32601;

/// What the server has said so far.
#[derive(Default)]
pub(super) struct Known {
    /// The diagnostics of each file.
    pub(super) published: BTreeMap<String, Vec<Value>>,
    /// Whether the workspace is loaded and nothing is going on.
    pub(super) is_quiet: bool,
    answers: BTreeMap<u32, Value>,
}

/// A client with settings that the server may ask for.
pub(super) struct Client<W> {
    output: W,
    heard: Receiver<Value>,
    settings: Value,
    known: Known,
    asked: u32,
    end: Instant,
}

impl<W: Write> Client<W> {
    pub(super) fn new(output: W, input: impl Read + Send + 'static, settings: Value) -> Self {
        let (tell, heard) = channel();
        thread::spawn(move || {
            let mut input = BufReader::new(input);
            while let Some(message) = frame::read(&mut input) {
                if tell.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            output,
            heard,
            settings,
            known: Known::default(),
            asked: 0,
            end: Instant::now() + LONGEST,
        }
    }

    pub(super) fn notify(&mut self, method: &str, parameters: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    /// Asks, and waits for the answer. Without parameters there is no such key.
    pub(super) fn ask(&mut self, method: &str, parameters: Option<&Value>) -> Value {
        self.asked += 1;
        let id = self.asked;
        let mut request = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        if let Some(parameters) = parameters {
            request["params"] = parameters.clone();
        }
        self.send(&request);
        self.until(method, |known| known.answers.contains_key(&id));
        let answer = self.known.answers.remove(&id).expect("it was waited for");
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Waits until what is known fulfils a condition; it may do so already.
    pub(super) fn until(&mut self, what: &str, condition: impl Fn(&Known) -> bool) -> &Known {
        while !condition(&self.known) {
            let left = self.end.saturating_duration_since(Instant::now());
            let message = self.heard.recv_timeout(left);
            let message = message
                .unwrap_or_else(|error| panic!("no `{what}`: {error}; the server said {:?}", self.known.published));
            self.take(&message);
        }
        &self.known
    }

    fn send(&mut self, message: &Value) {
        frame::write(&mut self.output, message);
    }

    fn take(&mut self, message: &Value) {
        let parameters = &message["params"];
        match (message["method"].as_str(), message.get("id")) {
            (Some(method), Some(id)) => self.answer(method, id, parameters),
            (Some("textDocument/publishDiagnostics"), None) => {
                let file = parameters["uri"].as_str().expect("diagnostics are of a file");
                let diagnostics = parameters["diagnostics"].as_array().expect("diagnostics are a list");
                self.known.published.insert(file.to_owned(), diagnostics.clone());
            }
            (Some("experimental/serverStatus"), None) => {
                self.known.is_quiet = parameters["quiescent"] == true;
            }
            (Some(_), None) => {}
            (None, id) => {
                let id = id.and_then(Value::as_u64).and_then(|id| u32::try_from(id).ok());
                let id = id.unwrap_or_else(|| panic!("an answer to nothing: {message}"));
                self.known.answers.insert(id, message.clone());
            }
        }
    }

    fn answer(&mut self, method: &str, id: &Value, parameters: &Value) {
        let mut answer = json!({ "jsonrpc": "2.0", "id": id });
        match method {
            "workspace/configuration" => {
                let asked = parameters["items"].as_array().map_or(0, Vec::len);
                answer["result"] = vec![self.settings.clone(); asked].into();
            }
            "window/workDoneProgress/create" | "client/registerCapability" | "client/unregisterCapability" => {
                answer["result"] = Value::Null;
            }
            _ => answer["error"] = json!({ "code": METHOD_NOT_FOUND, "message": method }),
        }
        self.send(&answer);
    }
}
