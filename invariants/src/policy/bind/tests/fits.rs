//! How names become components and items, who owns what, what may use what.

use super::{SHOP, problems, with_bound};
use crate::policy::bound::Permission;
use crate::testing::SHOP_POLICY;

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
