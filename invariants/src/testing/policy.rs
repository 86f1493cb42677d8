//! The policy of the documentation, so far as it can be judged.

/// Without the rules that come later.
pub(crate) const SHOP_POLICY: &str = r#"version = 1

[sets]
drivers = ["sqlx", "diesel", "rusqlite", "tokio_postgres"]

[components]
main        = ["shop::self", "bin:shop"]              # the crate root itself, without its modules; the binary
http        = { paths = "shop::http", uses = ["application", "auth", "domain"] }         # not persistence, not features
application = "shop::app"                             # a module and everything in it
auth        = { paths = "shop::auth", public = "shop::auth::{CurrentUser,sign_in,Token,AuthError,Keys}" }
persistence = { paths = ["shop::db", "shop_migrations"], public = ["shop::db::{repo,connect,Db}", "shop_migrations::run"] }
features    = { each = "shop::features::*", uses = ["application", "auth", "domain"] }   # every matching module is a component: features.cart ...
domain      = { paths = "shop_domain", uses = [], crates = ["serde", "thiserror", "uuid"] }
xtask       = { paths = "xtask", uses = "*" }

[[layers]]
id      = "layering"
order   = ["main", ["http", "features"], "application", "auth", "persistence", "domain"]
because = "A layer uses only those below it (ADR-3)."

[[forbid]]
id      = "raw-sql"
use     = "set:drivers"
except  = "persistence"
because = "One place for SQL (ADR-12)."
instead = "shop::db::repo"

[[forbid]]
id      = "no-driver-types-in-the-api"
in      = "persistence"
use     = ["set:drivers", "!sqlx::Error"]
as      = "public"                                    # in what other components can see

[[forbid]]
id      = "core-never-reaches-the-system"
in      = ["application", "domain"]
use     = ["std::fs", "std::process", "std::net::{Tcp*,Udp*}"]
transitive = true                                     # through any chain of references; the shortest chain is shown

[[mandate]]
id      = "shared-auth"
use     = "auth"                                      # the shared module ...
instead_of = ["jsonwebtoken", "argon2"]               # ... which alone may touch these
because = "One implementation of authentication (ADR-7)."

[[acyclic]]
id      = "no-cycles"
among   = ["components", "modules"]                   # components | modules | crates
"#;
