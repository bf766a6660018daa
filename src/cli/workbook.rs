//! `gouji check -o FILE.xlsx`: the auditors' workbook.

use super::args::{CheckFormat, InputArgs, OutputArgs};
use super::lang::pick;
use super::pipeline::{Render, Work};
use super::progress::Progress;
use super::results::{beside, settle};
use super::{Exit, complain, each, threads};
use crate::Analysis;
use crate::check::Settings;
use crate::document::Lang;
use crate::pattern::Packs;
use crate::report::workbook::{Workbook, pack};
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

struct Packer {
    packs: &'static Packs,
    lang: Lang,
}

impl Render for Packer {
    fn render(&self, analysis: &Analysis, out: &mut Vec<u8>) {
        pack(out, self.packs, analysis, self.lang);
    }
}

/// Whether a workbook is asked for: by its format, or by the name of its file.
pub(super) fn is_wanted(format: Option<CheckFormat>, output: Option<&Path>) -> bool {
    let named = output.and_then(Path::extension).is_some_and(|x| x.eq_ignore_ascii_case("xlsx"));
    format == Some(CheckFormat::Xlsx) || format.is_none() && named
}

pub(super) fn run(
    packs: &'static Packs,
    input: &InputArgs,
    output: &OutputArgs,
    settings: Settings,
    lang: Lang,
) -> io::Result<Exit> {
    let Some(path) = output.output.as_deref().filter(|_| !output.resume) else {
        complain(pick(
            lang,
            "--format xlsx 写一个文件，请用 -o FILE.xlsx 指定；--resume 只用于文件夹",
            "--format xlsx writes a file: name it by -o FILE.xlsx; --resume goes with a folder",
        ));
        return Ok(Exit::Usage);
    };
    let draft = beside(path);
    let workers = super::processes(input);
    let render = Arc::new(Packer { packs, lang });
    let work = Work { packs, settings: Some(Arc::new(settings)), across: false, render, earlier: None, workers };
    let mut workbook = Workbook::create(&draft, lang)?;
    let progress = Progress::new(&input.paths, true, lang);
    let written = each(input, &work, threads(input.jobs.unwrap_or(0)), progress, lang, &mut |done| match done.error {
        Some(_) => Ok(()),
        None => workbook.add(&done.bytes),
    })
    .and_then(|exit| workbook.finish().map(|()| exit));
    match written {
        Ok(exit) => settle(&File::open(&draft)?, &draft, path).map(|()| exit),
        Err(error) => {
            let _ = fs::remove_file(&draft);
            Err(error)
        }
    }
}
