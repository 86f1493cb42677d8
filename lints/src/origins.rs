//! Files that several targets compile: what to print once, and under which owner.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::{Graph, ItemId, TargetKind};
use archguard_invariants::place::Place;
use archguard_invariants::policy::RuleId;
use rustc_hash::FxHashSet;

use crate::sink::Found;

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

/// Drops sites that another finding of the same rule and target already has at the same place, and findings that are left
/// without sites. The first owner keeps them: libraries before other targets, then by path.
pub(crate) fn drop_duplicates(graph: &Graph, mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|left, right| owner(graph, left.key.from).cmp(&owner(graph, right.key.from)));
    let mut seen: FxHashSet<Seen<'_>> = FxHashSet::default();
    for finding in &mut found {
        let target = match finding.key.to {
            None => Target::None,
            Some(id) => {
                let item = graph.item(id);
                let name = item.path.rsplit("::").next().unwrap_or_default();
                item.place.map_or(Target::Item(id), |place| Target::At(place, name))
            }
        };
        let (rule, lint) = (finding.key.rule.clone(), finding.key.lint);
        finding
            .sites
            .retain(|found| seen.insert((rule.clone(), lint, target, found.site.place)));
    }
    found.retain(|finding| !finding.sites.is_empty());
    found
}

/// The stable order of owners.
fn owner(graph: &Graph, item: ItemId) -> (bool, &str, &str, ItemId) {
    let of = graph.item(item);
    let krate = graph.krate(of.krate);
    (krate.target != TargetKind::Lib, &krate.head, &of.path, item)
}
