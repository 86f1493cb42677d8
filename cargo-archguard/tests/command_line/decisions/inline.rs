//! Exceptions that stand in the code: the same as those of the file, where the policy allows them.

use super::workspace::{POLICY, Workspace};

const MANIFEST: &str =
    "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\narchguard = \"0.1\"\n";
const ALLOWED: &str = "[policy]\ninline_exceptions = true\n";

/// The shop with an exception on its handler. The crate `archguard` is not there to be read: its name is enough.
fn shop(until: &str) -> Workspace {
    let http = format!(
        "use archguard::except;\n\n#[except(rule = \"component.http.uses\", reason = \"later\", owner = \"team\", until = \"{until}\")]\npub fn list() {{\n    crate::db::connect();\n}}\n"
    );
    let shop = Workspace::new(&http);
    shop.write("Cargo.toml", MANIFEST);
    shop.write("Cargo.lock", LOCK);
    shop.write("archguard.toml", &format!("{POLICY}{ALLOWED}"));
    shop
}

const LOCK: &str = "version = 4\n\n[[package]]\nname = \"archguard\"\nversion = \"0.1.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"0000000000000000000000000000000000000000000000000000000000000000\"\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\ndependencies = [\n \"archguard\",\n]\n";

#[test]
fn it_is_listed_with_its_place_and_accepts_its_finding() {
    let shop = shop("2026-11-30");
    let found = "component.http.uses shop::http::list shop::db::connect";
    assert_eq!(shop.statuses(), [format!("excepted {found}")]);
    let said = shop.run("exceptions");
    assert_eq!(
        (said.exit, said.out.as_str()),
        (
            0,
            "src/http.rs:3: component.http.uses: shop::http::list\n    until 2026-11-30, 10 days left; team: later\narchguard: 1 exception: 1 in force, 0 stale, 0 expired\n"
        )
    );
    assert_eq!(shop.statuses_on("2026-12-01"), [format!("new {found}")]);
    assert_eq!(shop.run("exceptions --check").exit, 0);
}

#[test]
fn it_goes_stale_like_any_other() {
    let shop = shop("2026-11-30");
    let http = "#[archguard::except(rule = \"component.http.uses\", reason = \"later\", owner = \"team\", until = \"2026-11-30\")]\npub fn list() {}\n";
    shop.write("src/http.rs", http);
    assert_eq!(shop.statuses(), ["new policy.exceptions shop::http::list -"]);
    assert_eq!(shop.run("exceptions --check").exit, 1);
}

#[test]
fn without_leave_of_the_policy_it_is_a_problem_at_its_place() {
    let shop = shop("2026-11-30");
    shop.write("archguard.toml", POLICY);
    let verdict = shop.verdict_on("2026-11-20");
    assert_eq!(verdict["problems"][0]["code"], "inline-exception");
    assert_eq!(
        (&verdict["problems"][0]["file"], &verdict["problems"][0]["line"]),
        (&"src/http.rs".into(), &3.into())
    );
    assert_eq!(verdict["outcome"], "incomplete");
    assert_eq!(
        shop.statuses(),
        ["new component.http.uses shop::http::list shop::db::connect"]
    );
    assert_eq!(shop.run("check").exit, 2);
}
