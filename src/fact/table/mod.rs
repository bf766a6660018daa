//! Tables: from the cells of grids to rows, columns and what each figure is of.
//!
//! Every table is read by one way, whatever its form: which columns hold
//! amounts and which name them is told by what stands in them; what a column
//! adds (a stage, a year, a fund, 基本支出, 增减%) by the words of its head; what
//! a row is of by its name and code. Rows and columns become trees whose
//! branches have to add up. What is not understood is left to the list of
//! decoys: nothing here guesses.
//!
//! | file | concern |
//! |---|---|
//! | `amount.rs` | a cell's text to a figure |
//! | `sheet.rs` | grids that go on in each other, as rows of cells |
//! | `columns.rs` | which columns name and which count; their heads |
//! | `words.rs` | what the words of a head or a row's name say |
//! | `title.rs` | what stands above a table: title, number, unit |
//! | `rows.rs` | names and codes of rows, and whose they are |
//! | `tree.rs` | what is part of what: codes, list numbers, totals |
//! | `sums.rs` | which columns make up which |
//! | `item.rs` | what a figure is of: its row, its column, its table |

mod amount;
mod columns;
mod item;
mod rows;
mod sheet;
pub(super) mod sums;
mod title;
mod tree;
mod words;

pub(super) use columns::{Columns, Head, Role, is_number_row};
pub(super) use item::{Described, describe};
pub(super) use rows::{Rows, rows};
pub(super) use sheet::{CellKind, Sheet, SheetCell, is_targets, joined};
pub(super) use title::{Title, number_in};
pub(super) use words::row_label;

use super::FactId;
use crate::pattern::Flow;

/// A table whose cells are facts.
///
/// A two-sided table (收入 beside 支出) has two sides, each with rows and
/// columns of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its title, as the line above it or its first row says: 收支预算总表.
    pub title: Option<String>,
    /// Its number: 公开01表.
    pub number: Option<String>,
    /// What kind of table it is.
    pub kind: TableKind,
    /// Whether its unit is printed: above it, in it or in the heads of its columns.
    pub unit_stated: bool,
    /// The columns that hold amounts, from left to right.
    pub columns: Vec<Column>,
    /// The rows of all sides, from top to bottom, side by side.
    pub rows: Vec<Row>,
    /// Which rows make up which.
    pub row_sums: Vec<TableSum>,
    /// Which columns make up which.
    pub column_sums: Vec<TableSum>,
    /// The facts by row and column, in order.
    pub cells: Vec<(u32, u32, FactId)>,
    /// Rows and columns of cells with a number in them that is no figure: what
    /// adds up without them proves nothing.
    pub unread: Vec<(u32, u32)>,
}

/// What a table is about, as its title says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum TableKind {
    /// 收支总表, 财政拨款收支总表
    Balance,
    /// 收入总表
    Revenue,
    /// 支出总表, 一般公共预算支出表, 政府性基金预算支出表
    Expenditure,
    /// 基本支出表
    Basic,
    /// 项目支出表
    Project,
    /// “三公”经费支出表
    ThreePublic,
    /// 政府采购表
    Procurement,
    /// 绩效目标表: mostly words and targets
    Targets,
    /// anything else
    #[default]
    Other,
}

/// A column that holds amounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// Its head, from the outermost cell to the innermost: 本年支出 > 基本支出.
    pub label: String,
    /// Which side of the table it is on.
    pub side: u32,
    /// It holds the whole of each row's item rather than a part of it.
    pub whole: bool,
    /// 预算数 beside 决算数: the first budget or the last, the head doesn't say.
    pub either_budget: bool,
}

/// A row of one side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its name as written, without list number and 其中.
    pub label: String,
    /// Its code in the classification, put together: 2080505.
    pub code: Option<String>,
    /// Which side of the table it is on.
    pub side: u32,
    /// Which way its money goes.
    pub flow: Option<Flow>,
    /// 合计, 本年收入合计, 总计.
    pub total: Option<Total>,
    /// The first side that its name reaches over: 公用经费合计 of two sides.
    pub from_side: u32,
    /// The line of the table that it stands in.
    pub line: u32,
}

/// What a total is the total of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Total {
    /// 总计, 收入总计: of everything on its side.
    Grand,
    /// 本年收入合计: of the year's own.
    Year,
    /// 合计, 小计: of what stands with it.
    Plain,
}

/// A total and what it is made of: numbers of rows, or of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSum {
    /// The total.
    pub total: u32,
    /// What it is made of.
    pub parts: Vec<u32>,
    /// Whether codes, list numbers or the field's own words say so.
    pub certain: bool,
}

/// Where a fact stands in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// Index into [`Reading::tables`](super::Reading::tables).
    pub table: u32,
    /// Index into [`Table::rows`].
    pub row: u32,
    /// Index into [`Table::columns`].
    pub column: u32,
}

impl Table {
    /// The fact in a row and a column; none where the cell is blank.
    #[must_use]
    pub fn at(&self, row: u32, column: u32) -> Option<FactId> {
        let found = self.cells.binary_search_by_key(&(row, column), |(r, c, _)| (*r, *c)).ok()?;
        self.cells.get(found).map(|(.., fact)| *fact)
    }

    /// The fact of a part's row where its total's stands in a column: on another side of
    /// the table in the column of the same place there.
    #[must_use]
    pub fn beside(&self, row: u32, column: u32) -> Option<FactId> {
        let side = self.rows.get(row as usize)?.side;
        let own = self.columns.get(column as usize)?.side;
        if side == own {
            return self.at(row, column);
        }
        let of = |side: u32| self.columns.iter().zip(0u32..).filter(move |(c, _)| c.side == side).map(|(_, n)| n);
        let place = of(own).position(|n| n == column)?;
        self.at(row, of(side).nth(place)?)
    }

    /// 预算数 beside 决算数 may be the first budget or the last.
    pub(super) fn mark_budgets(&mut self) {
        let finals = self.columns.iter().any(|c| c.label.contains("决算数"));
        for column in &mut self.columns {
            column.either_budget = finals && column.either_budget;
        }
    }

    /// How output calls the table: its title, else its number.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.title.as_deref().or(self.number.as_deref())
    }
}
