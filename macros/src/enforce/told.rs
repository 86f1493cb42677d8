//! A finding as a text that stands alone: what is wrong, where, the line itself, why, and what to do instead.

use std::fs;

use archguard_check::SourceFiles;
use archguard_invariants::verdict::{Finding, ProblemEntry, SiteEntry};

/// More places than these are counted.
const PLACES: usize = 8;
/// A longer line would bury the message.
const LONGEST_LINE: usize = 200;

/// What a finding says.
pub(super) fn finding(finding: &Finding, sources: &SourceFiles) -> String {
    let mut lines = vec![format!("{} [{}/{}]", finding.message, finding.rule, finding.lint.id())];
    for site in finding.sites.iter().take(PLACES) {
        lines.push(format!("  --> {}:{}:{}", site.file, site.line, site.column));
        lines.extend(excerpt(site, sources));
    }
    if let Some(more) = finding.sites.len().checked_sub(PLACES).filter(|&more| more > 0) {
        lines.push(format!("   = and {more} more places"));
    }
    let hops = finding.chain.iter();
    lines.extend(hops.map(|hop| {
        format!(
            "   = `{}` -> `{}` ({}:{}:{})",
            hop.from, hop.to, hop.file, hop.line, hop.column
        )
    }));
    lines.extend(finding.because.iter().map(|because| format!("   = because: {because}")));
    if !finding.instead.is_empty() {
        lines.push(format!("   = instead: {}", finding.instead.join(", ")));
    }
    lines.join("\n")
}

/// What a problem says.
pub(super) fn problem(problem: &ProblemEntry) -> String {
    let mut lines = vec![format!("{} [{}]", problem.message, problem.code.word())];
    if let Some(file) = &problem.file {
        let place = problem.line.zip(problem.column);
        let place = place
            .map(|(line, column)| format!(":{line}:{column}"))
            .unwrap_or_default();
        lines.push(format!("  --> {file}{place}"));
    }
    lines.extend(
        problem
            .suggestion
            .iter()
            .map(|near| format!("   = did you mean `{near}`?")),
    );
    lines.join("\n")
}

/// The line of a place with the place underlined; nothing where the file is not what it was.
fn excerpt(site: &SiteEntry, sources: &SourceFiles) -> Vec<String> {
    let known = sources.paths.iter().find(|(display, _)| *display == site.file);
    let text = known
        .and_then(|(_, path)| fs::read_to_string(path).ok())
        .unwrap_or_default();
    let line = text
        .trim_start_matches('\u{feff}')
        .lines()
        .nth(site.line.saturating_sub(1) as usize);
    let Some(line) = line.filter(|line| line.len() <= LONGEST_LINE) else {
        return Vec::new();
    };
    let before = site.column.saturating_sub(1) as usize;
    let width = line.chars().count();
    let end = if site.end_line == site.line {
        site.end_column.saturating_sub(1) as usize
    } else {
        width
    };
    if before >= end || end > width {
        return Vec::new();
    }
    // Tabs stay tabs, so that what is underlined stands below.
    let space: String = line
        .chars()
        .take(before)
        .map(|it| if it == '\t' { '\t' } else { ' ' })
        .collect();
    let number = site.line.to_string();
    let margin = " ".repeat(number.len());
    vec![
        format!("{margin} |"),
        format!("{number} | {line}"),
        format!("{margin} | {space}{}", "^".repeat(end - before)),
    ]
}
