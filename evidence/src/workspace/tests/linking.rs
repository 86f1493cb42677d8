//! Names in code and where they lead.

use super::super::{DependencyKind, DependencyUse, ExternalId, ExternalSource, PackageRef};
use super::*;

/// A package with vendored crates: two versions of `depot`, and `helper`, which the newer one uses.
fn vendored(dependencies: &str) -> Fixture {
    let checksum = "{\"files\":{}}";
    let crate_at = |folder: &str, name: &str, version: &str, rest: &str| {
        format!(
            "//- vendor/{folder}/Cargo.toml\n[package]\nname = \"{name}\"\nversion = \"{version}\"\nrepository = \"https://example.org/{name}\"\n{rest}\n//- vendor/{folder}/src/lib.rs\n//- vendor/{folder}/.cargo-checksum.json\n{checksum}\n"
        )
    };
    Fixture::new(&[
        "//- .cargo/config.toml\n[source.crates-io]\nreplace-with = \"kept\"\n[source.kept]\ndirectory = \"vendor\"\n".to_owned(),
        format!("//- Cargo.toml\n{}//- src/lib.rs\n", manifest("one", dependencies)),
        crate_at("depot-1", "depot", "1.0.0", ""),
        crate_at("depot-2", "depot", "2.0.0", "[lib]\nname = \"de_pot\"\n[dependencies]\nhelper = \"1\"\n"),
        crate_at("helper", "helper", "1.0.0", "[lib]\nproc-macro = true"),
    ].concat())
}

#[test]
fn two_versions_of_a_vendored_crate_go_by_their_names_in_code() {
    let fixture = vendored("[dependencies]\ndepot = \"1\"\nnew-depot = { package = \"depot\", version = \"2\" }");
    let workspace = fixture.load("").unwrap();
    let one = package(&workspace, "one");
    let external = |name: &str| match dependency(one, name).package {
        PackageRef::External(id) => workspace.external(id),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        (&*external("depot").version, &*external("new_depot").version),
        ("1.0.0", "2.0.0")
    );
    let new = external("new_depot");
    assert_eq!(dependency(one, "new_depot").crate_name, "de_pot");
    assert_eq!(new.directory, fixture.root.join("vendor/depot-2"));
    assert_eq!(new.library.as_ref().unwrap().crate_name, "de_pot");
    assert_eq!(new.repository.as_deref(), Some("https://example.org/depot"));
    assert!(matches!(&new.source, ExternalSource::Registry(_)));
    let inner: Vec<_> = new
        .dependencies
        .iter()
        .map(|inner| (&*inner.name_in_code, inner.package))
        .collect();
    assert_eq!(inner, [("helper", PackageRef::External(ExternalId(2)))]);
    assert!(workspace.external(ExternalId(2)).library.as_ref().unwrap().proc_macro);
    assert_eq!(
        super::super::display_path(&workspace, &new.directory.join("src/lib.rs")),
        "vendor/depot-2/src/lib.rs"
    );
    assert_eq!(workspace.other_workspaces(), Vec::<PathBuf>::new());
}

#[test]
fn every_use_of_a_dependency_is_listed() {
    let fixture = vendored(
        "[dependencies]\ndepot = { version = \"1\", optional = true }\n[target.'cfg(windows)'.dependencies]\nhelper = \"1\"\n[dev-dependencies]\ndepot = \"1\"\n[build-dependencies]\nhelper = \"1\"",
    );
    let workspace = fixture.load("").unwrap();
    let one = package(&workspace, "one");
    let usage = |kind, target: Option<&str>, optional| DependencyUse {
        kind,
        target: target.map(str::to_owned),
        optional,
    };
    let depot = dependency(one, "depot");
    assert_eq!(
        depot.uses,
        [
            usage(DependencyKind::Normal, None, true),
            usage(DependencyKind::Dev, None, false)
        ]
    );
    let helper = dependency(one, "helper");
    let windows = usage(DependencyKind::Normal, Some("cfg(windows)"), false);
    assert_eq!(helper.uses, [windows, usage(DependencyKind::Build, None, false)]);
    assert!(helper.is(DependencyKind::Build) && !helper.is(DependencyKind::Dev));
}

#[test]
fn a_renamed_path_dependency_keeps_the_crate_name_of_its_library() {
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n{}//- src/lib.rs\n//- inner-part/Cargo.toml\n{}//- inner-part/src/lib.rs\n",
        manifest(
            "one",
            "[dependencies]\nshort-name = { package = \"inner-part\", path = \"inner-part\" }"
        ),
        manifest("inner-part", "")
    ));
    let workspace = fixture.load("").unwrap();
    let one = package(&workspace, "one");
    assert_eq!(one.dependencies.len(), 1);
    assert_eq!(dependency(one, "short_name").crate_name, "inner_part");
}

#[test]
fn a_development_dependency_on_oneself_leads_home() {
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n{}//- src/lib.rs\n",
        manifest(
            "my-self",
            "[features]\nmore = []\n[dev-dependencies]\nmy-self = { path = \".\", features = [\"more\"] }"
        )
    ));
    let workspace = fixture.load("").unwrap();
    let me = dependency(package(&workspace, "my-self"), "my_self");
    let PackageRef::Examined(id) = me.package else {
        panic!("not examined")
    };
    assert_eq!(
        (&*workspace.package(id).name, me.is(DependencyKind::Dev), me.uses.len()),
        ("my-self", true, 1)
    );
}

#[test]
fn one_crate_under_two_names_keeps_their_uses_apart() {
    let build = "[build-dependencies]\nold-depot = { package = \"depot\", version = \"1\" }";
    let fixture = vendored(&format!("[dependencies]\ndepot = \"1\"\n{build}"));
    let workspace = fixture.load("").unwrap();
    let one = package(&workspace, "one");
    let kinds = |name: &str| {
        dependency(one, name)
            .uses
            .iter()
            .map(|usage| usage.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds("depot"), [DependencyKind::Normal]);
    assert_eq!(kinds("old_depot"), [DependencyKind::Build]);
}

/// Cargo does not resolve development dependencies of packages that are no members.
#[test]
fn what_cargo_does_not_resolve_is_linked_by_its_declaration() {
    let fixture = vendored(
        "[workspace]\nexclude = [\"beside\"]\n[dependencies]\nbeside = { path = \"beside\" }\ndepot = \"1\"\nnewest = { package = \"depot\", version = \"2\" }",
    );
    let beside = manifest(
        "beside",
        "[dev-dependencies]\ndepot = \"1\"\nnext = { package = \"depot\", version = \"3\" }",
    );
    std::fs::create_dir_all(fixture.root.join("beside/src")).unwrap();
    std::fs::write(fixture.root.join("beside/Cargo.toml"), beside).unwrap();
    std::fs::write(fixture.root.join("beside/src/lib.rs"), "").unwrap();
    let workspace = fixture.load("").unwrap();
    let beside = package(&workspace, "beside");
    assert!(!beside.is_member);
    let PackageRef::External(id) = dependency(beside, "depot").package else {
        panic!("not external")
    };
    assert_eq!(workspace.external(id).version, "1.0.0");
    let PackageRef::Opaque(id) = dependency(beside, "next").package else {
        panic!("not opaque")
    };
    assert_eq!(workspace.opaque_crate(id).requirement, "^3");
}
