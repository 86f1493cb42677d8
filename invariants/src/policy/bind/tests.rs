//! How names become components and items, who owns what, what may use what, and what is said of what does not fit.

use crate::graph::{Graph, ItemId};
use crate::policy::bound::{BoundPolicy, ComponentId, Permission, Selector};
use crate::policy::model::Policy;
use crate::problem::ProblemPlace;
use crate::testing::{SHOP_POLICY, graph_of};

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

const UP: Permission = Permission::DeniedByLayering {
    layering: 0,
    siblings: false,
};
const SIBLINGS: Permission = Permission::DeniedByLayering {
    layering: 0,
    siblings: true,
};

#[test]
fn the_shop_policy_binds_clean() {
    with_bound(SHOP_POLICY, SHOP, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        let names: Vec<_> = bound
            .policy
            .components
            .iter()
            .map(|component| component.name.as_str())
            .collect();
        assert_eq!(
            names,
            [
                "main",
                "http",
                "application",
                "auth",
                "persistence",
                "features.cart",
                "features.search",
                "domain",
                "xtask"
            ]
        );
        let raw_sql = &bound.policy.forbids[0];
        assert_eq!(raw_sql.targets.dormant, [1, 2, 3]);
        assert_eq!(raw_sql.targets.terms[1].0.as_ref(), "diesel");
    });
}

#[test]
fn owners_are_the_nearest_claims() {
    with_bound(SHOP_POLICY, SHOP, |bound| {
        for (path, owner) in [
            ("shop", "main"),
            ("shop::run", "main"),
            ("bin:shop", "main"),
            ("shop::http::list", "http"),
            ("shop::features", "-"),
            ("shop::features::register", "-"),
            ("shop::features::cart::http", "features.cart"),
            ("shop::db::repo", "persistence"),
            ("shop_migrations::run", "persistence"),
            ("shop_domain::Order::total", "domain"),
            ("bin:xtask::main", "xtask"),
            ("sqlx::Error", "-"),
        ] {
            assert_eq!(bound.owner(path), owner, "{path}");
        }
    });
}

#[test]
fn inner_claims_single_items_and_what_is_taken_away() {
    let text = "[components]\nwhole = \"shop\"\nfeatures = { each = \"shop::features::*\" }\nlist = \"shop::http::list\"\n\
                db = [\"shop::db\", \"!shop::db::repo\"]\nown = \"shop::self\"\n";
    with_bound(text, SHOP, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        for (path, owner) in [
            ("shop::http", "whole"),
            ("shop::http::list", "list"),
            ("shop::db::connect", "db"),
            ("shop::db::repo", "whole"),
            ("shop::run", "own"),
            ("shop", "own"),
            ("shop::features::register", "whole"),
            ("shop::features::cart", "features.cart"),
        ] {
            assert_eq!(bound.owner(path), owner, "{path}");
        }
    });
}

#[test]
fn permissions_by_uses_and_layers() {
    with_bound(SHOP_POLICY, SHOP, |bound| {
        for (from, to, permission) in [
            ("http", "http", Permission::Allowed),
            ("main", "features.cart", Permission::Allowed),
            ("main", "domain", Permission::Allowed),
            ("http", "auth", Permission::Allowed),
            ("http", "persistence", Permission::NotInUses),
            ("http", "main", UP),
            ("http", "features.cart", SIBLINGS),
            ("features.cart", "http", SIBLINGS),
            ("features.cart", "features.search", SIBLINGS),
            ("features.cart", "persistence", Permission::NotInUses),
            ("auth", "persistence", Permission::Allowed),
            ("persistence", "auth", UP),
            ("domain", "persistence", UP),
            ("domain", "xtask", Permission::NotInUses),
            ("xtask", "persistence", Permission::Allowed),
            ("auth", "xtask", Permission::Undeclared),
        ] {
            assert_eq!(bound.permission(from, to), permission, "{from} -> {to}");
        }
    });
}

#[test]
fn every_layering_that_holds_both_must_allow() {
    let text = "[components]\na = \"shop::http\"\nb = \"shop::app\"\nc = \"shop::db\"\n\
                [[layers]]\nid = \"one\"\norder = [\"a\", \"b\"]\n\
                [[layers]]\nid = \"two\"\norder = [\"b\", \"a\"]\nexcept = \"b\"\n\
                [[layers]]\nid = \"three\"\norder = [\"c\", \"a\"]\nin = \"c\"\n";
    with_bound(text, SHOP, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        assert_eq!(
            bound.permission("a", "b"),
            Permission::DeniedByLayering {
                layering: 1,
                siblings: false
            }
        );
        assert_eq!(bound.permission("b", "a"), UP);
        assert_eq!(bound.permission("c", "a"), Permission::Allowed);
        assert_eq!(bound.permission("a", "c"), Permission::Undeclared);
    });
}

#[test]
fn layerings_within_find_submodules() {
    let family = "[components]\nf = { each = \"shop::features::*\" }\n";
    let text = format!("{family}[[layers]]\nid = \"in\"\nwithin = \"f\"\norder = [\"http\", \"domain\"]\n");
    with_bound(&text, SHOP, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        let layering = &bound.policy.layers[0];
        let found = layering
            .submodules
            .iter()
            .map(|(item, rank, _)| (&*bound.graph.item(*item).path, *rank));
        assert_eq!(
            found.collect::<Vec<_>>(),
            [
                ("shop::features::cart::http", 0),
                ("shop::features::cart::domain", 1),
                ("shop::features::search::http", 0),
            ]
        );
    });
    let text = format!("{family}[[layers]]\nid = \"in\"\nwithin = \"f\"\norder = [\"http\", \"domian\"]\n");
    assert_eq!(
        problems(&text),
        ["nothing-matched|\"domian\"|no member of `f` has a submodule `domian`|domain"]
    );
}

#[test]
fn selectors_cover_by_definition_and_by_what_is_written() {
    let code = format!(
        "{SHOP}
        crate other
        mod other::facade
        ref shop::run -> sqlx_core::query::query as sqlx::query_as
        ref shop::run -> shop_domain::Order as sqlx::Order
        ref shop::run -> sqlx::Error
        ref shop::run -> shop_domain::Order as sqlx::Error also sqlx::Error
        ref shop::run -> shop_domain::Order
        ref shop::run -> shop_domain::Order as shop_domain::Other also sqlx_core::query::query
        ref shop::run -> axum as other::facade::Router
        ref shop::run -> axum as other::Router
        ref shop::run -> axum as shop::db::Router
        ref shop::run -> axum as shop::db::repo::Router"
    );
    let text = "[components]\npersistence = \"shop::db\"\nrepo = \"shop::db::repo\"\n\
                [[forbid]]\nid = \"f\"\nuse = [\"diesel\", \"sqlx\", \"!sqlx::Error\"]\n\
                [[forbid]]\nid = \"g\"\nuse = \"other::self\"\n\
                [[forbid]]\nid = \"h\"\nuse = \"persistence\"\n";
    with_bound(text, &code, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        let targets = |index: usize| &bound.policy.forbids[index].targets;
        let found: Vec<_> = (0..6).map(|index| bound.reference(targets(0), index)).collect();
        assert_eq!(found, [Some(1), Some(1), None, None, None, Some(1)]);
        assert_eq!(bound.reference(targets(1), 6), None);
        assert_eq!(bound.reference(targets(1), 7), Some(0));
        assert_eq!(bound.reference(targets(2), 8), Some(0));
        assert_eq!(bound.reference(targets(2), 7), None);
        assert_eq!(bound.reference(targets(2), 9), None);
    });
}

#[test]
fn scopes_are_in_without_except() {
    let text = "[components]\nf = { each = \"shop::features::*\" }\n\
                [[forbid]]\nid = \"a\"\nin = [\"shop\", \"!shop::db\"]\nexcept = [\"f.cart\", \"shop::http::list\"]\nuse = \"sqlx\"\n\
                [[forbid]]\nid = \"b\"\nin = \"f\"\nuse = \"sqlx\"\n";
    with_bound(text, SHOP, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        let speaks = |rule: usize, path: &str| {
            bound.policy.forbids[rule]
                .scope
                .contains(&bound.graph, &bound.policy, bound.item(path))
        };
        let paths = [
            "shop::run",
            "bin:shop",
            "shop::db::repo",
            "shop::features::cart::http",
            "shop::http::list",
        ];
        assert_eq!(paths.map(|path| speaks(0, path)), [true, true, false, false, false]);
        let paths = ["shop::run", "shop::features::cart", "shop::features::search::http"];
        assert_eq!(paths.map(|path| speaks(1, path)), [false, true, true]);
    });
}

#[test]
fn the_nearest_term_wins() {
    let text =
        "[[forbid]]\nid = \"f\"\nuse = { \"sqlx\" = \"a\", \"sqlx::query!\" = \"b\", \"std::net::*\" = \"c\" }\n";
    with_bound(text, SHOP, |bound| {
        let targets = &bound.policy.forbids[0].targets;
        assert_eq!(bound.covers(targets, "sqlx::query_as"), Some(0));
        assert_eq!(bound.covers(targets, "sqlx::query"), Some(1));
        assert_eq!(bound.covers(targets, "std::net::IpAddr"), Some(2));
        assert_eq!(bound.covers(targets, "std::net"), None);
    });
}

#[test]
fn names_that_lead_nowhere_get_the_nearest() {
    assert_eq!(
        problems("[components]\na = \"shp::db\"\nb = \"shop::dbx\"\nc = \"sqlx\"\n"),
        [
            "unknown-name|\"shp::db\"|`shp::db`: there is no crate `shp`|shop",
            "nothing-matched|\"shop::dbx\"|`shop::dbx` matches nothing|shop::db",
            "nothing-matched|\"sqlx\"|`sqlx` is external code: a component is made of examined code|-",
        ]
    );
    assert_eq!(
        problems("[components]\nhttp = { paths = \"shop::http\", uses = [\"htp\", \"shop_domian\"] }\n"),
        [
            "unknown-name|\"htp\"|there is no component `htp`, and no examined crate of that name|http",
            "unknown-name|\"shop_domian\"|there is no component `shop_domian`, and no examined crate of that name|shop_domain",
        ]
    );
    assert_eq!(
        problems(
            "[components]\nf = { each = \"shop::features::*\" }\ng = { paths = \"shop::app\", uses = \"f.car\" }\n"
        ),
        ["unknown-name|\"f.car\"|there is no component `f.car`|f.cart"]
    );
    assert_eq!(
        problems("[components]\nf = { each = \"shop_domain::*\" }\n"),
        [
            "nothing-matched|\"shop_domain::*\"|`shop_domain::*` matches items, but no module or crate, which is what `each` makes components of|-"
        ]
    );
    assert_eq!(
        problems("[[forbid]]\nid = \"f\"\nin = [\"sqlx\", \"shop\"]\nuse = \"sqlx::nothing\"\n"),
        [
            "nothing-matched|\"sqlx\"|`sqlx` is external code, and only examined code can stand here|-",
            "nothing-matched|\"sqlx::nothing\"|`sqlx::nothing` matches nothing|-",
        ]
    );
}

#[test]
fn equal_claims_contradict() {
    assert_eq!(
        problems("[components]\na = \"shop::d*\"\nb = \"shop::*b\"\nc = \"shop::db::repo\"\n"),
        [
            "policy-conflict|\"shop::*b\"|`shop::db` is claimed by `a` and by `b` with equal right: name it in one of them, or make one pattern more specific|-"
        ]
    );
    assert_eq!(problems("[components]\na = \"shop::db\"\nb = \"shop::db\"\n").len(), 1);
    assert_eq!(
        problems("[components]\na = [\"shop\", \"!shop::db\"]\nb = \"shop::db\"\n"),
        Vec::<String>::new()
    );
}

#[test]
fn uses_up_a_layering_contradicts() {
    let text = |uses: &str| {
        format!(
            "[components]\ntop = \"shop::http\"\nf = {{ each = \"shop::features::*\", uses = \"f\" }}\nlow = {{ paths = \"shop::db\", uses = {uses} }}\n\
             [[layers]]\nid = \"l\"\norder = [\"top\", \"f\", \"low\"]\n"
        )
    };
    let siblings = "policy-conflict|\"f\"|`f.cart` cannot list `f.search` under `uses`: `l` puts them side by side|-";
    assert_eq!(
        problems(&text("[\"top\"]")),
        [
            siblings,
            "policy-conflict|\"top\"|`low` cannot list `top` under `uses`: `l` puts it above|-"
        ]
    );
    assert_eq!(problems(&text("\"*\"")), [siblings]);
}

#[test]
fn one_component_in_two_places_of_an_order() {
    assert_eq!(
        problems(
            "[components]\nf = { each = \"shop::features::*\" }\na = \"shop::app\"\n[[layers]]\nid = \"l\"\norder = [\"f\", \"a\", \"f.cart\"]\n"
        ),
        ["policy-conflict|\"f.cart\"|`f.cart` stands in two places of `l`|-"]
    );
}

#[test]
fn crates_may_stand_for_the_components_inside() {
    let text = |entry: &str| {
        format!(
            "[components]\na = \"shop::http\"\nb = [\"shop::db\", \"shop_migrations\"]\nc = \"shop_domain\"\nd = {{ paths = \"bin:xtask\", uses = {entry} }}\n"
        )
    };
    with_bound(&text("[\"shop_domain\", \"shop::http\"]"), SHOP, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        assert_eq!(bound.permission("d", "c"), Permission::Allowed);
        assert_eq!(bound.permission("d", "a"), Permission::Allowed);
        assert_eq!(bound.permission("d", "b"), Permission::NotInUses);
    });
    assert_eq!(
        problems(&text("\"shop_migrations\"")),
        [
            "policy-conflict|\"shop_migrations\"|`shop_migrations` is only a part of component `b`: here stand whole components|b"
        ]
    );
}

#[test]
fn a_name_that_is_component_and_crate_must_say_which() {
    let rule = "[[forbid]]\nid = \"f\"\nuse = \"shop\"\n";
    assert_eq!(
        problems(&format!("[components]\nshop = \"shop::http\"\n{rule}")),
        [
            "policy-conflict|\"shop\"|`shop` is both a component and a crate: write `component:shop` or `crate:shop`|component:shop"
        ]
    );
    assert_eq!(
        problems(&format!("[components]\nshop = \"shop\"\n{rule}")),
        Vec::<String>::new()
    );
    assert_eq!(
        problems(&format!("[components]\nshop = \"shop\"\ndb = \"shop::db\"\n{rule}")).len(),
        1
    );
    let named = "[[forbid]]\nid = \"f\"\nuse = [\"crate:shop\", \"component:shop\"]\n";
    assert_eq!(
        problems(&format!("[components]\nshop = \"shop::http\"\n{named}")),
        Vec::<String>::new()
    );
}

#[test]
fn dormant_crates_are_allowed_unless_they_look_like_slips() {
    let rule = |list: &str, more: &str| format!("[[forbid]]\nid = \"f\"\nuse = {list}\n{more}");
    assert_eq!(problems(&rule("[\"sqlx\", \"diesel\"]", "")), Vec::<String>::new());
    assert_eq!(
        problems(&rule("[\"sqlx\", \"jsonwebtokn::Token\"]", "")),
        [
            "unknown-name|\"jsonwebtokn::Token\"|there is no crate `jsonwebtokn`, and it is nearly `jsonwebtoken`, which is there|jsonwebtoken::Token"
        ]
    );
    assert_eq!(problems(&rule("[\"sqxl\", \"sqlx\"]", "")), Vec::<String>::new());
    assert_eq!(
        problems(&rule("[\"diesel\", \"rusqlite\"]", "")),
        [
            "nothing-matched|[\"diesel\", \"rusqlite\"]|nothing that `f` names is there, so the rule could never find anything; `optional = true` lets it wait|-"
        ]
    );
    with_bound(
        &rule("[\"diesel\", \"shop::gone\"]", "optional = true\n"),
        SHOP,
        |bound| {
            assert_eq!(bound.problems, Vec::<String>::new());
            assert_eq!(bound.policy.forbids[0].targets.dormant, [0, 1]);
        },
    );
    let crates = "[components]\na = { paths = \"shop\", crates = [\"serde\", \"thiserror\", \"jsonwebtokens\"] }\n";
    assert_eq!(
        problems(crates),
        [
            "unknown-name|\"jsonwebtokens\"|there is no crate `jsonwebtokens`, and it is nearly `jsonwebtoken`, which is there|jsonwebtoken"
        ]
    );
}

#[test]
fn pending_code_is_a_problem_only_on_request() {
    let code = format!("{SHOP}\nopaque secret");
    let text =
        "[components]\na = { paths = \"shop\", public = \"secret::x\" }\n[[forbid]]\nid = \"f\"\nuse = \"secret::y\"\n";
    assert_eq!(
        with_bound(text, &code, |bound| bound.problems.clone()),
        Vec::<String>::new()
    );
    let found = with_bound(&format!("{text}[policy]\npending = \"error\"\n"), &code, |bound| {
        bound.problems.clone()
    });
    assert_eq!(
        found,
        [
            "unexamined-code|\"secret::x\"|`secret::x` leads into code that has no sources or has not been generated yet|-",
            "unexamined-code|\"secret::y\"|`secret::y` leads into code that has no sources or has not been generated yet|-",
        ]
    );
}

#[test]
fn components_that_own_nothing_and_dev_code_that_is_not_there() {
    assert_eq!(
        problems("[components]\na = [\"shop::db\", \"!shop::db\"]\n"),
        ["nothing-matched|a|component `a` owns nothing|-"]
    );
    assert_eq!(
        problems(
            "[components]\na = \"shop\"\n[policy]\ndev_code = [\"shop::tset\", \"attribute:x::y\", \"feature:z\"]\n"
        ),
        ["nothing-matched|\"shop::tset\"|`shop::tset` matches nothing|-"]
    );
}

#[test]
fn a_package_covers_its_targets_and_names_family_members() {
    let code = "
        crate cart package=shop_cart
        crate bin:tool package=shop_cart
        crate shop_mail
        fn cart::add
        fn bin:tool::main
        ref shop_mail -> shop_mail as cart::add
    ";
    let text = "[components]\nparts = { each = \"shop_*\" }\n[[forbid]]\nid = \"f\"\nuse = \"shop_cart\"\n";
    with_bound(text, code, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        assert_eq!(bound.owner("cart::add"), "parts.cart");
        assert_eq!(bound.owner("bin:tool::main"), "parts.cart");
        assert_eq!(bound.owner("shop_mail"), "parts.mail");
        assert_eq!(bound.reference(&bound.policy.forbids[0].targets, 0), Some(0));
    });
}
