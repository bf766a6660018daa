//! The output as a whole: what stands before, between and after documents.

use super::pipeline::{Done, Render};
use crate::Analysis;
use crate::across::{Finding, Library};
use crate::check::Verdict;
use crate::document::Lang;
use crate::pattern::Packs;
use crate::report::across::{Counts, close, finding_json, finding_text, heading, write_row};
use crate::report::csv::{Table, write_head, write_rows};
use crate::report::html::{Page, pack};
use crate::report::text::{Look, Totals, report, summary};
use crate::report::{SCHEMA, write};
use std::io::{self, Write};

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// For people.
    Text,
    /// An object or an array.
    Json,
    /// A line a document.
    Jsonl,
    /// A row a fact or a finding.
    Csv(Table),
    /// A page.
    Html,
}

/// Writes one document in a form.
pub(super) struct Renderer {
    pub packs: &'static Packs,
    pub format: Format,
    pub lang: Lang,
    pub look: Look,
}

impl Render for Renderer {
    // Writing into memory does not fail.
    fn render(&self, a: &Analysis, out: &mut Vec<u8>) {
        match self.format {
            Format::Text => out.extend_from_slice(report(self.packs, a, self.look, self.lang).as_bytes()),
            Format::Json => write(out, self.packs, a, self.lang),
            Format::Jsonl => {
                write(out, self.packs, a, self.lang);
                out.push(b'\n');
            }
            Format::Html => pack(out, self.packs, a, self.lang),
            Format::Csv(table) => {
                let _ = write_rows(out, self.packs, a, self.lang, table);
            }
        }
    }
}

/// Puts documents together.
pub(super) struct Sink<W: Write> {
    out: W,
    format: Format,
    look: Look,
    lang: Lang,
    /// The first document of a JSON output: a single one stands without an array.
    first: Option<Vec<u8>>,
    inputs: usize,
    totals: Totals,
    /// Told after all contradictions.
    undecided: Vec<u8>,
    /// What is told as a page: it begins with what is known at the end.
    page: Option<Page>,
}

/// As many relations between documents that can't be decided are told to people;
/// the others are counted.
const MAX_UNDECIDED: usize = 20;

impl<W: Write> Sink<W> {
    pub(super) fn new(out: W, format: Format, look: Look, lang: Lang) -> io::Result<Self> {
        let mut out = out;
        if let Format::Csv(table) = format {
            write_head(&mut out, table)?;
        }
        let page = (format == Format::Html).then(|| Page::new(lang));
        Ok(Self {
            out,
            format,
            look,
            lang,
            first: None,
            inputs: 0,
            totals: Totals::default(),
            undecided: Vec::new(),
            page,
        })
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes what became of the next input.
    pub(super) fn write(&mut self, done: &Done) -> io::Result<()> {
        self.inputs += 1;
        if self.format == Format::Json && self.inputs == 2 {
            self.out.write_all(b"[")?;
            if let Some(first) = self.first.take() {
                self.out.write_all(&first)?;
            }
        }
        if let Some(page) = &mut self.page {
            return match &done.error {
                Some(error) => page.not_read(error),
                None => page.add(&done.bytes),
            };
        }
        if done.error.is_some() {
            self.totals.not_read += 1;
            return Ok(());
        }
        let documents = self.totals.documents;
        self.totals.documents += 1;
        self.totals.contradictions += done.disagreeing;
        self.totals.with_contradictions += usize::from(done.disagreeing > 0);
        match self.format {
            Format::Json if self.inputs == 1 => {
                self.first = Some(done.bytes.clone());
                return Ok(());
            }
            Format::Json if documents > 0 => self.out.write_all(b",\n")?,
            Format::Text if documents > 0 => self.out.write_all(b"\n")?,
            _ => {}
        }
        self.out.write_all(&done.bytes)
    }

    /// Writes what the documents say of each other's figures, if they say anything.
    pub(super) fn across(&mut self, library: &mut Library) -> io::Result<Counts> {
        let mut counts = Counts::default();
        let mut result = Ok(());
        let after = self.totals.documents;
        library.each(|library, finding| {
            counts.add(finding);
            if result.is_ok() {
                result = self.finding(library, finding, counts, after);
            }
        });
        result?;
        self.totals.across = counts.disagree;
        match self.format {
            _ if counts.all() == 0 => {}
            Format::Text => {
                self.out.write_all(&std::mem::take(&mut self.undecided))?;
                self.out.write_all(close(counts, self.look, self.lang).as_bytes())?;
            }
            Format::Json | Format::Jsonl => self.out.write_all(b"]}\n")?,
            Format::Csv(_) | Format::Html => {}
        }
        Ok(counts)
    }

    /// Writes one finding between documents; `counts` counts it already.
    fn finding(&mut self, library: &mut Library, finding: &Finding, counts: Counts, after: usize) -> io::Result<()> {
        let first = counts.all() == 1;
        match self.format {
            Format::Text => {
                if first {
                    let gap: &[u8] = if after > 0 { b"\n" } else { b"" };
                    self.out.write_all(gap)?;
                    self.out.write_all(heading(self.look, self.lang).as_bytes())?;
                }
                if finding.verdict != Verdict::Undecided {
                    let text = finding_text(library, finding, counts.disagree, self.look, self.lang);
                    self.out.write_all(text.as_bytes())?;
                } else if counts.undecided <= MAX_UNDECIDED {
                    let text = finding_text(library, finding, counts.disagree, self.look, self.lang);
                    self.undecided.extend_from_slice(text.as_bytes());
                }
                Ok(())
            }
            Format::Json | Format::Jsonl => {
                let open = format!("{{\"schema\":\"{SCHEMA}\",\"across\":[");
                let before: &[&[u8]] = match (first, self.format) {
                    (true, Format::Json) => &[b",\n", open.as_bytes()],
                    (true, _) => &[open.as_bytes()],
                    (false, _) => &[b","],
                };
                for bytes in before {
                    self.out.write_all(bytes)?;
                }
                serde_json::to_writer(&mut self.out, &finding_json(library, finding, self.lang))?;
                Ok(())
            }
            Format::Html => match &mut self.page {
                Some(page) => page.between(library, finding),
                None => Ok(()),
            },
            Format::Csv(Table::Findings) => write_row(&mut self.out, library, finding, self.lang),
            Format::Csv(Table::Facts) => Ok(()),
        }
    }

    /// Closes the output.
    pub(super) fn finish(mut self) -> io::Result<()> {
        if let Some(page) = self.page.take() {
            return page.finish(&mut self.out);
        }
        match (self.format, self.first.take()) {
            (Format::Json, Some(first)) => {
                self.out.write_all(&first)?;
                self.out.write_all(b"\n")?;
            }
            (Format::Json, None) if self.inputs > 1 => self.out.write_all(b"]\n")?,
            (Format::Text, _) if self.inputs > 1 => {
                let line = summary(&self.totals, self.look, self.lang);
                self.out.write_all(b"\n")?;
                self.out.write_all(line.as_bytes())?;
            }
            _ => {}
        }
        self.out.flush()
    }
}
