//! A check: the stages in order, and the verdict. A stage that fails ends the way to judging; what was found until then is
//! still said.

use std::path::Path;

use archguard_invariants::difference::Difference;
use archguard_invariants::nearest::nearest;
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::verdict::Verdict;

use crate::against::Against;
use crate::base::Base;
use crate::conclude::{conclude_against, unjudged};
use crate::decided::Decided;
use crate::gather::{Compiling, Policies, gather};
use crate::known;
use crate::opened::Opened;
use crate::options::{Options, Watch};
use crate::policy_file::PolicyFile;
use crate::source_files::SourceFiles;
use crate::stages::{self, Loaded};

/// A verdict, and what was needed for it.
#[derive(Debug)]
pub struct Checked {
    /// The verdict.
    pub verdict: Verdict,
    /// The files that it speaks of.
    pub sources: SourceFiles,
    /// What was decided about findings; none where it did not come to judging.
    pub decided: Option<Decided>,
    /// [`archguard_evidence::Evidence::kept_as`] of what was judged.
    pub(crate) reading: Option<[u8; 32]>,
    /// What is different in the code, where that was to be compared.
    pub difference: Option<Difference>,
}

/// Checks, with what the compiler sees if it is to be asked.
pub fn check(options: &Options, compiling: Option<Compiling>, watch: &mut dyn Watch) -> Checked {
    check_against(options, compiling, None, watch)
}

/// The verdict of a check; not concluded again where everything is as it was when it was. Then nothing has to be done about
/// the files beside the policy, and what they say is not told.
pub fn recall_or_check(options: &Options, watch: &mut dyn Watch) -> Checked {
    let (workspace, opened) = match load_and_open(options, watch) {
        Ok(found) => found,
        Err(problems) => return without_workspace(options, problems),
    };
    watch.stage("looking for changes");
    if let Some(known) = known::recall(options, &workspace, &opened) {
        return known;
    }
    let checked = check_opened(options, None, None, &workspace, opened, watch);
    known::keep(options, &workspace, &checked);
    checked
}

/// Checks, and holds the policy against the one of a commit.
pub fn check_against(
    options: &Options,
    compiling: Option<Compiling>,
    base: Option<Base<'_>>,
    watch: &mut dyn Watch,
) -> Checked {
    match load_and_open(options, watch) {
        Ok((workspace, opened)) => check_opened(options, compiling, base, &workspace, opened, watch),
        Err(problems) => without_workspace(options, problems),
    }
}

/// The workspace, and its policy as far as it can be read.
fn load_and_open(options: &Options, watch: &mut dyn Watch) -> Result<(Loaded, Opened), Vec<Problem>> {
    watch.stage("loading the workspace");
    let mut workspace = stages::load(options)?;
    watch.stage("reading the policy");
    let opened = Opened::of(&mut workspace, options);
    Ok((workspace, opened))
}

fn without_workspace(options: &Options, problems: Vec<Problem>) -> Checked {
    let policy = PolicyFile::unread(options.policy.as_deref());
    unjudged(options, &policy, SourceFiles::below(Path::new("")), problems)
}

/// Checks a workspace whose policy has been read.
fn check_opened(
    options: &Options,
    compiling: Option<Compiling>,
    base: Option<Base<'_>>,
    workspace: &Loaded,
    opened: Opened,
    watch: &mut dyn Watch,
) -> Checked {
    let Opened {
        file,
        sources,
        policy,
        problems: left_out,
    } = opened;
    let unknown = unknown_packages(options, workspace);
    match policy {
        Ok(policy) if unknown.is_empty() => {
            let against = base.map(|base| Against::read(base, (&file, &policy), workspace, options));
            let against = match against.transpose() {
                Ok(against) => against,
                Err(problems) => return unjudged(options, &file, sources, problems),
            };
            let policies = Policies {
                now: &policy,
                then: against.as_ref().and_then(Against::policy),
            };
            let mut gathered = gather(compiling, workspace, policies, watch);
            gathered.evidence.problems.splice(0..0, left_out);
            watch.stage("judging");
            conclude_against(options, workspace, &file, &policy, sources, gathered, against)
        }
        Ok(_) => unjudged(options, &file, sources, unknown.into_iter().chain(left_out).collect()),
        Err(problems) if file.texts().is_err() => unjudged(options, &file, sources, problems),
        Err(problems) => unjudged(options, &file, sources, unknown.into_iter().chain(problems).collect()),
    }
}

/// Packages that were asked for and are not there: a typing error must not narrow the check to nothing.
pub fn unknown_packages(options: &Options, workspace: &Loaded) -> Vec<Problem> {
    let known = |name: &str| {
        workspace
            .packages()
            .any(|package| package.replace('-', "_") == name.replace('-', "_"))
    };
    let unknown = options.packages.iter().filter(|name| !known(name));
    unknown
        .map(|name| Problem {
            code: ProblemCode::UnknownName,
            message: format!("`-p {name}` names no package of the workspace"),
            place: ProblemPlace::None,
            suggestion: nearest(name, workspace.packages()).map(str::to_owned),
        })
        .collect()
}
