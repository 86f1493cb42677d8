//! `dependency-cycle`.

use crate::fixture::{check, message, messages};

fn policy(among: &str) -> String {
    format!(
        "[policy]\nundeclared = \"allow\"\n[components]\na = \"shop::a\"\nb = \"shop::b\"\nc = \"shop::c\"\n\
         rest = \"rest\"\n[[acyclic]]\nid = \"no-cycles\"\namong = [\"{among}\"]\n"
    )
}

const RING: &str = "crate shop only-mods
        crate rest
        shop::a::x -> shop::b::y
        shop::a::x -> shop::b::z
        shop::b::y -> shop::c::k        # dependency-cycle no-cycles
        shop::c::k -> shop::a::x
        shop::c::k -> shop::a::w";

#[test]
fn components_in_a_ring_with_the_smallest_cut() {
    let judgement = check(&policy("components"), RING);
    assert_eq!(
        message(&judgement),
        "the components `a`, `b` and `c` use each other in a circle: `a` -> `b` -> `c` -> `a`; \
         the smallest cut is 1 reference from `b` to `c`"
    );
    let finding = &judgement.findings[0];
    assert_eq!((finding.chain.len(), finding.cut.len()), (3, 1));
    assert_eq!(judgement.rules[0].matched, 5);
}

#[test]
fn modules_are_sibling_subtrees_and_ancestors_are_no_cycle() {
    let judgement = check(
        &policy("modules"),
        "crate shop only-mods
        crate rest
        shop::a::x -> shop::a::deep::y
        shop::a::deep::y -> shop::a::x
        shop::a::one::f -> shop::a::two::in::g
        shop::a::two::h -> shop::a::one::f        # dependency-cycle no-cycles
        shop::a::two::in::g -> shop::a::two::h
        shop::a::one::f -> shop::a::two::h",
    );
    assert_eq!(
        message(&judgement),
        "the modules `shop::a::one` and `shop::a::two` use each other in a circle: \
         `shop::a::one` -> `shop::a::two` -> `shop::a::one`; \
         the smallest cut is 1 reference from `shop::a::two` to `shop::a::one`"
    );
}

#[test]
fn re_exports_and_development_code_close_no_ring() {
    check(
        &policy("components"),
        "crate shop only-mods
        crate rest
        mod shop::c
        shop::a::x -> shop::b::y
        mod shop::b
        shop::b -> shop::a::x : import reexport
        shop::b::y -> shop::a::x : call dev",
    );
}

#[test]
fn crates_only_through_what_is_no_development_code() {
    let workspace = "crate shop only-mods
        crate rest
        crate test:shop
        mod shop::b
        mod shop::c
        test:shop::t -> shop::a::x
        test:shop::t -> rest::y
        rest::y -> shop::a::x
        shop::a::x -> rest::y : call dev";
    check(&policy("crates"), workspace);
    let heavier = "rest::y -> shop::a::x\n        rest::y -> shop::a::x\n";
    let judged = workspace.replace("rest::y -> shop::a::x\n", heavier) + " # dependency-cycle no-cycles";
    let judged = check(&policy("crates").replace("among", "dev = true\namong"), &judged);
    assert!(
        message(&judged).starts_with("the crates `rest` and `shop`"),
        "{}",
        message(&judged)
    );
}

#[test]
fn a_scope_takes_code_out_of_the_ring() {
    check(
        &policy("components").replace("among", "except = \"shop::c\"\namong"),
        &RING.replace("# dependency-cycle no-cycles", ""),
    );
}

#[test]
fn a_knot_names_all_its_members_and_the_shortest_ring() {
    let judgement = check(
        &policy("components"),
        "crate shop only-mods
        crate rest
        shop::a::x -> shop::b::y       # dependency-cycle no-cycles
        shop::b::y -> shop::c::k
        shop::c::k -> shop::a::x
        shop::c::k -> shop::a::x
        shop::b::y -> shop::a::x
        shop::b::y -> shop::a::x",
    );
    assert_eq!(
        messages(&judgement),
        [
            "the components `a`, `b` and `c` use each other in circles, the shortest being `a` -> `b` -> `a`; \
          the smallest cut is 1 reference from `a` to `b`"
        ]
    );
}

#[test]
fn of_two_equal_cuts_the_one_that_is_not_allowed_anyway_is_shown() {
    let layers = "[[layers]]\nid = \"layering\"\norder = [\"a\", \"b\"]\n";
    check(
        &format!("{}{layers}", policy("components")),
        "crate shop only-mods
        crate rest
        shop::a::x -> shop::b::y
        shop::b::y -> shop::a::x       # dependency-cycle no-cycles, layer-breach layering",
    );
    check(
        &format!(
            "{}{}",
            policy("components"),
            layers.replace("\"a\", \"b\"", "\"b\", \"a\"")
        ),
        "crate shop only-mods
        crate rest
        shop::a::x -> shop::b::y       # dependency-cycle no-cycles, layer-breach layering
        shop::b::y -> shop::a::x",
    );
}
