//! The lines of the catalogue: the way around, what kind of evidence must see it, and how this test binary proves it.

/// Which evidence has to see a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tier {
    /// Source evidence must.
    Source,
    /// Part of it source evidence, part of it compiler evidence.
    Both,
    /// Compiler evidence must; source evidence may.
    Compiler,
}

impl Tier {
    /// The word for the table.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Source => "S",
            Self::Both => "S, C",
            Self::Compiler => "C",
        }
    }
}

/// How a line is proved.
#[derive(Debug, Clone, Copy)]
pub(super) enum Proof {
    /// By marks in the fixture.
    Marks,
    /// Nothing may be reported.
    Silence,
    /// By a test of its own.
    OwnTest(&'static str),
    /// By tests of the command line: it is no way through the code.
    CommandLine(&'static str),
}

/// One line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Its number.
    pub(super) number: u32,
    /// The way.
    pub(super) way: &'static str,
    /// What has to see it.
    pub(super) tier: Tier,
    /// How it is proved.
    pub(super) proof: Proof,
}

/// The catalogue.
pub(super) const CATALOGUE: [Line; 53] = {
    use Proof::{CommandLine, Marks, OwnTest, Silence};
    use Tier::{Both, Compiler, Source};
    [
        Line {
            number: 1,
            way: "`use driver::query;`",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 2,
            way: "full path in an expression, no `use`",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 3,
            way: "the driver's macro `driver::query!()`",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 4,
            way: "`persistence` re-exports the function under another name",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 5,
            way: "a neutral module re-exports by glob",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 6,
            way: "`use driver as d;`",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 7,
            way: "a method on a value of inferred type, no token of the driver in the file",
            tier: Compiler,
            proof: Marks,
        },
        Line {
            number: 8,
            way: "a public constant or static whose value is the driver's function",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 9,
            way: "local `macro_rules!` whose body names the driver",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 10,
            way: "`include!` of a file of another name",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 11,
            way: "`#[path]` to another directory",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 12,
            way: "code generated into `OUT_DIR` and included",
            tier: Both,
            proof: OwnTest("line_12_code_that_is_not_generated_yet_is_pending_and_judged_once_it_is"),
        },
        Line {
            number: 13,
            way: "a wrapper function in a helper crate outside every component",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 14,
            way: "a helper crate re-exports the driver",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 15,
            way: "behind a cargo feature that is off by default",
            tier: Both,
            proof: Marks,
        },
        Line {
            number: 16,
            way: "inside `#[cfg(test)]`",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 17,
            way: "under `#[allow(..)]` of anything",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 18,
            way: "`extern \"C\"` declaration of the C library's function",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 19,
            way: "`#[cfg(target_os = ..)]` on another system",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 20,
            way: "trait method, the trait imported through a re-export",
            tier: Both,
            proof: Marks,
        },
        Line {
            number: 21,
            way: "the output of a derive",
            tier: Both,
            proof: Marks,
        },
        Line {
            number: 22,
            way: "renamed dependency in `Cargo.toml`",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 23,
            way: "`use driver::*;`",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 24,
            way: "`extern crate driver as zz;`",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 25,
            way: "method on a type alias that `persistence` defines",
            tier: Both,
            proof: Marks,
        },
        Line {
            number: 26,
            way: "`use` inside a function body",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 27,
            way: "control: the words in docs, strings and comments only",
            tier: Source,
            proof: Silence,
        },
        Line {
            number: 28,
            way: "function under an attribute macro",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 29,
            way: "inside the arguments of macros",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 30,
            way: "a cfg that hides code from a tool",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 31,
            way: "generic bound by the driver's trait, reached through a helper",
            tier: Both,
            proof: Marks,
        },
        Line {
            number: 32,
            way: "function bound to a local, closure, array of functions",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 33,
            way: "function passed as a value",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 34,
            way: "the facade's inner crate as a direct dependency",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 35,
            way: "`Deref` from an own type to the driver's pool, then its method",
            tier: Compiler,
            proof: Marks,
        },
        Line {
            number: 36,
            way: "an object of the driver's trait handed out by the allowed module",
            tier: Both,
            proof: Marks,
        },
        Line {
            number: 37,
            way: "an item macro that expands to a `use` or a `mod`",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 38,
            way: "a build script or a proc-macro of the workspace that runs SQL",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 39,
            way: "a second driver that no rule names",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 40,
            way: "editing the policy, the exceptions or the baseline in the same change",
            tier: Source,
            proof: CommandLine(
                "history::bypass: a_policy_of_the_same_.., an_exception_of_the_same_.., a_baseline_of_the_same_..",
            ),
        },
        Line {
            number: 41,
            way: "an exception without reason, owner or end date, with one far ahead or malformed",
            tier: Source,
            proof: CommandLine("decisions::exceptions: reason_owner_and_end_.., dates_may_be_.., what_is_stale_.."),
        },
        Line {
            number: 42,
            way: "moving the code into a new module that no component covers",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 43,
            way: "a file that does not parse",
            tier: Source,
            proof: OwnTest("line_43_a_file_that_does_not_parse_ends_in_exit_2_and_the_rest_is_still_judged"),
        },
        Line {
            number: 44,
            way: "a fragment that loosens the root policy",
            tier: Source,
            proof: OwnTest("line_44_a_fragment_or_a_policy_further_down_loosens_nothing"),
        },
        Line {
            number: 45,
            way: "an environment variable, a config of one's own, a flag left in a script",
            tier: Source,
            proof: CommandLine("contract::options: every_option_does_what_its_case_says"),
        },
        Line {
            number: 46,
            way: "removing the enforcement call, the wrapper or the hook",
            tier: Source,
            proof: CommandLine(
                "setup_removed: each_piece_is_missed_when_it_is_gone, each_piece_is_missed_when_it_is_put_out_of_action",
            ),
        },
        Line {
            number: 47,
            way: "moving the code into a path crate outside the workspace, or another workspace",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 48,
            way: "a local crate or a `[patch]` under the driver's name",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 49,
            way: "`extern \"Rust\"` with `#[export_name]` on the other side",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 50,
            way: "an exported macro of the allowed module that contains the call",
            tier: Source,
            proof: Marks,
        },
        Line {
            number: 51,
            way: "a leak under `#[doc(hidden)]`",
            tier: Both,
            proof: Marks,
        },
        Line {
            number: 52,
            way: "an associated function of a dependency's macro-written impl, used as a value",
            tier: Compiler,
            proof: Marks,
        },
        Line {
            number: 53,
            way: "the driver's type reached only through aliases",
            tier: Both,
            proof: Marks,
        },
    ]
};
