//! Files of text that people write: the policy, and what stands beside it. Whatever lies there and cannot be read as text is
//! said; a pipe that nobody writes is not waited for.

use std::io;
use std::path::Path;

use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::verdict::describe::position;

/// Reads the text of a file; nothing where there is none. `display` is the path as printed.
pub(crate) fn read(path: &Path, display: &str) -> Result<Option<String>, Problem> {
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => {
            Err(unreadable(display, "it is no file, but a pipe, a socket or a device"))
        }
        _ => read_whatever(path, display),
    }
}

/// The same for a path that somebody named: that may well be a pipe.
pub(crate) fn read_whatever(path: &Path, display: &str) -> Result<Option<String>, Problem> {
    match std::fs::read(path) {
        Ok(bytes) => text(bytes, display).map(Some),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unreadable(display, &error.to_string())),
        // A link that leads nowhere is a file that somebody meant to be there.
        Err(_) if path.is_symlink() => Err(unreadable(display, "it is a link, and what it leads to is not there")),
        Err(_) => Ok(None),
    }
}

fn text(bytes: Vec<u8>, display: &str) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let valid = String::from_utf8_lossy(&bytes[..error.utf8_error().valid_up_to()]);
        let at = position(&valid, valid.len());
        // Some shells write what a program prints in it.
        let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let hint = if is_utf16 { " but UTF-16: save it as UTF-8" } else { "" };
        problem(
            format!("`{display}` is not UTF-8{hint}"),
            ProblemPlace::File {
                file: display.into(),
                start: Some((at.line, at.column)),
            },
        )
    })
}

fn unreadable(display: &str, why: &str) -> Problem {
    problem(format!("`{display}` cannot be read: {why}"), ProblemPlace::None)
}

fn problem(message: String, place: ProblemPlace) -> Problem {
    Problem {
        code: ProblemCode::PolicySyntax,
        message,
        place,
        suggestion: None,
    }
}
