//! `forbidden-reach`.

use crate::fixture::{check, judged, message, messages};

fn policy(keys: &str) -> String {
    format!(
        "[policy]\nundeclared = \"allow\"\n[components]\napp = \"shop::app\"\ndb = \"shop::db\"\n\
         [[forbid]]\nid = \"no-system\"\nin = \"app\"\nuse = \"std::fs\"\ntransitive = true\n{keys}"
    )
}

/// The paths of a finding's chain, hop by hop.
fn chain(policy: &str, workspace: &str) -> Vec<String> {
    let (judgement, graph) = judged(policy, workspace);
    let [finding] = &judgement.findings[..] else {
        panic!("{:#?}", messages(&judgement));
    };
    let path = |item| graph.item(item).path.to_string();
    finding
        .chain
        .iter()
        .map(|&hop| graph.link(hop))
        .map(|hop| format!("{} -> {}", path(hop.from), path(hop.to)))
        .collect()
}

#[test]
fn a_chain_through_two_helpers_is_one_finding_at_its_beginning() {
    let workspace = "crate shop only-mods
        shop::app::orders::archive -> shop::db::backup::write        # forbidden-reach no-system
        shop::db::backup::write -> shop::db::files::save
        shop::db::files::save -> std::fs::write";
    let judgement = check(&policy(""), workspace);
    assert_eq!(
        message(&judgement),
        "`shop::app::orders::archive` reaches `std::fs::write`, which `app` must not use, \
         through `shop::db::backup::write` and `shop::db::files::save`"
    );
    assert_eq!(judgement.rules[0].matched, 1);
    assert_eq!(
        chain(&policy(""), workspace),
        [
            "shop::app::orders::archive -> shop::db::backup::write",
            "shop::db::backup::write -> shop::db::files::save",
            "shop::db::files::save -> std::fs::write",
        ]
    );
}

#[test]
fn a_direct_use_is_a_chain_of_one() {
    let workspace = "crate shop only-mods
        shop::app::archive -> std::fs::write        # forbidden-reach no-system
        shop::db::archive -> std::fs::write";
    let judgement = check(&policy(""), workspace);
    assert_eq!(
        message(&judgement),
        "`shop::app::archive` calls `std::fs::write`, which `app` must not use"
    );
    assert_eq!(chain(&policy(""), workspace), ["shop::app::archive -> std::fs::write"]);
}

#[test]
fn the_last_item_inside_the_scope_answers_for_each_definition() {
    check(
        &policy(""),
        "crate shop only-mods
        shop::app::first -> shop::app::last
        shop::app::last -> shop::db::save             # forbidden-reach no-system, forbidden-reach no-system
        shop::app::last -> shop::db::save             # forbidden-reach no-system, forbidden-reach no-system
        shop::app::back -> shop::db::via
        shop::db::via -> shop::app::last
        shop::db::save -> std::fs::write
        shop::db::save -> std::fs::File : type",
    );
}

#[test]
fn the_chain_is_the_shortest_and_all_its_beginnings_are_places() {
    let workspace = "crate shop only-mods
        shop::app::f -> shop::db::long                # forbidden-reach no-system
        shop::app::f -> shop::db::b                   # forbidden-reach no-system
        shop::app::f -> shop::db::a                   # forbidden-reach no-system
        shop::db::long -> shop::db::a
        shop::db::b -> std::fs::write
        shop::db::a -> std::fs::write
        shop::db::a -> shop::db::long";
    let judgement = check(&policy(""), workspace);
    assert_eq!(
        chain(&policy(""), workspace),
        ["shop::app::f -> shop::db::a", "shop::db::a -> std::fs::write"]
    );
    let first = &judgement.findings[0].sites[0];
    assert_eq!(first.place.start.line, 4, "the place to show is where the chain begins");
}

#[test]
fn chains_go_by_references_of_every_kind_but_by_no_mere_name() {
    check(
        &policy(""),
        "crate shop only-mods
        struct shop::db::Handle
        mod shop::db::files
        const shop::db::ROOT
        shop::app::f -> shop::db::Handle : type         # forbidden-reach no-system
        shop::db::Handle -> std::fs::File : type
        shop::app::g -> shop::db::ROOT : path           # forbidden-reach no-system
        shop::db::ROOT -> std::fs::read : call
        shop::app::h -> shop::db::load! : macro         # forbidden-reach no-system
        shop::db::load! -> std::fs::copy
        mod shop::app
        shop::app -> shop::db::save : import
        shop::app -> shop::db::files : import
        shop::db::files -> std::fs : import
        shop::db::save -> std::fs::write",
    );
    check(
        &policy(""),
        "crate shop only-mods
        mod shop::app
        shop::app -> shop::db::save : import reexport         # forbidden-reach no-system
        shop::db::save -> std::fs::write",
    );
}

#[test]
fn it_stops_at_the_items_of_traits_and_goes_on_where_the_type_is_known() {
    check(
        &policy(""),
        "crate shop only-mods
        trait shop::app::Store
        method shop::app::Store::save
        impl shop::db::<Disk-as-Store>
        method shop::db::<Disk-as-Store>::save
        shop::app::by_port -> shop::app::Store::save : method
        shop::app::by_type -> shop::app::Store::save : method also=shop::db::<Disk-as-Store>::save    # forbidden-reach no-system
        trait shop::db::Files
        method shop::db::Files::save
        shop::db::Files::save -> std::fs::File : type exposed
        shop::app::by_bound -> shop::db::Files::save : method
        shop::db::<Disk-as-Store>::save -> std::fs::write",
    );
}

#[test]
fn the_code_that_a_trait_has_itself_is_gone_through() {
    check(
        &policy(""),
        "crate shop only-mods
        trait shop::db::Files
        method shop::db::Files::save
        method shop::db::Files::save_all
        shop::db::Files::save_all -> shop::db::Files::save : method
        shop::app::by_bound -> shop::db::Files::save_all : method    # forbidden-reach no-system
        shop::db::Files::save -> std::fs::write
        impl shop::db::<Disk-as-Files>
        method shop::db::<Disk-as-Files>::save
        shop::app::by_type -> shop::db::Files::save : method also=shop::db::<Disk-as-Files>::save",
    );
}

#[test]
fn external_crates_are_entered_as_targets_only() {
    check(
        &policy(""),
        "crate shop only-mods
        extern walker
        shop::app::f -> walker::walk
        walker::walk -> std::fs::read_dir
        shop::app::g -> walker::Dir : type",
    );
    check(
        &policy("").replace("\"std::fs\"", "\"walker\""),
        "crate shop only-mods
        extern walker
        shop::app::f -> shop::db::f              # forbidden-reach no-system
        shop::db::f -> walker::walk",
    );
}

#[test]
fn what_is_excepted_or_handed_out_may_be_passed_through() {
    let workspace = "crate shop only-mods
        shop::app::f -> shop::db::door::save
        shop::app::g -> shop::db::raw::save          # forbidden-reach no-system
        shop::db::door::save -> std::fs::write
        shop::db::raw::save -> std::fs::write";
    check(&policy("except = \"shop::db::door\"\n"), workspace);
    let through = policy("through = \"door\"\n").replace(
        "db = \"shop::db\"",
        "db = \"shop::db\"\ndoor = { paths = \"shop::db::door\", public = \"shop::db::door::save\" }",
    );
    check(&through, workspace);
}

#[test]
fn what_is_prohibited_may_name_itself_and_ends_the_chain() {
    check(
        &policy("").replace("\"std::fs\"", "\"shop::db::raw\""),
        "crate shop only-mods
        mod shop::db::raw
        shop::app::f -> shop::db::save                 # forbidden-reach no-system
        shop::db::save -> shop::db::raw::write
        shop::db::raw::write -> shop::db::raw::open
        shop::db::raw::open -> shop::db::raw::write",
    );
}

#[test]
fn a_prohibited_macro_body_is_the_macros_own() {
    check(
        &policy(""),
        "crate shop only-mods
        macro shop::app::load
        shop::app::load! -> std::fs::read                           # forbidden-reach no-system
        shop::app::f -> shop::app::load! : macro
        shop::app::f -> std::fs::read : call by=shop::app::load!     # forbidden-reach no-system
        shop::db::g -> std::fs::read : call by=shop::app::load!      # forbidden-reach no-system
        shop::app::h -> shop::db::g",
    );
}

#[test]
fn development_code_neither_begins_a_chain_nor_is_part_of_one() {
    let workspace = "crate shop only-mods
        shop::app::test -> shop::db::save : call dev
        shop::app::f -> shop::db::check
        shop::db::check -> shop::db::save : call dev
        shop::db::save -> std::fs::write";
    check(&policy(""), workspace);
    let red = "# forbidden-reach no-system";
    let judged = workspace
        .replacen("call dev", &format!("call dev   {red}"), 1)
        .replacen("-> shop::db::check\n", &format!("-> shop::db::check  {red}\n"), 1);
    check(&policy("dev = true\n"), &judged);
}

#[test]
fn as_speaks_of_the_reference_that_ends_the_chain() {
    let workspace = |mark: &str| {
        format!(
            "crate shop only-mods
        shop::app::f -> shop::db::Handle : type    {mark}
        struct shop::db::Handle
        shop::db::Handle -> std::fs::File : type"
        )
    };
    check(&policy("as = \"call\"\n"), &workspace(""));
    check(&policy("as = \"type\"\n"), &workspace("# forbidden-reach no-system"));
}

#[test]
fn long_ways_are_counted_in_the_message() {
    let judgement = check(
        &policy(""),
        "crate shop only-mods
        shop::app::f -> shop::db::a          # forbidden-reach no-system
        shop::db::a -> shop::db::b
        shop::db::b -> shop::db::c
        shop::db::c -> shop::db::d
        shop::db::d -> std::fs::write",
    );
    assert!(
        message(&judgement).ends_with("through `shop::db::a`, `shop::db::b` and 2 more"),
        "{}",
        message(&judgement)
    );
}

#[test]
fn out_of_a_module_and_into_an_interface_no_chain_goes() {
    check(
        &policy(""),
        "crate shop only-mods
        mod shop::db
        shop::app -> shop::db : import reexport
        shop::db -> std::fs::write : import reexport",
    );
    check(
        &policy(""),
        "crate shop only-mods
        extern tracing
        trait shop::db::Files
        method shop::db::Files::open
        shop::db::Files::open -> tracing::instrument : attribute
        shop::db::Files::open -> std::fs::File : type exposed
        shop::app::by_bound -> shop::db::Files::open : method",
    );
}

#[test]
fn what_is_handed_out_ends_a_chain_in_its_middle_too() {
    let policy = policy("through = \"door\"\n").replace(
        "db = \"shop::db\"",
        "db = \"shop::db\"\ndoor = { paths = \"shop::db::door\", public = \"shop::db::door::save\" }",
    );
    check(
        &policy,
        "crate shop only-mods
        shop::app::f -> shop::db::raw::save
        shop::db::raw::save -> shop::db::door::save
        shop::db::door::save -> std::fs::write",
    );
}

#[test]
fn the_policys_place_is_that_of_the_term_which_is_reached() {
    let policy = policy("").replace("\"std::fs\"", "[\"std::net\", \"std::fs\"]");
    let judgement = check(
        &policy,
        "crate shop only-mods
        shop::app::f -> shop::db::save        # forbidden-reach no-system
        shop::db::save -> std::fs::write
        shop::db::open -> std::net::connect",
    );
    let span = judgement.findings[0].policy_span.expect("the rule has a place");
    let text = format!("version = 1\n{policy}");
    assert_eq!(&text[span.start..span.end], "\"std::fs\"");
}
