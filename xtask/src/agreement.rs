//! `cargo xtask agreement`: what source and compiler see of workspaces, counted, and with `--list` one line for each
//! reference and each dependency that only one of them saw. It counts what the evidence says; the reasons are told there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use archguard_evidence::compiler::{BuildRequest, FeatureSet, Mode, SESSION_VARIABLE, Selection, compile, wrap};
use archguard_evidence::workspace::{Request, load};
use archguard_evidence::{Differences, Options, read_witnessed};
use archguard_invariants::graph::Graph;
use archguard_invariants::verdict::{Agreement, Difference, ModuleDependency};

use crate::terminal;

const USAGE: &str = "usage: cargo xtask agreement [--all-targets] [--list] <workspace directory>...";

/// What cargo starts in the compiler's place is this program too; none if somebody else started it.
pub(crate) fn run_as_wrapper() -> Option<ExitCode> {
    let session = std::env::var_os(SESSION_VARIABLE).filter(|session| !session.is_empty())?;
    let arguments = std::env::args_os().skip(1).collect();
    Some(match wrap(arguments, Path::new(&session)) {
        Ok(exit_code) => ExitCode::from(u8::try_from(exit_code).unwrap_or(u8::MAX)),
        Err(error) => {
            terminal::failure(&crate::chain(&error));
            ExitCode::FAILURE
        }
    })
}

/// Compiles, reads, and prints the two tables.
pub(crate) fn run(arguments: &[&str]) -> Result<String, String> {
    let (switches, directories): (Vec<&str>, Vec<&str>) = arguments.iter().partition(|word| word.starts_with("--"));
    let known = |switch: &&str| ["--all-targets", "--list"].contains(switch);
    if directories.is_empty() || !switches.iter().all(known) {
        return Err(USAGE.to_owned());
    }
    let selection = if switches.contains(&"--all-targets") {
        Selection::AllTargets
    } else {
        Selection::Production
    };
    let mut references = vec![
        "| workspace | by both | compiler alone | source alone | no place or item found | known by the compiler's path alone |"
            .to_owned(),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    let mut modules = vec![
        "| workspace | by both | compiler alone | source alone | of what the compiler sees |".to_owned(),
        "|---|---|---|---|---|".to_owned(),
    ];
    let mut details = Vec::new();
    for directory in directories {
        let directory = Path::new(directory);
        let (graph, agreement) = examine(directory, selection)?;
        let name = directory
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        references.push(row_of_references(&name, &agreement));
        modules.push(row_of_modules(&name, &agreement));
        if switches.contains(&"--list") {
            details.extend(listing(&graph, &agreement));
        }
    }
    Ok([references.join("\n"), modules.join("\n"), details.join("\n")].join("\n\n"))
}

fn examine(directory: &Path, selection: Selection) -> Result<(Graph, Agreement), String> {
    let whose = |error: &dyn std::error::Error| format!("{}: {}", directory.display(), crate::chain(error));
    let request = Request {
        manifest_path: Some(directory.join("Cargo.toml")),
        directory: directory.to_path_buf(),
        offline: true,
    };
    let workspace = load(&request).map_err(|error| whose(&error))?;
    let request = BuildRequest {
        wrapper: std::env::current_exe().map_err(|error| whose(&error))?,
        packages: Vec::new(),
        feature_sets: vec![FeatureSet::default()],
        platform: None,
        selection,
        mode: Mode::Everything,
        keep_going: true,
        offline: true,
        quiet: true,
    };
    let witnessed = compile(&workspace, &request).map_err(|error| whose(&error))?;
    let evidence = read_witnessed(&workspace, &Options::default(), &witnessed);
    let problems = witnessed.problems.iter().chain(&evidence.problems);
    for problem in problems {
        terminal::failure(&format!("{}: {}", directory.display(), problem.message));
    }
    let agreement = evidence.agreement.ok_or("no compiler spoke")?;
    Ok((evidence.graph, agreement))
}

fn row_of_references(name: &str, agreement: &Agreement) -> String {
    format!(
        "| {name} | {} | {} | {} | {} | {} |",
        agreement.both,
        by_reason(&agreement.compiler_only),
        by_reason(&agreement.source_only),
        agreement.unplaced,
        agreement.assumed
    )
}

fn row_of_modules(name: &str, agreement: &Agreement) -> String {
    let modules = &agreement.modules;
    let counted = |dependencies: &[ModuleDependency]| {
        let mut reasons: BTreeMap<Difference, usize> = BTreeMap::new();
        for dependency in dependencies {
            *reasons.entry(dependency.reason).or_default() += 1;
        }
        by_reason(&reasons)
    };
    let seen = modules.both + modules.compiler_only.len();
    format!(
        "| {name} | {} | {} | {} | {} |",
        modules.both,
        counted(&modules.compiler_only),
        counted(&modules.source_only),
        crate::accuracy::percent(modules.both, seen)
    )
}

/// The whole, then the reasons, the most frequent first.
fn by_reason(reasons: &BTreeMap<Difference, usize>) -> String {
    let mut text = reasons.values().sum::<usize>().to_string();
    let mut sorted: Vec<(&Difference, &usize)> = reasons.iter().collect();
    sorted.sort_by_key(|&(reason, number)| (std::cmp::Reverse(number), reason));
    let mut separator = ": ";
    for (reason, number) in sorted {
        let _ = write!(text, "{separator}{} {number}", reason.word());
        separator = ", ";
    }
    text
}

/// What only one of the two saw: who, reason, kind, ends, place.
fn listing(graph: &Graph, agreement: &Agreement) -> Vec<String> {
    let compiled: BTreeSet<_> = graph
        .references()
        .filter(|link| link.reference.evidence.compiler)
        .map(|link| graph.item(link.from).krate)
        .collect();
    let differences = Differences::among(graph.references().map(|link| link.reference));
    let mut lines: Vec<String> = Vec::new();
    for link in graph.references() {
        let (from, to) = (graph.item(link.from), graph.item(link.to));
        let Some(reason) = differences
            .of(link.reference, (link.from, link.to), &|id| graph.item(id))
            .filter(|_| compiled.contains(&from.krate))
        else {
            continue;
        };
        let place = link.reference.place;
        let who = if link.reference.evidence.source {
            "source"
        } else {
            "compiler"
        };
        lines.push(format!(
            "reference\t{who}\t{}\t{}\t{} -> {} `{}`\t{}:{}:{}",
            reason.word(),
            link.reference.kind.word(),
            from.path,
            to.path,
            graph.text(link.reference.written),
            graph.file(place.file).display,
            place.start.line,
            place.start.column,
        ));
    }
    let modules = &agreement.modules;
    for (who, dependencies) in [("source", &modules.source_only), ("compiler", &modules.compiler_only)] {
        lines.extend(dependencies.iter().map(|dependency| {
            let ModuleDependency { from, to, at, reason } = dependency;
            format!("module\t{who}\t{}\t\t{from} -> {to}\t{at}", reason.word())
        }));
    }
    lines.sort();
    lines
}
