//! The file format: a header, then sections of sorted lines. `archguard_evidence::std_table` reads it.
//!
//! - `[paths]`: public path, kind letter and, where it differs, the definition, separated by tabs.
//! - `[members]`: a definition with its type or return type after a tab; below it, indented by a tab, its names with
//!   kind letter and type, and after `+` the traits that it implements or requires.
//! - `[arch]`: see `arch`.

use super::definitions::{Definition, Definitions};
use std::fmt::Write as _;

/// The first line of the file.
const TITLE: &str = "archguard standard library table 1";

/// The whole file.
pub(crate) fn table(version: &str, definitions: &Definitions, arch: &str) -> String {
    let mut text = format!("{TITLE}\n{version}\n[paths]\n");
    for ((path, kind), definition) in &definitions.paths {
        let _ = write!(text, "{path}\t{}", kind.letter());
        if definition != path {
            let _ = write!(text, "\t{definition}");
        }
        text.push('\n');
    }
    text.push_str("[members]\n");
    for (path, definition) in &definitions.definitions {
        text.push_str(path);
        write_text(&mut text, definition.text.as_deref());
        write_members(&mut text, definition);
    }
    text.push_str("[arch]\n");
    text.push_str(arch);
    text
}

fn write_members(text: &mut String, definition: &Definition) {
    for ((name, kind), returns) in &definition.members {
        let _ = write!(text, "\t{name}\t{}", kind.letter());
        write_text(text, returns.as_deref());
    }
    for path in &definition.traits {
        let _ = writeln!(text, "\t+{path}");
    }
}

fn write_text(text: &mut String, value: Option<&str>) {
    if let Some(value) = value {
        let _ = write!(text, "\t{value}");
    }
    text.push('\n');
}
