//! What a command that failed said last, as the reason that is shown for it. Nothing here is measured.

use std::process::{Command, Output, Stdio};

/// How many lines of it are shown.
const LINES: usize = 5;

/// Runs a command and listens to it; an error where it did not start.
pub(crate) fn listen(command: &mut Command) -> Result<Output, String> {
    let output = command.stdin(Stdio::null()).output();
    output.map_err(|error| format!("{} did not start: {error}", command.get_program().display()))
}

/// How it ended, and its last lines: those of standard error, or of standard output where there are none.
pub(crate) fn last(output: &Output) -> String {
    let streams = [&output.stderr, &output.stdout];
    let mut said = streams.into_iter().filter_map(|stream| last_lines(stream));
    let said = said.next().unwrap_or_else(|| "it said nothing".to_owned());
    format!("{}: {said}", output.status)
}

fn last_lines(stream: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(stream);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let last = &lines[lines.len().saturating_sub(LINES)..];
    (!last.is_empty()).then(|| last.join(" / "))
}

#[cfg(test)]
mod tests {
    use std::process::ExitStatus;

    use super::*;

    fn ended(stdout: &str, stderr: &str) -> String {
        let said = last(&Output {
            status: ExitStatus::default(),
            stdout: stdout.into(),
            stderr: stderr.into(),
        });
        let (_, said) = said.split_once(": 0: ").expect("the status stands before it");
        said.to_owned()
    }

    #[test]
    fn the_last_lines_of_standard_error_are_the_reason_else_those_of_standard_output() {
        assert_eq!(ended("out\n", "1\n\n2\n3\n  4\n5\n6\n"), "2 / 3 / 4 / 5 / 6");
        assert_eq!(ended("found\nnothing\n", " \n"), "found / nothing");
        assert_eq!(ended("", ""), "it said nothing");
    }
}
