//! Files that say everything that their format has: each key of each table at least once. That nothing is forgotten is
//! tested here; what is done with them elsewhere.

use std::collections::BTreeSet;

use archguard_invariants::date::Day;
use archguard_invariants::decisions::{Baseline, Exceptions, Terms};
use archguard_invariants::policy::format::{Key, PolicyFile, Shape, Table};
use archguard_invariants::policy::{Policy, PolicyTexts};
use archguard_invariants::problem::Problem;

const POLICY: &str = r#"
version = 1

[policy]
undeclared = "allow"
unassigned = "allow"
dev        = "check"
dev_code   = ["feature:testing", "attribute:rt::test", "shop::fakes"]
pending    = "error"
exceptions = { max_days = 90 }
generated  = ["src/schema.rs", "shop::schema"]
annotations = "required"
inline_exceptions = true
workspaces = ["tools", "**", "!fixtures/**"]
tool       = "0.1"

[sets]
drivers = ["sqlx", "pack:sql"]
more    = "set:drivers"

[components]
main     = "shop::self"
http     = ["shop::http", "bin:shop"]
db       = { paths = "shop::db", public = ["shop::db::repo"], uses = "*", crates = ["set:drivers", "pack:io"], annotated = false }
features = { each = "shop::features::*", uses = ["db"] }

[[layers]]
id       = "layering"
order    = ["main", ["http", "features"], "db"]
because  = "why"
instead  = "shop::db::repo"
docs     = "docs/adr.md"
severity = "warn"
in       = "http"
except   = ["shop::http::old"]
dev      = true

[[layers]]
id     = "inside"
order  = ["app", "domain"]
within = "features"

[[forbid]]
id         = "raw-sql"
use        = ["set:drivers", "!sqlx::Error", "literal:sql"]
as         = ["call", "import"]
through    = "db"
transitive = true
because    = "why"
instead    = ["shop::db::repo"]
docs       = "docs/adr.md"
severity   = "error"
in         = ["http", "shop::x"]
except     = "db"
dev        = false
optional   = true

[[forbid]]
id  = "ours"
use = { "axum::Json" = "shop::Json" }
as  = "public"

[[mandate]]
id         = "shared"
use        = "db"
instead_of = ["pack:sql"]
through    = "db"

[[require]]
id    = "handlers"
items = { kind = ["fn", "method"], name = "!*_old", in = "http", visibility = "pub", attribute = "rt::handler", call = "x::y", reference = "x::z", passed_to = "axum::routing::*", async = true }
must  = { take = "shop::User", return = ["shop::Page"], through = ["Option", "x::Wrapper"], unsafe = false }

[[require]]
id    = "rows"
items = { derive = "sqlx::FromRow", kind = "struct" }
must  = { implement = "shop::Row", in = "db" }

[[acyclic]]
id    = "no-cycles"
among = ["components", "modules", "crates"]

[[exclude]]
path   = "vendor/driver"
reason = "not ours"
owner  = "the storage team"
until  = "2030-06-30"

[[exclude]]
path   = "vendor/other"
reason = "not ours either"
owner  = "the storage team"
until  = 2030-06-30

[facades]
grep = ["memchr", "bstr::ByteSlice"]
"#;

const PACKAGE: &str = r#"
version = 1
uses    = ["db"]
crates  = ["pack:io", "serde"]

[[forbid]]
id  = "package-forbid"
use = "std::fs"

[[mandate]]
id         = "package-mandate"
use        = "db"
instead_of = "sqlx"

[[require]]
id    = "package-require"
items = { kind = "fn" }
must  = { async = true }

[[acyclic]]
id    = "package-acyclic"
among = "modules"
"#;

const EXCEPTIONS: &str = r#"
[[except]]
rule   = "raw-sql"
from   = "shop::http::list"
to     = "sqlx_core::query::query"
reason = "the old list goes in March"
owner  = "the shop team"
until  = "2026-12-31"

[[except]]
rule   = "policy.unassigned"
from   = "shop::old"
reason = "goes in March too"
owner  = "the shop team"
until  = 2026-12-31
"#;

const BASELINE: &str = r#"
version = 1
findings = [
    { rule = "component.http.uses", from = "shop::http::list", to = "shop::db::connect", sites = 1, fingerprint = "9698878898baab2304202e67d3bd6c6d772293a9b6135f242e527fa88e6017de" },
]
"#;

/// The text that says everything.
pub(super) fn text(file: PolicyFile) -> &'static str {
    match file {
        PolicyFile::Policy => POLICY,
        PolicyFile::Package => PACKAGE,
        PolicyFile::Exceptions => EXCEPTIONS,
        PolicyFile::Baseline => BASELINE,
    }
}

/// What the reader has against a text.
pub(super) fn problems(file: PolicyFile, text: &str) -> Vec<Problem> {
    match file {
        PolicyFile::Policy => Policy::read("archguard.toml", text).err().unwrap_or_default(),
        PolicyFile::Package => {
            let mut texts = PolicyTexts::new("archguard.toml", POLICY);
            texts.add_fragment("web", "web/archguard.toml", text);
            Policy::read_texts(&texts).err().unwrap_or_default()
        }
        PolicyFile::Exceptions => {
            let terms = Terms {
                today: Day::parse("2026-11-20").expect("it is a day"),
                max_days: 366,
            };
            Exceptions::read("archguard.exceptions.toml", text, terms).1
        }
        PolicyFile::Baseline => Baseline::read("archguard.baseline.toml", text)
            .err()
            .unwrap_or_default(),
    }
}

/// `table.key`; what rules share is the same in each of them.
fn name(table: &Table, key: &Key) -> String {
    let is_shared = table.shared.iter().any(|shared| shared.name == key.name);
    format!("{}.{}", if is_shared { "rule" } else { table.name }, key.name)
}

/// Notes each key that a value says.
fn said(table: &'static Table, value: &toml::Value, found: &mut BTreeSet<String>) {
    let Some(entries) = value.as_table() else { return };
    for key in table.all_keys() {
        let Some(value) = entries.get(key.name) else { continue };
        found.insert(name(table, key));
        let Some(inner) = key.shape.table() else { continue };
        match key.shape {
            Shape::Table(_) => said(inner, value, found),
            Shape::Tables(_) => value
                .as_array()
                .into_iter()
                .flatten()
                .for_each(|it| said(inner, it, found)),
            _ => value
                .as_table()
                .into_iter()
                .flatten()
                .for_each(|(_, it)| said(inner, it, found)),
        }
    }
}

#[test]
fn everything_is_said() {
    for file in PolicyFile::ALL {
        let value: toml::Table = text(file).parse().expect("it is TOML");
        let mut found = BTreeSet::new();
        said(file.table(), &toml::Value::Table(value), &mut found);
        let tables = file.tables();
        // The rules stand whole in the policy; a package's are the same.
        let of_interest = tables
            .iter()
            .filter(|table| file != PolicyFile::Package || table.name == "package");
        let all: BTreeSet<String> = of_interest
            .flat_map(|table| table.all_keys().map(|key| name(table, key)))
            .collect();
        let missing: Vec<&String> = all.difference(&found).collect();
        assert_eq!(missing, [] as [&String; 0], "{}", file.word());
    }
}

#[test]
fn everything_is_accepted() {
    for file in PolicyFile::ALL {
        let messages: Vec<String> = problems(file, text(file)).into_iter().map(|it| it.message).collect();
        assert_eq!(messages, [] as [String; 0], "{}", file.word());
        super::keeps(file, text(file));
    }
}
