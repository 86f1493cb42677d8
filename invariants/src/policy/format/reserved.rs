//! The rules that no policy writes down as a rule: their ids, and what they say.

/// A rule of the tool's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReservedRule {
    /// Its id; `<name>` stands for a component's or a package's name.
    pub id: &'static str,
    /// What breaks it, in Markdown without links.
    pub about: &'static str,
}

/// All of them.
pub const RESERVED_RULES: [ReservedRule; 11] = [
    ReservedRule {
        id: "component.<name>.uses",
        about: "the component uses another that its `uses` leaves out",
    },
    ReservedRule {
        id: "component.<name>.public",
        about: "others write what the component's `public` leaves out",
    },
    ReservedRule {
        id: "component.<name>.crates",
        about: "the component uses an external crate that its `crates` leaves out",
    },
    ReservedRule {
        id: "package.<name>.uses",
        about: "the package uses a component that the `uses` of its own file leaves out",
    },
    ReservedRule {
        id: "package.<name>.crates",
        about: "the package uses an external crate that the `crates` of its own file leaves out",
    },
    ReservedRule {
        id: "policy.undeclared",
        about: "a component without `uses` uses another, and no layering speaks of the two",
    },
    ReservedRule {
        id: "policy.unassigned",
        about: "a module with code is in no component",
    },
    ReservedRule {
        id: "policy.dev_code",
        about: "production code uses development code",
    },
    ReservedRule {
        id: "policy.annotations",
        about: "code says that it belongs to another component than the policy says, or does not say what it has to",
    },
    ReservedRule {
        id: "policy.base",
        about: "the policy denies less than the one at the commit of `--base`",
    },
    ReservedRule {
        id: "policy.exceptions",
        about: "an exception accepts nothing: what it names is not found any more",
    },
];

impl ReservedRule {
    /// Whether an id of a finding is one of this rule.
    pub fn covers(&self, id: &str) -> bool {
        match self.id.split_once("<name>") {
            Some((before, after)) => id
                .strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after))
                .is_some_and(|name| !name.is_empty()),
            None => self.id == id,
        }
    }
}
