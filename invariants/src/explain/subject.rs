//! What a name on the command line stands for: a rule, a component, or code. Nothing is explained here.

use crate::advice::Standpoint;
use crate::graph::{Graph, ItemId, ItemKind, Root, TargetState};
use crate::nearest::nearest;
use crate::pattern::PathPattern;
use crate::policy::format::RESERVED_RULES;
use crate::policy::{BoundPolicy, ComponentId, RuleId};

/// What is asked about.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A rule, a reserved one included.
    Rule(RuleId),
    /// Code.
    Code(Code),
}

/// A stretch of code, and who stands there.
#[derive(Debug, Clone)]
pub struct Code {
    /// Its name as it is printed.
    pub name: String,
    /// What it is.
    pub what: &'static str,
    /// The items, each with everything inside it.
    pub extent: Extent,
    /// What an author stands on there; none in external code.
    pub standpoint: Option<Standpoint>,
}

/// Which items belong to something.
#[derive(Debug, Clone)]
pub enum Extent {
    /// What a component owns.
    Components(Vec<ComponentId>),
    /// Items with everything inside.
    Items(Vec<Root>),
    /// Modules with what stands directly in them: a file.
    Modules(Vec<ItemId>),
}

/// A name that stands for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// One sentence.
    pub message: String,
    /// The nearest thing that exists.
    pub suggestion: Option<String>,
}

impl Extent {
    /// Whether an item belongs to it.
    pub fn holds(&self, graph: &Graph, policy: &BoundPolicy<'_>, item: ItemId) -> bool {
        match self {
            Self::Components(list) => policy.component_of(item).is_some_and(|owner| list.contains(&owner)),
            Self::Modules(modules) => modules.contains(&graph.item(item).module),
            Self::Items(roots) => {
                let mut below_module = false;
                graph.lineage(item).any(|outer| {
                    let here = roots
                        .iter()
                        .any(|root| root.item == outer && !(root.own_only && below_module));
                    below_module |= graph.item(outer).kind == ItemKind::Module;
                    here
                })
            }
        }
    }
}

/// The patterns that a graph has to be asked for, so that these names can be resolved in it.
pub fn patterns(names: &[String]) -> Vec<PathPattern> {
    names
        .iter()
        .filter_map(|name| PathPattern::parse(bare(name)).ok())
        .flatten()
        .collect()
}

/// A name without the word that says what it is.
fn bare(name: &str) -> &str {
    ["crate:", "component:", "rule:"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name)
}

impl Subject {
    /// What a name stands for: a rule's id, else a component, else a path. `rule:`, `component:` and `crate:` say which.
    pub fn find(graph: &Graph, policy: &BoundPolicy<'_>, name: &str) -> Result<Self, Unknown> {
        let is = |prefix: &str| name.starts_with(prefix);
        let any = !is("rule:") && !is("component:") && !is("crate:");
        if (any || is("rule:"))
            && let Some(rule) = rule_ids(policy).into_iter().find(|id| id.as_str() == bare(name))
        {
            return Ok(Self::Rule(rule));
        }
        if (any || is("component:"))
            && let Some(code) = component(graph, policy, bare(name))
        {
            return Ok(Self::Code(code));
        }
        if !any && !is("crate:") {
            return Err(unknown(policy, name, None));
        }
        path(graph, policy, bare(name)).map(Self::Code)
    }
}

/// The ids of all rules, those that the tool reserves included.
pub(super) fn rule_ids(policy: &BoundPolicy<'_>) -> Vec<RuleId> {
    let declared = policy.policy.heads().map(|head| head.id.value.clone());
    let components = policy.policy.components.iter().flat_map(|component| {
        let keys = [
            component.uses.as_ref().map(|_| "uses"),
            component.public.as_ref().map(|_| "public"),
            component.crates.as_ref().map(|_| "crates"),
        ];
        let name = component.name.value.as_str();
        let named = keys
            .into_iter()
            .flatten()
            .map(move |key| format!("component.{name}.{key}"));
        named.map(RuleId::reserved)
    });
    let packages = policy.policy.packages.iter().flat_map(|limits| {
        let keys = [
            limits.uses.as_ref().map(|_| "uses"),
            limits.crates.as_ref().map(|_| "crates"),
        ];
        let of_package = move |key| RuleId::reserved(format!("package.{}.{key}", limits.package));
        keys.into_iter().flatten().map(of_package)
    });
    let own = RESERVED_RULES.iter().map(|rule| rule.id);
    let own = own.filter(|id| id.starts_with("policy.")).map(RuleId::reserved);
    declared.chain(components).chain(packages).chain(own).collect()
}

fn component(graph: &Graph, policy: &BoundPolicy<'_>, name: &str) -> Option<Code> {
    let members: Vec<ComponentId> = policy
        .ids()
        .filter(|&id| {
            let component = policy.component(id);
            component.name.as_str() == name || component.family.as_ref().is_some_and(|family| family.as_str() == name)
        })
        .collect();
    let standpoint = members
        .first()
        .map(|&first| Standpoint::of_component(graph, policy, first))?;
    let what = if members.len() > 1 { "family" } else { "component" };
    Some(Code {
        name: name.to_owned(),
        what,
        extent: Extent::Components(members),
        standpoint: Some(standpoint),
    })
}

fn path(graph: &Graph, policy: &BoundPolicy<'_>, name: &str) -> Result<Code, Unknown> {
    if RESERVED_RULES.iter().any(|rule| rule.covers(name)) {
        return Err(Unknown {
            message: format!("`{name}` is the id of a rule that this policy does not have"),
            ..unknown(policy, name, None)
        });
    }
    let patterns = PathPattern::parse(name).map_err(|error| Unknown {
        message: format!("`{name}` is no path: {error}"),
        suggestion: None,
    })?;
    let mut roots: Vec<Root> = Vec::new();
    let mut near = None;
    for pattern in &patterns {
        let Some(targets) = graph.targets(pattern) else {
            continue;
        };
        roots.extend(&targets.roots);
        if let TargetState::NoMatch { nearest } = &targets.state {
            near.clone_from(nearest);
        }
    }
    roots.sort_unstable();
    roots.dedup();
    let first = roots
        .iter()
        .find(|root| graph.is_examined(root.item))
        .or(roots.first())
        .ok_or_else(|| unknown(policy, name, near))?
        .item;
    Ok(Code {
        name: name.to_owned(),
        what: what(graph, first),
        extent: Extent::Items(roots),
        standpoint: graph.is_examined(first).then(|| Standpoint::of(graph, policy, first)),
    })
}

/// What an item is, in a word.
pub(super) fn what(graph: &Graph, item: ItemId) -> &'static str {
    let of = graph.item(item);
    if of.parent.is_none() && of.kind == ItemKind::Module {
        "crate"
    } else {
        of.kind.word()
    }
}

fn unknown(policy: &BoundPolicy<'_>, name: &str, near: Option<String>) -> Unknown {
    let rules: Vec<RuleId> = rule_ids(policy);
    let names = rules.iter().map(RuleId::as_str);
    let components = policy.components.iter().map(|component| component.name.as_str());
    let suggestion = near.or_else(|| nearest(bare(name), names.chain(components)).map(str::to_owned));
    Unknown {
        message: format!("`{name}` is no rule, no component, no path in the code and no file"),
        suggestion,
    }
}
