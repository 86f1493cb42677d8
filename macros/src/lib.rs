//! Architecture annotations in source, read by `cargo archguard`.
//!
//! Each annotation says in the code what the policy says about it: which component a module belongs to
//! ([`component!`]), which finding somebody decided to accept ([`macro@except`], [`except_here!`]), and where a shared
//! module is meant to be entered ([`macro@shared`]). All of them leave the program as it is: they check their own
//! arguments when the crate compiles, and expand to nothing or to the item that they stand on.
//!
//! What this crate is not, without its feature `enforce`: it judges nothing. Whether a component exists, whether the policy allows exceptions in
//! source, and whether one is stale or past its end is for `cargo archguard`, which reads the annotations without
//! expanding them. The crate has no dependencies.
//!
//! ```
//! mod orders {
//!     archguard::component!("persistence");
//!
//!     #[archguard::except(
//!         rule = "raw-sql",
//!         reason = "the report needs a window function",
//!         owner = "data-team",
//!         until = "2027-01-31"
//!     )]
//!     pub fn monthly_report() -> u32 {
//!         42
//!     }
//!
//!     #[archguard::shared("one connection pool for all: do not open your own")]
//!     pub fn connect() {}
//! }
//!
//! orders::connect();
//! assert_eq!(orders::monthly_report(), 42);
//! ```

// Why the entry points stand here and not beside what they call: a proc-macro crate may export nothing but its macros,
// and rustc accepts them in the crate root only.

mod arguments;
mod complaint;
mod component;
mod date;
#[cfg(feature = "enforce")]
mod enforce;
mod exception;
mod literal;
mod name;
mod nearest;
mod shared;
#[cfg(feature = "enforce")]
mod tokens;

use complaint::Complaint;
use proc_macro::TokenStream;

/// Says which component the enclosing module belongs to.
///
/// Takes one string literal: the name of a component (`"persistence"`), or of one member of a family
/// (`"features.cart"`). Expands to nothing. It stands wherever an item may stand; it speaks about the module around it.
/// That the policy says the same is checked by `cargo archguard`.
///
/// ```
/// mod db {
///     archguard::component!("persistence");
/// }
///
/// mod cart {
///     archguard::component!("features.cart");
/// }
/// ```
///
/// A name that no component can have does not compile:
///
/// ```compile_fail
/// archguard::component!("Persistence"); // a component is named in lower case: `persistence`
/// ```
#[proc_macro]
pub fn component(input: TokenStream) -> TokenStream {
    component::check(input)
        .err()
        .map_or_else(TokenStream::new, Complaint::into_tokens)
}

/// Accepts one finding in the item below, with a reason, an owner and an end.
///
/// All four keys are compulsory, each once, each a string literal:
///
/// | key | value |
/// |---|---|
/// | `rule` | the `id` of the rule whose finding is accepted, as in the policy |
/// | `reason` | why it is accepted; not empty |
/// | `owner` | who answers for it: a person or a team; not empty |
/// | `until` | the last day on which it counts, `YYYY-MM-DD` |
///
/// The item is passed through unchanged. It covers the references inside that item and no others. Several exceptions
/// may stand on one item. Where no attribute may stand (on stable Rust that is a `mod orders;` whose code is in another
/// file, a field, a statement that declares nothing, an expression) there is [`except_here!`].
///
/// The date is checked for being one, not against today: a build must not begin to fail over night without a change.
/// That the exception has ended is a finding of `cargo archguard`, as is one that covers nothing.
///
/// ```
/// #[archguard::except(rule = "raw-sql", reason = "moved next sprint", owner = "data-team", until = "2027-01-31")]
/// fn count_orders() -> u32 {
///     7
/// }
///
/// assert_eq!(count_orders(), 7);
/// ```
///
/// ```compile_fail
/// // No owner, and February has no 30th day: both are reported.
/// #[archguard::except(rule = "raw-sql", reason = "moved next sprint", until = "2027-02-30")]
/// fn count_orders() {}
/// ```
#[proc_macro_attribute]
pub fn except(arguments: TokenStream, item: TokenStream) -> TokenStream {
    before_item(exception::check(arguments), item)
}

/// Accepts one finding in what encloses it: [`macro@except`] for places that take no attribute.
///
/// Same keys, same checks. It stands as an item of a module, an impl, a trait or an `extern` block, or as a statement of
/// a function, and covers the references in that module (without its submodules), impl, trait, `extern` block or
/// block of statements. Such a place is the root of a file, which on stable Rust takes no attribute of its own, or a few
/// statements in the middle of a function. Expands to nothing.
///
/// The name differs from the attribute's because a crate cannot export two macros of one name, whatever their kinds.
///
/// ```
/// fn report() -> u32 {
///     let orders = 7;
///     {
///         archguard::except_here!(
///             rule = "raw-sql",
///             reason = "moved next sprint",
///             owner = "data-team",
///             until = "2027-01-31",
///         );
///         orders + 1
///     }
/// }
///
/// assert_eq!(report(), 8);
/// ```
#[proc_macro]
pub fn except_here(input: TokenStream) -> TokenStream {
    exception::check(input)
        .into_iter()
        .map(Complaint::into_tokens)
        .collect()
}

/// Marks an entry point of a shared module: what others are meant to use instead of doing the same again.
///
/// Takes nothing, or one string literal that says what it is to be used for; both are shown wherever
/// `cargo archguard` has to say what to use instead. The item is passed through unchanged.
///
/// ```
/// #[archguard::shared]
/// pub struct CurrentUser;
///
/// #[archguard::shared("use this for every date that a person reads")]
/// pub fn format_date(day: u8) -> String {
///     format!("{day}.")
/// }
///
/// assert_eq!(format_date(3), "3.");
/// ```
#[proc_macro_attribute]
pub fn shared(arguments: TokenStream, item: TokenStream) -> TokenStream {
    before_item(shared::check(arguments).err(), item)
}

/// Judges this crate by the policy whenever it is compiled: what `cargo archguard` would find in it is an error of the build.
///
/// Takes nothing and stands once, in the root file of a crate. Each error says what is wrong, the place (in its text: a
/// macro can underline nothing but its own call), why, and what to do instead. The crate is compiled again when the policy,
/// the exceptions, the baseline or the code change. It needs the feature `enforce`, which is the only one that brings
/// dependencies; without it this does not compile.
///
/// A build stops where cargo stops: what is wrong in the crates behind it `cargo archguard` says. Under
/// `cargo archguard verify`, which judges all that is built, it expands to nothing.
///
/// ```ignore
/// archguard::enforce!();
/// ```
#[proc_macro]
pub fn enforce(input: TokenStream) -> TokenStream {
    if !input.is_empty() {
        let place = complaint::Place::over(&arguments::tokens(input));
        return Complaint::new(
            place,
            "`enforce!` takes nothing: what is to be enforced stands in `archguard.toml`",
        )
        .into_tokens();
    }
    #[cfg(feature = "enforce")]
    return enforce::expand();
    #[cfg(not(feature = "enforce"))]
    Complaint::new(
        complaint::Place::call(),
        "`enforce!` needs the feature `enforce`: `archguard = { version = \"..\", features = [\"enforce\"] }`",
    )
    .into_tokens()
}

/// The complaints, and after them the item as it was: without it every use of the item would be an error of its own.
fn before_item(complaints: impl IntoIterator<Item = Complaint>, item: TokenStream) -> TokenStream {
    let mut output: TokenStream = complaints.into_iter().map(Complaint::into_tokens).collect();
    output.extend(item);
    output
}
