//! What holds for all lints: order, duplicates, laws of permission, and a clean workspace.

use proptest::prelude::*;

use crate::fixture::{check, judged, messages};

const SHOP: &str = r#"
[sets]
drivers = ["sqlx", "diesel"]
[components]
main = ["shop::self", "bin:shop"]
http = { paths = "shop::http", uses = ["application", "auth", "domain"] }
application = "shop::app"
auth = { paths = "shop::auth", public = "shop::auth::{CurrentUser,sign_in}" }
persistence = { paths = "shop::db", public = "shop::db::{repo,connect}" }
features = { each = "shop::features::*", uses = ["application"] }
domain = { paths = "shop_domain", uses = [], crates = "serde" }
[[layers]]
id = "layering"
order = ["main", ["http", "features"], "application", "auth", "persistence", "domain"]
[[forbid]]
id = "raw-sql"
use = "set:drivers"
except = "persistence"
[[forbid]]
id = "no-driver-types"
in = "persistence"
use = ["set:drivers", "!sqlx::Error"]
as = "public"
[[mandate]]
id = "shared-auth"
use = "auth"
instead_of = "jsonwebtoken"
[[acyclic]]
id = "no-cycles"
among = ["components", "modules", "crates"]
"#;

const CLEAN: &str = "crate shop
    crate bin:shop
    crate shop_domain
    extern sqlx
    extern serde
    extern jsonwebtoken
    struct sqlx::Error
    mod shop::features only-mods
    struct shop::auth::CurrentUser
    mod shop::db::repo
    bin:shop::main -> shop::http::router
    shop::http::router -> shop::http::list
    shop::http::list -> shop::app::orders
    shop::http::list -> shop::auth::CurrentUser : type
    shop::http::list -> shop_domain::Order : type
    shop::app::orders -> shop::db::repo::orders
    shop::app::orders -> shop::auth::sign_in
    shop::auth::sign_in -> jsonwebtoken::encode
    shop::db::repo::orders -> sqlx::query
    shop::db::repo::orders -> sqlx::Error : type exposed
    shop::db::connect -> shop::db::pool::make
    shop::features::cart::show -> shop::app::orders
    shop_domain::Order -> serde::Serialize : derive
    shop::http::tests::t -> sqlx::query : call dev";

#[test]
fn a_clean_workspace_yields_nothing() {
    let judgement = check(SHOP, CLEAN);
    assert_eq!(judgement.rules.len(), 5);
    assert!(
        judgement
            .rules
            .iter()
            .all(|rule| rule.matched > 0 && rule.findings == 0),
        "{:#?}",
        judgement.rules
    );
}

#[test]
fn a_file_in_several_targets_is_reported_once_under_the_library() {
    let judgement = judged(
        "[components]\nhttp = [\"shop::http\", \"bin:tool::http\", \"shop::self\", \"bin:tool::self\"]\n[[forbid]]\nid = \"no-sql\"\nuse = \"sqlx\"\n",
        "crate bin:tool
        crate shop
        extern sqlx
        mod bin:tool::http at=src/http.rs:1
        mod shop::http at=src/http.rs:1
        mod bin:tool::lost at=src/lost.rs:1
        mod shop::lost at=src/lost.rs:1
        bin:tool::http::a -> sqlx::query : call at=src/http.rs:9
        shop::http::a -> sqlx::query : call at=src/http.rs:9
        bin:tool::http::a -> sqlx::query : call at=src/http.rs:7
        bin:tool::http::only -> sqlx::query : call at=src/tool.rs:7",
    )
    .0;
    assert_eq!(
        messages(&judgement),
        [
            "`bin:tool::http::a` calls `sqlx::query`, which `no-sql` forbids",
            "`shop::http::a` calls `sqlx::query`, which `no-sql` forbids",
            "`shop::lost` holds code and is in no component",
            "`bin:tool::http::only` calls `sqlx::query`, which `no-sql` forbids",
        ]
    );
    let sites: Vec<usize> = judgement.findings.iter().map(|finding| finding.sites.len()).collect();
    assert_eq!(sites, [1, 1, 1, 1]);
}

const ENVIRONMENT: &str = r#"
[policy]
unassigned = "allow"
[[forbid]]
id = "environment"
use = "std::env"
"#;

#[test]
fn an_import_of_a_module_and_a_macro_of_one_name_is_one_finding() {
    let judgement = judged(
        ENVIRONMENT,
        "crate shop
        macro std::macros::env
        mod std::environment
        shop -> std::macros::env! : import as=std::env at=a.rs:1
        shop -> std::environment : import as=std::env at=a.rs:1
        shop -> std::macros::env! : macro as=std::env at=a.rs:2",
    )
    .0;
    let expected = [
        "`shop` imports `std::env`, which `environment` forbids",
        "`shop` invokes `std::env!`, which `environment` forbids",
    ];
    assert_eq!(messages(&judgement), expected);
}

#[test]
fn one_import_may_be_a_site_of_several_rings() {
    check(
        "[policy]\nundeclared = \"allow\"\n[components]\na = \"shop::a\"\nb = \"shop::b\"\n\
         [[acyclic]]\nid = \"ring\"\namong = [\"components\", \"modules\"]\n",
        "crate shop only-mods
        mod shop::a
        shop::a -> shop::b::y : import      # dependency-cycle ring, dependency-cycle ring
        shop::b::y -> shop::a::x
        shop::b::y -> shop::a::x",
    );
}

#[test]
fn a_suspect_that_names_something_prohibited_for_certain_is_no_second_finding() {
    let judgement = judged(
        ENVIRONMENT,
        "crate shop
        mod std::env
        unresolved shop::f -> std::env::gone : call leads=std::env at=a.rs:2
        shop::f -> std::env : call as=std::env::gone at=a.rs:2
        unresolved shop::f -> std::env::gone : call leads=std::env at=a.rs:3",
    )
    .0;
    let lints = judgement
        .findings
        .iter()
        .map(|finding| (finding.lint.id(), finding.sites.len()));
    assert_eq!(
        lints.collect::<Vec<_>>(),
        [("forbidden-use", 1), ("unresolved-suspect", 1)]
    );
}

#[test]
fn the_order_of_lines_changes_nothing() {
    let lines = [
        "shop::app::a -> shop::http::x : call at=a.rs:3",
        "shop::app::a -> shop::http::x : call at=a.rs:1",
        "shop::app::a -> sqlx::query : call at=a.rs:2",
        "shop::db::repo::z -> shop::app::a : call at=b.rs:1",
    ];
    let print = |lines: &[&str]| {
        let (judgement, graph) = judged(SHOP, &format!("{CLEAN}\n{}", lines.join("\n")));
        let mut text = Vec::new();
        for finding in &judgement.findings {
            let sites = finding
                .sites
                .iter()
                .map(|site| (&graph.file(site.place.file).display, site.place.start));
            text.push(format!("{} {:?}", finding.message, sites.collect::<Vec<_>>()));
        }
        text
    };
    let forwards = print(&lines);
    let backwards: Vec<&str> = lines.iter().rev().copied().collect();
    assert_eq!(forwards.len(), 5, "{forwards:#?}");
    assert_eq!(forwards, print(&backwards));
}

proptest! {
    #[test]
    fn a_layering_never_allows_what_its_reverse_allows(order in Just(vec![0, 1, 2, 3, 4]).prop_shuffle(), cut in 1..5_usize) {
        let names = ["m0", "m1", "m2", "m3", "m4"];
        let entry = |entry: &[usize]| {
            let quoted: Vec<String> = entry.iter().map(|&index| format!("\"{}\"", names[index])).collect();
            if quoted.len() == 1 { quoted[0].clone() } else { format!("[{}]", quoted.join(", ")) }
        };
        // The first `cut` stand alone, the rest are siblings.
        let (alone, together) = order.split_at(cut);
        let mut entries: Vec<String> = alone.iter().map(|index| entry(&[*index])).collect();
        entries.push(entry(together));
        let breaches = |entries: &[String]| {
            let components: Vec<String> = names.iter().map(|name| format!("{name} = \"shop::{name}\"")).collect();
            let policy = format!(
                "[components]\n{}\n[[layers]]\nid = \"order\"\norder = [{}]\n",
                components.join("\n"),
                entries.join(", ")
            );
            let pairs = names.iter().flat_map(|from| names.iter().map(move |to| (from, to)));
            let lines = pairs.filter(|(from, to)| from != to);
            let lines: Vec<String> = lines.map(|(from, to)| format!("shop::{from}::f -> shop::{to}::f")).collect();
            let workspace = format!("crate shop only-mods\n{}", lines.join("\n"));
            let judgement = judged(&policy, &workspace).0;
            judgement.findings.iter().map(|finding| (finding.from, finding.to)).collect::<std::collections::BTreeSet<_>>()
        };
        let there = breaches(&entries);
        entries.reverse();
        let back = breaches(&entries);
        prop_assert_eq!(there.union(&back).count(), 20, "each of the 20 pairs is a breach of one or the other");
        let siblings = together.len() * (together.len() - 1);
        prop_assert_eq!(there.intersection(&back).count(), siblings);
    }
}
