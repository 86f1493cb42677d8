//! What `docs/threat-model.md` says of builds.

use std::fs;
use std::path::Path;

/// Every place of the line is told.
pub(super) const YES: &str = "yes";
/// Some places are.
pub(super) const IN_PART: &str = "in part";
/// None is.
pub(super) const NO: &str = "no";

/// The word in a line's column.
pub(super) fn in_the_build(line: u32) -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/threat-model.md");
    let page = fs::read_to_string(page).unwrap();
    let start = format!("| {line} |");
    let row = page.lines().find(|row| row.starts_with(&start));
    let row = row.unwrap_or_else(|| panic!("docs/threat-model.md has no row {line}"));
    let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
    assert_eq!(cells.len(), 5, "{row}");
    cells[3].to_owned()
}
