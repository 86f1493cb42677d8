//! The format as JSON Schema. Draft 7 and nothing referred to, because that is what editors of TOML read; what cannot be
//! said in it (names that must exist, patterns) only the reader says.

use serde_json::{Map, Value, json};

use super::shape::{Key, Shape, Table};
use super::words::Word;
use crate::packs::Pack;
use crate::pattern::LiteralKind;

/// The schema of a file.
pub(super) fn schema_of(title: &str, table: &Table) -> Value {
    let mut schema = of_table(table);
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!(title));
    Value::Object(schema)
}

fn of_table(table: &Table) -> Map<String, Value> {
    let properties: Map<String, Value> = table.all_keys().map(|key| (key.name.to_owned(), of_key(key))).collect();
    let mut schema = Map::new();
    let mut set = |name: &str, value: Value| schema.insert(name.to_owned(), value);
    set("type", json!("object"));
    set("description", json!(table.about));
    set("properties", Value::Object(properties));
    set("additionalProperties", json!(false));
    let required: Vec<&str> = table
        .all_keys()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    if !required.is_empty() {
        set("required", json!(required));
    }
    if !table.one_of.is_empty() {
        let one: Vec<Value> = table.one_of.iter().map(|name| json!({ "required": [name] })).collect();
        set("oneOf", json!(one));
    }
    if table.filled {
        set("minProperties", json!(1));
    }
    schema
}

fn of_key(key: &Key) -> Value {
    let mut schema = of_shape(key.shape);
    schema.insert("description".to_owned(), json!(key.about));
    if let Some(default) = key.default {
        schema.insert("default".to_owned(), json_of(default));
    }
    Value::Object(schema)
}

/// A value written in TOML.
fn json_of(toml: &str) -> Value {
    let table: toml::Table = format!("it = {toml}").parse().expect("a default is written in TOML");
    serde_json::to_value(&table["it"]).expect("a value of TOML is one of JSON")
}

fn of_shape(shape: Shape) -> Map<String, Value> {
    let schema = match shape {
        Shape::Version => json!({ "type": "integer", "const": 1 }),
        Shape::Text | Shape::Day => text(),
        Shape::Said => json!({ "type": "string", "pattern": "\\S" }),
        Shape::Id => json!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$" }),
        Shape::ToolVersion => json!({ "type": "string", "pattern": "^[0-9]+\\.[0-9]+(\\.[0-9]+)?$" }),
        Shape::Count => json!({ "type": "integer", "minimum": 0 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Word(words) => json!({ "type": "string", "enum": words }),
        Shape::Words(words) => one_or_several(&explained(&words()), 1),
        Shape::Texts(least) | Shape::Paths(least) | Shape::Code(least) => one_or_several(&text(), least),
        Shape::Anything(least) => one_or_several(&external(), least),
        Shape::Targets => {
            let replacements = json!({ "type": "object", "additionalProperties": text() });
            any_of(&[external(), list_of(&external(), 0), replacements])
        }
        Shape::Order => list_of(&one_or_several(&text(), 0), 1),
        Shape::Component(table) => any_of(&[text(), list_of(&text(), 1), Value::Object(of_table(table))]),
        Shape::Named(inner) => json!({ "type": "object", "additionalProperties": of_shape(*inner) }),
        Shape::Table(table) => Value::Object(of_table(table)),
        Shape::Tables(table) => list_of(&Value::Object(of_table(table)), 0),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

fn text() -> Value {
    json!({ "type": "string" })
}

/// One of these words. What each stands for is in the form that the widespread language server for TOML shows.
fn explained(words: &[Word]) -> Value {
    let abouts: Vec<&str> = words.iter().map(|word| word.about).collect();
    let words: Vec<&str> = words.iter().map(|word| word.word).collect();
    json!({ "type": "string", "enum": words, "x-taplo": { "docs": { "enumValues": abouts } } })
}

fn list_of(entry: &Value, least: usize) -> Value {
    let mut schema = json!({ "type": "array", "items": entry });
    if least > 0 {
        schema["minItems"] = json!(least);
    }
    schema
}

fn one_or_several(entry: &Value, least: usize) -> Value {
    any_of(&[entry.clone(), list_of(entry, least)])
}

fn any_of<const N: usize>(choices: &[Value; N]) -> Value {
    json!({ "anyOf": choices.as_slice() })
}

/// An entry that may be a pack or a kind of literal: these are offered, and others that look like one are none. What has
/// braces is left to the reader.
fn external() -> Value {
    let packs = Pack::all().iter().map(|pack| format!("pack:{}", pack.name));
    let literals = LiteralKind::ALL
        .into_iter()
        .map(|kind| format!("literal:{}", kind.word()));
    let known: Vec<String> = packs.chain(literals).collect();
    json!({ "anyOf": [
        { "type": "string", "enum": known },
        { "type": "string", "not": { "pattern": "^(pack|literal):[^:{}][^{}]*$" } },
    ] })
}
