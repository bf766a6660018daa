//! The output as a whole: what stands before, between and after documents.

use super::pipeline::{Done, Render};
use crate::Analysis;
use crate::document::Lang;
use crate::pattern::Packs;
use crate::report;
use std::io::{self, Write};

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Json,
    Jsonl,
    Csv,
}

/// Writes one document in a form.
pub(super) struct Renderer {
    pub packs: &'static Packs,
    pub format: Format,
    pub lang: Lang,
}

impl Render for Renderer {
    fn render(&self, a: &Analysis, out: &mut Vec<u8>) {
        let output = report::output(self.packs, &a.document, &a.view, &a.reading, &a.findings, self.lang);
        // Writing into memory does not fail.
        let _ = serde_json::to_writer(&mut *out, &output);
        if self.format == Format::Jsonl {
            out.push(b'\n');
        }
    }
}

/// Puts documents together.
pub(super) struct Sink<W: Write> {
    out: W,
    format: Format,
    /// The only document so far: one is an object, several are an array.
    first: Option<Vec<u8>>,
    inputs: usize,
    documents: usize,
}

impl<W: Write> Sink<W> {
    pub(super) fn new(out: W, format: Format) -> Self {
        Self { out, format, first: None, inputs: 0, documents: 0 }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    pub(super) fn write(&mut self, done: &Done) -> io::Result<()> {
        self.inputs += 1;
        if self.format == Format::Json && self.inputs == 2 {
            self.out.write_all(b"[")?;
            if let Some(first) = self.first.take() {
                self.out.write_all(&first)?;
            }
        }
        if done.error.is_some() {
            return Ok(());
        }
        self.documents += 1;
        if self.format != Format::Json {
            return self.out.write_all(&done.bytes);
        }
        if self.inputs == 1 {
            self.first = Some(done.bytes.clone());
            return Ok(());
        }
        if self.documents > 1 {
            self.out.write_all(b",\n")?;
        }
        self.out.write_all(&done.bytes)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        if self.format == Format::Json {
            if let Some(first) = &self.first {
                self.out.write_all(first)?;
                self.out.write_all(b"\n")?;
            } else if self.inputs > 1 {
                self.out.write_all(b"]\n")?;
            }
        }
        self.out.flush()
    }
}
