//! `[[require]]` on whole workspaces: every key of `items` and `must`, met and unmet; the ways a handler can be passed.

mod conditions;
mod detours;
mod passing;
mod places;
mod signatures;

use crate::harness::{Judged, judge};

/// Judges code under one requirement.
#[track_caller]
fn require(rule: &str, code: &str) -> Judged {
    judge(&fixture(rule, code))
}

/// A workspace with one requirement, whose code may use a small web framework; `http` and `db` are components if there
/// are such modules.
fn fixture(rule: &str, code: &str) -> String {
    let components = ["http", "db"]
        .into_iter()
        .filter(|name| code.contains(&format!("mod {name}")));
    let components: Vec<String> = components.map(|name| format!("{name} = \"shop::{name}\"\n")).collect();
    let components = components.concat();
    format!(
        "{WEB}\n//- archguard.toml\nversion = 1\n[policy]\nunassigned = \"allow\"\nundeclared = \"allow\"\n\
         [components]\n{components}[[require]]\nid = \"r\"\n{rule}\n{code}"
    )
}

/// The framework: routing functions made by a macro and re-exported, as the real one has them.
const WEB: &str = r"
//- registry/axum/src/lib.rs
pub mod routing;
pub use routing::Router;
pub struct Json<T>(pub T);
pub struct Extension<T>(pub T);
pub trait Handler: Sized { fn with_state(self) -> Self { self } }
//- registry/axum/src/routing.rs
mod method_routing;
pub use method_routing::{get, post, MethodRouter};
pub struct Router;
impl Router {
    pub fn new() -> Self { Router }
    pub fn route(self, path: &str, method: MethodRouter) -> Self { self }
    pub fn fallback<H>(self, handler: H) -> Self { self }
}
//- registry/axum/src/routing/method_routing.rs
pub struct MethodRouter;
macro_rules! top_level { ($name:ident) => { pub fn $name<H>(handler: H) -> MethodRouter { MethodRouter } }; }
macro_rules! chained { ($name:ident) => { pub fn $name<H>(self, handler: H) -> Self { self } }; }
top_level!(get);
top_level!(post);
impl MethodRouter {
    chained!(get);
    chained!(post);
}
";
