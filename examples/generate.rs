//! Writes generated notes as JSON Lines.
//!
//! ```text
//! cargo run --release --example generate -- --notes 2000 --seed 1 > notes.jsonl
//! ```
//!
//! `--kb N` makes documents of at least N KB out of several notes, `--wrong P`
//! misprints one figure in P of 100 notes.

use std::io::{BufWriter, Write, stdout};
use std::process::ExitCode;

#[path = "../benches/notes/mod.rs"]
mod notes;

const USAGE: &str = "usage: generate [--notes N] [--seed N] [--kb N] [--wrong PERCENT]";

fn main() -> ExitCode {
    let Some([count, seed, kb, wrong]) = options() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match write(count, seed, kb, wrong) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("generate: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn options() -> Option<[u64; 4]> {
    let names = ["--notes", "--seed", "--kb", "--wrong"];
    let mut values = [1000, 1, 0, 0];
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let at = names.iter().position(|n| *n == name)?;
        *values.get_mut(at)? = arguments.next()?.parse().ok()?;
    }
    Some(values)
}

fn write(count: u64, seed: u64, kb: u64, wrong: u64) -> std::io::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    for index in 0..count {
        let mut note =
            if kb == 0 { notes::note(seed, index) } else { notes::document(seed, index, kb as usize * 1024) };
        if index * wrong / 100 != (index + 1) * wrong / 100 {
            notes::misprint(&mut note, seed, index);
        }
        writeln!(out, "{}", note.to_json())?;
    }
    out.flush()
}
