//! Which names an item macro may make, told without expanding it: what it makes is put together from the words of its
//! arguments and of its definition. Of the macros of dependencies only those are expanded that may make a name that
//! somebody looks for: `libc` declares most of its types in them, for every platform.
//!
//! Whatever may bring further names, a glob, a module, another macro, counts as making any. What a call is expanded by is
//! settled when its scope is first gone through, in the order of the text, whether it is expanded then or later.

use std::cell::OnceCell;
use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::ids::{DefId, ScopeId};
use super::skim::{Lexeme, group_end, lexeme, past_space};
use super::world::{CallId, Origin, World};
use crate::facts::model::{Name, PathStart};
use crate::mbe::is_builtin;

/// The macro that makes nothing: it ends the compilation. In dependencies it is known by its name, as long as no other macro
/// of that name is: where the name leads may be asked of the scope that is being expanded.
const MAKING_NOTHING: &str = "compile_error";

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
    /// Whether the macro that this belongs to is called again, by its name alone.
    call_themselves: bool,
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
        let mut words = Self {
            hashes: Box::default(),
            bring_others: false,
            call_themselves: false,
        };
        let mut hashes = Vec::new();
        // What cannot be told apart may be anything.
        words.bring_others |= words.read(text, own, may_be_name, &mut hashes).is_none();
        hashes.sort_unstable();
        hashes.dedup();
        words.hashes = hashes.into();
        words
    }

    fn read(
        &mut self,
        text: &str,
        own: &str,
        may_be_name: impl Fn(&str, &str) -> bool,
        hashes: &mut Vec<u64>,
    ) -> Option<()> {
        let bytes = text.as_bytes();
        let mut given_until = 0;
        let mut last = "";
        // The word before, if nothing but space came since.
        let mut beside: Option<(&str, &str)> = None;
        let mut at = 0;
        while let Some((lexeme, end)) = lexeme(bytes, at)? {
            match lexeme {
                Lexeme::Space | Lexeme::Doc => {}
                Lexeme::Word => {
                    let word = &text[at..end];
                    let (before, after) = (text[..at].trim_ascii_end(), text[end..].trim_ascii_start());
                    self.bring_others |= match word {
                        // The last one for `${concat(..)}`.
                        "use" | "mod" | "macro" | "macro_rules" | "concat" => true,
                        "crate" => last == "extern",
                        _ => false,
                    };
                    if at < given_until || may_be_name(before, after) {
                        hashes.push(hash(word.strip_prefix("r#").unwrap_or(word)));
                    }
                    (last, beside) = (word, Some((before, word)));
                }
                // `#![..]` and `!=` are none.
                Lexeme::Other(b'!') if text[..at].ends_with('#') || bytes.get(end) == Some(&b'=') => beside = None,
                Lexeme::Other(b'!') => {
                    let open = past_space(bytes, end)?;
                    let is_open = matches!(bytes.get(open), Some(b'(' | b'[' | b'{'));
                    // Another's, `other::word!` and `$word!`, what is no word, and what arguments stand for: `word! $given`.
                    let called = beside.filter(|(before, _)| !before.ends_with("::") && !before.ends_with('$'));
                    match called.filter(|_| is_open) {
                        Some((_, word)) if word == own => {
                            self.call_themselves = true;
                            given_until = group_end(bytes, open)?.max(given_until);
                        }
                        Some((_, MAKING_NOTHING)) => {}
                        _ => self.bring_others = true,
                    }
                    beside = None;
                }
                _ => beside = None,
            }
            at = end;
        }
        Some(())
    }

    /// Whether what is wanted may come out of this, for a call by the macro's name alone or by a longer path: only then may
    /// a call by the name alone mean another macro.
    pub(super) fn may_make(&self, wanted: Wanted, by_path: bool) -> bool {
        let by_name = match wanted {
            Wanted::Everything => true,
            Wanted::Name(name) => self.hashes.binary_search(&hash(&name)).is_ok(),
            Wanted::Sources => false,
        };
        by_name || self.bring_others || by_path && self.call_themselves
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// A macro call that is still to be expanded, and what is known of it, once somebody has asked.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(super) id: CallId,
    arguments: OnceCell<Words>,
    /// What it is expanded by; empty where no macro of its name is known.
    definitions: OnceCell<Vec<DefId>>,
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

/// The name of a called macro, and whether a longer path leads to it.
struct CalledBy {
    name: Name,
    by_path: bool,
}

impl World<'_> {
    /// Whether a call may make what is wanted in a scope, which is being expanded.
    pub(super) fn may_make(&self, scope: ScopeId, waiting: &Waiting, wanted: Wanted) -> bool {
        let call = self.call(waiting.id);
        // Those of impls, traits and functions make no name of the scope; few, and not told apart.
        if wanted == Wanted::Everything || call.container.is_some() || call.owner.is_some() {
            return true;
        }
        let Some(called) = self.called_by(waiting.id) else {
            return true;
        };
        let definitions = self.definitions_for(scope, waiting);
        if definitions.is_empty() && !called.by_path && called.name == MAKING_NOTHING {
            return false;
        }
        let is_known = !definitions.is_empty() || is_builtin(&called.name);
        let may_rules = |&definition: &DefId| {
            // By another name than its own it may call another macro of that.
            let by_path = called.by_path || self.def(definition).name != called.name;
            self.words_of(definition)
                .is_none_or(|words| words.may_make(wanted, by_path))
        };
        !is_known || self.may_arguments_make(waiting, wanted) || definitions.iter().any(may_rules)
    }

    /// Whether a macro is the standard library's that makes nothing.
    pub(super) fn ends_the_compilation(&self, definition: DefId) -> bool {
        let data = self.def(definition);
        matches!(data.origin, Origin::Standard { .. }) && data.name == MAKING_NOTHING
    }

    /// Whether the arguments alone say so.
    pub(super) fn may_arguments_make(&self, waiting: &Waiting, wanted: Wanted) -> bool {
        let Some(called) = self.called_by(waiting.id).filter(|_| wanted != Wanted::Everything) else {
            return true;
        };
        let words = || Words::of_arguments(&self.call(waiting.id).arguments.text, &called.name);
        let words = waiting.arguments.get_or_init(words);
        words.may_make(wanted, called.by_path)
    }

    /// What a call is expanded by, found once.
    pub(super) fn definitions_for<'d>(&self, scope: ScopeId, waiting: &'d Waiting) -> &'d [DefId] {
        waiting.definitions.get_or_init(|| {
            let call = self.call(waiting.id);
            let path = &self.facts_of(waiting.id.instance).paths[call.path.index()];
            self.macro_definitions(waiting.id.instance, path, scope, call.span.start)
        })
    }

    /// Calls of the same macro by its name alone that stand in what a call made: they are expanded as it was, unless it made
    /// macros too.
    pub(super) fn settle_inside(&self, scope: ScopeId, waiting: &Waiting, made: &[Waiting]) {
        if made.is_empty() || self.is_examined(scope) || self.may_make(scope, waiting, Wanted::Sources) {
            return;
        }
        let alone = |id| {
            self.called_by(id)
                .filter(|called| !called.by_path)
                .map(|called| called.name)
        };
        let (Some(name), Some(definitions)) = (alone(waiting.id), waiting.definitions.get()) else {
            return;
        };
        for inside in made.iter().filter(|inside| alone(inside.id) == Some(name)) {
            // Whoever has settled it already went by the same.
            let _ = inside.definitions.set(definitions.clone());
        }
    }

    fn called_by(&self, id: CallId) -> Option<CalledBy> {
        let path = &self.facts_of(id.instance).paths[self.call(id).path.index()];
        let by_path = path.start != PathStart::Plain || path.segments.len() > 1;
        let name = *path.segments.last()?;
        Some(CalledBy { name, by_path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_made(words: &Words, name: &str) -> bool {
        words.may_make(Wanted::Name(Name::from(name)), false)
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
        assert!(!words.may_make(Wanted::Sources, true));
        assert!(words.may_make(Wanted::Everything, false));
    }

    #[test]
    fn rules_make_no_name_of_a_path_that_they_do_not_pass_on() {
        let rules =
            "($i:ident) => { #[a::derive(b :: Clone)] struct $i(c::D); own!(it: e::F, { struct G { } }); h::I };";
        let words = Words::of_rules(rules, "own");
        for word in ["struct", "e", "F", "G"] {
            assert!(is_made(&words, word), "{word}");
        }
        for other in ["a", "derive", "b", "Clone", "c", "D", "h", "I"] {
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
            "$own!{}",
            "$compile_error!{}",
            "($($p:ident)::+) => { $($p)::+ !{} }",
            "other /* ! */ // !\n ! /* ! */ {}",
            "elsewhere::own!(a)",
            "$crate::own!(a)",
            "include ! (a)",
            "line!()",
            "other! $given",
            "own! $given",
            "$m $bang $given !",
            "call!(declare, !, {})",
            "struct ${concat(A, B)};",
            "\"never closed",
        ] {
            assert!(Words::of_rules(text, "own").may_make(Wanted::Sources, false), "{text}");
        }
        for text in [
            "own!(it: a)",
            "own /* ! */ ! (a)",
            "compile_error!(a)",
            "extern fn a(b: crate::B);",
            "#![a] const A: bool = a != b;",
        ] {
            assert!(!Words::of_rules(text, "own").may_make(Wanted::Sources, false), "{text}");
        }
    }

    #[test]
    fn who_calls_himself_by_his_name_alone_may_mean_another_than_a_path_leads_to() {
        let words = Words::of_rules("() => { own!(a) };", "own");
        assert!(words.may_make(Wanted::Sources, true));
        assert!(!words.may_make(Wanted::Sources, false));
    }
}
