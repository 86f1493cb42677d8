//! `[[layers]]`: an order of components, or with `within` of submodules.

use toml::de::DeValue;

use super::section::{Reader, Section, Value, list, span_of};
use super::terms::ListKind;
use crate::place::Spanned;
use crate::policy::format::LAYERS;
use crate::policy::model::{Layering, Rank, Term};
use crate::problem::ProblemCode;

impl<'t> Reader<'t> {
    /// Reads one `[[layers]]`.
    pub(super) fn read_layering(&mut self, section: &Section<'_, 't>) -> Option<Layering> {
        self.check_keys(section, &LAYERS);
        let head = self.read_head(section);
        let inside = self.terms(section, "within", ListKind::Mixed);
        let Some(order) = section.get("order") else {
            self.missing(section, "order");
            return None;
        };
        let order = self.read_order(&section.key_name("order"), order, inside.is_some());
        Some(Layering {
            head: head?,
            order,
            inside,
        })
    }

    fn read_order(&mut self, what: &str, value: &Value<'t>, submodules: bool) -> Vec<Rank> {
        let Some(entries) = value.get_ref().as_array() else {
            self.wrong_type(what, "an array, from the top to the bottom", value);
            return Vec::new();
        };
        if entries.is_empty() {
            self.problem(
                ProblemCode::PolicySyntax,
                span_of(value),
                format!("{what} is empty: it orders nothing"),
            );
        }
        let mut ranks = Vec::new();
        for entry in entries {
            let names = match entry.get_ref() {
                DeValue::Array(siblings) => siblings
                    .iter()
                    .filter_map(|name| self.array_entry(what, name))
                    .collect(),
                _ => self.array_entry(what, entry).into_iter().collect::<Vec<_>>(),
            };
            let members: Vec<_> = names
                .iter()
                .flat_map(|name| self.rank_member(what, name, submodules))
                .collect();
            ranks.push(Rank { members });
        }
        self.check_twice(what, &ranks);
        ranks
    }

    fn rank_member(
        &mut self,
        what: &str,
        name: &Spanned<String>,
        submodules: bool,
    ) -> Vec<Spanned<std::sync::Arc<str>>> {
        let refuse = |reader: &mut Self, why: &str| {
            reader.problem(
                ProblemCode::BadPattern,
                name.span,
                format!("{what}: `{}` {why}", name.value),
            );
            Vec::new()
        };
        if name.value.starts_with("set:") {
            return refuse(self, "is a set, which has no order: write its names out");
        }
        if name.value.starts_with("pack:") {
            return refuse(self, "is a pack of external code, and an order has components");
        }
        if name.value.starts_with('!') {
            return refuse(self, "takes something away, an order only has names");
        }
        let terms = self.entry(name, true);
        let names = terms.into_iter().map(|term| match term.value {
            Term::Bare(text) => text,
            Term::Component(text) => format!("component:{text}").into(),
            Term::Packed(pack, _) => format!("pack:{pack}").into(),
            Term::Pattern(pattern) | Term::Not(pattern) => match pattern.to_string() {
                name if name.contains([':', '*']) => name.into(),
                name => format!("crate:{name}").into(),
            },
        });
        let members: Vec<_> = names.map(|value| Spanned { value, span: name.span }).collect();
        if submodules && members.iter().any(|member| member.value.contains([':', '*', '.'])) {
            return refuse(self, "is not the name of a submodule, which is what `within` orders");
        }
        members
    }

    fn check_twice(&mut self, what: &str, ranks: &[Rank]) {
        let mut seen = Vec::new();
        for member in ranks.iter().flat_map(|rank| &rank.members) {
            if seen.contains(&&member.value) {
                let message = format!("{what} has {} in two places", list(&[&member.value]));
                self.problem(ProblemCode::PolicyConflict, member.span, message);
            }
            seen.push(&member.value);
        }
    }
}
