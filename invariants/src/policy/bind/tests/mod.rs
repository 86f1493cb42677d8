//! A small shop in memory, policies bound to it, and the questions that tests ask.

mod fits;
mod laws;
mod misfits;
mod packs;

use crate::graph::{Graph, ItemId};
use crate::policy::bound::{BoundPolicy, ComponentId, Permission, Selector};
use crate::policy::model::Policy;
use crate::problem::ProblemPlace;
use crate::testing::graph_of;

const SHOP: &str = "
    crate shop deps=sqlx,axum,serde,jsonwebtoken
    crate bin:shop
    crate shop_domain deps=serde
    crate shop_migrations deps=sqlx
    crate bin:xtask
    extern sqlx family=sqlx_core
    extern sqlx_core
    extern axum
    extern serde
    extern jsonwebtoken
    extern std
    mod std::fs
    mod std::process
    mod std::net
    struct std::net::TcpStream
    struct std::net::UdpSocket
    struct std::net::IpAddr
    fn shop::run
    mod shop::http
    fn shop::http::list
    mod shop::app
    mod shop::auth
    struct shop::auth::CurrentUser
    fn shop::auth::sign_in
    struct shop::auth::Token
    enum shop::auth::AuthError
    struct shop::auth::Keys
    mod shop::db
    mod shop::db::repo
    fn shop::db::connect
    struct shop::db::Db
    mod shop::features
    mod shop::features::cart
    mod shop::features::cart::http
    mod shop::features::cart::domain
    mod shop::features::search
    mod shop::features::search::http
    fn shop::features::register
    fn shop_migrations::run
    fn bin:xtask::main
    mod sqlx_core::query
    fn sqlx_core::query::query
    enum sqlx_core::Error
    enum sqlx::Error
    macro sqlx::query
    fn sqlx::query_as
    struct shop_domain::Order
    method shop_domain::Order::total
";

struct Bound<'p> {
    policy: BoundPolicy<'p>,
    problems: Vec<String>,
    graph: Graph,
}

/// Binds a policy (behind `version = 1`) to code and hands over what came out.
fn with_bound<R>(text: &str, code: &str, look: impl FnOnce(&Bound<'_>) -> R) -> R {
    let text = if text.starts_with("version") {
        text.to_owned()
    } else {
        format!("version = 1\n{text}")
    };
    let policy = Policy::read("archguard.toml", &text).unwrap();
    let graph = graph_of(&policy, code);
    let binding = BoundPolicy::bind(&policy, &graph);
    let problems = binding.problems.iter().map(|problem| {
        let ProblemPlace::Policy(span) = problem.place else {
            panic!("a policy problem without place")
        };
        let near = problem.suggestion.as_deref().unwrap_or("-");
        format!(
            "{}|{}|{}|{near}",
            problem.code.word(),
            &text[span.start..span.end],
            problem.message
        )
    });
    let problems = problems.collect();
    look(&Bound {
        policy: binding.policy,
        problems,
        graph,
    })
}

fn problems(text: &str) -> Vec<String> {
    with_bound(text, SHOP, |bound| bound.problems.clone())
}

impl Bound<'_> {
    fn item(&self, path: &str) -> ItemId {
        self.graph
            .items()
            .find(|(_, item)| &*item.path == path)
            .unwrap_or_else(|| panic!("no item {path}"))
            .0
    }

    fn owner(&self, path: &str) -> &str {
        self.policy
            .component_of(self.item(path))
            .map_or("-", |id| self.policy.component(id).name.as_str())
    }

    fn id(&self, name: &str) -> ComponentId {
        self.policy
            .ids()
            .find(|id| self.policy.component(*id).name.as_str() == name)
            .unwrap()
    }

    fn permission(&self, from: &str, to: &str) -> Permission {
        self.policy.permission(self.id(from), self.id(to))
    }

    fn covers(&self, selector: &Selector, path: &str) -> Option<usize> {
        selector.term_of_definition(&self.graph, &self.policy, self.item(path))
    }

    /// The term by which a selector covers the reference that stands at this position of the code.
    fn reference(&self, selector: &Selector, index: usize) -> Option<usize> {
        let link = self.graph.references().nth(index).unwrap();
        selector.term_of_reference(&self.graph, &self.policy, &link)
    }
}
