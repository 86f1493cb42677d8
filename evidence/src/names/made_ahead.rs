//! What calls of macros make, worked out by other threads before somebody asks. By which rules a call is expanded is
//! only guessed there, from the calls of that name so far; what was made is found again by the rules and the call
//! themselves, so that a wrong guess costs time and nothing else.

use std::collections::hash_map::Entry;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::ids::CrateIdx;
use super::kept_facts::KeptFacts;
use super::made::{Made, Rules, make};
use super::wanted::{Wanted, Words};
use crate::facts::extract::{Depth, Reading};
use crate::facts::model::{FileFacts, MacroCallFact, Name, ScopeIdx};
use crate::kept::shelf::Key;
use crate::mbe::MacroDefinition;

/// A macro's name, and the crate that a call of it stands in.
pub(super) type CalledIn = (CrateIdx, Name);

/// A call that will probably have to be expanded.
#[derive(Debug, Clone)]
pub(super) struct CallAhead {
    pub(super) facts: Arc<FileFacts>,
    pub(super) scope: ScopeIdx,
    pub(super) index: u32,
    pub(super) krate: CrateIdx,
    pub(super) depth: Depth,
    /// What for: of the calls that it leads to only those are expanded that may make it.
    pub(super) wanted: Wanted,
}

impl CallAhead {
    fn call(&self) -> &MacroCallFact {
        &self.facts.scopes[self.scope.index()].calls[self.index as usize]
    }

    fn name(&self) -> Option<CalledIn> {
        let path = &self.facts.paths[self.call().path.index()];
        Some((self.krate, *path.segments.last()?))
    }

    /// Guessed as everything here.
    fn may_make_what_is_wanted(&self) -> bool {
        let own = self.name().map(|(_, name)| name);
        let words = || Words::of_arguments(&self.call().arguments.text, own.as_deref().unwrap_or_default());
        self.wanted == Wanted::Everything || words().may_make(self.wanted, false)
    }

    /// The calls that stand in what this one makes, the next one last.
    fn inside(&self, made: &Arc<FileFacts>) -> Vec<Self> {
        let inside = |index: usize| Self {
            facts: Arc::clone(made),
            scope: ScopeIdx::FIRST,
            index: index as u32,
            ..*self
        };
        let calls = (0..made.scopes[0].calls.len()).rev().map(inside);
        calls.filter(Self::may_make_what_is_wanted).collect()
    }
}

/// What a call makes, and the bytes as which that is kept, if anything is.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) made: Made,
    pub(super) bytes: Option<Vec<u8>>,
}

/// What was made ahead, by rules and call.
#[derive(Debug, Default)]
pub(super) struct MadeAhead {
    guesses: Mutex<FxHashMap<CalledIn, Guess>>,
    slots: Mutex<FxHashMap<Key, Slot>>,
    filled: Condvar,
}

#[derive(Debug, Default)]
struct Guess {
    rules: Vec<Arc<Rules>>,
    /// Calls of that name, as long as no rules are known.
    waiting: Vec<CallAhead>,
}

#[derive(Debug)]
enum Slot {
    /// Somebody is at it ahead.
    Expanding,
    Ready(Box<Ready>),
    /// Not to be made ahead any more.
    Taken,
}

/// The definitions that a thread has read, by their identity: they hold spans, which are the thread's own.
#[derive(Default)]
pub(super) struct Definitions {
    read: FxHashMap<Key, Option<MacroDefinition>>,
}

impl Definitions {
    /// Forgets them all.
    pub(super) fn forget(&mut self) {
        self.read.clear();
        proc_macro2::extra::invalidate_current_thread_spans();
    }

    fn read(&mut self, rules: &Rules) -> Option<&MacroDefinition> {
        let read = self.read.entry(rules.identity).or_insert_with(|| rules.read());
        read.as_ref()
    }
}

impl MadeAhead {
    /// Says by which rules calls of a name are probably expanded: by those that the last one was. The calls that had to
    /// wait for that, in their order.
    pub(super) fn guess(&self, name: CalledIn, rules: &[Arc<Rules>]) -> Vec<CallAhead> {
        let mut guesses = self.guesses.lock().unwrap_or_else(PoisonError::into_inner);
        let guess = guesses.entry(name).or_default();
        if !guess.rules.iter().map(Arc::as_ptr).eq(rules.iter().map(Arc::as_ptr)) {
            guess.rules = rules.to_vec();
        }
        std::mem::take(&mut guess.waiting)
    }

    /// Expands a call unless somebody has. The calls that stand in what it makes, the next one last.
    pub(super) fn expand(&self, call: CallAhead, definitions: &mut Definitions, kept: &KeptFacts) -> Vec<CallAhead> {
        let Some(name) = call.name() else {
            return Vec::new();
        };
        let rules = {
            let mut guesses = self.guesses.lock().unwrap_or_else(PoisonError::into_inner);
            let guess = guesses.entry(name).or_default();
            if guess.rules.is_empty() {
                guess.waiting.push(call);
                return Vec::new();
            }
            guess.rules.clone()
        };
        let made = rules.iter().rev();
        let made = made.filter_map(|rules| self.expand_by(&call, rules, definitions, kept));
        made.flat_map(|facts| call.inside(&facts)).collect()
    }

    fn expand_by(
        &self,
        call: &CallAhead,
        rules: &Rules,
        definitions: &mut Definitions,
        kept: &KeptFacts,
    ) -> Option<Arc<FileFacts>> {
        let fact = call.call();
        let reading = Reading::of(fact);
        let key = rules.key(fact, call.depth, reading)?;
        if kept.has_expansion(&key) {
            return None;
        }
        match self.slots().entry(key) {
            Entry::Occupied(_) => return None,
            Entry::Vacant(slot) => slot.insert(Slot::Expanding),
        };
        let work = || make(definitions.read(rules)?, rules, fact, (call.depth, reading));
        let made = std::panic::catch_unwind(AssertUnwindSafe(work)).ok().flatten();
        let facts = made.as_ref().map(|made| Arc::clone(&made.facts));
        let slot = made.map_or(Slot::Taken, |made| {
            let bytes = kept.keeps().then(|| made.bytes()).flatten();
            Slot::Ready(Box::new(Ready { made, bytes }))
        });
        self.slots().insert(key, slot);
        self.filled.notify_all();
        facts
    }

    /// What a call makes, waited for if somebody is at it. Nobody will be from now on.
    pub(super) fn take(&self, key: &Key) -> Option<Ready> {
        let mut slots = self.slots();
        loop {
            match slots.insert(*key, Slot::Taken) {
                Some(Slot::Ready(ready)) => return Some(*ready),
                Some(Slot::Expanding) => {
                    slots.insert(*key, Slot::Expanding);
                    slots = self.filled.wait(slots).unwrap_or_else(PoisonError::into_inner);
                }
                Some(Slot::Taken) | None => return None,
            }
        }
    }

    fn slots(&self) -> MutexGuard<'_, FxHashMap<Key, Slot>> {
        // Nothing panics while the lock is held.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract::extract;

    const TEXT: &str = "wrap! { A B }\nwrap! { C }\n";
    const NAME: &str = "wrap";
    const RULES: &str = "($($name:ident)*) => { $(wrap!(one $name);)* }; (one $name:ident) => { struct $name; }";
    /// The first arm takes everything.
    const LAST_FIRST: &str = "(one $name:ident) => { struct $name; }; ($($name:ident)*) => { $(wrap!(one $name);)* }";

    fn calls() -> Vec<CallAhead> {
        let facts = Arc::new(extract(TEXT, Depth::Declarations).expect("it parses"));
        let call = |index| CallAhead {
            facts: Arc::clone(&facts),
            scope: ScopeIdx::FIRST,
            index,
            krate: CrateIdx::FIRST,
            depth: Depth::Declarations,
            wanted: Wanted::Everything,
        };
        vec![call(0), call(1)]
    }

    fn guess(ahead: &MadeAhead, rules: &Arc<Rules>) -> Vec<CallAhead> {
        ahead.guess((CrateIdx::FIRST, Name::from(NAME)), &[Arc::clone(rules)])
    }

    fn items(facts: &FileFacts) -> Vec<&str> {
        facts.items.iter().map(|item| item.name.as_str()).collect()
    }

    fn key(call: &CallAhead, rules: &Rules) -> Key {
        let fact = call.call();
        rules.key(fact, call.depth, Reading::of(fact)).expect("it has one")
    }

    /// Expands a call and all that it leads to; what was made at each step.
    fn expand_all(ahead: &MadeAhead, call: CallAhead, rules: &Rules) -> Vec<Vec<String>> {
        let mut definitions = Definitions::default();
        let mut pending = vec![call];
        let mut made = Vec::new();
        while let Some(call) = pending.pop() {
            pending.extend(ahead.expand(call.clone(), &mut definitions, &KeptFacts::default()));
            let ready = ahead.take(&key(&call, rules)).expect("it was made");
            made.push(items(&ready.made.facts).into_iter().map(str::to_owned).collect());
            assert!(ahead.take(&key(&call, rules)).is_none(), "it is there once");
        }
        made
    }

    #[test]
    fn what_is_made_ahead_is_what_the_rules_make() {
        let rules = Arc::new(Rules::of(LAST_FIRST, false));
        let ahead = MadeAhead::default();
        guess(&ahead, &rules);
        let none: Vec<String> = Vec::new();
        let expected = [none, vec!["A".to_owned()], vec!["B".to_owned()]];
        assert_eq!(expand_all(&ahead, calls().remove(0), &rules), expected);
    }

    #[test]
    fn calls_wait_for_a_guess_and_a_wrong_one_is_never_found() {
        let (wrong, right) = (
            Arc::new(Rules::of(RULES, false)),
            Arc::new(Rules::of(LAST_FIRST, false)),
        );
        let ahead = MadeAhead::default();
        let mut definitions = Definitions::default();
        for call in calls() {
            assert!(ahead.expand(call, &mut definitions, &KeptFacts::default()).is_empty());
        }
        let waiting = guess(&ahead, &wrong);
        assert_eq!(waiting.iter().map(|call| call.index).collect::<Vec<_>>(), [0, 1]);
        assert!(guess(&ahead, &wrong).is_empty(), "they have been told once");
        let call = waiting[0].clone();
        ahead.expand(call.clone(), &mut definitions, &KeptFacts::default());
        assert!(ahead.take(&key(&call, &right)).is_none());
        assert!(ahead.take(&key(&call, &wrong)).is_some());
    }

    #[test]
    fn what_somebody_has_asked_for_is_left_to_him() {
        let rules = Arc::new(Rules::of(LAST_FIRST, false));
        let ahead = MadeAhead::default();
        guess(&ahead, &rules);
        let call = calls().remove(0);
        assert!(ahead.take(&key(&call, &rules)).is_none());
        let inside = ahead.expand(call.clone(), &mut Definitions::default(), &KeptFacts::default());
        assert!(inside.is_empty());
        assert!(ahead.take(&key(&call, &rules)).is_none());
    }
}
