//! A note as it waits on disk: what decides whether it counts, then its rows.

use super::column::{FACT, HEAD, TAIL};
use super::quality::cover;
use super::settle::{Entry, date_number};
use super::wide::{self, Candidate, Wanted};
use super::{long, quality};
use crate::Analysis;
use crate::check::Verdict;
use crate::document::Lang;
use crate::pattern::{Packs, Stage};
use crate::report::cells::{Cell, Cells, Packed};
use crate::report::note::Note;
use crate::segment::Kind;
use sha2::{Digest, Sha256};

/// Which table is made.
#[derive(Debug, Clone)]
pub enum Shape {
    /// One row a fact.
    Long,
    /// One row an organisation and year.
    Wide {
        /// The stage of the figures.
        stage: Stage,
        /// The columns.
        wanted: Vec<Wanted>,
    },
}

/// Appends all that a table needs of a note.
pub fn pack(out: &mut Vec<u8>, packs: &Packs, analysis: &Analysis, shape: &Shape) {
    let Analysis { document, view, reading, findings } = analysis;
    let note = Note { packs, document, view, reading, findings, lang: Lang::Zh };
    let covers = cover(reading.facts.len(), findings);
    let mut p = Packed { bytes: std::mem::take(out) };
    entry(&mut p, note);
    long::head(&mut p, note);
    p.int(Some(reading.facts.len() as i64));
    p.int(Some(findings.count(Verdict::Disagrees) as i64));
    long::tail(&mut p, note);
    match shape {
        Shape::Long => rows(&mut p, note, &covers),
        Shape::Wide { stage, wanted } => wide::candidates(note, *stage, wanted, &covers, &mut p),
    }
    *out = p.bytes;
}

fn rows(p: &mut Packed, note: Note, covers: &[quality::Cover]) {
    for (shown, cover) in note.facts().zip(covers) {
        long::fact(p, note, &shown, cover);
    }
}

/// What decides whether the note counts.
fn entry(p: &mut Packed, note: Note) {
    let identity = &note.reading.identity;
    let title = note.title().unwrap_or("");
    let organization = identity.organization.as_deref().map(plain).filter(|name| !name.is_empty());
    let owner = organization.zip(identity.fiscal_year).map(|(name, year)| format!("{name}\n{year}"));
    let issue = owner.as_ref().filter(|_| identity.kind != Kind::Other).map(|owner| {
        let business = ["调整", "半年", "季度"].map(|word| title.contains(word));
        format!("{owner}\n{:?}\n{}{}{business:?}", identity.kind, identity.is_final, identity.is_execution)
    });
    let corrected = ["更正", "更新", "修订", "勘误"].iter().any(|word| title.contains(word));
    for words in [owner.as_deref(), issue.as_deref(), Some(&plain(&note.document.text))] {
        let (high, low) = words.map(hash).unzip();
        p.int(high);
        p.int(low);
    }
    p.bool(corrected);
    p.int(note.document.date.as_deref().and_then(date_number).map(i64::from));
}

/// Without blanks; brackets in one form.
fn plain(text: &str) -> String {
    let narrow = |c| match c {
        '（' => '(',
        '）' => ')',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

fn hash(text: &str) -> (i64, i64) {
    let digest = Sha256::digest(text);
    let number = |at: usize| {
        let bytes = digest.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
        i64::from_le_bytes(bytes.unwrap_or_default())
    };
    (number(0), number(8))
}

/// A note as it was packed.
pub(super) struct Unpacked<'a> {
    /// Stands for the organisation and the year.
    pub owner: Option<u128>,
    pub entry: Entry,
    pub head: Vec<Cell<'a>>,
    pub facts: Cell<'a>,
    pub contradictions: Cell<'a>,
    pub tail: Vec<Cell<'a>>,
    rest: Cells<'a>,
}

impl<'a> Unpacked<'a> {
    /// `None` for bytes that are not whole.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let mut cells = Cells::new(bytes);
        let owner = number(&mut cells)?;
        let issue = number(&mut cells)?;
        let text = number(&mut cells)??;
        let corrected = cells.next()? == Cell::Bool(true);
        let date = match cells.next()? {
            Cell::Int(date) => u32::try_from(date).ok(),
            _ => None,
        };
        let (mut head, mut tail) = (Vec::with_capacity(HEAD.len()), Vec::with_capacity(TAIL.len()));
        cells.row(HEAD.len(), &mut head);
        let (facts, contradictions) = (cells.next()?, cells.next()?);
        cells.row(TAIL.len(), &mut tail);
        let figures = match facts {
            Cell::Int(count) => u32::try_from(count).unwrap_or(u32::MAX),
            _ => 0,
        };
        let entry = Entry { issue, text, corrected, date, figures };
        (tail.len() == TAIL.len()).then_some(Self { owner, entry, head, facts, contradictions, tail, rest: cells })
    }

    /// The rows of a long table.
    pub fn each_fact<E>(&self, mut row: impl FnMut(&[Cell<'a>]) -> Result<(), E>) -> Result<(), E> {
        let mut rest = self.rest.clone();
        let mut cells = self.head.clone();
        loop {
            cells.truncate(HEAD.len());
            rest.row(FACT.len(), &mut cells);
            if cells.len() < HEAD.len() + FACT.len() {
                return Ok(());
            }
            cells.extend_from_slice(&self.tail);
            row(&cells)?;
        }
    }

    /// What may stand in the cells of a wide table.
    pub fn candidates(&self) -> Vec<Candidate> {
        let mut rest = self.rest.clone();
        let mut found = Vec::new();
        loop {
            let mut cells = Vec::with_capacity(wide::CANDIDATE);
            rest.row(wide::CANDIDATE, &mut cells);
            match wide::candidate(&cells) {
                Some(candidate) => found.push(candidate),
                None => return found,
            }
        }
    }
}

/// Two cells that make a large number; `None` inside if they are empty.
fn number(cells: &mut Cells) -> Option<Option<u128>> {
    Some(match (cells.next()?, cells.next()?) {
        (Cell::Int(high), Cell::Int(low)) => {
            Some(u128::from(high.cast_unsigned()) << 64 | u128::from(low.cast_unsigned()))
        }
        _ => None,
    })
}
