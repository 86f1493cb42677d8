//! Where cargo keeps what build scripts have generated. Nothing is built here: what is not there is for the caller to
//! call pending.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// `<triple>/<profile>/build/<package>/<hash>/out` is the deepest of cargo's layouts, and `archguard/verify` may stand
/// before it.
const DEEPEST: usize = 8;
/// Large, and nothing in them is generated code.
const PASSED_OVER: [&str; 6] = [".fingerprint", "deps", "doc", "examples", "incremental", "package"];

/// The newest file of this name that a build script of the package has written, under any profile and target.
pub(crate) fn newest(build_directories: &[&Path], package: &str, below: &str) -> Option<PathBuf> {
    let walks = build_directories
        .iter()
        .map(|directory| WalkDir::new(directory).max_depth(DEEPEST));
    let outputs = walks
        .flat_map(|walk| walk.into_iter().filter_entry(is_on_the_way))
        .filter_map(Result::ok)
        .filter(|entry| is_output_of(entry.path(), package));
    let dated = outputs.filter_map(|output| {
        let file = output.path().join(below);
        let modified = file.metadata().and_then(|metadata| metadata.modified()).ok()?;
        Some((modified, file))
    });
    dated.max().map(|(_, file)| file)
}

/// Of the files that a compiler read, those of this name that a build script of the package has written; together what
/// holds the same.
pub(super) fn different(compiled: &[PathBuf], package: &str, below: &str) -> Vec<Vec<PathBuf>> {
    let is_it = |file: &&PathBuf| {
        let mut above = file.ancestors().skip(1);
        above.any(|output| is_output_of(output, package) && output.join(below) == **file)
    };
    let mut found: Vec<(Vec<u8>, Vec<PathBuf>)> = Vec::new();
    for file in compiled.iter().filter(is_it) {
        let Ok(bytes) = std::fs::read(file) else { continue };
        match found.iter_mut().find(|(known, _)| *known == bytes) {
            Some((_, same)) => same.push(file.clone()),
            None => found.push((bytes, vec![file.clone()])),
        }
    }
    found.into_iter().map(|(_, same)| same).collect()
}

/// Neither the build's own files nor what lies inside an output.
fn is_on_the_way(entry: &DirEntry) -> bool {
    let inside_output = entry.path().parent().and_then(Path::file_name) == Some(OsStr::new("out"));
    let passed_over = PASSED_OVER.iter().any(|name| entry.file_name() == *name);
    entry.file_type().is_dir() && !inside_output && (entry.depth() == 0 || !passed_over)
}

/// `build/<package>-<hash>/out`, or in cargo's newer layout `build/<package>/<hash>/out`.
fn is_output_of(path: &Path, package: &str) -> bool {
    let mut names = path.iter().rev().map(|name| name.to_str().unwrap_or_default());
    let mut next = || names.next().unwrap_or_default();
    let [last, unit, above, top] = [next(), next(), next(), next()];
    let of_package = unit.rsplit_once('-').is_some_and(|(stem, _)| stem == package);
    last == "out" && (above == "build" && of_package || top == "build" && above == package)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::{different, newest};

    fn generate(root: &Path, file: &str, age: u64) {
        let path = root.join(file);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be made");
        let file = fs::File::create(path).expect("the file can be made");
        let written = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 - age);
        file.set_modified(written).expect("its time can be set");
    }

    #[test]
    fn the_newest_output_of_the_package_is_found_under_every_layout() {
        let root = tempfile::TempDir::new().expect("a folder can be made");
        let found = || {
            let file = newest(&[root.path()], "shop", "gen.rs")?;
            let file = file.strip_prefix(root.path()).expect("it lies below").to_path_buf();
            Some(file.to_str().expect("it is UTF-8").replace('\\', "/"))
        };
        generate(root.path(), "debug/build/shop-extra-1/out/gen.rs", 0);
        generate(root.path(), "debug/build/other-1/out/gen.rs", 0);
        generate(root.path(), "debug/deps/build/shop-1/out/gen.rs", 0);
        generate(root.path(), "debug/build/shop-1/out/out/gen.rs", 0);
        assert_eq!(found(), None);
        for (age, file) in [
            (9, "debug/build/shop-1/out/gen.rs"),
            (8, "release/build/shop-2/out/gen.rs"),
            (7, "x86_64-unknown-linux-musl/slim/build/shop-3/out/gen.rs"),
            (6, "debug/build/shop/4f/out/gen.rs"),
            (5, "wasm32-wasip1/debug/build/shop/5f/out/gen.rs"),
        ] {
            generate(root.path(), file, age);
            assert_eq!(found().as_deref(), Some(file));
        }
        generate(root.path(), "release/build/shop-2/out/gen.rs", 1);
        assert_eq!(found().as_deref(), Some("release/build/shop-2/out/gen.rs"));
    }

    #[test]
    fn what_a_compiler_read_is_told_apart_by_what_it_holds() {
        let root = tempfile::TempDir::new().expect("a folder can be made");
        let write = |file: &str, text: &str| {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be made");
            fs::write(&path, text).expect("the file can be made");
            path
        };
        let files = [
            write("debug/build/shop-1/out/gen.rs", "one"),
            write("debug/build/shop-2/out/gen.rs", "two"),
            write("debug/build/shop-3/out/gen.rs", "one"),
            write("debug/build/other-1/out/gen.rs", "one"),
            write("debug/build/shop-1/out/below/gen.rs", "one"),
            root.path().join("debug/build/shop-4/out/gen.rs"),
        ];
        let expected = [vec![files[0].clone(), files[2].clone()], vec![files[1].clone()]];
        assert_eq!(different(&files, "shop", "gen.rs"), expected);
        assert_eq!(different(&files, "shop", "below/gen.rs"), [vec![files[4].clone()]]);
        assert!(different(&[], "shop", "gen.rs").is_empty());
    }
}
