//! Columns that stay aligned with wide characters.

use unicode_width::UnicodeWidthStr;

/// A table under way: names to the left, numbers to the right.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    left: usize,
}

impl Table {
    /// With a head, the first `left` columns of which hold words.
    pub fn new(left: usize, head: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut table = Table { rows: Vec::new(), left };
        table.row(head);
        table
    }

    /// One more row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// Whether there is nothing below the head.
    pub fn is_empty(&self) -> bool {
        self.rows.len() <= 1
    }

    /// The table's lines, each indented by two blanks.
    pub fn lines(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest = |column: usize| self.rows.iter().filter_map(|r| r.get(column)).map(|c| c.width()).max();
        let widths: Vec<usize> = (0..columns).map(|c| widest(c).unwrap_or(0)).collect();
        let mut out = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let blanks = " ".repeat(width.saturating_sub(cell.width()));
                line.push_str("  ");
                match column < self.left {
                    true => line.extend([cell.as_str(), &blanks]),
                    false => line.extend([blanks.as_str(), cell]),
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns() {
        let mut table = Table::new(1, ["说明", "份数"]);
        table.row(["决算", "3"]);
        table.row(["unit budget", "12"]);
        assert_eq!(table.lines(), "  说明         份数\n  决算            3\n  unit budget    12\n");
    }
}
