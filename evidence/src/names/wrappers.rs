//! What types of the standard library hold and hand out, as far as their arguments tell it.

use archguard_invariants::graph::ItemKind;

use super::typed::Typed;
use super::world::{Origin, World};
use crate::facts::model::Name;

/// Types that hand through to what they hold.
const TRANSPARENT: [&str; 8] = [
    "Box",
    "Rc",
    "Arc",
    "Ref",
    "RefMut",
    "MutexGuard",
    "RwLockReadGuard",
    "RwLockWriteGuard",
];

/// Sequences of their one argument.
const SEQUENCES: [&str; 8] = [
    "Vec",
    "slice",
    "VecDeque",
    "LinkedList",
    "BinaryHeap",
    "HashSet",
    "BTreeSet",
    "Option",
];

/// What a method is known to give, with the type where that is known too.
#[derive(Debug)]
pub(crate) struct Given(pub(crate) Option<Typed>);

impl World<'_> {
    /// What a transparent wrapper holds.
    pub(crate) fn held(&self, typed: &Typed) -> Option<Typed> {
        let name = self.def(typed.def).name;
        if TRANSPARENT.contains(&name.as_str()) {
            typed.argument(0)
        } else {
            None
        }
    }

    /// What a `Pin` points to.
    pub(crate) fn pinned(&self, typed: &Typed) -> Option<Typed> {
        (self.standard_name(typed) == Some("Pin"))
            .then(|| typed.argument(0))
            .flatten()
    }

    /// What `?` and `Some(x)`, `Ok(x)` take out; of another type its one argument.
    pub(crate) fn unwrapped(&self, typed: &Typed) -> Option<Typed> {
        let wraps = matches!(self.standard_name(typed), Some("Option" | "Result"));
        (wraps || typed.arguments.len() == 1)
            .then(|| typed.argument(0))
            .flatten()
    }

    /// What `Err(x)` takes out.
    pub(crate) fn failed(&self, typed: &Typed) -> Option<Typed> {
        (self.standard_name(typed) == Some("Result"))
            .then(|| typed.argument(1))
            .flatten()
    }

    /// A tuple of these.
    pub(crate) fn tuple(&self, arguments: Vec<Option<Typed>>) -> Option<Typed> {
        let def = self.standard_by_path("tuple")?;
        Some(Typed { def, arguments })
    }

    pub(crate) fn is_tuple(&self, typed: &Typed) -> bool {
        let data = self.def(typed.def);
        data.kind == ItemKind::Primitive && data.name == "tuple"
    }

    /// An element of a tuple.
    pub(crate) fn part(&self, typed: &Typed, number: usize, from_end: bool) -> Option<Typed> {
        let position = if from_end {
            typed.arguments.len().checked_sub(number + 1)?
        } else {
            number
        };
        self.is_tuple(typed).then(|| typed.argument(position)).flatten()
    }

    /// What iterating gives.
    pub(crate) fn element(&self, typed: &Typed) -> Option<Typed> {
        match self.standard_name(typed)? {
            "HashMap" | "BTreeMap" => self.tuple(vec![typed.argument(0), typed.argument(1)]),
            "Iterator" | "IntoIterator" if typed.arguments.len() == 1 => typed.argument(0),
            name if SEQUENCES.contains(&name) => typed.argument(0),
            _ => self.held(typed).and_then(|held| self.element(&held)),
        }
    }

    /// What `x[i]` gives.
    pub(crate) fn indexed(&self, typed: &Typed) -> Option<Typed> {
        match self.standard_name(typed)? {
            "HashMap" | "BTreeMap" => typed.argument(1),
            "Vec" | "slice" | "VecDeque" => typed.argument(0),
            _ => self.held(typed).and_then(|held| self.indexed(&held)),
        }
    }

    /// What a method of a standard type gives, where that is one of the type's arguments or made of them; none for methods that
    /// say what they return.
    pub(crate) fn of_standard_method(&self, receiver: &Typed, name: Name) -> Option<Given> {
        let standard = self.standard_name(receiver);
        // A slice or `str` owned is another type.
        if matches!(name.as_str(), "clone" | "by_ref") || standard.is_none() && name == "to_owned" {
            return Some(Given(Some(receiver.clone())));
        }
        let known = match standard? {
            "Option" => self.of_option(receiver, &name),
            "Result" => self.of_result(receiver, &name),
            "Iterator" => self.of_iterator(receiver, &name),
            "HashMap" | "BTreeMap" => self.of_map(receiver, &name),
            "Vec" | "slice" | "VecDeque" | "HashSet" | "BTreeSet" => self.of_sequence(receiver, &name),
            "Mutex" | "RwLock" => matches!(&*name, "lock" | "read" | "write" | "into_inner" | "get_mut")
                .then(|| Given(self.standard("core::result::Result", vec![receiver.argument(0)]))),
            "RefCell" => matches!(&*name, "borrow" | "borrow_mut" | "get_mut" | "into_inner" | "take")
                .then(|| Given(receiver.argument(0))),
            "OnceLock" | "OnceCell" if &*name == "get" => Some(Given(self.optional(receiver.argument(0)))),
            "OnceLock" | "OnceCell" if &*name == "get_or_init" => Some(Given(receiver.argument(0))),
            _ => None,
        };
        if known.is_some() {
            return known;
        }
        // What the wrapper itself does not have, what it holds has.
        let held = self.held(receiver)?;
        match &*name {
            "as_ref" | "as_mut" => Some(Given(Some(held))),
            _ => self.of_standard_method(&held, name),
        }
    }

    fn of_option(&self, receiver: &Typed, name: &str) -> Option<Given> {
        match name {
            "unwrap" | "expect" | "unwrap_or" | "unwrap_or_else" | "unwrap_or_default" | "unwrap_unchecked"
            | "insert" | "get_or_insert" | "get_or_insert_with" => Some(Given(receiver.argument(0))),
            "as_ref" | "as_mut" | "as_deref" | "as_deref_mut" | "as_pin_mut" | "take" | "replace" | "filter" | "or"
            | "or_else" | "xor" | "inspect" | "copied" | "cloned" => Some(Given(Some(receiver.clone()))),
            "ok_or" | "ok_or_else" => Some(Given(self.standard("core::result::Result", vec![receiver.argument(0)]))),
            "iter" | "iter_mut" | "into_iter" => Some(Given(self.iterator(receiver.argument(0)))),
            _ => None,
        }
    }

    fn of_result(&self, receiver: &Typed, name: &str) -> Option<Given> {
        match name {
            "unwrap" | "expect" | "unwrap_or" | "unwrap_or_else" | "unwrap_or_default" | "unwrap_unchecked" => {
                Some(Given(receiver.argument(0)))
            }
            "unwrap_err" | "expect_err" => Some(Given(receiver.argument(1))),
            "ok" => Some(Given(self.optional(receiver.argument(0)))),
            "err" => Some(Given(self.optional(receiver.argument(1)))),
            "as_ref" | "as_mut" | "inspect" | "inspect_err" | "copied" | "cloned" => {
                Some(Given(Some(receiver.clone())))
            }
            "map_err" | "or" | "or_else" => {
                Some(Given(self.standard("core::result::Result", vec![receiver.argument(0)])))
            }
            _ => None,
        }
    }

    fn of_iterator(&self, receiver: &Typed, name: &str) -> Option<Given> {
        match name {
            "next" | "last" | "nth" | "next_back" | "find" | "max_by_key" | "min_by_key" | "max_by" | "min_by" => {
                Some(Given(self.optional(receiver.argument(0))))
            }
            "rev" | "skip" | "take" | "filter" | "peekable" | "inspect" | "step_by" | "fuse" | "chain" | "cycle"
            | "skip_while" | "take_while" | "copied" | "cloned" | "into_iter" => Some(Given(Some(receiver.clone()))),
            "enumerate" => {
                let pair = self.tuple(vec![None, receiver.argument(0)]);
                Some(Given(self.iterator(pair)))
            }
            _ => None,
        }
    }

    fn of_map(&self, receiver: &Typed, name: &str) -> Option<Given> {
        match name {
            "get" | "get_mut" | "remove" | "insert" => Some(Given(self.optional(receiver.argument(1)))),
            "values" | "values_mut" | "into_values" => Some(Given(self.iterator(receiver.argument(1)))),
            "keys" | "into_keys" => Some(Given(self.iterator(receiver.argument(0)))),
            "iter" | "iter_mut" | "into_iter" | "drain" => Some(Given(self.iterator(self.element(receiver)))),
            _ => None,
        }
    }

    fn of_sequence(&self, receiver: &Typed, name: &str) -> Option<Given> {
        match name {
            "first" | "last" | "first_mut" | "last_mut" | "pop" | "front" | "back" | "front_mut" | "back_mut"
            | "pop_front" | "pop_back" => Some(Given(self.optional(receiver.argument(0)))),
            "iter" | "iter_mut" | "into_iter" | "drain" => Some(Given(self.iterator(receiver.argument(0)))),
            _ => None,
        }
    }

    fn optional(&self, inner: Option<Typed>) -> Option<Typed> {
        self.standard("core::option::Option", vec![inner])
    }

    fn iterator(&self, item: Option<Typed>) -> Option<Typed> {
        self.standard("core::iter::Iterator", vec![item])
    }

    fn standard(&self, path: &str, arguments: Vec<Option<Typed>>) -> Option<Typed> {
        let def = self.standard_by_path(path)?;
        Some(Typed { def, arguments })
    }

    /// The last name of a type of the standard library.
    fn standard_name(&self, typed: &Typed) -> Option<&'static str> {
        let data = self.def(typed.def);
        matches!(data.origin, Origin::Standard { .. }).then(|| data.name.as_str())
    }
}
