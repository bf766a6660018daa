//! A PDF to text: glyphs to lines, lines to paragraphs, rules to tables.
//!
//! | file | concern |
//! |---|---|
//! | `bounds.rs` | how much a file inflates to |
//! | `drawn.rs` | a page's glyphs and rules, as the interpreter draws them |
//! | `charmap.rs` | which character a glyph is, where the file does not say |
//! | `frame.rs` | rules to frames with merged cells |
//! | `levels.rs` | frames of level rules only |
//! | `table.rs` | frames and glyphs to tables; tables that go on over pages |
//! | `line.rs` | glyphs to lines |
//! | `furniture.rs` | running heads, feet and page numbers |
//! | `flow.rs` | lines to paragraphs, across pages; footnotes |
//! | `write.rs` | all of it to text |
//!
//! # What this does not bound
//!
//! Pages, glyphs, rules and inflated bytes are counted and bounded. The
//! interpreter itself has no limits: a stream behind two filters, or of
//! another compression than Flate, may grow by a thousand at each; contents
//! that nest may overflow the stack; drawing may take long. A caller that
//! reads files of strangers reads them in a process of its own, with limited
//! memory and time.

mod bounds;
mod charmap;
mod drawn;
mod flow;
mod frame;
mod furniture;
mod levels;
mod line;
mod table;
mod write;

use super::diagnostic::Diagnostic;
use super::error::Problem;
use super::grid::Grid;
use super::place::Place;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{InterpreterCache, InterpreterSettings, RenderContent};

/// Most pages that are read.
const MAX_PAGES: usize = 2000;
/// Most glyphs and rules that are read of a page.
const MAX_MARKS: usize = 400_000;
/// Most bytes that all streams together inflate to, pictures left out.
const MAX_INFLATED_BYTES: u64 = 256 * 1024 * 1024;
/// The mark of the end stands no further from it than this.
const END_BYTES: usize = 2048;

/// What a PDF says.
#[derive(Debug)]
pub(crate) struct Content {
    pub text: String,
    pub tables: Vec<Grid>,
    pub places: Vec<Place>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A page taken apart.
#[derive(Debug)]
struct Sheet {
    /// From 1.
    number: u32,
    width: i32,
    height: i32,
    /// Lines outside tables, from top to bottom.
    lines: Vec<line::Line>,
    /// Tables, from top to bottom.
    tables: Vec<table::Table>,
}

/// Reads a PDF.
///
/// # Errors
///
/// If it is encrypted with a password, damaged beyond reading, or holds no text.
pub(crate) fn read(bytes: &[u8]) -> Result<Content, Problem> {
    if !bounds::inflate_within(bytes, MAX_INFLATED_BYTES) {
        return Err(Problem::UnpacksTooLarge { limit: MAX_INFLATED_BYTES });
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Problem::Encrypted,
        LoadPdfError::Invalid => Problem::DamagedPdf,
    })?;
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    let mut charmap = charmap::Charmap::default();
    let mut sheets = vec![];
    let mut seen = Seen { endless: !has_end(bytes), ..Seen::default() };
    let pages = pdf.pages();
    for (number, page) in (1_u32..).zip(pages.iter().take(MAX_PAGES)) {
        let mut drawn = drawn::draw(page, &cache, &settings, &mut charmap);
        seen.note(number, &drawn);
        let mut glyphs = std::mem::take(&mut drawn.glyphs);
        let mut frames = frame::frames(&drawn);
        let open = levels::frames(&drawn, &glyphs, &frames);
        frames.extend(open);
        let mut tables: Vec<_> = frames.iter().filter_map(|frame| table::table(frame, &mut glyphs, number)).collect();
        tables.sort_by_key(|table| (table.area.top, table.area.left));
        let lines = line::lines(glyphs, number);
        sheets.push(Sheet { number, width: drawn.width, height: drawn.height, lines, tables });
    }
    seen.check(pages.len())?;
    furniture::remove(&mut sheets);
    let mut content = write::write(flow::blocks(sheets));
    content.diagnostics = seen.diagnostics(pages.len());
    Ok(content)
}

/// Whether the mark of a file's end stands near its end; some programs write a little after it.
fn has_end(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(END_BYTES);
    memchr::memmem::find(bytes.get(from..).unwrap_or(bytes), b"%%EOF").is_some()
}

/// What was seen on all pages.
#[derive(Debug, Default)]
struct Seen {
    glyphs: usize,
    unknown: u32,
    slanted: u32,
    cut: bool,
    /// The mark of the file's end is not there.
    endless: bool,
    /// Pages that are a picture without text.
    pictures: Vec<u32>,
}

impl Seen {
    fn note(&mut self, number: u32, drawn: &drawn::Drawn) {
        let characters = drawn.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()).count();
        self.glyphs += characters;
        self.unknown += drawn.unknown;
        self.slanted += drawn.slanted;
        self.cut |= drawn.cut;
        if characters == 0 && drawn.picture {
            self.pictures.push(number);
        }
    }

    /// Whether there is a text at all.
    fn check(&self, pages: usize) -> Result<(), Problem> {
        if pages == 0 {
            return Err(Problem::DamagedPdf);
        }
        if self.glyphs == 0 {
            return Err(if self.pictures.is_empty() { Problem::Empty } else { Problem::NoTextLayer });
        }
        if self.unknown as usize * 2 > self.glyphs {
            return Err(Problem::UnknownCharacters);
        }
        Ok(())
    }

    fn diagnostics(&self, pages: usize) -> Vec<Diagnostic> {
        let mut diagnostics = vec![];
        let mut remark = |code, zh: String, en: String| diagnostics.push(Diagnostic::new(code, None, zh, en));
        if !self.pictures.is_empty() {
            let list = self.pictures.iter().map(u32::to_string).collect::<Vec<_>>();
            remark(
                "pdf/pages-without-text",
                format!("第 {} 页是图片，没有文字", list.join("、")),
                format!(
                    "page {} a picture without text",
                    list.join(", ") + if list.len() > 1 { " are each" } else { " is" }
                ),
            );
        }
        if self.unknown > 0 {
            let count = self.unknown;
            remark(
                "pdf/unknown-characters",
                format!("{count} 个字形无法对应到文字，以 � 表示"),
                format!("{count} glyph(s) have no known character and are shown as �"),
            );
        }
        if self.slanted > 0 {
            let count = self.slanted;
            remark(
                "pdf/slanted-text",
                format!("略去了 {count} 个倾斜或另向的字符（如水印）"),
                format!("{count} character(s) at another angle were left out, as watermarks are"),
            );
        }
        if self.endless {
            remark(
                "pdf/cut-off",
                "文件末尾不完整，可能缺页；请确认保存或下载是否完整".into(),
                "the file breaks off, so pages may be missing; was it saved or downloaded whole?".into(),
            );
        }
        if self.cut || pages > MAX_PAGES {
            remark(
                "pdf/too-much",
                format!("文件过大：只读前 {MAX_PAGES} 页，每页至多 {MAX_MARKS} 个字符和线条"),
                format!("too much: the first {MAX_PAGES} pages are read, up to {MAX_MARKS} glyphs and rules each"),
            );
        }
        diagnostics
    }
}
