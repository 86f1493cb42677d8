//! What is said of places, rules and pairs where packages, layerings inside members, facades and packs have a say.

use super::subject::{Code, Extent, Subject};
use super::{Explanation, pair, place, rule};
use crate::advice::{Guidance, Standpoint};
use crate::date::Until;
use crate::decisions::{Decisions, Exception, Exceptions};
use crate::graph::{Graph, Root};
use crate::place::TextSpan;
use crate::policy::{BoundPolicy, Policy, PolicyTexts, RuleId};
use crate::testing::graph_of;

const CODE: &str = "crate shop package=shop deps=sqlx,grep,serde dev=mockall
    crate web package=web deps=shop,serde,axum
    extern sqlx
    extern serde
    extern axum
    extern mockall
    extern grep
    extern bstr
    trait bstr::ByteSlice
    mod shop::features
    mod shop::features::cart
    mod shop::features::cart::http
    fn shop::features::cart::http::add
    mod shop::features::cart::domain
    fn shop::features::cart::domain::total
    mod shop::features::wishes
    mod shop::features::wishes::http
    mod shop::auth
    mod web::pages
    fn web::pages::index";

const POLICY: &str = "version = 1
    [components]
    root     = [\"shop::self\", \"shop::features::self\"]
    features = { each = \"shop::features::*\" }
    auth     = { paths = \"shop::auth\", uses = [] }
    web      = { paths = \"web\", uses = \"*\" }
    [facades]
    grep = [\"bstr::ByteSlice\"]
    [[layers]]
    id     = \"inside\"
    within = \"features\"
    order  = [\"http\", \"domain\"]
    [[forbid]]
    id  = \"no-grep\"
    use = \"grep\"
    [[forbid]]
    id  = \"no-byte-slice\"
    use = \"bstr::ByteSlice\"
    [[forbid]]
    id  = \"no-mocks\"
    use = \"mockall\"
    dev = true
    ";

const OF_WEB: &str = "version = 1
    uses   = [\"features\"]
    crates = \"axum\"
    [[forbid]]
    id  = \"web-without-serde\"
    use = \"serde\"
    [[require]]
    id    = \"pages\"
    items = { kind = \"fn\" }
    must  = { async = true }
    optional = true
    ";

/// Hands over the policies bound to the code.
fn with(look: impl FnOnce(&Graph, &BoundPolicy<'_>)) {
    let mut texts = PolicyTexts::new("archguard.toml", POLICY);
    texts.add_fragment("web", "web/archguard.toml", OF_WEB);
    let policy = Policy::read_texts(&texts).unwrap();
    let graph = graph_of(&policy, CODE);
    let binding = BoundPolicy::bind(&policy, &graph);
    assert_eq!(binding.problems, []);
    look(&graph, &binding.policy);
}

fn code(graph: &Graph, policy: &BoundPolicy<'_>, path: &str) -> Code {
    let item = graph.items().find(|(_, item)| *item.path == *path).unwrap().0;
    Code {
        name: path.to_owned(),
        what: "module",
        extent: Extent::Items(vec![Root { item, own_only: false }]),
        standpoint: graph.is_examined(item).then(|| Standpoint::of(graph, policy, item)),
    }
}

fn said(policy: &BoundPolicy<'_>, graph: &Graph, from: &str, to: &str) -> (Option<bool>, Vec<String>) {
    let told = pair::explain(graph, policy, &code(graph, policy, from), &code(graph, policy, to), &[]);
    let words = told.rules.iter().map(|word| format!("{}: {}", word.rule, word.says));
    (told.allowed, words.collect())
}

#[test]
fn a_layering_inside_members_has_its_say_in_pairs() {
    with(|graph, policy| {
        let (http, domain) = ("shop::features::cart::http", "shop::features::cart::domain");
        let up = said(
            policy,
            graph,
            "shop::features::cart::domain::total",
            "shop::features::cart::http::add",
        );
        assert_eq!(up.0, Some(false));
        assert_eq!(up.1.last(), Some(&format!("inside: puts `{http}` above `{domain}`")));
        let down = said(policy, graph, http, domain);
        assert_eq!(down.0, Some(true));
        assert_eq!(down.1.last(), Some(&format!("inside: puts `{domain}` below `{http}`")));
        // Within one submodule, and between members, it is silent.
        for (from, to) in [(http, http), (http, "shop::features::wishes::http")] {
            let words = said(policy, graph, from, to).1;
            assert!(words.iter().all(|word| !word.starts_with("inside:")), "{words:?}");
        }
    });
}

#[test]
fn what_a_package_says_of_itself_is_heard() {
    with(|graph, policy| {
        let at = Standpoint::of(graph, policy, code_item(graph, "web::pages"));
        let told = Guidance::of(graph, policy, &at);
        let denied = told.must_not_use.iter().map(|no| (&*no.component, &*no.rule));
        let denied: Vec<(&str, &str)> = denied.collect();
        assert_eq!(denied, [("root", "package.web.uses"), ("auth", "package.web.uses")]);
        assert_eq!(told.crates.may_use, ["axum"]);
        assert_eq!(told.crates.must_not_use[0].rule, "package.web.crates");
        assert_eq!(told.crates.listed, Some(vec!["axum".to_owned()]));
        let rules = told.prohibitions.iter().map(|rule| &*rule.rule);
        assert!(
            rules.clone().any(|rule| rule == "web-without-serde"),
            "{:?}",
            rules.collect::<Vec<_>>()
        );
        assert_eq!(
            told.requirements[0].demand,
            "Every item with `{ kind = \"fn\" }` must have `{ async = true }`."
        );
        // Neither here nor in what is not there yet does it speak of another package.
        let new = |around: &str| {
            let path = format!("{around}::new");
            let at = Standpoint::of_new(graph, policy, code_item(graph, around), path);
            let told = Guidance::of(graph, policy, &at);
            told.prohibitions.iter().any(|rule| rule.rule == "web-without-serde")
        };
        assert!(new("web::pages") && !new("shop::auth"));
    });
}

fn code_item(graph: &Graph, path: &str) -> crate::graph::ItemId {
    graph.items().find(|(_, item)| *item.path == *path).unwrap().0
}

#[test]
fn the_rules_of_the_tool_and_of_packages_are_known() {
    with(|graph, policy| {
        let told = |id: &str| match Subject::find(graph, policy, id) {
            Ok(Subject::Rule(rule)) => rule::explain(graph, policy, &rule, &[]),
            other => panic!("{other:?}"),
        };
        let uses = told("package.web.uses");
        assert_eq!(uses.kind, crate::verdict::RuleKind::Package);
        assert_eq!((&*uses.file, uses.line), ("web/archguard.toml", Some(2)));
        assert_eq!(uses.text.as_deref().map(str::trim), Some("uses   = [\"features\"]"));
        assert_eq!(uses.scope, ["web"]);
        assert!(
            uses.says.contains("package `web`") && uses.says.contains("`features`"),
            "{}",
            uses.says
        );
        assert!(told("package.web.crates").says.contains("`axum`"));
        assert_eq!(
            told("policy.dev_code").says,
            "Production code does not use development code."
        );
        assert!(told("policy.exceptions").says.starts_with("Every exception"));
        let own = told("web-without-serde");
        assert_eq!(own.says, "Code of the package `web` must not name `serde`.");
        assert_eq!((&*own.file, own.scope), ("web/archguard.toml", vec!["web".to_owned()]));
        assert!(Subject::find(graph, policy, "package.shop.uses").is_err());
    });
}

#[test]
fn development_dependencies_are_for_development_code() {
    with(|graph, policy| {
        let mut at = Standpoint::of(graph, policy, code_item(graph, "shop::auth"));
        let production = Guidance::of(graph, policy, &at).crates;
        assert_eq!(
            (production.may_use, production.dev_only),
            (vec!["serde".to_owned(), "sqlx".to_owned()], vec!["mockall".to_owned()])
        );
        assert!(production.must_not_use.iter().all(|denied| denied.krate != "mockall"));
        at.dev = true;
        let dev = Guidance::of(graph, policy, &at).crates;
        assert_eq!(dev.dev_only, [] as [String; 0]);
        // There the rule that judges development code too has its say.
        assert!(dev.must_not_use.iter().any(|denied| denied.krate == "mockall"));
        assert!(
            dev.may_use.contains(&"grep".to_owned()),
            "what does not judge it is no obstacle"
        );
    });
}

#[test]
fn what_packs_know_and_no_rule_speaks_of_is_mentioned() {
    with(|graph, policy| {
        let unspoken = |path: &str| {
            let told = place::explain(graph, policy, &code(graph, policy, path), &[]);
            let words = told
                .unspoken
                .iter()
                .map(|it| format!("{} {}", it.krate, it.packs.join(",")));
            words.collect::<Vec<String>>()
        };
        assert_eq!(unspoken("shop::auth"), ["sqlx sql"]);
        assert_eq!(unspoken("sqlx"), ["sqlx sql"]);
        assert_eq!(unspoken("web::pages"), [] as [String; 0]);
        assert_eq!(unspoken("serde"), [] as [String; 0]);
    });
}

#[test]
fn facades_are_told_from_both_sides() {
    with(|graph, policy| {
        let told = |path: &str| {
            let told = place::explain(graph, policy, &code(graph, policy, path), &[]);
            (told.family, told.family_of)
        };
        let none: Vec<String> = Vec::new();
        assert_eq!(told("grep"), (vec!["bstr::ByteSlice".to_owned()], none.clone()));
        assert_eq!(told("bstr::ByteSlice"), (none.clone(), vec!["grep".to_owned()]));
        assert_eq!(told("serde"), (none.clone(), none));
    });
}

fn exception(rule: &str, from: &str, to: &str, days_left: i64) -> Exception {
    Exception {
        rule: RuleId::reserved(rule),
        from: from.to_owned(),
        to: Some(to.to_owned()),
        reason: "for now".to_owned(),
        owner: "team".to_owned(),
        until: Until::of("2026-11-23"),
        days_left: Some(days_left),
        span: TextSpan::default(),
        inline: None,
    }
}

#[test]
fn exceptions_are_told_where_they_speak() {
    with(|graph, policy| {
        let exceptions = Exceptions {
            entries: vec![
                exception("no-grep", "shop::auth::sign_in", "grep::find", 3),
                exception("no-byte-slice", "web::pages::index", "bstr::ByteSlice", -1),
            ],
            ..Exceptions::default()
        };
        let froms = |told: &[crate::advice::document::ExceptionAdvice]| {
            let told = told.iter().map(|entry| (entry.from.clone(), entry.expired));
            told.collect::<Vec<_>>()
        };
        let at = |standpoint: &Standpoint| {
            let told = Guidance::of(graph, policy, standpoint).with_exceptions(graph, standpoint, &exceptions);
            froms(&told.exceptions)
        };
        let there = |path: &str| at(&Standpoint::of(graph, policy, code_item(graph, path)));
        // Of an item that is gone, the module that it was in.
        let sign_in = ("shop::auth::sign_in".to_owned(), false);
        let index = ("web::pages::index".to_owned(), true);
        assert_eq!(there("shop::auth"), std::slice::from_ref(&sign_in));
        assert_eq!(there("web::pages"), std::slice::from_ref(&index));
        assert_eq!(there("shop::features"), []);
        let new = |path: &str| {
            let around = code_item(graph, "shop::auth");
            at(&Standpoint::of_new(graph, policy, around, path.to_owned()))
        };
        assert_eq!(new("shop::auth::sign_in"), std::slice::from_ref(&sign_in));
        assert_eq!(new("shop::auth::sign"), []);

        let decisions = Decisions {
            exceptions,
            ..Decisions::default()
        };
        let empty = Explanation {
            schema: 1,
            place: None,
            rule: None,
            pair: None,
        };
        let of_rule = Explanation {
            rule: Some(rule::explain(graph, policy, &RuleId::reserved("no-grep"), &[])),
            ..empty.clone()
        };
        let of_rule = of_rule.decided(graph, policy, &[], &decisions).rule.unwrap();
        assert_eq!(froms(&of_rule.exceptions), [sign_in]);
        let between = |from: &str, to: &str| {
            let ends = [code(graph, policy, from), code(graph, policy, to)];
            let answer = Explanation {
                pair: Some(pair::explain(graph, policy, &ends[0], &ends[1], &[])),
                ..empty.clone()
            };
            let answer = answer.decided(graph, policy, &ends.map(Subject::Code), &decisions);
            froms(&answer.pair.unwrap().exceptions)
        };
        assert_eq!(between("web", "bstr::ByteSlice"), [index]);
        assert_eq!(between("web", "serde"), []);
        assert_eq!(between("shop", "bstr::ByteSlice"), []);
    });
}
