//! Code that moves, with the policy following it in the same change.

use super::workspace::{Repository, found, rules};

/// A module is renamed, a component moves, and every path that names either follows.
fn moved() -> Repository {
    let repository = Repository::with(|repository| {
        repository.edit(
            "archguard.toml",
            &[(
                "[[acyclic]]",
                "[[forbid]]\nid = \"no-env\"\nin = \"shop::features::cart\"\nuse = \"std::env\"\n\n[[acyclic]]",
            )],
        );
    });
    // The component moves: its folder lies in another's now.
    repository.rename("shop/src/db", "shop/src/app/storage");
    repository.edit("shop/src/lib.rs", &[("pub mod db;\n", "")]);
    repository.edit(
        "shop/src/app.rs",
        &[
            ("crate::db::", "storage::"),
            ("pub fn place", "pub mod storage;\n\npub fn place"),
        ],
    );
    // A module is renamed.
    repository.rename("shop/src/features/cart.rs", "shop/src/features/basket.rs");
    repository.edit("shop/src/features/mod.rs", &[("pub mod cart;", "pub mod basket;")]);
    repository.edit(
        "archguard.toml",
        &[
            ("shop::db", "shop::app::storage"),
            ("shop::features::cart", "shop::features::basket"),
        ],
    );
    repository
}

#[test]
fn what_moves_with_its_rules_weakens_nothing() {
    let repository = moved();
    let (exit, verdict) = repository.verdict("--ci --base main");
    assert_eq!(found(&verdict), [""; 0], "{:#}", verdict["policy"]);
    assert_eq!((exit, rules(&verdict, "weakened")), (0, Vec::new()));
    assert_eq!(
        verdict["policy"]["base"]["notes"].as_array().unwrap().len(),
        0,
        "{:#}",
        verdict["policy"]["base"]
    );
}

/// A rule that is dropped while its code moves is missed all the same.
#[test]
fn a_rule_that_is_lost_on_the_way_is_missed() {
    let repository = moved();
    repository.edit(
        "archguard.toml",
        &[(
            "[[forbid]]\nid = \"no-env\"\nin = \"shop::features::basket\"\nuse = \"std::env\"\n",
            "",
        )],
    );
    let (exit, verdict) = repository.verdict("--ci --base main");
    assert_eq!((exit, found(&verdict)), (1, vec!["policy-weakened no-env".to_owned()]));
}

/// What is new where a component is said to be now is not that component, but what it was at the base.
#[test]
fn what_has_not_moved_changes_hands() {
    let repository = Repository::new();
    repository.write(
        "shop/src/sneaky.rs",
        "pub fn quick() {\n    let _ = std::process::id();\n}\n",
    );
    repository.edit(
        "shop/src/lib.rs",
        &[("pub mod http;", "pub mod http;\npub mod sneaky;")],
    );
    repository.edit(
        "archguard.toml",
        &[(
            "db       = { paths = \"shop::db\"",
            "db = { paths = [\"shop::db\", \"shop::sneaky\"]",
        )],
    );
    let (exit, verdict) = repository.verdict("--base main");
    assert_eq!(exit, 1);
    assert_eq!(
        rules(&verdict, "weakened"),
        ["component.db.paths", "files-by-db", "no-processes", "policy.unassigned"]
    );
}
