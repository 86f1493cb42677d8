//! Names, ids, patterns, and mistakes of the text as a whole.

use super::*;

#[test]
fn names_that_do_not_exist() {
    assert_eq!(
        mistakes("[sets]\ndrivers = \"sqlx\"\n[[forbid]]\nid = \"f\"\nuse = \"set:driver\"\n"),
        ["unknown-name|\"set:driver\"|there is no set `driver`|set:drivers"]
    );
    assert_eq!(
        mistakes("[components]\nhttp = { paths = \"x\", uses = \"component:htp\" }\n"),
        ["unknown-name|\"component:htp\"|there is no component `htp`|http"]
    );
    assert_eq!(
        mistakes("[components]\nhttp = { paths = \"x\", uses = \"http.a\" }\n"),
        ["unknown-name|\"http.a\"|there is no component `http.a`: `http` is no family (`each`)|http"]
    );
    assert_eq!(
        mistakes("[[acyclic]]\nid = \"a\"\namong = [\"module\"]\n"),
        [
            "unknown-name|\"module\"|`among` of [[acyclic]] cannot be `module`; it takes `components`, `modules` and `crates`|modules"
        ]
    );
    assert_eq!(
        mistakes("[components]\na = \"x\"\n[[forbid]]\nid = \"f\"\nuse = \"y\"\nthrough = [\"a\", \"b\"]\n"),
        [
            "policy-conflict|\"a\"|`through` needs a component with `public`, and `a` declares none|-",
            "unknown-name|\"b\"|there is no component `b`|-"
        ]
    );
}

#[test]
fn sets_in_circles_and_sets_that_take_away() {
    assert_eq!(
        mistakes("[sets]\na = \"set:b\"\nb = [\"x\", \"set:a\"]\n"),
        ["policy-conflict|\"set:a\"|set `a` contains itself: a -> b -> a|-"]
    );
    assert_eq!(
        mistakes("[sets]\na = [\"x\", \"!x::y\"]\n[[forbid]]\nid = \"f\"\nuse = [\"set:a\", \"z\"]\n"),
        [
            "policy-conflict|\"set:a\"|set `a` takes something away with `!`, so it can only stand alone in a list: beside other entries it would take from those too|-"
        ]
    );
    let policy = read("[sets]\na = [\"set:b\", \"y\"]\nb = \"x::{p,q}\"\n[[forbid]]\nid = \"f\"\nuse = \"set:a\"\n");
    assert_eq!(terms(&policy.forbids[0].targets.value), ["x::p", "x::q", "y"]);
}

#[test]
fn ids_are_unique_well_formed_and_not_reserved() {
    let rule = |id: &str| format!("[[forbid]]\nid = \"{id}\"\nuse = \"x\"\n");
    assert_eq!(
        mistakes(&format!("{}{}", rule("a"), rule("a"))),
        ["policy-conflict|\"a\"|rule id `a` is given twice: an id is a rule's identity|-"]
    );
    assert_eq!(
        mistakes(&rule("policy.x")),
        ["policy-syntax|\"policy.x\"|rule id `policy.x`: `policy.` is reserved for the tool's own rules|-"]
    );
    assert_eq!(
        mistakes(&rule("Raw_sql")),
        [
            "policy-syntax|\"Raw_sql\"|rule id `Raw_sql`: an id is made of small letters, digits and `-`, and begins with a letter or digit|-"
        ]
    );
    assert_eq!(
        mistakes("[[forbid]]\nuse = \"x\"\n")[0],
        "policy-syntax|[[forbid]]|[[forbid]] has no `id`: every rule needs one, it is the rule's identity|-"
    );
}

#[test]
fn patterns_are_underlined_from_the_fault_on() {
    assert_eq!(
        mistakes("[components]\na = [\"x\", \"shop-migrations::run\"]\n"),
        ["bad-pattern|-migrations::run|`shop-migrations::run`: crates are written with underscores: shop_migrations|-"]
    );
    assert_eq!(
        mistakes("[components]\na = { each = \"x::y\" }\nb = { each = \"x::*::*\" }\n"),
        [
            "bad-pattern|\"x::y\"|`each` of component `a`: `x::y` must have exactly one `*`: what it stands for names the member|-",
            "bad-pattern|\"x::*::*\"|`each` of component `b`: `x::*::*` must have exactly one `*`: what it stands for names the member|-"
        ]
    );
}

#[test]
fn contradictions_inside_the_text() {
    assert_eq!(
        mistakes("[components]\na = \"x\"\nb = \"y\"\n[[layers]]\nid = \"l\"\norder = [\"a\", [\"b\", \"a\"]]\n"),
        ["policy-conflict|\"a\"|`order` of [[layers]] has `a` in two places|-"]
    );
    assert_eq!(
        mistakes("[components]\na = { paths = \"x\", each = \"x::*\" }\n"),
        ["policy-conflict|\"x::*\"|component `a` has both `paths` and `each`: it takes one of them|-"]
    );
    assert_eq!(
        mistakes("[[layers]]\nid = \"l\"\norder = [\"a\"]\noptional = true\n"),
        ["unknown-key|optional|[[layers]] cannot be `optional`: a layering of which nothing matches is a mistake|-"]
    );
    assert_eq!(
        mistakes("[[forbid]]\nid = \"f\"\nuse = [\"!x\"]\n"),
        ["nothing-matched|[\"!x\"]|`use` of `f` names nothing: the rule could never find anything|-"]
    );
}

#[test]
fn all_problems_of_a_stage_come_at_once_in_order() {
    let found = mistakes(
        "[components]\na = 1\n[[forbid]]\nid = 2\nuse = \"a::(b)\"\nseverity = \"fatal\"\n[[forbid]]\nid = \"f\"\nuse = [3]\n",
    );
    let codes: Vec<_> = found.iter().map(|problem| problem.split('|').next().unwrap()).collect();
    assert_eq!(
        codes,
        [
            "policy-syntax",
            "policy-syntax",
            "bad-pattern",
            "unknown-name",
            "policy-syntax"
        ]
    );
    assert_eq!(
        found[0],
        "policy-syntax|1|component `a` must be a path, an array of paths, or a table, this is an integer|-"
    );
    assert_eq!(
        found[4],
        "policy-syntax|3|an entry of `use` of [[forbid]] must be a string, this is an integer|-"
    );
}

#[test]
fn carriage_returns_and_a_byte_order_mark_change_no_place() {
    let text = "\u{feff}version = 1\r\n[[forbid]]\r\nid = \"f\"\r\nuse = \"a-b\"\r\n";
    assert_eq!(
        problems(text),
        ["bad-pattern|-b|`a-b`: crates are written with underscores: a_b|-"]
    );
}

#[test]
fn a_problem_code_is_given_for_every_kind_of_mistake() {
    let codes: Vec<_> = ProblemCode::ALL.iter().map(|code| code.word()).collect();
    for text in ["[x]", "[[forbid]]\nuse = 1", "[[exclude]]"] {
        let word = mistakes(text)[0].split('|').next().unwrap().to_owned();
        assert!(codes.contains(&word.as_str()), "{word}");
    }
}

proptest! {
    #[test]
    fn a_damaged_policy_is_read_or_refused_with_places_inside_the_text(at in 0..SHOP_POLICY.len(), cut in 0..12usize, put in "[a-z:*!{}\\[\\]\"=é\n]{0,3}") {
        let end = (at + cut).min(SHOP_POLICY.len());
        let text = format!("{}{put}{}", &SHOP_POLICY[..at], &SHOP_POLICY[end..]);
        if let Err(problems) = Policy::read("archguard.toml", &text) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                let ProblemPlace::Policy(span) = problem.place else { panic!("a policy problem without place") };
                prop_assert!(text.get(span.start..span.end).is_some(), "{}", problem.message);
            }
        }
    }
}
