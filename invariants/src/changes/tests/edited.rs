//! One policy for a small shop, and what edits of it are told for.

use super::super::{PolicyChange, compare};
use crate::policy::{BoundPolicy, Policy};
use crate::testing::graph_for;

/// A shop.
pub(super) const CODE: &str = "crate shop deps=sqlx,axum,serde
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

/// Its policy.
pub(super) const BASE: &str = r#"version = 1
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

/// A policy that can be read.
pub(super) fn read(text: &str) -> Policy {
    Policy::read("archguard.toml", text).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

/// The differences between the base and the base with some text replaced, each as `rule: what`.
pub(super) fn changes_of(edits: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
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

/// Texts of the policy, and what stands in their place.
pub(super) type Edits = &'static [(&'static str, &'static str)];
