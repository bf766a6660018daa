//! `gouji check -o FILE.html`: the report for a browser, into a file.

use super::args::{CheckFormat, InputArgs, OutputArgs};
use super::lang::pick;
use super::results::{beside, settle};
use super::screen::Screen;
use super::{Between, Exit, OUTPUT_BYTES, Out, complain, documents, sink};
use crate::check::Settings;
use crate::pattern::Packs;
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;

/// Whether a page is asked for: by its format, or by the name of its file.
pub(super) fn is_wanted(format: Option<CheckFormat>, output: Option<&Path>) -> bool {
    let page = |x: &std::ffi::OsStr| ["html", "htm"].iter().any(|html| x.eq_ignore_ascii_case(html));
    let named = output.and_then(Path::extension).is_some_and(page);
    format == Some(CheckFormat::Html) || format.is_none() && named
}

pub(super) fn run(
    packs: &'static Packs,
    input: &InputArgs,
    output: &OutputArgs,
    path: &Path,
    verify: Option<(Settings, Between)>,
    screen: &Screen,
) -> io::Result<Exit> {
    if output.resume {
        complain(pick(
            screen.lang,
            "--resume 只用于文件夹，不能与网页合用",
            "--resume goes with a folder, not with a page",
        ));
        return Ok(Exit::Usage);
    }
    // A run that is stopped leaves an earlier report as it was.
    let draft = beside(path);
    let to = BufWriter::with_capacity(OUTPUT_BYTES, File::create(&draft)?);
    match documents(packs, input, sink::Format::Html, verify, screen, Out { to, is_file: true }) {
        Ok(exit) => settle(&File::open(&draft)?, &draft, path).map(|()| exit),
        Err(error) => {
            let _ = fs::remove_file(&draft);
            Err(error)
        }
    }
}
