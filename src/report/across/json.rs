//! A finding between documents as JSON.

use super::id;
use crate::across::{Finding, Library, Shown, Source};
use crate::document::Lang;
use crate::report::stage_code;
use crate::report::words::kind_code;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// One entry of `across`: the relation, its documents, and each figure with its place.
#[must_use]
pub fn finding_json(library: &mut Library, finding: &Finding, lang: Lang) -> Value {
    let at = finding.equation.figures();
    let figures: Vec<Value> = at.iter().filter_map(|at| library.shown(*at)).map(|s| figure(&s)).collect();
    let documents: Vec<Value> = finding.documents.iter().filter_map(|d| library.source(*d)).map(document).collect();
    let normal = |figure: Option<Decimal>| figure.map(|v| v.normalize().to_string());
    let mut out = json!({
        "rule": finding.rule.id,
        "verdict": finding.verdict.name(),
        "severity": finding.severity(),
        "documents": documents,
        "figures": figures,
        "stated": finding.stated.map(|v| v.to_string()),
        "computed": normal(finding.computed),
        "difference": normal(finding.difference),
        "tolerance": normal(finding.tolerance),
        "unit": library.unit(finding.unit),
        "equation": finding.equation(library),
    });
    let Some(fields) = out.as_object_mut() else { return out };
    if !finding.suspects.is_empty() {
        let suspects: Vec<Value> = finding
            .suspects
            .iter()
            .filter_map(|s| {
                let shown = library.shown(s.figure)?;
                Some(json!({
                    "document": shown.source.id,
                    "fact": id(shown.fact),
                    "suggested": s.suggested.to_string(),
                    "slip": s.slip,
                    "explains": s.explains,
                }))
            })
            .collect();
        fields.insert("suspects".into(), suspects.into());
    }
    if let Some(reason) = finding.reason {
        fields.insert("reason".into(), reason.into());
    }
    fields.insert("message".into(), finding.message(library, lang).into());
    out
}

fn document(source: &Source) -> Value {
    json!({
        "id": source.id,
        "path": source.path,
        "organization": source.organization,
        "fiscal_year": source.fiscal_year,
        "kind": kind_code(source.kind),
    })
}

fn figure(s: &Shown) -> Value {
    json!({
        "document": s.source.id,
        "path": s.source.path,
        "fact": id(s.fact),
        "concept": s.concept,
        "label": s.label,
        "measure": s.measure.name(),
        "value": s.value.to_string(),
        "unit": s.unit,
        "year": s.year,
        "stage": stage_code(s.stage),
        "quote": s.quote,
        "span": [s.span.0, s.span.1],
        "line": s.line,
        "sentence": s.sentence,
    })
}
