//! Findings in words and as equations.

use super::digits::{push_decimal, push_magnitude, push_normal, push_number, push_signed};
use super::{Equation, Finding, Lang, Missing, Verdict};
use crate::fact::{Fact, FactId, Measure, Reading};
use crate::pattern::Packs;
use rust_decimal::Decimal;

/// A sentence for people.
pub type Message = String;

impl Finding {
    /// The relation with its figures: `502.48 ≠ 424.01 + 78.74 = 502.75`.
    pub fn equation(&self, reading: &Reading) -> String {
        written(|out| self.write_equation(reading, out))
    }

    /// Appends [`Finding::equation`] to a buffer of UTF-8.
    pub fn write_equation(&self, reading: &Reading, out: &mut Vec<u8>) {
        let sign = match self.verdict {
            Verdict::Exact => " = ",
            Verdict::Rounded => " ≈ ",
            _ => " ≠ ",
        };
        let value = |id: FactId| reading.fact(id).map_or(Decimal::ZERO, |f| f.value);
        let percent = |out: &mut Vec<u8>, id: FactId| {
            if let Some(f) = reading.fact(id) {
                push_decimal(out, f.value);
                push(out, "%");
            }
        };
        match &self.relation {
            Equation::Sum { total, parts } => {
                push_decimal(out, value(*total));
                push(out, sign);
                for (n, (p, minus)) in parts.iter().enumerate() {
                    let v = value(*p);
                    let negative = v.is_sign_negative() != *minus && !v.is_zero();
                    push(
                        out,
                        match (n, negative) {
                            (0, false) => "",
                            (0, true) => "−",
                            (_, false) => " + ",
                            (_, true) => " − ",
                        },
                    );
                    push_magnitude(out, v);
                }
                if let (Some(c), true) = (self.computed, parts.len() > 1) {
                    push(out, " = ");
                    push_normal(out, c);
                }
            }
            Equation::Quotient { rate, numerator, denominator } => {
                percent(out, *rate);
                push(out, sign);
                push_decimal(out, value(*numerator));
                push(out, " ÷ ");
                push_decimal(out, value(*denominator));
                self.push_computed(out);
            }
            Equation::Growth { rate, level, prior } => {
                percent(out, *rate);
                push(out, sign);
                push(out, "(");
                push_decimal(out, value(*level));
                push(out, " − ");
                push_decimal(out, value(*prior));
                push(out, ") ÷ ");
                push_decimal(out, value(*prior));
                self.push_computed(out);
            }
            Equation::GrowthByChange { rate, change, level } | Equation::CompletionByChange { rate, change, level } => {
                let c = value(*change);
                let grows = matches!(self.relation, Equation::GrowthByChange { .. });
                percent(out, *rate);
                push(out, sign);
                push_decimal(out, if grows { c } else { value(*level) });
                push(out, " ÷ (");
                push_decimal(out, value(*level));
                push(out, if c.is_sign_negative() { " + " } else { " − " });
                push_magnitude(out, c);
                push(out, ")");
                self.push_computed(out);
            }
            Equation::Average { average, total, count } => {
                push_decimal(out, value(*average));
                push(out, sign);
                push_decimal(out, value(*total));
                push(out, " ÷ ");
                push_decimal(out, value(*count));
                if let Some(c) = self.computed {
                    push(out, " = ");
                    push_normal(out, c);
                }
            }
            Equation::Combined { rate, parts } => {
                percent(out, *rate);
                push(out, sign);
                for (n, (level, rate)) in parts.iter().enumerate() {
                    push(out, if n > 0 { " + " } else { "" });
                    push_decimal(out, value(*level));
                    push(out, "（");
                    percent(out, *rate);
                    push(out, "）");
                }
                self.push_computed(out);
            }
            Equation::Equal { left, right } => {
                if let Some(f) = reading.fact(*left) {
                    push(out, &f.label);
                    push(out, if f.measure == Measure::Change { "变动" } else { "" });
                }
                push(out, "：");
                push_decimal(out, value(*left));
                push(out, sign);
                push_decimal(out, value(*right));
            }
            Equation::Restated { facts } => {
                for (n, id) in facts.iter().enumerate() {
                    if let Some(f) = reading.fact(*id).filter(|_| n == 0) {
                        push(out, &f.label);
                        push(out, if f.measure == Measure::Change { "变动：" } else { "：" });
                    }
                    push(out, if n > 0 { sign } else { "" });
                    push_decimal(out, value(*id));
                }
            }
            Equation::Order { left, right, more, order, .. } => {
                push_decimal(out, value(*left));
                push(
                    out,
                    match order {
                        -1 => " < ",
                        0 => " = ",
                        _ => " > ",
                    },
                );
                push_decimal(out, value(*right));
                for id in more {
                    push(out, " + ");
                    push_decimal(out, value(*id));
                }
                push(out, if self.verdict == Verdict::Disagrees { "？" } else { "" });
            }
            Equation::Hundred { shares } => {
                for (n, s) in shares.iter().enumerate() {
                    push(out, if n > 0 { " + " } else { "" });
                    percent(out, *s);
                }
                if let Some(c) = self.computed {
                    push(out, " = ");
                    push_normal(out, c);
                    push(out, "%");
                    push(out, sign);
                    push(out, "100%");
                }
            }
            // -2 < 0，25% > 0: which way each of them points.
            Equation::Signs { change, rate, even } => {
                for (id, even, unit, comma) in [(*change, Decimal::ZERO, "", "，"), (*rate, *even, "%", "")] {
                    let value = value(id);
                    push_decimal(out, value);
                    push(out, unit);
                    push(
                        out,
                        match value.cmp(&even) {
                            std::cmp::Ordering::Less => " < ",
                            std::cmp::Ordering::Equal => " = ",
                            std::cmp::Ordering::Greater => " > ",
                        },
                    );
                    push_normal(out, even);
                    push(out, if even.is_zero() { "" } else { unit });
                    push(out, comma);
                }
            }
            Equation::Named { count, named } => {
                push_decimal(out, value(*count));
                push(out, sign);
                push_number(out, u64::from(*named));
            }
            Equation::Year { expected, .. } => {
                push_decimal(out, self.stated.unwrap_or_default());
                push(out, sign);
                push_signed(out, i64::from(*expected));
            }
            Equation::Absent { missing, .. } => {
                push(out, "缺：");
                push_missing(out, missing, Lang::Zh);
            }
            Equation::Unit { fact } => {
                push_decimal(out, value(*fact));
                if let Some(c) = self.computed {
                    push(out, sign);
                    push_decimal(out, c);
                }
            }
        }
    }

    fn push_computed(&self, out: &mut Vec<u8>) {
        if let Some(c) = self.computed {
            push(out, " = ");
            push_normal(out, c);
            push(out, "%");
        }
    }

    /// One sentence that says what agrees or does not, and what to look at.
    pub fn message(&self, packs: &Packs, reading: &Reading, lang: Lang) -> Message {
        written(|out| self.write_message(packs, reading, lang, out))
    }

    /// Appends [`Finding::message`] to a buffer of UTF-8.
    pub fn write_message(&self, packs: &Packs, reading: &Reading, lang: Lang, out: &mut Vec<u8>) {
        if let Equation::Absent { missing, .. } = &self.relation {
            push(out, if lang == Lang::Zh { self.rule.title_zh } else { self.rule.title_en });
            push(out, if lang == Lang::Zh { "：" } else { ": " });
            push_missing(out, missing, lang);
            return;
        }
        if let Some(f) = self.facts.first().and_then(|f| reading.fact(*f)) {
            push_name(out, f, lang);
        }
        let unit = |u| packs.vocabulary.units.get(u).map_or("", |u| u.name.as_str());
        let both = |out: &mut Vec<u8>, zh: &str, en: &str| push(out, if lang == Lang::Zh { zh } else { en });
        match self.verdict {
            Verdict::Exact => {}
            Verdict::Rounded => both(out, "：差额在四舍五入或截尾范围内", ": rounding explains the difference"),
            Verdict::Partial => {
                both(out, "：所列各项未含全部，余", ": the list is not complete; ");
                push_normal(out, self.remainder.unwrap_or_default());
                push(out, self.unit.map_or("", unit));
                both(out, "", " remains");
            }
            Verdict::Undecided => {
                push(out, ": ");
                push(out, self.reason.map_or("", |r| reason(r, lang)));
            }
            Verdict::Disagrees => {
                both(out, "：", ": ");
                both(out, self.rule.title_zh, self.rule.title_en);
                // 1.58元 and 1.58万元: the units are what differs.
                if let Equation::Equal { left, right } = &self.relation
                    && let (Some(l), Some(r)) = (reading.fact(*left), reading.fact(*right))
                    && l.unit.or(l.unit_inferred) != r.unit.or(r.unit_inferred)
                {
                    for (f, mark) in [(l, " ≠ "), (r, "")] {
                        push(out, if mark.is_empty() { "" } else { " " });
                        push_decimal(out, f.value);
                        push(out, f.unit.or(f.unit_inferred).map_or("", unit));
                        push(out, mark);
                    }
                }
                if let Some(s) = self.suspects.first() {
                    let fact = reading.fact(s.fact);
                    let unit = fact.and_then(|f| f.unit.or(f.unit_inferred)).map_or("", unit);
                    let name = |out: &mut Vec<u8>| {
                        if let Some(f) = fact {
                            push_name(out, f, lang);
                        }
                    };
                    match (s.suggested, s.year) {
                        (Some(value), _) => {
                            both(out, "；疑为", "; ");
                            name(out);
                            both(out, "", " ");
                            push_decimal(out, fact.map_or(Decimal::ZERO, |f| f.value));
                            push(out, unit);
                            both(out, "应作", " should most likely be ");
                            push_decimal(out, value);
                            push(out, unit);
                        }
                        (None, Some(year)) => {
                            both(out, "；", "; the year of ");
                            name(out);
                            both(out, "的年份疑应作", " should most likely be ");
                            push_signed(out, i64::from(year));
                            both(out, "年", "");
                        }
                        (None, None) => {}
                    }
                    if let Some(slip) = s.slip {
                        both(out, "（", " (");
                        push(out, slip_name(slip, lang));
                        both(out, "）", ")");
                    }
                }
            }
        }
    }
}

/// Names of what is missing.
fn push_missing(out: &mut Vec<u8>, missing: &[Missing], lang: Lang) {
    for (n, m) in missing.iter().enumerate() {
        match lang {
            Lang::Zh => {
                push(out, if n > 0 { "、" } else { "" });
                push(out, &m.zh);
            }
            Lang::En => {
                push(out, if n > 0 { ", " } else { "" });
                push(out, &m.en);
            }
        }
    }
}

/// What is written into a buffer, as a string.
fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::with_capacity(96);
    write(&mut out);
    // Only whole strings and digits are put in.
    String::from_utf8(out).unwrap_or_default()
}

#[inline]
fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// A figure's name: its item, part and what is said of it.
fn push_name(out: &mut Vec<u8>, f: &Fact, lang: Lang) {
    push(out, &f.label);
    if let Some(part) = &f.part {
        push(out, "（");
        push(out, part);
        push(out, "）");
    }
    push(
        out,
        match (f.measure, lang) {
            (Measure::Level, _) => "",
            (Measure::Change, Lang::Zh) => "变动",
            (Measure::Growth, Lang::Zh) => "增减率",
            (Measure::Share, Lang::Zh) => "占比",
            (Measure::Completion, Lang::Zh) => "完成率",
            (Measure::Change, Lang::En) => " change",
            (Measure::Growth, Lang::En) => " growth",
            (Measure::Share, Lang::En) => " share",
            (Measure::Completion, Lang::En) => " completion",
            (Measure::Ratio, Lang::Zh) => "比率",
            (Measure::Ratio, Lang::En) => " ratio",
            (Measure::Score, Lang::Zh) => "得分",
            (Measure::Score, Lang::En) => " score",
        },
    );
}

/// A slip's name for people.
pub fn slip_name(slip: &str, lang: Lang) -> &'static str {
    match (slip, lang) {
        ("digit", Lang::Zh) => "疑有一位数字误植",
        ("digit", Lang::En) => "one digit mistyped",
        ("swap", Lang::Zh) => "疑相邻两位颠倒",
        ("swap", Lang::En) => "two neighbouring digits swapped",
        ("decimal_point", Lang::Zh) => "疑小数点错位",
        ("decimal_point", Lang::En) => "decimal point moved",
        ("unit", Lang::Zh) => "疑单位误写，差一万倍",
        ("unit", Lang::En) => "wrong unit, a factor of ten thousand",
        ("sign", Lang::Zh) => "疑增减方向写反",
        ("sign", Lang::En) => "rise and fall confused",
        ("other_year", Lang::Zh) => "疑误用其他年度",
        ("other_year", Lang::En) => "another year's",
        ("other_item", Lang::Zh) => "疑误用其他项目的数",
        ("other_item", Lang::En) => "another item's figure",
        _ => "",
    }
}

/// A reason for no decision, in words for people.
fn reason(reason: &'static str, lang: Lang) -> &'static str {
    if lang == Lang::En {
        return reason;
    }
    match reason {
        "the level before is zero" => "上期数为零，无法计算",
        "both figures are zero" => "两数均为零，无法计算",
        "the figure to be divided by is zero" => "分母为零，无法计算",
        "the figure to be divided by is too small for its printed places" => "分母过小，印出的位数不足以计算",
        "the base may have been restated" => "上期数可能有调整",
        "the two may be different things" => "两处可能不是同一事项",
        "more in post than authorised: possible, but worth a question" => "在职多于编制：可能属实，值得一问",
        "the unit is not printed; it was taken from the figures beside it" => "未印单位，按相邻数额推定",
        super::TOO_LARGE => "数额过大，无法精确计算",
        super::relation::NOT_GIVEN => "公开规定要求列示，说明中未见",
        other => other,
    }
}
