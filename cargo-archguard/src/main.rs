//! The binary: hands arguments and streams over, and ends with the exit code that comes back.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Styled text is decided on where it is made; these streams only translate it for terminals that need it.
    let mut out = anstream::AutoStream::always(std::io::stdout().lock());
    let mut err = anstream::AutoStream::always(std::io::stderr());
    ExitCode::from(cargo_archguard::run(std::env::args_os(), &mut out, &mut err))
}
