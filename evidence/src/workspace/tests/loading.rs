//! Members, targets and their names.

use super::super::{Edition, Note, PackageRef, Resolution, TargetKind};
use super::*;

#[test]
fn a_virtual_workspace_is_found_from_below() {
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n[workspace]\nresolver = \"2\"\nmembers = [\"crates/*\"]\n//- Cargo.lock\n{}//- crates/z-last/Cargo.toml\n{}//- crates/z-last/src/lib.rs\n//- crates/first/Cargo.toml\n{}//- crates/first/src/main.rs\n",
        lock_file(&["first", "z-last"]),
        manifest("z-last", ""),
        manifest("first", "")
    ));
    let workspace = fixture.load("crates/z-last/src").unwrap();
    assert_eq!(workspace.root, fixture.root);
    let names: Vec<_> = workspace
        .packages
        .iter()
        .map(|package| (package.name.as_str(), package.is_member))
        .collect();
    assert_eq!(names, [("first", true), ("z-last", true)]);
    assert_eq!(workspace.resolution, Resolution::Full);
    assert_eq!(workspace.notes, []);
    assert_eq!(
        package(&workspace, "z-last").directory,
        fixture.root.join("crates/z-last")
    );
}

#[test]
fn every_kind_of_target_keeps_its_name_and_root() {
    let rest = "rust-version = \"1.999\"\nlinks = \"native\"\nbuild = \"make.rs\"\nrepository = \"https://example.org/x\"\n[lib]\nname = \"other\"\npath = \"code/here.rs\"\ndoctest = false\n[features]\nextra = []\ndefault = []\n[[bin]]\nname = \"with-dash\"\npath = \"run.rs\"\nrequired-features = [\"extra\"]";
    let files = "//- code/here.rs\n//- run.rs\n//- make.rs\n//- src/bin/tool.rs\n//- examples/show-it/main.rs\n//- tests/it.rs\n//- benches/speed.rs\n";
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n{}//- Cargo.lock\n{}{files}",
        manifest("all-kinds", rest),
        lock_file(&["all-kinds"])
    ));
    let workspace = fixture.load("").unwrap();
    let all = package(&workspace, "all-kinds");
    let targets: Vec<_> = all
        .targets
        .iter()
        .map(|target| {
            (
                target.kind,
                target.crate_name.as_str(),
                target.root.strip_prefix(&fixture.root).unwrap(),
            )
        })
        .collect();
    let at = Path::new;
    let expected = [
        (TargetKind::Lib, "other", at("code/here.rs")),
        (TargetKind::Bin, "tool", at("src/bin/tool.rs")),
        (TargetKind::Bin, "with_dash", at("run.rs")),
        (TargetKind::Example, "show_it", at("examples/show-it/main.rs")),
        (TargetKind::Test, "it", at("tests/it.rs")),
        (TargetKind::Bench, "speed", at("benches/speed.rs")),
        (TargetKind::BuildScript, "build_script_make", at("make.rs")),
    ];
    assert_eq!(targets, expected);
    assert_eq!(all.targets[2].name, "with-dash");
    assert_eq!(all.targets[2].required_features, ["extra"]);
    assert!(!all.library().unwrap().doctest && all.library().unwrap().test);
    assert_eq!(all.features, ["default", "extra"]);
    assert_eq!(
        (all.links.as_deref(), all.rust_version.as_deref()),
        (Some("native"), Some("1.999.0"))
    );
    assert_eq!(
        (all.edition, all.repository.as_deref()),
        (Edition::E2021, Some("https://example.org/x"))
    );
}

#[test]
fn a_root_that_is_a_member_and_a_proc_macro() {
    let root = "[workspace]\nmembers = [\"derive\"]\n[dependencies]\nderive = { path = \"derive\" }";
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n{}//- src/lib.rs\n//- derive/Cargo.toml\n{}//- derive/src/lib.rs\n",
        manifest("top", root),
        manifest("derive", "[lib]\nproc-macro = true")
    ));
    let workspace = fixture.load("").unwrap();
    assert_eq!(package(&workspace, "top").directory, fixture.root);
    assert_eq!(
        package(&workspace, "derive").library().unwrap().kind,
        TargetKind::ProcMacro
    );
    let PackageRef::Examined(id) = dependency(package(&workspace, "top"), "derive").package else {
        panic!("opaque")
    };
    assert_eq!(workspace.package(id).name, "derive");
}

#[test]
fn a_member_without_its_root_file_is_kept() {
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n[workspace]\nresolver = \"2\"\nmembers = [\"*\"]\n//- whole/Cargo.toml\n{}//- whole/src/lib.rs\n//- empty/Cargo.toml\n{}//- half/Cargo.toml\n{}//- half/src/main.rs\n",
        manifest("whole", "[dependencies]\nempty = { path = \"../empty\" }"),
        manifest("empty", ""),
        manifest("half", "[[bin]]\nname = \"gone\"")
    ));
    for lock in [false, true] {
        if lock {
            let text = lock_file(&["empty", "half"])
                + "\n[[package]]\nname = \"whole\"\nversion = \"0.1.0\"\ndependencies = [\"empty\"]\n";
            std::fs::write(fixture.root.join("Cargo.lock"), text).unwrap();
        }
        let workspace = fixture.load("").unwrap();
        assert_eq!(workspace.resolution, Resolution::Full);
        let [Note::MissingTargetFiles { message }] = &workspace.notes[..] else {
            panic!("{:?}", workspace.notes)
        };
        assert!(message.contains("no targets specified in the manifest") || message.contains("can't find `gone` bin"));
        assert!(
            message.contains(fixture.root.to_str().unwrap()),
            "the message names the original: {message}"
        );
        assert_eq!(
            package(&workspace, "empty").library().unwrap().root,
            fixture.root.join("empty/src/lib.rs")
        );
        let roots: Vec<_> = package(&workspace, "half")
            .targets
            .iter()
            .map(|target| &target.root)
            .collect();
        assert_eq!(
            roots,
            [
                &fixture.root.join("half/src/bin/gone.rs"),
                &fixture.root.join("half/src/main.rs")
            ]
        );
        assert_eq!(package(&workspace, "whole").dependencies.len(), 1);
    }
}

#[test]
fn a_path_to_a_root_file_that_is_missing_is_kept() {
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n{}",
        manifest("one", "[lib]\npath = \"nowhere/lib.rs\"")
    ));
    let workspace = fixture.load("").unwrap();
    assert_eq!(
        package(&workspace, "one").library().unwrap().root,
        fixture.root.join("nowhere/lib.rs")
    );
}

#[test]
fn a_package_that_the_workspace_above_excludes_stands_alone() {
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n[workspace]\nmembers = [\"a\"]\nexclude = [\"apart\"]\n//- Cargo.lock\n{}//- a/Cargo.toml\n{}//- a/src/lib.rs\n//- apart/one/Cargo.toml\n{}//- apart/one/src/lib.rs\n",
        lock_file(&["a"]),
        manifest("a", ""),
        manifest("one", "")
    ));
    let workspace = fixture.load("apart/one").unwrap();
    assert_eq!(workspace.notes, [Note::NoLockFile]);
    assert_eq!(
        (workspace.root, workspace.packages.len()),
        (fixture.root.join("apart/one"), 1)
    );
}
