//! A reader of standard output that goes away in the middle of what it reads.

use std::fmt::Write;
use std::io::Read;
use std::process::Stdio;

use super::case::Workspace;
use crate::process::{archguard, exit_of, text};

/// More than any system keeps in a pipe (Linux: 64 KiB, at most 1 MiB).
const MORE_THAN_A_PIPE: usize = 2 << 20;

/// A workspace whose verdict is long: thousands of findings.
fn talkative() -> Workspace {
    let workspace = Workspace::of(
        "//- archguard.toml\nversion = 1\n[components]\nall = \"shop\"\n[[forbid]]\nid = \"files\"\nuse = \"std::fs\"\n",
    );
    let mut library = String::new();
    for number in 0..7_000 {
        writeln!(library, "pub fn f{number}() {{ std::fs::read(\"{number}\"); }}").unwrap();
    }
    workspace.write("src/lib.rs", library);
    workspace
}

#[test]
fn a_reader_that_goes_away_changes_nothing_of_the_outcome() {
    let workspace = talkative();
    for format in ["human", "json"] {
        let whole = workspace.run(&["--format", format]);
        assert_eq!((exit_of(&whole), text(&whole.stderr)), (1, String::new()), "{format}");
        assert!(
            whole.stdout.len() > MORE_THAN_A_PIPE,
            "{format}: {}",
            whole.stdout.len()
        );
        for read in [0, 10_000] {
            let mut child = archguard()
                .current_dir(workspace.path())
                .args(["--offline", "--format", format])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut pipe = child.stdout.take().unwrap();
            pipe.read_exact(&mut vec![0; read]).unwrap();
            drop(pipe);
            let output = child.wait_with_output().unwrap();
            let said = (exit_of(&output), text(&output.stderr));
            assert_eq!(said, (1, String::new()), "{format} after {read} bytes");
        }
    }
}
