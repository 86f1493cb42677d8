//! The published JSON Schemas, generated from the types that are printed. Behind the feature `schema`: the tool itself
//! never needs them.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::model::{PolicySource, Verdict};
use crate::advice::document::GuardDocument;
use crate::decisions::{BaselineDocument, ExceptionListing};
use crate::difference::DifferenceDocument;
use crate::document::GraphDocument;
use crate::explain::Explanation;
use crate::packs::PacksDocument;
use crate::proof::ProofDocument;

/// The schema of the verdict that `check --format json` prints.
pub fn verdict_schema() -> Schema {
    generate::<Verdict>("archguard verdict, schema 1")
}

/// The schema of the document that `graph --format json` prints.
pub fn graph_schema() -> Schema {
    generate::<GraphDocument<'static>>("archguard graph, schema 1")
}

/// The schema of the document that `diff --format json` prints.
pub fn diff_schema() -> Schema {
    generate::<DifferenceDocument>("archguard difference, schema 1")
}

/// The schema of the document that `packs --format json` prints.
pub fn packs_schema() -> Schema {
    generate::<PacksDocument<'static>>("archguard packs, schema 1")
}

/// The schema of the document that `explain --format json` prints.
pub fn explain_schema() -> Schema {
    generate::<Explanation>("archguard explanation, schema 1")
}

/// The schema of the document that `guard --format json` prints.
pub fn guard_schema() -> Schema {
    generate::<GuardDocument>("archguard guidance, schema 1")
}

/// The schema of the document that `prove --format json` prints.
pub fn prove_schema() -> Schema {
    generate::<ProofDocument>("archguard proof, schema 1")
}

/// The schema of the document that `exceptions --format json` prints.
pub fn exceptions_schema() -> Schema {
    generate::<ExceptionListing>("archguard exceptions, schema 1")
}

/// The schema of the document that `baseline --format json` prints.
pub fn baseline_schema() -> Schema {
    generate::<BaselineDocument>("archguard baseline, schema 1")
}

fn generate<T: JsonSchema>(title: &str) -> Schema {
    // Everything that is printed is always printed: the schema speaks of output, so no field is optional.
    let mut schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema
}

impl JsonSchema for PolicySource {
    fn schema_name() -> Cow<'static, str> {
        "PolicySource".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Where the policy's text comes from: the work tree or a base commit.",
            "type": "string",
            "pattern": "^(worktree|base:.+)$"
        })
    }
}
