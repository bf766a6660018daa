//! Which columns of a sheet name its rows and which hold amounts, and what the
//! heads of those say.

use super::TableKind;
use super::sheet::{CellKind, Sheet, SheetCell};
use super::words::{Words, Year, words};
use crate::fact::Measure;
use crate::fact::label::{fund_named, named};
use crate::lex::UnitId;
use crate::pattern::{Flow, Fund, Packs, Stage};

/// So many rows from the top may belong to the head.
pub(super) const HEAD_ROWS: usize = 14;

/// More sides than this no table has.
const MAX_SIDES: u32 = 6;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fact) enum Role {
    /// It names the rows.
    Name,
    /// It names whose rows they are: 单位名称.
    Owner,
    /// Codes of the classification.
    Code,
    /// 行次, 序号
    RowNumber,
    /// Remarks, and whatever else is no amount.
    Note,
    /// Amounts; the index into [`Columns::heads`].
    Amount(usize),
    /// Nothing.
    Empty,
}

/// The head of a column of amounts.
#[derive(Debug, Clone, Default)]
pub(in crate::fact) struct Head {
    pub side: u32,
    pub label: String,
    /// The names from the outermost to the innermost, without stages and totals.
    pub path: Vec<String>,
    pub total: bool,
    pub within: bool,
    pub year: Option<Year>,
    pub stage: Option<Stage>,
    pub measure: Option<Measure>,
    pub basis: Option<(Option<Year>, Option<Stage>)>,
    pub unit: Option<UnitId>,
    pub fund: Option<Fund>,
    pub plain_budget: bool,
    /// No amounts: 数量, 年份.
    pub counts: bool,
}

/// The columns of a sheet.
#[derive(Debug, Default)]
pub(in crate::fact) struct Columns {
    pub roles: Vec<Role>,
    /// The side of each column.
    pub sides: Vec<u32>,
    /// Which way the money of each side goes, as its head says.
    pub flows: Vec<Option<Flow>>,
    pub heads: Vec<Head>,
    /// The first row below the head.
    pub first_row: usize,
    /// Rows of title and unit at the top.
    pub lead: usize,
}

/// What stands in a column below its head.
#[derive(Debug, Clone, Default)]
struct Tally {
    amounts: usize,
    numbers: Vec<(usize, i64, usize)>,
    texts: usize,
    first_figure: Option<usize>,
}

impl Columns {
    /// Reads the columns of a sheet; none hold amounts where it can't be told.
    pub(in crate::fact) fn read(packs: &Packs, sheet: &Sheet) -> Self {
        let lead = lead_rows(sheet);
        let numbered: Vec<bool> = sheet.rows.iter().map(|r| is_number_row(r)).collect();
        let is_numbered = |r: usize| numbered.get(r) == Some(&true);
        let tallies = tallies(sheet, is_numbered);
        let mut covered = sheet.covered(HEAD_ROWS);
        // 栏次 above the codes names no column.
        for (row, _) in covered.iter_mut().zip(&numbered).filter(|(_, numbered)| **numbered) {
            row.fill(None);
        }
        let head_text = |column: usize, upto: usize| -> String {
            head_cells(&covered, lead, upto, column).map(|c| c.text).collect()
        };
        let mut roles: Vec<Role> = Vec::with_capacity(sheet.columns);
        for (c, t) in tallies.iter().enumerate() {
            let head = head_text(c, t.first_figure.unwrap_or(HEAD_ROWS.min(2)).max(lead + 1));
            let next_names = tallies.get(c + 1).is_some_and(|n| n.texts > 0 && n.amounts == 0);
            roles.push(role_of(t, &head, next_names));
        }
        let amounts: Vec<bool> = roles.iter().map(|r| matches!(r, Role::Amount(_))).collect();
        let is_amount = |c: usize| amounts.get(c) == Some(&true);
        let Some(first_figure) = (0..sheet.rows.len()).find(|r| {
            !is_numbered(*r)
                && sheet.rows.get(*r).is_some_and(|cells| {
                    cells.iter().any(|c| matches!(c.kind, CellKind::Figure(_)) && is_amount(c.column))
                })
        }) else {
            return Columns::default();
        };
        // The head ends with the last words above a column of amounts.
        let mut first_row = lead;
        for (r, cells) in sheet.rows.iter().enumerate().take(first_figure.min(HEAD_ROWS)).skip(lead) {
            for cell in cells.iter().filter(|c| c.kind == CellKind::Text) {
                if (cell.column..cell.column + cell.columns).any(is_amount) {
                    first_row = first_row.max((r + cell.rows).min(first_figure));
                }
            }
        }
        // Without figures, what stands below the head decides, not the head.
        for (c, role) in roles.iter_mut().enumerate().filter(|(_, r)| **r == Role::Name) {
            let below = sheet.rows.iter().enumerate().skip(first_row).filter(|(r, _)| !is_numbered(*r));
            let words = below.filter_map(|(r, _)| sheet.at(r, c)).any(|x| x.kind == CellKind::Text);
            // 科目编码 | 科目名称 | 决算数 once more, of which only the total is filled in.
            let amounts_around = || {
                let (before, after) = (amounts.get(..c).unwrap_or(&[]), amounts.get(c + 1..).unwrap_or(&[]));
                before.contains(&true) && after.contains(&true)
            };
            let side = || ["科目编码", "科目名称"].iter().any(|w| head_text(c, first_row).ends_with(w));
            if !(words || side() && amounts_around()) {
                *role = Role::Empty;
            }
        }
        let mut out = Columns { roles, sides: vec![0; sheet.columns], first_row, lead, ..Columns::default() };
        let below = |column: usize| head_cells(&covered, lead, first_row, column);
        out.split_sides(|c| below(c).map(|c| c.text).collect());
        out.find_owners(|c| below(c).last().map(|c| c.text.to_owned()).unwrap_or_default());
        out.read_heads(packs, &covered, lead);
        out
    }

    /// Sets columns of words behind amounts apart: a new side, or remarks.
    fn split_sides(&mut self, head: impl Fn(usize) -> String) {
        let mut side = 0;
        let mut amounts = false;
        let mut opened = true;
        for c in 0..self.roles.len() {
            match self.roles.get(c).copied().unwrap_or(Role::Empty) {
                Role::Amount(_) => {
                    amounts = true;
                    opened = false;
                }
                Role::Empty => {}
                _ if !amounts || opened => {}
                _ => {
                    let more = self.roles.iter().skip(c + 1).any(|r| matches!(r, Role::Amount(_) | Role::Empty));
                    let words = head(c);
                    let names = ["项目", "科目", "名称", "编码", "支出", "收入", "功能", "经济", "类", "内容"];
                    let room = side < MAX_SIDES;
                    if room
                        && more
                        && (words.is_empty() || names.iter().any(|w| words.contains(w)))
                        && !words.contains("备注")
                    {
                        side += 1;
                        amounts = false;
                        opened = true;
                    } else if let Some(role) = self.roles.get_mut(c) {
                        *role = Role::Note;
                    }
                }
            }
            if let Some(at) = self.sides.get_mut(c) {
                *at = side;
            }
        }
        self.flows = vec![None; side as usize + 1];
    }

    /// 单位名称 beside 科目名称 names whose rows they are.
    fn find_owners(&mut self, head: impl Fn(usize) -> String) {
        for side in 0..self.flows.len() as u32 {
            let names: Vec<usize> = (0..self.roles.len())
                .filter(|c| self.roles.get(*c) == Some(&Role::Name) && self.sides.get(*c) == Some(&side))
                .collect();
            if names.len() < 2 {
                continue;
            }
            let score = |c: usize| {
                let words = head(c);
                let has = |all: &[&str]| all.iter().any(|w| words.contains(w));
                if has(&["单位", "部门"]) {
                    0
                } else if has(&["科目名称", "项目名称"]) {
                    4
                } else if has(&["名称", "项目", "科目", "内容"]) {
                    3
                } else if has(&["支出", "收入"]) {
                    2
                } else {
                    1
                }
            };
            let best = names.iter().copied().max_by_key(|c| (score(*c), usize::MAX - *c));
            for c in names {
                let Some(role) = self.roles.get_mut(c).filter(|_| Some(c) != best) else { continue };
                *role = if score(c) == 0 { Role::Owner } else { Role::Note };
            }
        }
    }

    /// Reads the heads of the columns of amounts.
    fn read_heads(&mut self, packs: &Packs, covered: &[Vec<Option<&SheetCell>>], lead: usize) {
        for c in 0..self.roles.len() {
            let side = self.sides.get(c).copied().unwrap_or(0);
            let names = |at: usize| {
                self.sides.get(at) == Some(&side)
                    && matches!(self.roles.get(at), Some(Role::Name | Role::Code | Role::RowNumber | Role::Owner))
            };
            let mut flow = None;
            let mut head = Head { side, ..Head::default() };
            let mut labels: Vec<&str> = Vec::new();
            for cell in head_cells(covered, lead, self.first_row, c) {
                // 支出 above 项目 and 预算数 is the side's name.
                let whole_side = (cell.column..cell.column + cell.columns).any(names);
                let is_name = matches!(self.roles.get(c), Some(Role::Name));
                if whole_side {
                    if cell.columns > 1 || is_name {
                        flow = flow.or(flow_of(cell.text));
                    }
                    continue;
                }
                labels.push(cell.text);
                head.add(words(packs, cell.text), cell.text);
            }
            if let Some(place) = self.flows.get_mut(side as usize) {
                *place = place.or(flow);
            }
            let Some(Role::Amount(index)) = self.roles.get_mut(c) else { continue };
            *index = self.heads.len();
            head.label = labels.join(" > ");
            self.heads.push(head);
        }
    }
}

impl Columns {
    /// 因公出国(境)费 | 公务接待费 | …: the kind of a table whose title does not tell it.
    pub(in crate::fact) fn kind(&self, packs: &Packs) -> Option<TableKind> {
        let part = |h: &&Head| {
            let term = h.path.last().and_then(|name| named(packs, name));
            term.is_some_and(|t| t.concept.starts_with("three_public."))
        };
        (self.heads.iter().filter(part).count() >= 2).then_some(TableKind::ThreePublic)
    }
}

impl Head {
    /// As the table shows it.
    pub(in crate::fact) fn column(&self) -> super::Column {
        super::Column {
            label: self.label.clone(),
            side: self.side,
            whole: self.path.is_empty(),
            either_budget: self.plain_budget,
        }
    }

    /// Takes in one more cell, further down.
    fn add(&mut self, said: Words, text: &str) {
        self.year = said.year.or(self.year);
        if said.stage.is_some() {
            self.stage = said.stage;
            self.plain_budget = said.plain_budget;
        }
        self.measure = said.measure.or(self.measure);
        self.basis = said.basis.or(self.basis);
        self.unit = said.unit.or(self.unit);
        self.within |= said.within;
        // 合计 > 预算数 is the total still, 合计 > 基本支出 is not.
        self.total = said.total || self.total && said.item.is_none();
        self.counts |= ["数量", "单价", "人数", "编制", "年限", "面积"].iter().any(|w| text.contains(w));
        if let Some(item) = said.item {
            self.fund = fund_named(&item).or(self.fund);
            // 本年支出合计 beside 基本支出 is the total of where it stands.
            if !said.total {
                self.path.push(item);
            }
        }
    }
}

/// The words above a column, from the top, each cell once.
fn head_cells<'a, 'v>(
    covered: &'a [Vec<Option<&'a SheetCell<'v>>>],
    lead: usize,
    upto: usize,
    column: usize,
) -> impl Iterator<Item = &'a SheetCell<'v>> {
    let mut last = None;
    covered.iter().take(upto).skip(lead).filter_map(move |row| row.get(column).copied().flatten()).filter(move |cell| {
        let new = last != Some(cell.start);
        last = Some(cell.start);
        new && cell.kind == CellKind::Text
    })
}

/// Rows at the top that hold one cell, or the unit: title and unit line.
fn lead_rows(sheet: &Sheet) -> usize {
    let lead = |cells: &Vec<SheetCell>| {
        let filled: Vec<&SheetCell> = cells.iter().filter(|c| c.kind != CellKind::Empty).collect();
        let figures = filled.iter().any(|c| matches!(c.kind, CellKind::Figure(_)));
        let unit = filled.iter().any(|c| c.text.contains("单位:"));
        !figures && (unit && filled.len() <= 4 || filled.len() <= 1)
    };
    sheet.rows.iter().take(HEAD_ROWS).take_while(|r| lead(r)).count()
}

/// 栏次 | 1 | 2 | 3: the numbers of the columns.
pub(in crate::fact) fn is_number_row(cells: &[SheetCell]) -> bool {
    let mut figures = 0;
    let mut next = None;
    let (mut named, mut formula) = (false, false);
    for cell in cells {
        match cell.kind {
            CellKind::Figure(a) if a.whole => {
                let Ok(n) = i64::try_from(a.value) else { return false };
                if next.is_some_and(|x| x != n) || next.is_none() && n > 2 && !named && !formula {
                    return false;
                }
                next = Some(n + 1);
                figures += 1;
            }
            CellKind::Figure(_) => return false,
            // On each side of a table with two.
            CellKind::Text if cell.text == "栏次" => (named, next) = (true, None),
            CellKind::Text if matches!(cell.text, "行次" | "序号" | "栏目") => {}
            // 1=2+3
            CellKind::Text if cell.text.chars().all(|c| c.is_ascii_digit() || "=+-*/(). ".contains(c)) => {
                (formula, next) = (true, None);
            }
            CellKind::Text if matches!(cell.text, "类" | "款" | "项" | "—") => {}
            CellKind::Text => return false,
            CellKind::Empty => {}
        }
    }
    figures >= 2 || named && figures == 1
}

/// What stands in each column, rows of column numbers left out.
fn tallies(sheet: &Sheet, is_numbered: impl Fn(usize) -> bool) -> Vec<Tally> {
    let mut out = vec![Tally::default(); sheet.columns];
    for (r, cells) in sheet.rows.iter().enumerate() {
        for cell in cells {
            let Some(tally) = out.get_mut(cell.column) else { continue };
            match cell.kind {
                CellKind::Figure(_) if is_numbered(r) => {}
                CellKind::Figure(a) => {
                    tally.first_figure = tally.first_figure.or(Some(r));
                    if a.whole {
                        tally.numbers.push((r, i64::try_from(a.value).unwrap_or(-1), cell.text.len()));
                    } else {
                        tally.amounts += 1;
                    }
                }
                CellKind::Text => tally.texts += 1,
                CellKind::Empty => {}
            }
        }
    }
    out
}

/// What a column is for, by what stands in it and above it.
fn role_of(t: &Tally, head: &str, next_names: bool) -> Role {
    let has = |all: &[&str]| all.iter().any(|w| head.contains(w));
    if has(&["备注", "说明"]) && t.amounts == 0 {
        return Role::Note;
    }
    if t.amounts == 0 && t.numbers.is_empty() {
        return if t.texts == 0 { Role::Empty } else { Role::Name };
    }
    if has(&["年份", "年度", "日期", "时间", "电话"]) && !has(&["数", "预算", "金额", "资金"]) {
        return Role::Note;
    }
    if t.amounts == 0 && head.is_empty() {
        // A list of contents has whole numbers too.
        return Role::Note;
    }
    if t.amounts == 0 {
        let amounts = has(&["数", "金额", "预算", "决算", "合计", "小计"]) && !has(&["行次", "编码", "序号"]);
        let rising = t.numbers.windows(2).all(|w| matches!(w, [a, b] if b.1 == a.1 + 1));
        if has(&["行次", "栏次", "序号"]) || !amounts && rising && t.numbers.len() >= 3 {
            return Role::RowNumber;
        }
        let class = matches!(head.chars().last(), Some('类' | '款' | '项')) && head.chars().count() <= 20 && !amounts;
        let code_like = t.numbers.iter().all(|(.., len)| matches!(len, 3 | 5 | 7));
        if has(&["编码", "代码", "编号"]) || class || !amounts && code_like && next_names {
            return Role::Code;
        }
        // Words outnumber the few numbers among them.
        if t.texts > 2 * t.numbers.len() && t.texts > 4 {
            return Role::Name;
        }
    }
    Role::Amount(0)
}

/// 收入 or 支出 as the name of a side.
fn flow_of(text: &str) -> Option<Flow> {
    let other = ["科目", "功能", "分类", "经济"].iter().any(|w| text.contains(w)) || text.chars().count() > 6;
    match (text.contains("收入") && !other, text.contains("支出") && !other) {
        (true, false) => Some(Flow::Revenue),
        (false, true) => Some(Flow::Expenditure),
        _ => None,
    }
}
