//! A `verify` that is killed, whenever that is, leaves nothing that the next one believes.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::verify::Shop;

/// How often it is killed.
const MOMENTS: u32 = 20;

#[test]
fn killed_at_twenty_moments_and_run_again_it_says_what_it_says_from_clean() {
    let shop = Shop::new();
    shop.generate_domain();
    let start = Instant::now();
    let (exit, clean, output) = shop.verify("");
    let duration = start.elapsed();
    assert_eq!(
        (exit, clean["findings"].as_array().map(Vec::len)),
        (1, Some(1)),
        "{output}"
    );
    let mut before_the_end = 0;
    for moment in 0..MOMENTS {
        fs::remove_dir_all(shop.target()).unwrap();
        let mut command = shop.command("");
        command.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let mut child = command.spawn().unwrap();
        // When it is killed decides nothing that is asserted: only what it leaves behind differs.
        thread::sleep(duration * (2 * moment + 1) / (2 * MOMENTS));
        before_the_end += u32::from(child.try_wait().unwrap().is_none());
        kill_with_all_it_started(&mut child);
        let (exit, verdict, output) = shop.verify("");
        assert_eq!((exit, &verdict), (1, &clean), "killed at moment {moment}: {output}");
    }
    assert!(before_the_end > 0, "it was never killed");
}

/// Cargo and the compilers are of its process group.
fn kill_with_all_it_started(child: &mut Child) {
    let group = format!("-{}", child.id());
    // The group may have ended by itself.
    let _ = Command::new("kill")
        .args(["-KILL", "--", &group])
        .stderr(Stdio::null())
        .status();
    let _ = child.wait().unwrap();
}
