//! The two files that stand beside the policy.

use super::shape::{Key, Shape, Table};

/// `archguard.exceptions.toml`.
pub(in crate::policy) const EXCEPTIONS: Table = Table::new(
    "exceptions-file",
    "Findings that somebody decided to accept for a time.",
    &[Key::new("except", Shape::Tables(&EXCEPT), "One accepted finding each.")],
);

/// `[[except]]`.
pub(in crate::policy) const EXCEPT: Table = Table::new(
    "except",
    "One finding that is accepted until a day.",
    &[
        Key::new("rule", Shape::Said, "The rule's id, also one of the tool's own.").required(),
        Key::new("from", Shape::Said, "The item that the finding is about, exactly.").required(),
        Key::new(
            "to",
            Shape::Said,
            "The definition that it leads to, exactly; left out where the finding has none.",
        ),
        Key::new("reason", Shape::Said, "Why it is accepted.").required(),
        Key::new("owner", Shape::Said, "Who answers for that.").required(),
        Key::new(
            "until",
            Shape::Day,
            "The last day on which it is accepted, `\"2027-01-31\"`; what is no day is over.",
        )
        .required(),
    ],
);

/// `archguard.baseline.toml`.
pub(in crate::policy) const BASELINE: Table = Table::new(
    "baseline-file",
    "Findings that stood when the rules came; written by `cargo archguard baseline`, never by hand.",
    &[
        Key::new(
            "version",
            Shape::Version,
            "The version of the format; there is one, `1`.",
        )
        .required(),
        Key::new("findings", Shape::Tables(&FROZEN), "One frozen finding each.").required(),
    ],
);

/// An entry of `findings`.
pub(in crate::policy) const FROZEN: Table = Table::new(
    "frozen",
    "One frozen finding.",
    &[
        Key::new("rule", Shape::Text, "The rule's id.").required(),
        Key::new("from", Shape::Text, "The item that the finding is about.").required(),
        Key::new(
            "to",
            Shape::Text,
            "The definition that it leads to, if it leads anywhere.",
        ),
        Key::new("sites", Shape::Count, "At how many places it stood.").required(),
        Key::new(
            "fingerprint",
            Shape::Text,
            "The finding's fingerprint: a changed entry is refused.",
        )
        .required(),
    ],
);
