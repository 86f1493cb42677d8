//! Reader and schema agree: of every value of a file that says everything, each with everything wrong that can be wrong with
//! its type, with keys that are not there and without those that are.

use archguard_invariants::policy::format::PolicyFile;
use archguard_invariants::problem::ProblemCode;

use super::everything::{problems, text};
use super::schema::objections;

/// A way down from the whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// All values of a file by the way to them.
fn ways(value: &toml::Value, way: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    found.push(way.clone());
    let steps: Vec<(Step, &toml::Value)> = match value {
        toml::Value::Table(table) => table.iter().map(|(key, it)| (Step::Key(key.clone()), it)).collect(),
        toml::Value::Array(array) => array.iter().enumerate().map(|(at, it)| (Step::Index(at), it)).collect(),
        _ => Vec::new(),
    };
    for (step, inner) in steps {
        way.push(step);
        ways(inner, way, found);
        way.pop();
    }
}

fn at<'v>(value: &'v mut toml::Value, way: &[Step]) -> &'v mut toml::Value {
    way.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Index(index) => &mut value[*index],
    })
}

/// Values of every type, empty ones among them.
fn other_values() -> Vec<toml::Value> {
    let table: toml::Table = "
        values = [ 7, -1, 1.5, true, 'nonsense-word', '', 2026-01-31, [], [7], [[]], [['a', 7]], ['a', 'b'], ['nonsense word'], {}, { nonsense = 1 },
            { nonsense = 'a' }, [{}], [{ nonsense = 'a' }], 99999999999, 'pack:nonsense', ['literal:nonsense'] ]"
        .parse()
        .expect("it is TOML");
    table["values"].as_array().cloned().unwrap_or_default()
}

/// The file with one thing changed, each with a word for what was changed.
fn variants(file: PolicyFile) -> Vec<(String, toml::Value)> {
    let whole: toml::Table = text(file).parse().expect("it is TOML");
    let whole = toml::Value::Table(whole);
    let mut all = Vec::new();
    ways(&whole, &mut Vec::new(), &mut all);
    let mut variants = Vec::new();
    for way in &all {
        let mut change = |what: String, change: &dyn Fn(&mut toml::Value)| {
            let mut changed = whole.clone();
            change(at(&mut changed, way));
            variants.push((format!("{way:?} {what}"), changed));
        };
        // A file is a table, whatever stands in it.
        for other in other_values().iter().filter(|_| !way.is_empty()) {
            change(format!("= {other}"), &|value| *value = other.clone());
        }
        let keys: Vec<String> = match at(&mut whole.clone(), way).as_table() {
            Some(table) => table.keys().cloned().collect(),
            None => continue,
        };
        for key in keys {
            change(format!("without {key}"), &|value| {
                value.as_table_mut().and_then(|table| table.remove(&key));
            });
        }
        change("with a further key".to_owned(), &|value| {
            value
                .as_table_mut()
                .and_then(|table| table.insert("nonsense".to_owned(), 1.into()));
        });
    }
    variants
}

/// What the reader calls a mistake of form and no schema can see, by what it says.
const BEYOND_A_SCHEMA: [&str; 1] = [
    // Editors show a date as its text.
    "this is a datetime",
];

#[test]
fn reader_and_schema_agree_on_what_has_the_right_form() {
    let (mut refused, mut accepted) = (0, 0);
    let mut faults = Vec::new();
    for file in PolicyFile::ALL {
        for (what, value) in variants(file) {
            let problems = problems(file, &toml::to_string(&value).expect("it is TOML"));
            let objections = objections(file, &value);
            let form: Vec<&str> = problems
                .iter()
                .filter(|problem| matches!(problem.code, ProblemCode::PolicySyntax | ProblemCode::UnknownKey))
                .map(|problem| problem.message.as_str())
                .filter(|message| BEYOND_A_SCHEMA.iter().all(|beyond| !message.contains(beyond)))
                .collect();
            match (form.is_empty(), objections.is_empty()) {
                (false, true) => faults.push(format!("{} {what}: only the reader: {form:?}", file.word())),
                (_, false) if problems.is_empty() => {
                    faults.push(format!("{} {what}: only the schema: {objections:?}", file.word()));
                }
                (_, false) => refused += 1,
                (true, true) => accepted += 1,
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} disagreements:\n{}",
        faults.len(),
        faults.join("\n")
    );
    assert!(
        refused > 1000 && accepted > 100,
        "{refused} refused, {accepted} accepted"
    );
}
