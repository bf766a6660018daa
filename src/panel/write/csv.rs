//! Comma-separated values: UTF-8 with a byte order mark, lines that end in CRLF.
//!
//! Text that a spreadsheet would take for a formula gets a leading `'`.

use super::Book;
use crate::panel::column::Column;
use crate::report::cells::Cell;
use crate::report::csv::{BOM, harmless};
use csv::{Terminator, Writer, WriterBuilder};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

pub(super) struct CsvBook {
    writer: Writer<BufWriter<File>>,
    scratch: String,
    begun: bool,
}

impl CsvBook {
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(1 << 18, File::create(path)?);
        out.write_all(BOM)?;
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        Ok(Self { writer, scratch: String::new(), begun: false })
    }
}

impl Book for CsvBook {
    fn table(&mut self, _name: &str, columns: &[Column]) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Err(io::Error::other("a CSV file holds one table"));
        }
        Ok(self.writer.write_record(columns.iter().map(|c| c.name.as_bytes()))?)
    }

    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        use std::fmt::Write as _;
        for cell in cells {
            self.scratch.clear();
            // Writing into a string does not fail.
            let _ = match cell {
                Cell::Null => Ok(()),
                Cell::Text(text) => {
                    self.writer.write_field(&*harmless(text))?;
                    continue;
                }
                Cell::Int(number) => write!(self.scratch, "{number}"),
                Cell::Decimal(figure) => write!(self.scratch, "{figure}"),
                Cell::Bool(yes) => write!(self.scratch, "{yes}"),
            };
            self.writer.write_field(&self.scratch)?;
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let out = self.writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}
