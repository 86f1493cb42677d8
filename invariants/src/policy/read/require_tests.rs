//! What is wrong with a `[[require]]` is said with its place and the nearest right word.

use crate::policy::Policy;
use crate::policy::require::{Access, Key, KindWord, Relation};
use crate::problem::ProblemPlace;

const GOOD: &str = "items = { kind = \"fn\" }\nmust = { in = \"a\" }\n";

/// The problems of one requirement: code, text underlined, message.
fn mistakes(rule: &str) -> Vec<String> {
    let text = format!("version = 1\n[components]\na = \"shop\"\n[[require]]\nid = \"r\"\n{rule}");
    let Err(problems) = Policy::read("archguard.toml", &text) else {
        return Vec::new();
    };
    problems
        .into_iter()
        .map(|problem| {
            let ProblemPlace::Policy(span) = problem.place else {
                panic!("a place in the policy")
            };
            let near = problem.suggestion.map(|near| format!(" ({near})")).unwrap_or_default();
            format!(
                "{}|{}|{}{near}",
                problem.code.word(),
                &text[span.start..span.end],
                problem.message
            )
        })
        .collect()
}

#[test]
fn every_key_is_read() {
    let text = "version = 1\n[sets]\nframeworks = [\"axum::routing::*\", \"rocket\"]\n[[require]]\nid = \"r\"\n\
        in = \"shop\"\nexcept = \"shop::x\"\noptional = true\n\
        items = { kind = [\"fn\", \"method\"], name = [\"{get,put}_*\", \"!*_x\"], in = \"shop::http\", visibility = \"pub\", attribute = \"x::y\", \
        take = [\"shop::A\", \"shop::B\"], return = \"shop::C\", through = [\"Option\", \"x::Y\"], call = \"x\", reference = \"x\", passed_to = \"set:frameworks\", async = true, unsafe = false }\n\
        must = { in = [\"shop::a\", \"shop::b\"] }\n";
    let policy = Policy::read("archguard.toml", text).unwrap();
    let rule = &policy.requires[0];
    let items = &rule.items;
    assert_eq!(items.kinds, [KindWord::Function, KindWord::Method]);
    let names: Vec<String> = items.names.iter().map(|name| name.value.to_string()).collect();
    assert_eq!(names, ["get_*", "put_*", "!*_x"]);
    assert_eq!(items.access, [Access::Public]);
    assert_eq!((items.is_async, items.is_unsafe), (Some(true), Some(false)));
    let relations: Vec<(Relation, usize)> = items
        .relations
        .iter()
        .map(|(key, list)| (*key, list.value.len()))
        .collect();
    assert_eq!(
        relations,
        [
            (Relation::Attribute, 1),
            (Relation::Take, 2),
            (Relation::Return, 1),
            (Relation::Call, 1),
            (Relation::Reference, 1),
            (Relation::PassedTo, 2)
        ]
    );
    let through: Vec<String> = items
        .through
        .iter()
        .flat_map(|list| &list.value)
        .map(|term| term.value.to_string())
        .collect();
    assert_eq!(through, ["std::option::Option", "x::Y"]);
    assert_eq!(rule.must.keys(), [Key::In]);
    let patterns: Vec<String> = policy.patterns().iter().map(ToString::to_string).collect();
    for pattern in ["axum::routing::*", "shop::A", "std::option::Option", "shop::b"] {
        assert!(patterns.iter().any(|known| known == pattern), "{pattern} is looked up");
    }
}

#[test]
fn without_kind_a_rule_speaks_of_what_its_keys_can_be_said_of() {
    let kinds = |rule: &str| {
        let text = format!("version = 1\n[[require]]\nid = \"r\"\n{rule}");
        let policy = Policy::read("archguard.toml", &text).unwrap();
        let words: Vec<&str> = policy.requires[0].kinds().iter().map(|kind| kind.word()).collect();
        words.join(" ")
    };
    assert_eq!(
        kinds("items = { derive = \"x\" }\nmust = { in = \"y\" }"),
        "struct enum union"
    );
    assert_eq!(kinds("items = { take = \"x\" }\nmust = { in = \"y\" }"), "fn method");
    assert_eq!(
        kinds("items = { passed_to = \"x\" }\nmust = { take = \"y\" }"),
        "fn method closure"
    );
    assert_eq!(
        kinds("items = { implement = \"x\" }\nmust = { unsafe = false }"),
        "impl"
    );
    assert_eq!(
        kinds("items = { kind = \"closure\" }\nmust = { in = \"y\" }"),
        "closure"
    );
}

#[test]
fn what_is_missing_or_unknown() {
    assert_eq!(
        mistakes("items = { kind = \"fn\" }\n"),
        ["policy-syntax|[[require]]|[[require]] needs `must`"]
    );
    assert_eq!(
        mistakes("must = { kind = \"fn\" }\n"),
        ["policy-syntax|[[require]]|[[require]] needs `items`"]
    );
    assert_eq!(
        mistakes(&format!("{GOOD}use = \"x\"\n")),
        [
            "unknown-key|use|[[require]] has no key `use`; it has `items`, `must`, `id`, `because`, `instead`, `docs`, `severity`, `dev`, `in`, `except` and `optional`"
        ]
    );
    assert_eq!(
        mistakes("items = { passd_to = \"x::y\" }\nmust = { in = \"a\" }\n"),
        [
            "unknown-key|passd_to|`items` of [[require]] has no key `passd_to`; it has `kind`, `name`, `in`, `visibility`, `attribute`, `derive`, `implement`, `take`, `return`, `through`, `call`, `reference`, `passed_to`, `async` and `unsafe` (passed_to)"
        ]
    );
    assert_eq!(
        mistakes("items = { kind = [\"fn\", \"structs\"] }\nmust = { visibility = \"public\" }\n"),
        [
            "unknown-name|\"structs\"|`kind` of `items` of [[require]] cannot be `structs`; it takes `module`, `fn`, `method`, `closure`, `struct`, `enum`, `union`, `trait`, `impl`, `type`, `const`, `static` and `macro` (struct)",
            "unknown-name|\"public\"|`visibility` of `must` of [[require]] cannot be `public`; it takes `pub`, `pub(crate)` and `private` (pub)"
        ]
    );
}

#[test]
fn wrong_types_and_empty_lists() {
    assert_eq!(
        mistakes("items = \"fn\"\nmust = { async = \"yes\", take = 1 }\n"),
        [
            "policy-syntax|\"fn\"|`items` of [[require]] must be a table, this is a string",
            "policy-syntax|\"yes\"|`async` of `must` of [[require]] must be `true` or `false`, this is a string",
            "policy-syntax|1|`take` of `must` of [[require]] must be a string or an array of strings, this is an integer"
        ]
    );
    assert_eq!(
        mistakes("items = {}\nmust = { take = [], name = [], kind = [], call = \"!x::y\" }\n"),
        [
            "policy-syntax|{}|`items` of [[require]] says nothing: it takes `kind`, `name`, `in`, `visibility`, `attribute`, `derive`, `implement`, `take`, `return`, `through`, `call`, `reference`, `passed_to`, `async` and `unsafe`",
            "policy-syntax|[]|`take` of `must` of [[require]] is empty: nothing could meet it",
            "policy-syntax|[]|`name` of `must` of [[require]] is empty: nothing could meet it",
            "policy-syntax|[]|`kind` of `must` of [[require]] is empty: nothing could meet it",
            "policy-syntax|\"!x::y\"|`call` of `must` of [[require]] is empty: nothing could meet it"
        ]
    );
    assert_eq!(
        mistakes("items = { name = [\"a::b\", \"x(y)\"] }\nmust = { in = \"a\" }\n"),
        [
            "bad-pattern|\"a::b\"|`name` of `items` of [[require]] takes names without paths, such as `*Row`; this is `a::b`",
            "bad-pattern|(y)|`x(y)`: `(` is no part of a pattern: there are no regular expressions, only `*` for a segment or part of one, `**` for any number, `{a,b}` for either"
        ]
    );
}

#[test]
fn keys_that_say_nothing_of_a_kind() {
    assert_eq!(
        mistakes("items = { kind = \"struct\" }\nmust = { take = \"x::y\" }\n"),
        [
            "policy-conflict|{ take = \"x::y\" }|`take` of `must` says nothing of a `struct`: it is for `fn`, `method` and `closure`"
        ]
    );
    assert_eq!(
        mistakes("items = { derive = \"x::y\" }\nmust = { take = \"x::y\" }\n"),
        ["policy-conflict|{ derive = \"x::y\" }|[[require]]: no kind of item can meet all keys of `items` and `must`"]
    );
}

#[test]
fn wrappers_are_of_the_prelude_or_paths() {
    assert_eq!(
        mistakes("items = { kind = \"fn\" }\nmust = { take = \"x::y\", through = [\"Optoin\", \"Arc\"] }\n"),
        [
            "unknown-name|\"Optoin\"|`through` of `must` of [[require]], where it names no path, cannot be `Optoin`; it takes `Option`, `Result`, `Box` and `Vec` (Option)",
            "unknown-name|\"Arc\"|`through` of `must` of [[require]], where it names no path, cannot be `Arc`; it takes `Option`, `Result`, `Box` and `Vec`"
        ]
    );
    assert_eq!(
        mistakes("items = { kind = \"fn\" }\nmust = { call = \"x::y\", through = \"Option\" }\n"),
        [
            "policy-syntax|\"Option\"|`through` of `must` of [[require]] says which wrappers `take` and `return` look into, and there is neither"
        ]
    );
}

#[test]
fn ids_and_components_are_checked_like_those_of_other_rules() {
    assert_eq!(
        mistakes(&format!("{GOOD}[[require]]\nid = \"r\"\n{GOOD}")),
        ["policy-conflict|\"r\"|rule id `r` is given twice: an id is a rule's identity"]
    );
    assert_eq!(
        mistakes("items = { in = \"component:b\" }\nmust = { in = \"set:x\" }\n"),
        ["unknown-name|\"set:x\"|there is no set `x`"]
    );
    assert_eq!(
        mistakes("items = { in = \"component:b\" }\nmust = { in = \"a\" }\n"),
        ["unknown-name|\"component:b\"|there is no component `b`"]
    );
}
