//! What of a commit judges beside the policy of today: its policy, its exceptions, its baseline. Where none of them is
//! different, nothing more is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use archguard_invariants::changes::{Moves, compare};
use archguard_invariants::decisions::{Baseline, Decisions, Exceptions, Terms};
use archguard_invariants::difference::{self, Difference};
use archguard_invariants::graph::Graph;
use archguard_invariants::policy::{BoundPolicy, Policy, PolicyTexts};
use archguard_invariants::problem::Problem;
use archguard_invariants::verdict::{BaseFacts, Finding, describe};
use archguard_lints::Against as Weakening;

use crate::base::{Accept, Aside, Base, BaseTree, Extent, State, problem};
use crate::beside::{BASELINE_FILE, EXCEPTIONS_FILE};
use crate::conclude::component_name;
use crate::decided::Decided;
use crate::options::Options;
use crate::policy_file::{POLICY_FILE, PolicyFile};
use crate::stages::{self, Judgement, Loaded};

/// What a check is held against.
#[derive(Debug)]
pub(crate) struct Against {
    facts: BaseFacts,
    accept: Accept,
    extent: Extent,
    then: Option<Then>,
}

/// What was different then.
#[derive(Debug)]
struct Then {
    policy: Option<Policy>,
    graph: Option<Graph>,
    exceptions: Exceptions,
    baseline: Option<Baseline>,
}

/// The older policy, as it speaks of the code of today.
pub(crate) struct Followed {
    policy: Option<Policy>,
    moves: Moves,
}

impl Against {
    /// Reads what of the commit is different.
    pub(crate) fn read(
        base: Base<'_>,
        (file, policy): (&PolicyFile, &Policy),
        workspace: &Loaded,
        options: &Options,
    ) -> Result<Self, Vec<Problem>> {
        let Base {
            tree: base,
            accept,
            extent,
        } = base;
        let base = base.map_err(|problem| vec![problem])?;
        let texts = base.texts(&[POLICY_FILE, EXCEPTIONS_FILE, BASELINE_FILE]);
        let mut texts: BTreeMap<String, String> = texts.map_err(|problem| vec![problem])?.into_iter().collect();
        let own = file.path();
        let own = relative(base.work_tree(), &own).ok_or_else(|| {
            let what = "knows nothing of a policy that lies outside the repository";
            vec![problem(base, what)]
        })?;
        if let Some(name) = own.rsplit('/').next().filter(|name| *name != POLICY_FILE) {
            let named = base.texts(&[name]).map_err(|problem| vec![problem])?;
            texts.extend(named.into_iter().filter(|(path, _)| *path == own));
        }
        let mut against = Self {
            facts: BaseFacts::of(base.rev(), base.commit(), None),
            accept,
            extent,
            then: None,
        };
        against.facts.accepted = accept == Accept::Changes;
        let text = texts.get(&own);
        against.facts.hash = text.map(|text| PolicyTexts::new(&file.display, text).hash());
        // Which exceptions stood in the code only the code can tell.
        let is_judged =
            text.is_some() && (policy.settings.inline_exceptions || is_different(base.work_tree(), file, &texts));
        if is_judged || extent == Extent::Code {
            let instead = text.is_none().then_some(policy);
            against.read_then(base, (file, instead), workspace, options, &texts)?;
        }
        Ok(against)
    }

    fn read_then(
        &mut self,
        base: &dyn BaseTree,
        (file, instead): (&PolicyFile, Option<&Policy>),
        workspace: &Loaded,
        options: &Options,
        texts: &BTreeMap<String, String>,
    ) -> Result<(), Vec<Problem>> {
        let aside = Aside::write(base, workspace).map_err(|problem| vec![problem])?;
        let state = aside.read(options, workspace, instead);
        let beside = |name: &str| {
            let (path, display) = file.beside(name);
            let text = relative(base.work_tree(), &path).and_then(|path| texts.get(&path));
            (display, text)
        };
        let policy = match state {
            Ok(State {
                file,
                policy,
                evidence,
                notes,
                ..
            }) => {
                if instead.is_none() {
                    self.facts.hash = file.readable().map(|texts| texts.hash());
                }
                self.facts.notes = notes;
                (instead.is_none().then_some(policy), Some(evidence.graph))
            }
            Err(problems) => {
                // The code of the base is only needed to follow what has moved; its policy is all that judges.
                let why = problems
                    .first()
                    .map(|problem| problem.message.clone())
                    .unwrap_or_default();
                self.facts
                    .notes
                    .push(format!("the code at the base could not be read: {why}"));
                let alone = match instead {
                    None => Some(policy_alone(base, file, texts)?),
                    Some(_) => None,
                };
                (alone, None)
            }
        };
        let days = policy
            .0
            .as_ref()
            .map(|policy| policy.settings.exception_days.0)
            .unwrap_or_default();
        let terms = Terms {
            today: options.today,
            max_days: days,
        };
        let (display, text) = beside(EXCEPTIONS_FILE);
        let exceptions = text.map(|text| Exceptions::read(&display, text, terms).0);
        let mut exceptions = exceptions.unwrap_or_default();
        if let (Some(policy), Some(graph)) = &policy {
            exceptions.take_in(graph, policy.settings.inline_exceptions, terms);
        }
        let (display, text) = beside(BASELINE_FILE);
        self.then = Some(Then {
            policy: policy.0,
            graph: policy.1,
            exceptions,
            baseline: text.and_then(|text| Baseline::read(&display, text).ok()),
        });
        Ok(())
    }

    /// The older policy, of which the graph has to know the patterns too.
    pub(crate) fn policy(&self) -> Option<&Policy> {
        self.then.as_ref()?.policy.as_ref()
    }

    /// Lets the older policy follow the code, and tells the graph.
    pub(crate) fn follow(&self, graph: &mut Graph, policy: &Policy) -> Followed {
        let mut followed = Followed {
            policy: self.policy().cloned(),
            moves: Moves::default(),
        };
        let then = self.then.as_ref();
        if let Some(before) = then.and_then(|then| then.graph.as_ref()) {
            followed.moves = Moves::between(before, graph);
        }
        let graphs = then.and_then(|then| Some((then.policy.as_ref()?, then.graph.as_ref()?)));
        if let Some((older, then)) = graphs {
            let newer = stages::bind(policy, graph).policy;
            followed.policy = Some(older.following(then, graph, &followed.moves, &newer));
        }
        if let Some(policy) = &followed.policy {
            graph.add_paths(policy.patterns());
        }
        followed
    }

    /// What has been weakened, as findings.
    pub(crate) fn weakened(
        &mut self,
        graph: &Graph,
        followed: &Followed,
        newer: &BoundPolicy<'_>,
        now: &Judgement,
    ) -> Vec<Finding> {
        let Some(older) = &followed.policy else {
            return Vec::new();
        };
        let older = stages::bind(older, graph).policy;
        let changes = compare(graph, &older, newer);
        let then = stages::judge(graph, &older).findings;
        let through = archguard_lints::let_through(graph, then, &now.findings);
        let component_of = |item| component_name(&older, item);
        let through: Vec<Finding> = through
            .into_iter()
            .map(|finding| describe::finding(graph, &component_of, finding))
            .collect();
        let weakening = Weakening {
            texts: &newer.policy.texts,
            changes: &changes,
            let_through: &through,
        };
        archguard_lints::weakened_policy(weakening, &mut self.facts)
    }

    /// Takes out of today's decisions what does not count.
    pub(crate) fn count_only_known(&mut self, decided: &mut Decided, followed: &Followed) {
        let Some(then) = self.then.as_ref().filter(|_| self.accept == Accept::Nothing) else {
            return;
        };
        let decisions: &mut Decisions = &mut decided.decisions;
        self.facts.uncounted = decisions.count_only_known(&then.exceptions, then.baseline.as_ref(), &followed.moves);
    }

    /// What the verdict says of it.
    pub(crate) fn facts(&self) -> BaseFacts {
        self.facts.clone()
    }

    /// What is different in the code and its findings, if that is to be compared and can be.
    pub(crate) fn difference(
        &self,
        graph: &Graph,
        followed: &Followed,
        newer: &BoundPolicy<'_>,
        findings: &[Finding],
    ) -> Option<Difference> {
        let then = self.then.as_ref().filter(|_| self.extent == Extent::Code)?;
        let before = then.graph.as_ref()?;
        let older = stages::bind(then.policy.as_ref().unwrap_or(newer.policy), before).policy;
        let component_of = |item| component_name(&older, item);
        let found = stages::judge(before, &older).findings.into_iter();
        let found: Vec<Finding> = found.map(|it| describe::finding(before, &component_of, it)).collect();
        let then = difference::State {
            graph: before,
            policy: &older,
            findings: &found,
        };
        let now = difference::State {
            graph,
            policy: newer,
            findings,
        };
        Some(Difference::between(then, now, &followed.moves))
    }
}

/// The policy without the files of packages, where nobody can say which packages there were.
fn policy_alone(
    base: &dyn BaseTree,
    file: &PolicyFile,
    texts: &BTreeMap<String, String>,
) -> Result<Policy, Vec<Problem>> {
    let own = relative(base.work_tree(), &file.path()).unwrap_or_default();
    let text = texts.get(&own).map(String::as_str).unwrap_or_default();
    stages::read_policy(&PolicyTexts::new(&file.display, text)).map_err(|problems| {
        let why = problems
            .first()
            .map(|problem| problem.message.clone())
            .unwrap_or_default();
        vec![problem(base, &format!("has a policy that cannot be read: {why}"))]
    })
}

/// Whether a file that judges is not what it was. Of files that lie in fixtures and the like that is more than matters.
fn is_different(work_tree: &Path, file: &PolicyFile, then: &BTreeMap<String, String>) -> bool {
    let text = |path: &Path| std::fs::read_to_string(path).ok();
    let lines = |text: &str| text.replace("\r\n", "\n");
    let differs =
        |(path, before): (&String, &String)| text(&work_tree.join(path)).is_none_or(|now| lines(&now) != lines(before));
    let mut today: Vec<PathBuf> = file
        .fragments
        .iter()
        .map(|fragment| file.root().join(&fragment.display))
        .collect();
    today.extend(
        [EXCEPTIONS_FILE, BASELINE_FILE]
            .map(|name| file.beside(name).0)
            .into_iter()
            .filter(|path| path.exists()),
    );
    let is_new = |path: &PathBuf| relative(work_tree, path).is_none_or(|path| !then.contains_key(&path));
    then.iter().any(differs) || today.iter().any(is_new)
}

/// A path relative to the work tree, with `/`.
pub(crate) fn relative(work_tree: &Path, path: &Path) -> Option<String> {
    let folder = path.parent()?.canonicalize().ok()?;
    let path = folder.join(path.file_name()?);
    let inside = path.strip_prefix(work_tree).ok()?;
    Some(inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
}
