//! Edits that are told in more than one way, and code that moves under an edited policy.

use super::super::{Moves, compare};
use super::edited::{BASE, CODE, changes_of, read};
use crate::policy::BoundPolicy;
use crate::testing::graph_for;

/// What changes hands is no longer spoken of by what is for others.
#[test]
fn what_changes_hands_is_told() {
    let edit = (
        "paths = \"shop::http\"",
        "paths = [\"shop::http\", \"shop::app::place\"]",
    );
    assert_eq!(
        changes_of(&[edit]).0,
        [
            "component.http.paths: `shop::app::place` is in `http`, and was in `app`",
            "no-web: it no longer speaks of `shop::app::place`",
        ]
    );
}

#[test]
fn what_is_stricter_is_told() {
    let (weakened, strengthened) = changes_of(&[
        ("uses = [\"app\", \"domain\"]", "uses = [\"domain\"]"),
        ("[policy]", "[policy]\ndev = \"check\""),
        ("except = \"db\"", "except = \"shop::db::repo\""),
    ]);
    assert_eq!(weakened, [""; 0]);
    assert_eq!(
        strengthened,
        [
            "component.http.uses: `http` -> `app` is no longer allowed",
            "policy.dev: it is `check` instead of `exempt`",
            "raw-sql: it speaks of `shop::db`",
        ]
    );
}

/// The database layer is moved and its module renamed, with the policy following: nobody may do more. If the edit lets
/// somebody do more on the way, that is still seen.
#[test]
fn what_follows_the_code_weakens_nothing() {
    let code_now = CODE.replace("shop::db", "shop::http::storage");
    let code_then = CODE;
    let told = |edits: &[(&str, &str)]| {
        let mut text = BASE.replace("shop::db", "shop::http::storage");
        for (old, new) in edits {
            assert!(text.contains(old));
            text = text.replacen(old, new, 1);
        }
        let (base, head) = (read(BASE), read(&text));
        let then = graph_for(&[&base], code_then);
        let mut now = graph_for(&[&base, &head], &code_now);
        let moves = Moves::between(&then, &now);
        assert_eq!(moves.each().collect::<Vec<_>>(), [("shop::db", "shop::http::storage")]);
        let followed = {
            let newer = BoundPolicy::bind(&head, &now).policy;
            base.following(&then, &now, &moves, &newer)
        };
        now.add_paths(followed.patterns());
        let (older, newer) = (BoundPolicy::bind(&followed, &now), BoundPolicy::bind(&head, &now));
        assert_eq!(newer.problems, []);
        let changes = compare(&now, &older.policy, &newer.policy);
        let each = changes
            .weakened
            .iter()
            .map(|change| format!("{}: {}", change.rule.as_str(), change.weakened()));
        each.collect::<Vec<_>>()
    };
    assert_eq!(told(&[]), [""; 0]);
    assert_eq!(
        told(&[("except = \"db\"", "except = [\"db\", \"app\"]")]),
        ["raw-sql: it no longer speaks of `shop::app`"]
    );
    // The code has moved into the territory of `http`, which owns it now.
    let taken = [(
        "shop::http::storage\", public = \"shop::http::storage::repo",
        "shop::features::cart::model\", public = \"shop::features::cart::model",
    )];
    assert_eq!(
        told(&taken)[0],
        "component.db.paths: `shop::features::cart::model` is in `db`, and was in `features.cart`"
    );
}
