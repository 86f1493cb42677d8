//! Violations of `forbid` and `mandate`: for each entry of the list, from each component that the rule speaks of.

use archguard_invariants::graph::{Graph, ItemId, ItemKind, ReferenceKind};
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::bound::{BoundForbid, BoundMandate};
use archguard_invariants::policy::model::{RuleHead, Term, TermList};
use archguard_invariants::policy::{BoundPolicy, Scope, Selector};

use super::aims::{Aim, aims};
use super::components::is_dev;
use super::garden::{Expectation, Garden, PlantId};
use super::places::Places;
use super::proof::Subject;

/// A prohibition, whichever rule it came from.
pub(super) struct Prohibition<'p> {
    pub(super) head: &'p RuleHead,
    pub(super) scope: &'p Scope,
    pub(super) targets: &'p Selector,
    pub(super) terms: &'p [Spanned<Term>],
    pub(super) shared: Option<&'p Selector>,
    /// Only these kinds of reference; all if empty.
    kinds: &'p [ReferenceKind],
    pub(super) public: bool,
    transitive: bool,
    pub(super) lets_through: Option<&'p Spanned<TermList>>,
}

/// How many modules of a component are tried where only what others can see counts.
const SEEN: usize = 40;

pub(super) fn of_forbid(garden: &mut Garden<'_>, places: &Places<'_>, rule: &BoundForbid<'_>) -> Vec<Expectation> {
    Prohibition::of_forbid(rule).plant(garden, places)
}

pub(super) fn of_mandate(garden: &mut Garden<'_>, places: &Places<'_>, rule: &BoundMandate<'_>) -> Vec<Expectation> {
    Prohibition::of_mandate(rule).plant(garden, places)
}

/// The kinds of reference by which code can name an item, or what is inside it; the usual one first.
fn ways_to_name(kind: ItemKind, is_literal: bool) -> &'static [ReferenceKind] {
    use ReferenceKind as Kind;
    /// What names types comes first.
    const ANY: &[Kind] = &[
        Kind::Type,
        Kind::Call,
        Kind::Method,
        Kind::Path,
        Kind::Field,
        Kind::Operator,
        Kind::Impl,
        Kind::Pattern,
        Kind::Import,
        Kind::Derive,
        Kind::Macro,
        Kind::Attribute,
        Kind::Foreign,
    ];
    const OF_TYPES: &[Kind] = ANY.split_at(10).0;
    match kind {
        _ if is_literal => &[Kind::Literal],
        ItemKind::Module | ItemKind::Impl => ANY,
        ItemKind::Function => &[Kind::Call, Kind::Path, Kind::Import, Kind::Foreign],
        ItemKind::Method | ItemKind::Closure => &[Kind::Call, Kind::Method, Kind::Operator, Kind::Path],
        ItemKind::Macro => &[Kind::Macro, Kind::Import],
        ItemKind::Derive => &[Kind::Derive, Kind::Import],
        ItemKind::Attribute => &[Kind::Attribute, Kind::Import],
        ItemKind::Constant | ItemKind::AssociatedConstant | ItemKind::Variant => {
            &[Kind::Path, Kind::Call, Kind::Pattern, Kind::Import]
        }
        ItemKind::Static => &[Kind::Path, Kind::Import, Kind::Foreign],
        ItemKind::Field => &[Kind::Field],
        ItemKind::Struct
        | ItemKind::Enum
        | ItemKind::Union
        | ItemKind::Trait
        | ItemKind::TypeAlias
        | ItemKind::AssociatedType
        | ItemKind::Primitive => OF_TYPES,
    }
}

impl<'p> Prohibition<'p> {
    pub(super) fn of_forbid(rule: &'p BoundForbid<'_>) -> Self {
        let kinds = &rule.rule.kinds;
        Self {
            head: &rule.rule.head,
            scope: &rule.scope,
            targets: &rule.targets,
            terms: &rule.rule.targets.value,
            shared: None,
            kinds: &kinds.kinds,
            public: kinds.public,
            transitive: rule.rule.transitive,
            lets_through: rule.rule.through.as_ref(),
        }
    }

    pub(super) fn of_mandate(rule: &'p BoundMandate<'_>) -> Self {
        Self {
            head: &rule.rule.head,
            scope: &rule.scope,
            targets: &rule.instead_of,
            terms: &rule.rule.instead_of.value,
            shared: Some(&rule.shared),
            kinds: &[],
            public: false,
            transitive: false,
            lets_through: rule.rule.through.as_ref(),
        }
    }

    /// Whether the rule speaks of an item's code.
    pub(super) fn speaks_of(&self, graph: &Graph, policy: &BoundPolicy<'_>, item: ItemId) -> bool {
        let covers = |list: &Selector| list.term_of_definition(graph, policy, item).is_some();
        !self.shared.is_some_and(covers) && self.scope.contains(graph, policy, item)
    }

    /// Places of some code, and where the rule judges what others can see also single items of it.
    fn places_of(&self, places: &Places<'_>, holds: &dyn Fn(ItemId) -> bool) -> (Vec<ItemId>, Vec<ItemId>) {
        if self.public {
            (places.some_within(SEEN, holds), places.items_within(SEEN, holds))
        } else {
            (places.within(holds), Vec::new())
        }
    }

    /// Violations in some code, whether the rule speaks of it or not.
    pub(super) fn violations_at(
        &self,
        garden: &mut Garden<'_>,
        places: &Places<'_>,
        holds: &dyn Fn(ItemId) -> bool,
        named: (ItemId, ReferenceKind),
    ) -> Vec<PlantId> {
        let (froms, shown) = self.places_of(places, holds);
        self.violations(garden, (&froms, &shown, &[]), named)
    }

    fn plant(&self, garden: &mut Garden<'_>, places: &Places<'_>) -> Vec<Expectation> {
        let (graph, policy) = (garden.graph, garden.policy);
        let speaks_of = |item: ItemId| self.speaks_of(graph, policy, item);
        let (froms, shown) = self.places_of(places, &speaks_of);
        let outside = places.within(|item| !speaks_of(item));
        let mut of_rule: Vec<PlantId> = Vec::new();
        let mut expectations = Vec::new();
        for aim in aims(garden, self.targets, self.terms) {
            let mut plants = Vec::new();
            for &to in aim.items.iter().flatten() {
                if let Some(kind) = self.kind(garden, to) {
                    plants.extend(self.violations(garden, (&froms, &shown, &outside), (to, kind)));
                }
            }
            of_rule.extend(&plants);
            let reason = self.reason(garden, &aim, &froms);
            expectations.push(Expectation {
                subject: Subject::Pattern,
                rule: Some(self.head.id.value.clone()),
                span: self.terms.get(aim.term).map(|term| term.span),
                name: aim.name,
                plants,
                reason,
            });
        }
        let reasons = expectations.iter().map(|one| one.reason.as_ref());
        let first = reasons.flatten().next();
        let reason = first.map_or("none of its patterns can fire", String::as_str).to_owned();
        let rule = Expectation {
            subject: Subject::Rule,
            rule: Some(self.head.id.value.clone()),
            name: self.head.id.value.as_str().to_owned(),
            span: Some(self.head.id.span),
            plants: of_rule,
            reason: Ok(reason),
        };
        std::iter::once(rule).chain(expectations).collect()
    }

    /// How a violation names an item under this rule; none where `as` leaves out every way.
    pub(super) fn kind(&self, garden: &Garden<'_>, to: ItemId) -> Option<ReferenceKind> {
        let item = garden.item(to);
        let is_literal = item.path.starts_with("literal:");
        let mut ways = ways_to_name(item.kind, is_literal).iter().copied();
        if self.public && !is_literal {
            return Some(ReferenceKind::Type);
        }
        ways.find(|kind| self.kinds.is_empty() || self.kinds.contains(kind))
    }

    fn violations(
        &self,
        garden: &mut Garden<'_>,
        (froms, shown, outside): (&[ItemId], &[ItemId], &[ItemId]),
        (to, kind): (ItemId, ReferenceKind),
    ) -> Vec<PlantId> {
        let mut plants = Vec::new();
        for &from in froms {
            plants.push(garden.violation(from, to, kind, self.public));
            if let Some(&way) = outside.first().filter(|_| self.transitive) {
                plants.push(chain(garden, (from, way), (to, kind)));
            }
        }
        // What others can see of a component may be single items of it.
        plants.extend(shown.iter().map(|&from| garden.violation_in(from, to, kind, true)));
        plants
    }

    /// Why an entry cannot fire, if it cannot.
    fn reason(&self, garden: &Garden<'_>, aim: &Aim, froms: &[ItemId]) -> Result<String, String> {
        let items = match &aim.items {
            Ok(items) => items,
            Err(reason) => return reason.clone(),
        };
        if froms.is_empty() {
            return Ok(self.empty_scope(garden));
        }
        if items.iter().all(|&item| self.kind(garden, item).is_none()) {
            return Ok("nothing can name it in a way that its `as` lists".to_owned());
        }
        let (graph, policy) = (garden.graph, garden.policy);
        let known = |item: &&ItemId| item.index() < graph.item_count();
        let taken_away = |item: &ItemId| self.targets.term_of_definition(graph, policy, *item).is_none();
        if items.iter().filter(known).count() == items.len() && items.iter().all(taken_away) {
            return Ok("a `!` of the same list takes away all that it names".to_owned());
        }
        let inside = |from: &ItemId| items.iter().any(|&item| graph.covers(item, *from));
        let of_component = |from: &ItemId| {
            let mut components = self.targets.components.iter().filter(|(_, of)| *of == aim.term);
            components.any(|&(id, _)| policy.component_of(*from) == Some(id))
        };
        if items.iter().filter(known).count() == items.len() && froms.iter().all(|it| inside(it) || of_component(it)) {
            return Ok("the rule speaks of no code but what it names itself, which may".to_owned());
        }
        let judges_dev = self.head.dev || policy.policy.settings.check_dev;
        if !judges_dev && froms.iter().all(|&from| is_dev(graph, from)) {
            return Ok(
                "the rule speaks of development code alone, which it does not judge without `dev = true`".to_owned(),
            );
        }
        if self.public {
            return Ok("nothing that the rule speaks of can be seen from outside its component".to_owned());
        }
        if self.lets_through.is_some() {
            return Ok("what `through` lets pass covers it".to_owned());
        }
        Ok("a violation of it that was planted is not found".to_owned())
    }

    fn empty_scope(&self, garden: &Garden<'_>) -> String {
        let (graph, policy) = (garden.graph, garden.policy);
        let examined = || graph.items().map(|(id, _)| id).filter(|&id| graph.is_examined(id));
        let covers = |list: &Selector, id| list.term_of_definition(graph, policy, id).is_some();
        let within = |id: &ItemId| self.scope.within.as_ref().is_none_or(|list| covers(list, *id));
        if !examined().any(|id| within(&id)) {
            return "its `in` holds no code".to_owned();
        }
        let shared = |id: &ItemId| self.shared.is_some_and(|list| covers(list, *id));
        if examined().filter(within).all(|id| shared(&id)) {
            return "all code that it speaks of is the shared code itself".to_owned();
        }
        "its `except` takes out all that it speaks of".to_owned()
    }
}

/// From inside the scope to code outside of it, and from there to what is named.
fn chain(garden: &mut Garden<'_>, (from, way): (ItemId, ItemId), (to, kind): (ItemId, ReferenceKind)) -> PlantId {
    let begin = garden.function(from);
    let name = format!("planted_way_{}", garden.plants.len() + 1);
    let middle = garden.child(way, ItemKind::Function, &name);
    garden.refer(begin, middle, ReferenceKind::Call, false);
    garden.refer(middle, to, kind, false);
    garden.note(from, Some(to))
}
