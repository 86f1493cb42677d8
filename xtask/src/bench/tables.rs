//! What was measured, as tables of Markdown: ratios alone, since seconds are of one machine.

use std::fmt::Write as _;

use super::case::What;
use super::command::Workspace;
use super::growth::{Point, exponent_of};
use super::rounds::Results;
use super::shapes::Hard;
use super::stages::PARSING;
use super::statistics::number;

const NOTHING: &str = "–";

/// A ratio with as many places as it deserves.
fn shown(ratio: Option<f64>) -> String {
    match ratio {
        None => NOTHING.to_owned(),
        Some(ratio) if ratio >= 100.0 => format!("{ratio:.0}"),
        Some(ratio) if ratio >= 10.0 => format!("{ratio:.1}"),
        Some(ratio) => format!("{ratio:.2}"),
    }
}

/// Bytes in units of so many.
fn shown_peak(peak: Option<f64>, unit: f64) -> String {
    peak.map_or(NOTHING.to_owned(), |peak| format!("{:.0}", peak / unit))
}

fn row(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |\n", cells.join(" | "))
}

fn head(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|&cell| cell.to_owned()).collect();
    let rule = "|---".repeat(cells.len());
    format!("{}{rule}|\n", row(cells))
}

/// The ratios that matter, a row for each workspace.
pub(crate) fn targets(workspaces: &[Workspace]) -> String {
    let mut text = head(&[
        "workspace",
        "lines",
        "cold / parse",
        "warm / counting lines",
        "warm / no-op `cargo check`",
        "one file changed, more than warm",
        "peak cold, bytes a line",
    ]);
    for workspace in workspaces {
        let results = &workspace.checks;
        let more = results
            .difference(What::BodyChanged, What::Warm)
            .zip(results.seconds(What::Cold));
        let peak = shown_peak(results.peak(What::Cold), number(workspace.lines));
        text += &row([
            workspace.name.clone(),
            grouped(workspace.lines),
            shown(results.ratio(What::Cold, What::Parse)),
            shown(results.ratio(What::Warm, What::CountLines)),
            shown(results.ratio(What::Warm, What::NoOpCheck)),
            more.map_or(NOTHING.to_owned(), |(more, cold)| {
                format!("{:.1} % of cold", 100.0 * more / cold)
            }),
            peak,
        ]);
    }
    text
}

/// Everything that was measured, workspace by workspace.
pub(crate) fn workspaces(workspaces: &[Workspace]) -> String {
    let each: Vec<String> = workspaces.iter().map(workspace).collect();
    each.join("\n")
}

/// All of one.
pub(crate) fn workspace(workspace: &Workspace) -> String {
    let (name, files, lines) = (&workspace.name, workspace.files, grouped(workspace.lines));
    let mut text = format!("### {name}: {files} files, {lines} lines\n\n");
    text += &against(&workspace.checks, &YARDSTICKS, Some(workspace.lines));
    if let Some(builds) = &workspace.builds {
        let _ = write!(text, "\n{}", against(builds, &BUILDS, None));
    }
    let all = std::iter::once(&workspace.checks).chain(&workspace.builds);
    for (what, code) in all.clone().flat_map(|results| &results.verdicts) {
        let _ = write!(text, "\nEnded with exit code {code}: {}\n", what.label());
    }
    for (what, why) in all.flat_map(|results| &results.refused) {
        let _ = write!(text, "\nNot measured: {}: {why}\n", what.label());
    }
    text
}

/// The yardsticks of what needs no build.
const YARDSTICKS: [(What, &str); 4] = [
    (What::CountLines, "× counting lines"),
    (What::Parse, "× parse"),
    (What::Metadata, "× `cargo metadata`"),
    (What::NoOpCheck, "× no-op `cargo check`"),
];

/// The yardsticks of builds, which were run in other rounds.
const BUILDS: [(What, &str); 3] = [
    (What::OwnCrates, "× `cargo check` of the own crates"),
    (What::OneFile, "× `cargo check`, one file changed"),
    (What::CheckFromNothing, "× `cargo check` from nothing"),
];

/// Everything by the yardsticks that were run in the same rounds, and memory by line where that says something.
fn against(results: &Results, yardsticks: &[(What, &str)], lines: Option<usize>) -> String {
    let columns = yardsticks.iter().map(|(_, label)| *label);
    let first: Vec<&str> = std::iter::once("what").chain(columns).collect();
    let more = ["processors busy", "peak, MiB", "peak, bytes a line"];
    let more = &more[..2 + lines.iter().count()];
    let mut text = head(&[&first[..], more].concat());
    for what in results.measured() {
        let ratios = yardsticks
            .iter()
            .map(|&(yardstick, _)| shown(results.ratio(what, yardstick)));
        let peak = results.peak(what);
        let by_line = lines.map(|lines| shown_peak(peak, number(lines)));
        let mut cells = vec![what.label().to_owned()];
        cells.extend(ratios);
        cells.push(shown(results.processors(what)));
        cells.push(shown_peak(peak, f64::from(1 << 20)));
        cells.extend(by_line);
        text += &row(cells);
    }
    text
}

/// The whole command at every size, with the exponents below.
pub(crate) fn growth(points: &[Point]) -> String {
    let mut text = head(&[
        "modules",
        "lines",
        "references",
        "cold / parse",
        "one file changed / cold",
        "warm / cold",
        "warm / counting lines",
        "peak cold, bytes a line",
    ]);
    for point in points {
        let results = &point.results;
        let peak = shown_peak(results.peak(What::Cold), number(point.lines));
        let references = point.stages.as_ref().map(|stages| grouped(stages.references));
        text += &row([
            grouped(point.modules),
            grouped(point.lines),
            references.unwrap_or(NOTHING.to_owned()),
            shown(results.ratio(What::Cold, What::Parse)),
            shown(results.ratio(What::BodyChanged, What::Cold)),
            shown(results.ratio(What::Warm, What::Cold)),
            shown(results.ratio(What::Warm, What::CountLines)),
            peak,
        ]);
    }
    text.push('\n');
    text + &exponents(points)
}

/// By the clock and on the processors, of all sizes and of the larger half: what a process costs by itself flattens the
/// beginning.
fn exponents(points: &[Point]) -> String {
    let larger = &points[points.len() / 2..];
    let mut text = head(&[
        "what",
        "exponent",
        "of the larger half",
        "on the processors",
        "of the larger half",
    ]);
    let whats = [What::CountLines, What::Parse, What::Cold, What::BodyChanged, What::Warm];
    for what in whats {
        let clock = |point: &Point| point.results.seconds(what);
        let processors = |point: &Point| point.results.processor_seconds(what);
        text += &row([
            what.label().to_owned(),
            shown(exponent_of(points, clock)),
            shown(exponent_of(larger, clock)),
            shown(exponent_of(points, processors)),
            shown(exponent_of(larger, processors)),
        ]);
    }
    text
}

/// Each stage and each lint: how it grows, and what it is of the whole.
pub(crate) fn stages(points: &[Point]) -> String {
    let mut measured = points.iter().filter_map(|point| point.stages.as_ref());
    let Some(last) = measured.next_back() else {
        return String::new();
    };
    let larger = &points[points.len() / 2..];
    let mut text = head(&[
        "stage or lint",
        "exponent",
        "of the larger half",
        "at the largest, × parse",
    ]);
    let parsing = last.seconds.get(PARSING);
    for (name, seconds) in last.that_count() {
        let of = |point: &Point| point.stages.as_ref()?.seconds.get(name).copied();
        let is_lint = !name.contains(' ');
        text += &row([
            if is_lint {
                format!("[{name}](lints/{name}.md)")
            } else {
                name.clone()
            },
            shown(exponent_of(points, of)),
            shown(exponent_of(larger, of)),
            shown(parsing.map(|parsing| seconds / parsing)),
        ]);
    }
    text
}

/// The hard shapes.
pub(crate) fn shapes(shapes: &[Hard]) -> String {
    let mut text = head(&["shape", "stage or lint", "exponent", "at the largest, × parse"]);
    for hard in shapes {
        for stage in hard.stages() {
            text += &row([
                hard.shape.word().to_owned(),
                stage.to_owned(),
                shown(hard.exponent(stage)),
                shown(hard.against_parsing(stage)),
            ]);
        }
    }
    text
}

/// 1,234,567.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_precisely_as_they_are_known() {
        assert_eq!(shown(Some(1.234)), "1.23");
        assert_eq!(shown(Some(12.34)), "12.3");
        assert_eq!(shown(Some(1234.5)), "1234");
        assert_eq!(shown(None), "–");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(12), "12");
    }

    #[test]
    fn what_ended_otherwise_or_not_at_all_stands_below_the_numbers() {
        let mut checks = Results::default();
        checks.verdicts.push((What::Warm, 2));
        checks
            .refused
            .push((What::Metadata, "exit status: 101: no network".to_owned()));
        let text = workspace(&Workspace {
            name: "a".to_owned(),
            files: 1,
            lines: 2,
            checks,
            builds: None,
        });
        assert!(
            text.contains("\nEnded with exit code 2: **warm**: nothing changed\n"),
            "{text}"
        );
        assert!(
            text.contains("\nNot measured: `cargo metadata`: exit status: 101: no network\n"),
            "{text}"
        );
    }

    #[test]
    fn a_table_has_as_many_cells_in_each_line() {
        let text = head(&["a", "b"]) + &row(["1".to_owned(), "2".to_owned()]);
        assert_eq!(text, "| a | b |\n|---|---|\n| 1 | 2 |\n");
    }
}
