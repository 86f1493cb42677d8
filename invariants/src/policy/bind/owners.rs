//! Who owns an item: the component whose claim is nearest around it; on the same item the more specific pattern.

use std::sync::Arc;

use super::binder::Binder;
use super::claims::{Claim, Exclusions};
use crate::graph::{Graph, ItemId, ItemKind};
use crate::policy::bound::ComponentId;
use crate::problem::ProblemCode;

/// What is said of one item.
#[derive(Default)]
struct Site {
    /// Claims, the most specific first.
    claims: Vec<(ComponentId, bool)>,
    /// Components that it is taken away from.
    exclusions: Vec<(ComponentId, bool)>,
}

/// The claims by item.
pub(super) struct Owners<'g> {
    graph: &'g Graph,
    sites: Vec<Site>,
    /// For each item the index of its site, plus one; 0 for none. Dense: every item's whole lineage is looked up.
    marks: Vec<u32>,
}

impl<'g> Owners<'g> {
    pub(super) fn new(graph: &'g Graph, claims: &[Claim<'_>], exclusions: &Exclusions) -> Self {
        let mut owners = Self {
            graph,
            sites: Vec::new(),
            marks: vec![0; graph.item_count()],
        };
        for claim in most_specific_first(claims) {
            owners
                .site(claim.root.item)
                .claims
                .push((claim.component, claim.root.own_only));
        }
        for (component, root) in exclusions {
            owners.site(root.item).exclusions.push((*component, root.own_only));
        }
        owners
    }

    fn site(&mut self, item: ItemId) -> &mut Site {
        let mark = &mut self.marks[item.index()];
        if *mark == 0 {
            self.sites.push(Site::default());
            *mark = u32::try_from(self.sites.len()).expect("fewer than 2^32 claims");
        }
        &mut self.sites[*mark as usize - 1]
    }

    /// The owner of every item.
    pub(super) fn of_all(&self) -> Vec<Option<ComponentId>> {
        self.graph.items().map(|(item, _)| self.owner(item)).collect()
    }

    fn owner(&self, item: ItemId) -> Option<ComponentId> {
        let mut taken_away = Vec::new();
        let mut below_module = false;
        for outer in self.graph.lineage(item) {
            if let Some(site) = self.sites.get((self.marks[outer.index()] as usize).wrapping_sub(1)) {
                let applies = |own_only: bool| !own_only || !below_module;
                taken_away.extend(
                    site.exclusions
                        .iter()
                        .filter(|(_, own)| applies(*own))
                        .map(|(component, _)| *component),
                );
                let owner = site
                    .claims
                    .iter()
                    .find(|(component, own)| applies(*own) && !taken_away.contains(component));
                if let Some((component, _)) = owner {
                    return Some(*component);
                }
            }
            below_module |= self.graph.item(outer).kind == ItemKind::Module;
        }
        None
    }
}

/// By item, then by falling specificity, then in order of declaration.
fn most_specific_first<'c, 'p>(claims: &'c [Claim<'p>]) -> Vec<&'c Claim<'p>> {
    let mut sorted: Vec<_> = claims.iter().collect();
    sorted.sort_by(|first, second| {
        let by_item = first.root.item.cmp(&second.root.item);
        let by_pattern = second.pattern.compare_specificity(first.pattern);
        by_item.then(by_pattern).then(first.component.cmp(&second.component))
    });
    sorted
}

/// The claimed paths as text, each with its strongest claimant.
pub(super) fn claimed_paths(graph: &Graph, claims: &[Claim<'_>]) -> Vec<(Arc<str>, bool, ComponentId)> {
    let sorted = most_specific_first(claims);
    let mut paths: Vec<_> = sorted
        .into_iter()
        .map(|claim| {
            (
                Arc::clone(&graph.item(claim.root.item).path),
                claim.root.own_only,
                claim.component,
            )
        })
        .collect();
    paths.sort_by(|first, second| (&first.0, first.1).cmp(&(&second.0, second.1)));
    paths.dedup_by(|later, earlier| later.0 == earlier.0 && later.1 == earlier.1);
    paths
}

impl Binder<'_, '_> {
    /// Two components that claim the same item with equal right contradict each other.
    pub(super) fn check_equal_claims(&mut self) {
        let mut conflicts = Vec::new();
        let sorted = most_specific_first(&self.claims);
        for claims in sorted.chunk_by(|first, second| first.root.item == second.root.item) {
            let whole: Vec<_> = claims.iter().filter(|claim| !claim.root.own_only).copied().collect();
            conflicts.extend(equal_claims(claims).or_else(|| equal_claims(&whole)));
        }
        let mut seen = Vec::new();
        for (first, second) in conflicts {
            let pair = (first.span, second.span);
            if seen.contains(&pair) {
                continue;
            }
            seen.push(pair);
            let name = |claim: &Claim<'_>| self.components[claim.component.0 as usize].name.as_str().to_owned();
            let message = format!(
                "`{}` is claimed by `{}` and by `{}` with equal right: name it in one of them, or make one pattern more specific",
                self.graph.item(first.root.item).path,
                name(&first),
                name(&second),
            );
            self.problem(ProblemCode::PolicyConflict, second.span, message, None);
        }
    }
}

/// The first two claims, if they are of two components and equally specific.
fn equal_claims<'p>(claims: &[&Claim<'p>]) -> Option<(Claim<'p>, Claim<'p>)> {
    let (first, others) = claims.split_first()?;
    let equal = others
        .iter()
        .take_while(|other| other.pattern.compare_specificity(first.pattern).is_eq())
        .find(|other| other.component != first.component)?;
    Some(((*first).clone(), (*equal).clone()))
}
