//! What `guard` and `explain` say of exceptions and of the baseline.

use serde_json::Value;

use crate::documents::{errors, published};

use super::workspace::{HTTP, Said, TODAY, Workspace};

const FILE: &str = "archguard.exceptions.toml";

fn entry(to: &str) -> String {
    format!(
        "[[except]]\nrule   = \"component.http.uses\"\nfrom   = \"shop::http::list\"\nto     = \"{to}\"\nreason = \"Until the service layer is there.\"\nowner  = \"team-orders\"\nuntil  = \"2026-11-30\"\n"
    )
}

fn shop() -> Workspace {
    let shop = Workspace::new(HTTP);
    shop.write(FILE, &entry("shop::db::connect"));
    shop
}

fn guard(shop: &Workspace, today: &str, file: &str) -> Said {
    let file = shop.path(file);
    shop.on(today, false, &format!("guard {}", file.display()))
}

fn document(shop: &Workspace, line: &str, schema: &str) -> Value {
    let said = shop.run(&format!("{line} --format json"));
    assert_eq!((said.exit, said.err.as_str()), (0, ""), "{line}");
    let document: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(errors(&published(schema), &document), [] as [String; 0], "{line}");
    document
}

#[test]
fn guard_shows_the_exceptions_in_a_file() {
    let shop = shop();
    let in_force = "`shop::http::list` naming `shop::db::connect` is accepted until 2026-11-30: Until the service layer is there. (team-orders) [component.http.uses]";
    let said = guard(&shop, TODAY, "src/http.rs");
    assert_eq!((said.exit, said.err.as_str()), (0, ""));
    assert!(said.out.contains("## Accepted for now\n\n- `shop"), "{}", said.out);
    assert!(said.out.contains(in_force), "{}", said.out);
    let over = guard(&shop, "2026-12-01", "src/http.rs").out;
    assert!(
        over.contains("was accepted until 2026-11-30, which is over: "),
        "{over}"
    );
    for other in ["src/db.rs", "src/http/new.rs", "src/lib.rs"] {
        let said = guard(&shop, TODAY, other);
        assert_eq!(said.exit, 0);
        assert!(!said.out.contains("Accepted for now"), "{other}: {}", said.out);
    }
    let file = shop.path("src/http.rs");
    let document = document(&shop, &format!("guard {}", file.display()), "guard-1.json");
    assert_eq!(
        document["files"][0]["guidance"]["exceptions"],
        serde_json::json!([{
            "rule": "component.http.uses", "from": "shop::http::list", "to": "shop::db::connect",
            "reason": "Until the service layer is there.", "owner": "team-orders", "until": "2026-11-30", "expired": false
        }])
    );
}

#[test]
fn explain_shows_them_with_the_place_the_rule_and_the_pair() {
    let shop = shop();
    let told = |names: &str| document(&shop, &format!("explain {names}"), "explain-1.json");
    let to = |exceptions: &Value| {
        let exceptions = exceptions.as_array().unwrap().iter();
        exceptions
            .map(|it| it["to"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let statuses = |findings: &Value| {
        let findings = findings.as_array().unwrap().iter();
        findings
            .map(|it| it["status"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let place = told("http");
    assert_eq!(to(&place["place"]["guidance"]["exceptions"]), ["shop::db::connect"]);
    assert_eq!(statuses(&place["place"]["findings"]), ["excepted", "new"]);
    let rule = told("component.http.uses");
    assert_eq!(to(&rule["rule"]["exceptions"]), ["shop::db::connect"]);
    assert_eq!(statuses(&rule["rule"]["findings"]), ["excepted", "new"]);
    let pair = told("http shop::db::connect");
    assert_eq!(to(&pair["pair"]["exceptions"]), ["shop::db::connect"]);
    assert_eq!(
        to(&told("http shop::db::query")["pair"]["exceptions"]),
        [] as [String; 0]
    );
    let human = shop.run("explain component.http.uses").out;
    assert!(
        human.contains("## Accepted for now") && human.contains("(accepted for now)"),
        "{human}"
    );
}

#[test]
fn explain_says_what_the_baseline_holds() {
    let shop = Workspace::new(HTTP);
    assert_eq!(shop.run("baseline").exit, 0);
    let said = shop.run("explain http").out;
    assert_eq!(said.matches("] (in the baseline)\n").count(), 2, "{said}");
}

#[test]
fn exceptions_that_cannot_be_read_stand_beside_the_answer() {
    let shop = shop();
    shop.write(FILE, &entry("shop::db::connect").replace("owner", "owned"));
    for said in [guard(&shop, TODAY, "src/http.rs"), shop.run("explain http")] {
        assert_eq!(said.exit, 2);
        assert!(said.out.contains("## May use"), "{}", said.out);
        assert!(said.err.contains("archguard.exceptions.toml:6:1"), "{}", said.err);
    }
}
