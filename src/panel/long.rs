//! A note as rows: one a fact.

use super::quality::Cover;
use super::region::region;
use crate::fact::{FactId, Measure};
use crate::report::cells::Packed;
use crate::report::note::{FactShown, Note};
use crate::report::{carryover_code, flow_code, fund_code, kind_code, role_code, stage_code};
use rust_decimal::Decimal;

/// Whose note it is, before the fact.
pub(super) fn head(row: &mut Packed, note: Note) {
    let identity = &note.reading.identity;
    let place = region(identity.organization.as_deref().unwrap_or(""));
    row.maybe(identity.organization.as_deref());
    row.maybe(place.code);
    row.maybe(place.province);
    row.maybe(place.prefecture);
    row.maybe(place.county);
    row.int(identity.fiscal_year.map(i64::from));
    row.text(kind_code(identity.kind));
}

/// Whose note it is, after the fact.
pub(super) fn tail(row: &mut Packed, note: Note) {
    let document = note.document;
    row.text(&document.id);
    row.maybe(note.title());
    row.maybe(document.date.as_deref());
    row.maybe(document.url.as_deref());
    row.maybe(document.path.as_deref());
    row.text(&document.sha256);
}

/// One fact.
pub(super) fn fact(row: &mut Packed, note: Note, shown: &FactShown, cover: &Cover) {
    let f = shown.fact;
    let concept = f.concept.as_deref();
    let basis = f.basis.as_ref();
    row.text(&id(shown.id));
    row.int(f.year.map(i64::from));
    row.maybe(f.stage.map(stage_code));
    row.maybe(shown.as_of().as_deref());
    row.maybe(concept);
    row.maybe(concept.and_then(|c| note.packs.concept(c)).map(|term| term.name.as_str()));
    row.text(&f.label);
    row.text(f.measure.name());
    row.maybe(f.fund.map(fund_code));
    row.maybe(f.flow.map(flow_code));
    row.maybe(f.part.as_deref());
    row.maybe(f.carryover.map(carryover_code));
    row.maybe(f.role.map(role_code));
    row.maybe(f.parent.map(id).as_deref());
    row.int(basis.filter(|_| f.measure != Measure::Share).and_then(|b| b.year).map(i64::from));
    row.maybe(basis.and_then(|b| b.stage).map(stage_code));
    row.decimal(Some(f.value));
    row.text(&f.value.to_string());
    row.int(Some(f.decimals.into()));
    row.maybe(shown.unit.or(shown.unit_inferred));
    row.bool(shown.unit.is_none() && shown.unit_inferred.is_some());
    row.decimal(shown.yuan.map(|yuan| yuan.normalize()));
    row.int(shown.yuan.and_then(fen));
    row.text(cover.quality().name());
    row.int(Some(cover.agree.into()));
    row.int(Some(cover.disagree.into()));
    row.int(Some(cover.open.into()));
    row.bool(cover.suspect);
    row.decimal(cover.suggested);
    row.bool(f.stated);
    row.text(shown.quote);
    row.int(Some(shown.span.0.into()));
    row.int(Some(shown.span.1.into()));
    row.int(Some(shown.line.into()));
    // No input has pages yet.
    row.null();
    row.text(&note.headings(f.section).join(" > "));
}

/// A fact's id, as the JSON gives it.
fn id(fact: FactId) -> String {
    format!("F{}", u64::from(fact) + 1)
}

/// An amount in fen, if it is a whole number of them.
fn fen(yuan: Decimal) -> Option<i64> {
    let fen = yuan.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    (fen.scale() == 0).then(|| i64::try_from(fen.mantissa()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fen_are_whole_or_nothing() {
        let fen = |yuan: &str| fen(yuan.parse().unwrap());
        assert_eq!(fen("5024800"), Some(502_480_000));
        assert_eq!(fen("0.10"), Some(10));
        assert_eq!(fen("-36200.5"), Some(-3_620_050));
        assert_eq!(fen("0.001"), None);
        assert_eq!(fen("99999999999999999999"), None);
    }
}
