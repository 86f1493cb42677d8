//! The commands that the README tells people to type exist: the tool knows subcommand and options, the paths are there.
//! Those with an exit code beside them are run, must end with it, and print what stands below them.

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
    for told in transcripts(&text) {
        match run_told(repository, &told) {
            Ok(found) => faults.extend(found),
            Err(fault) => faults.push(format!("{PAGE}:{}: {fault}", told.line)),
        }
    }
    Outcome::of(faults, commands.len(), "commands")
}

/// Runs a command of cargo and compares exit code and output with what the page says of them.
fn run_told(repository: &Repository, told: &Transcript<'_>) -> Result<Vec<String>, String> {
    let ["cargo", "run", arguments @ ..] = told.words.as_slice() else {
        return Err("only `cargo run` is run by this check: no exit code can be promised here".to_owned());
    };
    let arguments = [&["run", "--quiet", "--locked"], arguments].concat();
    let (code, output) = Cargo::new(&arguments).transcript(repository)?;
    Ok(told.faults(code, &output))
}

/// A command with the exit code that the page promises, and the lines that it shows of the output.
#[derive(Debug, PartialEq, Eq)]
struct Transcript<'a> {
    line: usize,
    words: Vec<&'a str>,
    code: i32,
    shown: Vec<&'a str>,
}

impl Transcript<'_> {
    fn faults(&self, code: Option<i32>, output: &str) -> Vec<String> {
        let mut faults = Vec::new();
        if code != Some(self.code) {
            faults.push(format!(
                "{PAGE}:{}: ended with {code:?} instead of {}",
                self.line, self.code
            ));
        }
        // `...` stands for any lines; between two of them the page shows lines that follow each other.
        for passage in self.shown.split(|line| *line == "...") {
            let passage = passage.join("\n");
            if !format!("\n{output}\n").contains(&format!("\n{passage}\n")) && !passage.is_empty() {
                faults.push(format!("{PAGE}:{}: the command does not print:\n{passage}", self.line));
            }
        }
        faults
    }
}

/// The commands of the page with `# exit code N` beside them.
fn transcripts(text: &str) -> Vec<Transcript<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let told = lines.iter().enumerate().filter_map(|(index, line)| {
        let (command, code) = line.split_once("# exit code ")?;
        let typed = command.trim().strip_prefix("$ ");
        let below = lines[index + 1..].iter().take_while(|line| !line.starts_with("```"));
        Some(Transcript {
            line: index + 1,
            words: typed.unwrap_or(command).split_whitespace().collect(),
            code: code.trim().parse().ok()?,
            shown: if typed.is_some() {
                below.copied().collect()
            } else {
                Vec::new()
            },
        })
    });
    told.collect()
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

/// Words that look like a path of the repository and are none. `git clone` and its like name other places, and `guard` is
/// asked about files that do not exist yet.
fn missing_paths(commands: &[Typed<'_>], exists: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for command in commands.iter().filter(|command| command.words[0] == "cargo") {
        let is_guard = command.words.contains(&"guard");
        for word in &command.words {
            let named_like_one = word.contains('/') || word.strip_suffix(".toml").is_some();
            let is_path = named_like_one && !word.contains("://") && !word.contains('<');
            let path = word.split_once('=').map_or(*word, |(_, value)| value);
            let is_to_come = is_guard && path.strip_suffix(".rs").is_some();
            if is_path && !is_to_come && !exists(path) {
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
    use super::{ToolCall, commands, missing_paths, tool_calls, transcripts};

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
    fn files_that_guard_is_asked_about_need_not_exist() {
        let page = "```console\n$ cargo archguard guard src/new.rs --policy gone.toml\n$ cargo archguard explain src/new.rs\n```\n";
        let faults = missing_paths(&commands(page), |_| false);
        assert_eq!(
            faults,
            [
                "README.md:2: there is no `gone.toml`",
                "README.md:3: there is no `src/new.rs`"
            ]
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
    #[test]
    fn what_is_shown_must_be_printed() {
        let page = "```console\n$ cargo run -- check  # exit code 1\n...\na\nb\n...\nd\n```\ncargo run # exit code 0\n";
        let found = transcripts(page);
        let [shown, silent] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((shown.line, shown.code, silent.line, silent.code), (2, 1, 9, 0));
        assert_eq!(shown.words, ["cargo", "run", "--", "check"]);
        assert_eq!(shown.faults(Some(1), "x\na\nb\nc\nd\n"), [] as [String; 0]);
        assert_eq!(shown.faults(Some(0), "a\nx\nb\nd").len(), 2);
        assert_eq!(silent.faults(Some(0), "anything"), [] as [String; 0]);
        assert_eq!(silent.faults(None, "").len(), 1);
    }
}
