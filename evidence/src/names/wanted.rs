//! Which names an item macro may make, told without expanding it: what it makes is put together from the words of its
//! arguments and of its definition. Of the macros of dependencies only those are expanded that may make a name that
//! somebody looks for: `libc` declares most of its types in them, for every platform.
//!
//! Whatever may bring further names, a glob, a module, another macro, counts as making any.

use std::cell::OnceCell;
use std::hash::Hasher;
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::FxHasher;

use super::ids::ScopeId;
use super::skim::{Lexeme, group_end, lexeme};
use super::world::{CallId, World};
use crate::facts::model::{MacroCallFact, Name};
use crate::mbe::is_builtin;

/// Macros of the standard library: what they make is no item.
const MAKING_NO_ITEM: [&str; 18] = [
    "assert",
    "assert_eq",
    "compile_error",
    "concat",
    "debug_assert",
    "debug_assert_eq",
    "env",
    "format",
    "format_args",
    "line",
    "matches",
    "option_env",
    "panic",
    "stringify",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
];

/// What is to be declared once the macro calls of a scope that matter are expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Everything,
    /// What goes by a name.
    Name(Name),
    /// What brings names from elsewhere, also macros.
    Sources,
}

/// The words of a text, by a hash: a name is never missed, at worst there is one too many.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// Sorted.
    hashes: Box<[u64]>,
    /// Whether something here may bring names that are no word of it.
    bring_others: bool,
}

impl Words {
    /// The words that a macro of this name is given.
    pub(super) fn of_arguments(text: &str, own: &str) -> Self {
        Self::of(text, own, |_, _| true)
    }

    /// The words that the rules of a macro of this name may make a name of: not those of longer paths, unless the macro
    /// is given them in turn.
    pub(super) fn of_rules(text: &str, own: &str) -> Self {
        Self::of(text, own, |before, after| {
            !before.ends_with("::") && !after.starts_with("::")
        })
    }

    fn of(text: &str, own: &str, may_be_name: impl Fn(&str, &str) -> bool) -> Self {
        let bytes = text.as_bytes();
        let mut hashes = Vec::new();
        let mut bring_others = false;
        let mut given_until = 0;
        let mut last = "";
        let mut at = 0;
        loop {
            let (lexeme, end) = match lexeme(bytes, at) {
                Some(Some(found)) => found,
                Some(None) => break,
                None => {
                    bring_others = true;
                    break;
                }
            };
            if lexeme == Lexeme::Word {
                let (word, before) = (&text[at..end], text[..at].trim_ascii_end());
                let after = text[end..].trim_ascii_start();
                bring_others |= match word {
                    "use" | "mod" | "macro" | "macro_rules" => true,
                    "crate" => last == "extern",
                    // `${concat(..)}`
                    "concat" if !after.starts_with('!') => true,
                    _ if !is_call(after) || MAKING_NO_ITEM.contains(&word) => false,
                    _ if word == own && !is_elsewhere(before) => {
                        given_until = past_arguments(text, after).unwrap_or(text.len()).max(given_until);
                        false
                    }
                    _ => true,
                };
                if at < given_until || may_be_name(before, after) {
                    hashes.push(hash(word.strip_prefix("r#").unwrap_or(word)));
                }
                last = word;
            }
            at = end;
        }
        hashes.sort_unstable();
        hashes.dedup();
        Self {
            hashes: hashes.into(),
            bring_others,
        }
    }

    /// Whether what is wanted may come out of this.
    pub(super) fn may_make(&self, wanted: Wanted) -> bool {
        let by_name = match wanted {
            Wanted::Everything => true,
            Wanted::Name(name) => self.hashes.binary_search(&hash(&name)).is_ok(),
            Wanted::Sources => false,
        };
        by_name || self.bring_others
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// Whether what follows a word makes it a macro's.
fn is_call(after: &str) -> bool {
    let arguments = after.strip_prefix('!');
    arguments.is_some_and(|arguments| !arguments.starts_with('='))
}

/// Where a call's arguments end, from behind the macro's name.
fn past_arguments(text: &str, after: &str) -> Option<usize> {
    let arguments = after.strip_prefix('!')?.trim_ascii_start();
    group_end(text.as_bytes(), text.len() - arguments.len())
}

/// Whether what stands before a word makes it another crate's: `other::word`.
fn is_elsewhere(before: &str) -> bool {
    let path = before.strip_suffix("::").map(str::trim_ascii_end);
    path.is_some_and(|path| !path.ends_with("$crate") && !path.ends_with("$ crate"))
}

/// A macro call that is still to be expanded, and what it may make, once somebody has asked.
#[derive(Debug)]
pub(crate) struct Waiting {
    id: CallId,
    arguments: OnceCell<Words>,
    /// What its definitions add to that; none where they may add anything.
    definitions: OnceCell<Option<Vec<Rc<Words>>>>,
}

impl Deref for Waiting {
    type Target = CallId;

    fn deref(&self) -> &CallId {
        &self.id
    }
}

impl From<CallId> for Waiting {
    fn from(id: CallId) -> Self {
        Self {
            id,
            arguments: OnceCell::new(),
            definitions: OnceCell::new(),
        }
    }
}

impl World<'_> {
    /// Whether a call may make what is wanted in a scope, which is being expanded.
    pub(super) fn may_make(&self, scope: ScopeId, waiting: &Waiting, wanted: Wanted) -> bool {
        let call = self.call(waiting.id);
        // Those of impls, traits and functions make no name of the scope; few, and not told apart.
        if wanted == Wanted::Everything || call.container.is_some() || call.owner.is_some() {
            return true;
        }
        if self.may_arguments_make(waiting, wanted) {
            return true;
        }
        let of_definitions = || self.words_of_definitions(scope, waiting.id, call);
        match waiting.definitions.get_or_init(of_definitions) {
            Some(definitions) => definitions.iter().any(|words| words.may_make(wanted)),
            None => true,
        }
    }

    /// Whether the arguments alone say so.
    pub(super) fn may_arguments_make(&self, waiting: &Waiting, wanted: Wanted) -> bool {
        let words = || {
            let call = self.call(waiting.id);
            let own = self.last_name(waiting.id, call);
            Words::of_arguments(&call.arguments.text, own.as_deref().unwrap_or_default())
        };
        wanted == Wanted::Everything || waiting.arguments.get_or_init(words).may_make(wanted)
    }

    fn words_of_definitions(&self, scope: ScopeId, id: CallId, call: &MacroCallFact) -> Option<Vec<Rc<Words>>> {
        let path = &self.facts_of(id.instance).paths[call.path.index()];
        if self.last_name(id, call).is_some_and(|name| is_builtin(&name)) {
            return Some(Vec::new());
        }
        let definitions = self.macro_definitions(id.instance, path, scope, call.span.start);
        if definitions.is_empty() {
            return None;
        }
        let words = definitions.into_iter().map(|definition| self.words_of(definition));
        words.collect()
    }

    fn last_name(&self, id: CallId, call: &MacroCallFact) -> Option<Name> {
        self.facts_of(id.instance).paths[call.path.index()]
            .segments
            .last()
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_made(words: &Words, name: &str) -> bool {
        words.may_make(Wanted::Name(Name::from(name)))
    }

    #[test]
    fn a_name_is_made_of_words() {
        let text = "pub struct Time { at: i64, // also Comment\n name: r\"Text\", äöü: r#type } a::Path";
        let words = Words::of_arguments(text, "own");
        for word in ["Time", "at", "i64", "äöü", "type", "Path"] {
            assert!(is_made(&words, word), "{word}");
        }
        for other in ["Tim", "Time2", "Comment", "also", "Text"] {
            assert!(!is_made(&words, other), "{other}");
        }
        assert!(!words.may_make(Wanted::Sources));
        assert!(words.may_make(Wanted::Everything));
    }

    #[test]
    fn rules_make_no_name_of_a_path_that_they_do_not_pass_on() {
        let rules =
            "($i:ident) => { #[a::derive(b :: Clone)] struct $i(c::D); own!(it: e::F, { struct G { } }); h::I };";
        let words = Words::of_rules(rules, "own");
        for word in ["struct", "derive", "e", "F", "G"] {
            assert_eq!(is_made(&words, word), word != "derive", "{word}");
        }
        for other in ["a", "b", "Clone", "c", "D", "h", "I"] {
            assert!(!is_made(&words, other), "{other}");
        }
    }

    #[test]
    fn what_may_bring_names_makes_any() {
        for text in [
            "use a::*;",
            "mod a;",
            "extern crate a;",
            "macro_rules! a { () => {} }",
            "other! { a }",
            "$name!(a)",
            "elsewhere::own!(a)",
            "include ! (a)",
            "struct ${concat(A, B)};",
            "\"never closed",
        ] {
            assert!(Words::of_rules(text, "own").may_make(Wanted::Sources), "{text}");
        }
        for text in [
            "own!(it: a)",
            "$crate::own!(a)",
            "$ crate :: own ! (a)",
            "compile_error!(a)",
            "extern fn a(b: crate::B);",
            "const A: bool = a != b;",
        ] {
            assert!(!Words::of_rules(text, "own").may_make(Wanted::Sources), "{text}");
        }
    }
}
