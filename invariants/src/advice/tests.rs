//! What is said of places: existing ones, new ones, and that both agree.

use super::Guidance;
use super::document::DenialWord;
use super::standpoint::{NewCrate, Standpoint};
use crate::graph::{CrateId, Graph, ItemId, ItemKind};
use crate::policy::{BoundPolicy, Policy};
use crate::testing::{SHOP_POLICY, graph_of};

const CODE: &str = "crate shop package=shop deps=sqlx,jsonwebtoken,serde
    crate bin:shop package=shop deps=shop
    crate shop_domain
    crate shop_migrations
    crate xtask
    extern sqlx
    extern argon2
    extern jsonwebtoken
    extern serde
    extern thiserror
    extern uuid
    extern std
    mod std::fs
    mod std::process
    mod std::net
    mod std::net::TcpStream
    mod std::net::UdpSocket
    struct sqlx::Error
    mod shop::http
    mod shop::http::orders
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
    fn shop_migrations::run
    mod shop::features
    mod shop::features::cart
    mod shop::features::cart::lines
    mod shop::features::wishlist";

/// Hands over the policy bound to the code of the documentation's shop.
fn with_shop(policy: &str, look: impl FnOnce(&Graph, &BoundPolicy<'_>)) {
    let policy = Policy::read("archguard.toml", policy).unwrap();
    let graph = graph_of(&policy, CODE);
    let binding = BoundPolicy::bind(&policy, &graph);
    assert_eq!(binding.problems, []);
    look(&graph, &binding.policy);
}

fn module(graph: &Graph, path: &str) -> ItemId {
    let mut items = graph.items();
    items.find(|(_, item)| *item.path == *path).unwrap().0
}

fn new_in(graph: &Graph, policy: &BoundPolicy<'_>, around: &str, name: &str) -> Guidance {
    let standpoint = Standpoint::of_new(graph, policy, module(graph, around), format!("{around}::{name}"));
    Guidance::of(graph, policy, &standpoint)
}

/// Foreseen as if it were not there, every module belongs where it does.
#[test]
fn a_module_is_foreseen_where_it_is() {
    with_shop(SHOP_POLICY, |graph, policy| {
        let modules = graph
            .items()
            .filter(|&(id, item)| item.kind == ItemKind::Module && item.parent.is_some() && graph.is_examined(id));
        let mut seen = 0;
        for (id, item) in modules {
            let there = Standpoint::of(graph, policy, id);
            let around = item.parent.unwrap();
            let foreseen = Standpoint::of_new(graph, policy, around, item.path.to_string());
            assert_eq!(foreseen.owner, there.owner, "{}", item.path);
            let (there, mut foreseen) = (
                Guidance::of(graph, policy, &there),
                Guidance::of(graph, policy, &foreseen),
            );
            foreseen.exists = true;
            assert_eq!(foreseen, there, "{}", item.path);
            seen += 1;
        }
        assert_eq!(seen, 10);
    });
}

#[test]
fn a_new_member_of_a_family_is_a_sibling_of_all_others() {
    with_shop(SHOP_POLICY, |graph, policy| {
        let guidance = new_in(graph, policy, "shop::features", "returns");
        assert_eq!(guidance.component.as_deref(), Some("features.returns"));
        assert!(guidance.new_component);
        let denied = |name: &str| {
            let mut denied = guidance.must_not_use.iter();
            denied
                .find(|denied| denied.component == name)
                .map(|denied| denied.reason)
        };
        assert_eq!(denied("features.cart"), Some(DenialWord::Beside));
        assert_eq!(denied("features.wishlist"), Some(DenialWord::Beside));
        assert_eq!(denied("persistence"), Some(DenialWord::NotListed));
        let allowed: Vec<&str> = guidance.may_use.iter().map(|may| may.component.as_str()).collect();
        assert_eq!(allowed, ["application", "auth", "domain"]);
    });
}

#[test]
fn what_a_module_owns_alone_does_not_reach_new_children() {
    with_shop(SHOP_POLICY, |graph, policy| {
        // `main` is `shop::self`.
        let root = Standpoint::of(graph, policy, module(graph, "shop"));
        assert_eq!(root.owner.map(|owner| owner.name).as_deref(), Some("main"));
        assert_eq!(new_in(graph, policy, "shop", "billing").component, None);
    });
}

#[test]
fn an_exclusion_and_a_closer_claim_hold_for_new_modules() {
    let policy = "version = 1
        [components]
        http  = [\"shop::http\", \"!shop::http::orders\"]
        tests = \"shop::*::cart\"
        rest  = [\"shop::self\", \"bin:shop\", \"shop::app\", \"shop::auth\", \"shop::db\", \"shop::features\", \"shop_domain\", \"shop_migrations\", \"xtask\"]
        [[forbid]]
        id     = \"x\"
        use    = \"sqlx\"
        except = [\"shop::http::orders\", \"tests\"]
    ";
    with_shop(policy, |graph, policy| {
        let owner = |around: &str, name: &str| new_in(graph, policy, around, name).component;
        assert_eq!(owner("shop::http", "new").as_deref(), Some("http"));
        assert_eq!(owner("shop::http::orders", "new"), None);
        assert_eq!(owner("shop::app", "cart").as_deref(), Some("tests"));
        assert_eq!(owner("shop::app", "other").as_deref(), Some("rest"));
        let forbidden = |around: &str, name: &str| !new_in(graph, policy, around, name).prohibitions.is_empty();
        assert!(forbidden("shop::http", "new"));
        assert!(!forbidden("shop::http::orders", "new"));
        assert!(!forbidden("shop::app", "cart"));
    });
}

#[test]
fn a_new_crate_belongs_to_whoever_has_its_package() {
    with_shop(SHOP_POLICY, |graph, policy| {
        let beside = |name: &str| {
            let index = graph.crates().iter().position(|krate| *krate.head == *name).unwrap();
            NewCrate {
                beside: CrateId(index as u32),
                dev: false,
            }
        };
        let owner = |path: &str, package: &str| {
            let standpoint = Standpoint::of_new_crate(graph, policy, path.to_owned(), beside(package));
            standpoint.owner.map(|owner| owner.name)
        };
        assert_eq!(owner("bin:prune", "xtask").as_deref(), Some("xtask"));
        assert_eq!(owner("build:xtask", "xtask").as_deref(), Some("xtask"));
        assert_eq!(owner("test:api", "xtask"), None);
        assert_eq!(owner("bin:sweep", "shop").as_deref(), Some("main"));
    });
}

#[test]
fn what_a_shared_component_keeps_is_left_to_it() {
    with_shop(SHOP_POLICY, |graph, policy| {
        let mandate = |path: &str| {
            let standpoint = Standpoint::of(graph, policy, module(graph, path));
            let mut guidance = Guidance::of(graph, policy, &standpoint);
            guidance.mandates.remove(0)
        };
        let outside = mandate("shop::http");
        assert!(!outside.here);
        assert_eq!(outside.public[0], "shop::auth::CurrentUser");
        assert!(mandate("shop::auth").here);
    });
}

#[test]
fn crates_by_list_and_by_prohibition() {
    with_shop(SHOP_POLICY, |graph, policy| {
        let crates = |path: &str| {
            let standpoint = Standpoint::of(graph, policy, module(graph, path));
            Guidance::of(graph, policy, &standpoint).crates
        };
        let http = crates("shop::http");
        assert_eq!((http.listed, http.may_use), (None, vec!["serde".to_owned()]));
        let denied: Vec<(&str, &str)> = http
            .must_not_use
            .iter()
            .map(|it| (it.krate.as_str(), it.rule.as_str()))
            .collect();
        assert_eq!(denied, [("jsonwebtoken", "shared-auth"), ("sqlx", "raw-sql")]);
        // A rule about what others can see does not take the crate away.
        assert!(crates("shop::db").may_use.contains(&"sqlx".to_owned()));
        assert_eq!(crates("shop_domain").listed.unwrap(), ["serde", "thiserror", "uuid"]);
    });
}

#[test]
fn development_code_hears_only_what_judges_it() {
    let policy = SHOP_POLICY.replace("[sets]", "[policy]\ndev_code = \"shop::http::orders\"\n\n[sets]");
    let said = |policy: &str| {
        let mut found = None;
        with_shop(policy, |graph, policy| {
            let mut standpoint = Standpoint::of(graph, policy, module(graph, "shop::http::orders"));
            standpoint.dev = true;
            found = Some(Guidance::of(graph, policy, &standpoint));
        });
        found.unwrap()
    };
    let free = said(&policy);
    assert_eq!(
        (free.prohibitions.len(), free.mandates.len(), free.must_not_use.len()),
        (0, 0, 0)
    );
    let asked = said(&policy.replace("use     = \"set:drivers\"", "dev     = true\nuse     = \"set:drivers\""));
    assert_eq!(asked.prohibitions.len(), 1);
}
