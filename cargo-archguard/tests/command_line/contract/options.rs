//! Every option that a command's help names, and every word that it takes, does what [`cases`](super::cases) say.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::case::{Case, Effect};
use super::cases::all;
use super::runs::faults;
use super::shop::{Said, Shop, command, said};
use crate::documents::{errors, published};
use crate::formats::sarif_schema;

/// What clap knows: `command option`, one for each word where an option takes one of a few.
fn known() -> BTreeSet<String> {
    let mut line = cargo_archguard::command_line();
    line.build();
    let root = line.get_name().to_owned();
    let mut known = BTreeSet::new();
    for part in std::iter::once(&line).chain(line.get_subcommands().filter(|command| !command.is_hide_set())) {
        let name = if part.get_name() == root { "" } else { part.get_name() };
        for argument in part.get_arguments().filter(|argument| !argument.is_hide_set()) {
            let option = match argument.get_long() {
                Some(long) => format!("--{long}"),
                None => argument.get_value_names().expect("an operand has a name")[0].to_string(),
            };
            let words = argument.get_possible_values();
            // Switches have words too, which nobody can type.
            if words.is_empty() || !argument.get_action().takes_values() {
                known.insert(format!("{name} {option}"));
            }
            let typed = words.iter().filter(|_| argument.get_action().takes_values());
            known.extend(typed.map(|word| format!("{name} {option} {}", word.get_name())));
        }
    }
    known
}

#[test]
fn every_option_of_every_command_has_a_case() {
    let tried: BTreeSet<String> = all()
        .iter()
        .map(|case| format!("{} {}", case.command, case.option))
        .collect();
    let known = known();
    assert!(known.len() > 100, "{known:?}");
    let untried: Vec<&String> = known.difference(&tried).collect();
    let unknown: Vec<&String> = tried.difference(&known).collect();
    assert_eq!(
        (untried, unknown),
        (Vec::new(), Vec::new()),
        "without a case; not there"
    );
}

/// Whatever can be had as JSON is held against a schema.
#[test]
fn every_json_has_its_schema() {
    let cases = all();
    let documents: BTreeSet<&str> = cases
        .iter()
        .filter(|case| matches!(case.effect, Effect::Document(_)))
        .map(|case| case.command)
        .collect();
    let json: BTreeSet<&str> = cases
        .iter()
        .filter(|case| case.option == "--format json")
        .map(|case| case.command)
        .collect();
    assert_eq!(documents, json);
    assert!(json.len() > 5, "{json:?}");
}

#[test]
fn every_option_does_what_its_case_says() {
    let cases = all();
    let sarif = sarif_schema();
    let wrong = faults(&cases, |case| {
        fault(case, &sarif).map(|fault| format!("{} {}: {fault}", case.command, case.option))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One run, in a shop of its own.
struct Run {
    said: Said,
    shop: Shop,
}

fn run(case: &Case, with: bool) -> Run {
    let shop = Shop::new();
    (case.before)(&shop);
    // That cargo may not reach out is what one of the cases is about.
    let offline = if case.option == "--offline" { "" } else { "--offline" };
    let option = if with { case.typed } else { "" };
    let mut process = command(
        &shop.root(),
        &format!("{offline} {} {} {option}", case.command, case.rest),
    );
    if let Some(variable) = case.variable {
        process.env(variable, "1");
    }
    let said = said(process);
    Run { said, shop }
}

fn fault(case: &Case, sarif: &jsonschema::Validator) -> Option<String> {
    match &case.effect {
        Effect::TellsCargo => return tells_cargo(case),
        Effect::Finds => return finds(case),
        _ => {}
    }
    let with = run(case, true);
    let said = &with.said;
    let told = || format!("{}\n{}", said.exit, said.all());
    let is_right = match &case.effect {
        Effect::Document(schema) => return document_fault(said, &published(schema)),
        Effect::Sarif => return document_fault(said, sarif),
        Effect::Refused(why) => {
            (said.exit, said.out.as_str()) == (2, "") && said.err.starts_with("error: ") && said.err.contains(why)
        }
        effect => {
            let without = run(case, false);
            let both = |text: &str| (without.said.all().contains(text), said.all().contains(text));
            match effect {
                Effect::Exits(before, after) => (without.said.exit, said.exit) == (*before, *after),
                Effect::Says(text) => both(text) == (false, true),
                Effect::Hides(text) => both(text) == (true, false),
                Effect::Writes(file) => (without.shop.has(file), with.shop.has(file)) == (false, true),
                _ => without.said == with.said,
            }
        }
    };
    let why = match case.effect {
        Effect::Same(why) => format!("should be as without it ({why}): "),
        _ => String::new(),
    };
    (!is_right).then(|| why + &told())
}

fn document_fault(said: &Said, schema: &jsonschema::Validator) -> Option<String> {
    let document: Value = match serde_json::from_str(&said.out) {
        Ok(document) => document,
        Err(error) => return Some(format!("no document: {error}: {}", said.all())),
    };
    let errors = errors(schema, &document);
    (!errors.is_empty()).then(|| errors.join("\n"))
}

/// The same line in the folder beside the workspace.
fn finds(case: &Case) -> Option<String> {
    let shop = Shop::new();
    (case.before)(&shop);
    let line = format!("--offline {} {}", case.command, case.rest);
    let without = shop.run_elsewhere(&line);
    // What a path on the line is relative to is where one stands.
    let inside = line.replace(" shop/", " ../shop/shop/");
    let with = shop.run_elsewhere(&format!("{inside} {}", case.typed));
    let is_right = without.exit == 2 && without.all().contains("Cargo.toml") && with.exit < 2;
    (!is_right).then(|| format!("{}\n{}\n{}\n{}", without.exit, without.all(), with.exit, with.all()))
}

/// A cargo that writes down what it is called with, and never reaches out. The workspace needs what is not there.
#[cfg(unix)]
fn tells_cargo(case: &Case) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;
    let called_with = |with: bool| {
        let shop = Shop::new();
        let spy = shop.root().join("other/cargo");
        let script = format!(
            "#!/bin/sh\necho \"$@\" >> '{}.log'\ncase \"$*\" in *--offline*) exec '{}' \"$@\";; esac\nexit 101\n",
            spy.display(),
            env!("CARGO")
        );
        let manifest = "[package]\nname = \"tools\"\nversion = \"0.1.0\"\n[dependencies]\nno-such-crate = \"1\"\n";
        shop.write("tools/Cargo.toml", manifest);
        fs::write(&spy, script).unwrap();
        fs::set_permissions(&spy, fs::Permissions::from_mode(0o755)).unwrap();
        let option = if with { case.typed } else { "" };
        let mut process = command(&shop.root(), &format!("{} {} {option}", case.command, case.rest));
        process.env("CARGO", &spy);
        said(process);
        fs::read_to_string(spy.with_extension("log")).unwrap_or_default()
    };
    let (without, with) = (called_with(false), called_with(true));
    let reaches_out = |log: &str| {
        log.lines()
            .any(|call| call.starts_with("metadata ") && !call.contains("--offline"))
    };
    let is_right = reaches_out(&without) && !with.is_empty() && !reaches_out(&with);
    (!is_right).then(|| format!("without it: {without}; with it: {with}"))
}

#[cfg(not(unix))]
fn tells_cargo(case: &Case) -> Option<String> {
    let said = run(case, true).said;
    (said.exit > 1).then(|| said.all())
}
