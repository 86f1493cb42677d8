//! The baseline's file: one entry a line, sorted, so that two branches that fix different findings merge.

use std::fmt::Write;

use super::Baseline;

const HEAD: &str = "\
# Findings that were there before the rules. Written by `cargo archguard baseline`, not by hand: it only shrinks.
version = 1
findings = [
";

impl Baseline {
    /// The file's text: the same entries, the same bytes.
    pub fn to_text(&self) -> String {
        let mut text = HEAD.to_owned();
        for entry in &self.entries {
            let to = entry.to.as_deref().map(|to| format!("to = {}, ", quoted(to)));
            let written = writeln!(
                text,
                "    {{ rule = {}, from = {}, {}sites = {}, fingerprint = {} }},",
                quoted(entry.rule.as_str()),
                quoted(&entry.from),
                to.unwrap_or_default(),
                entry.sites,
                quoted(&entry.fingerprint),
            );
            written.expect("a text can always be written to");
        }
        text.push_str("]\n");
        text
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
