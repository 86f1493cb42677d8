//! Edits that weaken nothing, whatever has changed in the text.

use super::edited::{Edits, changes_of};

const HARMLESS: [Edits; 30] = [
    // A requirement's code divided,
    &[(
        "items = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust  = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n",
        "except = \"http\"\nitems = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n[[require]]\nid = \"part-0\"\nin = \"http\"\noptional = true\nitems = { name = \"Order*\", kind = [\"struct\", \"fn\"] }\nmust = { in = \"domain\", visibility = [\"pub\", \"pub(crate)\"] }\n",
    )],
    // a `!` of `in` left to another,
    &[(
        "in  = [\"domain\", \"app\"]\nuse = [\"axum\", \"!axum::body\"]\nas  = [\"call\", \"import\"]\noptional = true\n",
        "in = [\"domain\", \"app\", \"!shop::app::place\"]\nuse = [\"axum\", \"!axum::body\"]\nas = [\"call\", \"import\"]\noptional = true\n[[forbid]]\nid = \"rest\"\nin = \"shop::app::place\"\nuse = \"axum\"\n",
    )],
    // One rule's code, divided among several: each its own,
    &[(
        "in  = [\"domain\", \"app\"]\nuse = [\"axum\", \"!axum::body\"]\nas  = [\"call\", \"import\"]\noptional = true\n",
        "in = \"domain\"\nuse = [\"axum\", \"!axum::body\"]\nas = [\"call\", \"import\"]\noptional = true\n[[forbid]]\nid = \"in-app\"\nin = \"app\"\nuse = \"axum\"\n",
    )],
    // one what the other leaves out,
    &[(
        "except = \"db\"\ndev    = true\n",
        "except = [\"db\", \"http\"]\ndev = true\n[[forbid]]\nid = \"in-http\"\nuse = \"set:drivers\"\nin = \"http\"\ndev = true\nbecause = \"Ask the team.\"\n",
    )],
    // and a third what that leaves out,
    &[(
        "except = \"db\"\ndev    = true\n",
        "except = [\"db\", \"shop::features\"]\ndev = true\n[[forbid]]\nid = \"in-features\"\nuse = \"set:drivers\"\nin = \"shop::features\"\nexcept = \"shop::features::cart\"\ndev = true\n[[forbid]]\nid = \"in-the-cart\"\nuse = [\"sqlx\", \"diesel\"]\nin = \"shop::features::cart\"\ndev = true\n",
    )],
    // with targets divided as well.
    &[(
        "except = \"db\"\ndev    = true\n",
        "except = [\"db\", \"http\"]\ndev = true\n[[forbid]]\nid = \"one\"\nuse = \"sqlx\"\nin = \"http\"\ndev = true\n[[forbid]]\nid = \"two\"\noptional = true\nuse = \"diesel\"\nin = \"shop::http\"\ndev = true\n",
    )],
    &[("version = 1", "# a comment\nversion = 1")],
    &[(
        "order = [\"root\", \"app\", \"db\", \"domain\"]",
        "order = [\"root\", \"app\", \"db\", \"domain\"]\nbecause = \"ADR-3\"",
    )],
    &[("[\"sqlx\", \"diesel\"]", "[\"diesel\", \"sqlx\"]")],
    &[("[\"sqlx\", \"diesel\"]", "\"pack:sql\"")],
    &[("[\"sqlx\", \"diesel\"]", "[\"sqlx\", \"diesel\", \"rusqlite\"]")],
    &[("drivers =", "clients ="), ("set:drivers", "set:clients")],
    &[("use    = \"set:drivers\"", "use = [\"sqlx\", \"diesel\"]")],
    &[
        ("\ndb       =", "\npersistence ="),
        ("\"app\", \"db\", \"domain\"", "\"app\", \"persistence\", \"domain\""),
        ("except = \"db\"", "except = \"persistence\""),
        ("use = \"db\"", "use = \"persistence\""),
    ],
    &[("except = \"db\"", "except = \"shop::db\"")],
    &[("id     = \"raw-sql\"", "id = \"sql-in-one-place\"")],
    &[("except = \"db\"", "except = \"shop::db::repo\"")],
    &[(
        "dev    = true\n",
        "dev = true\n[[forbid]]\nid = \"more\"\nuse = \"axum\"\nin = \"db\"\n",
    )],
    &[("uses = [\"app\", \"domain\"]", "uses = [\"domain\"]")],
    &[("uses = [\"app\", \"domain\"]", "uses = [\"domain\", \"shop::app\"]")],
    &[("crates = [\"serde\"]", "crates = []")],
    &[(
        "except = \"db\"\ndev    = true\n",
        "except = \"db\"\ndev = true\nas = [\"import\", \"path\", \"call\", \"method\", \"field\", \"operator\", \"macro\", \"derive\", \"attribute\", \"type\", \"impl\", \"pattern\", \"literal\", \"foreign\"]\n",
    )],
    &[("until  = \"2027-01-31\"", "until = \"2026-12-31\"")],
    &[("path   = \"vendor\"", "path = \"vendor/driver\"")],
    &[("dev_code = [\"feature:testing\"]", "dev_code = []\ndev = \"check\"")],
    &[("optional = true\n", "")],
    &[("as  = [\"call\", \"import\"]\n", "")],
    &[("use = [\"axum\", \"!axum::body\"]", "use = \"axum\"")],
    &[
        ("kind = [\"struct\", \"fn\"]", "kind = [\"fn\", \"struct\", \"enum\"]"),
        ("visibility = [\"pub\", \"pub(crate)\"]", "visibility = \"pub\""),
    ],
    &[(
        "[[acyclic]]\nid    = \"no-cycles\"\namong = [\"components\", \"modules\"]",
        "[[acyclic]]\nid = \"one\"\namong = \"components\"\n[[acyclic]]\nid = \"two\"\namong = \"modules\"",
    )],
];

/// Nothing is denied less after these, whatever has changed in the text.
#[test]
fn what_weakens_nothing_is_no_weakening() {
    let wrong = HARMLESS.iter().filter_map(|edit| {
        let (weakened, _) = changes_of(edit);
        (!weakened.is_empty()).then(|| format!("{edit:?}\n  found {weakened:#?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
