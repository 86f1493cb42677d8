//! What the variables of one arm are bound to. Not responsible for how the match was found.

use std::rc::Rc;

use super::fragment::Fragment;

/// A variable's value: one capture, or one value per iteration of the repetition around it.
#[derive(Debug, Clone)]
pub(super) enum Binding {
    Fragment(Rc<Fragment>),
    Sequence(Vec<Binding>),
}

impl Binding {
    /// The value at the current iteration of each repetition, outermost first. Stops early where the variable repeats
    /// less deep than the repetitions go.
    pub(super) fn at(&self, iterations: &[Iteration]) -> Option<&Binding> {
        let mut current = self;
        for iteration in iterations {
            match current {
                Self::Fragment(_) => break,
                Self::Sequence(values) => current = values.get(iteration.index)?,
            }
        }
        Some(current)
    }

    /// Adds a value to the sequence which is open at this depth; depth 0 is the variable itself.
    fn push(slot: &mut Option<Self>, depth: usize, value: Self) {
        if depth == 0 {
            *slot = Some(value);
            return;
        }
        let mut current = slot.as_mut();
        for _ in 1..depth {
            current = match current {
                Some(Self::Sequence(values)) => values.last_mut(),
                _ => None,
            };
        }
        if let Some(Self::Sequence(values)) = current {
            values.push(value);
        }
    }
}

/// Where the transcriber is in a repetition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Iteration {
    pub(super) index: usize,
    pub(super) length: usize,
}

/// One step of a match that bound something.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// A repetition around these variables began at this depth.
    Repeat { first: usize, end: usize, depth: usize },
    /// A variable captured a fragment.
    Capture {
        variable: usize,
        depth: usize,
        fragment: Rc<Fragment>,
    },
}

/// Replays the steps of the match that succeeded. The result has one entry per variable; each is bound.
pub(super) fn replay(variables: usize, events: impl Iterator<Item = Event>) -> Vec<Binding> {
    let mut slots: Vec<Option<Binding>> = vec![None; variables];
    for event in events {
        match event {
            Event::Repeat { first, end, depth } => {
                for slot in &mut slots[first..end] {
                    Binding::push(slot, depth, Binding::Sequence(Vec::new()));
                }
            }
            Event::Capture {
                variable,
                depth,
                fragment,
            } => {
                Binding::push(&mut slots[variable], depth, Binding::Fragment(fragment));
            }
        }
    }
    slots
        .into_iter()
        .map(|slot| slot.unwrap_or_else(|| Binding::Sequence(Vec::new())))
        .collect()
}
