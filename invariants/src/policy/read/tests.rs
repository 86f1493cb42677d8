//! What is read from a policy's text, and what is said of each kind of mistake.

use proptest::prelude::*;

use crate::graph::ReferenceKind;
use crate::policy::PolicyTexts;
use crate::policy::generated::Generated;
use crate::policy::model::{Policy, Term, Uses};
use crate::problem::{Problem, ProblemCode, ProblemPlace};
use crate::testing::SHOP_POLICY;

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
fn what_comes_later_is_refused() {
    let later = |what: &str, underlined: &str| {
        format!(
            "not-supported-yet|{underlined}|{what} is part of the policy format, but this version of archguard does not judge it yet|-"
        )
    };
    assert_eq!(
        mistakes("[policy]\nworkspaces = \"x\"\n"),
        [later("`workspaces` of `[policy]`", "workspaces")]
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

const VENDORED: &str = "[[exclude]]\npath = \"vendor/driver/\"\nreason = \"not ours\"\nowner = \"the core team\"\nuntil = \"2027-01-31\"\n";

#[test]
fn an_exclusion_has_path_reason_owner_and_end() {
    let policy = read(VENDORED);
    let [exclusion] = &policy.exclusions[..] else {
        panic!("one entry");
    };
    assert_eq!(exclusion.path.value, "vendor/driver");
    assert_eq!((&*exclusion.reason, &*exclusion.owner), ("not ours", "the core team"));
    assert_eq!(exclusion.until.value.to_string(), "2027-01-31");
    assert_eq!(
        mistakes("[[exclude]]\npath = \"vendor\"\nreason = \" \"\nowners = \"a\"\n"),
        [
            "policy-syntax|[[exclude]]|[[exclude]] needs `owner`|-",
            "policy-syntax|[[exclude]]|[[exclude]] needs `until`|-",
            "policy-syntax|\" \"|`reason` of [[exclude]] is empty|-",
            "unknown-key|owners|[[exclude]] has no key `owners`; it has `path`, `reason`, `owner` and `until`|owner",
        ]
    );
}

#[test]
fn an_exclusion_is_one_place_below_the_root() {
    for (path, wrong) in [
        ("/tmp/x", "a path relative to the workspace root"),
        ("C:/x", "a path relative to the workspace root"),
        ("src\\\\x.rs", "written with `/`"),
        ("vendor/*", "one file or directory, without wildcards"),
        ("./", "less than the whole workspace"),
    ] {
        let text = VENDORED.replace("vendor/driver/", path);
        let shown = path.replace("\\\\", "\\");
        assert_eq!(
            mistakes(&text),
            [format!("bad-pattern|\"{path}\"|`{shown}` must be {wrong}|-")]
        );
    }
}

#[test]
fn an_exclusion_ends_after_its_last_day_and_without_one_at_once() {
    let problem = |until: &str, today: &str| {
        let policy = read(&VENDORED.replace("2027-01-31", until));
        let today = crate::date::Day::parse(today).unwrap();
        policy.exclusions[0].problem_on(today).map(|problem| problem.message)
    };
    assert_eq!(problem("2027-01-31", "2027-01-31"), None);
    assert_eq!(
        problem("2027-01-31", "2027-02-01").as_deref(),
        Some(
            "the exclusion of `vendor/driver` ended on 2027-01-31: examine the code, or let the core team decide anew"
        )
    );
    assert_eq!(
        problem("31.1.2027", "2020-01-01").as_deref(),
        Some("`31.1.2027` is not a date of the form YYYY-MM-DD, so the exclusion of `vendor/driver` counts as over")
    );
}

#[test]
fn names_that_do_not_exist() {
    assert_eq!(
        mistakes("[sets]\ndrivers = \"sqlx\"\n[[forbid]]\nid = \"f\"\nuse = \"set:driver\"\n"),
        ["unknown-name|\"set:driver\"|there is no set `driver`|set:drivers"]
    );
    assert_eq!(
        mistakes("[components]\nhttp = { paths = \"x\", uses = \"component:htp\" }\n"),
        ["unknown-name|\"component:htp\"|there is no component `htp`|http"]
    );
    assert_eq!(
        mistakes("[components]\nhttp = { paths = \"x\", uses = \"http.a\" }\n"),
        ["unknown-name|\"http.a\"|there is no component `http.a`: `http` is no family (`each`)|http"]
    );
    assert_eq!(
        mistakes("[[acyclic]]\nid = \"a\"\namong = [\"module\"]\n"),
        [
            "unknown-name|\"module\"|`among` of [[acyclic]] cannot be `module`; it takes `components`, `modules` and `crates`|modules"
        ]
    );
    assert_eq!(
        mistakes("[components]\na = \"x\"\n[[forbid]]\nid = \"f\"\nuse = \"y\"\nthrough = [\"a\", \"b\"]\n"),
        [
            "policy-conflict|\"a\"|`through` needs a component with `public`, and `a` declares none|-",
            "unknown-name|\"b\"|there is no component `b`|-"
        ]
    );
}

#[test]
fn sets_in_circles_and_sets_that_take_away() {
    assert_eq!(
        mistakes("[sets]\na = \"set:b\"\nb = [\"x\", \"set:a\"]\n"),
        ["policy-conflict|\"set:a\"|set `a` contains itself: a -> b -> a|-"]
    );
    assert_eq!(
        mistakes("[sets]\na = [\"x\", \"!x::y\"]\n[[forbid]]\nid = \"f\"\nuse = [\"set:a\", \"z\"]\n"),
        [
            "policy-conflict|\"set:a\"|set `a` takes something away with `!`, so it can only stand alone in a list: beside other entries it would take from those too|-"
        ]
    );
    let policy = read("[sets]\na = [\"set:b\", \"y\"]\nb = \"x::{p,q}\"\n[[forbid]]\nid = \"f\"\nuse = \"set:a\"\n");
    assert_eq!(terms(&policy.forbids[0].targets.value), ["x::p", "x::q", "y"]);
}

#[test]
fn ids_are_unique_well_formed_and_not_reserved() {
    let rule = |id: &str| format!("[[forbid]]\nid = \"{id}\"\nuse = \"x\"\n");
    assert_eq!(
        mistakes(&format!("{}{}", rule("a"), rule("a"))),
        ["policy-conflict|\"a\"|rule id `a` is given twice: an id is a rule's identity|-"]
    );
    assert_eq!(
        mistakes(&rule("policy.x")),
        ["policy-syntax|\"policy.x\"|rule id `policy.x`: `policy.` is reserved for the tool's own rules|-"]
    );
    assert_eq!(
        mistakes(&rule("Raw_sql")),
        [
            "policy-syntax|\"Raw_sql\"|rule id `Raw_sql`: an id is made of small letters, digits and `-`, and begins with a letter or digit|-"
        ]
    );
    assert_eq!(
        mistakes("[[forbid]]\nuse = \"x\"\n")[0],
        "policy-syntax|[[forbid]]|[[forbid]] has no `id`: every rule needs one, it is the rule's identity|-"
    );
}

#[test]
fn patterns_are_underlined_from_the_fault_on() {
    assert_eq!(
        mistakes("[components]\na = [\"x\", \"shop-migrations::run\"]\n"),
        ["bad-pattern|-migrations::run|`shop-migrations::run`: crates are written with underscores: shop_migrations|-"]
    );
    assert_eq!(
        mistakes("[components]\na = { each = \"x::y\" }\nb = { each = \"x::*::*\" }\n"),
        [
            "bad-pattern|\"x::y\"|`each` of component `a`: `x::y` must have exactly one `*`: what it stands for names the member|-",
            "bad-pattern|\"x::*::*\"|`each` of component `b`: `x::*::*` must have exactly one `*`: what it stands for names the member|-"
        ]
    );
}

#[test]
fn contradictions_inside_the_text() {
    assert_eq!(
        mistakes("[components]\na = \"x\"\nb = \"y\"\n[[layers]]\nid = \"l\"\norder = [\"a\", [\"b\", \"a\"]]\n"),
        ["policy-conflict|\"a\"|`order` of [[layers]] has `a` in two places|-"]
    );
    assert_eq!(
        mistakes("[components]\na = { paths = \"x\", each = \"x::*\" }\n"),
        ["policy-conflict|\"x::*\"|component `a` has both `paths` and `each`: it takes one of them|-"]
    );
    assert_eq!(
        mistakes("[[layers]]\nid = \"l\"\norder = [\"a\"]\noptional = true\n"),
        ["unknown-key|true|[[layers]] cannot be `optional`: a layering of which nothing matches is a mistake|-"]
    );
    assert_eq!(
        mistakes("[[forbid]]\nid = \"f\"\nuse = [\"!x\"]\n"),
        ["nothing-matched|[\"!x\"]|`use` of `f` names nothing: the rule could never find anything|-"]
    );
}

#[test]
fn all_problems_of_a_stage_come_at_once_in_order() {
    let found = mistakes(
        "[components]\na = 1\n[[forbid]]\nid = 2\nuse = \"a::(b)\"\nseverity = \"fatal\"\n[[forbid]]\nid = \"f\"\nuse = [3]\n",
    );
    let codes: Vec<_> = found.iter().map(|problem| problem.split('|').next().unwrap()).collect();
    assert_eq!(
        codes,
        [
            "policy-syntax",
            "policy-syntax",
            "bad-pattern",
            "unknown-name",
            "policy-syntax"
        ]
    );
    assert_eq!(
        found[0],
        "policy-syntax|1|component `a` must be a path, an array of paths, or a table, this is an integer|-"
    );
    assert_eq!(
        found[4],
        "policy-syntax|3|an entry of `use` of [[forbid]] must be a string, this is an integer|-"
    );
}

#[test]
fn carriage_returns_and_a_byte_order_mark_change_no_place() {
    let text = "\u{feff}version = 1\r\n[[forbid]]\r\nid = \"f\"\r\nuse = \"a-b\"\r\n";
    assert_eq!(
        problems(text),
        ["bad-pattern|-b|`a-b`: crates are written with underscores: a_b|-"]
    );
}

#[test]
fn a_problem_code_is_given_for_every_kind_of_mistake() {
    let codes: Vec<_> = ProblemCode::ALL.iter().map(|code| code.word()).collect();
    for text in ["[x]", "[[forbid]]\nuse = 1", "[[exclude]]"] {
        let word = mistakes(text)[0].split('|').next().unwrap().to_owned();
        assert!(codes.contains(&word.as_str()), "{word}");
    }
}

proptest! {
    #[test]
    fn a_damaged_policy_is_read_or_refused_with_places_inside_the_text(at in 0..SHOP_POLICY.len(), cut in 0..12usize, put in "[a-z:*!{}\\[\\]\"=é\n]{0,3}") {
        let end = (at + cut).min(SHOP_POLICY.len());
        let text = format!("{}{put}{}", &SHOP_POLICY[..at], &SHOP_POLICY[end..]);
        if let Err(problems) = Policy::read("archguard.toml", &text) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                let ProblemPlace::Policy(span) = problem.place else { panic!("a policy problem without place") };
                prop_assert!(text.get(span.start..span.end).is_some(), "{}", problem.message);
            }
        }
    }
}

/// A policy with one fragment of a package `web`; the problems as [`mistakes`] prints them, with the file in front.
fn with_fragment(own: &str, fragment: &str) -> Result<Policy, Vec<String>> {
    let mut texts = PolicyTexts::new("archguard.toml", &format!("version = 1\n{own}"));
    texts.add_fragment("web", "web/archguard.toml", fragment);
    Policy::read_texts(&texts).map_err(|problems| {
        let shown = problems.into_iter().map(|problem| {
            let ProblemPlace::Policy(span) = problem.place else {
                panic!("it has a place");
            };
            let (file, span) = texts.locate(span);
            let underlined = file.text[span.start..span.end].lines().next().unwrap_or_default();
            format!("{}|{underlined}|{}", file.file, problem.message)
        });
        shown.collect()
    })
}

const OWN: &str = "[sets]\ndrivers = [\"sqlx\"]\n[components]\nhttp = \"web\"\ndomain = \"domain\"\n[[forbid]]\nid = \"a\"\nuse = \"std::fs\"\n";

#[test]
fn a_fragment_adds_rules_for_its_package_and_limits() {
    let policy = with_fragment(
        OWN,
        "version = 1\nuses = [\"domain\"]\ncrates = \"serde\"\n[[forbid]]\nid = \"b\"\nuse = \"set:drivers\"\n\
         [[acyclic]]\nid = \"c\"\namong = \"modules\"\n",
    )
    .unwrap();
    let packages: Vec<Option<&str>> = policy.heads().map(|head| head.package.as_deref()).collect();
    assert_eq!(packages, [None, Some("web"), Some("web")]);
    assert_eq!(terms(&policy.forbids[1].targets.value), ["sqlx"]);
    let [limits] = &policy.packages[..] else {
        panic!("one package");
    };
    assert_eq!(&*limits.package, "web");
    assert_eq!(terms(&limits.uses.as_ref().unwrap().value), ["domain"]);
    assert_eq!(terms(&limits.crates.as_ref().unwrap().value), ["serde"]);
}

#[test]
fn a_fragment_can_do_nothing_but_narrow() {
    let keys = "it narrows what the workspace's policy allows, by `uses`, `crates`, `forbid`, `mandate`, `require` and `acyclic`";
    assert_eq!(
        with_fragment(
            OWN,
            "version = 1\nuses = \"*\"\n[components]\nx = \"web\"\n[[layers]]\nid = \"l\"\n[policy]\nunassigned = \"allow\"\n"
        )
        .unwrap_err(),
        [
            "web/archguard.toml|\"*\"|`*` narrows nothing: a package without `uses` may use what the workspace's policy allows".to_owned(),
            format!("web/archguard.toml|components|the policy of a package has no key `components`: {keys}"),
            format!("web/archguard.toml|layers|the policy of a package has no key `layers`: {keys}"),
            format!("web/archguard.toml|policy|the policy of a package has no key `policy`: {keys}"),
        ]
    );
}

#[test]
fn mistakes_in_a_fragment_stand_in_its_file() {
    assert_eq!(
        with_fragment(OWN, "version = 1\n[[forbid]]\nid = \"a\"\nuse = \"x\"\n").unwrap_err(),
        ["web/archguard.toml|\"a\"|rule id `a` is given twice: an id is a rule's identity"]
    );
    assert_eq!(
        with_fragment(OWN, "uses = [\"component:htpp\"]\n").unwrap_err(),
        ["web/archguard.toml||the policy does not say its version: write `version = 1` at the top"]
    );
    assert_eq!(
        with_fragment(OWN, "version = 1\nuses = [\"component:htpp\"]\n").unwrap_err(),
        ["web/archguard.toml|\"component:htpp\"|there is no component `htpp`"]
    );
    assert_eq!(
        with_fragment(OWN, "version = 1\nuses = [\n").unwrap_err()[0],
        "web/archguard.toml||the policy of package `web` is not TOML: unclosed array, expected `]`"
    );
}

#[test]
fn the_fragment_of_excluded_code_is_not_read() {
    let own = format!("{OWN}{}", VENDORED.replace("vendor/driver/", "web"));
    assert!(with_fragment(&own, "version = [[[").is_ok());
    assert!(with_fragment(&own.replace("\"web\"\nreason", "\"we\"\nreason"), "version = [[[").is_err());
}
