//! Tokens that follow no grammar we know (`select!`, macro bodies): whatever paths they spell may be references.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::parse::Parser;

use archguard_invariants::graph::ReferenceKind;

use super::context::{Extractor, Position, name_of};
use crate::facts::model::{Certainty, Name, Namespaces, Passed};
use crate::mbe::CRATE_ROOT_IDENT;

/// Words that introduce a name rather than use one.
const INTRODUCING: [&str; 11] = [
    "fn", "struct", "enum", "trait", "mod", "let", "type", "const", "static", "union", "macro",
];

/// Words of the language that are no names.
const KEYWORDS: [&str; 30] = [
    "as", "async", "await", "break", "continue", "dyn", "else", "extern", "false", "for", "if", "impl", "in", "loop",
    "match", "move", "mut", "pub", "ref", "return", "true", "unsafe", "use", "where", "while", "yield", "box", "try",
    "_", "abstract",
];

/// How deep groups are still tried as code; below they are only scanned.
const DEEPEST_TRIAL: usize = 12;

impl Extractor<'_> {
    /// Records the paths that tokens spell.
    pub(super) fn scan_tokens(&mut self, tokens: TokenStream) {
        self.within(|this| {
            this.at.tentative = true;
            this.scan(tokens, 0);
        });
    }

    /// Records the paths that tokens spell, and tries to read none of them as code.
    pub(super) fn scan_only(&mut self, tokens: TokenStream) {
        self.within(|this| {
            this.at.tentative = true;
            this.scan(tokens, DEEPEST_TRIAL);
        });
    }

    /// An attribute's arguments: only paths of several names are taken for paths.
    pub(super) fn scan_attribute_arguments(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            if let TokenTree::Group(group) = &trees[at] {
                self.scan_attribute_arguments(group.stream());
            }
            match spelled_path(&trees, at) {
                Some(path) if path.names.len() > 1 => {
                    let next = path.end;
                    self.spelled(&trees, path);
                    at = next;
                }
                Some(path) => at = path.end,
                None => at += 1,
            }
        }
    }

    fn scan(&mut self, tokens: TokenStream, depth: usize) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let outer = self.at;
        // Where what attributes say ends, and what it was before them.
        let mut marked: Vec<(usize, Position)> = Vec::new();
        let mut at = 0;
        while at < trees.len() {
            while let Some((_, before)) = marked.pop_if(|(end, _)| *end <= at) {
                self.at = before;
            }
            if let TokenTree::Group(group) = &trees[at] {
                if is_punct(at.checked_sub(1).and_then(|before| trees.get(before)), '#') {
                    let before = self.at;
                    self.scanned_attribute(group.stream());
                    if self.at.cfg != before.cfg || self.at.dev != before.dev {
                        marked.push((end_of_element(&trees, at + 1), before));
                    }
                } else {
                    self.scan_group(group.stream(), depth);
                }
                at += 1;
            } else if let TokenTree::Literal(literal) = &trees[at] {
                self.literal_token(literal);
                at += 1;
            } else if let Some(tokens) = joined_text(&trees, at) {
                self.concatenated(&tokens);
                at += 3;
            } else if let Some((import, end)) = spelled_import(&trees, at) {
                at = end;
                self.scanned_use(&import);
            } else if let Some(path) = spelled_path(&trees, at) {
                at = path.end;
                self.spelled(&trees, path);
            } else {
                at += 1;
            }
        }
        self.at = outer;
    }

    /// `#[..]` among unknown tokens. The position takes its cfg and test mark.
    fn scanned_attribute(&mut self, tokens: TokenStream) {
        if let Ok(meta) = syn::parse2::<syn::Meta>(tokens) {
            self.scanned_meta(&meta);
            self.enter_meta(&meta);
        }
    }

    /// Groups inside unknown tokens are often code again.
    fn scan_group(&mut self, tokens: TokenStream, depth: usize) {
        if depth < DEEPEST_TRIAL
            && let Ok(statements) = syn::Block::parse_within.parse2(tokens.clone())
        {
            self.within(|this| this.block_of_locals(|this| this.statements(&statements)));
            return;
        }
        self.scan(tokens, depth + 1);
    }

    fn spelled(&mut self, trees: &[TokenTree], path: SpelledPath) {
        let next = trees.get(path.end);
        let bang = matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == '!' && punct.spacing() == Spacing::Alone)
            && !matches!(trees.get(path.end + 1), Some(TokenTree::Punct(punct)) if punct.as_char() == '=');
        let called =
            matches!(next, Some(TokenTree::Group(group)) if group.delimiter() == proc_macro2::Delimiter::Parenthesis);
        if !bang && !called {
            self.note_spelled(&path);
        }
        let first = path.names[0];
        if path.names.len() == 1 {
            let capital = first.starts_with(char::is_uppercase);
            if KEYWORDS.contains(&first.as_str()) || self.local(first).is_some() || !(bang || called || capital) {
                return;
            }
            if matches!(first.as_str(), "self" | "super" | "crate" | "Self" | CRATE_ROOT_IDENT) {
                return;
            }
        }
        let (namespaces, kind) = if bang {
            (Namespaces::MACRO, ReferenceKind::Macro)
        } else if called {
            (Namespaces::VALUE, ReferenceKind::Call)
        } else {
            (Namespaces::TYPE_OR_VALUE, ReferenceKind::Path)
        };
        let place = self.positions.locate_between(path.first_span, path.last_span);
        let fact = self.classified(path.names, path.global);
        let index = self.path_id(fact);
        self.add_path_reference(index, namespaces, kind, place, Certainty::Possible);
    }
}

impl Extractor<'_> {
    /// A path among a macro's tokens may be a function that the macro passes on.
    fn note_spelled(&mut self, path: &SpelledPath) {
        let Some(to) = self.at.macro_call else { return };
        let (first, last) = (path.names[0], path.names[path.names.len() - 1]);
        let is_word = path.names.len() == 1 && (KEYWORDS.contains(&first.as_str()) || self.local(first).is_some());
        if is_word || last.starts_with(char::is_uppercase) {
            return;
        }
        let place = self.positions.locate_between(path.first_span, path.last_span);
        let fact = self.classified(path.names.clone(), path.global);
        let what = Passed::Path(self.path_id(fact), self.at.scope);
        self.push_passed(to, what, None, place);
    }
}

/// Where the item, statement, field or arm ends that begins here: behind the next `,`, `;` or body in braces.
fn end_of_element(trees: &[TokenTree], start: usize) -> usize {
    for (at, tree) in trees.iter().enumerate().skip(start) {
        let ends = match tree {
            TokenTree::Punct(punct) => matches!(punct.as_char(), ',' | ';'),
            // `Pattern { field } => ..` and `Pattern { field } if ..` go on.
            TokenTree::Group(group) => {
                let next = trees.get(at + 1);
                let goes_on = is_punct(next, '=') || matches!(next, Some(TokenTree::Ident(word)) if word == "if");
                group.delimiter() == proc_macro2::Delimiter::Brace && !goes_on
            }
            _ => false,
        };
        if ends {
            return at + 1;
        }
    }
    trees.len()
}

/// A path spelled by tokens.
struct SpelledPath {
    names: Vec<Name>,
    global: bool,
    first_span: proc_macro2::Span,
    last_span: proc_macro2::Span,
    /// One past its last token.
    end: usize,
}

/// The arguments of the `concat!` that begins at a token.
fn joined_text(trees: &[TokenTree], at: usize) -> Option<TokenStream> {
    match trees.get(at..at + 3)? {
        [TokenTree::Ident(name), bang, TokenTree::Group(group)] if name == "concat" && is_punct(Some(bang), '!') => {
            Some(group.stream())
        }
        _ => None,
    }
}

/// The `use` item that begins at a token, if one does, and the token after it.
fn spelled_import(trees: &[TokenTree], start: usize) -> Option<(syn::ItemUse, usize)> {
    if !matches!(trees.get(start)?, TokenTree::Ident(word) if word == "use") {
        return None;
    }
    let length = trees[start..].iter().position(|tree| is_punct(Some(tree), ';'))? + 1;
    let item = without_dollar(&trees[start..start + length]);
    Some((syn::parse2(item).ok()?, start + length))
}

/// `$crate` as `crate`: tokens that are not expanded stand in the macro's own crate.
fn without_dollar(trees: &[TokenTree]) -> TokenStream {
    let of_crate = |at: usize| matches!(trees.get(at + 1), Some(TokenTree::Ident(word)) if word == "crate");
    let kept = (0..trees.len()).filter(|&at| !(is_punct(trees.get(at), '$') && of_crate(at)));
    kept.map(|at| trees[at].clone()).collect()
}

fn is_punct(tree: Option<&TokenTree>, wanted: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn is_path_separator(trees: &[TokenTree], at: usize) -> bool {
    is_punct(trees.get(at), ':') && is_punct(trees.get(at + 1), ':')
}

/// The path that begins at a token, if one does.
fn spelled_path(trees: &[TokenTree], start: usize) -> Option<SpelledPath> {
    let mut at = start;
    let global = is_path_separator(trees, at);
    if global {
        at += 2;
    }
    // `$crate` is the macro's own crate; any other `$name` stands for what is passed in.
    let dollar = is_punct(trees.get(at), '$');
    if dollar {
        at += 1;
    }
    let TokenTree::Ident(ident) = trees.get(at)? else {
        return None;
    };
    let first = name_of(ident);
    if dollar && first != "crate" {
        return None;
    }
    let before = start.checked_sub(1).map(|index| &trees[index]);
    if !dollar && introduced(before, trees, start) {
        return None;
    }
    let mut names = vec![first];
    let (first_span, mut last_span) = (ident.span(), ident.span());
    at += 1;
    while is_path_separator(trees, at) {
        let Some(TokenTree::Ident(ident)) = trees.get(at + 2) else {
            break;
        };
        names.push(name_of(ident));
        last_span = ident.span();
        at += 3;
    }
    Some(SpelledPath {
        names,
        global,
        first_span,
        last_span,
        end: at,
    })
}

/// Whether what stands before makes the name a field, a lifetime, a metavariable or a declaration.
fn introduced(before: Option<&TokenTree>, trees: &[TokenTree], start: usize) -> bool {
    match before {
        Some(TokenTree::Punct(punct)) => match punct.as_char() {
            '\'' | '$' => true,
            // `.name`, but not `..name`.
            '.' => !(start >= 2 && is_punct(trees.get(start - 2), '.')),
            // `$x::name`: the beginning is passed in.
            ':' => start >= 2 && is_punct(trees.get(start - 2), ':'),
            _ => false,
        },
        Some(TokenTree::Ident(word)) => INTRODUCING.iter().any(|keyword| word == keyword),
        _ => false,
    }
}
