//! `gouji eval`: how the program does on annotated notes.

use super::args::{Eval, ExplainFormat};
use super::{Exit, complain, threads};
use crate::document::Lang;
use crate::eval::mutation::{Plan, Slip, mutate};
use crate::eval::{evaluate, load, report, report_mutations};
use crate::pattern::Packs;
use serde::Serialize;
use std::io::{self, Write};

/// Scores the notes of a folder, or plants slips into them. A note whose
/// annotation is broken is told of and left out.
pub(super) fn run(packs: &Packs, wanted: &Eval, lang: Lang, mut out: impl Write) -> io::Result<Exit> {
    let loaded = load(&wanted.folder);
    for bad in &loaded.bad {
        complain(&bad.message(lang));
    }
    let jobs = threads(wanted.jobs);
    if loaded.notes.is_empty() {
        return Ok(Exit::Input);
    }
    if wanted.mutate {
        let slip = wanted.slip.as_deref().and_then(Slip::named);
        let plan = Plan { seed: wanted.seed, slip, sample: wanted.sample, part: wanted.part.into() };
        let found = mutate(packs, &loaded.notes, plan, jobs)?;
        write(&mut out, wanted.format, &found, || report_mutations(&found, slip.is_some(), lang))?;
    } else {
        let scores = evaluate(packs, &loaded.notes, wanted.part.into(), jobs)?;
        write(&mut out, wanted.format, &scores, || report(&scores, lang))?;
    }
    out.flush()?;
    Ok(if loaded.bad.is_empty() { Exit::Agree } else { Exit::Input })
}

fn write(
    out: &mut impl Write,
    format: ExplainFormat,
    result: &impl Serialize,
    text: impl FnOnce() -> String,
) -> io::Result<()> {
    match format {
        ExplainFormat::Text => out.write_all(text().as_bytes()),
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, result)?;
            writeln!(out)
        }
    }
}
