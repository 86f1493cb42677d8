//! Functions that hand on what they are given: what is passed to one is passed to what its body passes that parameter to,
//! and so on. A parameter that is stored, returned or wrapped by a call is not followed.

use rustc_hash::{FxHashMap, FxHashSet};

use super::details::{FoundDetails, FoundPassing};
use crate::names::ids::{DefId, InstanceId};

/// A function passes what it is given as one of its parameters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handing {
    /// The function.
    pub(super) by: DefId,
    /// Which parameter, `self` left out.
    pub(super) parameter: u32,
    /// The passing that its body holds.
    pub(super) passing: PassingTo,
}

/// Where something is passed to what.
#[derive(Debug, Clone, Copy)]
pub(super) struct PassingTo {
    pub(super) instance: InstanceId,
    /// Index into the instance's facts.
    pub(super) fact: usize,
    pub(super) to: DefId,
    pub(super) also: Option<DefId>,
    pub(super) self_type: Option<DefId>,
    pub(super) written: crate::facts::model::Name,
    /// As which parameter of what it is passed to, `self` left out; none for a macro's argument.
    pub(super) parameter: Option<u32>,
}

impl FoundDetails {
    /// Adds, to each passing to a function that hands on, the passings that come of it.
    pub(super) fn hand_on(&mut self, handings: &[Handing]) {
        let mut by_parameter: FxHashMap<(DefId, u32), Vec<PassingTo>> = FxHashMap::default();
        for handing in handings {
            let of = (handing.by, handing.parameter);
            by_parameter.entry(of).or_default().push(handing.passing);
        }
        if by_parameter.is_empty() {
            return;
        }
        let key = |passing: &FoundPassing| (passing.what, passing.call.instance, passing.call.fact, passing.call.to);
        let mut known: FxHashSet<_> = self.passings.iter().map(key).collect();
        let mut next = 0;
        while let Some(passing) = self.passings.get(next) {
            let call = passing.call;
            let functions = [Some(call.to), call.also].into_iter().flatten();
            let handed: Vec<(DefId, PassingTo)> = functions
                .filter_map(|function| Some((function, by_parameter.get(&(function, call.parameter?))?)))
                .flat_map(|(function, all)| all.iter().map(move |&to| (function, to)))
                .collect();
            for (function, onward) in handed {
                let passing = self.passings[next].handed_on(function, onward);
                if known.insert(key(&passing)) {
                    self.passings.push(passing);
                }
            }
            next += 1;
        }
    }
}

impl FoundPassing {
    /// The same thing at the same place, passed to what the function that gets it passes it to.
    fn handed_on(&self, by: DefId, onward: PassingTo) -> Self {
        let mut way = self.way.clone();
        way.push((onward.instance, onward.fact));
        Self {
            what: self.what,
            call: PassingTo {
                instance: self.call.instance,
                fact: self.call.fact,
                ..onward
            },
            through: self.through.or(Some(by)),
            way,
        }
    }
}
