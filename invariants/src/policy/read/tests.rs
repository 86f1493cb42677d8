//! What is read from a policy's text, and what is said of each kind of mistake.

use proptest::prelude::*;

use crate::graph::ReferenceKind;
use crate::policy::PolicyTexts;
use crate::policy::format::{PolicyFile, Table};
use crate::policy::generated::Generated;
use crate::policy::model::{Policy, Term, Uses};
use crate::problem::{Problem, ProblemCode, ProblemPlace};
use crate::testing::SHOP_POLICY;

mod exclusions;
mod fragments;
mod names;
mod workspaces;

/// Problems as `code|underlined|message|suggestion`, in order.
fn problems(text: &str) -> Vec<String> {
    let show = |problem: &Problem| {
        let ProblemPlace::Policy(span) = problem.place else {
            panic!("a policy problem without place")
        };
        let near = problem.suggestion.as_deref().unwrap_or("-");
        format!(
            "{}|{}|{}|{near}",
            problem.code.word(),
            &text[span.start..span.end],
            problem.message
        )
    };
    Policy::read("archguard.toml", text)
        .expect_err("a mistake")
        .iter()
        .map(show)
        .collect()
}

/// Problems of a text behind `version = 1`.
fn mistakes(text: &str) -> Vec<String> {
    problems(&format!("version = 1\n{text}"))
}

fn read(text: &str) -> Policy {
    Policy::read("archguard.toml", &format!("version = 1\n{text}")).unwrap()
}

fn terms(list: &[crate::place::Spanned<Term>]) -> Vec<String> {
    list.iter().map(|term| term.value.to_string()).collect()
}

#[test]
fn the_shop_policy_is_read_whole() {
    let policy = Policy::read("archguard.toml", SHOP_POLICY).unwrap();
    let names: Vec<_> = policy
        .components
        .iter()
        .map(|component| component.name.value.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "main",
            "http",
            "application",
            "auth",
            "persistence",
            "features",
            "domain",
            "xtask"
        ]
    );
    let persistence = &policy.components[4];
    assert_eq!(terms(&persistence.paths), ["shop::db", "shop_migrations"]);
    let public = persistence.public.as_ref().unwrap();
    assert_eq!(
        terms(&public.value),
        [
            "shop::db::repo",
            "shop::db::connect",
            "shop::db::Db",
            "shop_migrations::run"
        ]
    );
    assert!(policy.components[5].each);
    assert!(matches!(
        policy.components[7].uses.as_ref().unwrap().value,
        Uses::Everything
    ));
    let ranks: Vec<usize> = policy.layers[0].order.iter().map(|rank| rank.members.len()).collect();
    assert_eq!(ranks, [1, 2, 1, 1, 1, 1]);
    assert_eq!(
        terms(&policy.forbids[0].targets.value),
        ["sqlx", "diesel", "rusqlite", "tokio_postgres"]
    );
    assert_eq!(
        terms(&policy.forbids[1].targets.value),
        ["sqlx", "diesel", "rusqlite", "tokio_postgres", "!sqlx::Error"]
    );
    assert!(policy.forbids[1].kinds.public);
    assert_eq!(policy.heads().count(), 6);
    let first = &policy.components[0];
    assert_eq!(
        &policy.text[first.paths[1].span.start..first.paths[1].span.end],
        "\"bin:shop\""
    );
}

#[test]
fn patterns_to_look_up_are_sorted_and_whole() {
    let policy = read(
        "[components]\na = { paths = \"x::a\", public = \"x::a::P\", crates = \"serde\" }\n\
         [[layers]]\nid = \"l\"\norder = [\"a\", \"y::b\", \"crate:z\"]\n\
         [[forbid]]\nid = \"f\"\nin = \"a\"\nuse = [\"q::m!\", \"!q::n\"]\n\
         [policy]\ndev_code = [\"feature:testing\", \"attribute:x::t\", \"t::helpers\"]\n",
    );
    let patterns: Vec<String> = policy.patterns().iter().map(ToString::to_string).collect();
    let mut sorted = patterns.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [
            "a",
            "q::m!",
            "q::n",
            "serde",
            "t::helpers",
            "x::a",
            "x::a::P",
            "x::t",
            "y::b",
            "z"
        ]
    );
}

#[test]
fn a_replacement_belongs_to_every_pattern_of_its_path() {
    let policy =
        read("[[forbid]]\nid = \"f\"\nuse = { \"x::{A,B}\" = \"y::C\", \"x::D\" = \"y::E\" }\nas = \"call\"\n");
    let forbid = &policy.forbids[0];
    assert_eq!(terms(&forbid.targets.value), ["x::A", "x::B", "x::D"]);
    assert_eq!(
        forbid.replacements,
        [(0, "y::C".into()), (1, "y::C".into()), (2, "y::E".into())]
    );
    assert_eq!(forbid.kinds.kinds, [ReferenceKind::Call]);
}

#[test]
fn empty_and_broken_texts() {
    let empty = "policy-syntax||the policy is empty: it needs `version = 1` and at least one component or rule|-";
    assert_eq!(problems(""), [empty]);
    assert_eq!(problems("# nothing\n"), [empty]);
    assert_eq!(
        problems("[components]\na = \"x\"\n"),
        ["policy-syntax||the policy does not say its version: write `version = 1` at the top|version = 1"]
    );
    assert_eq!(
        problems("version = 2\n"),
        ["policy-syntax|2|policy version 2 is not known: this archguard reads version 1|-"]
    );
    assert_eq!(
        problems("version = \"1\"\n"),
        ["policy-syntax|\"1\"|`version` must be the number 1, this is a string|-"]
    );
    let broken = problems("version = 1\n[components\n");
    assert_eq!(broken.len(), 1);
    assert!(broken[0].starts_with("policy-syntax|"), "{}", broken[0]);
    assert!(broken[0].contains("the policy is not TOML: "), "{}", broken[0]);
}

#[test]
fn unknown_keys_get_the_nearest() {
    assert_eq!(
        mistakes("[[forbid]]\nid = \"f\"\nuse = \"x\"\nexcpet = \"y\"\n"),
        [
            "unknown-key|excpet|[[forbid]] has no key `excpet`; it has `use`, `as`, `through`, `transitive`, `id`, `because`, `instead`, `docs`, `severity`, `dev`, `in`, `except` and `optional`|except"
        ]
    );
    assert_eq!(
        mistakes("[component]\n"),
        [
            "unknown-key|component|the policy has no key `component`; it has `version`, `policy`, `sets`, `components`, `layers`, `forbid`, `mandate`, `require`, `acyclic`, `exclude` and `facades`|components"
        ]
    );
    assert_eq!(
        mistakes("[components]\na = { path = \"x\" }\n")[0],
        "policy-syntax|a|component `a` needs `paths`, or `each` for a component of every match|-"
    );
}

#[test]
fn chains_are_of_code_and_not_of_what_it_shows() {
    assert_eq!(
        mistakes("[[forbid]]\nid = \"f\"\nuse = \"x\"\nas = \"public\"\ntransitive = true\n"),
        [
            "policy-conflict|true|[[forbid]] asks for chains (`transitive`) of what can be seen (`as = \"public\"`): what code shows and what it leads to are two rules|-"
        ]
    );
    assert_eq!(
        mistakes("[[forbid]]\nid = \"f\"\nuse = \"x\"\ntransitive = \"yes\"\n"),
        ["policy-syntax|\"yes\"|`transitive` of [[forbid]] must be `true` or `false`, this is a string|-"]
    );
    let policy = read("[[forbid]]\nid = \"f\"\nuse = \"x\"\ntransitive = true\n[[forbid]]\nid = \"g\"\nuse = \"x\"\n");
    assert_eq!(
        [true, false],
        [policy.forbids[0].transitive, policy.forbids[1].transitive]
    );
}

#[test]
fn the_version_of_the_tool_can_be_pinned() {
    read("[policy]\ntool = \"0.1\"\n");
    assert_eq!(
        mistakes("[policy]\ntool = \"99.0\"\n"),
        [format!(
            "policy-conflict|\"99.0\"|the policy is written for archguard 99.0, this is {}: an older version may not know all that it says|-",
            env!("CARGO_PKG_VERSION")
        )]
    );
    assert_eq!(
        mistakes("[policy]\ntool = \"next\"\n"),
        ["policy-syntax|\"next\"|`tool` of `[policy]` must be a version such as \"0.1\", this is `next`|-"]
    );
}

#[test]
fn generated_code_is_files_or_modules() {
    let policy = read("[policy]\ngenerated = [\"src/schema.rs\", \"gen.rs\", \"shop::{a,b}\", \"**/*.pb.rs\"]\n");
    let shown: Vec<String> = policy
        .settings
        .generated
        .iter()
        .map(|entry| match &entry.value {
            Generated::Files(glob) => format!("files {glob}"),
            Generated::Path(pattern) => format!("path {pattern}"),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "files src/schema.rs",
            "files gen.rs",
            "path shop::a",
            "path shop::b",
            "files **/*.pb.rs"
        ]
    );
    assert_eq!(
        mistakes("[policy]\ngenerated = [\"/src/x.rs\", \"a:b:c\"]\n")[0],
        "bad-pattern|\"/src/x.rs\"|`/src/x.rs` must be relative to the workspace root and written with `/`|-"
    );
}

#[test]
fn facades_are_crates_with_their_families() {
    let policy = read(
        "[sets]\ncore = \"grep_core\"\n[facades]\ngrep = [\"set:core\", \"bstr::ByteSlice\"]\nlog = \"env_filter\"\n",
    );
    let shown: Vec<String> = policy
        .facades
        .iter()
        .map(|facade| {
            let family: Vec<String> = facade.family.iter().map(|listed| listed.value.to_string()).collect();
            format!("{}: {}", facade.name.value, family.join(" "))
        })
        .collect();
    assert_eq!(shown, ["grep: grep_core bstr::ByteSlice", "log: env_filter"]);
    assert_eq!(
        mistakes("[facades]\ntracing-core = \"log\"\na = [\"b\", \"!c\"]\nd = 1\n"),
        [
            "bad-pattern|tracing-core|`tracing-core` in [facades] must be a crate's name as in code, with underscores|tracing_core",
            "bad-pattern|\"!c\"|`a` of [facades] takes crates and paths, and nothing away from them|-",
            "policy-syntax|1|`d` of [facades] must be a string or an array of strings, this is an integer|-",
        ]
    );
    assert_eq!(
        mistakes("[facades]\na = []\n"),
        ["policy-syntax|[]|`a` of [facades] names nothing|-"]
    );
}

#[test]
fn numbers_may_be_written_in_any_way_of_toml() {
    let days = |number: &str| {
        read(&format!("[policy]\nexceptions = {{ max_days = {number} }}\n"))
            .settings
            .exception_days
            .0
    };
    assert_eq!(
        [
            days("90"),
            days("0x10"),
            days("0b101"),
            days("1_000"),
            days("+7"),
            days("99999999999")
        ],
        [90, 16, 5, 1000, 7, u32::MAX]
    );
    assert_eq!(
        mistakes("[policy]\nexceptions = { max_days = -1 }\n"),
        ["policy-syntax|-1|`max_days` of `[policy] exceptions` must be a whole number from 0 on, this is -1|-"]
    );
    let huge = "9".repeat(40);
    assert_eq!(
        mistakes(&format!("[policy]\nexceptions = {{ max_days = {huge} }}\n")),
        [format!(
            "policy-syntax|{huge}|`max_days` of `[policy] exceptions` must be a whole number from 0 on, this is {huge}|-"
        )]
    );
}

#[test]
fn what_stands_in_the_format_is_the_readers_default() {
    let settings = PolicyFile::Policy.table().inner().find(|table| table.name == "policy");
    let lines = settings.into_iter().flat_map(Table::all_keys);
    let written: String = lines
        .filter_map(|key| Some(format!("{} = {}\n", key.name, key.default?)))
        .collect();
    assert_eq!(written.lines().count(), 10, "{written}");
    assert_eq!(
        format!("{:?}", read(&format!("[policy]\n{written}")).settings),
        format!("{:?}", read("").settings)
    );
}
