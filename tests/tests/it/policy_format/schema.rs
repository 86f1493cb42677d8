//! What the JSON Schemas for editors say of a text.

use std::sync::LazyLock;

use archguard_invariants::policy::format::PolicyFile;
use jsonschema::Validator;
use serde_json::{Map, Value};

static VALIDATORS: LazyLock<Vec<Validator>> = LazyLock::new(|| {
    let validator = |file: PolicyFile| jsonschema::validator_for(&file.json_schema()).expect("the schema is one");
    PolicyFile::ALL.into_iter().map(validator).collect()
});

/// What the schema of a file has against a value.
pub(super) fn objections(file: PolicyFile, value: &toml::Value) -> Vec<String> {
    let index = PolicyFile::ALL.iter().position(|known| *known == file);
    VALIDATORS[index.expect("it is one of them")]
        .iter_errors(&as_editors_see(value))
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// Asserts that a text which the reader took is what the schema of its file describes.
#[track_caller]
pub(crate) fn keeps(file: PolicyFile, text: &str) {
    let value: toml::Table = text.parse().expect("it is TOML");
    assert_eq!(
        objections(file, &toml::Value::Table(value)),
        [] as [String; 0],
        "the schema refuses a {} that is read without problems:\n{text}",
        file.word()
    );
}

/// TOML in the types that JSON has: a date is its text.
fn as_editors_see(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text.clone()),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(entries) => Value::Array(entries.iter().map(as_editors_see).collect()),
        toml::Value::Table(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), as_editors_see(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}
