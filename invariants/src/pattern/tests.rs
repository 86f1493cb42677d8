//! What patterns are read as, match and beat.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::{PathPattern, PatternErrorKind, Segment, SegmentPart, TargetSelector};
use crate::graph::TargetKind;

fn one(text: &str) -> PathPattern {
    let mut patterns = PathPattern::parse(text).unwrap();
    assert_eq!(patterns.len(), 1, "{text}");
    patterns.remove(0)
}

#[test]
fn every_form_is_read_and_printed_alike() {
    for text in [
        "shop",
        "shop::db",
        "shop::self",
        "bin:shop",
        "bin:*",
        "lib:shop::db",
        "sqlx::query*",
        "sqlx::query!",
        "shop::**::db",
        "shop::*::a*b*c",
        "extern:sqlite3_*",
        "shop::Pair::0",
        "naïve::größe",
    ] {
        assert_eq!(one(text).to_string(), text);
    }
}

#[test]
fn raw_identifiers_equal_plain_ones() {
    assert_eq!(one("shop::r#type"), one("shop::type"));
    assert!(one("shop::r#type").covers_path("shop::type::x"));
    assert!(one("shop::type").covers_path("shop::r#type::x"));
}

#[test]
fn braces_may_hold_self_and_prefixes() {
    let texts = |text: &str| {
        PathPattern::parse(text)
            .unwrap()
            .iter()
            .map(PathPattern::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        texts("shop::{self,db::{a,b}}"),
        ["shop::self", "shop::db::a", "shop::db::b"]
    );
    assert_eq!(texts("{bin,test}:shop"), ["bin:shop", "test:shop"]);
    assert_eq!(texts("sqlx::{query,query_as}!"), ["sqlx::query!", "sqlx::query_as!"]);
}

#[test]
fn faults_are_shown_with_their_place_and_what_is_right() {
    for (text, offset, message) in [
        ("", 0, "a pattern is a Rust path, this one is empty"),
        ("bin:", 4, "a pattern is a Rust path, this one is empty"),
        (
            "::std::fs",
            0,
            "a pattern begins with a crate's name, without `::` in front",
        ),
        (
            "a::::b",
            3,
            "a segment is empty: write a name or `*` on both sides of `::`",
        ),
        (
            "a::",
            3,
            "a segment is empty: write a name or `*` on both sides of `::`",
        ),
        (
            "shop-migrations::run",
            4,
            "crates are written with underscores: shop_migrations",
        ),
        ("shop::my-db", 8, "`-` cannot stand in a Rust name: my_db"),
        ("shop.db", 4, "segments are separated by `::`, not by `.`"),
        ("shop/db", 4, "segments are separated by `::`, not by `/`"),
        (
            "shop::(a|b)",
            6,
            "`(` is no part of a pattern: there are no regular expressions, only `*` for a segment or part of one, `**` for any number, `{a,b}` for either",
        ),
        (
            "shop::.*",
            6,
            "`.` is no part of a pattern: there are no regular expressions, only `*` for a segment or part of one, `**` for any number, `{a,b}` for either",
        ),
        (
            "crate::db",
            0,
            "`crate` cannot stand here: a pattern begins with a crate's name, and `self` is allowed as the last segment only",
        ),
        (
            "binary:shop",
            0,
            "`binary:` is not a prefix that names a target: those are `lib:`, `bin:`, `build:`, `test:`, `bench:`, `example:`, `extern:` and `literal:`",
        ),
        (
            "shop::a**",
            6,
            "`**` stands for whole segments and is a segment of its own; part of a name is `*`",
        ),
        ("println!", 0, "a macro is written with its crate: `std::println!`"),
        ("extern:a::b", 7, "`extern:` takes a link name, which is one segment"),
        ("a::{b,c-d}", 7, "`-` cannot stand in a Rust name: c_d"),
        ("a::{b,c", 3, "this brace has no partner"),
    ] {
        let error = PathPattern::parse(text).unwrap_err();
        assert_eq!((error.offset, error.to_string().as_str()), (offset, message), "{text}");
    }
    assert_eq!(
        PathPattern::parse("!a").unwrap_err().kind,
        PatternErrorKind::MisplacedBang
    );
}

#[test]
fn a_pattern_covers_what_is_inside() {
    for (pattern, path, covered) in [
        ("shop::db", "shop::db", true),
        ("shop::db", "shop::db::repo::find", true),
        ("shop::db", "shop::dbx", false),
        ("shop::db", "shop", false),
        ("sqlx::query*", "sqlx::query_as::X", true),
        ("sqlx::*_as", "sqlx::query_as", true),
        ("sqlx::*_as", "sqlx::query_as_with", false),
        ("a::**::z", "a::z::q", true),
        ("a::**::z", "a::b::c::z", true),
        ("a::**::z", "a::b::c", false),
        ("a::*::z", "a::z", false),
        ("sqlx::query!", "sqlx::query", true),
        ("sqlx::query!", "sqlx::query::Query", false),
        ("bin:shop", "bin:shop::main", true),
        ("bin:shop", "shop::main", false),
        ("lib:shop", "shop::main", true),
        ("lib:shop", "bin:shop::main", false),
        ("shop", "bin:shop::main", true),
        ("shop", "test:shop::main", false),
        ("bin:*", "bin:other", true),
        ("std::mem", "core::mem::swap", true),
        ("core::mem", "std::mem::swap", false),
        ("std", "alloc", true),
        ("bin", "bin::main", true),
        ("extern:sqlite3_*", "sqlite3_open", false),
    ] {
        assert_eq!(one(pattern).covers_path(path), covered, "{pattern} {path}");
    }
}

#[test]
fn the_star_is_captured() {
    assert_eq!(one("shop::features::*").capture("shop::features::cart"), Some("cart"));
    assert_eq!(one("shop::features::*").capture("shop::features::cart::x"), None);
    assert_eq!(one("shop_*_api").capture("shop_cart_api"), Some("cart"));
    assert_eq!(one("shop::*::domain").capture("shop::r#type::domain"), Some("type"));
    assert_eq!(one("bin:*").capture("bin:shop"), Some("shop"));
    assert_eq!(one("shop::**").capture("shop::a"), None);
    assert_eq!(one("*::*").capture("shop::a"), None);
}

#[test]
fn the_more_specific_wins() {
    for (greater, less) in [
        ("shop::db", "shop::d*"),
        ("shop::d*", "shop::*"),
        ("shop::*", "shop::**"),
        ("shop", "shop::**"),
        ("a::**::z", "a::**"),
        ("bin:shop", "shop"),
        ("shop::self", "shop"),
        ("shop::*", "sho*::db"),
    ] {
        assert_eq!(
            one(greater).compare_specificity(&one(less)),
            Ordering::Greater,
            "{greater} {less}"
        );
        assert_eq!(
            one(less).compare_specificity(&one(greater)),
            Ordering::Less,
            "{less} {greater}"
        );
    }
    assert_eq!(one("shop::a*").compare_specificity(&one("shop::*b")), Ordering::Equal);
}

fn name() -> impl Strategy<Value = String> {
    "[a-z_][a-z0-9_]{0,5}".prop_filter("keywords of paths", |name| {
        !matches!(name.as_str(), "self" | "super" | "crate")
    })
}

fn partial() -> impl Strategy<Value = Segment> {
    (prop::collection::vec(name(), 1..3), any::<bool>()).prop_map(|(names, leading)| {
        let mut parts = Vec::new();
        for name in names {
            if leading {
                parts.push(SegmentPart::Any);
            }
            parts.push(SegmentPart::Text(name.as_str().into()));
            if !leading {
                parts.push(SegmentPart::Any);
            }
        }
        Segment::Partial(parts)
    })
}

fn segment() -> impl Strategy<Value = Segment> {
    prop_oneof![4 => name().prop_map(|name| Segment::Literal(name.as_str().into())), 1 => partial(), 1 => Just(Segment::One)]
}

fn pattern() -> impl Strategy<Value = PathPattern> {
    let kinds = [
        TargetKind::Lib,
        TargetKind::Bin,
        TargetKind::Build,
        TargetKind::Test,
        TargetKind::Bench,
        TargetKind::Example,
    ];
    let target = prop::option::of(prop::sample::select(kinds.to_vec()));
    let many = prop::option::of(0..4usize);
    (prop::collection::vec(segment(), 1..5), many, target, 0..3u8).prop_map(|(mut segments, many, target, form)| {
        if let Some(at) = many {
            segments.insert(at.min(segments.len()), Segment::Many);
        }
        let macro_only = form == 1 && segments.len() > 1;
        let target = target.map(|kind| TargetSelector { kind });
        PathPattern {
            segments,
            target,
            own_only: form == 2,
            macro_only,
            foreign: false,
            literal: None,
        }
    })
}

proptest! {
    #[test]
    fn print_then_parse_is_the_identity(pattern in pattern()) {
        prop_assert_eq!(PathPattern::parse(&pattern.to_string()).unwrap(), vec![pattern]);
    }

    #[test]
    fn any_text_is_read_or_refused_inside_its_bounds(text in "[a-z:*{},!#. é-]{0,24}") {
        if let Err(error) = PathPattern::parse(&text) {
            prop_assert!(error.offset <= text.len());
            prop_assert!(text.is_char_boundary(error.offset));
        }
    }

    #[test]
    fn what_a_pattern_names_it_covers(names in prop::collection::vec(name(), 1..5), tail in name()) {
        let path = names.join("::");
        let pattern = one(&path);
        prop_assert!(pattern.names_path(&path) && pattern.covers_path(&path));
        let inside = format!("{path}::{tail}");
        prop_assert!(pattern.covers_path(&inside) && !pattern.names_path(&inside));
    }

    #[test]
    fn specificity_is_antisymmetric(first in pattern(), second in pattern()) {
        prop_assert_eq!(first.compare_specificity(&second), second.compare_specificity(&first).reverse());
    }
}
