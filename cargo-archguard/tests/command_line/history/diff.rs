//! `diff`: what a change does to the architecture.

use serde_json::Value;

use super::workspace::{Repository, Said};

fn document(repository: &Repository, line: &str) -> (i32, Value) {
    let said = repository.run(&format!("diff {line} --format json"));
    let document = serde_json::from_str(&said.out);
    (
        said.exit,
        document.unwrap_or_else(|error| panic!("{error}: {}{}", said.out, said.err)),
    )
}

/// `from -> to` of a list of dependencies.
fn pairs(document: &Value, between: &str, which: &str) -> Vec<String> {
    let list = document["dependencies"][between][which].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    list.map(|it| format!("{} -> {}", text(&it["from"]), text(&it["to"])))
        .collect()
}

/// A handler reaches into the domain's totals, starts processes, and another no longer makes orders.
fn changed() -> Repository {
    let repository = Repository::new();
    repository.write(
        "shop/src/http/orders.rs",
        "pub fn list() -> u32 {\n    let _ = std::process::id();\n    crate::domain::total()\n}\n",
    );
    repository.write("shop/src/http/mod.rs", "pub mod orders;\n\npub fn route() {}\n");
    repository.write(
        "shop/src/features/stock.rs",
        "pub fn count() -> u32 {\n    crate::domain::total()\n}\n",
    );
    repository
}

#[test]
fn nothing_is_different_from_what_it_was() {
    let repository = Repository::new();
    let (exit, document) = document(&repository, "main");
    assert_eq!((exit, &document["outcome"]), (0, &"clean".into()));
    for between in ["components", "modules", "crates"] {
        for which in ["new", "gone"] {
            assert_eq!(pairs(&document, between, which), [""; 0], "{between} {which}");
        }
    }
    assert_eq!(
        (&document["introduced"], &document["fixed"]),
        (&Value::Array(vec![]), &Value::Array(vec![]))
    );
}

#[test]
fn what_comes_and_goes_is_told() {
    let repository = changed();
    let (exit, found) = document(&repository, "main");
    assert_eq!((exit, &found["outcome"]), (1, &"worse".into()));
    assert_eq!(pairs(&found, "components", "new"), ["features.stock -> domain"]);
    assert_eq!(pairs(&found, "components", "gone"), ["http -> app"]);
    assert_eq!(
        pairs(&found, "modules", "new"),
        ["shop::features::stock -> shop::domain"]
    );
    assert_eq!(pairs(&found, "modules", "gone"), ["shop::http -> shop::app"]);
    let introduced = found["introduced"].as_array().unwrap();
    assert_eq!((introduced.len(), &introduced[0]["rule"]), (1, &"no-processes".into()));
    // Committed and looked at from there, the same is gone.
    repository.commit("change");
    repository.git("checkout --quiet main");
    let (exit, back) = document(&repository, "change");
    assert_eq!((exit, back["fixed"][0]["rule"].as_str()), (0, Some("no-processes")));
    assert_eq!(pairs(&back, "components", "new"), ["http -> app"]);
    assert_eq!(pairs(&back, "components", "gone"), ["features.stock -> domain"]);
}

#[test]
fn what_has_moved_is_neither_new_nor_gone() {
    let repository = Repository::new();
    repository.rename("shop/src/features/cart.rs", "shop/src/features/basket.rs");
    repository.edit("shop/src/features/mod.rs", &[("pub mod cart;", "pub mod basket;")]);
    let (exit, found) = document(&repository, "main");
    assert_eq!(exit, 0);
    assert_eq!(pairs(&found, "modules", "new"), [""; 0]);
    assert_eq!(pairs(&found, "modules", "gone"), [""; 0]);
    assert_eq!(found["moved"][0]["to"], "shop::features::basket");
}

#[test]
fn a_policy_that_is_weaker_is_worse_unless_it_is_accepted() {
    let repository = Repository::new();
    repository.edit("archguard.toml", &[("dev    = true\n", "")]);
    let (exit, found) = document(&repository, "main");
    assert_eq!(
        (exit, &found["base"]["weakened"][0]["rule"]),
        (1, &"no-processes".into())
    );
    assert_eq!(document(&repository, "main --allow-policy-change").0, 0);
}

/// What is compared with a commit that has no policy is judged by the policy of today on both sides.
#[test]
fn a_commit_without_a_policy_is_compared_too() {
    let repository =
        Repository::with(|repository| std::fs::remove_file(repository.root().join("archguard.toml")).unwrap());
    repository.write("archguard.toml", super::workspace::POLICY);
    repository.write(
        "shop/src/features/stock.rs",
        "pub fn count() -> u32 {\n    crate::domain::total()\n}\n",
    );
    let (exit, found) = document(&repository, "main");
    assert_eq!((exit, &found["base"]["hash"]), (0, &Value::Null), "{found:#}");
    assert_eq!(pairs(&found, "components", "new"), ["features.stock -> domain"]);
}

#[test]
fn people_and_reviews_are_told_the_same() {
    let repository = changed();
    repository.edit(
        "archguard.toml",
        &[("in       = [\"domain\", \"app\"]", "in = \"domain\"")],
    );
    let Said { exit, out, .. } = repository.run("diff main");
    assert_eq!(exit, 1);
    for part in [
        "dependencies between components:\n  + features.stock -> domain (1 reference, shop/src/features/stock.rs:2)\n  - http -> app (1 reference, shop/src/http/mod.rs:4)\n",
        "findings:\n  + shop/src/http/orders.rs:2:13: forbidden-use [no-processes]: ",
        "policy:\n  ! no-files: it no longer speaks of `shop::app`\n",
        "archguard: worse since main (",
        ": 1 finding introduced, 0 fixed, the policy is weaker in 1 rule, 1 new dependency and 1 gone between components\n",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
    let Said { exit, out, .. } = repository.run("diff main --format markdown");
    assert_eq!(exit, 1);
    for part in [
        "### Architecture: something is worse\n",
        "**The policy denies less**\n\n- `no-files`: it no longer speaks of `shop::app`\n",
        "**Findings introduced**\n\n- `no-processes` (forbidden-use) at `shop/src/http/orders.rs:2`: ",
        "**Dependencies between components**\n\n- new: `features.stock` → `domain` (`shop/src/features/stock.rs:2`)\n",
        "<details><summary>Dependencies between modules: 2</summary>\n",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
}
