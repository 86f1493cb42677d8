//! What can be wrong with the text of a pattern, and what would be right. Where it stands in the policy, the reader knows.

/// A pattern that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct PatternError {
    /// Byte offset inside the pattern's text.
    pub offset: usize,
    /// What is wrong there.
    pub kind: PatternErrorKind,
}

/// What is wrong with a pattern's text. Each message says what is right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternErrorKind {
    /// Nothing at all.
    #[error("a pattern is a Rust path, this one is empty")]
    Empty,
    /// `a::::b`, `a::`, `a::{,b}`.
    #[error("a segment is empty: write a name or `*` on both sides of `::`")]
    EmptySegment,
    /// `::a`.
    #[error("a pattern begins with a crate's name, without `::` in front")]
    LeadingColons,
    /// `crate::a`, `super::a`, `a::self::b`.
    #[error(
        "`{0}` cannot stand here: a pattern begins with a crate's name, and `self` is allowed as the last segment only"
    )]
    RelativeSegment(String),
    /// `shop-migrations`.
    #[error("crates are written with underscores: {0}")]
    DashInCrate(String),
    /// `shop::my-module`.
    #[error("`-` cannot stand in a Rust name: {0}")]
    DashInName(String),
    /// `shop.db`, `shop/db`.
    #[error("segments are separated by `::`, not by `{0}`")]
    WrongSeparator(char),
    /// `shop::(a|b)`, `^shop`.
    #[error(
        "`{0}` is no part of a pattern: there are no regular expressions, only `*` for a segment or part of one, `**` for any number, `{{a,b}}` for either"
    )]
    NotAPattern(char),
    /// `a:b`.
    #[error(
        "`{0}:` is not a prefix that names a target: those are `lib:`, `bin:`, `build:`, `test:`, `bench:`, `example:`, `extern:` and `literal:`"
    )]
    UnknownPrefix(String),
    /// `literal:html`.
    #[error("no literal is told to be `{0}`: those that are told are `literal:sql` and `literal:sql-formatted`")]
    UnknownLiteral(String),
    /// `a**`, `***`.
    #[error("`**` stands for whole segments and is a segment of its own; part of a name is `*`")]
    ManyInsideSegment,
    /// `a::**::**`.
    #[error("`**` twice in a row says no more than once")]
    ManyTwice,
    /// `a!b`.
    #[error("`!` stands at the very end, for a macro, or in front of a whole entry, to take it away from the list")]
    MisplacedBang,
    /// `println!`.
    #[error("a macro is written with its crate: `std::{0}!`")]
    MacroWithoutCrate(String),
    /// `a::self!`.
    #[error("`self` names a module, `!` a macro: they cannot stand together")]
    ModuleAndMacro,
    /// `extern:a::b`.
    #[error("`extern:` takes a link name, which is one segment")]
    ForeignPath,
    /// `{a`, `a}`.
    #[error("this brace has no partner")]
    UnbalancedBrace,
    /// More than [`super::braces::MAX_EXPANSIONS`] patterns, or braces too deep.
    #[error("the braces stand for more than {0} patterns: write several")]
    TooManyPatterns(usize),
}
