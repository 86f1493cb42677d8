//! Edits of one policy, each told for what it is; and code that moves under an edited policy.

use super::*;
use crate::policy::{BoundPolicy, Policy};
use crate::testing::graph_for;

const CODE: &str = "crate shop deps=sqlx,axum,serde
    extern sqlx family=sqlx_core
    extern sqlx_core
    extern axum
    mod axum::body
    mod sqlx::migrate
    extern serde
    fn sqlx_core::query
    fn sqlx_core::migrate
    mod shop::http
    mod shop::http::orders
    fn shop::http::orders::list
    mod shop::app
    fn shop::app::place
    mod shop::db
    mod shop::db::repo
    fn shop::db::repo::load
    fn shop::db::connect
    mod shop::domain
    struct shop::domain::Order
    mod shop::features
    mod shop::features::cart
    mod shop::features::cart::http
    fn shop::features::cart::http::show
    mod shop::features::cart::model
    struct shop::features::cart::model::Cart
    mod shop::features::stock
    mod shop::features::stock::model
    struct shop::features::stock::model::Item";

const BASE: &str = r#"version = 1
[sets]
drivers = ["sqlx", "diesel"]
[components]
root     = "shop::self"
http     = { paths = "shop::http", uses = ["app", "domain"] }
app      = "shop::app"
db       = { paths = "shop::db", public = "shop::db::repo" }
features = { each = "shop::features::*", uses = ["domain"] }
domain   = { paths = "shop::domain", uses = [], crates = ["serde"] }
[policy]
dev_code = ["feature:testing"]
[[exclude]]
path   = "vendor"
reason = "not ours"
owner  = "us"
until  = "2027-01-31"
[[layers]]
id    = "layering"
order = ["root", "app", "db", "domain"]
[[layers]]
id     = "inside"
within = "features"
order  = ["http", "model"]
[[forbid]]
id     = "raw-sql"
use    = "set:drivers"
except = "db"
dev    = true
[[forbid]]
id  = "no-web"
in  = ["domain", "app"]
use = ["axum", "!axum::body"]
as  = ["call", "import"]
optional = true
[[mandate]]
id  = "migrations"
use = "db"
instead_of = "sqlx_core::migrate"
[[require]]
id    = "orders-are-structs"
items = { name = "Order*", kind = ["struct", "fn"] }
must  = { in = "domain", visibility = ["pub", "pub(crate)"] }
[[acyclic]]
id    = "no-cycles"
among = ["components", "modules"]
"#;

fn read(text: &str) -> Policy {
    Policy::read("archguard.toml", text).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

/// The differences between the base and the base with some text replaced, each as `rule: what`.
fn changes_of(edits: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let mut text = BASE.to_owned();
    for (old, new) in edits {
        assert!(text.contains(old), "{old} stands in the policy");
        text = text.replacen(old, new, 1);
    }
    let (base, head) = (read(BASE), read(&text));
    let graph = graph_for(&[&base, &head], CODE);
    let (then, now) = (BoundPolicy::bind(&base, &graph), BoundPolicy::bind(&head, &graph));
    assert_eq!((then.problems, now.problems), (Vec::new(), Vec::new()), "{edits:?}");
    let changes = compare(&graph, &then.policy, &now.policy);
    let told = |changes: &[PolicyChange], say: fn(&PolicyChange) -> String| {
        let each = changes
            .iter()
            .map(|change| format!("{}: {}", change.rule.as_str(), say(change)));
        each.collect()
    };
    (
        told(&changes.weakened, PolicyChange::weakened),
        told(&changes.strengthened, PolicyChange::strengthened),
    )
}

type Edits = &'static [(&'static str, &'static str)];

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

/// Circles of modules stay in their crate: rules against them may be divided by crates, and by nothing smaller.
#[test]
fn circles_are_divided_by_crates_alone() {
    const CODE: &str = "crate shop
    crate stall
    mod shop::http
    mod shop::app
    mod stall::cart
    mod stall::shelf";
    let changes = |before: &str, after: &[&str]| -> Vec<String> {
        let rule = |(number, scope): (usize, &&str)| format!("[[acyclic]]\nid = \"rule-{number}\"\n{scope}\n");
        let text = |rules: &[&str]| -> String {
            let rules: String = rules.iter().enumerate().map(rule).collect();
            format!("version = 1\n[components]\nshop = \"shop\"\nstall = \"stall\"\n{rules}")
        };
        let (base, head) = (read(&text(&[before])), read(&text(after)));
        let graph = graph_for(&[&base, &head], CODE);
        let (then, now) = (BoundPolicy::bind(&base, &graph), BoundPolicy::bind(&head, &graph));
        assert_eq!((then.problems, now.problems), (Vec::new(), Vec::new()), "{after:?}");
        let weakened = compare(&graph, &then.policy, &now.policy).weakened;
        weakened.iter().map(PolicyChange::weakened).collect()
    };
    let both = "in = [\"shop\", \"stall\"]\namong = \"modules\"";
    let parts = [
        "in = \"shop\"\namong = \"modules\"",
        "in = \"stall\"\namong = \"modules\"",
    ];
    assert_eq!(changes(both, &parts), [""; 0]);
    let whole = "in = \"shop::*\"\namong = \"modules\"";
    let lost = |scope: &str| vec![format!("it no longer speaks of `{scope}`")];
    // A part of a crate, a part that is gone, a part that leaves something out, circles that cross crates.
    let inner = "in = [\"shop::http\", \"shop::app\"]\namong = \"modules\"";
    let inner_parts = [
        "in = \"shop::http\"\namong = \"modules\"",
        "in = \"shop::app\"\namong = \"modules\"",
    ];
    assert_eq!(changes(inner, &inner_parts), lost("shop::app"));
    assert_eq!(changes(both, &parts[..1]), lost("stall"));
    let short = [
        "in = \"shop\"\namong = \"modules\"",
        "in = \"stall\"\nexcept = \"stall::cart\"\namong = \"modules\"",
    ];
    assert_eq!(changes(both, &short), lost("stall"));
    let crates = both.replace("modules", "crates");
    let crossing = parts.map(|part| part.replace("modules", "crates"));
    assert_eq!(changes(&crates, &[&crossing[0], &crossing[1]]), lost("stall"));
    assert_eq!(changes(whole, &inner_parts), lost("shop::app"));
}

/// What changes hands is no longer spoken of by what is for others.
#[test]
fn what_changes_hands_is_told() {
    let edit = (
        "paths = \"shop::http\"",
        "paths = [\"shop::http\", \"shop::app::place\"]",
    );
    assert_eq!(
        changes_of(&[edit]).0,
        [
            "component.http.paths: `shop::app::place` is in `http`, and was in `app`",
            "no-web: it no longer speaks of `shop::app::place`",
        ]
    );
}

#[test]
fn what_is_stricter_is_told() {
    let (weakened, strengthened) = changes_of(&[
        ("uses = [\"app\", \"domain\"]", "uses = [\"domain\"]"),
        ("[policy]", "[policy]\ndev = \"check\""),
        ("except = \"db\"", "except = \"shop::db::repo\""),
    ]);
    assert_eq!(weakened, [""; 0]);
    assert_eq!(
        strengthened,
        [
            "component.http.uses: `http` -> `app` is no longer allowed",
            "policy.dev: it is `check` instead of `exempt`",
            "raw-sql: it speaks of `shop::db`",
        ]
    );
}

/// The database layer is moved and its module renamed, with the policy following: nobody may do more. If the edit lets
/// somebody do more on the way, that is still seen.
#[test]
fn what_follows_the_code_weakens_nothing() {
    let code_now = CODE.replace("shop::db", "shop::http::storage");
    let code_then = CODE;
    let told = |edits: &[(&str, &str)]| {
        let mut text = BASE.replace("shop::db", "shop::http::storage");
        for (old, new) in edits {
            assert!(text.contains(old));
            text = text.replacen(old, new, 1);
        }
        let (base, head) = (read(BASE), read(&text));
        let then = graph_for(&[&base], code_then);
        let mut now = graph_for(&[&base, &head], &code_now);
        let moves = Moves::between(&then, &now);
        assert_eq!(moves.each().collect::<Vec<_>>(), [("shop::db", "shop::http::storage")]);
        let followed = {
            let newer = BoundPolicy::bind(&head, &now).policy;
            base.following(&then, &now, &moves, &newer)
        };
        now.add_paths(followed.patterns());
        let (older, newer) = (BoundPolicy::bind(&followed, &now), BoundPolicy::bind(&head, &now));
        assert_eq!(newer.problems, []);
        let changes = compare(&now, &older.policy, &newer.policy);
        let each = changes
            .weakened
            .iter()
            .map(|change| format!("{}: {}", change.rule.as_str(), change.weakened()));
        each.collect::<Vec<_>>()
    };
    assert_eq!(told(&[]), [""; 0]);
    assert_eq!(
        told(&[("except = \"db\"", "except = [\"db\", \"app\"]")]),
        ["raw-sql: it no longer speaks of `shop::app`"]
    );
    // The code has moved into the territory of `http`, which owns it now.
    let taken = [(
        "shop::http::storage\", public = \"shop::http::storage::repo",
        "shop::features::cart::model\", public = \"shop::features::cart::model",
    )];
    assert_eq!(
        told(&taken)[0],
        "component.db.paths: `shop::features::cart::model` is in `db`, and was in `features.cart`"
    );
}
