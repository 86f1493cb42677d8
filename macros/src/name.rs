//! What names of components and ids of rules look like. Whether the policy has them is not known here.

/// Accepts the name of a component (`[a-z][a-z0-9_-]*`) or of a member of a family (`features.cart`).
pub(crate) fn check_component(name: &str) -> Result<(), String> {
    if is_component(name) {
        return Ok(());
    }
    let form = "lower-case letters, digits, `_` and `-`, beginning with a letter, and `.member` for one of a family";
    Err(format!(
        "`{name}` is not the name of a component ({form}){}",
        meant(&lowered(name), is_component)
    ))
}

/// Accepts the id of a rule, also one that the tool reserves (`component.http.uses`).
pub(crate) fn check_rule(id: &str) -> Result<(), String> {
    if is_rule(id) {
        return Ok(());
    }
    let form = "letters, digits, `_`, `-` and `.`, beginning with a lower-case letter, as in the policy";
    Err(format!(
        "`{id}` is not the id of a rule ({form}){}",
        meant(&lowered(id), is_rule)
    ))
}

fn is_component(name: &str) -> bool {
    let (family, member) = name
        .split_once('.')
        .map_or((name, None), |(family, member)| (family, Some(member)));
    begins_well(family)
        && family.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_' || it == '-')
        // A member is named by what the `*` of its family matched: part of a module's or a crate's name.
        && member.is_none_or(is_segment)
}

fn is_rule(id: &str) -> bool {
    begins_well(id) && id.split('.').all(is_segment)
}

fn begins_well(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
}

fn is_segment(segment: &str) -> bool {
    !segment.is_empty() && segment.chars().all(|it| it.is_alphanumeric() || it == '_' || it == '-')
}

fn meant(candidate: &str, is_right: fn(&str) -> bool) -> String {
    if is_right(candidate) {
        format!(": did you mean `{candidate}`?")
    } else {
        String::new()
    }
}

/// The same name in lower case, its words joined by `-`: `HttpApi` and `http api` become `http-api`.
fn lowered(name: &str) -> String {
    let mut lowered = String::new();
    let mut after_small = false;
    for character in name.trim().chars() {
        if character.is_uppercase() && after_small {
            lowered.push('-');
        }
        after_small = character.is_lowercase() || character.is_numeric();
        if character.is_whitespace() {
            lowered.push('-');
        } else {
            lowered.extend(character.to_lowercase());
        }
    }
    lowered
}

#[cfg(test)]
mod tests {
    use super::{check_component, check_rule};

    #[test]
    fn names_of_components_and_members_are_accepted() {
        for name in [
            "persistence",
            "a",
            "http-api",
            "http_2",
            "features.cart",
            "features.Cart",
            "crates.2d",
        ] {
            assert_eq!(check_component(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn other_names_are_refused_and_repaired_where_it_is_clear() {
        for (name, expected) in [
            ("", None),
            ("Persistence", Some("`persistence`?")),
            ("HttpApi", Some("`http-api`?")),
            ("http api ", Some("`http-api`?")),
            ("shop::db", None),
            ("2d", None),
            ("_http", None),
            (".cart", None),
            ("features.", None),
            ("features.cart.items", None),
            ("features.*", None),
            ("größe", None),
        ] {
            let message = check_component(name).expect_err(name);
            assert_eq!(
                message.contains("did you mean"),
                expected.is_some(),
                "{name}: {message}"
            );
            assert!(message.contains(expected.unwrap_or_default()), "{name}: {message}");
        }
    }

    #[test]
    fn ids_of_rules_are_accepted_with_the_reserved_ones() {
        for id in [
            "raw-sql",
            "no_cycles",
            "component.http.uses",
            "policy.unassigned",
            "component.features.Cart.uses",
        ] {
            assert_eq!(check_rule(id), Ok(()), "{id}");
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for (id, expected) in [
            ("", None),
            ("raw sql", Some("`raw-sql`?")),
            ("Raw-SQL", Some("`raw-sql`?")),
            ("*", None),
            ("raw-sql,sql-text", None),
            ("component..uses", None),
        ] {
            let message = check_rule(id).expect_err(id);
            assert_eq!(message.contains("did you mean"), expected.is_some(), "{id}: {message}");
            assert!(message.contains(expected.unwrap_or_default()), "{id}: {message}");
        }
    }
}
