//! Packages' own policy files: what is wrong with one is shown in it, and what it finds as well.

use super::case::{Workspace, all_say};
use crate::process::text;

const MANIFESTS: &str = "//- Cargo.toml\n[workspace]\nmembers = [\"web\", \"store\"]\nresolver = \"2\"\n\
//- web/Cargo.toml\n[package]\nname = \"web\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\nstore = { path = \"../store\" }\n\
//- store/Cargo.toml\n[package]\nname = \"store\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\
//- Cargo.lock\nversion = 4\n\n[[package]]\nname = \"store\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"web\"\nversion = \"0.1.0\"\ndependencies = [\n \"store\",\n]\n\
//- no src/lib.rs\n\
//- archguard.toml\nversion = 1\n[components]\nhttp = { paths = \"web\", uses = [\"store\"] }\n\
//- store/src/lib.rs\npub fn load() {}\n\
//- web/src/lib.rs\npub fn f() { store::load(); }\n";

fn workspace(fragment: &str) -> Workspace {
    let own = MANIFESTS.replace("uses = [\"store\"] }\n", "uses = [\"db\"] }\ndb = \"store\"\n");
    Workspace::of(&format!("{own}//- web/archguard.toml\n{fragment}"))
}

#[test]
fn a_fragments_mistakes_stand_in_it() {
    all_say([
        ("fine", workspace("version = 1\nuses = [\"db\"]\n"), 0, "clean"),
        (
            "a key that loosens",
            workspace("version = 1\n[policy]\nundeclared = \"allow\"\n"),
            2,
            "error[unknown-key]: the policy of a package has no key `policy`: it narrows what the workspace's policy allows, by `uses`, `crates`, `forbid`, `mandate`, `require` and `acyclic`\n  at web/archguard.toml:2:2\nerror",
        ),
        (
            "not TOML",
            workspace("version = 1\nuses = [\n"),
            2,
            "error[policy-syntax]: the policy of package `web` is not TOML: unclosed array, expected `]`\n  at web/archguard.toml:2:9\nerror",
        ),
        (
            "a rule that could find nothing",
            workspace(
                "version = 1\nuses = [\"db\", \"http\"]\ncrates = []\n[[forbid]]\nid = \"x\"\nuse = \"stor::load\"\n",
            ),
            2,
            "error[nothing-matched]: nothing that `x` names is there, so the rule could never find anything; `optional = true` lets it wait\n  at web/archguard.toml:6:7\nnote: 1 rule with dormant patterns, whose crates are not there: x (stor::load)\nincomplete",
        ),
        (
            "a finding",
            workspace("version = 1\nuses = []\n"),
            1,
            "error[package.web.uses/undeclared-dependency]: `web::f` calls `store::load`, but the package's own `uses` leaves `db` out\n  at web/src/lib.rs:1:14\nfindings",
        ),
    ]);
}

#[test]
fn a_finding_of_a_fragment_shows_its_line() {
    let output = workspace("version = 1\nuses = []\n").run(&[]);
    let printed = text(&output.stdout);
    assert!(
        printed.contains("┌─ web/archguard.toml:2:8") && printed.contains("uses = []"),
        "{printed}"
    );
}
