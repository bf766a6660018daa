//! Findings in words and as equations.

use super::{Equation, Finding, Lang, Verdict};
use crate::fact::{Fact, FactId, Measure, Reading};
use crate::pattern::Packs;
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// A sentence for people.
pub type Message = String;

impl Finding {
    /// The relation with its figures: `502.48 ≠ 424.01 + 78.74 = 502.75`.
    pub fn equation(&self, reading: &Reading) -> String {
        let mut out = String::with_capacity(48);
        let sign = match self.verdict {
            Verdict::Exact => "=",
            Verdict::Rounded => "≈",
            _ => "≠",
        };
        let value = |id: FactId| reading.fact(id).map_or(Decimal::ZERO, |f| f.value);
        let percent = |id: FactId| reading.fact(id).map_or(String::new(), |f| format!("{}%", f.value));
        match &self.relation {
            Equation::Sum { total, parts } => {
                let _ = write!(out, "{} {sign} ", value(*total));
                for (n, (p, minus)) in parts.iter().enumerate() {
                    let v = value(*p);
                    let negative = v.is_sign_negative() != *minus && !v.is_zero();
                    let _ = match (n, negative) {
                        (0, false) => write!(out, "{}", v.abs()),
                        (0, true) => write!(out, "−{}", v.abs()),
                        (_, false) => write!(out, " + {}", v.abs()),
                        (_, true) => write!(out, " − {}", v.abs()),
                    };
                }
                if let (Some(c), true) = (self.computed, parts.len() > 1) {
                    let _ = write!(out, " = {}", c.normalize());
                }
            }
            Equation::Quotient { rate, numerator, denominator } => {
                let _ = write!(out, "{} {sign} {} ÷ {}", percent(*rate), value(*numerator), value(*denominator));
                self.push_computed(&mut out);
            }
            Equation::Growth { rate, level, prior } => {
                let _ = write!(
                    out,
                    "{} {sign} ({} − {}) ÷ {}",
                    percent(*rate),
                    value(*level),
                    value(*prior),
                    value(*prior)
                );
                self.push_computed(&mut out);
            }
            Equation::GrowthByChange { rate, change, level } => {
                let c = value(*change);
                let _ = write!(
                    out,
                    "{} {sign} {} ÷ ({} {} {})",
                    percent(*rate),
                    c,
                    value(*level),
                    if c.is_sign_negative() { '+' } else { '−' },
                    c.abs()
                );
                self.push_computed(&mut out);
            }
            Equation::Equal { left, right } => {
                let name = reading.fact(*left).map_or("", |f| f.label.as_str());
                let what = reading.fact(*left).filter(|f| f.measure == Measure::Change).map_or("", |_| "变动");
                let _ = write!(out, "{name}{what}：{} {sign} {}", value(*left), value(*right));
            }
            Equation::Order { left, right, order, .. } => {
                let said = match order {
                    -1 => "<",
                    0 => "=",
                    _ => ">",
                };
                let _ = write!(
                    out,
                    "{} {said} {}{}",
                    value(*left),
                    value(*right),
                    if self.verdict == Verdict::Disagrees { "？" } else { "" }
                );
            }
            Equation::Hundred { shares } => {
                for (n, s) in shares.iter().enumerate() {
                    let _ = write!(out, "{}{}", if n > 0 { " + " } else { "" }, percent(*s));
                }
                if let Some(c) = self.computed {
                    let _ = write!(out, " = {}% {sign} 100%", c.normalize());
                }
            }
            Equation::Named { count, named } => {
                let _ = write!(out, "{} {sign} {named}", value(*count));
            }
            Equation::Year { expected, .. } => {
                let _ = write!(out, "{} {sign} {expected}", self.stated.unwrap_or_default());
            }
            Equation::Unit { fact } => {
                let _ = write!(out, "{}", value(*fact));
                if let Some(c) = self.computed {
                    let _ = write!(out, " {sign} {c}");
                }
            }
        }
        out
    }

    fn push_computed(&self, out: &mut String) {
        if let Some(c) = self.computed {
            let _ = write!(out, " = {}%", c.normalize());
        }
    }

    /// One sentence that says what agrees or does not, and what to look at.
    pub fn message(&self, packs: &Packs, reading: &Reading, lang: Lang) -> Message {
        let subject = self.facts.first().and_then(|f| reading.fact(*f)).map_or(String::new(), |f| name(f, lang));
        let title = match lang {
            Lang::Zh => self.rule.title_zh,
            Lang::En => self.rule.title_en,
        };
        let unit = self.unit.and_then(|u| packs.vocabulary.units.get(u)).map_or("", |u| u.name.as_str());
        let mut out = String::with_capacity(96);
        match (self.verdict, lang) {
            (Verdict::Exact, Lang::Zh) => out.push_str(&subject),
            (Verdict::Exact, Lang::En) => out.push_str(&subject),
            (Verdict::Rounded, Lang::Zh) => {
                let _ = write!(out, "{subject}：差额在四舍五入或截尾范围内");
            }
            (Verdict::Rounded, Lang::En) => {
                let _ = write!(out, "{subject}: rounding explains the difference");
            }
            (Verdict::Partial, _) => {
                let rest = self.remainder.map(|r| r.normalize()).unwrap_or_default();
                let _ = match lang {
                    Lang::Zh => write!(out, "{subject}：所列各项未含全部，余{rest}{unit}"),
                    Lang::En => write!(out, "{subject}: the list is not complete; {rest}{unit} remains"),
                };
            }
            (Verdict::Undecided, _) => {
                let why = self.reason.map_or("", |r| reason(r, lang));
                let _ = write!(out, "{subject}: {why}");
            }
            (Verdict::Disagrees, _) => {
                let _ = match lang {
                    Lang::Zh => write!(out, "{subject}：{title}"),
                    Lang::En => write!(out, "{subject}: {title}"),
                };
                if let Some(s) = self.suspects.first() {
                    let fact = reading.fact(s.fact);
                    let label = fact.map_or(String::new(), |f| name(f, lang));
                    let printed = fact.map_or(Decimal::ZERO, |f| f.value);
                    let u = fact
                        .and_then(|f| f.unit.or(f.unit_inferred))
                        .and_then(|u| packs.vocabulary.units.get(u))
                        .map_or("", |u| u.name.as_str());
                    let _ = match (lang, s.suggested, s.year) {
                        (Lang::Zh, Some(v), _) => {
                            write!(out, "；疑为{label}{printed}{u}应作{v}{u}")
                        }
                        (Lang::En, Some(v), _) => {
                            write!(out, "; {label} {printed}{u} should most likely be {v}{u}")
                        }
                        (Lang::Zh, None, Some(y)) => write!(out, "；{label}的年份疑应作{y}年"),
                        (Lang::En, None, Some(y)) => {
                            write!(out, "; the year of {label} should most likely be {y}")
                        }
                        _ => Ok(()),
                    };
                    if let Some(slip) = s.slip {
                        let _ = match lang {
                            Lang::Zh => write!(out, "（{}）", slip_name(slip, lang)),
                            Lang::En => write!(out, " ({})", slip_name(slip, lang)),
                        };
                    }
                }
            }
        }
        out
    }
}

/// A figure's name: its item, part and what is said of it.
pub fn name(f: &Fact, lang: Lang) -> String {
    let mut out = f.label.clone();
    if let Some(part) = &f.part {
        let _ = write!(out, "（{part}）");
    }
    let what = match (f.measure, lang) {
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
    };
    out.push_str(what);
    out
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
        "the two may be different things" => "两处可能不是同一事项",
        "more in post than authorised: possible, but worth a question" => "在职多于编制：可能属实，值得一问",
        "the unit is not printed; it was taken from the figures beside it" => "未印单位，按相邻数额推定",
        "the figures are too large to be computed exactly" => "数额过大，无法精确计算",
        other => other,
    }
}
