//! The help: every option and command that there is stands in it with a sentence, and its text changes only on purpose.

use std::ffi::OsString;

use snapbox::{assert_data_eq, file};

fn help(arguments: &[&str]) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let line = ["cargo-archguard"].iter().chain(arguments).map(OsString::from);
    assert_eq!(cargo_archguard::run(line, &mut out, &mut err), 0);
    assert_eq!(String::from_utf8(err).unwrap(), "");
    let text = String::from_utf8(out).unwrap();
    // A terminal or its environment may ask for colours; the words are the same.
    anstream::adapter::strip_str(&text).to_string()
}

#[test]
fn the_help_is_as_published() {
    assert_data_eq!(help(&["--help"]), file!["../snapshots/help.txt"].raw());
    assert_data_eq!(help(&["graph", "--help"]), file!["../snapshots/help-graph.txt"].raw());
    assert_data_eq!(help(&["packs", "--help"]), file!["../snapshots/help-packs.txt"].raw());
    assert_data_eq!(
        help(&["explain", "--help"]),
        file!["../snapshots/help-explain.txt"].raw()
    );
    assert_data_eq!(help(&["guard", "--help"]), file!["../snapshots/help-guard.txt"].raw());
    assert_data_eq!(help(&["prove", "--help"]), file!["../snapshots/help-prove.txt"].raw());
    assert_data_eq!(help(&["schema", "--help"]), file!["../snapshots/help-schema.txt"].raw());
    assert_data_eq!(help(&["init", "--help"]), file!["../snapshots/help-init.txt"].raw());
    assert_data_eq!(
        help(&["baseline", "--help"]),
        file!["../snapshots/help-baseline.txt"].raw()
    );
    assert_data_eq!(
        help(&["exceptions", "--help"]),
        file!["../snapshots/help-exceptions.txt"].raw()
    );
    assert_eq!(help(&["archguard", "--help"]), help(&["--help"]));
}

#[test]
fn every_option_and_command_is_explained() {
    let mut command = cargo_archguard::command_line();
    command.build();
    let mut seen = 0;
    let all = std::iter::once(&command).chain(command.get_subcommands().filter(|sub| !sub.is_hide_set()));
    for part in all {
        assert!(part.get_about().is_some(), "{}", part.get_name());
        let path: &[&str] = if part.get_name() == command.get_name() {
            &[]
        } else {
            &[part.get_name()]
        };
        let text = help(&[path, &["--help"]].concat());
        for argument in part.get_arguments().filter(|argument| argument.get_id() != "help") {
            let name = match argument.get_long() {
                Some(name) => format!("--{name}"),
                None => argument.get_value_names().expect("an operand has a name")[0].to_string(),
            };
            assert!(
                argument.get_help().is_some_and(|help| !help.to_string().is_empty()),
                "{name}"
            );
            assert!(text.contains(&name), "{name} in the help of {}", part.get_name());
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen} options were looked at");
}

#[test]
fn the_help_is_no_wider_than_a_page() {
    for text in [
        help(&["--help"]),
        help(&["check", "--help"]),
        help(&["graph", "--help"]),
        help(&["packs", "--help"]),
        help(&["explain", "--help"]),
        help(&["guard", "--help"]),
        help(&["init", "--help"]),
    ] {
        let widest = text.lines().max_by_key(|line| line.chars().count()).unwrap();
        assert!(widest.chars().count() <= 100, "{widest}");
    }
}
