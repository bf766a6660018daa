//! The workbook's words.

use crate::check::Verdict;
use crate::document::Lang;
use crate::fact::Measure;
use crate::pattern::{Fund, Stage};

/// A verdict in words.
pub(in crate::report) fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match (verdict, lang) {
        (Verdict::Exact, Lang::Zh) => "相符",
        (Verdict::Rounded, Lang::Zh) => "尾差",
        (Verdict::Disagrees, Lang::Zh) => "矛盾",
        (Verdict::Partial, Lang::Zh) => "未列全",
        (Verdict::Undecided, Lang::Zh) => "未定",
        (verdict, Lang::En) => verdict.name(),
    }
}

/// A measure in words.
pub(in crate::report) fn measure(measure: Measure, lang: Lang) -> &'static str {
    match (measure, lang) {
        (Measure::Level, Lang::Zh) => "数额",
        (Measure::Change, Lang::Zh) => "增减额",
        (Measure::Growth, Lang::Zh) => "增减率",
        (Measure::Share, Lang::Zh) => "占比",
        (Measure::Completion, Lang::Zh) => "完成率",
        (Measure::Ratio, Lang::Zh) => "比率",
        (Measure::Score, Lang::Zh) => "得分",
        (measure, Lang::En) => measure.name(),
    }
}

/// A stage in words.
pub(in crate::report) fn stage(stage: Stage, lang: Lang) -> &'static str {
    match (stage, lang) {
        (Stage::Budget, Lang::Zh) => "年初预算",
        (Stage::Adjusted, Lang::Zh) => "调整预算",
        (Stage::Executed, Lang::Zh) => "执行数",
        (Stage::Final, Lang::Zh) => "决算数",
        (stage, Lang::En) => super::super::stage_code(stage),
    }
}

/// A fund in words.
pub(in crate::report) fn fund(fund: Fund, lang: Lang) -> &'static str {
    match (fund, lang) {
        (Fund::GeneralPublic, Lang::Zh) => "一般公共预算",
        (Fund::GovFund, Lang::Zh) => "政府性基金",
        (Fund::StateCapital, Lang::Zh) => "国有资本经营",
        (Fund::Fiscal, Lang::Zh) => "财政拨款",
        (Fund::SpecialAccount, Lang::Zh) => "财政专户",
        (fund, Lang::En) => super::super::fund_code(fund),
    }
}

/// A sheet: its name and its columns with their widths.
pub(super) struct SheetWords {
    pub name: &'static str,
    pub columns: &'static [(&'static str, u8)],
}

pub(super) fn findings(lang: Lang) -> SheetWords {
    match lang {
        Lang::Zh => SheetWords {
            name: "检验",
            columns: &[
                ("说明", 30),
                ("行", 6),
                ("规则", 26),
                ("勾稽关系", 24),
                ("结论", 8),
                ("等式", 40),
                ("单位", 8),
                ("原文", 14),
                ("复算", 14),
                ("差额", 12),
                ("允许尾差", 10),
                ("公式复核", 10),
                ("疑误项目", 20),
                ("应为", 14),
                ("笔误", 18),
                ("详情", 60),
            ],
        },
        Lang::En => SheetWords {
            name: "findings",
            columns: &[
                ("note", 30),
                ("line", 6),
                ("rule", 26),
                ("relation", 24),
                ("verdict", 10),
                ("equation", 40),
                ("unit", 8),
                ("stated", 14),
                ("computed", 14),
                ("difference", 12),
                ("rounding", 10),
                ("recomputed", 11),
                ("suspect", 20),
                ("suggested", 14),
                ("slip", 18),
                ("message", 60),
            ],
        },
    }
}

pub(super) fn facts(lang: Lang) -> SheetWords {
    match lang {
        Lang::Zh => SheetWords {
            name: "数字",
            columns: &[
                ("说明", 30),
                ("编号", 7),
                ("事项", 28),
                ("部分", 16),
                ("种类", 8),
                ("数值", 16),
                ("小数位", 7),
                ("单位", 10),
                ("年度", 7),
                ("阶段", 10),
                ("资金", 14),
                ("行", 6),
                ("原文", 18),
                ("标题", 36),
                ("结论", 8),
            ],
        },
        Lang::En => SheetWords {
            name: "facts",
            columns: &[
                ("note", 30),
                ("id", 7),
                ("item", 28),
                ("part", 16),
                ("measure", 11),
                ("value", 16),
                ("decimals", 9),
                ("unit", 10),
                ("year", 7),
                ("stage", 10),
                ("fund", 14),
                ("line", 6),
                ("quote", 18),
                ("section", 36),
                ("verdict", 10),
            ],
        },
    }
}

pub(super) fn notes(lang: Lang) -> SheetWords {
    match lang {
        Lang::Zh => SheetWords {
            name: "说明",
            columns: &[
                ("编号", 40),
                ("单位", 30),
                ("年度", 7),
                ("种类", 16),
                ("标题", 40),
                ("数字", 8),
                ("关系", 8),
                ("相符", 8),
                ("尾差", 8),
                ("矛盾", 8),
                ("未列全", 8),
                ("未定", 8),
            ],
        },
        Lang::En => SheetWords {
            name: "notes",
            columns: &[
                ("id", 40),
                ("organization", 30),
                ("year", 7),
                ("kind", 20),
                ("title", 40),
                ("figures", 8),
                ("relations", 9),
                ("exact", 8),
                ("rounded", 8),
                ("disagrees", 9),
                ("partial", 8),
                ("undecided", 9),
            ],
        },
    }
}
