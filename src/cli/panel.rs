//! `gouji panel`: many notes as one table for statistics.

use super::args::{InputArgs, Panel};
use super::lang::pick;
use super::pipeline::{Render, Work};
use super::progress::Progress;
use super::results::{beside, settle};
use super::{Exit, complain, each, threads};
use crate::Analysis;
use crate::document::Lang;
use crate::panel::{
    Assembly, Book, Column, DEFAULT, Form, Shape, Status, Tally, WantedError, codebook, notes, pack, wanted,
    write_codebook,
};
use crate::pattern::Packs;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// So many notes that stand back are named where no list of notes is written.
const NAMED: usize = 10;

struct Packer {
    packs: &'static Packs,
    shape: Shape,
}

impl Render for Packer {
    fn render(&self, analysis: &Analysis, out: &mut Vec<u8>) {
        pack(out, self.packs, analysis, &self.shape);
    }
}

pub(super) fn run(packs: &'static Packs, args: &Panel, lang: Lang) -> io::Result<Exit> {
    let refuse = |message: String| {
        complain(&message);
        Ok(Exit::Usage)
    };
    let shape = match shape(packs, args) {
        Ok(shape) => shape,
        Err(error) => return refuse(message(&error, lang)),
    };
    // Named before the work is done, not after.
    let form = |path: &Path| Form::of(path).ok_or_else(|| unknown_form(path, lang));
    let (main, list) = (form(&args.output), args.notes.as_deref().map(form).transpose());
    let (main, list) = match (main, list) {
        (Ok(main), Ok(list)) => (main, list),
        (Err(message), _) | (_, Err(message)) => return refuse(message),
    };
    let mut spool = args.output.as_os_str().to_owned();
    spool.push(".spool");
    let mut assembly = Assembly::new(shape.clone(), Path::new(&spool))?;
    let exit = gather(packs, &args.input, shape, &mut assembly, lang)?;
    let settled = assembly.settled();
    let columns = assembly.columns();
    let note_columns = notes();
    let tables: [(&str, &[Column]); 2] = [("panel", &columns), ("notes", &note_columns)];
    let mut tally = Tally::default();
    let mut left_empty = 0;
    whole(&args.output, main, |book| {
        tally = assembly.write(&settled, book)?;
        if book.holds_many() {
            assembly.write_notes(&settled, book)?;
            write_codebook(&tables, book)?;
        }
        left_empty = book.left_empty();
        Ok(())
    })?;
    if let (Some(path), Some(form)) = (&args.notes, list) {
        whole(path, form, |book| assembly.write_notes(&settled, book))?;
    }
    if let Some(path) = &args.codebook {
        match Form::of(path) {
            Some(form) => whole(path, form, |book| write_codebook(&tables, book))?,
            None => fs::write(path, codebook(&tables))?,
        }
    }
    tell(args, &tally, left_empty, lang);
    if args.notes.is_none() {
        for (id, status, instead) in assembly.stand_back(&settled, NAMED)? {
            complain(&stands_back(&id, status, &instead, lang));
        }
    }
    Ok(exit)
}

fn shape(packs: &Packs, args: &Panel) -> Result<Shape, WantedError> {
    if !args.wide {
        return Ok(Shape::Long);
    }
    let wanted = wanted(packs, args.concepts.as_deref().unwrap_or(DEFAULT))?;
    Ok(Shape::Wide { stage: args.stage.into(), wanted })
}

fn gather(
    packs: &'static Packs,
    input: &InputArgs,
    shape: Shape,
    assembly: &mut Assembly,
    lang: Lang,
) -> io::Result<Exit> {
    let workers = super::processes(input);
    let render = Arc::new(Packer { packs, shape });
    let work = Work { packs, settings: Some(Arc::default()), across: false, render, earlier: None, workers };
    let progress = Progress::new(&input.paths, true, lang);
    let exit = each(input, &work, threads(input.jobs.unwrap_or(0)), progress, lang, &mut |done| match done.error {
        Some(_) => Ok(()),
        None => assembly.add(&done.bytes),
    })?;
    // What the figures say of each other stands in the table.
    Ok(if exit == Exit::Disagree { Exit::Agree } else { exit })
}

/// Writes a file that is there whole or not at all.
fn whole(path: &Path, form: Form, write: impl FnOnce(&mut dyn Book) -> io::Result<()>) -> io::Result<()> {
    let draft: PathBuf = beside(path);
    let mut book = form.create(&draft)?;
    let done = write(book.as_mut()).and_then(|()| book.finish());
    if let Err(error) = done {
        let _ = fs::remove_file(&draft);
        return Err(error);
    }
    settle(&File::open(&draft)?, &draft, path)
}

fn tell(args: &Panel, tally: &Tally, left_empty: u64, lang: Lang) {
    let Tally { rows, notes, duplicates, superseded, silent } = tally;
    let output = args.output.display();
    let mut line = match lang {
        Lang::Zh => format!("{output}：{rows} 行，来自 {notes} 份说明"),
        Lang::En => format!("{output}: {rows} rows of {notes} notes"),
    };
    let mut also = |zh: String, en: String| line.push_str(if lang == Lang::Zh { &zh } else { &en });
    if duplicates + superseded > 0 {
        also(
            format!("；{duplicates} 份重复、{superseded} 份被取代，未计入"),
            format!("; {duplicates} duplicate and {superseded} superseded left out"),
        );
    }
    if *silent > 0 {
        also(
            format!("；{silent} 份没有该阶段（--stage）的数字"),
            format!("; {silent} without a figure of this --stage"),
        );
    }
    if left_empty > 0 {
        also(
            format!("；{left_empty} 个数字超出该格式能精确存放的范围，留空（见 value_text）"),
            format!("; {left_empty} figures that the format can't hold exactly left empty (see value_text)"),
        );
    }
    complain(&line);
}

fn stands_back(id: &str, status: Status, instead: &str, lang: Lang) -> String {
    let reason = status.reason().unwrap_or_default();
    match (status, lang) {
        (Status::Duplicate(_), Lang::Zh) => format!("{id}：与 {instead} 相同"),
        (Status::Duplicate(_), Lang::En) => format!("{id}: the same as {instead}"),
        (_, Lang::Zh) => format!("{id}：由 {instead} 取代（{reason}）；--notes FILE 列出全部"),
        (_, Lang::En) => format!("{id}: superseded by {instead} ({reason}); --notes FILE lists all"),
    }
}

fn unknown_form(path: &Path, lang: Lang) -> String {
    let (path, known) = (path.display(), Form::EXTENSIONS.join(pick(lang, "、", ", ")));
    match lang {
        Lang::Zh => format!("{path}：由扩展名决定格式，可用：{known}"),
        Lang::En => format!("{path}: the extension tells the format; there are {known}"),
    }
}

fn message(error: &WantedError, lang: Lang) -> String {
    match (error, lang) {
        (WantedError::UnknownConcept(id), Lang::Zh) => {
            format!("--concepts：没有 {id} 这个概念；gouji explain 列出全部")
        }
        (WantedError::UnknownConcept(id), Lang::En) => {
            format!("--concepts: no such concept: {id}; gouji explain lists them")
        }
        (WantedError::UnknownFund(fund), Lang::Zh) => format!(
            "--concepts：没有 @{fund} 这种资金；可用 all、widest、general_public、gov_fund、state_capital、fiscal、special_account"
        ),
        (WantedError::UnknownFund(fund), Lang::En) => format!(
            "--concepts: no such fund: @{fund}; there are all, widest, general_public, gov_fund, state_capital, fiscal, special_account"
        ),
        (WantedError::BadName(name), Lang::Zh) => {
            format!("--concepts：{name} 不能作列名；请写成 名称=概念，名称用小写字母、数字和 _，最多 30 个字符")
        }
        (WantedError::BadName(name), Lang::En) => format!(
            "--concepts: {name} can't be a column; write name=concept, the name in lower case letters, digits and _, 30 at most"
        ),
        (WantedError::TwiceNamed(name), Lang::Zh) => format!("--concepts：列名 {name} 重复；请写成 名称=概念"),
        (WantedError::TwiceNamed(name), Lang::En) => {
            format!("--concepts: there is a column {name} already; write name=concept")
        }
    }
}
