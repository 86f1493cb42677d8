//! Paths as output shows them.

use super::super::{ExternalPackage, ExternalSource, display_path};
use super::*;

fn fixture() -> Fixture {
    Fixture::new(&format!(
        "//- repo/.git/config\n//- repo/w/Cargo.toml\n{}//- repo/w/src/lib.rs\n",
        manifest("one", "")
    ))
}

fn external(directory: PathBuf, source: ExternalSource) -> ExternalPackage {
    let (name, version) = ("some-crate".to_owned(), "1.2.3".to_owned());
    ExternalPackage {
        name,
        version,
        source,
        repository: None,
        directory,
        library: None,
        dependencies: Vec::new(),
        features: None,
    }
}

#[test]
fn inside_beside_and_outside() {
    let fixture = fixture();
    let workspace = fixture.load("repo/w").unwrap();
    let shown = |path: &str| display_path(&workspace, &fixture.root.join(path));
    assert_eq!(shown("repo/w/src/lib.rs"), "src/lib.rs");
    assert_eq!(shown("repo/shared/a b/ü.rs"), "../shared/a b/ü.rs");
    assert_eq!(shown("repo/top.rs"), "../top.rs");
    assert_eq!(
        shown("elsewhere/x.rs"),
        fixture.root.join("elsewhere/x.rs").to_str().unwrap()
    );
}

#[test]
fn external_packages_go_by_name_and_version() {
    let fixture = fixture();
    let mut workspace = fixture.load("repo/w").unwrap();
    let registry = || ExternalSource::Registry("registry+x".into());
    let places = [
        (
            fixture.root.join("home/registry/src/index/some-crate-1.2.3"),
            registry(),
            "registry:some-crate-1.2.3",
        ),
        (
            fixture.root.join("repo/w/.cache/registry/src/index/some"),
            registry(),
            "registry:some-crate-1.2.3",
        ),
        (
            fixture.root.join("home/git/checkouts/x/abc"),
            ExternalSource::Git("git+x".into()),
            "git:some-crate-1.2.3",
        ),
        (
            fixture.root.join("repo/vendor/some-crate"),
            registry(),
            "../vendor/some-crate",
        ),
        (
            fixture.root.join("elsewhere/some-crate"),
            registry(),
            "registry:some-crate-1.2.3",
        ),
    ];
    for (directory, source, expected) in places {
        workspace.external_by_directory.clear();
        workspace.external_by_directory.insert(directory.clone(), 0);
        workspace.dependencies = vec![external(directory.clone(), source)];
        assert_eq!(display_path(&workspace, &directory), expected);
        assert_eq!(
            display_path(&workspace, &directory.join("src/lib.rs")),
            format!("{expected}/src/lib.rs")
        );
    }
}

#[test]
fn generated_files_go_by_their_package() {
    let fixture = fixture();
    let mut workspace = fixture.load("repo/w").unwrap();
    workspace.build_directory = fixture.root.join("repo/w/target");
    let shown = |path: &str| display_path(&workspace, &workspace.build_directory.join(path));
    assert_eq!(
        shown("debug/build/my-crate-0123456789abcdef/out/sub/gen.rs"),
        "out:my-crate/sub/gen.rs"
    );
    assert_eq!(
        shown("x86_64/debug/build/my-crate/0123456789abcdef/out/gen.rs"),
        "out:my-crate/gen.rs"
    );
    assert_eq!(shown("debug/other.rs"), "target/debug/other.rs");
}

#[cfg(unix)]
#[test]
fn what_is_not_unicode_is_replaced() {
    use std::os::unix::ffi::OsStrExt;
    let fixture = fixture();
    let workspace = fixture.load("repo/w").unwrap();
    let name = std::ffi::OsStr::from_bytes(b"src/\xff.rs");
    assert_eq!(
        display_path(&workspace, &fixture.root.join("repo/w").join(name)),
        "src/\u{fffd}.rs"
    );
}
