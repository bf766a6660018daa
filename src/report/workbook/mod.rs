//! The auditors' workbook: findings that recompute themselves, figures, notes.
//!
//! A sheet of findings has a row a relation. What is printed and what the other
//! figures make of it are formulas over the sheet of figures; so are the
//! difference and the verdict. Whoever mends a figure sees what follows.
//!
//! [`pack`] makes of a note what waits between threads, [`Workbook`] writes it.

mod formula;
mod sheets;
pub(super) mod words;

pub use sheets::Workbook;

use super::cells::Packed;
use super::note::Note;
use super::words::{kind_name, slip_name};
use crate::Analysis;
use crate::check::{Finding, Verdict};
use crate::document::Lang;
use crate::pattern::Packs;
use formula::sides;
use rust_decimal::Decimal;

/// Cells of a note's row before those that the sheet itself fills.
pub(super) const NOTE: usize = 12;
/// Cells of a figure.
pub(super) const FACT: usize = 14;
/// Cells of a finding.
pub(super) const FINDING: usize = 17;

/// Appends what the workbook shows of a note.
pub fn pack(out: &mut Vec<u8>, packs: &Packs, analysis: &Analysis, lang: Lang) {
    let Analysis { document, view, reading, findings } = analysis;
    let note = Note { packs, document, view, reading, findings, lang };
    let mut p = Packed { bytes: std::mem::take(out) };
    note_row(&mut p, note);
    fact_rows(&mut p, note);
    finding_rows(&mut p, note);
    *out = p.bytes;
}

fn note_row(p: &mut Packed, note: Note) {
    let identity = &note.reading.identity;
    p.text(&note.document.id);
    p.maybe(identity.organization.as_deref());
    p.int(identity.fiscal_year.map(i64::from));
    p.text(kind_name(identity.kind, note.lang));
    p.maybe(note.title());
    p.int(Some(note.reading.facts.len() as i64));
    let absences = note.findings.absences().count();
    p.int(Some((note.findings.list.len() - absences) as i64));
    for verdict in [Verdict::Exact, Verdict::Rounded, Verdict::Disagrees, Verdict::Partial, Verdict::Undecided] {
        p.int(Some(note.findings.count(verdict) as i64));
    }
}

fn fact_rows(p: &mut Packed, note: Note) {
    let covers = covers(note);
    for (shown, cover) in note.facts().zip(covers) {
        let f = shown.fact;
        p.text(&format!("F{}", u64::from(shown.id) + 1));
        p.text(&f.label);
        p.maybe(f.part.as_deref());
        p.text(words::measure(f.measure, note.lang));
        p.decimal(Some(f.value));
        p.int(Some(f.decimals.into()));
        p.maybe(shown.unit.or(shown.unit_inferred));
        p.int(f.year.map(i64::from));
        p.maybe(f.stage.map(|s| words::stage(s, note.lang)));
        p.maybe(f.fund.map(|fund| words::fund(fund, note.lang)));
        p.int(Some(shown.line.into()));
        p.text(shown.quote);
        p.text(&note.headings(f.section).join(" > "));
        p.maybe(cover.map(|v| words::verdict(v, note.lang)));
    }
}

/// What rounding explains: one unit of the last place more for a share that was
/// moved so that all shares add up to 100 %.
fn tolerance(f: &Finding, places: Option<u8>) -> Option<Decimal> {
    let tolerance = f.tolerance?;
    match (f.verdict, f.difference, places) {
        (Verdict::Rounded, Some(difference), Some(places)) if difference.abs() > tolerance => {
            tolerance.checked_add(Decimal::new(1, places.into()))
        }
        _ => Some(tolerance),
    }
}

/// The worst verdict of the relations in which each figure stands.
pub(super) fn covers(note: Note) -> Vec<Option<Verdict>> {
    let rank = |v: Verdict| match v {
        Verdict::Disagrees => 4,
        Verdict::Rounded => 3,
        Verdict::Exact => 2,
        Verdict::Partial => 1,
        Verdict::Undecided => 0,
    };
    let mut covers: Vec<Option<Verdict>> = vec![None; note.reading.facts.len()];
    for finding in note.findings.list.iter().filter(|f| !f.is_absence()) {
        for id in &finding.facts {
            if let Some(cover) = covers.get_mut(*id as usize)
                && cover.is_none_or(|worst| rank(finding.verdict) > rank(worst))
            {
                *cover = Some(finding.verdict);
            }
        }
    }
    covers
}

fn finding_rows(p: &mut Packed, note: Note) {
    let lines: Vec<u32> = note.facts().map(|f| f.line).collect();
    for f in &note.findings.list {
        let sides = sides(note, f);
        let suspect = f.suspects.first();
        let at = suspect.map(|s| s.fact).or(f.facts.first().copied());
        p.int(at.and_then(|id| lines.get(id as usize)).map(|line| i64::from(*line)));
        p.text(f.rule.id);
        p.text(match note.lang {
            Lang::Zh => f.rule.title_zh,
            Lang::En => f.rule.title_en,
        });
        p.text(words::verdict(f.verdict, note.lang));
        p.text(&f.equation(note.reading));
        p.maybe(note.unit(f.unit));
        p.decimal(f.stated);
        p.decimal(f.computed.map(|c| c.normalize()));
        p.decimal(f.difference.map(|d| d.normalize()));
        p.decimal(tolerance(f, sides.as_ref().and_then(|s| s.places)).map(|t| t.normalize()));
        p.maybe(sides.as_ref().map(|s| s.stated.as_str()));
        p.maybe(sides.as_ref().map(|s| s.computed.as_str()));
        p.int(sides.and_then(|s| s.places).map(i64::from));
        p.maybe(suspect.and_then(|s| note.reading.fact(s.fact)).map(|f| f.label.as_str()));
        p.decimal(suspect.and_then(|s| s.suggested));
        p.maybe(suspect.and_then(|s| s.slip).and_then(|slip| slip_name(slip, note.lang)));
        p.text(&f.message(note.packs, note.reading, note.lang));
    }
}
