//! What holds of every policy: laws of permissions, and that order of declaration decides nothing.

use proptest::prelude::*;

use super::{SHOP, with_bound};
use crate::policy::bound::Permission;

const MODULES: [&str; 5] = ["shop::http", "shop::app", "shop::auth", "shop::db", "shop_domain"];

/// A policy with a component for each module and one layering, the names in the given order.
fn layered(order: &[usize]) -> String {
    let components: Vec<_> = MODULES
        .iter()
        .enumerate()
        .map(|(index, path)| format!("c{index} = \"{path}\"\n"))
        .collect();
    let order: Vec<_> = order.iter().map(|index| format!("\"c{index}\"")).collect();
    format!(
        "[components]\n{}[[layers]]\nid = \"l\"\norder = [{}]\n",
        components.concat(),
        order.join(", ")
    )
}

fn permissions(text: &str) -> Vec<(String, String, Permission)> {
    with_bound(text, SHOP, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        let name = |id| bound.policy.component(id).name.as_str().to_owned();
        let pairs = bound
            .policy
            .ids()
            .flat_map(|from| bound.policy.ids().map(move |to| (from, to)));
        let mut found: Vec<_> = pairs
            .map(|(from, to)| (name(from), name(to), bound.policy.permission(from, to)))
            .collect();
        found.sort_by(|first, second| (&first.0, &first.1).cmp(&(&second.0, &second.1)));
        found
    })
}

fn orders() -> impl Strategy<Value = Vec<usize>> {
    Just((0..MODULES.len()).collect::<Vec<_>>()).prop_shuffle()
}

proptest! {
    #[test]
    fn a_layering_never_allows_what_its_reverse_allows(order in orders()) {
        let reverse: Vec<_> = order.iter().rev().copied().collect();
        for (one, other) in permissions(&layered(&order)).into_iter().zip(permissions(&layered(&reverse))) {
            if one.0 != one.1 {
                prop_assert_ne!(one.2 == Permission::Allowed, other.2 == Permission::Allowed);
            }
        }
    }

    #[test]
    fn the_order_of_declarations_changes_nothing(order in orders()) {
        let declared = |order: &[usize]| {
            let components: Vec<_> =
                order.iter().map(|index| format!("c{index} = {{ paths = \"{}\", uses = \"c0\" }}\n", MODULES[*index])).collect();
            format!("[components]\n{}", components.concat())
        };
        let sorted: Vec<_> = (0..MODULES.len()).collect();
        prop_assert_eq!(permissions(&declared(&order)), permissions(&declared(&sorted)));
    }
}
