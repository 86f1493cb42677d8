//! The commands that the README tells people to type exist: the tool knows subcommand and options, the paths are there.
//! What the commands print is compared by the integration tests.

use crate::check::{Check, Outcome};
use crate::command::Cargo;
use crate::repository::Repository;
use std::collections::BTreeMap;

pub(crate) const CHECK: Check = Check {
    name: "commands in README.md",
    run,
};

const PAGE: &str = "README.md";
const SHELLS: [&str; 4] = ["sh", "bash", "shell", "console"];

/// A command of the README and the line that it stands on.
#[derive(Debug, PartialEq, Eq)]
struct Typed<'a> {
    line: usize,
    words: Vec<&'a str>,
}

fn run(repository: &Repository) -> Outcome {
    let text = match repository.read(PAGE) {
        Ok(text) => text,
        Err(fault) => return Outcome::Failed(vec![fault]),
    };
    let commands = commands(&text);
    let mut faults = missing_paths(&commands, |path| repository.exists(path));
    for (call, line) in tool_calls(&commands) {
        match help(repository, call.subcommand) {
            Ok(help) => faults.extend(call.unknown_options(&help, line)),
            Err(fault) => faults.push(format!("{PAGE}:{line}: {fault}")),
        }
    }
    Outcome::of(faults, commands.len(), "commands")
}

/// What the tool says about one of its subcommands; an error if it does not know it.
fn help(repository: &Repository, subcommand: Option<&str>) -> Result<String, String> {
    let mut arguments = vec!["run", "--quiet", "--locked", "-p", "cargo-archguard", "--"];
    arguments.extend(subcommand);
    arguments.push("--help");
    match Cargo::new(&arguments).capture(repository)? {
        (true, help) if !help.trim().is_empty() => Ok(help),
        _ => Err(format!(
            "the tool has no help for `{}`",
            subcommand.unwrap_or("cargo archguard")
        )),
    }
}

/// The commands in the shell blocks of a page: in a `console` block the lines after a `$`, else every line that is no
/// comment.
fn commands(text: &str) -> Vec<Typed<'_>> {
    let mut found = Vec::new();
    let mut block: Option<&str> = None;
    for (index, line) in text.lines().enumerate() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            block = if block.is_some() { None } else { Some(language.trim()) };
            continue;
        }
        let Some(language) = block.filter(|language| SHELLS.contains(language)) else {
            continue;
        };
        let command = match line.trim().strip_prefix("$ ") {
            Some(command) => command,
            None if language == "console" => continue,
            None => line.trim(),
        };
        let words: Vec<&str> = command
            .split_whitespace()
            .take_while(|word| !word.starts_with('#'))
            .collect();
        if !words.is_empty() {
            found.push(Typed { line: index + 1, words });
        }
    }
    found
}

/// Words that look like a path of the repository and are none. `git clone` and its like name other places.
fn missing_paths(commands: &[Typed<'_>], exists: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for command in commands.iter().filter(|command| command.words[0] == "cargo") {
        for word in &command.words {
            let named_like_one = word.contains('/') || word.strip_suffix(".toml").is_some();
            let is_path = named_like_one && !word.contains("://") && !word.contains('<');
            let path = word.split_once('=').map_or(*word, |(_, value)| value);
            if is_path && !exists(path) {
                faults.push(format!("{PAGE}:{}: there is no `{path}`", command.line));
            }
        }
    }
    faults
}

/// One call of the tool.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ToolCall<'a> {
    subcommand: Option<&'a str>,
    options: Vec<&'a str>,
}

impl ToolCall<'_> {
    fn unknown_options(&self, help: &str, line: usize) -> Vec<String> {
        let known = |option: &str| help.split([' ', ',', '\n', '[', '=']).any(|word| word == option);
        let unknown = self.options.iter().filter(|option| !known(option));
        let name = self.subcommand.unwrap_or("archguard");
        unknown
            .map(|option| format!("{PAGE}:{line}: `{name}` has no option `{option}`"))
            .collect()
    }
}

/// The different calls of the tool, each with the line of its first: after `cargo archguard`, or after the `--` of a
/// `cargo run` (of which there is only one program in this workspace that a README would run).
fn tool_calls<'a>(commands: &[Typed<'a>]) -> BTreeMap<ToolCall<'a>, usize> {
    let mut calls = BTreeMap::new();
    for command in commands {
        let arguments = match command.words.as_slice() {
            ["cargo", "archguard", arguments @ ..] => arguments,
            ["cargo", "run", words @ ..] => match words.iter().position(|word| *word == "--") {
                Some(separator) => &words[separator + 1..],
                None => &[],
            },
            _ => continue,
        };
        let subcommand = arguments.first().copied().filter(|word| !word.starts_with('-'));
        let option = |word: &&'a str| word.starts_with('-').then(|| word.split('=').next().unwrap_or(word));
        let call = ToolCall {
            subcommand,
            options: arguments.iter().filter_map(option).collect(),
        };
        calls.entry(call).or_insert(command.line);
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::{ToolCall, commands, missing_paths, tool_calls};

    const README: &str = "\
# archguard

```sh
cargo run -p cargo-archguard -- check --manifest-path examples/01_layered_shop/Cargo.toml  # clean
# a comment
cargo test --workspace
```

```toml
version = 1
```

```console
$ cargo archguard --format=json
{ \"schema\": 1 }
$ git clone https://example.org/a/b
```
";

    #[test]
    fn commands_stand_in_shell_blocks() {
        let lines: Vec<usize> = commands(README).iter().map(|command| command.line).collect();
        assert_eq!(lines, [4, 6, 14, 16]);
    }

    #[test]
    fn paths_must_exist() {
        let commands = commands(README);
        assert_eq!(missing_paths(&commands, |_| true), Vec::<String>::new());
        let faults = missing_paths(&commands, |_| false);
        assert_eq!(
            faults,
            ["README.md:4: there is no `examples/01_layered_shop/Cargo.toml`"]
        );
    }

    #[test]
    fn options_must_stand_in_the_help() {
        let commands = commands(README);
        let calls: Vec<(ToolCall<'_>, usize)> = tool_calls(&commands).into_iter().collect();
        let [(json, 14), (check, 4)] = calls.as_slice() else {
            panic!("{calls:?}")
        };
        assert_eq!((json.subcommand, check.subcommand), (None, Some("check")));
        assert_eq!(
            check.unknown_options("  -p, --package <P>\n      --manifest-path <PATH>\n", 4),
            Vec::<String>::new()
        );
        assert_eq!(
            json.unknown_options("--formats <F>", 14),
            ["README.md:14: `archguard` has no option `--format`"]
        );
    }
}
