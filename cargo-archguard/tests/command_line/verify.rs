//! `verify`: what is built, what is kept of it, and what is not believed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::process::{archguard, exit_of, text};

/// A driver outside the workspace, one place for it, and a domain that calls its methods without naming it.
const FILES: [(&str, &str); 8] = [
    (
        "shop/Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\n[features]\nextra = []\n[dependencies]\ndriver = { path = \"../driver\" }\n",
    ),
    (
        "shop/Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"driver\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\ndependencies = [\n \"driver\",\n]\n",
    ),
    ("shop/src/lib.rs", "pub mod db;\npub mod domain;\n"),
    (
        "shop/src/db.rs",
        "pub fn pools() -> Vec<driver::Pool> {\n    vec![driver::Pool]\n}\n",
    ),
    (
        "shop/src/domain.rs",
        "pub fn total() -> u32 {\n    crate::db::pools().iter().map(|pool| pool.exec()).sum()\n}\n#[cfg(feature = \"extra\")]\npub fn more() -> u32 {\n    crate::db::pools().iter().map(|pool| pool.exec()).max().unwrap_or(0)\n}\n",
    ),
    (
        "shop/archguard.toml",
        "version = 1\n[components]\ndb = \"shop::db\"\ndomain = { paths = \"shop::domain\", uses = [\"db\", \"driver\"] }\ndriver = \"driver\"\nroot = { paths = \"shop::self\", uses = \"*\" }\n[policy]\nundeclared = \"allow\"\n[[forbid]]\nid = \"driver\"\nuse = \"driver::Pool::exec\"\nin = \"domain\"\n",
    ),
    (
        "driver/Cargo.toml",
        "[package]\nname = \"driver\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    ),
    (
        "driver/src/lib.rs",
        "pub struct Pool;\nimpl Pool {\n    pub fn exec(&self) -> u32 {\n        1\n    }\n}\n",
    ),
];

pub(crate) struct Shop(TempDir);

impl Shop {
    pub(crate) fn new() -> Self {
        let shop = Self(TempDir::new().unwrap());
        for (name, content) in FILES {
            shop.write(name, content);
        }
        shop
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Has a build script write the domain, another text with the feature.
    pub(crate) fn generate_domain(&self) {
        let build = "fn main() {\n    let more = std::env::var_os(\"CARGO_FEATURE_EXTRA\").is_some();\n    let name = if more { \"more\" } else { \"total\" };\n    let out = std::env::var(\"OUT_DIR\").unwrap();\n    let text = format!(\"pub fn {name}() -> u32 {{\\n    crate::db::pools().iter().map(|pool| pool.exec()).sum()\\n}}\\n\");\n    std::fs::write(format!(\"{out}/{name}.rs\"), &text).unwrap();\n    std::fs::write(format!(\"{out}/sums.rs\"), &text).unwrap();\n}\n";
        self.write("shop/build.rs", build);
        let include = "include!(concat!(env!(\"OUT_DIR\"), \"/sums.rs\"));\n";
        self.write("shop/src/domain.rs", include);
    }

    /// Adds a crate of procedural macros that `shop` depends on.
    fn with_maker(&self, code: &str) {
        let manifest =
            "[package]\nname = \"maker\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[lib]\nproc-macro = true\n";
        self.write("maker/Cargo.toml", manifest);
        self.write("maker/src/lib.rs", code);
        self.write(
            "shop/Cargo.toml",
            &FILES[0]
                .1
                .replace("[dependencies]\n", "[dependencies]\nmaker = { path = \"../maker\" }\n"),
        );
        let lock = FILES[1].1.replace(
            "[[package]]\nname = \"shop\"",
            "[[package]]\nname = \"maker\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"shop\"",
        );
        self.write(
            "shop/Cargo.lock",
            &lock.replace(" \"driver\",\n]", " \"driver\",\n \"maker\",\n]"),
        );
    }

    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = archguard();
        command
            .current_dir(self.0.path().join("shop"))
            .env_remove("CI")
            .env_remove("RUSTC_WRAPPER")
            .env_remove("RUSTC_WORKSPACE_WRAPPER")
            .args(["--offline", "verify"])
            .args(line.split_whitespace());
        command
    }

    /// What `verify` has built.
    pub(crate) fn target(&self) -> PathBuf {
        self.0.path().join("shop/target")
    }

    /// Exit code, the verdict, and what cargo said.
    pub(crate) fn verify(&self, line: &str) -> (i32, Value, String) {
        said(self.command(line))
    }

    /// The records of the last build, by the crates' names.
    fn records(&self) -> Vec<PathBuf> {
        let entries = WalkDir::new(self.0.path().join("shop/target/archguard"));
        let files = entries
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.unwrap().into_path());
        files
            .filter(|path| path.extension().is_some_and(|kind| kind == "archguard"))
            .collect()
    }
}

fn said(mut command: Command) -> (i32, Value, String) {
    let output = command.args(["--format", "json"]).output().unwrap();
    let verdict = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    (exit_of(&output), verdict, text(&output.stderr))
}

/// Where findings stand, and who saw them.
fn findings(verdict: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let sites = list(&verdict["findings"])
        .into_iter()
        .flat_map(|finding| list(&finding["sites"]));
    sites
        .map(|site| {
            format!(
                "{}:{} {}",
                site["file"].as_str().unwrap_or_default(),
                site["line"],
                site["evidence"]
            )
        })
        .collect()
}

#[test]
fn a_method_on_an_inferred_type_is_seen_and_a_feature_only_where_it_is_on() {
    let shop = Shop::new();
    let (exit, verdict, _) = shop.verify("");
    assert_eq!(
        (exit, findings(&verdict)),
        (1, vec!["src/domain.rs:2 [\"compiler\"]".to_owned()])
    );
    assert_eq!(
        verdict["examined"]["evidence"],
        serde_json::json!(["source", "compiler"])
    );
    assert_eq!(verdict["examined"]["cfg_sets"], serde_json::json!(["default features"]));
    let (exit, verdict, _) = shop.verify("--feature-set extra");
    let both = ["src/domain.rs:2 [\"compiler\"]", "src/domain.rs:6 [\"compiler\"]"].map(str::to_owned);
    assert_eq!((exit, findings(&verdict)), (1, both.to_vec()));
    assert_eq!(verdict["examined"]["cfg_sets"], serde_json::json!(["features extra"]));
}

#[test]
fn a_place_that_only_some_feature_sets_show_names_them() {
    let shop = Shop::new();
    let domain = format!(
        "{}#[cfg(not(feature = \"extra\"))]\npub fn less() -> u32 {{\n    driver::Pool.exec()\n}}\n",
        FILES[4].1
    );
    shop.write("shop/src/domain.rs", &domain);
    let named = |line: &str| {
        let (_, verdict, output) = shop.verify(line);
        let findings = verdict["findings"].as_array().expect(&output).clone();
        let sites = findings.iter().flat_map(|finding| finding["sites"].as_array().unwrap());
        let named = sites.map(|site| format!("{} {} {}", site["line"], site["evidence"], site["cfg_sets"]));
        (verdict["examined"]["cfg_sets"].clone(), named.collect::<Vec<_>>())
    };
    let (sets, sites) = named("--no-default-features --feature-set extra --feature-set extra");
    let both = ["no default features", "features extra"];
    assert_eq!(sets, serde_json::json!(both));
    let expected = [
        "2 [\"compiler\"] []",
        "6 [\"compiler\"] [\"features extra\"]",
        "10 [\"source\",\"compiler\"] [\"no default features\"]",
    ];
    assert_eq!(sites, expected);
    let (_, sites) = named("--feature-set extra");
    let expected = ["2 [\"compiler\"] []", "6 [\"compiler\"] []", "10 [\"source\"] []"];
    assert_eq!(sites, expected);
    let output = shop
        .command("--no-default-features --feature-set extra")
        .output()
        .unwrap();
    let shown = text(&output.stdout);
    assert!(shown.contains("seen by the compiler with features extra"), "{shown}");
}

#[test]
fn what_is_unchanged_is_not_compiled_again_and_what_is_missing_or_damaged_is() {
    let shop = Shop::new();
    let (_, first, output) = shop.verify("");
    assert!(output.contains("Checking shop"), "{output}");
    let (_, again, output) = shop.verify("");
    assert_eq!((&again, output.contains("Checking")), (&first, false), "{output}");
    for record in shop.records() {
        let whole = fs::read(&record).unwrap();
        let mut other = whole.clone();
        *other.last_mut().unwrap() ^= 1;
        let half = whole[..whole.len() / 2].to_vec();
        for broken in [None, Some(Vec::new()), Some(half), Some(other)] {
            match broken {
                None => fs::remove_file(&record).unwrap(),
                Some(bytes) => damage(&record, &bytes),
            }
            let (_, repaired, output) = shop.verify("");
            assert_eq!((&repaired, output.contains("Checking")), (&first, true), "{output}");
        }
    }
    assert!(!shop.records().is_empty());
}

/// Other bytes of the same age: cargo sees no change.
fn damage(record: &Path, bytes: &[u8]) {
    let written = fs::metadata(record).unwrap().modified().unwrap();
    fs::write(record, bytes).unwrap();
    let file = fs::File::options().write(true).open(record).unwrap();
    file.set_modified(written).unwrap();
}

#[test]
fn path_dependencies_outside_the_workspace_are_witnessed_too() {
    let shop = Shop::new();
    shop.verify("");
    let names: Vec<String> = shop.records().iter().map(|path| name_of(path)).collect();
    assert!(names.contains(&"driver".to_owned()), "{names:?}");
    assert!(names.contains(&"shop".to_owned()), "{names:?}");
}

/// The crate of a record.
fn name_of(record: &Path) -> String {
    let stem = record.file_stem().unwrap().to_str().unwrap();
    stem.rsplit_once('-').unwrap().0.to_owned()
}

#[test]
fn another_wrapper_of_the_workspace_hides_nothing() {
    let shop = Shop::new();
    let mut command = shop.command("");
    // It would answer for the compiler without calling anybody.
    command
        .env("RUSTC_WORKSPACE_WRAPPER", "true")
        .env("RUSTC_WRAPPER", "true");
    let (exit, verdict, output) = said(command);
    assert_eq!(
        (exit, findings(&verdict)),
        (1, vec!["src/domain.rs:2 [\"compiler\"]".to_owned()]),
        "{output}"
    );
}

#[test]
fn a_build_that_fails_is_incomplete_and_with_keep_going_the_rest_is_judged() {
    let shop = Shop::new();
    shop.write("shop/tests/broken.rs", "fn f() -> u32 {}\n");
    let (exit, verdict, output) = shop.verify("--keep-going");
    assert_eq!(exit, 2, "{output}");
    assert!(output.contains("mismatched types"), "{output}");
    assert_eq!(verdict["outcome"], "incomplete");
    assert_eq!(verdict["problems"][0]["code"], "build");
    assert_eq!(
        verdict["problems"][0]["message"],
        "the build failed (default features): not built: `shop` (broken)"
    );
    assert_eq!(findings(&verdict), ["src/domain.rs:2 [\"compiler\"]"]);
}

#[test]
fn the_users_own_build_stays_fresh_and_nothing_is_written_beside_the_target_directory() {
    let shop = Shop::new();
    let root = shop.0.path().join("shop");
    let build = || {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(["check", "--offline"])
            .current_dir(&root)
            .env_remove("CARGO_TARGET_DIR");
        text(&cargo.output().unwrap().stderr)
    };
    let artefacts = || {
        let entries = WalkDir::new(root.join("target")).sort_by_file_name().into_iter();
        let others = entries.filter_entry(|entry| entry.file_name() != "archguard");
        let files = others.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
        let dated = files.map(|file| (file.path().to_owned(), file.metadata().unwrap().modified().unwrap()));
        dated.collect::<Vec<_>>()
    };
    assert!(build().contains("Checking shop"));
    let before = artefacts();
    shop.verify("");
    assert_eq!(artefacts(), before, "nothing of the own build is touched");
    assert!(!build().contains("Checking shop"));
    let mut names: Vec<String> = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["Cargo.lock", "Cargo.toml", "archguard.toml", "src", "target"]);
}

/// Each feature set has a build directory of its own, and so has the user's own build, which may be newer.
#[test]
fn generated_code_is_judged_as_each_build_has_it() {
    let shop = Shop::new();
    shop.generate_domain();
    let seen = |line: &str| {
        let (exit, verdict, output) = shop.verify(line);
        let problems = verdict["problems"].as_array().unwrap().len();
        (exit, problems, findings(&verdict).len(), output)
    };
    let (exit, problems, number, output) = seen("--no-default-features --feature-set extra");
    assert_eq!((exit, problems, number), (1, 0, 2), "{output}");
    let (exit, problems, number, output) = seen("");
    assert_eq!((exit, problems, number), (1, 0, 1), "{output}");
    let mut own = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    own.args(["check", "--offline", "--features", "extra"])
        .current_dir(shop.0.path().join("shop"))
        .env_remove("CARGO_TARGET_DIR");
    assert!(own.status().unwrap().success());
    let (exit, problems, number, output) = seen("");
    assert_eq!((exit, problems, number), (1, 0, 1), "{output}");
}

/// A macro of our own that calls what its user may not, in a function that invokes a macro of the standard library too.
#[test]
fn what_a_macro_of_ours_writes_is_not_put_down_to_another_beside_it() {
    let shop = Shop::new();
    let reach = "extern crate proc_macro;\n#[proc_macro]\npub fn reach(_: proc_macro::TokenStream) -> proc_macro::TokenStream {\n    \"crate::db::pools().len()\".parse().unwrap()\n}\n";
    shop.with_maker(reach);
    shop.write(
        "shop/src/domain.rs",
        "pub fn total() -> usize {\n    println!(\"total\");\n    maker::reach!()\n}\n",
    );
    let policy = FILES[5].1.replace("uses = [\"db\", \"driver\"]", "uses = [\"maker\"]");
    let policy = policy.replace("driver = \"driver\"\n", "driver = \"driver\"\nmaker = \"maker\"\n");
    shop.write("shop/archguard.toml", policy.split("[[forbid]]").next().unwrap());
    let (exit, verdict, output) = shop.verify("");
    let found = verdict["findings"].as_array().unwrap();
    let rules: Vec<&Value> = found.iter().map(|finding| &finding["rule"]).collect();
    assert_eq!(
        (exit, rules),
        (1, vec![&Value::from("component.domain.uses")]),
        "{output}"
    );
}

/// It gives what it writes the place of a path that somebody wrote.
const CLAIMING: &str = r#"
extern crate proc_macro;
use proc_macro::{Group, Span, TokenStream, TokenTree};

fn first_path(tokens: TokenStream) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => first_path(group.stream()),
        TokenTree::Ident(name) if name.to_string() == "crate" => Some(name.span()),
        _ => None,
    })
}

fn placed(tokens: TokenStream, span: Span) -> TokenStream {
    let at = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), placed(group.stream(), span)).into();
        }
        token.set_span(span);
        token
    };
    tokens.into_iter().map(at).collect()
}

#[proc_macro_attribute]
pub fn claiming(_: TokenStream, item: TokenStream) -> TokenStream {
    let span = first_path(item.clone()).unwrap();
    let hidden: TokenStream = "const _: fn() -> u32 = || crate::hidden::run();".parse().unwrap();
    item.into_iter().chain(placed(hidden, span)).collect()
}
"#;

#[test]
fn what_only_one_of_the_two_sees_has_its_reason() {
    let shop = Shop::new();
    shop.with_maker(CLAIMING);
    shop.write("shop/src/lib.rs", "pub mod db;\npub mod domain;\npub mod hidden;\n");
    shop.write("shop/src/hidden.rs", "pub fn run() -> u32 {\n    1\n}\n");
    let claimed = "#[maker::claiming]\npub fn total() -> usize {\n    crate::db::pools().len()\n}\n";
    let of_itself = "pub fn count(n: u32) -> u32 {\n    if n == 0 { 0 } else { count(n - 1) }\n}\n";
    let held = "pub struct Sums;\nimpl Sums {\n    pub fn all(&self) -> u32 {\n        fn one() -> u32 {\n            1\n        }\n        one()\n    }\n}\n";
    let behind = "pub fn first<I: Iterator>(mut all: I) -> Option<I::Item> {\n    all.next()\n}\n";
    let body = "#[macro_export]\nmacro_rules! most {\n    () => {\n        std::process::exit(1)\n    };\n}\n";
    let by_cfg = "mod one { pub struct Client; }\nmod two { pub struct Client; }\n#[cfg(windows)]\npub use two::Client;\n#[cfg(not(windows))]\npub use one::Client;\n";
    shop.write("driver/src/lib.rs", &format!("{}{by_cfg}", FILES[7].1));
    let one_of_two = "pub fn client(client: driver::Client) -> driver::Client {\n    client\n}\n";
    let domain = [claimed, of_itself, held, behind, body, one_of_two].concat();
    shop.write("shop/src/domain.rs", &domain);
    let (_, verdict, output) = shop.verify("--everything");
    let agreement = &verdict["examined"]["agreement"];
    assert_eq!(agreement["compiler_only"]["path"], Value::Null, "{agreement} {output}");
    assert_eq!(agreement["source_only"]["unexplained"], Value::Null, "{agreement}");
    assert_eq!(agreement["source_only"]["macro-body"], 1, "{agreement}");
    let alone = agreement["modules"]["compiler_only"].as_array().unwrap();
    let alone: Vec<String> = alone
        .iter()
        .map(|one| format!("{} {} {}", one["from"], one["to"], one["reason"]))
        .collect();
    assert_eq!(alone, ["\"shop::domain\" \"shop::hidden\" \"macro-output\""]);
}

/// The files of which the compiler knows and we do not.
fn not_read(verdict: &Value) -> Vec<&str> {
    let problems = verdict["problems"].as_array().unwrap().iter();
    problems
        .map(|problem| {
            assert_eq!(problem["code"], "unexamined-code", "{problem}");
            problem["file"].as_str().unwrap()
        })
        .collect()
}

/// The compiler lists what is included as text beside what it has read as code.
#[test]
fn what_ends_in_rs_and_is_only_text_is_not_missed() {
    let shop = Shop::new();
    shop.write(
        "shop/src/db.rs",
        "pub const SAMPLE: &str = include_str!(\"../texts/sample.rs\");\npub fn more() -> usize {\n    let all: Vec<&[u8]> = vec![std::include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/texts/more.rs\"))];\n    all.len()\n}\n#[doc = include_str!(\"../texts/doc.rs\")]\npub fn pools() -> Vec<driver::Pool> {\n    vec![driver::Pool]\n}\n",
    );
    for name in ["sample", "more", "doc"] {
        shop.write(&format!("shop/texts/{name}.rs"), "fn f() { crate::db::pools() }\n");
    }
    let (exit, verdict, output) = shop.verify("");
    assert_eq!((exit, not_read(&verdict)), (1, vec![]), "{output}");
}

/// Code that a macro brings in stays missed, also where somebody includes it as text too, or says so in a comment.
#[test]
fn code_that_is_included_as_text_too_is_missed() {
    let shop = Shop::new();
    shop.with_maker("extern crate proc_macro;\n#[proc_macro]\npub fn bring(path: proc_macro::TokenStream) -> proc_macro::TokenStream {\n    format!(\"#[path = {path}] mod hidden; #[path = {}] mod other;\", path.to_string().replace(\"hidden\", \"other\")).parse().unwrap()\n}\n");
    let hidden = shop.0.path().join("shop/texts/hidden.rs");
    shop.write(
        "shop/src/domain.rs",
        &format!(
            "pub const TEXT: &str = include_str!(\"../texts/hidden.rs\");\n// include_str!(\"../texts/other.rs\")\npub const WORDS: &str = \"include_str!(\\\"../texts/other.rs\\\")\";\nmaker::bring!({hidden:?});\n"
        ),
    );
    shop.write(
        "shop/texts/hidden.rs",
        "pub fn run() -> usize {\n    crate::db::pools().len()\n}\n",
    );
    shop.write("shop/texts/other.rs", "pub struct Other;\n");
    let (exit, verdict, output) = shop.verify("");
    assert_eq!(exit, 2, "{output}");
    assert_eq!(not_read(&verdict), ["texts/hidden.rs", "texts/other.rs"], "{verdict:#}");
}
