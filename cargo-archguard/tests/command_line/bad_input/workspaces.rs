//! Workspaces that cargo cannot read, or only in part.

use super::case::{MANIFEST, POLICY, Workspace, all_say};

const WORKSPACES: [(&str, &str, i32, &str); 12] = [
    (
        "no manifest",
        "//- no Cargo.toml\n",
        2,
        "error[workspace]: no `Cargo.toml` in `[ROOT]` or above it\nerror",
    ),
    (
        "a manifest that is no TOML",
        "//- Cargo.toml\n[package\n",
        2,
        "error[workspace]: cargo cannot read the workspace of `[ROOT]/Cargo.toml`: unclosed table, expected `]`\n  at [ROOT]/Cargo.toml:1:9\nerror",
    ),
    (
        "cargo metadata fails",
        "//- Cargo.toml\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"1999\"\n",
        2,
        "error[workspace]: cargo cannot read the workspace of `[ROOT]/Cargo.toml`: failed to parse manifest at `[ROOT]/Cargo.toml`\nerror",
    ),
    (
        "a path dependency that is not there",
        "//- Cargo.toml\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\ngone = { path = \"gone\" }\n",
        2,
        "error[unexamined-code]: `shop` depends on `gone` by path, and no package can be read in `gone`\n  at Cargo.toml:6:1\nnote: cargo cannot build this workspace as it is: failed to get `gone` as a dependency of package `shop v0.1.0 ([ROOT])`\nnote: 1 crate without sources: gone\nincomplete",
    ),
    (
        "a member's path dependency without a manifest",
        "//- Cargo.toml\n[workspace]\nmembers = [\"shop\", \"other\"]\nresolver = \"2\"\n//- shop/Cargo.toml\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n//- shop/src/lib.rs\npub fn f() { std::fs::read(\"x\"); }\n//- other/Cargo.toml\n[package]\nname = \"other\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[target.'cfg(unix)'.dev-dependencies.gone]\npackage = \"not-there\"\npath = \"../gone\"\n//- other/src/lib.rs\n//- gone/README.md\n//- archguard.toml\nversion = 1\n[components]\nall = [\"shop\", \"other\"]\n[[forbid]]\nid = \"x\"\nuse = \"std::fs\"\n",
        2,
        "error[x/forbidden-use]: `shop::f` calls `std::fs::read`, which `x` forbids\n  at shop/src/lib.rs:1:14\nerror[unexamined-code]: `other` depends on `gone` by path, and no package can be read in `gone`\n  at other/Cargo.toml:5:38\nnote: cargo cannot build this workspace as it is: failed to load manifest for workspace member `[ROOT]/other`\nnote: 1 crate without sources: not_there\nincomplete",
    ),
    (
        "no packages",
        "//- Cargo.toml\n[workspace]\n",
        2,
        "error[workspace]: the workspace `[ROOT]/Cargo.toml` has no packages\nerror",
    ),
    (
        "no lock file",
        "//- Cargo.toml\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
        0,
        "note: no `Cargo.lock`: dependencies were resolved in a copy\nclean",
    ),
    (
        "a registry dependency that is not fetched",
        "//- Cargo.toml\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\narchguard-there-is-no-such-crate = \"1\"\n//- src/lib.rs\nfn f() { archguard_there_is_no_such_crate::run(); }\n",
        0,
        "note: dependencies could not be resolved, only manifests were read: no matching package named `archguard-there-is-no-such-crate` found\nnote: 1 crate without sources: archguard_there_is_no_such_crate\nclean",
    ),
    (
        "a git dependency that is not fetched",
        "//- Cargo.toml\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\nelsewhere = { git = \"https://git.invalid/elsewhere\" }\n",
        0,
        "note: dependencies could not be resolved, only manifests were read: failed to get `elsewhere` as a dependency of package `shop v0.1.0 ([ROOT])`\nnote: 1 crate without sources: elsewhere\nclean",
    ),
    (
        "no source files",
        "//- no src/lib.rs\n",
        2,
        "error[nothing-examined]: nothing was examined: the workspace holds no code to judge\nerror[unexamined-code]: the file of module `shop` is missing: `src/lib.rs`\nnote: cargo cannot build this workspace as it is: failed to parse manifest at `[ROOT]/Cargo.toml`\nerror",
    ),
    (
        "no source files and no component",
        "//- no src/lib.rs\n//- archguard.toml\nversion = 1\n",
        2,
        "error[nothing-examined]: nothing was examined: the workspace holds no code to judge\nerror[unexamined-code]: the file of module `shop` is missing: `src/lib.rs`\nnote: cargo cannot build this workspace as it is: failed to parse manifest at `[ROOT]/Cargo.toml`\nerror",
    ),
    (
        "a root file that is missing",
        "//- Cargo.toml\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[lib]\npath = \"src/gone.rs\"\n",
        2,
        "error[nothing-examined]: nothing was examined: the workspace holds no code to judge\nerror[unexamined-code]: the file of module `shop` is missing: `src/gone.rs`\nnote: no `Cargo.lock`: dependencies were resolved in a copy\nnote: 1 file in no module tree: src/lib.rs\nerror",
    ),
];

#[test]
fn each_ends_as_documented_and_says_why() {
    all_say(WORKSPACES.map(|(name, files, code, expected)| (name, Workspace::of(files), code, expected)));
}

#[test]
fn spaces_and_other_letters_in_paths_are_letters() {
    let workspace = Workspace::of("");
    let folder = "Grüße an 漢字/my shop";
    for (file, content) in [
        ("Cargo.toml", MANIFEST),
        ("archguard.toml", POLICY),
        (
            "src/lib.rs",
            "#[path = \"ein modul/größe.rs\"]\npub mod size;\npub mod gone;\n",
        ),
        ("src/ein modul/größe.rs", "pub fn f() {}\n"),
    ] {
        workspace.write(&format!("{folder}/{file}"), content);
    }
    let output = workspace.run(&["--manifest-path", &format!("{folder}/Cargo.toml"), "--format", "json"]);
    let verdict: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(crate::process::exit_of(&output), 2);
    assert_eq!(verdict["examined"]["files"], 2);
    assert_eq!(verdict["problems"][0]["file"], "src/lib.rs");
}

#[cfg(unix)]
#[test]
fn a_circle_of_links_ends() {
    let workspace = Workspace::of("//- src/lib.rs\npub mod a;\n//- src/a/mod.rs\n");
    std::os::unix::fs::symlink("..", workspace.path().join("src/a/up")).unwrap();
    std::os::unix::fs::symlink("round.rs", workspace.path().join("src/round.rs")).unwrap();
    workspace.says(
        "links nobody names",
        0,
        "note: 1 file in no module tree: src/round.rs\nclean",
    );
    workspace.write("src/lib.rs", "pub mod a;\npub mod round;\n");
    let (code, said) = workspace.said("a module that is a circle");
    // The number of the error differs between systems.
    let expected =
        "error[unexamined-code]: `src/round.rs` could not be read: Too many levels of symbolic links (os error ";
    assert!(code == 2 && said.starts_with(expected), "{code} {said}");
}
