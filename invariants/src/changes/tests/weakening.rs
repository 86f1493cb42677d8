//! Edits that weaken, each told for what it is.

use super::edited::{Edits, changes_of};

/// What each edit weakens, in words.
const WEAKENING: [(Edits, &str); 39] = [
    // A requirement's code divided, and one part selects less,
    (
        &[(
            "items = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust  = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n",
            "except = \"http\"\nitems = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n[[require]]\nid = \"part-0\"\nin = \"http\"\noptional = true\nitems = { name = \"Order*\", kind = \"struct\" }\nmust = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n",
        )],
        "orders-are-structs: it no longer speaks of `shop::http`",
    ),
    // demands less,
    (
        &[(
            "items = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust  = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n",
            "except = \"http\"\nitems = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n[[require]]\nid = \"part-0\"\nin = \"http\"\noptional = true\nitems = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust = { visibility = [\"pub\", \"pub(crate)\"] }\n",
        )],
        "orders-are-structs: it no longer speaks of `shop::http`",
    ),
    // or speaks of less.
    (
        &[(
            "items = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust  = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n",
            "except = \"http\"\nitems = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n[[require]]\nid = \"part-0\"\nin = \"shop::http::orders\"\noptional = true\nitems = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n",
        )],
        "orders-are-structs: it no longer speaks of `shop::http`",
    ),
    // What a `!` of `in` takes away is left to nobody,
    (
        &[(
            "in  = [\"domain\", \"app\"]\nuse = [\"axum\", \"!axum::body\"]\nas  = [\"call\", \"import\"]\noptional = true\n",
            "in = [\"domain\", \"app\", \"!shop::app::place\"]\nuse = [\"axum\", \"!axum::body\"]\nas = [\"call\", \"import\"]\noptional = true\n",
        )],
        "no-web: it no longer speaks of `app`",
    ),
    // or to a rule that denies less.
    (
        &[(
            "in  = [\"domain\", \"app\"]\nuse = [\"axum\", \"!axum::body\"]\nas  = [\"call\", \"import\"]\noptional = true\n",
            "in = [\"domain\", \"app\", \"!shop::app::place\"]\nuse = [\"axum\", \"!axum::body\"]\nas = [\"call\", \"import\"]\noptional = true\n[[forbid]]\nid = \"rest\"\nin = \"shop::app::place\"\nuse = \"axum\"\nas = \"call\"\n",
        )],
        "no-web: it no longer speaks of `app`",
    ),
    // Divided among rules, and something is left over: what one of them demands less,
    (
        &[(
            "except = \"db\"\ndev    = true\n",
            "except = [\"db\", \"http\"]\ndev = true\n[[forbid]]\nid = \"in-http\"\nuse = \"set:drivers\"\nin = \"http\"\n",
        )],
        "raw-sql: it no longer speaks of `shop::http`",
    ),
    // what one of them does not name,
    (
        &[(
            "except = \"db\"\ndev    = true\n",
            "except = [\"db\", \"http\"]\ndev = true\n[[forbid]]\nid = \"in-http\"\nuse = \"sqlx\"\nin = \"http\"\ndev = true\n",
        )],
        "raw-sql: it no longer speaks of `shop::http`",
    ),
    // code of today,
    (
        &[(
            "except = \"db\"\ndev    = true\n",
            "except = [\"db\", \"http\"]\ndev = true\n[[forbid]]\nid = \"in-http\"\nuse = \"set:drivers\"\nin = \"http\"\nexcept = \"shop::http::orders\"\ndev = true\n",
        )],
        "raw-sql: it no longer speaks of `shop::http`",
    ),
    // code of tomorrow: in what is left out,
    (
        &[(
            "except = \"db\"\ndev    = true\n",
            "except = [\"db\", \"http\"]\ndev = true\n[[forbid]]\nid = \"in-http\"\nuse = \"set:drivers\"\nin = [\"shop::http::self\", \"shop::http::orders\"]\ndev = true\n",
        )],
        "raw-sql: it no longer speaks of `shop::http`",
    ),
    // and in what is named.
    (
        &[(
            "in  = [\"domain\", \"app\"]\nuse = [\"axum\", \"!axum::body\"]\nas  = [\"call\", \"import\"]\noptional = true\n",
            "in = \"domain\"\nuse = [\"axum\", \"!axum::body\"]\nas = [\"call\", \"import\"]\noptional = true\n[[forbid]]\nid = \"in-app\"\nin = [\"shop::app::self\", \"shop::app::place\"]\nuse = [\"axum\", \"!axum::body\"]\nas = [\"call\", \"import\"]\noptional = true\n",
        )],
        "no-web: it no longer speaks of `shop::app`",
    ),
    (
        &[(
            "[[acyclic]]\nid    = \"no-cycles\"\namong = [\"components\", \"modules\"]\n",
            "",
        )],
        "no-cycles: the rule is gone",
    ),
    (
        &[("id     = \"raw-sql\"", "id = \"raw-sql\"\nseverity = \"warn\"")],
        "raw-sql: its severity is `warn` instead of `error`",
    ),
    (
        &[("dev    = true\n", "")],
        "raw-sql: it no longer judges development code",
    ),
    (
        &[("except = \"db\"", "except = [\"db\", \"http\"]")],
        "raw-sql: it no longer speaks of `shop::http`",
    ),
    (
        &[("except = \"db\"", "except = [\"db\", \"shop::http*\"]")],
        "raw-sql: it no longer speaks of `shop::http`",
    ),
    (
        &[("except = \"db\"", "except = \"shop::d*\"")],
        "raw-sql: it no longer speaks of `shop::domain`",
    ),
    (
        &[("except = \"db\"", "except = \"db\"\nin = \"shop\"")],
        "raw-sql: it no longer speaks of what its `in` leaves out",
    ),
    (&[("\"diesel\"]", "]")], "raw-sql: it no longer names `diesel`"),
    (
        &[("[\"sqlx\", \"diesel\"]", "[\"sqlx\", \"diesel\", \"!sqlx::migrate\"]")],
        "raw-sql: it no longer names `sqlx`",
    ),
    (
        &[("in  = [\"domain\", \"app\"]", "in  = \"domain\"")],
        "no-web: it no longer speaks of `shop::app`",
    ),
    (
        &[("as  = [\"call\", \"import\"]", "as = \"call\"")],
        "no-web: it no longer speaks of `import`",
    ),
    (
        &[("uses = [\"app\", \"domain\"]", "uses = [\"app\", \"domain\", \"db\"]")],
        "component.http.uses: `http` -> `db` is allowed",
    ),
    (
        &[("uses = [\"app\", \"domain\"]", "uses = \"*\"")],
        "component.http.uses: `http` -> `db`, `http` -> `features.cart`, `http` -> `features.stock`, `http` -> `root` is allowed",
    ),
    (
        &[("\"app\", \"db\", \"domain\"]", "\"db\", \"app\", \"domain\"]")],
        "layering: `db` -> `app` is allowed",
    ),
    (
        &[("order  = [\"http\", \"model\"]", "order  = [\"model\", \"http\"]")],
        "inside: `shop::features::cart::model` -> `shop::features::cart::http` is allowed",
    ),
    (
        &[("crates = [\"serde\"]", "crates = [\"serde\", \"sqlx\"]")],
        "component.domain.crates: it may use the crates `sqlx`",
    ),
    (
        &[(", crates = [\"serde\"]", "")],
        "component.domain.crates: it may use every external crate",
    ),
    (
        &[(", public = \"shop::db::repo\"", "")],
        "component.db.public: others may write all that is in it",
    ),
    (
        &[("public = \"shop::db::repo\"", "public = \"shop::db\"")],
        "component.db.public: others may write `shop::db`",
    ),
    (
        &[("\"feature:testing\"", "\"feature:testing\", \"shop::app\"")],
        "policy.dev_code: it takes in `shop::app`",
    ),
    (
        &[("[policy]", "[policy]\nunassigned = \"allow\"")],
        "policy.unassigned: it is `allow` instead of `deny`",
    ),
    (
        &[("[policy]", "[policy]\nexceptions = { max_days = 999 }")],
        "policy.exceptions: it is `max_days = 999` instead of `max_days = 366`",
    ),
    (
        &[("[policy]", "[policy]\ngenerated = [\"src/db.rs\"]")],
        "policy.generated: it takes in `src/db.rs`",
    ),
    (
        &[("path   = \"vendor\"", "path = \"generated\"")],
        "policy.exclude: it takes in `generated`",
    ),
    (
        &[("2027-01-31", "2027-03-31")],
        "policy.exclude: `vendor` is left out until 2027-03-31 instead of 2027-01-31",
    ),
    (
        &[(
            "instead_of = \"sqlx_core::migrate\"",
            "instead_of = \"sqlx_core::migrate\"\nexcept = \"app\"",
        )],
        "migrations: it no longer speaks of `shop::app`",
    ),
    (
        &[("must  = { in = \"domain\", ", "must  = { ")],
        "orders-are-structs: it demands less, by `in`",
    ),
    (
        &[(
            "name = \"Order*\", kind = [\"struct\", \"fn\"]",
            "name = \"Order*\", kind = \"struct\"",
        )],
        "orders-are-structs: it selects fewer items, by `kind`",
    ),
    (
        &[("among = [\"components\", \"modules\"]", "among = \"components\"")],
        "no-cycles: circles of modules are let pass",
    ),
];

/// Each edit weakens in exactly this way; undone it strengthens.
#[test]
fn what_weakens_is_told() {
    let wrong = WEAKENING.iter().filter_map(|(edit, expected)| {
        let (weakened, _) = changes_of(edit);
        (weakened != [*expected]).then(|| format!("{edit:?}\n  wanted {expected}\n  found  {weakened:#?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
