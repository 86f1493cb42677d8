//! The limits of an expansion, and the measure of how deep a token stream nests. Not responsible for how often
//! expansions are repeated.
//!
//! Fragments are parsed by recursive descent, so what nests must be bounded before parsing: delimiters, angle
//! brackets, prefix operators and the like, and chains of operators, whose syntax trees are freed recursively.

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};

use super::error::MacroError;

/// The largest number of tokens that arguments or an expansion may have.
pub const MAX_TOKENS: usize = 1_000_000;

/// The deepest nesting of delimiters that arguments or definitions may have.
pub const MAX_NESTING: usize = 128;

/// The most constructs without delimiters that may nest in one another (`!!!x`, `&&&T`, `A<B<C>>`) in a fragment.
const MAX_PREFIXES: usize = 192;

/// The longest chain of tokens without `,`, `;` or braces (`a + b + c`) in a fragment.
const MAX_CHAIN: usize = 8_192;

/// Keywords that open something which ends where its operand ends.
const NESTING_KEYWORDS: [&str; 20] = [
    "as", "async", "await", "box", "break", "const", "dyn", "else", "extern", "fn", "for", "if", "impl", "in", "let",
    "match", "move", "return", "while", "yield",
];

/// How a token stream nests.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Nesting {
    tokens: usize,
    depth: usize,
    prefixes: usize,
    chain: usize,
}

impl Nesting {
    /// Measures without recursion.
    pub(super) fn measure(stream: &TokenStream) -> Self {
        let mut nesting = Self::default();
        let mut levels = vec![Level::new(stream, 0)];
        while let Some(level) = levels.last_mut() {
            let Some(tree) = level.trees.next() else {
                levels.pop();
                continue;
            };
            let enclosing = level.nesting();
            level.count(&tree);
            nesting.tokens += 1;
            nesting.prefixes = nesting.prefixes.max(level.nesting());
            nesting.chain = nesting.chain.max(level.chain);
            if let TokenTree::Group(group) = tree {
                let inside = Level::new(&group.stream(), enclosing);
                levels.push(inside);
                nesting.depth = nesting.depth.max(levels.len() - 1);
            }
        }
        nesting
    }

    /// Refuses what no stage could handle.
    pub(super) fn check(self, what: &str) -> Result<Self, MacroError> {
        if self.depth > MAX_NESTING {
            return Err(MacroError::limit(format!(
                "{what} nests deeper than {MAX_NESTING} delimiters"
            )));
        }
        if self.tokens > MAX_TOKENS {
            return Err(MacroError::limit(format!("{what} has more than {MAX_TOKENS} tokens")));
        }
        Ok(self)
    }

    /// Refuses what the parser of expressions, types and items could not handle.
    pub(super) fn check_parseable(self) -> Result<(), MacroError> {
        if self.prefixes > MAX_PREFIXES || self.chain > MAX_CHAIN {
            return Err(MacroError::limit("a fragment nests too deep to be parsed"));
        }
        Ok(())
    }
}

/// The number of tokens in these trees, each group counted with its content.
pub(super) fn count(trees: &[TokenTree]) -> usize {
    let mut total = trees.len();
    let mut pending: Vec<TokenStream> = trees.iter().filter_map(content).collect();
    while let Some(stream) = pending.pop() {
        for tree in stream {
            total += 1;
            pending.extend(content(&tree));
        }
    }
    total
}

/// The number of tokens in a stream, each group counted with its content.
pub(crate) fn count_tokens(stream: &TokenStream) -> usize {
    let trees: Vec<TokenTree> = stream.clone().into_iter().collect();
    count(&trees)
}

fn content(tree: &TokenTree) -> Option<TokenStream> {
    match tree {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    }
}

/// The state of the measure inside one group.
struct Level {
    trees: proc_macro2::token_stream::IntoIter,
    /// How deep the group itself stands, its delimiter and those around it not counted.
    enclosing: usize,
    prefixes: usize,
    angles: usize,
    chain: usize,
    /// The counts before the braces that came last, for the `else` that may follow them.
    before_braces: (usize, usize),
    after_operand: bool,
    /// The punctuation directly before, if nothing stood between.
    joint: Option<char>,
    /// Whether that punctuation followed an operand.
    joint_binary: bool,
}

impl Level {
    fn new(stream: &TokenStream, enclosing: usize) -> Self {
        Self {
            trees: stream.clone().into_iter(),
            enclosing,
            prefixes: 0,
            angles: 0,
            chain: 0,
            before_braces: (0, 0),
            after_operand: false,
            joint: None,
            joint_binary: false,
        }
    }

    /// How many constructs without delimiters are open.
    fn nesting(&self) -> usize {
        self.enclosing + self.prefixes + self.angles
    }

    fn count(&mut self, tree: &TokenTree) {
        self.chain += 1;
        let before = self.joint.take();
        let binary_before = std::mem::take(&mut self.joint_binary);
        match tree {
            TokenTree::Literal(_) => self.after_operand = true,
            TokenTree::Group(group) => {
                self.after_operand = true;
                if group.delimiter() == Delimiter::Brace {
                    self.before_braces = (self.prefixes, self.chain);
                    self.restart();
                }
            }
            TokenTree::Ident(ident) => {
                if ident == "else" {
                    self.prefixes += self.before_braces.0;
                    self.chain += self.before_braces.1;
                }
                let nests = NESTING_KEYWORDS.iter().any(|keyword| ident == keyword);
                self.prefixes += usize::from(nests);
                self.after_operand = !nests;
            }
            TokenTree::Punct(punct) => self.count_punct(punct, before, binary_before),
        }
    }

    fn count_punct(&mut self, punct: &Punct, before: Option<char>, binary_before: bool) {
        let binary = std::mem::take(&mut self.after_operand);
        match (punct.as_char(), before) {
            (';', _) => self.restart(),
            (',', _) => (self.prefixes, self.chain) = (0, 0),
            ('@', _) | ('>', Some('-' | '=')) => self.prefixes += 1,
            ('<', Some('<')) if binary_before => {
                // A shift, far more often than a qualified path as first argument: undo the angle bracket.
                self.angles = self.angles.saturating_sub(1);
                self.prefixes += 1;
            }
            ('<', _) => self.angles += 1,
            ('>', _) => self.angles = self.angles.saturating_sub(1),
            ('=', Some('=' | '!')) => {}
            ('=', _) => self.prefixes += usize::from(punct.spacing() == Spacing::Alone),
            // The second half of a binary `&&` or `||` opens nothing.
            ('!' | '-' | '*' | '&' | '|' | '.', _) => self.prefixes += usize::from(!binary && !binary_before),
            _ => {}
        }
        let joint = punct.spacing() == Spacing::Joint;
        self.joint = joint.then_some(punct.as_char());
        self.joint_binary = joint && binary;
        self.after_operand = matches!(punct.as_char(), '?' | '>');
    }

    fn restart(&mut self) {
        self.prefixes = 0;
        self.angles = 0;
        self.chain = 0;
        self.after_operand = false;
    }
}
