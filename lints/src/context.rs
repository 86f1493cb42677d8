//! What every judge is given: graph, policy, and answers that are worked out once and asked for often.

use std::cell::{OnceCell, RefCell};

use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{Graph, ItemId, ItemKind, ReferenceKind, TextId};
use archguard_invariants::policy::model::Component;
use archguard_invariants::policy::require::Examiner;
use archguard_invariants::policy::{BoundPolicy, ComponentId, RuleId};
use rustc_hash::FxHashMap;

use crate::border::Border;
use crate::crossing::Crossings;
use crate::handouts::HandOuts;
use crate::steps::Steps;

/// Graph and policy with memo tables. References fall into far fewer *classes* (same definitions, same written path, same
/// kind) than there are references; what a pattern says is asked once per class.
pub(crate) struct Context<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) policy: &'a BoundPolicy<'a>,
    classes: OnceCell<Classes>,
    by_path: OnceCell<FxHashMap<&'a str, ItemId>>,
    written_owners: RefCell<FxHashMap<TextId, Option<ItemId>>>,
    handouts: OnceCell<HandOuts>,
    border: OnceCell<Border>,
    crossings: OnceCell<Crossings>,
    steps: OnceCell<Steps>,
    examiner: OnceCell<Examiner<'a>>,
}

/// Class number by reference.
struct Classes {
    of: Vec<u32>,
    count: usize,
}

type ClassKey = (ItemId, (Option<ItemId>, Option<ItemId>), TextId, ReferenceKind);

impl Classes {
    fn new(graph: &Graph) -> Self {
        let mut numbers: FxHashMap<ClassKey, u32> = FxHashMap::default();
        let mut of = vec![0; graph.reference_count()];
        for link in graph.references() {
            let reference = link.reference;
            let next = numbers.len() as u32;
            let key = (
                link.to,
                (reference.also, reference.self_type),
                reference.written,
                reference.kind,
            );
            of[link.id.index()] = *numbers.entry(key).or_insert(next);
        }
        Self {
            of,
            count: numbers.len(),
        }
    }
}

/// An answer by class of references.
pub(crate) struct ByClass<T> {
    answers: Vec<Option<T>>,
}

impl<T: Copy> ByClass<T> {
    /// The answer for a reference, asked for on first sight of its class.
    pub(crate) fn get(&mut self, ctx: &Context<'_>, link: &Link<'_>, ask: impl FnOnce() -> T) -> T {
        *self.answers[ctx.classes().of[link.id.index()] as usize].get_or_insert_with(ask)
    }
}

/// An answer by item.
pub(crate) struct ByItem<T> {
    answers: Vec<Option<T>>,
}

impl<T: Copy> ByItem<T> {
    /// The answer for an item, asked for on first sight.
    pub(crate) fn get(&mut self, item: ItemId, ask: impl FnOnce() -> T) -> T {
        *self.answers[item.index()].get_or_insert_with(ask)
    }
}

/// The macros of the crate `archguard`, with the functions behind them, and that crate itself.
const ANNOTATIONS: [&str; 6] = [
    "archguard",
    "archguard::component",
    "archguard::enforce",
    "archguard::except",
    "archguard::except_here",
    "archguard::shared",
];

impl<'a> Context<'a> {
    pub(crate) fn new(graph: &'a Graph, policy: &'a BoundPolicy<'a>) -> Self {
        Self {
            graph,
            policy,
            classes: OnceCell::new(),
            by_path: OnceCell::new(),
            written_owners: RefCell::default(),
            handouts: OnceCell::new(),
            border: OnceCell::new(),
            crossings: OnceCell::new(),
            steps: OnceCell::new(),
            examiner: OnceCell::new(),
        }
    }

    fn classes(&self) -> &Classes {
        self.classes.get_or_init(|| Classes::new(self.graph))
    }

    /// An empty table by class.
    pub(crate) fn by_class<T: Clone>(&self) -> ByClass<T> {
        ByClass {
            answers: vec![None; self.classes().count],
        }
    }

    /// An empty table by item.
    pub(crate) fn by_item<T: Clone>(&self) -> ByItem<T> {
        ByItem {
            answers: vec![None; self.graph.item_count()],
        }
    }

    /// Whether it is a macro of the crate `archguard`, or that crate: what says something about the architecture is no part of
    /// it, and permissions do not speak of it. Prohibitions may.
    pub(crate) fn is_annotation(&self, item: ItemId) -> bool {
        let named = self.graph.item(item);
        &*self.graph.krate(named.krate).name == "archguard" && ANNOTATIONS.contains(&&*named.path)
    }

    /// What components hand out.
    pub(crate) fn handouts(&self) -> &HandOuts {
        self.handouts.get_or_init(|| HandOuts::new(self))
    }

    /// What can be seen from outside the components.
    pub(crate) fn border(&self) -> &Border {
        self.border.get_or_init(|| Border::new(self))
    }

    /// The references that leave their component and are not allowed.
    pub(crate) fn crossings(&self) -> &Crossings {
        self.crossings.get_or_init(|| Crossings::new(self))
    }

    /// The references that chains can go by.
    pub(crate) fn steps(&self) -> &Steps {
        self.steps.get_or_init(|| Steps::new(self.graph))
    }

    /// What answers requirements.
    pub(crate) fn examiner(&self) -> &Examiner<'a> {
        self.examiner.get_or_init(|| Examiner::new(self.graph, self.policy))
    }

    /// The definitions that a reference leads to: one, or for a trait's item the trait's and the type's.
    pub(crate) fn definitions(link: &Link<'_>) -> impl Iterator<Item = ItemId> + use<> {
        let reference = link.reference;
        let others = [reference.also, reference.self_type].into_iter().flatten();
        std::iter::once(link.to).chain(others.filter(move |&other| other != link.to).collect::<Vec<_>>())
    }

    /// What a reference names, as permissions see it: the definition, and the type written before a trait's item. Where
    /// a trait happens to be implemented is nobody's dependency.
    pub(crate) fn named(link: &Link<'_>) -> impl Iterator<Item = ItemId> + use<> {
        std::iter::once(link.to).chain(link.reference.self_type)
    }

    /// Whether an item is development code.
    pub(crate) fn is_dev(&self, item: ItemId) -> bool {
        let item = self.graph.item(item);
        item.dev || self.graph.krate(item.krate).dev
    }

    /// Whether a reference is development code.
    pub(crate) fn is_dev_reference(&self, link: &Link<'_>) -> bool {
        link.reference.dev || self.is_dev(link.from)
    }

    /// Whether development code is judged by a rule whose `dev` is this.
    pub(crate) fn judges_dev(&self, rule_dev: bool) -> bool {
        rule_dev || self.policy.policy.settings.check_dev
    }

    /// A component as the policy declares it; the members of a family share theirs.
    pub(crate) fn declaration(&self, component: ComponentId) -> &'a Component {
        &self.policy.policy.components[self.policy.component(component).declaration]
    }

    /// The reserved id of what a component declares: `component.http.uses`. A family's members go by the family, which is
    /// what stands in the policy.
    pub(crate) fn component_rule(&self, component: ComponentId, key: &str) -> RuleId {
        RuleId::reserved(format!(
            "component.{}.{key}",
            self.declaration(component).name.value.as_str()
        ))
    }

    /// The reserved id of what the file of an item's package declares: `package.web.uses`.
    pub(crate) fn package_rule(&self, item: ItemId, key: &str) -> RuleId {
        let package = &self.graph.krate(self.graph.item(item).krate).package;
        RuleId::reserved(format!("package.{package}.{key}"))
    }

    /// The name of a component.
    pub(crate) fn name(&self, component: ComponentId) -> &'a str {
        self.policy.component(component).name.as_str()
    }

    /// The examined item that the longest prefix of a written path names: whose territory the path lies in.
    pub(crate) fn owner_of_written(&self, written: TextId) -> Option<ItemId> {
        if let Some(&known) = self.written_owners.borrow().get(&written) {
            return known;
        }
        let by_path = self.by_path.get_or_init(|| self.examined_paths());
        let prefixes = std::iter::successors(Some(self.graph.text(written)), |path| Some(path.rsplit_once("::")?.0));
        let owner = prefixes.into_iter().find_map(|path| by_path.get(path).copied());
        self.written_owners.borrow_mut().insert(written, owner);
        owner
    }

    /// The path as it is written at a reference.
    pub(crate) fn written(&self, link: &Link<'_>) -> &'a str {
        self.graph.text(link.reference.written)
    }

    /// The component whose territory a written path lies in.
    pub(crate) fn component_of_written(&self, link: &Link<'_>) -> Option<ComponentId> {
        self.policy.component_of(self.owner_of_written(link.reference.written)?)
    }

    /// Examined items by path; of several with one path, a module, else the first.
    fn examined_paths(&self) -> FxHashMap<&'a str, ItemId> {
        let mut by_path: FxHashMap<&'a str, ItemId> = FxHashMap::default();
        for (id, item) in self.graph.items() {
            if item.kind == ItemKind::Impl || !self.graph.is_examined(id) {
                continue;
            }
            let slot = by_path.entry(&item.path).or_insert(id);
            if item.kind == ItemKind::Module && self.graph.item(*slot).kind != ItemKind::Module {
                *slot = id;
            }
        }
        by_path
    }
}
