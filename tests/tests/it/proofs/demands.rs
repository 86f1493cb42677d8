//! Lists under `must`, each entry by itself.

use super::said::{patterns_of_rules, proof};

#[test]
fn what_demands_nothing_of_its_own_is_named() {
    let (proven, problems) = proof(
        r#"
[[require]]
id    = "rows"
items = { kind = "struct", name = "*Row" }
must  = { in = ["db", "shop::db", "domain"], visibility = ["pub", "pub(crate)"], kind = "struct" }
[[require]]
id    = "handlers"
items = { kind = ["fn", "method"], in = "http", visibility = "pub" }
must  = { take = ["shop::db::Row", "shop::domain::Order"], visibility = ["pub", "private"], name = ["list*", "*_all", "!draw*"] }
optional = true
[[require]]
id    = "orders"
items = { derive = "serde::Serialize" }
must  = { derive = ["serde::Serialize", "std::clone::Clone"] }
optional = true
"#,
    );
    assert_eq!(problems, [""; 0]);
    let told = patterns_of_rules(&proven);
    let same = "every item that `items` selects is judged the same without it";
    let no_choice = "what `items` selects leaves no choice in this";
    assert_eq!(
        told,
        [
            "orders pattern serde::Serialize: dead: every item that `items` selects meets `must` by that alone"
                .to_owned(),
            "handlers pattern http: by requirement-unmet".to_owned(),
            "handlers pattern fn: by requirement-unmet".to_owned(),
            "handlers pattern method: by requirement-unmet".to_owned(),
            format!("rows pattern struct: dead: {no_choice}"),
            "rows pattern pub: by requirement-unmet".to_owned(),
            "rows pattern pub(crate): by requirement-unmet".to_owned(),
            "rows pattern db: dead: no code that the rule speaks of is there by this entry alone".to_owned(),
            format!("rows pattern shop::db: dead: {same}"),
            "rows pattern domain: by misplaced-item".to_owned(),
            "handlers pattern list*: by requirement-unmet".to_owned(),
            "handlers pattern *_all: by requirement-unmet".to_owned(),
            "handlers pattern !draw*: by requirement-unmet".to_owned(),
            "handlers pattern pub: by requirement-unmet".to_owned(),
            format!("handlers pattern private: dead: {no_choice}"),
            "handlers pattern shop::db::Row: by requirement-unmet".to_owned(),
            "handlers pattern shop::domain::Order: by requirement-unmet".to_owned(),
            "orders pattern serde::Serialize: by requirement-unmet".to_owned(),
            format!("orders pattern std::clone::Clone: dead: {same}"),
        ]
    );
}
