//! rust-analyzer itself.

use std::io::Write;
use std::process::{Child, Command, Stdio};

use super::client::Client;
use super::editor::{settings, shown};
use crate::decisions::workspace::Workspace;
use crate::process::archguard;

const FINDING: &str = "component.http.uses/undeclared-dependency";

/// A server that does not outlive its test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended as it was asked to.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program, if there is one that runs: rustup has one in its place that only says what is missing.
fn program() -> Option<String> {
    let program = std::env::var("RUST_ANALYZER").unwrap_or_else(|_| "rust-analyzer".to_owned());
    let version = Command::new(&program).arg("--version").output().ok()?;
    version.status.success().then_some(program)
}

// Where paths begin with a drive, the two sides write them in more ways than one.
#[cfg(unix)]
#[test]
fn rust_analyzer_shows_a_finding_beside_an_error_of_the_compiler() {
    let Some(program) = program() else {
        // Not by `eprintln!`, which nobody sees where a test passes.
        let told = "skipped: no rust-analyzer runs here, so that no finding was seen as its diagnostic\n";
        std::io::stderr().write_all(told.as_bytes()).unwrap();
        return;
    };
    let shop = Workspace::new("pub fn list() -> u32 {\n    crate::db::query()\n}\n");
    let file = shop.path("src/http.rs").canonicalize().unwrap();
    let mut server = Command::new(program);
    // The same surroundings as those of the tool in other tests.
    for (name, _) in archguard().get_envs().filter(|(_, value)| value.is_none()) {
        server.env_remove(name);
    }
    let server = server
        .current_dir(shop.path("."))
        .env_remove("CI")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut server = Server(server.unwrap());
    let settings = settings(env!("CARGO_BIN_EXE_cargo-archguard"));
    let client = Client::new(
        server.0.stdin.take().expect("it is piped"),
        server.0.stdout.take().expect("it is piped"),
        settings.clone(),
    );
    let said = shown(client, &settings, &file, &[FINDING, "E0308"]);
    let finding = said.iter().find(|it| it["code"] == FINDING).unwrap();
    let range = serde_json::json!({ "start": { "line": 1, "character": 4 }, "end": { "line": 1, "character": 20 } });
    assert_eq!(
        (&finding["range"], &finding["severity"]),
        (&range, &1.into()),
        "{finding}"
    );
    let message = finding["message"].as_str().unwrap();
    assert!(
        message.starts_with("`shop::http::list` calls `shop::db::query`"),
        "{message}"
    );
}
