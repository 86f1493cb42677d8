//! `setup` on repositories of its own: what it plans, writes, sees and takes out again.

mod shop;

use shop::POLICY;
pub(crate) use shop::Shop;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::documents::{errors, published};
use crate::process::{exit_of, text};

#[test]
fn everything_by_the_wrapper_there_and_back() {
    let shop = Shop::new(&[
        (
            ".cargo/config.toml",
            "# Ours.\n[build] # fast\njobs = 2\n\n[alias]\nx = \"run\"\n",
        ),
        ("AGENTS.md", "# Rules\r\n\r\nBe kind.\r\n"),
        (".vscode/settings.json", "{\n    \"a\": 1\n}\n"),
    ]);
    shop.install();
    let wired = shop.there_and_back(&[]);
    let text = |name: &str| String::from_utf8(wired[name].clone()).unwrap();
    let config = text(".cargo/config.toml");
    assert!(
        config.starts_with("# Ours.\n[build] # fast\n# archguard:begin\n"),
        "{config}"
    );
    assert!(config.contains("\nrustc-workspace-wrapper = \"cargo-archguard\"\n# archguard:end\njobs = 2\n"));
    assert!(config.contains(concat!(
        "cargo install cargo-archguard --version ",
        env!("CARGO_PKG_VERSION"),
        " --locked"
    )));
    let agents = text("AGENTS.md");
    assert!(
        agents.starts_with("# Rules\r\n\r\nBe kind.\r\n<!-- archguard:begin -->\r\n"),
        "{agents}"
    );
    for expected in [
        "| `http` | `shop::http` | `auth` |",
        "| `auth` | `shop::auth` | no other component |",
        "- Use `auth` (`shop::auth::sign_in`) instead of `std::collections`. One way in. [shared-auth]",
        "cargo archguard guard <file>",
    ] {
        assert!(agents.contains(expected), "{expected}: {agents}");
    }
    let workflow = text(".github/workflows/archguard.yml");
    for expected in [
        "cargo-archguard --ci --format github",
        "cargo-archguard verify --ci",
        "--locked",
        "--base ${{ github.event.pull_request.base.sha }}",
    ] {
        assert!(workflow.contains(expected), "{workflow}");
    }
    let settings: Value = serde_json::from_str(&text(".vscode/settings.json")).unwrap();
    assert_eq!(settings["rust-analyzer.check.overrideCommand"][5], "--with-cargo-check");
    assert!(text(".git/hooks/pre-commit").starts_with("#!/bin/sh\n# archguard:begin\n"));
    assert!(!wired.contains_key(".pre-commit-config.yaml"));
}

#[test]
fn the_macro_there_and_back_where_the_tool_is_not_on_the_path() {
    let shop = Shop::new(&[
        ("src/main.rs", "#![allow(dead_code)]\r\nfn main() {}\r\n"),
        (
            "Cargo.toml",
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\n# none yet",
        ),
    ]);
    let wired = shop.there_and_back(&["--only", "build"]);
    let text = |name: &str| String::from_utf8(wired[name].clone()).unwrap();
    assert!(
        text("src/lib.rs").starts_with(
            "//! A shop.\n// archguard:begin\narchguard::enforce!();\n// archguard:end\n\npub mod auth;\n"
        )
    );
    assert!(
        text("src/main.rs").starts_with("#![allow(dead_code)]\r\n// archguard:begin\r\narchguard::enforce!();\r\n")
    );
    let manifest: toml::Table = text("Cargo.toml").parse().unwrap();
    let dependency = &manifest["dependencies"]["archguard"];
    assert_eq!(dependency["version"].as_str(), Some(env!("CARGO_PKG_VERSION")));
    assert_eq!(dependency["features"][0].as_str(), Some("enforce"));
}

#[test]
fn toml_in_every_shape_keeps_what_it_says() {
    for config in [
        "",
        "[alias]\nx = \"run\"",
        "build.jobs = 2\r\n[alias]\r\nx = \"y\"\r\n",
        "text = '''\n[build]\n'''\n[build]\njobs = 1\n",
        "[build]",
    ] {
        let shop = Shop::new(&[(".cargo/config.toml", config)]);
        shop.install();
        if config.is_empty() {
            fs::remove_dir_all(shop.root().join(".cargo")).unwrap();
        }
        let wired = shop.there_and_back(&["--only", "build"]);
        let mut with: toml::Table = String::from_utf8(wired[".cargo/config.toml"].clone())
            .unwrap()
            .parse()
            .unwrap();
        let build = with["build"].as_table_mut().unwrap();
        let wrapper = build.remove("rustc-workspace-wrapper");
        assert_eq!(wrapper, Some("cargo-archguard".into()), "{config}");
        let mut before: toml::Table = config.parse().unwrap();
        before.entry("build").or_insert_with(|| toml::Table::new().into());
        assert_eq!(with, before);
    }
}

#[test]
fn what_does_not_fit_is_left_to_people_with_what_to_add() {
    let settings = "{\n    // mine\n    \"a\": 1\n}\n";
    let shop = Shop::new(&[
        (
            ".cargo/config.toml",
            "build = { rustc-workspace-wrapper = \"other\" }\n",
        ),
        (".vscode/settings.json", settings),
        ("lefthook.yml", "pre-commit:\n"),
        (".gitlab-ci.yml", "job: {}\n"),
    ]);
    shop.install();
    let before = shop.files();
    let all = shop.expect(
        &["--only", "build,hook,editor", "--yes"],
        0,
        "nothing to change; 3 things for people",
    );
    for expected in [
        "build (by hand) .cargo/config.toml: `rustc-workspace-wrapper` is \"other\"",
        "hook (by hand) lefthook.yml: add to `pre-commit: commands:`",
        "editor (by hand) .vscode/settings.json: it is no plain JSON",
    ] {
        assert!(all.contains(expected), "{all}");
    }
    assert_eq!(shop.files(), before);
    shop.expect(&["--check"], 1, "ci (by hand) .gitlab-ci.yml: ");
    shop.write(
        "lefthook.yml",
        "pre-commit:\n  commands:\n    archguard: { run: cargo archguard check --quiet }\n",
    );
    shop.expect(&["--check", "--only", "hook"], 0, "everything is in place");
}

#[test]
fn managers_of_hooks_are_respected() {
    let shop = Shop::new(&[(".husky/pre-commit", "npm test\n")]);
    let wired = shop.there_and_back(&["--only", "hook"]);
    let hook = String::from_utf8(wired[".husky/pre-commit"].clone()).unwrap();
    assert!(
        hook.starts_with("# archguard:begin\n") && hook.ends_with("# archguard:end\nnpm test\n"),
        "{hook}"
    );
    assert!(!shop.has(".git/hooks/pre-commit"));

    let listed = "repos:\n- repo: https://example.org/hooks\n  rev: v1\n  hooks:\n  - id: x\n";
    let shop = Shop::new(&[(".pre-commit-config.yaml", listed)]);
    let wired = shop.there_and_back(&["--only", "hook,pre-commit"]);
    let list = String::from_utf8(wired[".pre-commit-config.yaml"].clone()).unwrap();
    assert!(list.starts_with("repos:\n# archguard:begin\n"), "{list}");
    assert!(
        list.contains("\n- repo: local\n  hooks:\n    - id: archguard\n"),
        "{list}"
    );
    assert!(list.ends_with("# archguard:end\n- repo: https://example.org/hooks\n  rev: v1\n  hooks:\n  - id: x\n"));
    assert!(!wired.contains_key(".git/hooks/pre-commit"));

    let shop = Shop::new(&[("tools/hooks/pre-commit", "#!/usr/bin/env bash\nexit 0\n")]);
    shop.git(&["config", "core.hooksPath", "tools/hooks"]);
    let wired = shop.there_and_back(&["--only", "hook"]);
    let hook = String::from_utf8(wired["tools/hooks/pre-commit"].clone()).unwrap();
    assert!(hook.starts_with("#!/usr/bin/env bash\n# archguard:begin\n"), "{hook}");
}

#[test]
fn a_hook_that_git_does_not_run_is_seen() {
    let shop = Shop::new(&[]);
    shop.expect(&["--only", "hook", "--yes"], 0, "wrote 1 file");
    shop.git(&["config", "core.hooksPath", "elsewhere"]);
    let all = shop.expect(&["--only", "hook", "--check"], 1, "2 of 2 pieces not in place");
    assert!(all.contains("hook (missing) elsewhere/pre-commit"), "{all}");
    assert!(
        all.contains("hook (shadowed) .git/hooks/pre-commit: git does not run it"),
        "{all}"
    );
}

#[cfg(unix)]
#[test]
fn the_hook_lets_a_clean_commit_through_and_stops_a_breach() {
    let shop = Shop::new(&[]);
    shop.expect(&["--only", "hook", "--yes"], 0, "wrote 1 file");
    shop.git(&["add", "."]);
    let commit = || {
        let mut git = Command::new("git");
        let built = Path::new(env!("CARGO_BIN_EXE_cargo-archguard")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap();
        let path = std::env::join_paths(std::iter::once(built.to_path_buf()).chain(std::env::split_paths(&path)));
        git.arg("-C").arg(shop.root()).env("PATH", path.unwrap());
        git.args([
            "-c",
            "user.name=us",
            "-c",
            "user.email=us@example.org",
            "commit",
            "--quiet",
            "-m",
            "x",
        ]);
        git.output().unwrap()
    };
    let first = commit();
    assert!(first.status.success(), "{}", text(&first.stdout) + &text(&first.stderr));
    shop.write("src/auth.rs", "pub fn sign_in() {\n    crate::http::list();\n}\n");
    shop.git(&["add", "."]);
    let second = commit();
    assert!(!second.status.success());
    let said = text(&second.stdout) + &text(&second.stderr);
    assert!(said.contains("undeclared-dependency"), "{said}");
}

#[test]
fn drift_is_seen_and_renewed() {
    let shop = Shop::new(&[]);
    shop.install();
    shop.expect(&["--yes"], 0, "wrote ");
    shop.write("archguard.toml", &POLICY.replace("db   =", "data ="));
    let all = shop.expect(&["--check"], 1, "agents (drifted) AGENTS.md");
    assert!(all.contains("1 of "), "{all}");
    shop.expect(&["--yes"], 0, "wrote 1 file");
    assert!(shop.read("AGENTS.md").contains("| `data` |"));
    shop.expect(&["--check"], 0, "everything is in place");

    fs::write(shop.root().join("src/lib.rs"), shop.read("src/lib.rs")).unwrap();
    let hook = shop.root().join(".git/hooks/pre-commit");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o644)).unwrap();
        shop.expect(
            &["--check"],
            1,
            "hook (drifted) .git/hooks/pre-commit: it is not executable",
        );
        shop.expect(&["--yes"], 0, "wrote 1 file");
        assert_ne!(fs::metadata(&hook).unwrap().permissions().mode() & 0o111, 0);
    }
    shop.write(".cargo/config.toml", "[build]\n");
    shop.expect(&["--check"], 1, "archguard: ");
}

#[test]
fn what_somebody_has_changed_is_left_and_named() {
    let shop = Shop::new(&[]);
    shop.install();
    shop.expect(&["--yes"], 0, "wrote ");
    let changed = shop
        .read(".github/workflows/archguard.yml")
        .replace("ubuntu-latest", "windows-latest");
    shop.write(".github/workflows/archguard.yml", &changed);
    for (arguments, code) in [(&["--check"][..], 1), (&["--yes"], 0), (&["--undo", "--yes"], 1)] {
        shop.expect(
            arguments,
            code,
            "ci (changed) .github/workflows/archguard.yml: somebody has changed",
        );
    }
    assert_eq!(shop.read(".github/workflows/archguard.yml"), changed);
    assert!(!shop.has("AGENTS.md") && !shop.has(".cargo/config.toml"));
}

#[test]
fn what_keeps_the_wrapper_from_being_called_is_seen() {
    let shop = Shop::new(&[]);
    shop.expect(&["--only", "build", "--with", "wrapper", "--yes"], 0, "wrote 1 file");
    let check = ["--only", "build", "--check"];
    shop.expect(&check, 1, "`cargo-archguard` is not on the path");
    shop.install();
    shop.expect(&check, 0, "everything is in place");
    let with = |name: &str, value: &str| {
        let output = shop.command(&check).env(name, value).output().unwrap();
        (exit_of(&output), text(&output.stdout))
    };
    for (name, value, expected) in [
        ("RUSTC_WORKSPACE_WRAPPER", "clippy-driver", "cargo calls that instead"),
        ("RUSTC_WORKSPACE_WRAPPER", "", "cargo calls no wrapper"),
        ("RUSTC_WRAPPER", "/usr/bin/sccache", "answers from its cache"),
    ] {
        let (exit, all) = with(name, value);
        assert!(
            exit == 1 && all.contains("build (shadowed)") && all.contains(expected),
            "{name}: {all}"
        );
    }
    assert_eq!(with("RUSTC_WRAPPER", "/opt/plain").0, 0);
    shop.write(
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\nmembers = [\"inner\"]\n",
    );
    shop.write(
        "inner/Cargo.toml",
        "[package]\nname = \"inner\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    );
    shop.write("inner/src/lib.rs", "");
    shop.write("inner/.cargo/config.toml", "[build]\nrustc-workspace-wrapper = \"x\"\n");
    shop.expect(&check, 1, "build (shadowed) inner/.cargo/config.toml: it sets");
}

#[test]
fn a_workspace_below_the_root_of_its_repository_is_named_in_what_runs_there() {
    let shop = Shop::new(&[]);
    fs::remove_dir_all(shop.root().join(".git")).unwrap();
    let git = Command::new("git")
        .arg("-C")
        .arg(shop.folder.path())
        .args(["init", "--quiet"])
        .status();
    assert!(git.unwrap().success());
    shop.expect(
        &["--only", "hook,ci,agents", "--yes"],
        0,
        "ci (create) ../.github/workflows/archguard.yml",
    );
    let workflow = fs::read_to_string(shop.folder.path().join(".github/workflows/archguard.yml")).unwrap();
    assert!(
        workflow.contains("--format github --manifest-path shop/Cargo.toml\n"),
        "{workflow}"
    );
    assert!(shop.has("AGENTS.md"));
    shop.expect(&["--only", "hook,ci,agents", "--check"], 0, "everything is in place");
}

#[test]
fn without_a_repository_there_is_no_hook_and_without_a_policy_nothing() {
    let shop = Shop::new(&[]);
    fs::remove_dir_all(shop.root().join(".git")).unwrap();
    let mut command = shop.command(&["--only", "hook", "--check"]);
    let output = command
        .env("GIT_CEILING_DIRECTORIES", shop.folder.path())
        .output()
        .unwrap();
    assert!(text(&output.stdout).contains("hook (not needed): this is no git repository"));
    fs::remove_file(shop.root().join("archguard.toml")).unwrap();
    shop.expect(&["--yes"], 2, "no-policy");
    assert!(!shop.has("AGENTS.md"));
}

#[test]
fn the_document_keeps_to_its_schema() {
    let shop = Shop::new(&[]);
    shop.install();
    for arguments in [
        &["--format", "json"][..],
        &["--check", "--format", "json"],
        &["--yes", "--format", "json"],
        &["--undo", "--format", "json"],
    ] {
        let (_, printed) = shop.setup(arguments);
        let document: Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(
            errors(&published("setup-1.json"), &document),
            [] as [String; 0],
            "{arguments:?}"
        );
        assert!(
            document["pieces"].as_array().unwrap().len() > 3,
            "{arguments:?}: {printed}"
        );
        assert_eq!(document["applied"], arguments.contains(&"--yes"));
    }
}
