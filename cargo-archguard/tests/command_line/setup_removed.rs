//! Line 46 of the catalogue: every piece that `setup` puts in place is taken out or put out of action again, each by itself, and
//! `setup --check` says which one.

use std::fs;

use crate::setup::Shop;

/// A package with two crates and the files of a repository, wired.
fn wired(arguments: &[&str]) -> (Shop, Vec<String>) {
    let shop = Shop::new(&[
        ("src/main.rs", "fn main() {}\n"),
        ("AGENTS.md", "# Rules\n"),
        (".vscode/settings.json", "{\n    \"a\": 1\n}\n"),
    ]);
    shop.install();
    let before = shop.files();
    shop.expect(&[arguments, &["--yes"]].concat(), 0, "wrote ");
    shop.expect(&[arguments, &["--check"]].concat(), 0, "everything is in place");
    let after = shop.files();
    let changed = after.iter().filter(|(name, text)| before.get(*name) != Some(text));
    let changed = changed.map(|(name, _)| name.clone()).collect();
    (shop, changed)
}

/// What the check must say of a piece, and that it is whole again afterwards.
fn must_be_missed(shop: &Shop, arguments: &[&str], name: &str, text: Option<&str>) {
    let whole = fs::read(shop.root().join(name)).unwrap();
    let is_hook = name.starts_with(".git/hooks/");
    let aside = shop.root().join("aside");
    if is_hook {
        // Written anew it would not be executable.
        fs::copy(shop.root().join(name), &aside).unwrap();
    }
    match text {
        Some(text) => {
            assert_ne!(text.as_bytes(), whole, "{name}: nothing was changed");
            fs::write(shop.root().join(name), text).unwrap();
        }
        None => fs::remove_file(shop.root().join(name)).unwrap(),
    }
    let all = shop.expect(&[arguments, &["--check"]].concat(), 1, name);
    assert!(all.contains("1 of "), "{name}, and nothing else: {all}");
    if is_hook {
        fs::rename(aside, shop.root().join(name)).unwrap();
    } else {
        fs::write(shop.root().join(name), whole).unwrap();
    }
}

/// A text without its lines that hold a word.
fn without(text: &str, word: &str) -> String {
    let kept = text.split_inclusive('\n').filter(|line| !line.contains(word));
    kept.collect()
}

#[test]
fn each_piece_is_missed_when_it_is_gone() {
    for by in ["wrapper", "macro"] {
        let arguments = ["--with", by];
        let (shop, changed) = wired(&arguments);
        assert!(changed.len() > 4, "{by}: {changed:?}");
        for name in &changed {
            if name != "Cargo.toml" && !name.starts_with("src/") {
                must_be_missed(&shop, &arguments, name, None);
            }
        }
        for name in ["src/lib.rs", "src/main.rs", "Cargo.toml"] {
            let is_wired = changed.iter().any(|changed| changed == name);
            assert_eq!(is_wired, by == "macro", "{name}");
            if is_wired {
                let gone = without(&shop.read(name), "archguard");
                must_be_missed(&shop, &arguments, name, Some(&gone));
            }
        }
    }
}

/// Not taken out, and still out of action.
#[test]
fn each_piece_is_missed_when_it_is_put_out_of_action() {
    let arguments = ["--with", "macro"];
    let (shop, _) = wired(&arguments);
    let library = shop.read("src/lib.rs");
    for instead in [
        "// archguard::enforce!();",
        "/*\narchguard::enforce!();\n*/",
        "#[cfg(any())]\narchguard::enforce!();",
        "#[cfg(any())] archguard::enforce!();",
        "const _: &str = \"\narchguard::enforce!();\n\";",
        "mod off {\narchguard::enforce!();\n}",
    ] {
        let off = library.replace("archguard::enforce!();", instead);
        must_be_missed(&shop, &arguments, "src/lib.rs", Some(&off));
    }
    let manifest = shop.read("Cargo.toml");
    let off = manifest.replace("features = [\"enforce\"]", "features = []");
    must_be_missed(&shop, &arguments, "Cargo.toml", Some(&off));

    let arguments = ["--with", "wrapper"];
    let (shop, _) = wired(&arguments);
    let config = shop.read(".cargo/config.toml");
    for instead in ["# rustc-workspace-wrapper", "rustc-wrapper"] {
        let off = config.replace("rustc-workspace-wrapper", instead);
        must_be_missed(&shop, &arguments, ".cargo/config.toml", Some(&off));
    }
    let hook = shop.read(".git/hooks/pre-commit");
    let off = hook.replace("cargo-archguard check", "true #");
    must_be_missed(&shop, &arguments, ".git/hooks/pre-commit", Some(&off));
    let workflow = shop.read(".github/workflows/archguard.yml");
    for (old, new) in [
        ("cargo-archguard --ci", "cargo-archguard -p shop"),
        ("runs-on:", "continue-on-error: true\n    runs-on:"),
    ] {
        let off = workflow.replace(old, new);
        must_be_missed(&shop, &arguments, ".github/workflows/archguard.yml", Some(&off));
    }
}

/// Line 45: cargo prefers an alias to a command, and the repository's own files can define one.
#[test]
fn an_alias_under_the_commands_name_is_seen_and_what_setup_makes_does_not_heed_it() {
    let (shop, _) = wired(&["--with", "wrapper"]);
    for name in [".github/workflows/archguard.yml", ".git/hooks/pre-commit"] {
        let text = shop.read(name);
        let run = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        assert!(run.clone().any(|line| line.contains("cargo-archguard ")), "{name}");
        assert!(!run.clone().any(|line| line.contains("cargo archguard ")), "{name}");
    }
    let config = shop.read(".cargo/config.toml");
    shop.write(
        ".cargo/config.toml",
        &format!("{config}\n[alias]\narchguard = \"version\"\n"),
    );
    shop.expect(
        &["--check"],
        1,
        "ci (shadowed) .cargo/config.toml: `alias.archguard` is \"version\"",
    );
}
