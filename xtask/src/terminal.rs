//! The only place of `xtask` that writes to the terminal. What to say is decided elsewhere.

#[expect(
    clippy::print_stdout,
    reason = "a command for people in front of a terminal: this is how it answers"
)]
pub(crate) fn line(text: &str) {
    println!("{text}");
}
