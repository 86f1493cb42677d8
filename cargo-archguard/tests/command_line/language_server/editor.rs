//! What an editor does with one file: opens the workspace and the file, saves it, and shows what is said of it.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::client::Client;

/// The settings of `docs/editor.md`, with the program at its place; what needs time and shows nothing of ours is off.
pub(super) fn settings(program: &str) -> Value {
    json!({
        "check": { "overrideCommand": [program, "check", "--format", "rustc-json", "--with-cargo-check", "--offline"] },
        "checkOnSave": true,
        "cachePriming": { "enable": false },
        "cargo": { "buildScripts": { "enable": false } },
        "procMacro": { "enable": false },
    })
}

/// Waits until a file of a workspace has diagnostics with all of these codes; all that it has then.
pub(super) fn shown<W: Write>(mut client: Client<W>, settings: &Value, file: &Path, codes: &[&str]) -> Vec<Value> {
    let root = file.ancestors().find(|folder| folder.join("Cargo.toml").is_file());
    let root = uri(root.expect("the file is one of a package"));
    let text = fs::read_to_string(file).unwrap();
    let file = uri(file);
    let capabilities = json!({
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true },
            "synchronization": { "didSave": true },
        },
        "window": { "workDoneProgress": true },
        "workspace": { "configuration": true },
        "experimental": { "serverStatusNotification": true },
    });
    client.ask(
        "initialize",
        Some(&json!({
            "processId": std::process::id(),
            "rootUri": root,
            "workspaceFolders": [{ "uri": root, "name": "shop" }],
            "capabilities": capabilities,
            "initializationOptions": settings,
        })),
    );
    client.notify("initialized", &json!({}));
    let opened = json!({ "uri": file, "languageId": "rust", "version": 1, "text": text });
    client.notify("textDocument/didOpen", &json!({ "textDocument": opened }));
    // What is saved before the workspace is known is not checked.
    client.until("loaded workspace", |known| known.is_quiet);
    client.notify("textDocument/didSave", &json!({ "textDocument": { "uri": file } }));
    let has = |said: &[Value], code: &str| said.iter().any(|it| it["code"] == code);
    let known = client.until("diagnostics", |known| {
        let said = known.published.get(&file);
        said.is_some_and(|said| codes.iter().all(|code| has(said, code)))
    });
    let said = known.published[&file].clone();
    client.ask("shutdown", None);
    client.notify("exit", &Value::Null);
    said
}

/// As both sides write it. The folders of tests have names that need no escaping.
pub(super) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
