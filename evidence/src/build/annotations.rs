//! Annotations of the examined code as the graph knows them: those whose path leads to the crate `archguard`.

use std::sync::Arc;

use archguard_invariants::graph::{
    Annotations, ComponentAnnotation, Covered, ExceptionAnnotation, GraphBuilder, SharedAnnotation,
};

use super::items::Items;
use crate::facts::model::{AnnotationFact, Said};
use crate::names::annotations::OwnMacro;
use crate::names::ids::InstanceId;
use crate::names::world::World;

/// Adds the annotations to the graph.
pub(super) fn add(world: &World<'_>, builder: &mut GraphBuilder, items: &Items<'_, '_>) {
    let mut annotations = Annotations::default();
    for (id, fact) in facts(world) {
        if let Some(own) = world.own_macro_of(id, fact) {
            let adding = Adding {
                world,
                builder,
                items,
                id,
                fact,
            };
            adding.add(own, &mut annotations);
        }
    }
    builder.annotations = annotations;
}

/// What has the form of an annotation in examined code.
pub(super) fn facts<'w>(world: &'w World<'_>) -> impl Iterator<Item = (InstanceId, &'w AnnotationFact)> {
    let instances = (0..world.instances.len() as u32).map(InstanceId::new);
    let examined = instances.filter(|&id| world.krate(world.instance(id).krate).origin.is_examined());
    examined.flat_map(|id| world.facts_of(id).annotations.iter().map(move |fact| (id, fact)))
}

/// One of them.
struct Adding<'a, 'w> {
    world: &'a World<'w>,
    builder: &'a GraphBuilder,
    items: &'a Items<'a, 'w>,
    id: InstanceId,
    fact: &'a AnnotationFact,
}

impl Adding<'_, '_> {
    fn add(&self, own: OwnMacro, annotations: &mut Annotations) {
        match (own, &self.fact.says) {
            (OwnMacro::Component, Said::Text(component)) => annotations.components.extend(self.component(component)),
            (OwnMacro::Except | OwnMacro::ExceptHere, Said::Exception(values)) => {
                annotations.exceptions.extend(self.exception(values));
            }
            (OwnMacro::Shared, Said::Nothing) => self.shared(None, annotations),
            (OwnMacro::Shared, Said::Text(purpose)) => self.shared(Some(purpose), annotations),
            // What does not compile says nothing.
            _ => {}
        }
    }

    fn scope(&self) -> crate::names::ids::ScopeId {
        self.world.instance(self.id).scopes[self.fact.scope.index()]
    }

    fn component(&self, component: &str) -> Option<ComponentAnnotation> {
        let module = self.items.id(self.world.module_of(self.scope()))?;
        Some(ComponentAnnotation {
            module,
            component: component.into(),
            place: self.items.place(self.id, self.fact.span)?,
            dev: self.fact.dev || self.builder.item(module).dev,
        })
    }

    fn exception(&self, values: &[Option<Box<str>>; 4]) -> Option<ExceptionAnnotation> {
        let module = || self.items.id(self.world.module_of(self.scope()));
        let owner = self.items.owner(self.id, self.fact.on, self.scope());
        let item = self.items.id(owner).or_else(module)?;
        let covers = match self.fact.covers {
            Some(span) => Covered::Stretch(self.items.place(self.id, span)?),
            None => Covered::Module(self.items.id(self.world.module_of(self.scope()))?),
        };
        let [rule, reason, owner, until] = values.clone().map(|value| value.map(Arc::from));
        Some(ExceptionAnnotation {
            item,
            covers,
            rule,
            reason,
            owner,
            until,
            place: self.items.place(self.id, self.fact.span)?,
        })
    }

    fn shared(&self, purpose: Option<&str>, annotations: &mut Annotations) {
        let owner = self.items.owner(self.id, self.fact.on, self.scope());
        // An outline has modules alone.
        let module = || self.items.id(self.world.module_of(self.scope()));
        let Some(item) = self.items.id(owner).or_else(module) else {
            return;
        };
        let path = self.world.path(owner);
        let paths: Vec<Arc<str>> = if self.fact.imported.is_empty() {
            vec![path.as_str().into()]
        } else {
            let imported = self.fact.imported.iter();
            imported.map(|name| format!("{path}::{name}").into()).collect()
        };
        annotations
            .shared
            .extend(paths.into_iter().map(|path| SharedAnnotation {
                item,
                path,
                purpose: purpose.map(Arc::from),
            }));
    }
}
