//! Which component may use which: asked for every two pieces of code that the policies put into components, so that it does
//! not matter by which layering or `uses` a pair is allowed, nor what the components are called.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::ItemId;
use crate::place::TextSpan;
use crate::policy::model::Severity;
use crate::policy::{BoundPolicy, ComponentId, Permission, RuleId};

use super::change::{PolicyChange, What};
use super::two::{Side, Two};

/// The components that own a piece of code in the one policy and in the other.
pub(super) type Owners = (Option<ComponentId>, Option<ComponentId>);

/// By what something is denied, and how severely.
struct Denial {
    rule: RuleId,
    severity: Severity,
    span: Option<TextSpan>,
}

type Told = BTreeMap<(String, bool), (Severity, Option<TextSpan>, BTreeSet<String>)>;

impl Two<'_> {
    /// The owners of all code, each with the code.
    pub(super) fn owners(&self) -> BTreeMap<Owners, Vec<ItemId>> {
        let mut owners: BTreeMap<Owners, Vec<ItemId>> = BTreeMap::new();
        for &item in &self.code {
            // What holds only other modules has nothing to judge.
            if !self.graph.item(item).only_modules {
                let both = (self.strict.component_of(item), self.lax.component_of(item));
                owners.entry(both).or_default().push(item);
            }
        }
        owners
    }

    /// What may not use what in the strict policy and may in the lax one.
    pub(super) fn permissions(&self, owners: &BTreeMap<Owners, Vec<ItemId>>, changes: &mut Vec<PolicyChange>) {
        let mut told = Told::new();
        // Where development code is judged like any other, that is a setting's doing.
        let codes: &[bool] = if self.strict.policy.settings.check_dev {
            &[false]
        } else {
            &[false, true]
        };
        let mut moved: BTreeMap<Owners, Option<TextSpan>> = BTreeMap::new();
        for &user in owners.keys() {
            if self.is_newly_owned(user) {
                moved.insert(user, None);
                continue;
            }
            for &provider in owners.keys() {
                for &dev in codes {
                    let Some(denial) = self.allowed_now(user, provider, dev) else {
                        continue;
                    };
                    let is_steady = |it: Owners| self.is_same(it.0, it.1);
                    if !is_steady(user) || !is_steady(provider) {
                        let culprit = if is_steady(user) { provider } else { user };
                        moved.entry(culprit).or_insert(denial.span);
                        continue;
                    }
                    let Denial { rule, severity, span } = denial;
                    let entry = told.entry((rule.as_str().to_owned(), dev));
                    let (.., pairs) = entry.or_insert((severity, span, BTreeSet::new()));
                    pairs.extend(self.pair(user, provider));
                }
            }
        }
        self.tell_pairs(told, changes);
        self.tell_moved(owners, &moved, changes);
    }

    fn pair(&self, user: Owners, provider: Owners) -> Option<String> {
        let name = |it: Owners| Some(self.name(Side::Strict, it.0?));
        Some(format!("`{}` -> `{}`", name(user)?, name(provider)?))
    }

    /// Whether code is in no component of the strict policy, which denies that, and in one of the lax policy.
    fn is_newly_owned(&self, (strict, lax): Owners) -> bool {
        strict.is_none() && lax.is_some() && !self.strict.policy.settings.unassigned_allowed
    }

    /// By what the strict policy denies something that the lax one allows.
    fn allowed_now(&self, user: Owners, provider: Owners, dev: bool) -> Option<Denial> {
        let denial = denial(self.strict, user.0?, provider.0?, dev)?;
        let still = match (user.1, provider.1) {
            (Some(user), Some(provider)) => self::denial(self.lax, user, provider, dev).map(|denial| denial.severity),
            // Code in no component: that is denied by itself, or anything goes.
            _ => (!self.lax.policy.settings.unassigned_allowed).then_some(Severity::Error),
        };
        let is_denied = still == Some(Severity::Error) || (still.is_some() && denial.severity == Severity::Warn);
        (!is_denied).then_some(denial)
    }

    fn tell_pairs(&self, told: Told, changes: &mut Vec<PolicyChange>) {
        for ((rule, dev), (severity, stricter, pairs)) in told {
            let pairs = pairs.into_iter().collect();
            let head = self.lax.policy.heads().find(|head| head.id.value.as_str() == rule);
            let laxer = head.map(|head| head.id.span).or_else(|| self.component_span(&rule));
            changes.push(PolicyChange {
                rule: RuleId::reserved(rule),
                what: if dev { What::UseInDev(pairs) } else { What::Use(pairs) },
                severity,
                stricter,
                laxer,
            });
        }
    }

    /// Where the lax policy declares the component of `component.http.uses`.
    fn component_span(&self, rule: &str) -> Option<TextSpan> {
        let name = rule.strip_prefix("component.")?.strip_suffix(".uses")?;
        let declaration = self.lax.policy.declaration_of(name)?;
        Some(
            declaration
                .uses
                .as_ref()
                .map_or(declaration.name.span, |uses| uses.span),
        )
    }

    fn tell_moved(
        &self,
        owners: &BTreeMap<Owners, Vec<ItemId>>,
        moved: &BTreeMap<Owners, Option<TextSpan>>,
        changes: &mut Vec<PolicyChange>,
    ) {
        for (&(strict, lax), span) in moved {
            let code = &owners[&(strict, lax)];
            let is_inner = |item: &ItemId| self.graph.lineage(*item).skip(1).any(|outer| code.contains(&outer));
            let shown = code
                .iter()
                .filter(|item| !is_inner(item))
                .map(|item| self.path(*item))
                .collect();
            let name = |side, id: Option<ComponentId>| id.map(|id| self.name(side, id));
            let (from, to) = (name(Side::Strict, strict), name(Side::Lax, lax));
            let declared = |policy: &BoundPolicy<'_>, id: Option<ComponentId>| {
                Some(policy.policy.components[policy.component(id?).declaration].name.span)
            };
            let rule = match &to {
                Some(name) => format!("component.{name}.paths"),
                None => "policy.unassigned".to_owned(),
            };
            let stricter = declared(self.strict, strict).or(*span);
            changes.push(Two::reserved(
                rule,
                What::Owner(shown, from, to),
                stricter,
                declared(self.lax, lax),
            ));
        }
    }
}

/// How a policy denies one component the other. Development code is judged by the layerings that say so.
fn denial(policy: &BoundPolicy<'_>, user: ComponentId, provider: ComponentId, dev: bool) -> Option<Denial> {
    let declaration = &policy.policy.components[policy.component(user).declaration];
    let of_layering = |layering: usize| {
        let head = &policy.layers[layering].rule.head;
        Denial {
            rule: head.id.value.clone(),
            severity: head.severity,
            span: Some(head.id.span),
        }
    };
    if dev && !policy.policy.settings.check_dev {
        return policy.denial_in_dev(user, provider).map(of_layering);
    }
    let reserved = |rule: String| Denial {
        rule: RuleId::reserved(rule),
        severity: Severity::Error,
        span: Some(declaration.name.span),
    };
    match policy.permission(user, provider) {
        Permission::Allowed => None,
        Permission::DeniedByLayering { layering, .. } => Some(of_layering(layering)),
        Permission::NotInUses => Some(reserved(format!("component.{}.uses", declaration.name.value.as_str()))),
        Permission::Undeclared if policy.policy.settings.undeclared_allowed => None,
        Permission::Undeclared => Some(reserved("policy.undeclared".to_owned())),
    }
}
