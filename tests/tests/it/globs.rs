//! Globs that glob each other: what a name means in each module, against a model that hands names on until nothing changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::harness::{Checked, Fixture, check};

const NAMES: [&str; 3] = ["a", "b", "c"];

/// Who can use what a module declares, or what a glob brings.
#[derive(Debug, Clone, Copy)]
enum Written {
    Private,
    Super,
    Crate,
    Public,
}

#[derive(Debug, Clone)]
struct Module {
    /// A module before it.
    parent: usize,
    declares: [Option<Written>; NAMES.len()],
    globs: Vec<(usize, Written)>,
}

/// A crate and one that it depends on, the dependency's modules first.
#[derive(Debug, Clone)]
struct Code {
    modules: Vec<Module>,
    /// How many modules the dependency has; the first of each crate is its root.
    of_dependency: usize,
}

/// Who can name something: everybody, or a module and what is in it.
type Visible = Option<usize>;

impl Code {
    fn root_of(&self, module: usize) -> usize {
        if module < self.of_dependency {
            0
        } else {
            self.of_dependency
        }
    }

    fn parent(&self, module: usize) -> Option<usize> {
        let root = self.root_of(module);
        (module != root).then(|| root + self.modules[module].parent % (module - root))
    }

    fn path(&self, module: usize) -> String {
        match self.parent(module) {
            Some(parent) => format!("{}::m{module}", self.path(parent)),
            None => ["base", "shop"][usize::from(module == self.of_dependency)].to_owned(),
        }
    }

    fn is_in(&self, module: usize, outer: usize) -> bool {
        module == outer || self.parent(module).is_some_and(|parent| self.is_in(parent, outer))
    }

    fn is_visible(&self, visible: Visible, from: usize) -> bool {
        visible.is_none_or(|within| self.is_in(from, within))
    }

    fn visible(&self, module: usize, written: Written) -> Visible {
        match written {
            Written::Private => Some(module),
            Written::Super => Some(self.parent(module).unwrap_or(module)),
            Written::Crate => Some(self.root_of(module)),
            Written::Public => None,
        }
    }

    /// The module that a glob leads to: of its own crate, or of the one that it depends on.
    fn target(&self, module: usize, drawn: usize) -> usize {
        let reachable = if module < self.of_dependency {
            self.of_dependency
        } else {
            self.modules.len()
        };
        drawn % reachable
    }

    fn text(&self) -> String {
        let mut text = String::from("//- registry/base/src/lib.rs\n");
        self.write(0, &mut text);
        text.push_str("//- src/lib.rs\n");
        self.write(self.of_dependency, &mut text);
        text
    }

    fn write(&self, module: usize, text: &mut String) {
        let word = |written, module| match written {
            Written::Private => "",
            Written::Super if self.parent(module).is_none() => "",
            Written::Super => "pub(super) ",
            Written::Crate => "pub(crate) ",
            Written::Public => "pub ",
        };
        let mut line = |line: String| writeln!(text, "{line}").expect("a string takes everything");
        for &(drawn, written) in &self.modules[module].globs {
            let target = self.target(module, drawn);
            if target == module {
                continue;
            }
            let path = self.path(target);
            let is_own = self.root_of(target) == self.root_of(module);
            let path = match path.split_once("::").filter(|_| is_own) {
                Some((_, inner)) => format!("crate::{inner}"),
                None if is_own => "crate".to_owned(),
                None => path,
            };
            line(format!("{}use {path}::*;", word(written, module)));
        }
        for (name, declared) in NAMES.iter().zip(self.modules[module].declares) {
            if let Some(written) = declared {
                line(format!("{}fn {name}() {{}}", word(written, module)));
            }
        }
        line(format!("fn probe() {{ {}(); }}", NAMES.join("(); ")));
        for inner in 0..self.modules.len() {
            if self.root_of(inner) == self.root_of(module) && self.parent(inner) == Some(module) {
                writeln!(text, "pub mod m{inner} {{").expect("a string takes everything");
                self.write(inner, text);
                text.push_str("}\n");
            }
        }
    }

    /// What a name leads to in each module, with who can use it there.
    fn meanings(&self, name: usize) -> Vec<BTreeMap<usize, Visible>> {
        let declared = |(index, module): (usize, &Module)| {
            let declared = module.declares[name];
            declared
                .map(|written| (index, self.visible(index, written)))
                .into_iter()
                .collect()
        };
        let mut meanings: Vec<BTreeMap<usize, Visible>> = self.modules.iter().enumerate().map(declared).collect();
        loop {
            let before = meanings.clone();
            for (module, facts) in self.modules.iter().enumerate() {
                for &(drawn, written) in &facts.globs {
                    if facts.declares[name].is_some() {
                        continue;
                    }
                    for (&def, &visible) in &before[self.target(module, drawn)] {
                        if self.is_visible(visible, module) {
                            let brought = self.narrower(visible, self.visible(module, written));
                            let known = meanings[module].entry(def).or_insert(brought);
                            *known = self.wider(*known, brought);
                        }
                    }
                }
            }
            if before == meanings {
                return meanings;
            }
        }
    }

    /// Of two that some module sees, one lies in the other.
    fn narrower(&self, one: Visible, other: Visible) -> Visible {
        match (one, other) {
            (Some(inner), Some(outer)) if self.is_in(inner, outer) => one,
            (Some(_), None) => one,
            _ => other,
        }
    }

    fn wider(&self, one: Visible, other: Visible) -> Visible {
        if self.narrower(one, other) == one { other } else { one }
    }
}

fn written() -> impl Strategy<Value = Written> {
    prop_oneof![
        1 => Just(Written::Private),
        2 => Just(Written::Super),
        2 => Just(Written::Crate),
        2 => Just(Written::Public)
    ]
}

fn code() -> impl Strategy<Value = Code> {
    let declares = proptest::array::uniform3(proptest::option::weighted(0.15, written()));
    let globs = vec((any::<usize>(), written()), 1..5);
    let module = (any::<usize>(), declares, globs).prop_map(|(parent, declares, globs)| Module {
        parent,
        declares,
        globs,
    });
    (1..4usize, vec(module, 8..16)).prop_map(|(of_dependency, modules)| Code { modules, of_dependency })
}

#[test]
fn a_glob_makes_nothing_more_visible_than_it_is() {
    check(
        r"
//- registry/one/src/lib.rs
mod inner { pub(crate) fn own() {} pub fn shared() {} }
pub use inner::*;
//- registry/two/src/lib.rs
pub fn own() {}
//- src/lib.rs
use one::*;
use two::*;
fn f() { own(); shared(); }
//       ^^^ call two::own
//              ^^^^^^ call one::inner::shared
",
    );
}

#[test]
fn what_two_globs_bring_is_as_visible_as_the_wider_one_makes_it() {
    check(
        r"
//- src/lib.rs
pub mod declared { pub fn shared() {} }
pub mod hub {
    mod again { pub use crate::declared::*; }
//                      ^^^^^^^^^^^^^^^^^^ import shop::declared reexport
    use crate::declared::*;
    pub use self::again::*;
//          ^^^^^^^^^^^^^^ import shop::hub::again reexport
}
pub mod user {
    use crate::hub::*;
    fn f() { shared(); }
//           ^^^^^^ call shop::declared::shared
}
",
    );
}

#[test]
fn a_variant_is_as_visible_as_its_enum() {
    check(
        r"
//- registry/one/src/lib.rs
mod inner { pub(crate) enum E { A, B } pub enum F { C } }
pub use inner::{E::*, F::*};
//- registry/two/src/lib.rs
pub fn A() {}
//- src/lib.rs
use one::*;
use two::*;
fn f() { A(); C; }
//       ^ call two::A
//            ^ path one::inner::F::C
",
    );
}

#[test]
fn what_a_macro_makes_comes_back_through_a_glob_no_less_visible() {
    check(
        r"
//- registry/base/src/lib.rs
macro_rules! handle { ($name:ident) => { pub struct $name; impl $name { pub fn close(&self) {} } }; }
mod imp {
    handle! { Handle }
    pub use self::sys::*;
    mod sys { pub(crate) use super::*; pub fn open() -> Handle { loop {} } }
}
pub use imp::*;
//- src/lib.rs
use base::*;
fn f() { open().close(); }
//       ^^^^ call base::imp::sys::open
//              ^^^^^ method base::imp::Handle::close inferred
fn g(_: Handle) {}
//      ^^^^^^ type base::imp::Handle
",
    );
}

#[test]
fn what_a_macro_makes_comes_back_through_an_import_by_name() {
    check(
        r"
//- registry/base/src/lib.rs
macro_rules! item { ($($token:tt)*) => { $($token)* }; }
pub use crate::m1::m2::m4::*;
pub mod m1 {
    pub mod m2 {
        pub(super) use crate::c;
        pub mod m3 { pub mod m5 { item! { pub fn c() {} } pub use crate::m1::m2::*; } }
        pub mod m4 { pub use crate::m1::m2::m3::m5::*; }
    }
}
//- src/lib.rs
fn f() { base::c(); }
//       ^^^^^^^ call base::m1::m2::m3::m5::c
",
    );
}

#[test]
fn macros_of_scopes_that_glob_each_other_make_the_same_whoever_is_asked_first() {
    let base = r"
//- registry/base/src/lib.rs
macro_rules! make { ($($name:ident)*) => { $( pub fn $name() {} )* }; }
pub mod a { pub use crate::b::*; make! { x y } }
pub mod b { pub use crate::a::*; make! { x y } }
//- src/lib.rs
";
    let calls = ["base::a::x();", "base::b::x();", "base::b::y();", "base::a::y();"];
    let found = |order: [usize; 4]| {
        let lines = order.map(|call| format!("fn f{call}() {{ {} }}\n", calls[call]));
        let checked = Checked::of(&Fixture::of(&format!("{base}{}", lines.concat())));
        let mut found: Vec<String> = (checked.graph.references())
            .map(|link| (link.from, link.to))
            .map(|(from, to)| format!("{} {}", checked.graph.item(from).path, checked.graph.item(to).path))
            .collect();
        found.sort();
        assert!(found.len() >= 4, "{found:?}");
        found
    };
    let first = found([0, 1, 2, 3]);
    for order in [[1, 0, 2, 3], [2, 0, 1, 3], [3, 2, 1, 0], [2, 1, 3, 0]] {
        assert_eq!(found(order), first, "{order:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_name_means_is_what_globs_hand_on(code in code()) {
        let checked = Checked::of(&Fixture::of(&code.text()));
        let mut found: BTreeMap<(String, &str), BTreeSet<String>> = BTreeMap::new();
        for link in checked.graph.references() {
            let path = |id| checked.graph.item(id).path.to_string();
            let (from, to) = (path(link.from), path(link.to));
            if let Some(module) = from.strip_suffix("::probe")
                && let Some(name) = NAMES.into_iter().find(|name| to.ends_with(&format!("::{name}")))
            {
                found.entry((module.to_owned(), name)).or_default().insert(to);
            }
        }
        for (index, name) in NAMES.into_iter().enumerate() {
            let meanings = code.meanings(index);
            for (module, meaning) in meanings.iter().enumerate().skip(code.of_dependency) {
                let key = (code.path(module), name);
                let path = |&def: &usize| format!("{}::{name}", code.path(def));
                let expected: BTreeSet<String> = meaning.keys().map(path).collect();
                let found = found.remove(&key).unwrap_or_default();
                prop_assert_eq!(found, expected, "{:?} in\n{}", key, code.text());
            }
        }
        prop_assert!(found.is_empty(), "{:?}", found);
    }
}
