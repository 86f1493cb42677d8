//! A draft as the text of a policy: each line with what was seen.

use std::fmt::Write;

use super::components::{Draft, DraftComponent, Use};

/// How many names of a list stand in a comment.
const NAMES_SHOWN: usize = 12;

impl Draft {
    /// The policy's text.
    pub fn to_toml(&self) -> String {
        let mut text = String::from(HEAD);
        self.write_components(&mut text);
        self.write_layers(&mut text);
        self.write_cycles(&mut text);
        self.write_suggestions(&mut text);
        text
    }

    pub(super) fn name(&self, index: usize) -> &str {
        &self.components[index].name
    }

    fn write_components(&self, text: &mut String) {
        text.push_str("\n[components]\n");
        for (index, component) in self.components.iter().enumerate() {
            line(text, &format!("# {}", self.seen(index, component)));
            if !component.crates.is_empty() {
                line(text, &format!("# External crates: {}.", shown(&component.crates)));
            }
            for used in component.uses.iter().filter(|used| !used.allowed) {
                line(
                    text,
                    &format!("# Not listed, though used today: {}", self.upward(index, used)),
                );
            }
            let uses = component.uses.iter().filter(|used| used.allowed);
            let uses: Vec<String> = uses.map(|used| quoted(self.name(used.component))).collect();
            let entry = format!(
                "{} = {{ paths = {}, uses = [{}] }}",
                key(&component.name),
                list(&component.paths),
                uses.join(", ")
            );
            line(text, &entry);
        }
    }

    /// How large a component is, what it uses and who uses it.
    fn seen(&self, index: usize, component: &DraftComponent) -> String {
        let uses: Vec<String> = component
            .uses
            .iter()
            .map(|used| format!("{} ({})", self.name(used.component), used.references))
            .collect();
        let used_by = self
            .components
            .iter()
            .filter(|other| other.uses.iter().any(|used| used.component == index));
        let used_by: Vec<String> = used_by.map(|other| other.name.clone()).collect();
        let modules = match component.modules {
            1 => "1 module".to_owned(),
            number => format!("{number} modules"),
        };
        let uses = if uses.is_empty() {
            "uses none of the others".to_owned()
        } else {
            format!("uses {}", shown(&uses))
        };
        let used_by = if used_by.is_empty() {
            "used by none".to_owned()
        } else {
            format!("used by {}", shown(&used_by))
        };
        format!("{modules}; {uses}; {used_by}.")
    }

    fn upward(&self, from: usize, used: &Use) -> String {
        let references = match used.references {
            1 => "1 reference".to_owned(),
            number => format!("{number} references"),
        };
        let (file, line) = &used.first;
        format!(
            "{} -> {}: {references}, the first at {file}:{line}",
            self.name(from),
            self.name(used.component)
        )
    }

    fn write_layers(&self, text: &mut String) {
        if self.layers.is_empty() {
            line(text, "\n# No layering: no component uses another.");
            return;
        }
        line(
            text,
            "\n# From top to bottom: each as low as what it uses lets it be, what nobody uses at the top. Those in one",
        );
        line(
            text,
            "# pair of brackets do not use each other today, and may not. Name the layers as you think of them.",
        );
        if self.upward.is_empty() {
            line(text, "# Nothing points upwards today.");
        } else {
            line(
                text,
                "# Against it today, left as findings (the fewest references that would have to go):",
            );
            for upward in &self.upward {
                let uses = self.components[upward.from].uses.iter();
                for used in uses.filter(|used| used.component == upward.to) {
                    line(text, &format!("#   {}", self.upward(upward.from, used)));
                }
            }
        }
        line(text, "[[layers]]\nid      = \"layering\"\norder   = [");
        for layer in &self.layers {
            let names: Vec<String> = layer.iter().map(|&index| quoted(self.name(index))).collect();
            match names.as_slice() {
                [only] => line(text, &format!("    {only},")),
                names => line(text, &format!("    [{}],", names.join(", "))),
            }
        }
        line(
            text,
            "]\nbecause = \"The order that the code has kept so far: say here why it should.\"",
        );
    }

    fn write_cycles(&self, text: &mut String) {
        if self.knots.is_empty() {
            line(text, "\n# There is no circle among the components today.");
        } else {
            line(text, "\n# Circles today, left as findings:");
            for knot in &self.knots {
                let names: Vec<String> = knot.iter().map(|&index| self.name(index).to_owned()).collect();
                line(text, &format!("#   {}", shown(&names)));
            }
        }
        line(text, "[[acyclic]]\nid      = \"no-cycles\"\namong   = [\"components\"]");
        line(
            text,
            "because = \"What goes round in circles can only be understood, tested and changed as a whole.\"",
        );
    }
}

const HEAD: &str = "\
# The architecture of this workspace, drafted by `cargo archguard init` from its code: read it, and change it to what you
# mean. `cargo archguard` lists what the code does against it. Numbers count references of production code.
# Editors complete and check it: `cargo archguard schema > archguard.schema.json`, and here as the first line
# `#:schema ./archguard.schema.json`.
version = 1
";

pub(super) fn line(text: &mut String, content: &str) {
    writeln!(text, "{content}").expect("a String takes every text");
}

/// A name as a key: bare where TOML lets it be.
fn key(name: &str) -> String {
    let is_bare = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    if name.chars().all(is_bare) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// Names and paths hold neither quotes nor backslashes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn list(paths: &[String]) -> String {
    match paths {
        [only] => quoted(only),
        several => format!(
            "[{}]",
            several.iter().map(|path| quoted(path)).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Names in a comment, of many the beginning and the number.
pub(super) fn shown(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMES_SHOWN);
    let first = names[..names.len() - more].join(", ");
    if more == 0 {
        first
    } else {
        format!("{first} and {more} more")
    }
}
