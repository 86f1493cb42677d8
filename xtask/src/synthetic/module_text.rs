//! The text of one module of ordinary code: a type with its methods, a trait, functions that call what stands elsewhere.
//! Where that is, is decided by `layered`.

use std::fmt::Write as _;
use std::ops::Range;

/// Other modules that each imports from.
pub(crate) const IMPORTS: usize = 4;
/// References in the text of a function below.
pub(crate) const REFERENCES_OF_A_FUNCTION: usize = 16;

/// A module with code, and the path by which it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    krate: usize,
    part: usize,
    module: String,
}

impl Target {
    pub(crate) fn new(krate: usize, part: usize, module: String) -> Self {
        Self { krate, part, module }
    }

    /// The module itself.
    pub(crate) fn own(krate: usize, part: usize) -> Self {
        Self::new(krate, part, "self".to_owned())
    }

    fn record(&self) -> String {
        format!("Record{}X{}", self.krate, self.part)
    }

    fn step(&self, number: usize) -> String {
        format!("step_{}_{}_{number}", self.krate, self.part)
    }
}

/// The root of a crate.
pub(crate) fn root(areas: usize) -> String {
    let mut text = "//! A crate.\n\nmacro_rules! plus {\n    ($left:expr, $right:expr) => {\n        \
                    u64::wrapping_add($left, $right)\n    };\n}\n\n"
        .to_owned();
    for area in 0..areas {
        let _ = write!(text, "pub mod area_{area};\npub use area_{area}::*;\n");
    }
    text.push_str("\npub trait Described {\n    fn describe(&self) -> String;\n}\n");
    text
}

/// An area: it has parts, and hands them on.
pub(crate) fn area(parts: Range<usize>) -> String {
    let mut text = "//! An area.\n\n".to_owned();
    for part in parts {
        let _ = write!(text, "pub mod part_{part};\npub use self::part_{part}::*;\n");
    }
    text
}

/// A part: what it imports, its type, and a function for each pair of what it names.
pub(crate) fn part(own: &Target, imported: &[Target], named: &[[Target; 2]]) -> String {
    let mut text = "//! A part.\n\nuse std::collections::BTreeMap;\n\nuse crate::Described;\n".to_owned();
    let mut records: Vec<String> = vec![own.record()];
    for target in imported {
        // A name can be imported once.
        if !records.contains(&target.record()) {
            records.push(target.record());
            let _ = writeln!(text, "use {}::{};", target.module, target.record());
        }
    }
    text.push_str(&record(&own.record()));
    for (number, pair) in named.iter().enumerate() {
        let imported = &records[number % records.len()];
        text.push_str(&function(own, number, imported, pair));
    }
    text
}

fn record(name: &str) -> String {
    format!(
        "
/// What is counted.
#[derive(Debug, Clone, Default)]
pub struct {name} {{
    pub count: u64,
    pub limit: u64,
}}

impl {name} {{
    /// With a limit.
    pub fn new(limit: u64) -> Self {{
        Self {{ count: 0, limit }}
    }}

    /// The sum of both.
    pub fn total(&self) -> u64 {{
        self.count + self.limit
    }}

    /// By name.
    pub fn by_name(&self) -> BTreeMap<&'static str, u64> {{
        BTreeMap::from([(\"count\", self.count), (\"limit\", self.limit)])
    }}
}}

impl Described for {name} {{
    fn describe(&self) -> String {{
        format!(\"{{}} of {{}}\", self.count, self.limit)
    }}
}}
"
    )
}

fn function(own: &Target, number: usize, imported: &str, [first, second]: &[Target; 2]) -> String {
    let (step, given) = (own.step(number), own.record());
    let first_record = format!("{}::{}", first.module, first.record());
    let second_record = format!("{}::{}", second.module, second.record());
    let called = format!("{}::{}", first.module, first.step(0));
    format!(
        "
/// Adds up what others count.
pub fn {step}(given: &{given}) -> u64 {{
    let first = {first_record}::new(7);
    let second = {second_record} {{ count: given.count, limit: 3 }};
    let third = {imported}::default();
    let mut sum = plus!(first.total(), second.total());
    if sum > second.limit {{
        sum += {called}(&first);
    }}
    let text = given.describe();
    sum + third.count + text.len() as u64
}}
"
    )
}
