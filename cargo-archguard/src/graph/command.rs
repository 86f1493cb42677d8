//! Runs `graph`. The policy is read where there is one, for the components; only a drawing by component needs it.
//! Problems go to standard error, so that standard output stays one document.

use std::io::{self, Write};
use std::path::Path;

use archguard_check::{
    Loaded, Opened, PolicyFile, SourceFiles, Watch, component_name, described_problems, exclusion_problems,
    idle_generated, stages, unknown_packages,
};
use archguard_invariants::document::GraphDocument;
use archguard_invariants::graph::{Graph, ItemId};
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_invariants::problem::Problem;
use archguard_invariants::verdict::examined::Coverage;
use archguard_invariants::verdict::{EXIT_CLEAN, EXIT_PROBLEMS};

use super::view::{Grouping, View};
use super::{dot, mermaid};
use crate::cli::{GraphFormat, GraphNodes};
use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::request::Options;
use crate::run::Ended;

/// Makes the graph and prints it.
pub(crate) fn run(
    options: &Options,
    format: GraphFormat,
    by: GraphNodes,
    mut progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    progress.stage("loading the workspace");
    let mut drawing = Drawing {
        options,
        format,
        by,
        problems: Vec::new(),
        policy: None,
        sources: None,
    };
    let output = match stages::load(&options.asked) {
        Ok(mut workspace) => drawing.draw(&mut workspace, &mut progress, out),
        Err(problems) => {
            drawing.problems = problems;
            Ok(())
        }
    };
    progress.finish(err);
    let exit_code = if drawing.problems.is_empty() {
        EXIT_CLEAN
    } else {
        EXIT_PROBLEMS
    };
    // Problems are for whoever watches; that nobody does changes neither the graph nor the exit code.
    let _ = drawing.tell(err);
    Ended { exit_code, output }
}

/// A graph on its way out, with what went wrong until now.
struct Drawing<'a> {
    options: &'a Options,
    format: GraphFormat,
    by: GraphNodes,
    problems: Vec<Problem>,
    policy: Option<PolicyFile>,
    sources: Option<SourceFiles>,
}

impl Drawing<'_> {
    fn draw(&mut self, workspace: &mut Loaded, progress: &mut Progress, out: &mut dyn Write) -> io::Result<()> {
        let (policy, mut sources) = self.read_policy(workspace);
        self.problems.extend(unknown_packages(&self.options.asked, workspace));
        progress.stage("reading the code");
        let evidence = stages::read_evidence(workspace, policy.as_ref());
        self.problems.extend(evidence.problems);
        if let Some(policy) = &policy {
            self.problems.extend(idle_generated(policy, &evidence.idle_generated));
            let today = self.options.asked.today;
            let excluded = exclusion_problems(policy, &evidence.idle_exclusions, today);
            self.problems.extend(excluded);
        }
        let graph = evidence.graph;
        sources.add_files(&graph);
        self.sources = Some(sources);
        let bound = policy.as_ref().map(|policy| {
            let binding = stages::bind(policy, &graph);
            self.problems.extend(binding.problems);
            binding.policy
        });
        if self.by == GraphNodes::Component && bound.is_none() {
            return Ok(());
        }
        progress.stage("drawing");
        self.write(&graph, bound.as_ref(), out)
    }

    /// The policy, where there is one. That there is none is a problem only where components are to be drawn.
    fn read_policy(&mut self, workspace: &mut Loaded) -> (Option<Policy>, SourceFiles) {
        let opened = Opened::of(workspace, &self.options.asked);
        let needed = self.by == GraphNodes::Component || self.options.asked.policy.is_some();
        if opened.file.is_missing() && !needed {
            return (None, opened.sources);
        }
        self.policy = Some(opened.file);
        self.problems.extend(opened.problems);
        let policy = opened.policy.map_err(|problems| self.problems.extend(problems));
        (policy.ok(), opened.sources)
    }

    fn write(&self, graph: &Graph, bound: Option<&BoundPolicy<'_>>, out: &mut dyn Write) -> io::Result<()> {
        let component_of = |item: ItemId| bound.and_then(|bound| component_name(bound, item));
        let coverage = Coverage {
            packages: &self.options.asked.packages,
            check_dev: true,
        };
        let included = |item: ItemId| coverage.contains(graph, item);
        let view = || {
            View::of(&Grouping {
                graph,
                by: self.by,
                component_of: &component_of,
                included: &included,
            })
        };
        match self.format {
            GraphFormat::Dot => dot::write(&view(), out),
            GraphFormat::Mermaid => mermaid::write(&view(), out),
            GraphFormat::Json => {
                serde_json::to_writer(&mut *out, &GraphDocument::of(graph, &component_of, &included))?;
                writeln!(out)
            }
        }
    }

    fn tell(self, err: &mut dyn Write) -> io::Result<()> {
        let file = self
            .policy
            .unwrap_or_else(|| PolicyFile::read(Path::new(""), self.options.asked.policy.as_deref()));
        let mut sources = Sources::of(self.sources.unwrap_or_default());
        let problems = described_problems(&file, self.problems);
        print::problems(&problems, &mut sources, self.options.error_color, err)
    }
}
