//! `[[layers]]`: ranks of components, or with `within` of submodules.

use super::binder::Binder;
use crate::graph::{ItemId, ItemKind};
use crate::nearest::nearest;
use crate::place::{Spanned, TextSpan};
use crate::policy::bound::{BoundLayering, ComponentId};
use crate::policy::model::{Layering, Term};
use crate::policy::patterns::rank_term;
use crate::problem::ProblemCode;

impl<'p> Binder<'p, '_> {
    /// Binds all layerings.
    pub(super) fn bind_layerings(&mut self) -> Vec<BoundLayering<'p>> {
        let mut bound = Vec::new();
        for rule in &self.policy.layers {
            let users = self.layering_users(rule);
            let mut layering = BoundLayering {
                rule,
                ranks: Vec::new(),
                submodules: Vec::new(),
                users,
            };
            match &rule.inside {
                None => layering.ranks = self.ranks(rule),
                Some(inside) => {
                    let mut members = self.whole_components(&inside.value);
                    members.retain(|member| layering.judges(*member));
                    layering.submodules = self.submodules(rule, &members);
                }
            }
            bound.push(layering);
        }
        bound
    }

    /// The components whose code the layering judges, by its `in` and `except`; none if it judges all.
    fn layering_users(&mut self, rule: &Layering) -> Option<Vec<ComponentId>> {
        let within = rule.head.within.as_ref().map(|list| self.whole_components(&list.value));
        let except = rule.head.except.as_ref().map(|list| self.whole_components(&list.value));
        if within.is_none() && except.is_none() {
            return None;
        }
        let all = (0..self.components.len()).filter_map(|index| u32::try_from(index).ok().map(ComponentId));
        let mut users = within.unwrap_or_else(|| all.collect());
        users.retain(|user| !except.as_ref().is_some_and(|except| except.contains(user)));
        Some(users)
    }

    fn ranks(&mut self, rule: &Layering) -> Vec<(ComponentId, usize, TextSpan)> {
        let mut ranks: Vec<(ComponentId, usize, TextSpan)> = Vec::new();
        let members = rule
            .order
            .iter()
            .enumerate()
            .flat_map(|(rank, entry)| entry.members.iter().map(move |m| (rank, m)));
        for (rank, member) in members {
            let term: Term = rank_term(&member.value);
            for component in self.whole_components_of(&term, member.span) {
                if ranks.iter().any(|(ranked, _, _)| *ranked == component) {
                    let name = self.components[component.0 as usize].name.as_str();
                    let message = format!("`{name}` stands in two places of `{}`", rule.head.id.value.as_str());
                    self.problem(ProblemCode::PolicyConflict, member.span, message, None);
                } else {
                    ranks.push((component, rank, member.span));
                }
            }
        }
        ranks.sort_unstable();
        ranks
    }

    fn submodules(&mut self, rule: &Layering, members: &[ComponentId]) -> Vec<(ItemId, usize, TextSpan)> {
        let mut roots: Vec<ItemId> = members
            .iter()
            .flat_map(|member| self.claims_of(*member))
            .map(|root| root.item)
            .collect();
        roots.sort_unstable();
        let graph = self.graph;
        let inside: Vec<(ItemId, &str)> = graph
            .items()
            .filter(|(_, item)| item.kind == ItemKind::Module)
            .filter(|(_, item)| item.parent.is_some_and(|parent| roots.binary_search(&parent).is_ok()))
            .map(|(id, item)| (id, item.path.rsplit("::").next().unwrap_or_default()))
            .collect();
        let mut submodules = Vec::new();
        let names = rule
            .order
            .iter()
            .enumerate()
            .flat_map(|(rank, entry)| entry.members.iter().map(move |m| (rank, m)));
        for (rank, name) in names {
            let found = inside.iter().filter(|(_, module)| *module == &*name.value);
            let before = submodules.len();
            submodules.extend(found.map(|(id, _)| (*id, rank, name.span)));
            if submodules.len() == before && !members.is_empty() {
                self.no_submodule(rule, name, &inside);
            }
        }
        submodules.sort_unstable();
        submodules
    }

    fn no_submodule(&mut self, rule: &Layering, name: &Spanned<std::sync::Arc<str>>, inside: &[(ItemId, &str)]) {
        let list = rule
            .inside
            .iter()
            .flat_map(|inside| &inside.value)
            .map(|term| format!("`{}`", term.value));
        let suggestion = nearest(&name.value, inside.iter().map(|(_, module)| *module)).map(str::to_owned);
        let message = format!(
            "no member of {} has a submodule `{}`",
            list.collect::<Vec<_>>().join(", "),
            name.value
        );
        self.problem(ProblemCode::NothingMatched, name.span, message, suggestion);
    }
}
