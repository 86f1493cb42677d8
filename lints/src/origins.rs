//! What to print once: files that several targets compile, paths with several definitions, suspects that are certain.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::{Graph, ItemId, ItemKind, Reference, ReferenceKind, TargetKind, TextId};
use archguard_invariants::place::Place;
use archguard_invariants::policy::RuleId;
use rustc_hash::FxHashSet;

use crate::sink::{Found, Key};

/// What a site is of, wherever it was compiled: the rule, where the target is defined, and the place.
type Seen<'g> = (RuleId, Lint, Target<'g>, Place);

/// A definition, the same for every target that compiles its file. The name belongs to it: all that one macro invocation
/// defines stands at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Target<'g> {
    None,
    At(Place, &'g str),
    Item(ItemId),
}

/// Drops sites that say what another finding of the same rule says at the same place already, and findings that are left
/// without sites:
///
/// - One file in several targets: the first owner keeps the site, libraries before other targets, then by path.
/// - One path that means several things (an import of several namespaces, `Type::method` of a trait): functions keep the
///   site before others, macros come last.
/// - A path that does not resolve, where what it certainly names is a breach in itself.
pub(crate) fn drop_duplicates(graph: &Graph, mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|left, right| owner(graph, &left.key).cmp(&owner(graph, &right.key)));
    let mut seen: FxHashSet<Seen<'_>> = FxHashSet::default();
    let mut paths: FxHashSet<(RuleId, Lint, Place, ReferenceKind, TextId)> = FxHashSet::default();
    let certain = certain(&found);
    for finding in &mut found {
        let target = match finding.key.lint {
            // What an item lacks is no other item's.
            Lint::RequirementUnmet | Lint::MisplacedItem => target(graph, Some(finding.key.from)),
            _ => target(graph, finding.key.to),
        };
        let (rule, lint) = (finding.key.rule.clone(), finding.key.lint);
        let is_way = lint == Lint::DependencyCycle || finding.details.chain.len() > 1;
        finding.sites.retain(|found| {
            let place = found.site.place;
            // A way's sites belong to it: one import may be a site of several cycles, one call the beginning of several chains.
            let named = found.site.reference.as_ref().filter(|_| !is_way);
            let mut is_first = |it: &Reference| paths.insert((rule.clone(), lint, place, it.kind, it.written));
            seen.insert((rule.clone(), lint, target, place))
                && named.is_none_or(&mut is_first)
                && !(lint == Lint::UnresolvedSuspect && certain.contains(&(rule.clone(), place)))
        });
    }
    found.retain(|finding| !finding.sites.is_empty());
    found
}

/// Where each rule is broken for certain, among the rules that have suspects.
fn certain(found: &[Found]) -> FxHashSet<(RuleId, Place)> {
    let (suspects, others): (Vec<_>, Vec<_>) = found.iter().partition(|it| it.key.lint == Lint::UnresolvedSuspect);
    let rules: FxHashSet<&RuleId> = suspects.iter().map(|finding| &finding.key.rule).collect();
    let others = others.into_iter().filter(|finding| rules.contains(&finding.key.rule));
    let sites = others.flat_map(|finding| {
        finding
            .sites
            .iter()
            .map(|found| (finding.key.rule.clone(), found.site.place))
    });
    sites.collect()
}

fn target(graph: &Graph, to: Option<ItemId>) -> Target<'_> {
    let Some(id) = to else {
        return Target::None;
    };
    let item = graph.item(id);
    let name = item.path.rsplit("::").next().unwrap_or_default();
    item.place.map_or(Target::Item(id), |place| Target::At(place, name))
}

/// The stable order of owners.
fn owner<'g>(graph: &'g Graph, key: &Key) -> (bool, &'g str, &'g str, u8, ItemId, Option<ItemId>) {
    let of = graph.item(key.from);
    let krate = graph.krate(of.krate);
    let rank = key.to.map_or(0, |to| match graph.item(to).kind {
        ItemKind::Function | ItemKind::Method => 0,
        kind if kind.is_macro() => 2,
        _ => 1,
    });
    (
        krate.target != TargetKind::Lib,
        &krate.head,
        &of.path,
        rank,
        key.from,
        key.to,
    )
}
