//! Rules against circles, divided into several.

use super::super::{PolicyChange, compare};
use super::edited::read;
use crate::policy::BoundPolicy;
use crate::testing::graph_for;

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
