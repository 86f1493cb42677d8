//! Processes that want to read one workspace at the same time: who has to read waits for who reads already; nobody else does.

use std::fs::{self, File};
use std::process::{Child, Command, Stdio};

use crate::decisions::workspace::{HTTP, Workspace};
use crate::process::{archguard, exit_of, text};

fn check(shop: &Workspace, arguments: &[&str]) -> Command {
    let mut command = archguard();
    command
        .current_dir(shop.path("."))
        .env_remove("CI")
        .args(["--offline", "check"])
        .args(arguments);
    command
}

/// A workspace that has been built, and the lock that somebody holds who reads it.
fn held() -> (Workspace, File) {
    let shop = Workspace::new(HTTP);
    let folder = shop.path("target/archguard");
    fs::create_dir_all(&folder).unwrap();
    let turn = File::create(folder.join("turn")).unwrap();
    turn.lock().unwrap();
    (shop, turn)
}

#[test]
fn several_at_once_say_the_same() {
    let (shop, turn) = held();
    let start = |_| -> Child {
        let mut command = check(&shop, &[]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let started: Vec<Child> = (0..3).map(start).collect();
    drop(turn);
    let ended = started.into_iter().map(|child| child.wait_with_output().unwrap());
    let said: Vec<(i32, String)> = ended.map(|output| (exit_of(&output), text(&output.stdout))).collect();
    assert_eq!(said[0].0, 1, "{said:?}");
    assert!(said.iter().all(|it| *it == said[0]), "{said:?}");
}

/// It would never end.
#[test]
fn who_reads_nothing_or_keeps_nothing_waits_for_nobody() {
    let (shop, turn) = held();
    let server = check(&shop, &["--ci"]).output().unwrap();
    assert_eq!(exit_of(&server), 1, "{}", text(&server.stderr));
    turn.unlock().unwrap();
    let first = check(&shop, &[]).output().unwrap();
    turn.lock().unwrap();
    let again = check(&shop, &[]).output().unwrap();
    assert_eq!((exit_of(&again), text(&again.stdout)), (1, text(&first.stdout)));
}
