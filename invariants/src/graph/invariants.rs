//! The graph's own laws, for tests: whoever builds a graph calls [`Graph::verify`] on it once.

use rustc_hash::FxHashSet;

use super::details::Laws;
use super::model::{ItemId, ItemKind, TextId, Visibility};
use super::query::Graph;
use crate::place::Place;

impl Graph {
    /// Checks the graph's own laws; the error lists every law that is broken, and by what.
    #[doc(hidden)]
    pub fn verify(&self) -> Result<(), Vec<String>> {
        let mut broken = Vec::new();
        self.verify_ids(&mut broken);
        if broken.is_empty() {
            // Walks along ids are safe only now.
            self.verify_parents(&mut broken);
            self.verify_modules(&mut broken);
        }
        self.verify_references(&mut broken);
        self.verify_texts(&mut broken);
        broken.extend(Laws::broken_in(self));
        if broken.is_empty() { Ok(()) } else { Err(broken) }
    }

    fn verify_ids(&self, broken: &mut Vec<String>) {
        for (id, item) in self.items() {
            let path = &item.path;
            let within = match item.visibility {
                Visibility::Public => None,
                Visibility::Within(module) => Some(module),
            };
            for other in [item.parent, Some(item.module), within].into_iter().flatten() {
                if other.index() >= self.item_count() {
                    broken.push(format!(
                        "`{path}` speaks of item {}, which does not exist",
                        other.index()
                    ));
                }
            }
            if item.krate.0 as usize >= self.crates().len() {
                broken.push(format!("`{path}` is in crate {}, which does not exist", item.krate.0));
            }
            if let Some(place) = item.place {
                self.verify_place(place, || format!("`{path}` (item {})", id.index()), broken);
            }
        }
        for krate in self.crates() {
            if krate.root.index() >= self.item_count() {
                broken.push(format!("the root of crate `{}` does not exist", krate.head));
            }
            if krate.dependencies.iter().any(|id| id.0 as usize >= self.crates().len()) {
                broken.push(format!("crate `{}` depends on a crate that does not exist", krate.head));
            }
            if krate.dev_only.iter().any(|id| !krate.dependencies.contains(id)) {
                broken.push(format!(
                    "crate `{}` has a development dependency that is none",
                    krate.head
                ));
            }
        }
    }

    /// Every item is marked with the walk that first met it; meeting one's own mark again is a cycle.
    fn verify_parents(&self, broken: &mut Vec<String>) {
        let mut walked = vec![usize::MAX; self.item_count()];
        for (start, item) in self.items() {
            let mut next = Some(start);
            while let Some(id) = next {
                if walked[id.index()] == start.index() {
                    broken.push(format!("the parents of `{}` go in a circle", item.path));
                    return;
                }
                if walked[id.index()] != usize::MAX {
                    break;
                }
                walked[id.index()] = start.index();
                next = self.item(id).parent;
            }
        }
    }

    fn verify_modules(&self, broken: &mut Vec<String>) {
        for (id, item) in self.items() {
            let path = &item.path;
            if item.kind == ItemKind::Module && item.module != id {
                broken.push(format!("the module of module `{path}` is not itself"));
            }
            if self.item(item.module).kind != ItemKind::Module {
                broken.push(format!("the module of `{path}` is no module"));
            }
            if item.parent.is_some_and(|parent| self.item(parent).krate != item.krate) {
                broken.push(format!("`{path}` is defined in an item of another crate"));
            }
            if let Visibility::Within(module) = item.visibility
                && self.item(module).kind != ItemKind::Module
            {
                broken.push(format!("`{path}` is visible within something that is no module"));
            }
        }
        for krate in self.crates() {
            let root = self.item(krate.root);
            if root.kind != ItemKind::Module || root.parent.is_some() {
                broken.push(format!("the root of crate `{}` is no root module", krate.head));
            }
        }
    }

    fn verify_references(&self, broken: &mut Vec<String>) {
        let text = |id: TextId| {
            self.texts
                .get(id.index())
                .map_or("a text that does not exist", |text| text)
        };
        for link in self.references() {
            let name = || format!("the reference to `{}`", text(link.reference.written));
            self.verify_place(link.reference.place, name, broken);
            let items = [
                Some(link.from),
                Some(link.to),
                link.reference.also,
                link.reference.self_type,
                link.reference.inherited_from,
            ];
            if items
                .into_iter()
                .flatten()
                .any(|id: ItemId| id.index() >= self.item_count())
            {
                broken.push(format!("{} speaks of an item that does not exist", name()));
            }
        }
        for unresolved in self.unresolved() {
            let name = || format!("the unresolved path `{}`", text(unresolved.written));
            self.verify_place(unresolved.place, name, broken);
            let ids = unresolved.leads.iter().chain([&unresolved.from]);
            if ids.into_iter().any(|id| id.index() >= self.item_count()) {
                broken.push(format!("{} speaks of an item that does not exist", name()));
            }
        }
    }

    fn verify_texts(&self, broken: &mut Vec<String>) {
        let mut seen = FxHashSet::default();
        for text in self.texts.iter().filter(|text| !seen.insert(*text)) {
            broken.push(format!("the text `{text}` stands twice"));
        }
        let references = self.references().map(|link| link.reference.written);
        let unresolved = self.unresolved().iter().map(|unresolved| unresolved.written);
        let passings = self.details().passings().iter();
        let written = references.chain(unresolved);
        for text in written.chain(passings.map(|passing| passing.reference.written)) {
            if text.index() >= self.texts.len() {
                broken.push(format!("text {} is written somewhere and does not exist", text.index()));
            }
        }
    }

    pub(super) fn verify_place(&self, place: Place, name: impl Fn() -> String, broken: &mut Vec<String>) {
        if place.file.0 as usize >= self.files().len() {
            broken.push(format!(
                "{} stands in file {}, which does not exist",
                name(),
                place.file.0
            ));
        }
        if place.start > place.end || place.start.line == 0 || place.start.column == 0 {
            broken.push(format!(
                "{} has a place that ends before it starts, or counts from 0",
                name()
            ));
        }
    }
}
