//! From a run of words before a figure to the item that it is of.

use crate::lex::{Token, TokenKind, UnitKind};
use crate::pattern::{Flow, Fund, Packs};
use std::sync::Arc;

/// An item: what a figure is of.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Item<'a> {
    pub label: &'a str,
    pub concept: Option<&'a Arc<str>>,
    pub fund: Option<Fund>,
    pub flow: Option<Flow>,
    pub part: Option<&'a str>,
    /// Nothing but words like 经费, 资金, 预算数.
    pub generic: bool,
    /// Names a whole flow only where nothing better was named: 支出决算.
    pub weak: bool,
    /// Known to the packs.
    pub known: bool,
}

impl<'a> Item<'a> {
    /// The concept's dotted id.
    pub fn concept_id(&self) -> Option<&'a str> {
        self.concept.map(|c| &**c)
    }

    /// Whether it looks like a place or an office.
    pub fn is_place(&self) -> bool {
        is_place(self.label)
    }
}

/// How many bytes back of a sentence tell who else collects, at most.
const NEAR: usize = 600;

/// Suffixes that change nothing about which item is meant.
const SUFFIXES: [&str; 35] = [
    "完成情况",
    "当年财政拨款",
    "政府采购规模",
    "采购规模",
    "支出预算总额",
    "支出决算总额",
    "支出预算",
    "支出决算",
    "预算支出",
    "决算支出",
    "支出总额",
    "预算总额",
    "类科目",
    "科目",
    "类支出",
    "资金支出",
    "预算数",
    "决算数",
    "共计",
    "预算",
    "决算",
    "支出",
    "费用",
    "经费",
    "总额",
    "合计",
    "总计",
    "总数",
    "数",
    "情况",
    "方面",
    "资金",
    "规模",
    "收入",
    "费",
];

/// Reads the item that a run of tokens names. Brackets inside the run are kept.
pub(super) fn item<'a>(packs: &'a Packs, view: &'a str, tokens: &[Token]) -> Option<Item<'a>> {
    let found = whole_run(packs, view, tokens)?;
    // 全县及县本级“三公”经费: of the whole, whatever else is named with it.
    let of_whole = || match tokens {
        [first, and, ..] => match (first.kind, and.kind) {
            (TokenKind::Word(_), TokenKind::Word(id)) => {
                let joins = packs.vocabulary.classes_of(id) & packs.classes.conjunction != 0;
                joins && view.get(first.start as usize..first.end as usize).is_some_and(|w| w.starts_with('全'))
            }
            _ => false,
        },
        _ => false,
    };
    if found.part.is_some() && of_whole() {
        return Some(Item { part: None, ..found });
    }
    if found.known || found.generic || found.weak {
        return Some(found);
    }
    let run = trim(packs, view, tokens);
    Some(called(packs, found).or_else(|| owned(packs, view, run)).or_else(|| paid(packs, view, run)).unwrap_or(found))
}

/// 县水利局财政拨款“三公”经费支出合计: whose it is, then an item that is known as a whole.
fn owned<'a>(packs: &'a Packs, view: &'a str, run: &[Token]) -> Option<Item<'a>> {
    let (first, rest) = run.split_first()?;
    let owner = view.get(first.start as usize..first.end as usize)?.trim_end_matches('的');
    // 群工部(信访局)
    let name = owner.split_once('(').filter(|(_, b)| b.ends_with(')')).map_or(owner, |(name, _)| name);
    let body = name.ends_with('部') && name.chars().count() >= 3;
    if first.kind != TokenKind::Text || !is_place(name) && !body && !name.ends_with("政府") {
        return None;
    }
    let of = item(packs, view, rest).filter(|i| i.known && i.concept.is_some() && i.part.is_none())?;
    Some(Item { part: Some(owner).filter(|o| !is_whole(o)), weak: false, ..of })
}

/// 公务接待费本年支出, 机关运行经费一般公共预算拨款, “三公”财政拨款支出: the item, then words for its
/// year or for who pays, which alone would name a whole flow.
fn paid<'a>(packs: &'a Packs, view: &'a str, run: &[Token]) -> Option<Item<'a>> {
    let term = |t: &Token| match t.kind {
        TokenKind::Word(id) => packs.term_of(id),
        _ => None,
    };
    let flow = |t: &Token| {
        let flows = ["expenditure", "expenditure.current", "revenue.appropriation"];
        term(t).is_some_and(|t| !t.generic && flows.contains(&&*t.concept))
    };
    let len = run.iter().rposition(|t| !flow(t) && !term(t).is_some_and(|t| t.generic))? + 1;
    // 社区矫正工作经费支出: a name that goes on.
    let pays = |t: &Token| term(t).is_some_and(|t| t.fund.is_some() || &*t.concept == "expenditure.current");
    let says = |tail: &[Token]| tail.iter().any(flow) && (tail.iter().all(flow) || tail.iter().any(pays));
    let (name, tail) = run.split_at_checked(len).filter(|(_, tail)| says(tail))?;
    let fund = tail.iter().find_map(|t| term(t)?.fund);
    let of = item(packs, view, name).filter(|i| i.known && !i.generic && i.flow != Some(Flow::Revenue))?;
    of.concept_id().is_some_and(is_single).then_some(Item { fund: fund.or(of.fund), ..of })
}

/// Whether a concept of expenditure is of one item and not of a whole flow.
pub(super) fn is_single(concept: &str) -> bool {
    let whole = ["expenditure", "expenditure.total", "expenditure.current"].contains(&concept);
    let items = ["expenditure.", "three_public", "meeting", "training", "agency_operating", "procurement"];
    !whole && items.iter().any(|w| concept.starts_with(w))
}

/// 出国(境)经费、车辆购置及运行费、公务接待费(简称“三公”经费)支出合计: by the name that a bracket gives.
fn called<'a>(packs: &'a Packs, item: Item<'a>) -> Option<Item<'a>> {
    let (_, named) = item.label.split_once("简称")?;
    let name = named.get(..named.find(')')?)?.trim_matches(['"', '为', ':']);
    let (_, term) = packs.term_named(name).filter(|(_, t)| !t.generic && !t.short)?;
    let mut called = Item { label: name, fund: item.fund, ..Item::default() };
    take(&mut called, term);
    Some(called)
}

/// What words name as a whole: a term, or one with 支出, 情况 or the like behind it.
pub(super) fn called_by<'a>(packs: &'a Packs, text: &'a str) -> Option<Item<'a>> {
    let text = clean(text);
    let term = named(packs, text).filter(|t| !t.generic && !t.short)?;
    let mut item = Item { label: text, ..Item::default() };
    take(&mut item, term);
    Some(item)
}

/// What the run as a whole names, or its head.
fn whole_run<'a>(packs: &'a Packs, view: &'a str, tokens: &[Token]) -> Option<Item<'a>> {
    if let Some(collector) = collector(view, tokens) {
        return Some(Item { label: collector, ..Item::default() });
    }
    let tokens = trim(packs, view, tokens);
    let (first, last) = (tokens.first()?, tokens.last()?);
    let raw = view.get(first.start as usize..last.end as usize)?;
    let text = clean(without_tail_of_word(view, first.start, raw));
    if text.is_empty() || is_authority(text) || is_setting(view, first.start, last.end, text) {
        return None;
    }
    let unknown = |item: Item<'a>| Item { label: without_stage(item.label), ..item };
    let mut item = Item { label: text, ..Item::default() };
    // Most runs are one word that names a term.
    if let [Token { kind: TokenKind::Word(id), .. }] = tokens
        && text.len() == raw.len()
        && let Some(term) = packs.term_of(*id)
    {
        item.weak = packs.vocabulary.classes_of(*id) & packs.classes.weak != 0;
        item.generic = term.generic;
        item.fund = term.fund.filter(|_| !term.short).or_else(|| fund_named(text));
        take(&mut item, term);
        // 部门支出, 单位收入: whose it is goes without saying.
        let own = text.strip_prefix("部门").or_else(|| text.strip_prefix("单位"));
        if let Some(short) = own.filter(|s| packs.term_named(s).is_some_and(|(_, t)| t.concept == term.concept)) {
            item.label = short;
        }
        return Some(item);
    }
    // Fund words anywhere in the run fix the fund.
    let (mut word_only, mut generic, mut weak) = (true, true, tokens.len() == 1);
    for t in tokens {
        let TokenKind::Word(id) = t.kind else {
            word_only = false;
            continue;
        };
        if let Some(fund) = packs.term_of(id).filter(|t| !t.short).and_then(|t| t.fund) {
            // 一般公共预算及政府性基金财政拨款…: of both.
            item.fund = Some(if item.fund.is_some_and(|f| f != fund) { Fund::Fiscal } else { fund });
        }
        let classes = packs.vocabulary.classes_of(id);
        generic &= classes & packs.classes.generic != 0;
        weak &= classes & packs.classes.weak != 0;
    }
    item.generic = word_only && generic;
    item.weak = word_only && weak;
    if let Some((_, term)) = packs.term_named(text).or_else(|| stripped(packs, text)) {
        take(&mut item, term);
        item.fund = item.fund.or_else(|| fund_named(text));
        item.generic = term.generic;
        return Some(item);
    }
    item.fund = item.fund.or_else(|| fund_named(text));
    // 居民基本养老保险基金收入: of no fund of the government's budget.
    if text.contains("保险基金")
        && let Some(term) = packs.concept("social_insurance.fund")
    {
        let ends = |w: &str| text.trim_end_matches("预算").ends_with(w);
        let flow = [("收入", Flow::Revenue), ("支出", Flow::Expenditure)].into_iter().find(|(w, _)| ends(w));
        let (concept, flow) = (Some(&term.concept), flow.map(|(_, f)| f));
        return Some(Item { concept, flow, known: true, label: text, ..Item::default() });
    }
    // The head of a Chinese noun phrase is its last word.
    let head = tokens.iter().rev().find_map(|t| match t.kind {
        TokenKind::Word(id) => packs.term_of(id).map(|term| (t, term)),
        _ => None,
    });
    let Some((token, term)) = head else {
        return Some(unknown(item));
    };
    if term.generic || term.short {
        return Some(unknown(item));
    }
    let after = view.get(token.end as usize..last.end as usize).unwrap_or("");
    let before = view.get(first.start as usize..token.start as usize).unwrap_or("");
    // 区本级一般公共预算收入: the level's name is cut where a term begins with 本级.
    if after.is_empty()
        && before.chars().count() == 1
        && before.starts_with(['省', '市', '州', '盟', '县', '区', '旗', '镇', '乡'])
        && let Some(rest) = text.get(before.len()..).and_then(|t| t.strip_prefix("本级"))
        && let Some((_, term)) = packs.term_named(rest).filter(|(_, t)| !t.generic)
    {
        take(&mut item, term);
        item.label = rest;
        item.part = text.get(..text.len() - rest.len());
        return Some(item);
    }
    // 专门面向中小企业采购的金额
    let suffix = after.strip_prefix('的').unwrap_or(after);
    let rest_is_suffix = after.is_empty() || SUFFIXES.contains(&suffix) || suffix == "金额" || after.starts_with('(');
    // 41个县收入151亿元: of the places that were counted.
    let counted = is_kind_of_place(before) && view.get(..first.start as usize).is_some_and(|v| v.ends_with('个'));
    // 资金收入 beside 物资收入: what came in, and no total.
    if before == "资金" && &*term.concept == "revenue" {
        return Some(unknown(item));
    }
    // 镇总收入: of the whole of it.
    // 各县一般公共预算收入完成情况: of all of them.
    let named = (token.end - token.start) as usize > "支出".len();
    let each = named && is_kind_of_place(before) && view.get(..first.start as usize).is_some_and(|v| v.ends_with('各'));
    let own_level = (before == "省" || is_kind_of_place(before)) && term.concept.ends_with(".total");
    if rest_is_suffix && (counted || each || own_level || modifies_nothing(packs, before, tokens, token)) {
        take(&mut item, term);
        let label = view.get(token.start as usize..last.end as usize).map(clean).unwrap_or(text);
        // 财政拨款购置公务用车7辆: how many there are is of no fund.
        let counts = !term.takes.is_empty() && !term.takes.iter().any(|t| t == "money");
        if fund_words(before) && !is_owner(before) {
            item.label = if counts { label } else { text };
        } else {
            item.label = label;
            item.fund = item.fund.or_else(|| fund_named(before));
            let whose = before.trim_end_matches("财政").trim_end_matches('的').trim_start_matches('的');
            // 来自本市的一般公共预算收入
            let whose = whose.strip_prefix("来自").unwrap_or(whose);
            // 市本级(含高新区)法定债务限额: the bracket says what the part holds.
            let whose = whose.split_once('(').filter(|(_, b)| b.ends_with(')')).map_or(whose, |(w, _)| w);
            let whose = if is_place(whose) { whose } else { before };
            // 区直财政拨款资金安排的…: of one level of the place.
            if let Some((end, '直')) = whose.char_indices().nth(1)
                && let Some((level, rest)) = whose.split_at_checked(end + '直'.len_utf8())
                && !rest.is_empty()
            {
                item.part = Some(level);
            }
            // 地方级收入中省本级收入: of the level right before it.
            let whose = whose.rsplit_once("收入中").or_else(|| whose.rsplit_once("支出中")).map_or(whose, |(_, w)| w);
            let named = counted || !each && is_place(whose) || ["系统", "省", "直"].iter().any(|w| whose.ends_with(w));
            if named && !is_whole(whose) {
                item.part = Some(whose);
            }
        }
    }
    Some(if item.concept.is_none() { unknown(item) } else { item })
}

/// 部门预算｜数公务接待费, 本年｜度培训费: without the character that ends the word before. 数字化设备 and
/// 度假区 begin with theirs.
fn without_tail_of_word<'a>(view: &str, start: u32, raw: &'a str) -> &'a str {
    let ends = match raw.chars().next() {
        Some('数') => ['算', '行', '成', '划', '务'].as_slice(),
        Some('度') => &['年', '季', '月'],
        _ => return raw,
    };
    let cut = raw.len() > 6 && view.get(..start as usize).is_some_and(|v| v.ends_with(ends));
    if cut { raw.get('数'.len_utf8()..).unwrap_or(raw) } else { raw }
}

fn take<'a>(item: &mut Item<'a>, term: &'a crate::pattern::Term) {
    item.known = !term.generic;
    if term.generic {
        return;
    }
    item.concept = Some(&term.concept);
    item.flow = term.flow.or(flow_of(&term.concept));
    if term.fund.is_some() {
        item.fund = term.fund;
    }
}

/// An unknown item without the stage at its end: 保险费收入预算数 → 保险费收入.
fn without_stage(label: &str) -> &str {
    let cut = ["年初预算数", "调整预算数", "预算数", "决算数", "执行数"].iter().find_map(|w| label.strip_suffix(w));
    cut.filter(|l| l.chars().count() >= 2).unwrap_or(label)
}

/// 经县人大常委会, 经县政府批准: who agreed, no item; 按法定程序: nor how.
fn is_authority(text: &str) -> bool {
    if text.starts_with('按') && text.ends_with("程序") {
        return true;
    }
    text.strip_prefix('经').is_some_and(|rest| {
        ["人大", "委", "政府", "批准", "审议", "同意", "会议"].iter().any(|w| rest.contains(w)) && !rest.contains('费')
    })
}

/// 国税完成3万元；财政完成2万元: who collected it, said in a word that elsewhere names no item.
fn collector<'a>(view: &'a str, tokens: &[Token]) -> Option<&'a str> {
    let [only] = tokens else { return None };
    let text = view.get(only.start as usize..only.end as usize)?;
    let (before, after) = (view.get(..only.start as usize)?, view.get(only.end as usize..)?);
    // 分部门：税务1431万元；财政289万元
    let beside = || {
        let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(NEAR))..).unwrap_or("");
        let told = near.rsplit(['。', '\n']).next().unwrap_or("");
        after.starts_with(|c: char| c.is_ascii_digit()) && ["税务", "国税", "地税"].iter().any(|w| told.contains(w))
    };
    (text == "财政" && (["完成", "入库", "组织"].iter().any(|w| after.starts_with(w)) || beside())).then_some(text)
}

/// 根据实际收入情况, 在支出规模的量上: the circumstances, no item.
fn is_setting(view: &str, start: u32, end: u32, text: &str) -> bool {
    let before = view.get(..start as usize).unwrap_or("");
    let before = before.trim_end_matches("实际");
    // 与县人大审议的2023年执行数相比: said of the base.
    let of_base = before.ends_with(['与', '较', '比'])
        && view.get(end as usize..).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
        && view.get(..end as usize).is_some_and(|r| r.ends_with('的'));
    let given = || ["根据", "依据", "结合", "按照", "鉴于"].iter().any(|w| before.ends_with(w));
    let names_state = ["情况", "变化", "要求", "规定", "需要", "实际"].iter().any(|w| text.ends_with(w));
    let within =
        || text.starts_with('在') && !["在职", "在编", "在岗", "在校", "在建"].iter().any(|w| text.starts_with(w));
    // 收入在上年实际完成任务基础上增长10.5%
    of_base
        || text.ends_with("基础上")
        || names_state && given()
        || text.ends_with(['上', '下', '中', '内', '后']) && within()
}

/// The term that a name in a table names, as a whole or without a harmless suffix.
pub(super) fn named<'p>(packs: &'p Packs, text: &str) -> Option<&'p crate::pattern::Term> {
    packs.term_named(text).or_else(|| stripped(packs, text)).map(|(_, term)| term)
}

/// The flow that a concept's id tells.
pub(super) fn flow_of(concept: &str) -> Option<Flow> {
    let root = concept.split('.').next()?;
    match root {
        "revenue" | "tax" | "nontax" => Some(Flow::Revenue),
        "expenditure" | "three_public" | "meeting" | "training" | "agency_operating" | "procurement" => {
            Some(Flow::Expenditure)
        }
        _ => None,
    }
}

/// The term that a label names without a harmless suffix.
fn stripped<'p>(packs: &'p Packs, text: &str) -> Option<(u32, &'p crate::pattern::Term)> {
    let last = text.chars().next_back()?;
    let ends = matches!(last, '数' | '计' | '算' | '出' | '用' | '费' | '额' | '况' | '面' | '金' | '入' | '目' | '模');
    for suffix in SUFFIXES.iter().copied().filter(|_| ends) {
        if let Some(short) = text.strip_suffix(suffix)
            && let Some(hit) = packs.term_named(short).filter(|(_, t)| !t.generic)
        {
            return Some(hit);
        }
    }
    // Brackets that explain: 公务接待费(含外事), 收入(不含基金).
    let open = text.find('(')?;
    if text.ends_with(')') && open > 0 {
        return packs.term_named(text.get(..open)?).filter(|(_, t)| !t.generic);
    }
    None
}

/// Whether the words before an item's head only say whose it is.
fn modifies_nothing(packs: &Packs, before: &str, tokens: &[Token], head: &Token) -> bool {
    // 预算内可用财力: what stands in the budget, as what no word says it of.
    if before == "预算内"
        || before == "某"
        || before.is_empty()
        || is_place(before)
        || before.ends_with("公开")
        // 纳入一般公共预算管理的非税收入
        || before.starts_with("纳入") && before.ends_with("公共预算管理的")
        || is_owner(before)
        || defines(before)
    {
        return true;
    }
    tokens.iter().take_while(|t| t.start < head.start).all(|t| match t.kind {
        TokenKind::Word(id) => {
            let whose = packs.classes.entity | packs.classes.generic | packs.classes.stage | packs.classes.conjunction;
            packs.vocabulary.classes_of(id) & whose != 0 || packs.term_of(id).is_some_and(|t| t.fund.is_some())
        }
        _ => false,
    })
}

/// 保障单位正常运转的基本支出, 完成专项任务的项目支出; 以上三项即基本支出: words that define the head
/// that they stand before, or make it the sum of what was told.
fn defines(before: &str) -> bool {
    let meant = before.ends_with('的')
        && (before.contains("保障") && before.contains("运转")
            || before.contains("完成") && (before.contains("任务") || before.contains("目标")));
    meant || before.ends_with('即') && before.contains('项')
}

/// Whether words before an item's head say whose money it is or what is done
/// with it, and nothing of what it is: 贺兰县本级财政…, …财政拨款安排的…,
/// 一般公共预算收入中…, 外交部…, 共计支出….
fn is_owner(before: &str) -> bool {
    const PAID: [&str; 8] = ["资金安排", "拨款安排", "安排的", "拨款的", "拨款中", "预算中", "收入中", "支出中"];
    const OWNERS: [&str; 10] = ["财政", "省", "自治区", "州", "旗", "苏木", "部", "厅", "系统", "直"];
    const DONE: [&str; 15] = [
        "全口径",
        "所有",
        "全部",
        "上述",
        "以上",
        "支出",
        "共计支出",
        "共支出",
        "累计支出",
        "实际支出",
        "入库",
        "入库各项",
        "各项",
        "按规定",
        "主要税种",
    ];
    // 政府一般债券安排的支出: what is spent of it.
    if before.contains("债券") {
        return false;
    }
    if DONE.contains(&before) || PAID.iter().any(|w| before.ends_with(w)) {
        return true;
    }
    let whose = before.trim_end_matches("财政").trim_end_matches("的").trim_end_matches("本级");
    let owner = OWNERS.iter().any(|w| before.ends_with(w)) && before.chars().count() <= 16;
    owner && !before.contains(['费', '项']) || whose.len() < before.len() && is_place(whose)
}

/// Those who collect revenue: 税务部门, 国税局, 海关.
pub(super) fn collects(text: &str) -> bool {
    text.contains('税') && is_place(text) || ["财政", "财政部门", "海关", "财政局", "其他部门"].contains(&text)
}

/// The fund that an item's own words name.
pub(super) fn fund_named(text: &str) -> Option<Fund> {
    // 基金, 公共, 国有资本 or 拨款 must be in it: most labels are told by one look.
    if !text.contains(['基', '共', '资', '拨']) {
        return None;
    }
    let several = || text.contains("公共预算") || text.contains("国有资本");
    if text.contains("政府性基金") && several() {
        // 一般公共预算及政府性基金财政拨款: more than one.
        Some(Fund::Fiscal)
    } else if text.contains("政府性基金") {
        Some(Fund::GovFund)
    } else if text.contains("国有资本经营") {
        Some(Fund::StateCapital)
    } else if text.contains("一般公共预算") || text.contains("公共财政预算") {
        Some(Fund::GeneralPublic)
    } else if text.contains("财政拨款") && !text.contains("非财政拨款") {
        Some(Fund::Fiscal)
    } else {
        None
    }
}

fn fund_words(before: &str) -> bool {
    ["公共预算", "基金", "国有资本", "财政拨款", "专户", "预算内"].iter().any(|w| before.contains(w))
}

/// Whole places: 全县 is no part of the county.
pub(super) fn is_whole(text: &str) -> bool {
    let text = text.trim_start_matches('的');
    // 某环保局 beside 某教委: one of several bodies.
    let body = text.ends_with(['局', '委', '部', '办', '院', '校', '会']) && text.chars().count() >= 2;
    text.starts_with('全')
        || text == "地方"
        || text.starts_with('某') && !body
        || text.starts_with("各")
        || text.starts_with('我')
        || text.starts_with('本')
        || matches!(text, "医院" | "学校" | "幼儿园")
}

/// 县, 县(区), 各县(市、区): kinds of places, by the one name or the other.
pub(super) fn is_kind_of_place(text: &str) -> bool {
    let kind = |t: &str| matches!(t, "县" | "区" | "市" | "镇" | "乡" | "旗" | "州");
    let text = text.trim_start_matches('各');
    match text.split_once('(') {
        Some((first, more)) => kind(first) && more.strip_suffix(')').is_some_and(|m| m.split('、').all(kind)),
        None => kind(text),
    }
}

/// 苏南, 皖北, 鲁西: one side of a province, by its short name.
fn is_side_of_province(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(province), Some(side), None) = (chars.next(), chars.next(), chars.next()) else { return false };
    "冀晋辽吉苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇陕甘蒙疆".contains(province) && "东南西北中".contains(side)
}

/// Ends as places and offices end.
pub(super) fn is_place(text: &str) -> bool {
    if matches!(text, "地方" | "中央" | "省" | "税务" | "财政" | "国税" | "地税") {
        return true;
    }
    // 县(区), 县(市、区)
    if is_kind_of_place(text) && text.contains('(') || is_side_of_province(text) {
        return true;
    }
    let Some(last) = text.chars().next_back() else { return false };
    if text.len() < 6
        || text.len() > 72
        || !"级区县市镇乡道局署心委办院校站所队室处馆园门位关科学组统府会联协大社安".contains(last)
        || text.ends_with("部署")
    {
        return false;
    }
    // 上解市级, 补助乡镇: what is paid to them.
    if ["上解", "补助", "返还"].iter().any(|w| text.starts_with(w)) {
        return false;
    }
    // 革命老区转移支付收入: a kind of places, of no place alone.
    if ["老区", "民族地区", "发达地区", "贫困地区", "边境地区", "边疆地区", "功能区", "产粮大县"]
        .iter()
        .any(|w| text.ends_with(w))
    {
        return false;
    }
    const ENDS: [&str; 61] = [
        "供销社",
        "科协",
        "工商联",
        "森林公安",
        "人民政府",
        "镇政府",
        "乡政府",
        "县政府",
        "区政府",
        "市政府",
        "管委会",
        "委员会",
        "总工会",
        "联合会",
        "红十字会",
        "残联",
        "妇联",
        "文联",
        "政协",
        "人大",
        "本级",
        "级",
        "开发区",
        "高新区",
        "新区",
        "园区",
        "县级",
        "市级",
        "区级",
        "省级",
        "镇级",
        "乡级",
        "县",
        "区",
        "市",
        "镇",
        "乡",
        "街道",
        "地区",
        "局",
        "署",
        "中心",
        "委",
        "办",
        "院",
        "校",
        "站",
        "所",
        "队",
        "室",
        "处",
        "馆",
        "园",
        "部门",
        "单位",
        "机关",
        "科",
        "中学",
        "小学",
        "小组",
        "系统",
    ];
    ENDS.iter().any(|e| text.ends_with(e))
}

/// 将近8亿元, 超过5.9亿元: words that say how near an amount is.
fn is_estimate(word: &str) -> bool {
    matches!(word, "将" | "近" | "将近" | "接近" | "逾" | "超过" | "突破")
}

/// Leaves out words at both ends of a run that name no item.
fn trim<'t>(packs: &Packs, view: &str, tokens: &'t [Token]) -> &'t [Token] {
    let drop = |t: &Token, front: bool| match t.kind {
        TokenKind::Word(id) => {
            let (c, classes) = (&packs.classes, packs.vocabulary.classes_of(id));
            let said = view.get(t.start as usize..t.end as usize).unwrap_or("");
            // 人大代表履职经费, 县人大“三公”经费: what it is or whose, unless nothing follows.
            let assembly = tokens.len() > 1 && ["人大", "常委会"].iter().any(|w| said.ends_with(w));
            // 批准的收入任务为7000万元: what is to be taken in, as 预算.
            let aim = || {
                let before = view.get(..t.start as usize).unwrap_or("");
                !front && matches!(said, "任务" | "任务数") && before.ends_with(['入', '出'])
            };
            is_estimate(said)
                || classes & c.entity != 0 && (front && !assembly || said.starts_with('全'))
                || aim()
                || classes & if front { c.conjunction | c.each } else { c.conjunction } != 0
                    && packs.vocabulary.term_of(id).is_none()
        }
        TokenKind::Text => {
            let text = view.get(t.start as usize..t.end as usize).unwrap_or("");
            matches!(
                text,
                "的" | "中"
                    | "数"
                    | "项"
                    | "-"
                    | "约"
                    | "年"
                    | "等"
                    | "度"
                    | "财政"
                    | "共"
                    | "其"
                    | "了"
                    | "本"
                    | "元"
                    | "."
                    | "/"
                    | "数为"
                    | "数字"
                    | "期间"
                    | "后"
                    | "对"
                    | "仍"
            ) || is_estimate(text)
                || tokens.len() == 1 && matches!(text, "已" | "而" | "年中" | "截至" | "截止")
        }
        _ => false,
    };
    // 某部门机关运行经费
    let entity = |t: &Token| matches!(t.kind, TokenKind::Word(id) if packs.vocabulary.classes_of(id) & packs.classes.entity != 0);
    let some = |t: &Token, rest: &[Token]| {
        view.get(t.start as usize..t.end as usize) == Some("某") && rest.first().is_some_and(entity)
    };
    let mut run = tokens;
    while let Some((t, rest)) = run.split_first() {
        if rest.is_empty() || !drop(t, true) && !some(t, rest) {
            break;
        }
        run = rest;
    }
    // 普通高中: 高 is a word of its own.
    let school = |rest: &[Token]| {
        let end = |t: &Token| view.get(..t.end as usize).is_some_and(|w| w.ends_with(['高', '初']));
        rest.last().is_some_and(end)
    };
    while let Some((t, rest)) = run.split_last() {
        if rest.is_empty() || !drop(t, false) || school(rest) {
            break;
        }
        run = rest;
    }
    if let [only] = run
        && drop(only, true)
    {
        return &[];
    }
    run
}

/// A label without marks, 的 and 等 at its ends.
fn clean(text: &str) -> &str {
    let mut t = text;
    loop {
        let before = t.len();
        // Most labels have nothing to lose: one look at either end tells.
        if let Some(first) = t.chars().next() {
            t = match first {
                '-' | ' ' | '.' | '/' | '"' | '《' | '》' | '的' | '×' | '=' | '+' => {
                    t.get(first.len_utf8()..).unwrap_or("")
                }
                // 等级为中（70-80分）的项目: a gloss of what stands before.
                '(' if t.contains(")的") => t.split_once(")的").map_or(t, |(_, rest)| rest),
                '授' => t.strip_prefix("授予").unwrap_or(t),
                '减' => t.strip_prefix("减去").unwrap_or(t),
                '了' | '而' if t.len() > 6 => t.get(first.len_utf8()..).unwrap_or(""),
                '共' if t.len() > 12 => t.strip_prefix("共计").unwrap_or(t),
                _ => t,
            };
        }
        if let Some(last) = t.chars().next_back() {
            let cut = t.get(..t.len() - last.len_utf8()).unwrap_or("");
            t = match last {
                '-' | ' ' | '.' | '/' | '"' | '《' | '》' | '的' | '等' | '仍' | '×' | '=' => cut,
                // “教育支出”科目120万元
                '目' if t.ends_with("支出科目") || t.ends_with("收入科目") => {
                    t.strip_suffix("科目").unwrap_or(t)
                }
                '为' if ["率为", "额为", "数为"].iter().any(|w| t.ends_with(w)) => cut,
                '计' if t.len() > 12 => t.strip_suffix("共计").or_else(|| t.strip_suffix("小计")).unwrap_or(t),
                '计' => t.strip_suffix("共计").unwrap_or(t),
                '了' | '共' if t.len() > 6 => cut,
                // 各县一般公共预算收入完成情况：甲县10.6亿元
                '况' if t.len() > 24 => t.strip_suffix("完成情况").unwrap_or(t),
                // 收入在上年基础上增长
                '在' if t.len() > 6 && !t.ends_with("所在") => cut,
                _ => t,
            };
        }
        if t.len() == before {
            return t;
        }
    }
}

/// The concept that counts something of a money item: 公务接待费 → 批次.
pub(super) fn counted<'a>(packs: &'a Packs, concept: &str, unit: &str, kind: UnitKind) -> Option<&'a Arc<str>> {
    let child = match (kind, unit) {
        (UnitKind::Count, "批次" | "批" | "次") if concept.starts_with("three_public.reception.foreign") => {
            "three_public.reception.foreign.batches"
        }
        (UnitKind::People, _) if concept.starts_with("three_public.reception.foreign") => {
            "three_public.reception.foreign.guests"
        }
        (UnitKind::Count, "批次" | "批" | "次") if concept.starts_with("three_public.reception") => {
            "three_public.reception.batches"
        }
        (UnitKind::People, _) if concept.starts_with("three_public.reception") => "three_public.reception.guests",
        (UnitKind::Count, _) if concept.starts_with("three_public.overseas") => "three_public.overseas.groups",
        (UnitKind::People, _) if concept.starts_with("three_public.overseas") => "three_public.overseas.trips",
        (UnitKind::Vehicles, _) if concept.starts_with("three_public.vehicle.purchase") => {
            "three_public.vehicle.purchased"
        }
        (UnitKind::Vehicles, _) if concept.starts_with("three_public.vehicle") => "three_public.vehicle.fleet",
        _ => return None,
    };
    packs.concept(child).map(|t| &t.concept)
}
