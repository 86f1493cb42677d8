//! Whether to colour: `--color`, then `CARGO_TERM_COLOR` as cargo reads it, then what anstream knows of the usual
//! conventions (`NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE`, `TERM`, whether it is a terminal at all).

use std::io;

use anstream::AutoStream;

use crate::cli::ColorChoice;

/// Whether standard output is coloured.
pub(crate) fn for_output(choice: Option<ColorChoice>) -> bool {
    decide(choice, cargo_choice().as_deref(), || {
        AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
    })
}

/// Whether standard error is coloured.
pub(crate) fn for_errors(choice: Option<ColorChoice>) -> bool {
    decide(choice, cargo_choice().as_deref(), || {
        AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
    })
}

fn cargo_choice() -> Option<String> {
    std::env::var("CARGO_TERM_COLOR").ok()
}

fn decide(option: Option<ColorChoice>, cargo: Option<&str>, automatic: impl Fn() -> bool) -> bool {
    let from_cargo = match cargo {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    };
    match option.unwrap_or(from_cargo) {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => automatic(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_beats_cargo_which_beats_the_conventions() {
        use ColorChoice::{Always, Auto, Never};
        let cases = [
            (Some(Always), Some("never"), false, true),
            (Some(Never), Some("always"), true, false),
            (Some(Auto), Some("always"), false, false),
            (Some(Auto), Some("never"), true, true),
            (None, Some("always"), false, true),
            (None, Some("never"), true, false),
            (None, Some("auto"), true, true),
            (None, Some("something"), false, false),
            (None, None, true, true),
            (None, None, false, false),
        ];
        for (option, cargo, automatic, expected) in cases {
            assert_eq!(
                decide(option, cargo, || automatic),
                expected,
                "{option:?} {cargo:?} {automatic}"
            );
        }
    }
}
