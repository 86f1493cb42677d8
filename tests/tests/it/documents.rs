//! The policies that the documentation prints are read: what it teaches is accepted.

use archguard_invariants::policy::Policy;

const REFERENCE: &str = include_str!("../../../docs/policy.md");
const RECIPES: &str = include_str!("../../../docs/recipes.md");

/// The blocks of TOML in a page, each with the heading above it.
fn policies(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut heading = "";
    let mut block: Option<String> = None;
    for line in page.lines() {
        match &mut block {
            Some(text) if line == "```" => {
                found.push((heading.to_owned(), std::mem::take(text)));
                block = None;
            }
            Some(text) => {
                text.push_str(line);
                text.push('\n');
            }
            None if line == "```toml" => block = Some(String::new()),
            None => heading = line.strip_prefix("## ").unwrap_or(heading),
        }
    }
    assert_eq!(block, None, "a block does not end");
    found
}

fn all_are_read(page: &str, least: usize) {
    let policies = policies(page);
    assert!(policies.len() >= least, "{} policies", policies.len());
    for (heading, text) in policies {
        let problems = Policy::read(&heading, &text).err().unwrap_or_default();
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, [] as [&str; 0], "{heading}");
    }
}

#[test]
fn every_recipe_is_a_policy() {
    all_are_read(RECIPES, 9);
}

#[test]
fn every_policy_of_the_reference_is_one() {
    all_are_read(REFERENCE, 3);
}
