//! Rules against circles, divided into several.

use super::super::{PolicyChange, compare};
use super::edited::read;
use crate::policy::BoundPolicy;
use crate::testing::graph_for;

const CODE: &str = "crate shop
crate stall
mod shop::http
mod shop::app
mod shop::db
mod stall::cart
mod stall::shelf";

/// How a rule is weakened that several have taken the place of.
fn changes(before: &str, after: &[&str]) -> Vec<String> {
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
}

/// Circles of modules stay in their crate: rules against them may be divided by crates, and by nothing smaller.
#[test]
fn circles_are_divided_by_crates_alone() {
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
    assert_eq!(changes(whole, &inner_parts), lost("shop::app`, `shop::db"));
    // Each two of three are not all three: a circle through all of them is in no part.
    let three = "in = [\"shop::http\", \"shop::app\", \"shop::db\"]\namong = \"modules\"";
    let pairs = [
        "in = [\"shop::http\", \"shop::app\"]\namong = \"modules\"",
        "in = [\"shop::app\", \"shop::db\"]\namong = \"modules\"",
        "in = [\"shop::db\", \"shop::http\"]\namong = \"modules\"",
    ];
    assert_eq!(changes(three, &pairs), lost("shop::db"));
    let components = both.replace("modules", "components");
    let apart = parts.map(|part| part.replace("modules", "components"));
    assert_eq!(changes(&components, &[&apart[0], &apart[1]]), lost("stall"));
}

/// The same where a rule speaks of all code: one has to be left that does, but for crates that others speak of.
#[test]
fn circles_of_all_code_are_divided_by_crates_that_are_left_out() {
    let all = "among = \"modules\"";
    let rest = "except = \"stall\"\namong = \"modules\"";
    let stall = "in = \"stall\"\namong = \"modules\"";
    assert_eq!(changes(all, &[rest, stall]), [""; 0]);
    assert_eq!(changes(all, &[stall, rest]), [""; 0]);
    let paths = [rest, stall].map(|part| part.replace("\"stall\"", "\"crate:stall\""));
    assert_eq!(changes(all, &[&paths[0], &paths[1]]), [""; 0]);
    // New crates are nobody's,
    let shop = "in = \"shop\"\namong = \"modules\"";
    assert_eq!(changes(all, &[shop, stall]), ["it no longer speaks of `stall`"]);
    // a crate is left out for good,
    assert_eq!(changes(all, &[rest]), ["it no longer speaks of `stall`"]);
    // or is spoken of in part,
    let less = "in = \"stall\"\nexcept = \"stall::cart\"\namong = \"modules\"";
    assert_eq!(changes(all, &[rest, less]), ["it no longer speaks of `stall`"]);
    let children = "in = \"stall::*\"\namong = \"modules\"";
    assert_eq!(changes(all, &[rest, children]), ["it no longer speaks of `stall`"]);
    // what is left out is a part of a crate, and circles with the rest of it are let pass,
    let inner = ["except = \"shop::http\"", "in = \"shop::http\""].map(|part| format!("{part}\namong = \"modules\""));
    assert_eq!(
        changes(all, &[&inner[0], &inner[1]]),
        ["it no longer speaks of `shop::http`"]
    );
    // or circles lead from crate to crate.
    let crossing = [all, rest, stall].map(|part| part.replace("modules", "components"));
    assert_eq!(
        changes(&crossing[0], &[&crossing[1], &crossing[2]]),
        ["it no longer speaks of `stall`"]
    );
    // What the rule never spoke of may be left out by all.
    let known = "except = \"shop::http\"\namong = \"modules\"";
    let both = "except = [\"stall\", \"shop::http\"]\namong = \"modules\"";
    assert_eq!(changes(known, &[both, stall]), [""; 0]);
}
