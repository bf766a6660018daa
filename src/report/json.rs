//! The contract: one object a document, written field by field.

use super::buffer::{Json, field};
use super::note::{FactShown, Loose, Note};
use super::words::{carryover_code, flow_code, fund_code, kind_code, role_code, stage_code};
use crate::check::{Finding, Findings, Severity, Suspect, Verdict};
use crate::document::{Chars, Diagnostic, Document, Lang, Places};
use crate::fact::{Basis, Breakdown, Carryover, Extent, Measure, Reading, Role};
use crate::lex::AsOf;
use crate::pattern::{Flow, Fund, Packs, Stage};
use crate::segment::View;
use std::ops::Range;

/// Version of the output's form.
pub const SCHEMA: &str = "gouji/1";

/// Most settings that are remembered: more would take longer to find than to
/// write.
const MAX_SETTINGS: usize = 32;

/// The output of a document, to be looked at: what [`write()`] writes, parsed.
#[must_use]
pub fn output(
    packs: &Packs,
    document: &Document,
    view: &View,
    reading: &Reading,
    findings: &Findings,
    lang: Lang,
) -> serde_json::Value {
    let out = object(vec![], Note { packs, document, view, reading, findings, lang });
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
    *out = object(std::mem::take(out), Note { packs, document, view, reading, findings, lang });
}

fn object(out: Vec<u8>, note: Note) -> Vec<u8> {
    let mut j = Json { out };
    j.raw("{\"schema\":\"");
    j.raw(SCHEMA);
    j.raw("\",\"document\":");
    document(&mut j, note);
    j.raw(",\"facts\":");
    let mut settings = Settings::default();
    let mut surroundings = Surroundings::new(note);
    j.list(note.facts(), |j, f| fact(j, &mut settings, &mut surroundings, &f));
    j.raw(",\"breakdowns\":");
    j.list((1..).zip(&note.reading.breakdowns), |j, (id, b)| breakdown(j, note, id, b));
    j.raw(",\"findings\":");
    j.list(&note.findings.list, |j, f| finding(j, note, f));
    j.raw(",\"coverage\":");
    coverage(&mut j, note);
    if !note.document.diagnostics.is_empty() {
        j.raw(",\"diagnostics\":");
        j.list(&note.document.diagnostics, |j, d| diagnostic(j, note, d));
    }
    j.raw("}");
    j.out
}

/// The document's head.
fn document(j: &mut Json, note: Note) {
    let (document, identity) = (note.document, &note.reading.identity);
    j.quoted("{\"id\":\"", &document.id);
    field!(j.maybe("path", document.path.as_deref()));
    field!(j.text("sha256", &document.sha256));
    field!(j.name("format", document.format.name()));
    field!(j.name("encoding", document.encoding));
    field!(j.maybe("title", note.title()));
    field!(j.maybe("organization", identity.organization.as_deref()));
    field!(j.maybe_year("fiscal_year", identity.fiscal_year));
    field!(j.name("kind", kind_code(identity.kind)));
    field!(j.optional("url", document.url.as_deref()));
    field!(j.optional("date", document.date.as_deref()));
    j.raw("}");
}

fn fact(j: &mut Json, settings: &mut Settings, surroundings: &mut Surroundings, shown: &FactShown) {
    let f = shown.fact;
    j.fact("{\"id\":\"F", shown.id);
    field!(j.maybe("concept", f.concept.as_deref()));
    field!(j.text("label", &f.label));
    field!(j.optional("also", f.also.as_deref()));
    field!(j.name("measure", f.measure.name()));
    field!(j.figure("value", f.value));
    field!(j.maybe("unit", shown.unit));
    field!(j.optional("unit_inferred", shown.unit_inferred));
    field!(j.maybe_normal("yuan", shown.yuan));
    settings.write(j, shown);
    match f.parent {
        Some(parent) => field!(j.fact("parent", parent)),
        None => field!(j.null("parent")),
    }
    field!(j.optional("within", f.within.as_deref()));
    field!(j.optional("qualifier", f.qualifier.as_deref()));
    field!(j.optional("cause", shown.cause));
    if !f.stated {
        field!(j.truth("stated", false));
    }
    field!(j.text("quote", shown.quote));
    field!(j.range("span", shown.span));
    surroundings.write(j, shown);
    if let Some(cell) = &shown.cell {
        field!(j.maybe("table", cell.table));
        field!(j.text("row", cell.row));
        field!(j.text("column", cell.column));
    }
    field!(j.text("pattern", shown.pattern));
    j.raw("}");
}

/// What a figure is measured against.
fn basis(j: &mut Json, b: &Basis, measure: Measure) {
    match (measure, b.year) {
        (Measure::Share, _) => j.raw("{\"stage\":"),
        (_, Some(year)) => {
            j.year("{\"year\":", year);
            field!(j.key("stage"));
        }
        (_, None) => j.raw("{\"year\":null,\"stage\":"),
    }
    match b.stage {
        Some(stage) => j.clean("\"", stage_code(stage)),
        None => j.raw("null"),
    }
    if !b.stated {
        field!(j.truth("stated", false));
    }
    field!(j.optional("label", b.whole.as_deref()));
    field!(j.optional("concept", b.concept.as_deref()));
    if let Some(fact) = b.fact {
        field!(j.fact("fact", fact));
    }
    j.raw("}");
}

/// From decimals to role: a handful of settings recur through a note. Each is
/// made once, then copied from where it first stands in the buffer.
#[derive(Default)]
struct Settings {
    written: Vec<(Setting, Range<usize>)>,
    last: usize,
}

type Setting = (u8, Option<i32>, AsOf, Option<Stage>, Option<Fund>, Option<Flow>, Option<Carryover>, Option<Role>);

impl Settings {
    fn write(&mut self, j: &mut Json, shown: &FactShown) {
        let f = shown.fact;
        if f.basis.is_some() || f.part.is_some() {
            return setting(j, shown);
        }
        let key: Setting = (f.decimals, f.year, f.as_of, f.stage, f.fund, f.flow, f.carryover, f.role);
        if !self.written.get(self.last).is_some_and(|(k, _)| *k == key) {
            let known = self.written.iter().position(|(k, _)| *k == key);
            self.last = known.unwrap_or(self.written.len());
        }
        if let Some((_, range)) = self.written.get(self.last) {
            return j.again(range.clone());
        }
        let start = j.out.len();
        setting(j, shown);
        if self.written.len() < MAX_SETTINGS {
            self.written.push((key, start..j.out.len()));
        }
    }
}

fn setting(j: &mut Json, shown: &FactShown) {
    let f = shown.fact;
    field!(j.number("decimals", f.decimals.into()));
    field!(j.maybe_year("year", f.year));
    if let Some(as_of) = shown.as_of() {
        field!(j.name("as_of", &as_of));
    }
    field!(j.maybe_name("stage", f.stage.map(stage_code)));
    match &f.basis {
        Some(b) => {
            field!(j.key("basis"));
            basis(j, b, f.measure);
        }
        None => field!(j.null("basis")),
    }
    field!(j.maybe_name("fund", f.fund.map(fund_code)));
    field!(j.maybe_name("flow", f.flow.map(flow_code)));
    field!(j.maybe("part", f.part.as_deref()));
    field!(j.maybe_name("carryover", f.carryover.map(carryover_code)));
    field!(j.maybe_name("role", f.role.map(role_code)));
}

/// From line to sentence: the figures of a sentence share them all. Each is
/// made once, then copied; so are the lists of headings.
struct Surroundings<'a> {
    note: Note<'a>,
    sentences: Chars<'a>,
    near: usize,
    last: Option<(Surrounding, Range<usize>)>,
    /// Where the list of headings of each section stands.
    headings: Vec<Option<Range<usize>>>,
}

/// Line, section and sentence.
type Surrounding = (u32, Option<u32>, Option<u32>, (u32, u32));

impl<'a> Surroundings<'a> {
    fn new(note: Note<'a>) -> Self {
        Surroundings {
            note,
            sentences: Chars::new(&note.document.text),
            near: 0,
            last: None,
            headings: vec![None; note.reading.sections.len()],
        }
    }

    fn write(&mut self, j: &mut Json, shown: &FactShown) {
        let key = (shown.line, shown.page, shown.fact.section, shown.fact.sentence);
        if let Some((_, range)) = self.last.as_ref().filter(|(k, _)| *k == key) {
            return j.again(range.clone());
        }
        let start = j.out.len();
        field!(j.number("line", shown.line));
        match shown.page {
            Some(page) => {
                field!(j.number("page", page));
                j.raw(",\"section\":");
            }
            None => j.raw(",\"page\":null,\"section\":"),
        }
        self.section(j, shown.fact.section);
        field!(j.range("sentence", self.note.sentence(&mut self.sentences, &mut self.near, shown.fact)));
        self.last = Some((key, start..j.out.len()));
    }

    fn section(&mut self, j: &mut Json, section: Option<u32>) {
        let place = section.and_then(|s| self.headings.get_mut(s as usize));
        match place {
            Some(Some(range)) => j.again(range.clone()),
            place => {
                let start = j.out.len();
                j.list(self.note.headings(section), |j, heading| j.quoted("\"", heading));
                if let Some(place) = place {
                    *place = Some(start..j.out.len());
                }
            }
        }
    }
}

/// A total with its components, or a change with its drivers.
fn breakdown(j: &mut Json, note: Note, id: u32, b: &Breakdown) {
    j.number("{\"id\":\"B", id);
    j.fact("\",\"total\":\"F", b.total);
    field!(j.key("parts"));
    j.list(&b.parts, |j, p| j.fact("\"F", *p));
    field!(j.text("cue", note.source(b.cue)));
    field!(j.truth("complete", b.extent != Extent::Some));
    field!(j.truth("drivers", b.drivers));
    j.raw("}");
}

/// A relation with its verdict.
fn finding(j: &mut Json, note: Note, f: &Finding) {
    j.clean("{\"rule\":\"", f.rule.id);
    match (f.verdict, f.severity) {
        (Verdict::Exact, Severity::None) => j.raw(r#","verdict":"exact","severity":"none","facts":"#),
        (Verdict::Rounded, Severity::None) => j.raw(r#","verdict":"rounded","severity":"none","facts":"#),
        (Verdict::Disagrees, Severity::Error) => j.raw(r#","verdict":"disagrees","severity":"error","facts":"#),
        (Verdict::Partial, Severity::Info) => j.raw(r#","verdict":"partial","severity":"info","facts":"#),
        (Verdict::Undecided, Severity::Info) => j.raw(r#","verdict":"undecided","severity":"info","facts":"#),
        // As a configuration weighs it.
        (verdict, severity) => {
            field!(j.name("verdict", verdict.name()));
            field!(j.name("severity", severity.name()));
            field!(j.key("facts"));
        }
    }
    j.list(&f.facts, |j, id| j.fact("\"F", *id));
    field!(j.maybe_figure("stated", f.stated));
    field!(j.maybe_normal("computed", f.computed));
    field!(j.maybe_normal("difference", f.difference));
    field!(j.maybe_normal("tolerance", f.tolerance));
    field!(j.maybe("unit", note.unit(f.unit)));
    field!(j.written("equation", |out| f.write_equation(note.reading, out)));
    if !f.suspects.is_empty() {
        field!(j.key("suspects"));
        j.list(&f.suspects, suspect);
    }
    if f.remainder.is_some() {
        field!(j.maybe_normal("remainder", f.remainder));
    }
    if let Some(reason) = f.reason {
        field!(j.name("reason", reason));
    }
    field!(j.written("message", |out| f.write_message(note.packs, note.reading, note.lang, out)));
    j.raw("}");
}

/// A figure that is probably wrong.
fn suspect(j: &mut Json, s: &Suspect) {
    j.fact("{\"fact\":\"F", s.fact);
    field!(j.maybe_figure("suggested", s.suggested));
    if s.year.is_some() {
        field!(j.maybe_year("suggested_year", s.year));
    }
    field!(j.maybe_name("slip", s.slip));
    field!(j.number("explains", s.explains));
    j.raw("}");
}

/// Where every quantity went.
fn coverage(j: &mut Json, note: Note) {
    let reading = note.reading;
    j.number("{\"quantities\":", reading.quantities() as u32);
    field!(j.number("facts", reading.facts.iter().filter(|f| f.printed).count() as u32));
    field!(j.key("decoys"));
    j.list(note.decoys(), loose);
    field!(j.key("unexplained"));
    j.list(note.ranges(&reading.unexplained), loose);
    if !reading.residue.is_empty() {
        field!(j.key("residue"));
        j.list(note.ranges(&reading.residue), loose);
    }
    j.raw("}");
}

/// A number outside the facts.
fn loose(j: &mut Json, l: Loose) {
    match l.reason {
        Some(reason) => {
            j.clean("{\"reason\":\"", reason);
            field!(j.text("quote", l.quote));
        }
        None => j.quoted("{\"quote\":\"", l.quote),
    }
    field!(j.range("span", l.span));
    field!(j.number("line", l.line));
    j.raw("}");
}

/// Something odd about the input.
fn diagnostic(j: &mut Json, note: Note, d: &Diagnostic) {
    j.clean("{\"code\":\"", d.code);
    field!(j.text("message", d.message(note.lang)));
    match d.offset {
        Some(offset) => field!(j.number("offset", Places::new(&note.document.text).char_at(offset as u32))),
        None => field!(j.null("offset")),
    }
    j.raw("}");
}
