//! Rules that cannot fire, one at a time: each is named with the reason, and nothing else is.

use archguard_lints::Outcome;

use super::said::{dead, proof, told};

/// A dead rule: its text, and what is to be said of it, by `prove` or, where it does not even bind, as a problem.
const DEAD: &[(&str, &str)] = &[
    // Misspelt.
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlxx\"",
        "there is no crate `sqlxx`, and it is nearly `sqlx`",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlx::quer\"",
        "`sqlx::quer` matches nothing",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlx::quer\"\noptional = true",
        "dead: it leads to nothing: its crate is there and has no such item; the nearest is `sqlx::query`",
    ),
    (
        "[[forbid]]\nid = \"r\"\nin = \"htp\"\nuse = \"sqlx\"",
        "there is no component `htp`",
    ),
    (
        "[[require]]\nid = \"r\"\nitems = { name = \"*Roww\" }\nmust = { in = \"db\" }",
        "selects nothing",
    ),
    // Contradicted.
    (
        "[[forbid]]\nid = \"r\"\nin = \"http\"\nexcept = \"http\"\nuse = \"sqlx\"",
        "rule r: dead: its `except` takes out all that it speaks of",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = [\"sqlx::query\", \"!sqlx\"]",
        "pattern sqlx::query: dead: a `!` of the same list takes away all that it names",
    ),
    (
        "[[forbid]]\nid = \"r\"\nin = \"db\"\nuse = \"db\"",
        "rule r: dead: the rule speaks of no code but what it names itself, which may",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"literal:sql\"\nas = \"call\"",
        "pattern literal:sql: dead: nothing can name it in a way that its `as` lists",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlx::sql!\"\nas = \"method\"",
        "pattern sqlx::sql!: dead: nothing can name it in a way that its `as` lists",
    ),
    (
        "[[forbid]]\nid = \"r\"\nin = \"shop::testing\"\nuse = \"sqlx\"",
        "rule r: dead: the rule speaks of development code alone, which it does not judge without `dev = true`",
    ),
    (
        "[[forbid]]\nid = \"r\"\nin = \"bin:shop\"\nuse = \"sqlx\"\nas = \"public\"",
        "rule r: dead: nothing that the rule speaks of can be seen from outside its component",
    ),
    (
        "[[mandate]]\nid = \"r\"\nuse = \"db\"\nin = \"db\"\ninstead_of = \"sqlx\"",
        "rule r: dead: all code that it speaks of is the shared code itself",
    ),
    (
        "[[require]]\nid = \"r\"\nitems = { kind = \"fn\", in = \"http\" }\nmust = { in = \"http\" }",
        "rule r: dead: every item that `items` selects meets `must` by that alone",
    ),
    (
        "[[require]]\nid = \"r\"\nitems = { derive = \"serde::Serialize\" }\nmust = { derive = \"serde::Serialize\" }",
        "pattern serde::Serialize: dead: every item that `items` selects meets `must` by that alone",
    ),
    (
        "[[require]]\nid = \"r\"\nin = \"http\"\nexcept = \"http\"\nitems = { kind = \"fn\" }\nmust = { in = \"db\" }\noptional = true",
        "rule r: dead: no code is in its scope",
    ),
    (
        "[[acyclic]]\nid = \"r\"\nin = \"domain\"\namong = \"components\"",
        "pattern components: dead: it speaks of the code of fewer than two components",
    ),
    (
        "[[layers]]\nid = \"r\"\nin = \"http\"\norder = [\"http\", \"db\"]",
        "rule r: dead: its `in` and `except` leave nobody who could use what is above",
    ),
    // Shadowed.
    (
        "[[layers]]\nid = \"r\"\norder = [\"http\", \"db\"]",
        "rule r: dead: whatever it denies `layering` denies before it",
    ),
    (
        "[[acyclic]]\nid = \"r\"\nin = \"db\"\namong = \"modules\"",
        "pattern modules: dead: it speaks of no two modules beside each other",
    ),
    (
        "[[forbid]]\nid = \"r\"\nin = [\"http\", \"shop::http::orders\"]\nuse = \"sqlx\"",
        "pattern shop::http::orders: dead: `http` of the same list covers all that it names",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlx\"\nexcept = \"shop::testing\"",
        "pattern shop::testing: dead: its code is development code alone",
    ),
    // Without effect.
    (
        "[[forbid]]\nid = \"r\"\nin = \"http\"\nuse = \"sqlx\"\nexcept = \"db\"",
        "pattern db: dead: the rule speaks of nothing that it names, whatever `except` says",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"db\"\nexcept = \"db\"",
        "pattern db: dead: the rule names its code itself, and that may use itself",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = [\"sqlx\", \"!sqlx::driver\", \"!sqlx::driver::connect\"]",
        "pattern !sqlx::driver::connect: dead: `!sqlx::driver` of the same list takes away all that it does",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlx\"\nas = \"public\"\nin = \"db\"\nthrough = [\"auth\", \"auth\"]",
        "pattern auth: dead: `auth` of the same list covers all that it names",
    ),
    // Circles, entry by entry.
    (
        "[[acyclic]]\nid = \"r\"\nin = [\"app\", \"shop::app\", \"db\"]\namong = \"components\"",
        "pattern shop::app: dead: `app` of the same list covers all that it names",
    ),
    (
        "[[acyclic]]\nid = \"r\"\nin = [\"app\", \"db\"]\nexcept = \"domain\"\namong = \"components\"",
        "pattern domain: dead: the rule speaks of nothing that it names, whatever `except` says",
    ),
    (
        "[[acyclic]]\nid = \"r\"\nexcept = \"bin:shop\"\namong = \"modules\"",
        "pattern bin:shop: dead: no circle of what the rule looks at can lead through its code",
    ),
    (
        "[[acyclic]]\nid = \"r\"\nexcept = \"shop::testing\"\namong = \"modules\"",
        "pattern shop::testing: dead: its code is development code alone",
    ),
    (
        "[[acyclic]]\nid = \"r\"\nin = [\"shop\", \"!sqlx\"]\namong = \"modules\"",
        "pattern !sqlx: dead: it takes away nothing that the rest of the list holds",
    ),
    // What requirements look into and select by.
    (
        "[[require]]\nid = \"r\"\nitems = { kind = \"fn\", in = \"http\" }\noptional = true\n\
         must = { take = \"shop::db::Row\", through = [\"Option\", \"std::option::*\"] }",
        "pattern std::option::Option: dead: `std::option::*` of the same list covers all that it names",
    ),
    (
        "[[require]]\nid = \"r\"\nitems = { kind = \"fn\", take = \"shop::db::Row\", through = [\"std::option::*\", \"Option\"] }\n\
         optional = true\nmust = { in = \"db\" }",
        "pattern std::option::Option: dead: `std::option::*` of the same list covers all that it names",
    ),
    (
        "[[require]]\nid = \"r\"\nitems = { derive = [\"serde::Serialize\", \"serde::*\"] }\nmust = { implement = \"std::fmt::Debug\" }",
        "pattern serde::Serialize: dead: `serde::*` of the same list covers all that it names",
    ),
    (
        "[[require]]\nid = \"r\"\nitems = { derive = [\"serde::*\", \"!serde::Serialize\"] }\noptional = true\n\
         must = { implement = \"std::fmt::Debug\" }",
        "pattern serde::*: dead: a `!` of the same list takes away all that it names",
    ),
];

#[test]
fn dead_rules_are_named_and_nothing_else_is() {
    let mut missed = Vec::new();
    for &(rule, expected) in DEAD {
        let (proven, problems) = proof(rule);
        let dead = dead(&proven);
        let mut named = dead.iter().chain(&problems);
        if !named.any(|line| line.contains(expected)) {
            missed.push(format!("{rule}\n{expected}\n{dead:#?}\n{problems:#?}"));
        }
        let others = proven.iter().filter(|it| {
            let is_it = it.rule.as_ref().is_some_and(|rule| rule.as_str() == "r");
            matches!(it.outcome, Outcome::Dead(_)) && !is_it
        });
        assert_eq!(others.map(told).collect::<Vec<_>>(), [""; 0], "{rule}");
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}
