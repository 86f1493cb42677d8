//! A verdict that is known is told again as it was, in every form, and only as long as it would come out again.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use crate::decisions::workspace::{Said, TODAY, Workspace};
use crate::process::{archguard, text};

const POLICY: &str = "version = 1

[components]
http = { paths = \"shop::http\", uses = [] }
db   = { paths = \"shop::db\", uses = [] }

[[forbid]]
id = \"no-exit\"
in = \"db\"
use = \"std::process::exit\"
severity = \"warn\"
because = \"the caller decides\"

[[acyclic]]
id = \"no-circles\"
among = [\"modules\"]
";

const EXCEPTIONS: &str = "[[except]]
rule = \"component.http.uses\"
from = \"shop::http::list\"
to = \"shop::db::connect\"
reason = \"until there is a pool\"
owner = \"shop\"
until = \"2026-12-01\"
";

const HTTP: &str = "pub fn list() {
    crate::db::connect();
    crate::db::query();
    unknown::name();
}
";

const DB: &str = "use crate::http::list;

pub fn connect() {}
pub fn query() {
    list();
    std::process::exit(1);
}
";

/// A shop that is built: with findings of every status, a circle, and a path that leads nowhere.
fn shop() -> Workspace {
    let shop = Workspace::new(HTTP);
    shop.write("archguard.toml", POLICY);
    shop.write("src/db.rs", DB);
    fs::create_dir(shop.path("target")).unwrap();
    settle(&shop);
    let frozen = shop.run("baseline");
    assert_eq!(frozen.exit, 0, "{}", frozen.err);
    shop.write(
        "src/http.rs",
        &HTTP.replace("unknown", "crate::db::query();\n    unknown"),
    );
    shop.write("archguard.exceptions.toml", EXCEPTIONS);
    settle(&shop);
    shop
}

/// Nobody has touched the files for an hour.
fn settle(shop: &Workspace) {
    let before = SystemTime::now().checked_sub(Duration::from_secs(3600)).unwrap();
    let entries = WalkDir::new(shop.path(".")).into_iter();
    for entry in entries.filter_entry(|entry| entry.file_name() != "target") {
        File::open(entry.unwrap().path()).unwrap().set_modified(before).unwrap();
    }
}

/// What is said on a server, where nothing that was kept counts.
fn anew(shop: &Workspace, today: &str, line: &str) -> Said {
    shop.on(today, true, line)
}

/// Whether the code was judged for what is said now.
fn judges(shop: &Workspace, today: &str, line: &str) -> bool {
    let told = shop.on(today, false, &format!("{line} --timings")).err;
    assert!(told.contains("looking for changes"), "{told}");
    told.contains("judging")
}

#[test]
fn what_is_known_is_told_in_every_form_as_it_was() {
    let shop = shop();
    for line in [
        "check",
        "check --verbose",
        "check --quiet",
        "check --format json",
        "check --format sarif",
        "check --format github",
        "check --format rustc-json",
        "check -p shop",
    ] {
        let expected = anew(&shop, TODAY, line);
        assert_eq!((expected.exit, expected.out.is_empty()), (1, false), "{line}");
        shop.run(line);
        assert!(!judges(&shop, TODAY, line), "{line}");
        let strip = |said: Said| (said.exit, said.out);
        assert_eq!(strip(shop.run(line)), strip(expected), "{line}");
    }
}

/// A package's second target: a finding is told of it by the crate that begins there, not by where the file lies.
#[test]
fn what_is_known_of_a_binary_is_told_of_its_target() {
    let shop = shop();
    shop.write("src/main.rs", "fn main() {}\n");
    settle(&shop);
    let line = "check --format rustc-json";
    let expected = anew(&shop, TODAY, line).out;
    for target in ["\"kind\":[\"bin\"]", "\"kind\":[\"lib\"]"] {
        assert!(expected.contains(target), "{target}: {expected}");
    }
    shop.run(line);
    assert!(!judges(&shop, TODAY, line));
    assert_eq!(shop.run(line).out, expected);
}

type Change = (&'static str, fn(&Workspace));

/// Whatever a verdict depends on.
const CHANGES: [Change; 13] = [
    ("the policy", |shop| {
        shop.write(
            "archguard.toml",
            &POLICY.replace("severity = \"warn\"", "severity = \"error\""),
        );
    }),
    ("a reason in the policy", |shop| {
        shop.write("archguard.toml", &POLICY.replace("the caller", "whoever calls"));
    }),
    ("the exceptions", |shop| {
        shop.write("archguard.exceptions.toml", &EXCEPTIONS.replace("pool", "plan"));
    }),
    ("no exceptions", |shop| {
        fs::remove_file(shop.path("archguard.exceptions.toml")).unwrap();
    }),
    ("the baseline", |shop| {
        let text = shop.read("archguard.baseline.toml").unwrap();
        let without: Vec<&str> = text.lines().filter(|line| !line.contains("no-exit")).collect();
        shop.write("archguard.baseline.toml", &without.join("\n"));
    }),
    ("no baseline", |shop| {
        fs::remove_file(shop.path("archguard.baseline.toml")).unwrap();
    }),
    ("a body", |shop| {
        shop.write("src/http.rs", &HTTP.replace("connect", "query"));
    }),
    ("a line", |shop| {
        let text = shop.read("src/http.rs").unwrap();
        shop.write("src/http.rs", &format!("\n{text}"));
    }),
    ("a module", |shop| {
        shop.write("src/lib.rs", "pub mod db;\npub mod http;\npub mod more {}\n");
    }),
    ("a file in no module tree", |shop| shop.write("src/alone.rs", "")),
    ("a workspace beside", |shop| {
        fs::create_dir(shop.path("other")).unwrap();
        shop.write("other/Cargo.toml", "[workspace]\n");
    }),
    ("the manifest", |shop| {
        let manifest = shop.read("Cargo.toml").unwrap();
        shop.write("Cargo.toml", &format!("{manifest}[features]\nx = []\n"));
    }),
    ("a rule", |shop| {
        shop.write(
            "archguard.toml",
            &format!("{POLICY}\n[[forbid]]\nid = \"more\"\nuse = \"shop::db::query\"\n"),
        );
    }),
];

#[test]
fn whatever_changes_is_judged_again() {
    for (what, change) in CHANGES {
        let shop = shop();
        let line = "check --format json";
        shop.run(line);
        let before = shop.run(line);
        change(&shop);
        let said = shop.run(line);
        assert_eq!(said.out, anew(&shop, TODAY, line).out, "{what}");
        let is_told = what != "the manifest";
        assert_eq!(said.out != before.out, is_told, "{what}");
    }
}

#[test]
fn another_day_is_judged_again() {
    let shop = shop();
    let line = "check --format json";
    shop.run(line);
    let later = "2026-12-02";
    assert!(judges(&shop, later, line));
    let said = shop.on(later, false, line);
    assert_eq!(said.out, anew(&shop, later, line).out);
    assert_ne!(said.out, shop.run(line).out, "an exception has ended");
}

/// What a check tidies up has to be tidied up however often it is asked for.
#[test]
fn a_baseline_that_can_shrink_is_not_forgotten() {
    let shop = shop();
    let policy = POLICY.replace("[[acyclic]]", "[[acyclic]]\nseverity = \"warn\"");
    shop.write("archguard.toml", &policy);
    shop.write("src/http.rs", "pub fn list() {\n    crate::db::connect();\n}\n");
    settle(&shop);
    let before = shop.read("archguard.baseline.toml").unwrap();
    let said = shop.run("check");
    assert_eq!(said.exit, 0, "{}", said.out);
    assert!(said.err.contains("was rewritten"), "{}", said.err);
    let after = shop.read("archguard.baseline.toml").unwrap();
    assert!(after.len() < before.len(), "{after}");
    shop.write("archguard.baseline.toml", &before);
    assert!(shop.run("check").err.contains("was rewritten"));
    assert_eq!(shop.read("archguard.baseline.toml").unwrap(), after);
}

#[test]
fn a_checkout_that_was_never_built_is_known_too() {
    let shop = Workspace::new(HTTP);
    settle(&shop);
    let check = |server: Option<&str>| {
        let mut command = archguard();
        command.args(["check", "--timings", "--offline", "--manifest-path"]);
        command
            .arg(shop.path("Cargo.toml"))
            .env_remove("CARGO_BUILD_TARGET_DIR");
        match server {
            Some(server) => command.env("CI", server),
            None => command.env_remove("CI"),
        };
        text(&command.output().unwrap().stderr)
    };
    assert!(check(Some("true")).contains("judging"));
    assert!(!shop.path("target").exists(), "nothing is kept on a server");
    assert!(check(None).contains("judging"));
    let again = check(None);
    assert!(
        again.contains("looking for changes") && !again.contains("judging"),
        "{again}"
    );
    let tag = shop
        .read("target/CACHEDIR.TAG")
        .expect("it is marked as cargo marks it");
    assert!(
        tag.starts_with("Signature: 8a477f597d28d172789f06886806bc55\n"),
        "{tag}"
    );
}

#[test]
fn what_is_not_examined_is_named_beside_code_that_has_changed() {
    let shop = shop();
    let package = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n");
    fs::create_dir_all(shop.path("fuzz/inner")).unwrap();
    shop.write("fuzz/Cargo.toml", &package("fuzz"));
    shop.write("fuzz/inner/Cargo.toml", &package("inner"));
    settle(&shop);
    shop.run("check");
    let named = |line: &str, body: &str| {
        shop.write("src/db.rs", &DB.replace("list();", body));
        let (said, anew) = (shop.on(TODAY, false, line), anew(&shop, TODAY, "check"));
        assert_eq!(said.out, anew.out);
        let named = said.out.lines().find(|line| line.contains("not examined"));
        (named.unwrap_or_default().to_owned(), said.err)
    };
    let (both, told) = named("check --timings", "list(); list();");
    assert!(told.contains("references of changed files"), "{told}");
    assert_eq!(both, "note: 2 other workspaces not examined: fuzz, fuzz/inner");
    // The inner one belongs to this one now, though no folder has changed.
    shop.write("fuzz/Cargo.toml", &format!("{}[workspace]\n", package("fuzz")));
    let (one, _) = named("check", "list(); list(); list();");
    assert_eq!(one, "note: 1 other workspace not examined: fuzz");
}
