//! The contract: one object a document, written field by field.

use super::buffer::Json;
use super::note::{FactShown, Loose, Note};
use super::places::Places;
use super::words::{carryover_code, flow_code, fund_code, kind_code, role_code, stage_code};
use crate::check::{Finding, Findings, Suspect};
use crate::document::{Diagnostic, Document, Lang};
use crate::fact::{Basis, Breakdown, Measure, Reading};
use crate::pattern::Packs;
use crate::segment::View;
use std::ops::Range;

/// Version of the output's form.
pub const SCHEMA: &str = "gouji/1";

/// The output of a document, to be looked at: what [`write`] writes, parsed.
#[must_use]
pub fn output(
    packs: &Packs,
    document: &Document,
    view: &View,
    reading: &Reading,
    findings: &Findings,
    lang: Lang,
) -> serde_json::Value {
    let mut out = vec![];
    object(&mut Json { out: &mut out }, Note { packs, document, view, reading, findings, lang });
    serde_json::from_slice(&out).unwrap_or_default()
}

/// Appends the output of a document to a buffer, as JSON on a single line.
///
/// ```
/// use gouji::document::{Lang, Raw, read};
/// let document = read(&Raw::File { path: "甲.txt".into(), bytes: "2024年支出预算502.48万元。".into() })?;
/// let packs = gouji::pattern::Packs::builtin().unwrap();
/// let analysis = gouji::analyze(packs, document, true);
/// let mut out = vec![];
/// gouji::report::write(&mut out, packs, &analysis, Lang::Zh);
/// assert!(String::from_utf8(out).unwrap().contains(r#""value":"502.48","unit":"万元","yuan":"5024800""#));
/// # Ok::<(), gouji::document::InputError>(())
/// ```
pub fn write(out: &mut Vec<u8>, packs: &Packs, analysis: &crate::Analysis, lang: Lang) {
    let crate::Analysis { document, view, reading, findings } = analysis;
    object(&mut Json { out }, Note { packs, document, view, reading, findings, lang });
}

fn object(j: &mut Json, note: Note) {
    j.raw("{\"schema\":\"");
    j.raw(SCHEMA);
    j.raw("\",\"document\":");
    document(j, note);
    j.raw(",\"facts\":");
    let mut sections = Sections::new(note);
    j.list(note.facts(), |j, f| fact(j, &mut sections, &f));
    j.raw(",\"breakdowns\":");
    j.list((1u32..).zip(&note.reading.breakdowns), |j, (id, b)| breakdown(j, note, id, b));
    j.raw(",\"findings\":");
    j.list(&note.findings.list, |j, f| finding(j, note, f));
    j.raw(",\"coverage\":");
    coverage(j, note);
    if !note.document.diagnostics.is_empty() {
        j.raw(",\"diagnostics\":");
        j.list(&note.document.diagnostics, |j, d| diagnostic(j, note, d));
    }
    j.raw("}");
}

/// The document's head.
fn document(j: &mut Json, note: Note) {
    let (document, identity) = (note.document, &note.reading.identity);
    j.raw("{\"id\":");
    j.text(&document.id);
    j.raw(",\"path\":");
    j.maybe(document.path.as_deref());
    j.raw(",\"sha256\":");
    j.text(&document.sha256);
    j.raw(",\"format\":");
    j.name(Some(document.format.name()));
    j.raw(",\"encoding\":");
    j.text(document.encoding);
    j.raw(",\"title\":");
    j.maybe(note.title());
    j.raw(",\"organization\":");
    j.maybe(identity.organization.as_deref());
    j.raw(",\"fiscal_year\":");
    j.year(identity.fiscal_year);
    j.raw(",\"kind\":");
    j.name(Some(kind_code(identity.kind)));
    optional(j, ",\"url\":", document.url.as_deref());
    optional(j, ",\"date\":", document.date.as_deref());
    j.raw("}");
}

/// A string that is left out where there is none.
#[inline]
fn optional(j: &mut Json, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        j.raw(key);
        j.text(text);
    }
}

fn fact(j: &mut Json, sections: &mut Sections, shown: &FactShown) {
    let f = shown.fact;
    j.raw("{\"id\":");
    j.fact(shown.id);
    j.raw(",\"concept\":");
    j.maybe(f.concept.as_deref());
    j.raw(",\"label\":");
    j.text(&f.label);
    optional(j, ",\"also\":", f.also.as_deref());
    j.raw(",\"measure\":");
    j.name(Some(f.measure.name()));
    j.raw(",\"value\":");
    j.figure(f.value);
    j.raw(",\"unit\":");
    j.maybe(shown.unit);
    optional(j, ",\"unit_inferred\":", shown.unit_inferred);
    j.raw(",\"yuan\":");
    j.normal(shown.yuan);
    j.raw(",\"decimals\":");
    j.number(f.decimals.into());
    j.raw(",\"year\":");
    j.year(f.year);
    optional(j, ",\"as_of\":", shown.as_of());
    j.raw(",\"stage\":");
    j.name(f.stage.map(stage_code));
    j.raw(",\"basis\":");
    match &f.basis {
        Some(b) => basis(j, b, f.measure),
        None => j.raw("null"),
    }
    j.raw(",\"fund\":");
    j.name(f.fund.map(fund_code));
    j.raw(",\"flow\":");
    j.name(f.flow.map(flow_code));
    j.raw(",\"part\":");
    j.maybe(f.part.as_deref());
    j.raw(",\"carryover\":");
    j.name(f.carryover.map(carryover_code));
    j.raw(",\"role\":");
    j.name(f.role.map(role_code));
    match f.parent {
        Some(parent) => {
            j.raw(",\"parent\":");
            j.fact(parent);
        }
        None => j.raw(",\"parent\":null"),
    }
    optional(j, ",\"within\":", f.within.as_deref());
    optional(j, ",\"qualifier\":", f.qualifier.as_deref());
    optional(j, ",\"cause\":", shown.cause);
    if !f.stated {
        j.raw(",\"stated\":false");
    }
    j.raw(",\"quote\":");
    j.text(shown.quote);
    j.raw(",\"span\":");
    j.range(shown.span);
    j.raw(",\"line\":");
    j.number(shown.line);
    // No input has pages yet.
    j.raw(",\"page\":null,\"section\":");
    sections.write(j, f.section);
    j.raw(",\"sentence\":");
    j.range(shown.sentence);
    j.raw(",\"pattern\":");
    j.text(shown.pattern);
    j.raw("}");
}

/// What a figure is measured against.
fn basis(j: &mut Json, b: &Basis, measure: Measure) {
    j.raw("{");
    if measure != Measure::Share {
        j.raw("\"year\":");
        j.year(b.year);
        j.raw(",");
    }
    j.raw("\"stage\":");
    j.name(b.stage.map(stage_code));
    if !b.stated {
        j.raw(",\"stated\":false");
    }
    optional(j, ",\"label\":", b.whole.as_deref());
    optional(j, ",\"concept\":", b.concept.as_deref());
    if let Some(fact) = b.fact {
        j.raw(",\"fact\":");
        j.fact(fact);
    }
    j.raw("}");
}

/// The lists of headings. Many facts share one: it is made once, then copied
/// from where it first stands in the buffer.
struct Sections<'a> {
    note: Note<'a>,
    /// Where the list of each section, and that of none, stands.
    written: Vec<Option<Range<usize>>>,
}

impl<'a> Sections<'a> {
    fn new(note: Note<'a>) -> Self {
        Sections { note, written: vec![None; note.reading.sections.len()] }
    }

    fn write(&mut self, j: &mut Json, section: Option<u32>) {
        let place = section.and_then(|s| self.written.get_mut(s as usize));
        match place {
            Some(Some(range)) => j.out.extend_from_within(range.clone()),
            place => {
                let start = j.out.len();
                j.list(self.note.headings(section), |j, heading| j.text(heading));
                if let Some(place) = place {
                    *place = Some(start..j.out.len());
                }
            }
        }
    }
}

/// A total with its components, or a change with its drivers.
fn breakdown(j: &mut Json, note: Note, id: u32, b: &Breakdown) {
    j.raw("{\"id\":\"B");
    j.number(id);
    j.raw("\",\"total\":");
    j.fact(b.total);
    j.raw(",\"parts\":");
    j.list(&b.parts, |j, p| j.fact(*p));
    j.raw(",\"cue\":");
    j.text(note.source(b.cue));
    j.raw(",\"complete\":");
    j.truth(b.complete);
    j.raw(",\"drivers\":");
    j.truth(b.drivers);
    j.raw("}");
}

/// A relation with its verdict.
fn finding(j: &mut Json, note: Note, f: &Finding) {
    j.raw("{\"rule\":\"");
    j.raw(f.rule.id);
    j.raw("\",\"verdict\":");
    j.name(Some(f.verdict.name()));
    j.raw(",\"severity\":");
    j.name(Some(f.severity()));
    j.raw(",\"facts\":");
    j.list(&f.facts, |j, id| j.fact(*id));
    match f.stated {
        Some(stated) => {
            j.raw(",\"stated\":");
            j.figure(stated);
        }
        None => j.raw(",\"stated\":null"),
    }
    j.raw(",\"computed\":");
    j.normal(f.computed);
    j.raw(",\"difference\":");
    j.normal(f.difference);
    j.raw(",\"tolerance\":");
    j.normal(f.tolerance);
    j.raw(",\"unit\":");
    j.maybe(note.unit(f.unit));
    j.raw(",\"equation\":");
    j.written(|out| f.write_equation(note.reading, out));
    if !f.suspects.is_empty() {
        j.raw(",\"suspects\":");
        j.list(&f.suspects, suspect);
    }
    if f.remainder.is_some() {
        j.raw(",\"remainder\":");
        j.normal(f.remainder);
    }
    optional(j, ",\"reason\":", f.reason);
    j.raw(",\"message\":");
    j.written(|out| f.write_message(note.packs, note.reading, note.lang, out));
    j.raw("}");
}

/// A figure that is probably wrong.
fn suspect(j: &mut Json, s: &Suspect) {
    j.raw("{\"fact\":");
    j.fact(s.fact);
    match s.suggested {
        Some(suggested) => {
            j.raw(",\"suggested\":");
            j.figure(suggested);
        }
        None => j.raw(",\"suggested\":null"),
    }
    if s.year.is_some() {
        j.raw(",\"suggested_year\":");
        j.year(s.year);
    }
    j.raw(",\"slip\":");
    j.name(s.slip);
    j.raw(",\"explains\":");
    j.number(s.explains);
    j.raw("}");
}

/// Where every quantity went.
fn coverage(j: &mut Json, note: Note) {
    let reading = note.reading;
    j.raw("{\"quantities\":");
    j.number(reading.quantities() as u32);
    j.raw(",\"facts\":");
    j.number(reading.facts.iter().filter(|f| f.printed).count() as u32);
    j.raw(",\"decoys\":");
    j.list(note.decoys(), loose);
    j.raw(",\"unexplained\":");
    j.list(note.ranges(&reading.unexplained), loose);
    if !reading.residue.is_empty() {
        j.raw(",\"residue\":");
        j.list(note.ranges(&reading.residue), loose);
    }
    j.raw("}");
}

/// A number outside the facts.
fn loose(j: &mut Json, l: Loose) {
    j.raw("{");
    if l.reason.is_some() {
        j.raw("\"reason\":");
        j.name(l.reason);
        j.raw(",");
    }
    j.raw("\"quote\":");
    j.text(l.quote);
    j.raw(",\"span\":");
    j.range(l.span);
    j.raw(",\"line\":");
    j.number(l.line);
    j.raw("}");
}

/// Something odd about the input.
fn diagnostic(j: &mut Json, note: Note, d: &Diagnostic) {
    j.raw("{\"code\":");
    j.text(d.code);
    j.raw(",\"message\":");
    j.text(d.message(note.lang));
    match d.offset {
        Some(offset) => {
            j.raw(",\"offset\":");
            j.number(Places::new(&note.document.text).char_at(offset as u32));
        }
        None => j.raw(",\"offset\":null"),
    }
    j.raw("}");
}
