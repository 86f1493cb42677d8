//! A server of the tests' own: it asks what a real one asks, says things in several steps, and notes what it hears.

use std::io::{BufReader, PipeReader, PipeWriter, pipe};
use std::thread;

use serde_json::{Value, json};

use super::client::Client;
use super::editor::{settings, shown, uri};
use super::frame;
use crate::decisions::workspace::{HTTP, Workspace};

struct Server {
    input: BufReader<PipeReader>,
    output: PipeWriter,
    file: String,
}

impl Server {
    fn tell(&mut self, method: &str, parameters: &Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": parameters });
        frame::write(&mut self.output, &message);
    }

    /// Asks; what comes next is the answer.
    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        let message = json!({ "jsonrpc": "2.0", "id": method, "method": method, "params": parameters });
        frame::write(&mut self.output, &message);
        let answer = self.hear();
        assert_eq!(answer["id"], method);
        answer
    }

    fn hear(&mut self) -> Value {
        frame::read(&mut self.input).expect("the client still talks")
    }

    fn expect(&mut self, method: &str) -> Value {
        let message = self.hear();
        assert_eq!(message["method"], method, "{message}");
        message
    }

    fn answer(&mut self, request: &Value, result: &Value) {
        let message = json!({ "jsonrpc": "2.0", "id": request["id"], "result": result });
        frame::write(&mut self.output, &message);
    }

    fn publish(&mut self, file: &str, codes: &[&str]) {
        let diagnostics: Vec<Value> = codes.iter().map(|code| json!({ "code": code })).collect();
        let parameters = json!({ "uri": file, "diagnostics": diagnostics });
        self.tell("textDocument/publishDiagnostics", &parameters);
    }

    /// One conversation, in which the client does what an editor does and is asked in between.
    fn run(mut self) {
        let initialize = self.expect("initialize");
        let asked = &initialize["params"]["initializationOptions"];
        self.tell("window/logMessage", &json!({ "message": "soon" }));
        self.answer(&initialize, &json!({ "capabilities": {} }));
        self.expect("initialized");
        let opened = self.expect("textDocument/didOpen");
        assert_eq!(opened["params"]["textDocument"]["uri"], self.file);
        assert_eq!(opened["params"]["textDocument"]["text"], HTTP);
        let sections = json!({ "items": [{ "section": "rust-analyzer" }, { "section": "rust-analyzer" }] });
        let answer = self.ask("workspace/configuration", &sections);
        assert_eq!(answer["result"], json!([asked, asked]));
        let created = self.ask("window/workDoneProgress/create", &json!({ "token": 1 }));
        assert_eq!(
            (created.get("result"), created.get("error")),
            (Some(&Value::Null), None)
        );
        assert_eq!(self.ask("x/unknown", &json!({}))["error"]["code"], -32601);
        self.tell(
            "experimental/serverStatus",
            &json!({ "health": "ok", "quiescent": false }),
        );
        self.tell(
            "experimental/serverStatus",
            &json!({ "health": "ok", "quiescent": true }),
        );
        assert_eq!(
            self.expect("textDocument/didSave")["params"]["textDocument"]["uri"],
            self.file
        );
        let file = self.file.clone();
        self.publish(&file, &[]);
        self.publish("file:///other.rs", &["first", "second"]);
        self.publish(&file, &["first"]);
        self.publish(&file, &["third", "second", "first"]);
        let shutdown = self.expect("shutdown");
        assert_eq!(shutdown.get("params"), None);
        self.answer(&shutdown, &Value::Null);
        self.expect("exit");
    }
}

#[test]
fn the_client_waits_for_what_it_wants_and_answers_meanwhile() {
    let shop = Workspace::new(HTTP);
    let file = shop.path("src/http.rs");
    let (from_server, to_client) = pipe().unwrap();
    let (from_client, to_server) = pipe().unwrap();
    let server = Server {
        input: BufReader::new(from_client),
        output: to_client,
        file: uri(&file),
    };
    let server = thread::spawn(|| server.run());
    let settings = settings("archguard");
    let client = Client::new(to_server, from_server, settings.clone());
    let said = shown(client, &settings, &file, &["first", "second"]);
    let codes: Vec<&str> = said.iter().filter_map(|it| it["code"].as_str()).collect();
    assert_eq!(codes, ["third", "second", "first"]);
    server.join().unwrap();
}

#[test]
#[should_panic(expected = "no `initialize`")]
fn a_server_that_ends_is_noticed() {
    let shop = Workspace::new(HTTP);
    let (from_server, to_client) = pipe().unwrap();
    let (_from_client, to_server) = pipe().unwrap();
    drop(to_client);
    let client = Client::new(to_server, from_server, Value::Null);
    shown(client, &Value::Null, &shop.path("src/http.rs"), &[]);
}
