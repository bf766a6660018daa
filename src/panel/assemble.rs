//! Many notes as one table.

use super::column::{self, Column};
use super::note::{Shape, Unpacked};
use super::quality::Quality;
use super::settle::{Entry, Status, settle};
use super::spool::{Slot, Spool};
use super::wide::{self, Candidate};
use super::write::Book;
use crate::report::cells::Cell;
use crate::report::stage_code;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::io;
use std::path::Path;

/// Takes notes as they come, and writes the table when all are there: only then
/// is it known which of them count.
pub struct Assembly {
    shape: Shape,
    spool: Spool,
    slots: Vec<Slot>,
    owners: Vec<Option<u128>>,
    entries: Vec<Entry>,
}

/// What a table came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows of the table.
    pub rows: u64,
    /// Notes in all.
    pub notes: usize,
    /// Notes that are another over again.
    pub duplicates: usize,
    /// Notes in whose place another stands.
    pub superseded: usize,
    /// Notes that have no figure for the row of a wide table.
    pub silent: usize,
}

/// A table with its columns, to be written into a book.
type Sink<'a> = &'a mut dyn Book;

impl Assembly {
    /// Notes wait in a file at `spool`, which is removed in the end.
    ///
    /// # Errors
    ///
    /// If the file can't be made.
    pub fn new(shape: Shape, spool: &Path) -> io::Result<Self> {
        let spool = Spool::create(spool)?;
        Ok(Self { shape, spool, slots: Vec::new(), owners: Vec::new(), entries: Vec::new() })
    }

    /// Adds a note, as [`pack`](super::pack) made it.
    ///
    /// # Errors
    ///
    /// If it can't be written to disk, or is not whole.
    pub fn add(&mut self, packed: &[u8]) -> io::Result<()> {
        let note = Unpacked::new(packed).ok_or_else(broken)?;
        self.owners.push(note.owner);
        self.entries.push(note.entry);
        self.slots.push(self.spool.add(packed)?);
        Ok(())
    }

    /// The columns of the table.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        match &self.shape {
            Shape::Long => column::long(),
            Shape::Wide { wanted, .. } => wide::columns(wanted),
        }
    }

    /// What becomes of each note.
    #[must_use]
    pub fn settled(&self) -> Vec<Status> {
        settle(&self.entries)
    }

    /// Writes the table of those that count.
    ///
    /// # Errors
    ///
    /// Those of the book and of the disk.
    pub fn write(&mut self, settled: &[Status], book: Sink) -> io::Result<Tally> {
        let mut tally = Tally { notes: settled.len(), ..Tally::default() };
        tally.duplicates = settled.iter().filter(|s| matches!(s, Status::Duplicate(_))).count();
        tally.superseded = settled.iter().filter(|s| matches!(s, Status::Superseded(..))).count();
        book.table("panel", &self.columns())?;
        match self.shape.clone() {
            Shape::Long => self.write_long(settled, book, &mut tally)?,
            Shape::Wide { stage, wanted } => {
                self.write_wide(settled, stage_code(stage), wanted.len(), book, &mut tally)?;
            }
        }
        Ok(tally)
    }

    fn write_long(&mut self, settled: &[Status], book: Sink, tally: &mut Tally) -> io::Result<()> {
        let mut buffer = Vec::new();
        for (slot, _) in self.slots.iter().zip(settled).filter(|(_, s)| **s == Status::Kept) {
            self.spool.read(*slot, &mut buffer)?;
            let note = Unpacked::new(&buffer).ok_or_else(broken)?;
            note.each_fact(|row| {
                tally.rows += 1;
                book.row(row)
            })?;
        }
        Ok(())
    }

    fn write_wide(
        &mut self,
        settled: &[Status],
        stage: &str,
        columns: usize,
        book: Sink,
        tally: &mut Tally,
    ) -> io::Result<()> {
        for group in self.groups(settled) {
            let mut candidates: Vec<Candidate> = Vec::new();
            let mut first: Option<Vec<u8>> = None;
            let mut notes = 0;
            for at in group {
                let Some(slot) = self.slots.get(at) else { continue };
                let mut buffer = Vec::new();
                self.spool.read(*slot, &mut buffer)?;
                let found = Unpacked::new(&buffer).ok_or_else(broken)?.candidates();
                if found.is_empty() {
                    tally.silent += 1;
                    continue;
                }
                candidates.extend(found);
                notes += 1;
                first.get_or_insert(buffer);
            }
            let Some(first) = &first else { continue };
            let note = Unpacked::new(first).ok_or_else(broken)?;
            let cells = wide::settle(&candidates, columns);
            tally.rows += 1;
            book.row(&wide_row(&note, stage, notes, &cells))?;
        }
        Ok(())
    }

    /// The notes that count, by organisation and year, in the order in which each
    /// first comes; a note that names neither is alone.
    fn groups(&self, settled: &[Status]) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut known: FxHashMap<u128, usize> = FxHashMap::default();
        for (at, owner) in self.owners.iter().enumerate() {
            if settled.get(at) != Some(&Status::Kept) {
                continue;
            }
            let next = groups.len();
            let group = owner.map_or(next, |owner| *known.entry(owner).or_insert(next));
            match groups.get_mut(group) {
                Some(group) => group.push(at),
                None => groups.push(vec![at]),
            }
        }
        groups
    }

    /// Writes the list of notes, or of those only that stand back.
    ///
    /// # Errors
    ///
    /// Those of the book and of the disk.
    pub fn write_notes(&mut self, settled: &[Status], book: Sink) -> io::Result<()> {
        book.table("notes", &column::notes())?;
        let (mut buffer, mut other) = (Vec::new(), Vec::new());
        for (slot, status) in self.slots.iter().zip(settled) {
            self.spool.read(*slot, &mut buffer)?;
            let note = Unpacked::new(&buffer).ok_or_else(broken)?;
            let mut row = note.head.clone();
            row.push(Cell::Text(status.name()));
            row.push(status.reason().map_or(Cell::Null, Cell::Text));
            match status.instead().and_then(|at| self.slots.get(at)) {
                Some(slot) => {
                    self.spool.read(*slot, &mut other)?;
                    let instead = Unpacked::new(&other).ok_or_else(broken)?;
                    row.push(instead.cell("note_id"));
                    row.push(instead.cell("path"));
                    row.extend([note.facts, note.contradictions]);
                    row.extend_from_slice(&note.tail);
                    book.row(&row)?;
                    continue;
                }
                None => row.extend([Cell::Null, Cell::Null, note.facts, note.contradictions]),
            }
            row.extend_from_slice(&note.tail);
            book.row(&row)?;
        }
        Ok(())
    }

    /// The notes that stand back: id, rule, and the id of the note that counts.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn stand_back(&mut self, settled: &[Status], most: usize) -> io::Result<Vec<(String, Status, String)>> {
        let back = settled.iter().enumerate().filter_map(|(at, s)| Some((at, *s, s.instead()?)));
        let mut list = Vec::new();
        for (at, status, instead) in back.take(most) {
            let mut id = |at: usize| -> io::Result<String> {
                let mut buffer = Vec::new();
                let slot = self.slots.get(at).copied().ok_or_else(broken)?;
                self.spool.read(slot, &mut buffer)?;
                let note = Unpacked::new(&buffer).ok_or_else(broken)?;
                Ok(match note.cell("note_id") {
                    Cell::Text(id) => id.to_owned(),
                    _ => String::new(),
                })
            };
            list.push((id(at)?, status, id(instead)?));
        }
        Ok(list)
    }
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a note that waited on disk is damaged")
}

impl<'a> Unpacked<'a> {
    /// A cell of the note's own columns.
    fn cell(&self, name: &str) -> Cell<'a> {
        let of = |columns: &[Column], cells: &[Cell<'a>]| {
            columns.iter().position(|c| c.name == name).and_then(|at| cells.get(at)).copied()
        };
        of(column::HEAD, &self.head).or_else(|| of(column::TAIL, &self.tail)).unwrap_or(Cell::Null)
    }
}

fn wide_row<'a>(
    note: &Unpacked<'a>,
    stage: &'a str,
    notes: i64,
    cells: &[Option<(Decimal, Quality)>],
) -> Vec<Cell<'a>> {
    let own = |name: &str| match name {
        "year" => note.cell("note_year"),
        "stage" => Cell::Text(stage),
        "notes" => Cell::Int(notes),
        name => note.cell(name),
    };
    let mut row: Vec<Cell> = column::WIDE.iter().map(|c| own(&c.name)).collect();
    for cell in cells {
        match cell {
            Some((value, quality)) => row.extend([Cell::Decimal(*value), Cell::Text(quality.name())]),
            None => row.extend([Cell::Null, Cell::Null]),
        }
    }
    row
}
