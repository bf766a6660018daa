//! Findings between documents in words and as equations.

use super::rules::{ADJUSTED, APART, MISSING, SCOPE};
use super::weigh::{RESTATED, UNSAID};
use super::{Equation, Finding, Library, organization};
use crate::check::{TOO_LARGE, Verdict};
use crate::document::Lang;
use rust_decimal::Decimal;
use std::fmt::Write as _;

impl Finding {
    /// The relation with its figures: `502.48 ≠ 487.02 + 16.46 = 503.48`.
    #[must_use]
    pub fn equation(&self, library: &Library) -> String {
        let sign = match self.verdict {
            Verdict::Exact => "=",
            Verdict::Rounded => "≈",
            _ => "≠",
        };
        let value = |at| library.value(at);
        match &self.equation {
            Equation::Equal { left, right } => {
                format!("{}：{} {sign} {}", library.label(*left), value(*left), value(*right))
            }
            Equation::Sum { total, parts } => {
                let mut out = format!("{} {sign} ", value(*total));
                for (n, part) in parts.iter().enumerate() {
                    let v = value(*part);
                    let negative = v.is_sign_negative() && !v.is_zero();
                    out.push_str(match (n, negative) {
                        (0, false) => "",
                        (0, true) => "−",
                        (_, false) => " + ",
                        (_, true) => " − ",
                    });
                    let _ = write!(out, "{}", v.abs());
                }
                if let Some(computed) = self.computed.filter(|_| parts.len() > 1) {
                    let _ = write!(out, " = {}", computed.normalize());
                }
                out
            }
            Equation::Growth { rate, level, prior } => {
                let mut out =
                    format!("{}% {sign} ({} − {}) ÷ {}", value(*rate), value(*level), value(*prior), value(*prior));
                if let Some(computed) = self.computed {
                    let _ = write!(out, " = {}%", computed.normalize());
                }
                out
            }
            Equation::Pair { .. } => String::new(),
        }
    }

    /// What agrees or does not, between which documents, and what to look at.
    #[must_use]
    pub fn message(&self, library: &Library, lang: Lang) -> String {
        let mut out = String::new();
        if let Some(first) = self.equation.figures().first() {
            out.push_str(library.label(*first));
            out.push_str(if lang == Lang::Zh { "：" } else { ": " });
        }
        match self.verdict {
            Verdict::Exact => out.push_str(if lang == Lang::Zh { "相符" } else { "agrees" }),
            Verdict::Rounded => {
                out.push_str(if lang == Lang::Zh {
                    "差额在四舍五入或截尾范围内"
                } else {
                    "rounding explains the difference"
                });
            }
            Verdict::Disagrees => out.push_str(if lang == Lang::Zh { self.rule.title_zh } else { self.rule.title_en }),
            Verdict::Partial | Verdict::Undecided => out.push_str(self.reason.map_or("", |r| reason(r, lang))),
        }
        let names: Vec<&str> =
            self.documents.iter().filter_map(|d| library.source(*d)).map(|s| s.id.as_str()).collect();
        let _ = match lang {
            Lang::Zh => write!(out, "（{}）", names.join("、")),
            Lang::En => write!(out, " ({})", names.join(", ")),
        };
        if let Some(s) = self.suspects.first().filter(|_| self.verdict == Verdict::Disagrees) {
            out.push_str(if lang == Lang::Zh { "；" } else { "; " });
            out.push_str(&s.told(library, lang));
        }
        out
    }
}

impl super::Suspect {
    /// `a.txt 支出预算 16.46万元，疑应作 15.46万元`
    #[must_use]
    pub fn told(&self, library: &Library, lang: Lang) -> String {
        let at = self.figure;
        let id = library.source(at.document).map_or("", |s| s.id.as_str());
        let (label, unit) = (library.label(at), library.unit_of(at));
        let (printed, meant): (Decimal, Decimal) = (library.value(at), self.suggested);
        match lang {
            Lang::Zh => format!("{id} {label} {printed}{unit}，疑应作 {meant}{unit}"),
            Lang::En => format!("{id}: {label} {printed}{unit} should most likely be {meant}{unit}"),
        }
    }
}

/// A reason for no decision, in words for people.
#[must_use]
pub fn reason(reason: &'static str, lang: Lang) -> &'static str {
    if lang == Lang::En {
        return reason;
    }
    match reason {
        UNSAID => "文中只说与上年相比，未说明是上年的哪个数，可能不是年初预算",
        RESTATED => "两份文件的数额大多不同：可能经过调整，或口径、范围不同",
        SCOPE => "不能确定两份文件同为部门汇总数或同为本单位数",
        APART => "一份是部门汇总数，另一份是本单位数，不可比",
        organization::NO_PLACE => "单位名称未写明县市，不能确定是否同一单位",
        organization::PLACE_RECURS => "区、镇多有同名，单位名称未写明属于哪个市县，不能确定是否同一单位",
        ADJUSTED => "决算所引预算数可能是调整后的预算",
        MISSING => "部门的下属单位中有的未见文件",
        TOO_LARGE => "数额过大，无法精确计算",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_chinese_words() {
        for r in [
            UNSAID,
            RESTATED,
            SCOPE,
            APART,
            ADJUSTED,
            MISSING,
            TOO_LARGE,
            organization::NO_PLACE,
            organization::PLACE_RECURS,
        ] {
            assert!(!reason(r, Lang::Zh).is_ascii(), "{r}");
        }
    }
}
