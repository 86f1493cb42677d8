//! The binary: hands arguments and streams over, and ends with the exit code that comes back.

use std::process::ExitCode;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // Styled text is decided on where it is made; these streams only translate it for terminals that need it.
    let mut err = anstream::AutoStream::always(std::io::stderr());
    if let Some(exit_code) = cargo_archguard::run_as_wrapper(std::env::args_os(), &mut err) {
        return ExitCode::from(exit_code);
    }
    let mut out = anstream::AutoStream::always(std::io::stdout().lock());
    ExitCode::from(cargo_archguard::run(std::env::args_os(), &mut out, &mut err))
}
