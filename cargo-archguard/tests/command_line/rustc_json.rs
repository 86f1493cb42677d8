//! Messages in the compiler's form: what cargo's message type makes of each line, and that nothing of cargo's own is lost.

use std::fs;
use std::path::Path;
use std::process::Command;

use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel, DiagnosticSpan};
use cargo_metadata::{Message, MetadataCommand};

use crate::decisions::workspace::{HTTP, POLICY, Said, Workspace};
use crate::process::{archguard, exit_of, text};

/// Each line as cargo's message type.
fn messages(out: &str) -> Vec<Message> {
    let parsed = out.lines().map(|line| {
        let message: Message = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(!matches!(message, Message::TextLine(_)), "{line}");
        message
    });
    parsed.collect()
}

/// The diagnostics before the end of the build, and how it ended. There is one end.
fn diagnostics(out: &str) -> (Vec<Diagnostic>, bool) {
    let mut messages = messages(out);
    let Some(Message::BuildFinished(end)) = messages.pop() else {
        panic!("no end: {out}");
    };
    let said = messages.into_iter().filter_map(|message| match message {
        Message::CompilerMessage(message) => Some(message.message),
        Message::BuildFinished(_) => panic!("two ends: {out}"),
        _ => None,
    });
    (said.collect(), end.success)
}

fn code(message: &Diagnostic) -> &str {
    message.code.as_ref().map_or("", |code| &code.code)
}

/// What stands in the file at a span, by bytes and by lines and columns.
fn underlined(shop: &Workspace, span: &DiagnosticSpan) -> String {
    let file = fs::read_to_string(shop.path(&span.file_name)).unwrap();
    let by_bytes = &file[span.byte_start as usize..span.byte_end as usize];
    let line = file.trim_start_matches('\u{feff}').lines().nth(span.line_start - 1);
    let characters: Vec<char> = line.unwrap().chars().collect();
    let by_columns: String = characters[span.column_start - 1..span.column_end - 1].iter().collect();
    let shown = &span.text[0];
    let highlighted: Vec<char> = shown.text.chars().collect();
    let by_text: String = highlighted[shown.highlight_start - 1..shown.highlight_end - 1]
        .iter()
        .collect();
    assert_eq!((by_columns.as_str(), by_text.as_str()), (by_bytes, by_bytes));
    by_bytes.to_owned()
}

#[test]
fn each_line_is_a_message_of_cargo_with_file_and_range() {
    let shop =
        Workspace::new("\u{feff}// überall\r\npub fn list() {\r\n\tlet _ = \"日本\"; crate::db::query();\r\n}\r\n");
    let said = shop.run("check --format rustc-json");
    assert_eq!((said.exit, said.err.as_str()), (1, ""));
    let (found, succeeded) = diagnostics(&said.out);
    assert!(!succeeded);
    let [finding] = &found[..] else {
        panic!("one finding: {}", said.out);
    };
    assert_eq!(
        (code(finding), finding.level),
        ("component.http.uses/undeclared-dependency", DiagnosticLevel::Error)
    );
    let primary: Vec<&DiagnosticSpan> = finding.spans.iter().filter(|span| span.is_primary).collect();
    assert_eq!(primary[0].file_name, "src/http.rs");
    assert_eq!((primary[0].line_start, primary[0].column_start), (3, 16));
    assert_eq!(underlined(&shop, primary[0]), "crate::db::query");
    let other: Vec<&DiagnosticSpan> = finding.spans.iter().filter(|span| !span.is_primary).collect();
    assert_eq!(other[0].file_name, "archguard.toml");
    assert_eq!(underlined(&shop, other[0]), "[]", "the list that does not name it");
    let rendered = finding.rendered.as_deref().unwrap_or_default();
    assert!(rendered.contains("--> src/http.rs:3:16"), "{rendered}");
}

#[test]
fn the_package_and_the_target_are_cargos_own() {
    let shop = Workspace::new(HTTP);
    let said = shop.run("check --format rustc-json");
    let metadata = MetadataCommand::new()
        .manifest_path(shop.path("Cargo.toml"))
        .other_options(["--offline".to_owned()])
        .exec()
        .unwrap();
    let package = &metadata.packages[0];
    let of_compiler = |message: &Message| match message {
        Message::CompilerMessage(message) => Some(message.clone()),
        _ => None,
    };
    let found: Vec<_> = messages(&said.out).iter().filter_map(of_compiler).collect();
    assert_eq!(found.len(), 2, "{}", said.out);
    for message in found {
        let canonical = |path: &Path| path.canonicalize().unwrap();
        assert_eq!(message.package_id.repr, package.id.repr);
        assert_eq!(message.target.name, package.targets[0].name);
        assert_eq!(message.target.kind, package.targets[0].kind);
        assert_eq!(
            canonical(message.target.src_path.as_std_path()),
            canonical(package.targets[0].src_path.as_std_path())
        );
    }
}

#[test]
fn what_is_let_pass_is_not_sent_and_warnings_are_warnings() {
    let shop = Workspace::new(HTTP);
    shop.run("baseline");
    let said = shop.run("check --format rustc-json");
    assert_eq!((said.exit, diagnostics(&said.out)), (0, (Vec::new(), true)));

    let policy = format!(
        "{POLICY}\n[[forbid]]\nid = \"no-exit\"\nin = \"db\"\nuse = \"std::process::exit\"\nseverity = \"warn\"\nbecause = \"It ends all.\"\ninstead = \"shop::db::connect\"\n"
    );
    shop.write("archguard.toml", &policy);
    shop.write(
        "src/db.rs",
        "pub fn connect() {\n    std::process::exit(1);\n}\npub fn query() {}\n",
    );
    let said = shop.run("check --format rustc-json");
    let (found, succeeded) = diagnostics(&said.out);
    assert!(succeeded && said.exit == 0, "{}", said.out);
    assert_eq!((found.len(), found[0].level), (1, DiagnosticLevel::Warning));
    let notes: Vec<(&str, DiagnosticLevel)> = found[0]
        .children
        .iter()
        .map(|child| (child.message.as_str(), child.level))
        .collect();
    assert_eq!(
        notes,
        [
            ("because: It ends all.", DiagnosticLevel::Note),
            ("instead: shop::db::connect", DiagnosticLevel::Help)
        ]
    );
}

#[test]
fn problems_are_errors_where_they_are_or_at_the_top() {
    let shop = Workspace::new("pub fn list() {}\n");
    shop.write("archguard.toml", &POLICY.replace("shop::db", "shop::dv"));
    let (found, succeeded) = diagnostics(&shop.run("check --format rustc-json").out);
    assert!(!succeeded);
    let spans: Vec<String> = found
        .iter()
        .map(|problem| underlined(&shop, &problem.spans[0]))
        .collect();
    assert!(spans.iter().any(|text| text.contains("shop::dv")), "{spans:?}");

    fs::remove_file(shop.path("archguard.toml")).unwrap();
    let said = shop.run("check --format rustc-json");
    let (found, _) = diagnostics(&said.out);
    assert_eq!((said.exit, code(&found[0])), (2, "no-policy"));
    assert_eq!(found[0].spans[0].file_name, "Cargo.toml");

    fs::remove_file(shop.path("Cargo.toml")).unwrap();
    let said = shop.run("check --format rustc-json");
    assert_eq!((said.exit, diagnostics(&said.out).0.len()), (2, 1), "{}", said.out);
}

/// The command as an editor starts it: in the workspace, with a target directory of its own.
fn in_editor(shop: &Workspace, line: &str) -> Said {
    let mut command: Command = archguard();
    let output = command
        .current_dir(shop.path("."))
        .env_remove("CI")
        .args(["--offline", "check", "--format", "rustc-json", "--with-cargo-check"])
        .args(line.split_whitespace())
        .output()
        .unwrap();
    Said {
        exit: exit_of(&output).try_into().unwrap(),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}

#[test]
fn with_cargos_own_check_compile_errors_still_arrive() {
    let shop = Workspace::new("pub fn list() -> u32 {\n    crate::db::query()\n}\n");
    let said = in_editor(&shop, "");
    let (found, succeeded) = diagnostics(&said.out);
    let codes: Vec<&str> = found.iter().map(code).collect();
    assert!(codes.contains(&"E0308"), "{codes:?}");
    assert_eq!(codes.last(), Some(&"component.http.uses/undeclared-dependency"));
    for (code, line, text) in [
        ("E0308", 2, "crate::db::query()"),
        ("component.http.uses/undeclared-dependency", 2, "crate::db::query"),
    ] {
        let message = found
            .iter()
            .find(|it| it.code.as_ref().is_some_and(|it| it.code == code));
        let spans = &message.unwrap_or_else(|| panic!("{code}: {codes:?}")).spans;
        let primary = spans.iter().find(|span| span.is_primary).unwrap();
        let place = (primary.file_name.as_str(), primary.line_start);
        assert_eq!(
            (place, underlined(&shop, primary).as_str()),
            (("src/http.rs", line), text)
        );
    }
    assert_eq!((said.exit, succeeded), (1, false));

    shop.write("src/http.rs", "pub fn list() -> u32 {\n    \"\"\n}\n");
    let said = in_editor(&shop, "");
    let (found, succeeded) = diagnostics(&said.out);
    let codes: Vec<&str> = found.iter().map(code).collect();
    assert!(
        codes.iter().all(|code| ["E0308", ""].contains(code)) && codes.contains(&"E0308"),
        "{codes:?}"
    );
    assert_eq!((said.exit, succeeded), (2, false), "what does not compile is not clean");

    shop.write(
        "Cargo.toml",
        &format!("{}[features]\nmore = []\n", shop.read("Cargo.toml").unwrap()),
    );
    shop.write(
        "src/http.rs",
        "#[cfg(feature = \"more\")]\ncompile_error!(\"more\");\npub fn list() {}\n",
    );
    let said = in_editor(&shop, "");
    assert_eq!((said.exit, diagnostics(&said.out)), (0, (Vec::new(), true)));
    let artifacts = messages(&said.out)
        .into_iter()
        .filter(|message| matches!(message, Message::CompilerArtifact(_)));
    assert!(artifacts.count() > 0, "cargo's own lines are passed on: {}", said.out);
    let said = in_editor(&shop, "-- --features more");
    assert_eq!((said.exit, diagnostics(&said.out).1), (2, false), "{}", said.out);
}
