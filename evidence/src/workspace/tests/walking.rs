//! What lies in directories.

use super::super::rust_files_below;
use super::*;

fn relative(fixture: &Fixture, paths: &[PathBuf]) -> Vec<String> {
    paths
        .iter()
        .map(|path| path.strip_prefix(&fixture.root).unwrap().to_str().unwrap().to_owned())
        .collect()
}

const TREE: &str = "//- .gitignore\n/ignored\n//- p/Cargo.toml\n//- p/src/lib.rs\n//- p/src/.hidden/deep.rs\n//- p/src/notes.txt\n//- p/inner/Cargo.toml\n//- p/inner/src/lib.rs\n//- p/target/x.rs\n//- p/made/.gitignore\n*.rs\n//- p/made/by.rs\n//- p/.ignore\nz.rs\n//- p/z.rs\n//- ignored/a.rs\n";

#[test]
fn rust_files_of_a_package_are_listed() {
    for git in [true, false] {
        let fixture = Fixture::new(TREE);
        if git {
            std::fs::create_dir(fixture.root.join(".git")).unwrap();
        }
        let package = fixture.root.join("p");
        let files = rust_files_below(&package, &[package.join("target")]);
        assert_eq!(
            relative(&fixture, &files),
            ["p/src/.hidden/deep.rs", "p/src/lib.rs", "p/z.rs"]
        );
    }
}

#[test]
fn a_package_that_git_ignores_has_no_files() {
    let fixture = Fixture::new(TREE);
    std::fs::create_dir(fixture.root.join(".git")).unwrap();
    let files = rust_files_below(&fixture.root, &[]);
    assert_eq!(relative(&fixture, &files), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_loop_of_symlinks_is_harmless() {
    let fixture = Fixture::new(&format!("//- Cargo.toml\n{}//- src/lib.rs\n", manifest("one", "")));
    std::os::unix::fs::symlink(&fixture.root, fixture.root.join("src/again")).unwrap();
    std::os::unix::fs::symlink("lib.rs", fixture.root.join("src/same.rs")).unwrap();
    std::os::unix::fs::symlink("round.rs", fixture.root.join("src/round.rs")).unwrap();
    let files = rust_files_below(&fixture.root, &[]);
    assert_eq!(
        relative(&fixture, &files),
        ["src/lib.rs", "src/round.rs", "src/same.rs"]
    );
    assert_eq!(fixture.load("").unwrap().packages.len(), 1);
}

#[test]
fn workspaces_that_are_not_examined_are_named() {
    let fixture = Fixture::new(&format!(
        "//- .git/config\n//- .gitignore\nscratch/\n//- w/Cargo.toml\n{}//- w/src/lib.rs\n//- w/used/Cargo.toml\n{}//- w/used/src/lib.rs\n//- w/fuzz/Cargo.toml\n[workspace]\n//- w/fuzz/part/Cargo.toml\n{}//- w/fixtures/broken/Cargo.toml\n[[[\n//- w/fixtures/alone/Cargo.toml\n{}//- w/fixtures/alone/scratch/Cargo.toml\n[workspace]\n//- beside/Cargo.toml\n[workspace]\n//- beside/nested/Cargo.toml\n[workspace]\n//- w/out/x/Cargo.toml\n[workspace]\n//- w/.cargo/config.toml\n[build]\ntarget-dir = \"out\"\n",
        manifest("one", "[workspace]\n[dependencies]\nused = { path = \"used\" }"),
        manifest("used", ""),
        manifest("part", ""),
        manifest("alone", ""),
    ));
    let workspace = fixture.load("w").unwrap();
    let mut expected = vec![
        "beside",
        "beside/nested",
        "w/fixtures/alone",
        "w/fixtures/broken",
        "w/fuzz",
    ];
    if std::env::var_os("CARGO_TARGET_DIR").is_some() {
        // The environment beats the configuration: then `out` is a directory like any other.
        expected.push("w/out/x");
    }
    assert_eq!(relative(&fixture, workspace.other_workspaces()), expected);
}
