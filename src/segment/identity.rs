//! Whose note it is, of which year, and of what kind.

use super::imprint::{in_imprint, without_imprint};
use super::outline::ordinal;
use super::publication::Published;
use memchr::memmem::Finder;
use once_cell::sync::Lazy;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The kind of a note, as its title and first lines tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 单位预算情况说明
    UnitBudget,
    /// 部门预算公开说明
    DepartmentBudget,
    /// “三公”经费说明
    ThreePublic,
    /// 部门（单位）决算公开说明
    FinalAccount,
    /// A county's, district's or town's budget report
    CountyReport,
    /// Anything else
    #[default]
    Other,
}

/// For whom a note speaks: 清溪县水利局 publishes the budget of the department, with its units, and its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// 部门, 汇总: the organisation and its units together
    Department,
    /// 单位, 本级, 机关: the organisation alone
    Own,
}

/// What the head of a note says of the note itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The title: the first line that names a year or a kind of note.
    pub title: Option<String>,
    /// The organisation that publishes.
    pub organization: Option<String>,
    /// The year that the note is about.
    pub fiscal_year: Option<i32>,
    /// The note's kind.
    pub kind: Kind,
    /// Whether its figures are final accounts rather than budgets.
    pub is_final: bool,
    /// Whether it reports how a budget is being carried out.
    pub is_execution: bool,
    /// For whom it speaks, where its title says so.
    pub scope: Option<Scope>,
}

/// How many lines from the top may carry the title.
const HEAD_LINES: usize = 12;
/// The longest title, in characters.
pub(super) const LONGEST_TITLE: usize = 60;
/// How many lines from the top may hold the first part's heading.
const OUTLINE_LINES: usize = 60;

/// Reads the identity from the view's first lines and, if given, the title
/// that came with the document (an HTML headline, a scraper's field).
///
/// ```
/// use gouji::segment::{Identity, Kind};
/// let id = Identity::read(None, "清溪县水土保持站\n2024年单位预算情况说明\n一、单位基本情况");
/// assert_eq!(id.organization.as_deref(), Some("清溪县水土保持站"));
/// assert_eq!(id.fiscal_year, Some(2024));
/// assert_eq!(id.kind, Kind::UnitBudget);
/// ```
impl Identity {
    /// See the type's example.
    pub fn read(given_title: Option<&str>, view: &str) -> Self {
        let head: Vec<&str> =
            view.lines().map(str::trim).filter(|l| !l.is_empty() && !l.contains(" | ")).take(HEAD_LINES).collect();
        let bare: Vec<&str> = head.iter().map(|l| without_imprint(l)).collect();
        let mut candidates: Vec<&str> = Vec::new();
        candidates.extend(given_title);
        candidates.extend(
            bare.iter().copied().filter(|l| !l.is_empty() && l.chars().count() <= LONGEST_TITLE && !is_sentence(l)),
        );
        // 二、收入决算情况 heads a part of the note, not the note.
        let whole = |l: &&str| ordinal(l).is_none();
        let title = candidates
            .iter()
            .copied()
            .filter(whole)
            .find(|l| year_in(l).is_some() && names_kind(l))
            .or_else(|| candidates.iter().copied().find(|l| year_in(l).is_some() && names_kind(l)))
            .or_else(|| candidates.iter().copied().filter(whole).find(|l| names_kind(l)))
            .or_else(|| candidates.iter().copied().find(|l| names_kind(l)));
        let mut id = Identity { title: title.map(str::to_owned), ..Identity::default() };
        let whole = || beginning(view, 3000);
        id.fiscal_year = title
            .and_then(|t| year_in(without_session(t)).or_else(|| year_in(t)))
            .or_else(|| candidates.iter().filter(|l| !tells_a_day(l)).find_map(|l| year_in(l)))
            .or_else(|| most_frequent_year(whole()));
        id.classify(title.unwrap_or(""), whole());
        id.organization = title
            .and_then(organization_in)
            .or_else(|| {
                let at = title.and_then(|t| bare.iter().position(|l| *l == t)).unwrap_or(1);
                head.iter().take(at).rev().map(|l| without_session(l)).find(|l| is_organization(l)).map(str::to_owned)
            })
            .or_else(|| head.iter().map(|l| without_session(l)).find(|l| is_organization(l)).map(str::to_owned))
            .or_else(|| head.iter().find_map(|l| in_imprint(l)))
            .or_else(|| view.lines().take(OUTLINE_LINES).find_map(in_outline));
        id.scope = scope_of(title, id.organization.as_deref());
        if id.fiscal_year.is_none() {
            let on_page = || Published::on_page(view).and_then(|p| p.fiscal_year(id.is_final, view));
            id.fiscal_year = Published::of_news(view).or_else(on_page);
        }
        id
    }

    /// Takes the year from the day that a note was published on, as its source gives it (2021-10-13),
    /// where the note names none.
    ///
    /// ```
    /// use gouji::segment::Identity;
    /// let text = "前三季度，全县一般公共预算收入累计完成48215万元，同比增长8.7%。";
    /// let mut id = Identity::read(Some("清河县前三季度财政收支情况"), text);
    /// assert_eq!(id.fiscal_year, None);
    /// id.date("2021-10-13", text);
    /// assert_eq!(id.fiscal_year, Some(2021));
    /// ```
    pub fn date(&mut self, published: &str, view: &str) {
        if self.fiscal_year.is_none() {
            self.fiscal_year = Published::read(published).and_then(|p| p.fiscal_year(self.is_final, view));
        }
    }

    fn classify(&mut self, title: &str, body: &str) {
        let has = |w: &str| title.contains(w);
        let source = if title.is_empty() { beginning(body, 600) } else { title };
        let source = &without_fund_names(source);
        self.is_final = source.contains("决算") && !source.contains("预算执行");
        if source.contains("预算") && source.contains("决算") {
            // 预算+决算 in one title: the first names the note.
            self.is_final = source.find("决算") < source.find("预算");
        }
        self.is_execution = !self.is_final
            && (source.contains("执行")
                || source.contains("收支情况")
                || source.contains("完成情况")
                || body_is_execution(title, body));
        let named = title.split(|c: char| c.is_ascii_digit()).next().unwrap_or("");
        let of_unit =
            speaks_of_itself(body) || !title.contains("财政") && UNIT_ENDS.iter().any(|e| cut_kind(named).ends_with(e));
        let place = ["县", "区", "市", "镇", "乡", "省"].iter().any(|p| title.contains(p));
        self.kind = if has("三公") && !has("部门预算") && !has("单位预算") && !has("部门决算") && !has("单位决算")
            || (title.is_empty() && source.contains("三公"))
        {
            Kind::ThreePublic
        } else if self.is_execution && !of_unit
            || has("财政决算")
            || has("财政预算")
            || has("预算草案")
            || has("收支") && !has("单位") && !has("部门") && place && !of_unit
            || has("预算调整")
            || has("调整预算")
            || has("政府预算")
            || ((has("决算") || has("预算")) && !has("部门") && !has("单位") && place && county_body(body))
            || !has("部门") && !has("单位") && !of_unit && speaks_of_place(body)
        {
            Kind::CountyReport
        } else if self.is_final {
            Kind::FinalAccount
        } else if has("部门") {
            Kind::DepartmentBudget
        } else if source.contains("预算") {
            Kind::UnitBudget
        } else {
            Kind::Other
        };
        // 2020年“三公”经费支出431万元; 政府采购规模达到…: what was done, by its own words.
        let plain = without_fund_names(title);
        if !self.is_final && !plain.contains("预算") {
            let body = without_fund_names(body);
            self.is_execution |= match self.kind {
                Kind::ThreePublic => {
                    !title.is_empty() && !plain.contains("安排") && !body.contains("预算") && body.contains("支出")
                }
                Kind::Other | Kind::CountyReport => ordinal(title).is_none() && tells_of_deeds(&body),
                _ => false,
            };
        }
    }
}

/// 一般公共预算 and its like name funds, not the stage of a budget.
pub fn without_fund_names(title: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut rest = title;
    while let Some(at) = BUDGET.find(rest.as_bytes()) {
        let (before, end) = (rest.get(..at).unwrap_or(""), at + BUDGET.needle().len());
        match FUNDS.iter().find_map(|fund| before.strip_suffix(fund)) {
            Some(before) => kept.push_str(before),
            None => kept.push_str(rest.get(..end).unwrap_or("")),
        }
        rest = rest.get(end..).unwrap_or("");
    }
    if rest.len() == title.len() {
        return Cow::Borrowed(title);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

static BUDGET: Lazy<Finder<'static>> = Lazy::new(|| Finder::new("预算"));

/// The funds that are named by their budgets, the longest of two first.
const FUNDS: [&str; 5] = ["一般公共", "公共财政", "政府性基金", "国有资本经营", "公共"];

/// How the names of units end that have no places below them.
const UNIT_ENDS: [&str; 10] = ["院", "校", "园", "站", "所", "中心", "馆", "队", "小学", "中学"];

/// Whether a text tells first of a unit's own duties, offices and staff.
fn speaks_of_itself(body: &str) -> bool {
    let head = beginning(body, 900);
    ["本单位", "我单位", "我园", "我校", "我院", "部门职责", "主要职能", "单位职责", "机构设置", "内设机构"]
        .iter()
        .any(|w| head.contains(w))
}

/// Whether a text speaks of a place's revenue, debt or budget, and of no unit's.
fn speaks_of_place(body: &str) -> bool {
    let head = beginning(body, 1500);
    let own = ["单位预算", "部门预算", "单位决算", "部门决算", "三公"].iter().any(|w| head.contains(w));
    let of_place = ["债务限额", "预算调整方案", "新增债券", "新增一般债券", "转贷", "税收收入", "转移性收入"];
    !own && (tells_whole(head) || county_body(head) || of_place.iter().filter(|w| head.contains(**w)).count() >= 2)
}

/// Whether a text tells what was done and plans nothing.
fn tells_of_deeds(body: &str) -> bool {
    ["完成", "实现", "同比", "上年同期", "累计", "规模达", "规模为"].iter().any(|w| body.contains(w))
        && !["年初预算", "预算安排", "预算草案", "拟安排"].iter().any(|w| body.contains(w))
}

fn body_is_execution(title: &str, body: &str) -> bool {
    let title = without_fund_names(title);
    !title.contains("预算")
        && !title.contains("决算")
        && body.contains("收入")
        && body.contains("完成")
        && ["同比", "累计完成", "上半年", "前三季度", "1-"].iter().any(|w| body.contains(w))
}

/// 全国公共财政收入…, 全县一般公共预算收入…: whether a text tells what a whole place took in.
fn tells_whole(body: &str) -> bool {
    let places = ["全国", "全省", "全市", "全县", "全区", "全州", "全旗", "全镇", "全乡"];
    places.iter().flat_map(|w| body.match_indices(w)).any(|(at, w)| {
        let rest = body.get(at + w.len()..).unwrap_or("");
        let name = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        name.find("收入").is_some_and(|end| {
            let of = name.get(..end).unwrap_or("");
            of.chars().count() <= 12 && (of.contains("财政") || of.contains("公共预算"))
        })
    })
}

fn county_body(body: &str) -> bool {
    ["税收", "上级补助", "转移支付", "非税"].iter().filter(|w| body.contains(**w)).count() >= 2
}

/// 第一部分某县中医院概况
fn in_outline(line: &str) -> Option<String> {
    let body = line.get(ordinal(line)?.len..)?.trim_start_matches([':', ' ']);
    let name = ["单位概况", "部门概况", "基本情况", "概况"].iter().find_map(|w| body.strip_suffix(w))?;
    let name = name.trim_end_matches(['的', ' ']);
    let whose = !["单位", "部门", "本单位", "本部门", "我部门", "我单位"].contains(&name);
    (whose && is_organization(name)).then(|| name.to_owned())
}

/// For whom a note with this title speaks. 水务局(本级)部门决算 is of the bureau alone.
fn scope_of(title: Option<&str>, organization: Option<&str>) -> Option<Scope> {
    let has = |w: &str| title.is_some_and(|t| t.contains(w));
    let ends = |w: &str| organization.is_some_and(|o| o.trim_end_matches(')').ends_with(w));
    // 市本级 is a government's own level, no body's.
    let own_level = has("本级") && !["省本级", "市本级", "县本级", "区本级", "镇本级", "乡本级"].iter().any(|w| has(w));
    if own_level || ends("本级") || ["局机关", "委机关", "厅机关", "院机关"].iter().any(|w| has(w) || ends(w))
    {
        Some(Scope::Own)
    } else if has("部门") || has("汇总") {
        Some(Scope::Department)
    } else if has("单位") {
        Some(Scope::Own)
    } else {
        None
    }
}

fn names_kind(line: &str) -> bool {
    ["预算", "决算", "三公", "收支", "执行", "预决算"].iter().any(|w| line.contains(w))
}

/// The first year named in a line: 2024年, 2024, 二〇二四年.
pub fn year_in(line: &str) -> Option<i32> {
    let bytes = line.as_bytes();
    let mut from = 0;
    while let Some(start) = bytes.get(from..).and_then(|b| b.iter().position(u8::is_ascii_digit)) {
        let start = from + start;
        let digits = bytes.get(start..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit());
        let mut count = 0;
        let year = digits.fold(0i32, |year, digit| {
            count += 1;
            year.wrapping_mul(10).wrapping_add(i32::from(digit - b'0'))
        });
        from = start + count;
        if count == 4 && (1990..2100).contains(&year) {
            let rest = line.get(from..).unwrap_or("").trim_start();
            if !rest.starts_with(['元', '万', '亿', '%', '人', '.', ',']) {
                return Some(year);
            }
        }
    }
    line.find('二')?;
    let at = line.find("二〇").or_else(|| line.find("二○")).or_else(|| line.find("二零"))?;
    chinese_year(line.get(at..)?).map(|(y, _)| y)
}

/// 二〇二四 → 2024, with the bytes it takes.
pub fn chinese_year(text: &str) -> Option<(i32, usize)> {
    let mut year = 0;
    let mut used = 0;
    for c in text.chars().take(4) {
        let digit = "〇一二三四五六七八九".chars().position(|d| d == c).or(match c {
            '○' | '零' | 'O' => Some(0),
            _ => None,
        })?;
        year = year * 10 + digit as i32;
        used += c.len_utf8();
    }
    (1990..2100).contains(&year).then_some((year, used))
}

/// Whether a line is running text, which is no title: it has ended a sentence or names an amount.
fn is_sentence(line: &str) -> bool {
    let amount =
        |(at, _): (usize, &str)| line.get(..at).is_some_and(|b| b.trim_end().ends_with(|c: char| c.is_ascii_digit()));
    line.contains(['。', ';', '；'])
        || line.contains("万元")
        || line.contains("亿元")
        || line.match_indices('元').any(amount)
}

/// Whether a line tells the day of something: 2023年4月25日在县人大会议上, 18.07.2015.
fn tells_a_day(line: &str) -> bool {
    let day = line.split_once('月').is_some_and(|(_, rest)| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&digits) && rest.get(digits..).is_some_and(|r| r.starts_with('日'))
    });
    let numbers = |sep: char| line.split(sep).filter(|p| p.bytes().any(|b| b.is_ascii_digit())).count() >= 3;
    day || line.chars().count() <= 24 && (numbers('.') || numbers('-') || numbers('/'))
}

/// The year that a note without a title is about: the one named most often, but
/// for those that something is compared with and those of a day.
fn most_frequent_year(text: &str) -> Option<i32> {
    let mut counts: Vec<(i32, usize)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('年') {
        let before = rest.get(..at.saturating_sub(4)).unwrap_or("").trim_end();
        let compared = ["较", "比", "与", "同", "比上", "对比"].iter().any(|w| before.ends_with(w));
        let from = rest.get(at..).unwrap_or("");
        let line = beginning(from, 24);
        let dated = tells_a_day(line) && !["截至", "截止", "至", "到"].iter().any(|w| before.ends_with(w));
        if let Some(year) = rest.get(at.saturating_sub(4)..at).and_then(|d| d.parse::<i32>().ok())
            && (1990..2100).contains(&year)
            && !compared
            && !dated
        {
            match counts.iter_mut().find(|(y, _)| *y == year) {
                Some((_, n)) => *n += 1,
                None => counts.push((year, 1)),
            }
        }
        rest = rest.get(at + '年'.len_utf8()..).unwrap_or("");
    }
    // The later of two equally frequent years: the other is its base.
    counts.iter().max_by_key(|(y, n)| (*n, *y)).map(|(y, _)| *y)
}

/// A line without the session that it was read at: ——2019年1月10日在县人民代表大会第五次会议上某县财政局.
fn without_session(line: &str) -> &str {
    ["会议上", "大会上", "全会上"]
        .iter()
        .filter_map(|w| line.rfind(w).map(|at| at + w.len()))
        .max()
        .and_then(|end| line.get(end..))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(line)
}

/// A part of a title without the bracket or the number that it opens with: (某省)关于某县, 第三部分某县….
fn without_lead(part: &str) -> &str {
    let part = part.trim_start_matches(['#', '|', ' ', '-', '—', '―']);
    let rest = part.strip_prefix('(').and_then(|p| p.split_once(')')).map(|(_, rest)| rest);
    let part = rest.filter(|r| !r.is_empty()).unwrap_or(part);
    ordinal(part).and_then(|o| part.get(o.len..)).unwrap_or(part).trim_start()
}

/// 1-5月, 4月, 上半年, 第一季度: of which part of the year.
fn without_months(part: &str) -> &str {
    let mut rest = part;
    for word in ["上半年", "下半年", "前三季度", "第一季度", "第二季度", "第三季度", "第四季度", "一季度", "三季度"]
    {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '至' | '~' | '—'));
    match digits.strip_prefix('月') {
        Some(more) if digits.len() < rest.len() => more.trim_start_matches('份'),
        _ => rest,
    }
}

/// What stands before the year in a title, or between the year and the kind.
fn organization_in(title: &str) -> Option<String> {
    let title = without_lead(without_session(title));
    let year_at = title.find(|c: char| c.is_ascii_digit()).or_else(|| title.find("二〇"));
    let before = match year_at {
        Some(at) => title.get(..at)?,
        None => title,
    };
    let before = before.trim_matches(|c: char| matches!(c, '#' | '|' | ' ' | '('));
    let after = year_at.and_then(|at| title.get(at..)).map_or("", |r| {
        let r = r.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['年', '度']);
        without_months(r).trim_start_matches("全")
    });
    // 某县人民政府关于某县2022年…的报告: who reports stands before 关于.
    let (who, whom) = before.split_once("关于").unwrap_or(("", before));
    [who, whom, after].into_iter().find_map(|part| {
        let part = cut_kind(part.trim_matches([' ', '第', '分']));
        is_organization(part).then(|| part.trim().to_owned())
    })
}

/// A title without the words that name its kind: 某县民政局部门预算 → 某县民政局.
fn cut_kind(part: &str) -> &str {
    // 财政 may be the beginning of 财政决算, or of 财政局.
    let words = [
        "单位",
        "部门",
        "预算",
        "决算",
        "三公",
        "一般公共",
        "财政预",
        "财政决",
        "财政收",
        "财政支",
        "财政拨",
        "本级",
        "收支",
        "整体",
    ];
    let end = words.iter().filter_map(|w| part.find(w).filter(|at| *at > 0)).min().unwrap_or(part.len());
    let part = part.get(..end).unwrap_or(part).trim_end_matches(['的', '(', '（', ' ']);
    // 清溪县县｜本级: its own level, said again.
    let twice = |c: char| part.strip_suffix(c).filter(|rest| rest.ends_with(c));
    let part = ['县', '市', '区', '镇', '乡'].into_iter().find_map(twice).unwrap_or(part);
    part.strip_suffix("关于").unwrap_or(part).trim_end()
}

/// Ends as the names of Chinese public bodies end.
pub(crate) fn is_organization(line: &str) -> bool {
    let line = line.trim_end_matches([')', ' ']);
    let n = line.chars().count();
    (3..=40).contains(&n)
        && !line.contains(['。', ',', ':', ';'])
        && !["按照", "根据", "依据"].iter().any(|w| line.starts_with(w))
        && !line.bytes().zip(line.bytes().skip(1)).any(|(a, b)| a.is_ascii_digit() && b.is_ascii_digit())
        && ordinal(line).is_none()
        && [
            "局",
            "委",
            "办",
            "院",
            "校",
            "中心",
            "站",
            "所",
            "队",
            "会",
            "府",
            "部",
            "处",
            "馆",
            "园",
            "室",
            "厅",
            "社",
            "学",
            "县",
            "区",
            "市",
            "镇",
            "乡",
            "街道",
            "团",
            "庭",
            "公司",
            "医院",
            "办公室",
            "委员会",
            "本级",
            "机关",
        ]
        .iter()
        .any(|s| line.ends_with(s))
}

/// The first bytes of a text, as far as characters are whole.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_years() {
        let kind = |t: &str| {
            let id = Identity::read(None, t);
            (id.kind, id.fiscal_year)
        };
        assert_eq!(kind("某县民政局2023年部门预算公开说明\n一、概况"), (Kind::DepartmentBudget, Some(2023)));
        assert_eq!(kind("2021年度部门决算情况说明"), (Kind::FinalAccount, Some(2021)));
        assert_eq!(kind("某县2022年三公经费决算"), (Kind::ThreePublic, Some(2022)));
        assert_eq!(kind("某区2021年预算执行情况报告"), (Kind::CountyReport, Some(2021)));
        assert_eq!(year_in("二〇二一年度镇决算"), Some(2021));
    }

    #[test]
    fn who_reports() {
        let who = |t: &str| Identity::read(None, t).organization.unwrap_or_default();
        let session = "--2019年1月10日在清溪县第十四届人民代表大会第五次会议上清溪县财政局\n一、2018年财政预算执行情况";
        assert_eq!(who(session), "清溪县财政局");
        assert_eq!(who("青州市清溪区人民政府关于清溪区2023年区级决算(草案)的报告"), "青州市清溪区人民政府");
        assert_eq!(who("(某省)关于清溪县2022年预算执行情况的报告"), "清溪县");
        assert_eq!(who("2024年1-5月清溪县财政收支情况"), "清溪县");
        assert_eq!(who("2020年度上半年清溪县人民检察院三公经费公开"), "清溪县人民检察院");
        assert_eq!(who("第三部分清溪县第一中学2023年单位预算情况说明"), "清溪县第一中学");
    }

    #[test]
    fn a_place_or_a_unit() {
        let read = |t: &str| {
            let id = Identity::read(None, t);
            (id.kind, id.is_execution)
        };
        let adjustment = "一、调整事项\n省财政厅核定我县债务限额3亿元,新增债券资金1亿元,税收收入预算为2亿元。";
        assert_eq!(read(adjustment), (Kind::CountyReport, false));
        assert_eq!(read("清溪县2024年调整预算的说明\n收入3亿元。").0, Kind::CountyReport);
        assert_eq!(read("清溪县实验幼儿园2024年单位预算收支情况说明\n收入3万元。").0, Kind::UnitBudget);
        assert_eq!(read("2024年,全市政府采购规模为32.72亿元,同比增长3%。"), (Kind::Other, true));
        assert_eq!(read("2020年清溪县三公经费支出情况说明\n2020年三公经费支出431万元。"), (Kind::ThreePublic, true));
        assert_eq!(read("2020年清溪县三公经费安排情况\n三公经费支出431万元。"), (Kind::ThreePublic, false));
    }

    #[test]
    fn organizations_and_scopes() {
        let read = |t: &str| {
            let id = Identity::read(None, t);
            (id.organization.unwrap_or_default(), id.fiscal_year, id.scope)
        };
        let expect = |name: &str, year, scope| (name.to_owned(), Some(year), scope);
        let (own, whole) = (Some(Scope::Own), Some(Scope::Department));
        assert_eq!(read("2024年度安平市清溪区水务局(本级)部门决算"), expect("安平市清溪区水务局", 2024, own));
        assert_eq!(read("清溪县林业局(本级) 2024 年度决算公开说明"), expect("清溪县林业局", 2024, own));
        assert_eq!(read("清溪县民政局机关2024年部门预算"), expect("清溪县民政局机关", 2024, own));
        assert_eq!(read("清溪县财政局2024年部门决算"), expect("清溪县财政局", 2024, whole));
        assert_eq!(read("清溪县2024年财政预算执行情况").0, "清溪县");
        assert_eq!(read("清溪县财政决算2024").0, "清溪县");
        assert_eq!(read("清溪县委组织部2024年部门预算"), expect("清溪县委组织部", 2024, whole));
        assert_eq!(read("清溪县林业局关于2024年部门预算的说明"), expect("清溪县林业局", 2024, whole));
        assert_eq!(read("关于清溪县林业局2024年部门预算的说明"), expect("清溪县林业局", 2024, whole));
        assert_eq!(read("2023年度安平市中医医院单位决算"), expect("安平市中医医院", 2023, own));
        assert_eq!(read("2021年安平市人民政府行政服务中心部门决算"), expect("安平市人民政府行政服务中心", 2021, whole));
        assert_eq!(read("清溪县水利局2021年部门预算公开情况"), expect("清溪县水利局", 2021, whole));
        assert_eq!(read("清溪县水利局2024年度“三公”经费预算说明"), expect("清溪县水利局", 2024, None));
        assert_eq!(read("北岭市2023年度市本级“三公”经费决算情况说明"), expect("北岭市", 2023, None));
        assert_eq!(read("北岭市市本级2023年度“三公”经费决算情况说明"), expect("北岭市", 2023, None));
        assert_eq!(read("卓山县乡村振兴局\n2024年度部门决算情况说明"), expect("卓山县乡村振兴局", 2024, whole));
    }

    #[test]
    fn titles_stand_before_what_a_page_tells_of_itself() {
        let id = Identity::read(None, "清溪县水利局2024年部门预算发布时间:2024-02-06[打印]\n二、2024年收入预算情况");
        assert_eq!(id.title.as_deref(), Some("清溪县水利局2024年部门预算"));
        assert_eq!(id.organization.as_deref(), Some("清溪县水利局"));
        let id = Identity::read(None, "当前位置:首页>财政预决算清溪县水利工程站2023年度单位决算来源:县水利局");
        assert_eq!(id.organization.as_deref(), Some("清溪县水利工程站"));
        let id = Identity::read(None, "首页>>预决算公开>>县交通运输局清溪县交通运输局2024年部门预算发布时间:2024");
        assert_eq!((id.organization.as_deref(), id.kind), (Some("清溪县交通运输局"), Kind::DepartmentBudget));
        let id = Identity::read(None, "2024年度单位决算\n目录\n第一部分清溪县中医院概况\n一、主要职责");
        assert_eq!(id.organization.as_deref(), Some("清溪县中医院"));
        let id = Identity::read(None, "2024年度单位决算公开\n发布机构:清溪县林业局 [成文日期]2025-09-12");
        assert_eq!(id.organization.as_deref(), Some("清溪县林业局"));
    }
}
