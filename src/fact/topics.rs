//! What a note speaks of, whether or not in figures: the subjects that the
//! disclosure rules name, found by their words. A note that says
//! 不涉及政府采购 speaks of procurement as well as one that gives an amount.
//!
//! Most notes give most of it in figures, so nothing is looked for before it is asked for.
//!
//! Words in definitions (机关运行经费：指…) are passed over: to explain a term is
//! not to give its amount.

use crate::lex::Words;
use crate::segment::View;
use memchr::memmem::{self, Finder};
use once_cell::sync::Lazy;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// A subject of the disclosure rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// 基本支出
    Basic,
    /// 项目支出
    Project,
    /// 收入, 支出, 收支 in total
    Income,
    /// 机关运行经费
    AgencyOperating,
    /// “三公”经费
    ThreePublic,
    /// 因公出国（境）
    Overseas,
    /// 公务用车
    Vehicle,
    /// 公务用车购置费 by itself
    VehiclePurchase,
    /// 公务用车运行维护费 by itself
    VehicleOperation,
    /// 公务接待
    Reception,
    /// 团组
    Groups,
    /// 人次, 人数
    People,
    /// 批次
    Batches,
    /// 保有量
    Fleet,
    /// 政府采购
    Procurement,
    /// 货物
    Goods,
    /// 工程
    Works,
    /// 服务
    Services,
    /// 中小企业
    SmallBusiness,
    /// 国有资产, or what is told of it: vehicles, equipment
    StateAssets,
    /// 绩效
    Performance,
    /// 全部为…: one part is the whole
    Whole,
    /// 名词解释, or any definition
    Terms,
    /// 增加, 减少, 持平, 完成预算的: how an amount compares
    Change,
    /// 原因, 主要是, 由于: why
    Reason,
}

/// The words of each topic; longer words go first, and those without a topic
/// only keep shorter ones from being found in them.
const WORDS: &[(Option<Topic>, &[&str])] = &[
    (
        Some(Topic::Income),
        &[
            "收入预算",
            "支出预算",
            "收支预算",
            "预算收入",
            "预算支出",
            "收支总",
            "收入总",
            "支出总",
            "收入合计",
            "支出合计",
        ],
    ),
    (Some(Topic::Basic), &["基本支出", "基本经费"]),
    (Some(Topic::Project), &["项目支出", "项目经费", "项目预算", "专项"]),
    (
        Some(Topic::AgencyOperating),
        &["机关运行", "机构运行", "机关(机构)运行", "运行经费", "日常公用经费", "机关事业运行"],
    ),
    (Some(Topic::ThreePublic), &["三公"]),
    (Some(Topic::Overseas), &["出国", "出境"]),
    (Some(Topic::Vehicle), &["公务用车", "公车"]),
    (Some(Topic::VehiclePurchase), &["购置", "购车", "购买车辆", "新购", "更新车辆"]),
    (Some(Topic::VehicleOperation), &["运行维护", "运行费", "运维费", "用车运行", "维护费"]),
    (Some(Topic::Reception), &["接待"]),
    (Some(Topic::Groups), &["团组", "批团"]),
    (Some(Topic::People), &["人次", "人数"]),
    (Some(Topic::Batches), &["批次", "接待次数"]),
    (Some(Topic::Fleet), &["保有量"]),
    (Some(Topic::Procurement), &["采购"]),
    (Some(Topic::Goods), &["货物"]),
    (Some(Topic::Works), &["工程"]),
    (Some(Topic::Services), &["服务"]),
    (Some(Topic::SmallBusiness), &["中小企业", "小微企业", "小型微型企业", "中小微企业"]),
    (
        Some(Topic::StateAssets),
        &[
            "国有资产",
            "国有资本占用",
            "资产占用",
            "资产占有",
            "固定资产",
            "资产总额",
            "通用设备",
            "专用设备",
            "资产情况",
        ],
    ),
    (None, &["因公"]),
    (None, &["绩效工资", "绩效奖", "奖励性绩效", "基础绩效", "基础性绩效", "绩效增量"]),
    (Some(Topic::Performance), &["绩效"]),
    (
        Some(Topic::Whole),
        &["全部为", "全部是", "全部系", "均为", "全为", "均系", "全部用于", "全额用于", "全部安排", "仅为", "只有"],
    ),
    (Some(Topic::Terms), &["名词解释", "名词说明", "专业名词", "专业性名词", "名词术语", "术语解释", "词语解释"]),
    (
        Some(Topic::Change),
        &[
            "增加",
            "减少",
            "增长",
            "下降",
            "增减",
            "持平",
            "不变",
            "无变化",
            "没有变化",
            "一致",
            "相同",
            "无增减",
            "同比",
            "较上年",
            "比上年",
            "与上年",
            "上升",
            "降低",
            "提高",
            "完成",
            "大于",
            "小于",
            "多于",
            "少于",
            "调增",
            "调减",
            "增幅",
            "降幅",
            "差值",
            "上年预算",
            "上年决算",
        ],
    ),
    (
        Some(Topic::Reason),
        &[
            "原因",
            "主要是",
            "主要系",
            "主要为",
            "主要用于",
            "由于",
            "因为",
            "因",
            "所致",
            "根据",
            "按照",
            "落实",
            "厉行",
            "压减",
            "压缩",
            "严控",
            "严格",
            "贯彻",
            "取消",
            "为了",
        ],
    ),
];

/// What 公务用车购置及运行维护费 begins with, and how it goes on: one amount for both.
const VEHICLES: [&str; 4] = ["公务用车", "公车", "用车", "车辆"];
const BOTH: [&str; 12] = [
    "购置及运行维护",
    "购置及运行",
    "购置和运行维护",
    "购置和运行",
    "购置、运行维护",
    "购置、运行",
    "购置与运行维护",
    "购置与运行",
    "购置及维护",
    "购置(运行维护)",
    "购置费及运行",
    "购置费和运行",
];

/// What makes a paragraph a definition: 机关运行经费：指…; 三公经费是指….
const DEFINES: [&str; 7] = [":指", ":是指", "是指", ",指", ":反映", ":为保障", "主要是指"];

/// What a word tells.
#[derive(Clone, Copy)]
enum Told {
    Topic(Topic),
    Definition,
    /// It only keeps shorter words from being found in it.
    Nothing,
}

/// All words, with what each tells by its number.
struct Table {
    words: Words,
    told: Vec<(Told, Finder<'static>)>,
}

static TABLE: Lazy<Table> = Lazy::new(|| {
    let both = VEHICLES.iter().flat_map(|v| BOTH.iter().map(move |b| (format!("{v}{b}"), Told::Topic(Topic::Vehicle))));
    let plain = WORDS.iter().flat_map(|(topic, words)| {
        let told = topic.map_or(Told::Nothing, Told::Topic);
        words.iter().map(move |w| ((*w).to_owned(), told))
    });
    let defines = DEFINES.iter().map(|w| ((*w).to_owned(), Told::Definition));
    let mut all: Vec<(String, Told)> = both.chain(plain).chain(defines).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all.dedup_by(|(a, _), (b, _)| a == b);
    let numbered: Vec<(&str, u32)> = all.iter().map(|(word, _)| word.as_str()).zip(0..).collect();
    let finder = |(word, told): &(String, Told)| (*told, Finder::new(word).into_owned());
    Table { words: Words::build(&numbered), told: all.iter().map(finder).collect() }
});

impl Table {
    /// Whether a line speaks of a topic. The words are taken from left to right, at each place the longest; a line that
    /// explains a term speaks of nothing else.
    fn tells(&self, line: &str, topic: Topic) -> bool {
        let mut free = 0;
        for (at, c) in line.char_indices() {
            if at < free || !self.words.begins(c) {
                continue;
            }
            let Some((word, length)) = line.get(at..).and_then(|rest| self.words.longest(rest)) else { continue };
            free = at + length;
            match self.told.get(word as usize) {
                Some((Told::Definition, _)) => return topic == Topic::Terms,
                Some((Told::Topic(told), _)) if *told == topic => return topic == Topic::Terms || !self.defines(line),
                _ => {}
            }
        }
        false
    }

    /// Whether a line explains a term.
    fn defines(&self, line: &str) -> bool {
        let mut definitions = self.told.iter().filter(|(told, _)| matches!(told, Told::Definition));
        definitions.any(|(_, finder)| finder.find(line.as_bytes()).is_some())
    }

    /// What finds the words of a topic; those of definitions explain terms.
    fn finders(&self, topic: Topic) -> impl Iterator<Item = &Finder<'static>> {
        let wanted = move |told: &Told| match told {
            Told::Topic(told) => *told == topic,
            Told::Definition => topic == Topic::Terms,
            Told::Nothing => false,
        };
        self.told.iter().filter(move |(told, _)| wanted(told)).map(|(_, finder)| finder)
    }
}

/// What a note speaks of, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topics {
    /// The view's text.
    text: String,
    /// Where its paragraphs begin, once that was asked.
    paragraphs: OnceLock<Vec<u32>>,
}

impl Topics {
    /// Keeps a view to look for topics in.
    ///
    /// ```
    /// use gouji::fact::{Topic, Topics};
    /// use gouji::segment::View;
    /// let view = View::new("一、政府采购情况\n本单位不涉及政府采购。\n机关运行经费：指为保障机关运行的资金。", &[]);
    /// let topics = Topics::of(&view);
    /// assert!(topics.has(Topic::Procurement));
    /// assert!(topics.has(Topic::Terms) && !topics.has(Topic::AgencyOperating));
    /// ```
    pub fn of(view: &View) -> Self {
        Topics { text: view.text.clone(), paragraphs: OnceLock::new() }
    }

    /// Whether the note speaks of it at all.
    pub fn has(&self, topic: Topic) -> bool {
        self.places(topic).any(|at| TABLE.tells(self.line_at(at), topic))
    }

    /// Whether it is spoken of in some paragraphs.
    pub fn has_within(&self, topic: Topic, mut paragraphs: RangeInclusive<u32>) -> bool {
        paragraphs.any(|p| TABLE.tells(self.line(p), topic))
    }

    /// The paragraphs that speak of it.
    pub fn paragraphs(&self, topic: Topic) -> impl Iterator<Item = u32> {
        let mut found: Vec<u32> = self.places(topic).map(|at| self.paragraph(at)).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter(move |p| TABLE.tells(self.line(*p), topic))
    }

    /// Whether a word stands in the note, outside definitions.
    pub fn has_word(&self, word: &str) -> bool {
        let places = memmem::find_iter(self.text.as_bytes(), word.as_bytes());
        let mut lines = places.map(|at| self.line_at(at));
        lines.any(|line| !TABLE.defines(line))
    }

    /// Whether the text breaks off inside a sentence: then what is not in it may have followed.
    pub fn breaks_off(&self) -> bool {
        let last = self.text.lines().map(str::trim_end).rev().find(|l| !l.is_empty()).unwrap_or("");
        let running = last.contains([',', ';', '。']) && !last.contains('|');
        running && !last.ends_with(['。', ';', ':', '!', '?', '！', '？', ')', '…', '、'])
    }

    /// Where words of a topic stand, which may be parts of other words there.
    fn places(&self, topic: Topic) -> impl Iterator<Item = usize> {
        TABLE.finders(topic).flat_map(|finder| finder.find_iter(self.text.as_bytes()))
    }

    /// The line around a place.
    fn line_at(&self, at: usize) -> &str {
        let before = self.text.as_bytes().get(..at).unwrap_or(&[]);
        let begin = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        self.text.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or("")
    }

    fn begins(&self) -> &[u32] {
        self.paragraphs.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|end| end + 1);
            let begins = |at: &usize| self.text.as_bytes().get(*at).is_some_and(|b| *b != b'\n');
            std::iter::once(0).chain(ends).filter(begins).map(|at| at as u32).collect()
        })
    }

    /// The paragraph at a place.
    fn paragraph(&self, at: usize) -> u32 {
        (self.begins().partition_point(|begin| *begin as usize <= at) as u32).saturating_sub(1)
    }

    /// The text of a paragraph.
    fn line(&self, paragraph: u32) -> &str {
        let begin = self.begins().get(paragraph as usize).map_or(self.text.len(), |at| *at as usize);
        self.text.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(text: &str) -> Topics {
        Topics::of(&View::new(text, &[]))
    }

    #[test]
    fn a_vehicle_fee_in_one_is_not_split() {
        let one = topics("公务用车购置及运行维护费5万元。");
        assert!(one.has(Topic::Vehicle) && !one.has(Topic::VehiclePurchase) && !one.has(Topic::VehicleOperation));
        let split = topics("其中：公务用车购置费0万元，公务用车运行维护费5万元。");
        assert!(split.has(Topic::VehiclePurchase) && split.has(Topic::VehicleOperation));
    }

    #[test]
    fn wages_are_no_performance() {
        assert!(!topics("基本工资、津贴补贴、绩效工资、奖励性绩效。").has(Topic::Performance));
        assert!(topics("绩效工资；本年5个项目编报绩效目标。").has(Topic::Performance));
    }

    #[test]
    fn a_text_may_break_off() {
        for whole in
            ["一、概况\n无变化。", "一、概况。\n2024年2月1日", "无变化。\n- 4 -\n", "甲,乙 | 3.5", "(略,见附件)", ""]
        {
            assert!(!topics(whole).breaks_off(), "{whole}");
        }
        assert!(topics("一、概况。\n本单位未编列政府采购预算，也没有机关运行经").breaks_off());
    }

    #[test]
    fn places_and_words_asked_for() {
        let t = topics("一、概况\n\n二、其他\n会议费1万元，与上年持平。\n一般性支出：指办公费等。");
        assert!(t.has_within(Topic::Change, 2..=2) && !t.has_within(Topic::Change, 0..=1));
        assert_eq!(t.paragraphs(Topic::Change).collect::<Vec<_>>(), [2]);
        assert_eq!(t.paragraphs(Topic::Terms).collect::<Vec<_>>(), [3]);
        assert!(t.has_word("会议费") && !t.has_word("一般性支出"));
    }
}
