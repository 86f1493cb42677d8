//! `pack:` and `literal:` in lists: what they stand for, where they cannot stand, and what lies dormant.

use super::{problems, with_bound};
use crate::packs::{Pack, known_dependencies, unspoken_dependencies};
use crate::policy::model::Policy;
use crate::problem::{Problem, ProblemPlace};

const SHOP: &str = "
    crate shop deps=sqlx,reqwest,mysqll,serde
    mod shop::http
    fn shop::http::list
    extern sqlx family=sqlx_core
    extern sqlx_core
    fn sqlx::query
    extern reqwest
    extern mysqll
    extern serde
    ref shop::http::list -> sqlx::query as sqlx::query
";

/// `code|message|suggestion` of what the reader says.
fn mistakes(text: &str) -> Vec<String> {
    let show = |problem: &Problem| {
        assert!(matches!(problem.place, ProblemPlace::Policy(span) if span.end > span.start));
        let near = problem.suggestion.as_deref().unwrap_or("-");
        format!("{}|{}|{near}", problem.code.word(), problem.message)
    };
    let read = Policy::read("archguard.toml", &format!("version = 1\n{text}"));
    read.expect_err("a mistake").iter().map(show).collect()
}

#[test]
fn a_pack_stands_for_what_it_names() {
    let rule = "[sets]\nall = [\"pack:sql\", \"serde\"]\n[[forbid]]\nid = \"f\"\nuse = \"set:all\"\n";
    with_bound(rule, SHOP, |bound| {
        assert_eq!(
            bound.problems,
            Vec::<String>::new(),
            "what is not there is no problem, `mysqll` no slip of `mysql`"
        );
        let targets = &bound.policy.forbids[0].targets;
        let term = bound.reference(targets, 0).expect("the call is covered");
        assert_eq!(&*targets.terms[term].0, "pack:sql");
        assert!(
            bound.covers(targets, "sqlx_core").is_some(),
            "the family of what it names"
        );
        assert!(bound.covers(targets, "serde").is_some(), "what stands beside it");
        assert_eq!(bound.covers(targets, "reqwest"), None);
    });
}

#[test]
fn a_rule_whose_pack_names_nothing_here_is_a_problem() {
    let rule = "[[forbid]]\nid = \"f\"\nuse = \"pack:crypto\"\n";
    let message = "nothing-matched|\"pack:crypto\"|nothing that `f` names is there, so the rule could never find anything; `optional = true` lets it wait|-";
    with_bound(rule, SHOP, |bound| assert_eq!(bound.problems, [message]));
    with_bound(&format!("{rule}optional = true\n"), SHOP, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
    });
}

#[test]
fn a_pack_never_means_a_crate_of_the_workspace() {
    let code = "
        crate hyper deps=sqlx
        fn hyper::request
        extern reqwest
        extern sqlx
        ref hyper::request -> hyper::request as hyper::request
    ";
    with_bound("[[forbid]]\nid = \"f\"\nuse = \"pack:net\"\n", code, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        let targets = &bound.policy.forbids[0].targets;
        assert_eq!(bound.covers(targets, "hyper::request"), None);
        assert_eq!(bound.reference(targets, 0), None);
        assert!(bound.covers(targets, "reqwest").is_some());
    });
}

#[test]
fn packs_that_do_not_exist() {
    let known = "there are `crypto`, `env`, `io`, `net`, `panic`, `print`, `process`, `random`, `sql` and `time`";
    assert_eq!(
        mistakes("[[forbid]]\nid = \"f\"\nuse = [\"pack:sqll\", \"!pack:sql\"]\n"),
        [
            format!("unknown-name|there is no pack `sqll`; {known}|pack:sql"),
            "bad-pattern|`!` takes away a path, not a pack: write its paths out|-".to_owned(),
        ]
    );
}

#[test]
fn packs_where_only_examined_code_can_stand() {
    assert_eq!(
        mistakes("[components]\na = \"pack:sql\"\n")[0],
        "bad-pattern|component `a` takes paths of examined code, and `pack:sql` names external code|-"
    );
    assert_eq!(
        mistakes("[components]\na = \"x\"\n[[layers]]\nid = \"l\"\norder = [\"a\", \"pack:sql\"]\n").len(),
        1
    );
    assert_eq!(
        problems("[[forbid]]\nid = \"f\"\nin = \"pack:io\"\nuse = \"sqlx\"\n"),
        ["nothing-matched|\"pack:io\"|`pack:io` names external code, and only examined code can stand here|-"]
    );
    assert_eq!(
        problems("[components]\nhttp = { paths = \"shop::http\", uses = \"pack:io\" }\n"),
        ["unknown-name|\"pack:io\"|`pack:io` names external code, and here stand components|-"]
    );
}

#[test]
fn literals_are_text() {
    assert_eq!(
        mistakes("[[forbid]]\nid = \"f\"\nuse = \"literal:html\"\n"),
        [
            "bad-pattern|`literal:html`: no literal is told to be `html`: those that are told are `literal:sql` and `literal:sql-formatted`|-"
        ]
    );
    assert_eq!(
        mistakes("[components]\na = \"literal:sql\"\n"),
        ["bad-pattern|component `a`: `literal:sql` names text, a component is made of modules and items|-"]
    );
    assert_eq!(
        problems("[[forbid]]\nid = \"f\"\nin = \"literal:sql\"\nuse = \"sqlx\"\n"),
        ["nothing-matched|\"literal:sql\"|`literal:sql` names text, and only code can stand here|-"]
    );
}

#[test]
fn dependencies_that_a_pack_knows_and_no_rule_speaks_of() {
    with_bound("[[forbid]]\nid = \"f\"\nuse = \"sqlx::query\"\n", SHOP, |bound| {
        let names = |known: Vec<crate::packs::KnownDependency>| -> Vec<String> {
            let show = known.iter().map(|known| format!("{} {:?}", known.name, known.packs));
            show.collect()
        };
        let known = names(known_dependencies(&bound.graph));
        assert_eq!(known, ["reqwest [\"net\"]", "sqlx [\"sql\"]"]);
        let unspoken = names(unspoken_dependencies(&bound.policy, &bound.graph));
        assert_eq!(unspoken, ["reqwest [\"net\"]"]);
    });
    assert!(Pack::named("net").is_some());
}
