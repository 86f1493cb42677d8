//! `exceptions --base`: what was accepted since, in the file and in the code.

use super::workspace::{Repository, run_in};

const MANIFEST: (&str, &str) = (
    "edition = \"2021\"\n",
    "edition = \"2021\"\n\n[dependencies]\narchguard = \"0.1\"\n",
);
/// The crate `archguard` is not there to be read: its name is enough.
const LOCK: (&str, &str) = (
    "[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n",
    "[[package]]\nname = \"archguard\"\nversion = \"0.1.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"0000000000000000000000000000000000000000000000000000000000000000\"\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\ndependencies = [\n \"archguard\",\n]\n",
);
const ALLOWED: (&str, &str) = ("[policy]\n", "[policy]\ninline_exceptions = true\n");

/// A function that starts processes, with an exception on it.
fn excepted(name: &str) -> String {
    format!(
        "#[archguard::except(rule = \"no-processes\", reason = \"later\", owner = \"us\", until = \"2999-01-31\")]\npub fn {name}() {{\n    let _ = std::process::id();\n}}\n"
    )
}

/// What is said of growth, and of each exception that came or went.
fn growth(repository: &Repository) -> Vec<String> {
    let said = run_in(&repository.root(), "exceptions --base main");
    assert_eq!(said.exit, 0, "{}{}", said.out, said.err);
    let lines = said.out.lines().skip_while(|line| !line.starts_with("since main"));
    let lines = lines.take_while(|line| !line.starts_with("archguard:"));
    lines.map(str::to_owned).collect()
}

/// On `main` there is one exception in the code, or none; the policy allows them or not.
fn repository(allowed: bool, orders: &str) -> Repository {
    Repository::with(|repository| {
        repository.edit("shop/Cargo.toml", &[MANIFEST]);
        repository.edit("Cargo.lock", &[LOCK]);
        if allowed {
            repository.edit("archguard.toml", &[ALLOWED]);
        }
        repository.write("shop/src/http/orders.rs", orders);
    })
}

#[test]
fn what_comes_and_goes_in_the_code_is_told() {
    let repository = repository(true, &excepted("list"));
    assert_eq!(
        growth(&repository),
        ["since main, which had 1 exception: 0 added, 0 removed"]
    );
    repository.write(
        "shop/src/http/orders.rs",
        &format!("//! Further down.\n\n{}{}", excepted("list"), excepted("count")),
    );
    assert_eq!(
        growth(&repository),
        [
            "since main, which had 1 exception: 1 added, 0 removed",
            "  + no-processes: shop::http::orders::count"
        ]
    );
    repository.write("shop/src/http/orders.rs", "pub fn list() {}\n");
    assert_eq!(
        growth(&repository),
        [
            "since main, which had 1 exception: 0 added, 1 removed",
            "  - no-processes: shop::http::orders::list"
        ]
    );
}

/// What the policy of then did not allow was no exception.
#[test]
fn what_is_allowed_since_is_new() {
    let repository = repository(false, &excepted("list"));
    repository.edit("archguard.toml", &[ALLOWED]);
    assert_eq!(
        growth(&repository),
        [
            "since main, which had 0 exceptions: 1 added, 0 removed",
            "  + no-processes: shop::http::orders::list"
        ]
    );
}

#[test]
fn from_the_code_into_the_file_is_one_for_another() {
    let repository = repository(true, &excepted("list"));
    repository.write(
        "shop/src/http/orders.rs",
        "pub fn list() {\n    let _ = std::process::id();\n}\n",
    );
    repository.write("archguard.exceptions.toml", "[[except]]\nrule = \"no-processes\"\nfrom = \"shop::http::orders::list\"\nto = \"std::process::id\"\nreason = \"Later.\"\nowner = \"us\"\nuntil = \"2999-01-31\"\n");
    assert_eq!(
        growth(&repository),
        [
            "since main, which had 1 exception: 1 added, 1 removed",
            "  + no-processes: shop::http::orders::list -> std::process::id",
            "  - no-processes: shop::http::orders::list"
        ]
    );
}
