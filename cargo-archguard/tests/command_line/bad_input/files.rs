//! Source files that cannot be read, and some that look as if they could not.

use super::case::{Workspace, all_say};

const FILES: [(&str, &[u8], i32, &str); 8] = [
    (
        "does not parse",
        b"pub fn f() {\n    let = 1;\n}\n",
        2,
        "error[unexamined-code]: `src/a.rs` does not parse: expected one of: identifier, `::`, `<`, `_`, literal, `const`, `ref`, `mut`, `&`, parentheses, square brackets, `..`, `const`\n  at src/a.rs:2:9\nincomplete",
    ),
    (
        "an open brace",
        b"pub fn f() {\n",
        2,
        "error[unexamined-code]: `src/a.rs` does not parse: no Rust tokens: a bracket or literal is not closed, or a character belongs to none\n  at src/a.rs:1:12\nincomplete",
    ),
    (
        "an open string",
        b"pub fn f() {\n    \"\n}\n",
        2,
        "error[unexamined-code]: `src/a.rs` does not parse: no Rust tokens: a bracket or literal is not closed, or a character belongs to none\n  at src/a.rs:2:5\nincomplete",
    ),
    (
        "not UTF-8",
        b"// ok\n// gr\xf6\xdfe\n",
        2,
        "error[unexamined-code]: `src/a.rs` is not UTF-8: the first bad byte is number 12\nincomplete",
    ),
    (
        "zero bytes",
        b"\0\0\0\0",
        2,
        "error[unexamined-code]: `src/a.rs` does not parse: no Rust tokens: a bracket or literal is not closed, or a character belongs to none\n  at src/a.rs:1:1\nincomplete",
    ),
    ("empty", b"", 0, "clean"),
    (
        "CRLF",
        b"pub fn f() {\r\n    crate::gone();\r\n}\r\n",
        0,
        "note: 1 path unresolved: 1 not-in-module (-v lists them)\nclean",
    ),
    ("a byte order mark", b"\xef\xbb\xbfpub fn f() {}\n", 0, "clean"),
];

#[test]
fn each_is_read_or_named() {
    all_say(FILES.map(|(name, content, code, expected)| {
        let workspace = Workspace::of("//- src/lib.rs\npub mod a;\n");
        workspace.write("src/a.rs", content);
        (name, workspace, code, expected)
    }));
}

#[test]
fn a_module_without_a_file_is_named() {
    Workspace::of("//- src/lib.rs\npub mod a;\n").says(
        "no file",
        2,
        "error[unexamined-code]: the file of module `shop::a` is missing: `src/a.rs`\n  at src/lib.rs:1:9\nincomplete",
    );
    Workspace::of("//- src/lib.rs\npub mod a;\n//- src/a.rs\n//- src/a/mod.rs\n").says(
        "two files",
        2,
        "error[unexamined-code]: module `a` has two files: `src/a.rs` and `src/a/mod.rs`\n  at src/lib.rs:1:9\nnote: 1 file in no module tree: src/a/mod.rs\nincomplete",
    );
}

#[cfg(unix)]
#[test]
fn a_folder_named_like_a_file_is_not_read() {
    Workspace::of("//- src/lib.rs\npub mod a;\n//- src/a.rs/x\n").says(
        "a folder",
        2,
        "error[unexamined-code]: `src/a.rs` could not be read: Is a directory (os error 21)\nincomplete",
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;
    let workspace = Workspace::of("//- src/lib.rs\npub mod a;\n//- src/a.rs\n");
    let file = workspace.path().join("src/a.rs");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o0)).unwrap();
    // Whoever may read everything (root) reads it. Not by `eprintln!`, which only failing tests show.
    if std::fs::read(&file).is_ok() {
        writeln!(
            std::io::stderr(),
            "SKIPPED a_file_that_may_not_be_read_is_named: root may read everything"
        )
        .unwrap();
        return;
    }
    workspace.says(
        "protected",
        2,
        "error[unexamined-code]: `src/a.rs` could not be read: Permission denied (os error 13)\nincomplete",
    );
}

/// What stands for a protected file where the tests run as root.
#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_named() {
    let workspace = Workspace::of("//- src/lib.rs\npub mod a;\npub mod b;\n//- src/b.rs\n");
    std::os::unix::fs::symlink("nowhere.rs", workspace.path().join("src/a.rs")).unwrap();
    workspace.says(
        "a link to nothing",
        2,
        "error[unexamined-code]: the file of module `shop::a` is missing: `src/a.rs`\n  at src/lib.rs:1:9\nincomplete",
    );
}

/// The system has files that even root cannot read: the memory of a process, from its first page.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_nobody_can_read_is_named() {
    let workspace = Workspace::of("//- src/lib.rs\npub mod a;\n");
    std::os::unix::fs::symlink("/proc/self/mem", workspace.path().join("src/a.rs")).unwrap();
    workspace.says(
        "unreadable",
        2,
        "error[unexamined-code]: `src/a.rs` could not be read: Input/output error (os error 5)\nincomplete",
    );
}

#[test]
fn a_file_of_forty_thousand_lines_is_read() {
    let workspace = Workspace::of("");
    let line = |number: usize| format!("pub fn f{number}() {{ f{}(); }}\n", number / 2);
    workspace.write("src/lib.rs", (0..40_000).map(line).collect::<String>());
    workspace.says("long", 0, "clean");
}
