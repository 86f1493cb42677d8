//! `[policy] workspaces`: other workspaces of the repository are examined and judged like the first one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::documents::{errors, published};
use crate::process::{exit_of, run, text};

const POLICY: &str = "version = 1

[components]
shop  = { paths = \"shop\", uses = \"*\" }
tools = { paths = [\"loader\", \"kit\"], uses = \"*\" }

[[forbid]]
id     = \"no-files\"
use    = \"std::fs\"
except = \"shop\"
";

/// `shop`, which uses `tools/kit` by path, and the workspace `tools` with `kit` and `loader`, which uses both.
fn shop(taken: &str, more: &[(&str, &str)]) -> TempDir {
    let directory = TempDir::new().unwrap();
    let package = |name: &str, rest: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{rest}")
    };
    let files = [
        ("archguard.toml", format!("{POLICY}\n[policy]\nworkspaces = {taken}\n")),
        (
            "Cargo.toml",
            package(
                "shop",
                "[workspace]\nexclude = [\"tools\"]\n[dependencies]\nkit.path = \"tools/kit\"\n",
            ),
        ),
        ("src/lib.rs", "pub fn sell() {\n    kit::cut();\n}\n".to_owned()),
        (
            "tools/Cargo.toml",
            "[workspace]\nmembers = [\"*\"]\nresolver = \"2\"\n".to_owned(),
        ),
        ("tools/kit/Cargo.toml", package("kit", "")),
        (
            "tools/kit/src/lib.rs",
            "pub fn cut() {\n    std::fs::read(\"a\").ok();\n}\n".to_owned(),
        ),
        (
            "tools/loader/Cargo.toml",
            package(
                "loader",
                "[dependencies]\nkit.path = \"../kit\"\nshop.path = \"../..\"\n",
            ),
        ),
        (
            "tools/loader/src/main.rs",
            "fn main() {\n    kit::cut();\n    shop::sell();\n    std::fs::read(\"b\").ok();\n}\n".to_owned(),
        ),
    ];
    let given = files.iter().map(|(path, text)| (*path, text.as_str()));
    for (path, content) in given.chain(more.iter().copied()) {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    directory
}

/// Every file with what is in it.
fn contents(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.insert(path.clone(), fs::read(path).unwrap());
        }
    }
    found
}

fn verdict(shop: &TempDir, arguments: &[&str]) -> (i32, Value) {
    let before = contents(shop.path());
    let output = run(shop.path(), &[&["check", "--format", "json"], arguments].concat());
    assert_eq!(contents(shop.path()), before, "checking changed the tree");
    let document = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(errors(&published("verdict-1.json"), &document), [] as [String; 0]);
    (exit_of(&output), document)
}

/// `from -> to` of each finding.
fn findings(verdict: &Value) -> Vec<String> {
    let of = |finding: &Value| {
        let [from, to] = [&finding["from"]["item"], &finding["to"]["item"]].map(|item| item.as_str().unwrap());
        format!("{from} -> {to}")
    };
    verdict["findings"].as_array().unwrap().iter().map(of).collect()
}

/// `code:line message (suggestion)` of each problem.
fn problems(verdict: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let of = |problem: &Value| {
        format!(
            "{}:{} {} ({})",
            text(&problem["code"]),
            problem["line"],
            text(&problem["message"]),
            text(&problem["suggestion"])
        )
    };
    verdict["problems"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn a_workspace_that_is_taken_in_is_examined_once_and_judged() {
    let apart = shop("[]", &[]);
    let (exit_code, without) = verdict(&apart, &[]);
    assert_eq!(
        (exit_code, without["outcome"].as_str()),
        (2, Some("incomplete")),
        "{without}"
    );
    assert_eq!(
        findings(&without),
        ["kit::cut -> std::fs::read"],
        "a path dependency is examined anyway"
    );
    assert_eq!(
        without["examined"]["workspaces_not_examined"],
        serde_json::json!(["tools"])
    );

    for taken in ["\"tools\"", "[\"to*\"]", "[\"**\"]", "[\"./tools/\"]"] {
        let (exit_code, with) = verdict(&shop(taken, &[]), &[]);
        assert_eq!((exit_code, problems(&with)), (1, Vec::new()), "{taken}");
        assert_eq!(
            findings(&with),
            ["kit::cut -> std::fs::read", "bin:loader::main -> std::fs::read"],
            "{taken}"
        );
        assert_eq!(with["examined"]["workspaces_not_examined"], serde_json::json!([]));
        assert_eq!(
            (&with["examined"]["packages"], &with["examined"]["files"]),
            (&3.into(), &3.into())
        );
    }
}

#[test]
fn what_names_no_workspace_is_a_problem_at_its_place() {
    let (exit_code, verdict) = verdict(&shop("[\"tols\",\n \"tools\",\n \"src\",\n \"tools/kit\"]", &[]), &[]);
    assert_eq!(exit_code, 2);
    assert_eq!(
        problems(&verdict),
        [
            "nothing-matched:13 `tols` in `workspaces` means nothing: no manifest of another workspace lies there (tools)",
            "nothing-matched:15 `src` in `workspaces` means nothing: no manifest of another workspace lies there (-)",
            "nothing-matched:16 `tools/kit` in `workspaces` means nothing: that package is examined anyway (-)",
        ]
    );
    assert_eq!(findings(&verdict).len(), 2, "the others are judged");
}

#[test]
fn one_that_cannot_be_loaded_is_a_problem_and_stays_named() {
    let broken = shop("[\"tools\", \"fuzz\"]", &[("fuzz/Cargo.toml", "[package]\nname = 1\n")]);
    let (exit_code, verdict) = verdict(&broken, &[]);
    assert_eq!(exit_code, 2);
    let problems = problems(&verdict);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].starts_with("workspace:13 the workspace `fuzz` cannot be examined: cargo cannot read"),
        "{problems:?}"
    );
    assert_eq!(
        verdict["examined"]["workspaces_not_examined"],
        serde_json::json!(["fuzz"])
    );
    assert_eq!(findings(&verdict).len(), 2);
}

#[test]
fn two_packages_of_one_name_are_a_problem_until_one_is_left_out() {
    let fuzz = [
        (
            "fuzz/Cargo.toml",
            "[package]\nname = \"kit\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\n",
        ),
        ("fuzz/src/lib.rs", "pub fn cut() {}\n"),
    ];
    let (exit_code, both) = verdict(&shop("\"**\"", &fuzz), &[]);
    assert_eq!(exit_code, 2);
    assert_eq!(
        problems(&both),
        [
            "policy-conflict:13 `kit` names code in `tools/kit` and in `fuzz`, and paths cannot tell them apart: rename one, or leave its workspace out (-)"
        ]
    );
    let (exit_code, one) = verdict(&shop("[\"**\", \"!fuzz\"]", &fuzz), &[]);
    assert_eq!((exit_code, problems(&one)), (1, Vec::new()));
    assert_eq!(one["examined"]["workspaces_not_examined"], serde_json::json!(["fuzz"]));
}

#[test]
fn what_is_excluded_stays_out() {
    let excluded =
        "\"**\"\n[[exclude]]\npath = \"fuzz\"\nreason = \"broken on purpose\"\nowner = \"us\"\nuntil = \"2999-12-31\"";
    let broken = [("fuzz/Cargo.toml", "[[["), ("fuzz/src/lib.rs", "")];
    let (exit_code, verdict) = verdict(&shop(excluded, &broken), &[]);
    assert_eq!((exit_code, problems(&verdict)), (1, Vec::new()));
    assert_eq!(verdict["examined"]["workspaces_not_examined"], serde_json::json!([]));
    assert_eq!(verdict["examined"]["excluded"][0]["path"], "fuzz");
}

#[test]
fn packages_there_have_files_of_their_own_and_their_workspace_has_none() {
    let files = [
        ("tools/archguard.toml", "this is the policy of another workspace"),
        ("tools/loader/archguard.toml", "version = 1\nuses = []\n"),
    ];
    let shop = shop("\"tools\"", &files);
    let (exit_code, verdict) = verdict(&shop, &[]);
    assert_eq!((exit_code, problems(&verdict)), (1, Vec::new()));
    let rules = verdict["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| &finding["rule"]);
    assert_eq!(
        rules.collect::<Vec<_>>(),
        ["no-files", "package.loader.uses", "no-files"]
    );
    let printed = text(&run(shop.path(), &["check"]).stdout);
    assert!(
        printed.contains("note: tools: its own archguard.toml does not count here\n"),
        "{printed}"
    );
    assert!(printed.contains("note: tools: no `Cargo.lock`: "), "{printed}");
}

#[test]
fn every_command_knows_the_code_there() {
    let shop = shop("\"tools\"", &[]);
    let (exit_code, narrowed) = verdict(&shop, &["-p", "loader"]);
    assert_eq!(
        (exit_code, findings(&narrowed)),
        (1, vec!["bin:loader::main -> std::fs::read".to_owned()])
    );
    for (arguments, expected) in [
        (&["guard", "tools/loader/src/new.rs"][..], "bin:loader::new"),
        (&["explain", "tools/loader/src/main.rs"], "tools"),
        (&["graph", "--by", "crate", "--format", "dot"], "bin:loader"),
        (&["baseline"], "2 lines"),
    ] {
        let output = run(shop.path(), arguments);
        let printed = text(&output.stdout);
        assert_eq!(
            (exit_of(&output), text(&output.stderr)),
            (0, String::new()),
            "{arguments:?}"
        );
        assert!(printed.contains(expected), "{arguments:?}: {printed}");
    }
}
