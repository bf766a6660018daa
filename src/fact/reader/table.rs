//! Tables in the walk over a note: cells become facts, the other numbers of
//! their rows decoys.

use super::super::label::Item;
use super::super::table::{
    CellKind, Column, Columns, Described, Head, Place, Role, Row, Rows, Sheet, SheetCell, Table, Title, describe,
    is_targets, joined, number_in, row_label, rows, sums,
};
use super::super::{Decoy, Fact, FactId, Measure, Role as FactRole};
use super::Reader;
use crate::lex::{AsOf, DecoyReason, Lexed, TokenKind, UnitId, lex};
use crate::segment::{Kind, Paragraph};

/// A table being read.
struct Open<'s> {
    columns: &'s Columns,
    rows: &'s Rows,
    title: &'s Title,
    index: u32,
}

impl<'a> Reader<'a> {
    /// Keeps a table's row out of the running text: its numbers are cells.
    pub(super) fn read_table(&mut self, _p: &Paragraph, lexed: &Lexed) {
        self.cells_to_decoys(lexed, |_| Some(DecoyReason::TableCell));
    }

    /// Reads the tables that begin in paragraph `at`, where one does: how many
    /// paragraphs they take.
    pub(super) fn read_grids(&mut self, paragraphs: &[Paragraph], at: usize, lexed: &mut Lexed) -> usize {
        let view = self.view;
        let Some(p) = paragraphs.get(at) else { return 0 };
        let here = view.tables.partition_point(|g| g.span.end <= p.start as usize);
        let Some(grids) = view.tables.get(here..) else { return 0 };
        if grids.first().is_none_or(|g| g.span.start > p.start as usize) {
            return 0;
        }
        let grids = grids.get(..joined(view, grids)).unwrap_or(grids);
        let end = grids.last().map_or(0, |g| g.span.end);
        let inside = paragraphs.get(at..).unwrap_or(&[]);
        let inside = inside.get(..inside.iter().take_while(|p| (p.start as usize) < end).count()).unwrap_or(&[]);
        self.close_to(0);
        let sheet = Sheet::new(&self.packs.vocabulary.units, view, grids);
        let columns = Columns::read(self.packs, &sheet);
        // No term is defined by amounts: the tables that a note ends with follow its last
        // section, 名词解释, often without a heading of their own.
        if !columns.heads.is_empty() {
            self.headings.retain(|h| !h.no_facts);
        }
        let defines = self.headings.last().is_some_and(|h| h.no_facts);
        let lead = sheet.rows.get(..columns.lead).unwrap_or(&[]);
        let above = paragraphs.get(..at).unwrap_or(&[]).iter().rev();
        let mut title = Title::read(
            self.packs,
            above.take_while(|p| !p.table).map(|p| view.slice(p.start, p.end)),
            lead.iter().flatten().filter(|c| c.kind == CellKind::Text).map(|c| c.text),
        );
        title.kind = columns.kind(self.packs).unwrap_or(title.kind);
        self.name_numbers(paragraphs.get(..at).unwrap_or(&[]));
        let targets = is_targets(&sheet);
        let rows = if targets { Rows::default() } else { rows(&sheet, &columns, title.kind) };
        let index = self.out.tables.len() as u32;
        let open = Open { columns: &columns, rows: &rows, title: &title, index };
        let mut table = Table {
            title: title.title.clone(),
            number: title.number.clone(),
            kind: title.kind,
            unit_stated: title.unit.is_some(),
            columns: columns.heads.iter().map(Head::column).collect(),
            rows: rows.rows.clone(),
            row_sums: rows.sums.clone(),
            column_sums: sums::column_sums(&columns.heads),
            cells: Vec::new(),
            unread: Vec::new(),
        };
        table.mark_budgets();
        let mut line = 0;
        for (n, p) in inside.iter().enumerate() {
            self.paragraph = (at + n) as u32;
            lexed.clear();
            lex(&self.packs.vocabulary, &view.text, p, lexed);
            // The line of the sheet that this paragraph holds.
            let first = |cells: &Vec<SheetCell>| cells.iter().find(|c| !c.text.is_empty()).map(|c| c.start);
            while sheet.rows.get(line).is_some_and(|cells| first(cells).is_none_or(|start| start < p.start)) {
                line += 1;
            }
            let cells = sheet.rows.get(line).filter(|cells| first(cells).is_some_and(|start| start < p.end));
            match cells {
                Some(cells) if targets && !defines => self.read_targets(&title, index, cells, p, lexed, &mut table),
                Some(cells) if !defines => self.read_line(&open, cells, line, p, lexed, &mut table),
                _ if defines => self.collect_definitions(lexed),
                _ => self.read_table(p, lexed),
            }
        }
        if !table.cells.is_empty() {
            table.cells.sort_unstable();
            self.hang_cells(&table);
            self.out.tables.push(table);
        }
        inside.len()
    }

    /// The 1 of 表1 and the 01 of 公开01表 above a table number it.
    fn name_numbers(&mut self, above: &[Paragraph]) {
        for p in above.iter().rev().take(4).take_while(|p| !p.table) {
            let numbers = number_in(self.view.slice(p.start, p.end)).0.is_some();
            // They were read last.
            let rest = self.out.unexplained.iter().rev().take_while(|(start, _)| *start >= p.start).count();
            let at = self.out.unexplained.len().saturating_sub(rest);
            let inside = |range: &mut (u32, u32)| numbers && range.1 <= p.end;
            for (start, end) in self.out.unexplained.extract_if(at.., inside) {
                self.out.decoys.push(Decoy { reason: DecoyReason::Identifier, start, end, in_text: false });
            }
        }
    }

    /// A line of a table of targets: only sums of money named right before them
    /// are facts, the rest is what is to be reached.
    fn read_targets(
        &mut self,
        title: &Title,
        index: u32,
        cells: &[SheetCell],
        p: &Paragraph,
        lexed: &Lexed,
        table: &mut Table,
    ) {
        if table.columns.len() != 1 {
            (table.columns, table.column_sums) = (vec![Column { whole: true, ..Column::default() }], Vec::new());
        }
        let mut taken = Vec::new();
        let mut name: Option<&str> = None;
        for cell in cells {
            match cell.kind {
                CellKind::Text => name = Some(cell.text),
                CellKind::Empty => {}
                CellKind::Figure(amount) => {
                    let funds =
                        |n: &&str| ["资金", "金额", "拨款", "总额", "投资", "预算"].iter().any(|w| n.contains(w));
                    let Some(label) = name.take().filter(funds).map(row_label) else { continue };
                    let place = Place { table: index, row: table.rows.len() as u32, column: 0 };
                    let said = Described {
                        label: label.clone(),
                        unit: amount.unit,
                        year: title.year.or(self.year),
                        stage: Some(title.stage.unwrap_or(self.default_stage)),
                        ..Described::default()
                    };
                    let mut fact = self.cell_fact(&said, title.unit, place, (p.start, p.end));
                    (fact.value, fact.decimals) = (amount.value, amount.decimals);
                    (fact.start, fact.end) = (cell.start, cell.end);
                    table.rows.push(Row { label, ..Row::default() });
                    table.cells.push((place.row, 0, self.out.facts.len() as FactId));
                    taken.push((cell.start, cell.end));
                    self.out.facts.push(fact);
                    self.items.push(Item::default());
                }
            }
        }
        let is_fact = |start: u32| taken.iter().any(|(s, e)| (*s..*e).contains(&start));
        self.cells_to_decoys(lexed, |start| (!is_fact(start)).then_some(DecoyReason::TableCell));
    }

    /// A line of a table: its figures become facts.
    fn read_line(
        &mut self,
        open: &Open,
        cells: &[SheetCell],
        line: usize,
        p: &Paragraph,
        lexed: &Lexed,
        table: &mut Table,
    ) {
        let mut taken: Vec<(u32, u32)> = Vec::new();
        for cell in cells.iter().filter(|_| !is_loose_figure(cells)) {
            let Some(Role::Amount(column)) = open.columns.roles.get(cell.column) else { continue };
            let Some(head) = open.columns.heads.get(*column) else { continue };
            let row = open.rows.of_line.get(line).and_then(|sides| sides.get(head.side as usize).copied().flatten());
            let Some((row, named)) = row.and_then(|r| Some((r, open.rows.rows.get(r as usize)?))) else { continue };
            let amount = match cell.kind {
                CellKind::Figure(amount) => amount,
                CellKind::Text if cell.text.bytes().any(|b| b.is_ascii_digit()) => {
                    table.unread.push((row, *column as u32));
                    continue;
                }
                _ => continue,
            };
            let owner = open.rows.owners.get(row as usize).and_then(Option::as_deref);
            let period = (self.year, self.default_stage);
            let above = open.rows.above(row).and_then(|r| open.rows.rows.get(r as usize));
            let mut said = describe(self.packs, open.title, (named, above), owner, head, period);
            said.unit = amount.unit.or(said.unit);
            let place = Place { table: open.index, row, column: *column as u32 };
            let mut fact = self.cell_fact(&said, open.title.unit, place, (p.start, p.end));
            (fact.value, fact.decimals) = (amount.value, amount.decimals);
            (fact.start, fact.end) = (cell.start, cell.end);
            if said.counts {
                self.uncounted.insert(cell.start);
            }
            taken.push((cell.start, cell.end));
            table.unit_stated |= said.unit.is_some();
            table.cells.push((row, place.column, self.out.facts.len() as FactId));
            self.out.facts.push(fact);
            self.items.push(Item::default());
        }
        let numbers = super::super::table::is_number_row(cells);
        self.cells_to_decoys(lexed, |start| {
            if taken.iter().any(|(s, e)| (*s..*e).contains(&start)) {
                return None;
            }
            let cell = cells.iter().find(|c| (c.start..c.end).contains(&start));
            let whole = cell.is_some_and(|c| matches!(c.kind, CellKind::Figure(_)));
            Some(match cell.and_then(|c| open.columns.roles.get(c.column)) {
                Some(Role::Code) if whole => DecoyReason::Code,
                Some(Role::RowNumber) if whole => DecoyReason::RowNumber,
                _ if numbers && whole => DecoyReason::RowNumber,
                _ => DecoyReason::TableCell,
            })
        });
    }

    /// Numbers of a row that are no facts; `reason` is asked by where they begin.
    fn cells_to_decoys(&mut self, lexed: &Lexed, reason: impl Fn(u32) -> Option<DecoyReason>) {
        for t in &lexed.tokens {
            match (t.kind, reason(t.start)) {
                (_, None) => {}
                // What a number is in a table, its column tells better than its look.
                (TokenKind::Decoy(_), Some(told @ (DecoyReason::Code | DecoyReason::RowNumber))) => self.decoy(told, t),
                (TokenKind::Decoy(looks), _) => self.decoy(looks, t),
                (TokenKind::Quantity(_), Some(told)) => self.decoy(told, t),
                _ => {}
            }
        }
    }

    /// Where no unit is printed anywhere, the amounts tell theirs: a note in 万元 has no
    /// 384,000.00, and one in 元 has figures of that size.
    pub(super) fn infer_units(&mut self) {
        let unitless = |f: &Fact| {
            f.cell.is_some()
                && f.unit.is_none()
                && f.unit_inferred.is_none()
                && !self.uncounted.contains(&f.start)
                && matches!(f.measure, Measure::Level | Measure::Change)
        };
        let largest = self.out.facts.iter().filter(|f| unitless(f)).map(|f| f.value.abs()).max();
        let Some(largest) = largest else { return };
        let report = self.out.identity.kind == Kind::CountyReport;
        let name = if largest >= rust_decimal::Decimal::from(100_000) && !report { "元" } else { "万元" };
        let by_size = self.packs.vocabulary.units.by_name(name);
        let unit = self.money_unit.or(self.declared_unit).or(by_size);
        let found: Vec<usize> =
            self.out.facts.iter().enumerate().filter(|(_, f)| unitless(f)).map(|(id, _)| id).collect();
        for id in found {
            if let Some(f) = self.out.facts.get_mut(id) {
                f.unit_inferred = unit;
            }
        }
    }

    fn cell_fact(&self, said: &Described, unit: Option<UnitId>, place: Place, sentence: (u32, u32)) -> Fact {
        let measure = said.measure.unwrap_or(Measure::Level);
        let percent = self.packs.vocabulary.units.by_name("%");
        let (unit, unit_inferred) = match measure {
            Measure::Level | Measure::Change if said.counts => (said.unit, None),
            Measure::Level | Measure::Change => match said.unit.or(unit) {
                Some(unit) => (Some(unit), None),
                None => (None, self.money_unit.or(self.declared_unit)),
            },
            _ => match said.unit {
                Some(unit) => (Some(unit), None),
                None => (None, percent),
            },
        };
        Fact {
            concept: said.concept.clone(),
            label: said.label.clone(),
            also: None,
            measure,
            value: rust_decimal::Decimal::ZERO,
            unit,
            unit_inferred,
            decimals: 0,
            year: said.year,
            as_of: AsOf::Year,
            stage: said.stage,
            basis: said.basis.clone(),
            fund: said.fund,
            flow: said.flow,
            part: said.part.clone(),
            carryover: None,
            role: None,
            parent: None,
            within: None,
            qualifier: None,
            cause: None,
            stated: true,
            printed: true,
            prior: false,
            about: false,
            start: 0,
            end: 0,
            sentence,
            pattern: None,
            section: self.headings.last().map(|h| h.node),
            paragraph: self.paragraph,
            cell: Some(place),
        }
    }

    /// Hangs the cells of a part on those of its total: rows first, then columns.
    fn hang_cells(&mut self, table: &Table) {
        let mut hang = |total: FactId, part: FactId| {
            let adds = |f: &&mut Fact| matches!(f.measure, Measure::Level | Measure::Change) && f.parent.is_none();
            let Some(f) = self.out.facts.get_mut(part as usize).filter(adds) else { return };
            f.parent = Some(total);
            f.role.get_or_insert(FactRole::Component);
            if let Some(t) = self.out.facts.get_mut(total as usize) {
                t.role = Some(FactRole::Total);
            }
        };
        let columns = 0..table.columns.len() as u32;
        for sum in &table.row_sums {
            for column in columns.clone() {
                let Some(total) = table.at(sum.total, column) else { continue };
                sum.parts.iter().filter_map(|part| table.beside(*part, column)).for_each(|part| hang(total, part));
            }
        }
        for sum in &table.column_sums {
            for row in 0..table.rows.len() as u32 {
                let Some(total) = table.at(row, sum.total) else { continue };
                sum.parts.iter().filter_map(|part| table.at(row, *part)).for_each(|part| hang(total, part));
            }
        }
    }
}

/// `5834 |` alone: a cell of a table that a page gives a cell a line. Its place in the line tells no
/// column, and no name goes with it.
fn is_loose_figure(cells: &[SheetCell]) -> bool {
    let mut filled = cells.iter().filter(|c| c.kind != CellKind::Empty);
    match (filled.next(), filled.next()) {
        (Some(only), None) => only.column == 0 && matches!(only.kind, CellKind::Figure(_)),
        _ => false,
    }
}
