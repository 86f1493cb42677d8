//! How enums that other modules own are printed in JSON, and read again: by the one word that they already have. No word is stated twice,
//! so the published schema lists exactly what can come out.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::finding::Lint;
use crate::graph::{ReferenceKind, Resolution, UnresolvedReason};
use crate::policy::model::Severity;
use crate::problem::ProblemCode;

/// Prints an enum as its word, reads it by that, and lists all its words in the schema.
macro_rules! printed_as_word {
    ($type:ident, $word:expr, $all:expr, $description:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($word(*self))
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                let known = $all.into_iter().find(|&it| $word(it) == word);
                known.ok_or_else(|| serde::de::Error::custom(format!("`{word}` is no word for it")))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let words: Vec<&str> = $all.into_iter().map($word).collect();
                schemars::json_schema!({ "description": $description, "type": "string", "enum": words })
            }
        }
    };
}

printed_as_word!(Lint, Lint::id, Lint::ALL, "The kind of finding.");
printed_as_word!(ProblemCode, ProblemCode::word, ProblemCode::ALL, "The kind of problem.");
printed_as_word!(
    ReferenceKind,
    ReferenceKind::word,
    ReferenceKind::ALL,
    "What a reference does."
);
printed_as_word!(
    UnresolvedReason,
    UnresolvedReason::word,
    UnresolvedReason::ALL,
    "Why a path did not resolve."
);
printed_as_word!(
    Severity,
    severity_word,
    [Severity::Error, Severity::Warn],
    "Whether a finding fails the check."
);
printed_as_word!(
    Resolution,
    resolution_word,
    [Resolution::Resolved, Resolution::Inferred],
    "How source evidence knows a reference."
);

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warn",
    }
}

fn resolution_word(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Resolved => "resolved",
        Resolution::Inferred => "inferred",
    }
}
