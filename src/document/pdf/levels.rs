//! Tables of level rules only (三线表): one above the head, one below it, one
//! at the end; and tables of no rules, whose rows are lines of figures far
//! apart. Columns are where blank stripes run through all rows.

use super::drawn::{Drawn, Glyph, POINT, Rule};
use super::frame::{Frame, Slot, merged};

/// Rules of one table begin and end within so much.
const SAME_END: i32 = 4 * POINT;

/// The frames that level rules alone make, apart from `others`.
pub(super) fn frames(drawn: &Drawn, glyphs: &[Glyph], others: &[Frame]) -> Vec<Frame> {
    let mut rules: Vec<Rule> = merged(&drawn.level);
    rules.retain(|rule| (rule.to - rule.from) * 5 > drawn.width * 2 && !others.iter().any(|frame| frame.touches(rule)));
    let mut frames = vec![];
    while let Some(first) = rules.first().copied() {
        let alike = |rule: &Rule| (rule.from - first.from).abs() <= SAME_END && (rule.to - first.to).abs() <= SAME_END;
        let table: Vec<Rule> = rules.iter().filter(|rule| alike(rule)).copied().collect();
        rules.retain(|rule| !alike(rule));
        frames.extend(frame(&table, glyphs));
    }
    let taken = |glyph: &Glyph| others.iter().chain(&frames).any(|frame| frame.holds(glyph));
    let free: Vec<Glyph> = glyphs.iter().filter(|g| !g.c.is_whitespace() && !taken(g)).copied().collect();
    let bare: Vec<Frame> = bare(&free).iter().filter_map(|rules| frame(rules, &free)).collect();
    frames.extend(bare);
    frames
}

/// A line of words and figures far apart.
struct Row {
    base: i32,
    size: i32,
    left: i32,
    right: i32,
    words: usize,
    figures: usize,
    /// Something of a sentence stands in it.
    prose: bool,
}

impl Row {
    fn new(glyphs: &mut [Glyph]) -> Self {
        glyphs.sort_by_key(|glyph| glyph.left);
        let size = glyphs.iter().map(|glyph| glyph.size).max().unwrap_or(0);
        let mut row = Self {
            base: glyphs.iter().map(|glyph| glyph.base).max().unwrap_or(0),
            size,
            left: glyphs.iter().map(|glyph| glyph.left).min().unwrap_or(0),
            right: glyphs.iter().map(|glyph| glyph.right).max().unwrap_or(0),
            words: 0,
            figures: 0,
            prose: glyphs.iter().any(|glyph| matches!(glyph.c, '，' | '。' | '；' | '：')),
        };
        for word in glyphs.chunk_by(|a, b| b.left - a.right <= size) {
            let number = |glyph: &Glyph| glyph.c.is_ascii_digit() || matches!(glyph.c, '.' | ',' | '-');
            let figure = word.iter().all(number)
                && word.iter().any(|glyph| glyph.c == '.')
                && word.iter().any(|glyph| glyph.c.is_ascii_digit());
            row.words += 1;
            row.figures += usize::from(figure);
        }
        row
    }

    fn is_data(&self) -> bool {
        self.figures >= 2 && self.words >= 3 && !self.prose
    }

    fn is_head(&self) -> bool {
        self.figures == 0 && self.words >= 3 && !self.prose
    }
}

/// Where the rules of tables without any would stand: above the head, below it, at the end.
fn bare(glyphs: &[Glyph]) -> Vec<[Rule; 3]> {
    let mut sorted = glyphs.to_vec();
    sorted.sort_by_key(|glyph| (glyph.base, glyph.left));
    let mut rows: Vec<Row> =
        sorted.chunk_by_mut(|a, b| b.base - a.base < a.size.max(b.size) * 2 / 5).map(Row::new).collect();
    rows.retain(|row| row.size > 0);
    let near = |a: &Row, b: &Row| b.base - a.base < a.size.max(b.size) * 3;
    let mut tables = vec![];
    for run in
        rows.chunk_by(|a, b| near(a, b) && (a.is_data() || a.is_head()) && (b.is_data() || b.is_head() && !a.is_data()))
    {
        let heads = run.iter().take_while(|row| row.is_head()).count();
        let (Some(first), Some(last)) = (run.get(heads), run.last()) else { continue };
        let Some(top) = run.first().filter(|_| heads > 0 && run.len() >= heads + 3) else { continue };
        let from = run.iter().map(|row| row.left).min().unwrap_or(0) - POINT;
        let to = run.iter().map(|row| row.right).max().unwrap_or(0) + POINT;
        let rule = |at: i32| Rule { at, from, to };
        tables.push([
            rule(top.base - top.size),
            rule(first.base - first.size * 11 / 10),
            rule(last.base + last.size * 2 / 5),
        ]);
    }
    tables
}

fn frame(rules: &[Rule], glyphs: &[Glyph]) -> Option<Frame> {
    let [top, below_head, .., bottom] = rules else { return None };
    let inside: Vec<&Glyph> = glyphs
        .iter()
        .filter(|glyph| {
            let (x, y) = glyph.middle();
            !glyph.c.is_whitespace() && x > top.from && x < top.to && y > top.at && y < bottom.at
        })
        .collect();
    let (head, body): (Vec<&Glyph>, Vec<&Glyph>) = inside.iter().partition(|glyph| glyph.middle().1 < below_head.at);
    let xs = columns(&body, top.from, top.to)?;
    let rows = bases(&body);
    let filled = |base: i32| {
        let mut columns: Vec<usize> = body
            .iter()
            .filter(|glyph| (glyph.base - base).abs() < glyph.size / 2)
            .map(|glyph| xs.partition_point(|edge| *edge <= glyph.middle().0))
            .collect();
        columns.sort_unstable();
        columns.dedup();
        columns.len()
    };
    let whole = rows.iter().filter(|(base, _)| filled(*base) > 1).count();
    if head.is_empty() || whole < 2 || whole * 5 < rows.len() * 3 {
        return None;
    }
    // The head is one row: its lines are those of its cells.
    let mut ys = vec![top.at, below_head.at];
    for ((above, _), (base, size)) in rows.iter().zip(rows.iter().skip(1)) {
        ys.push((above + base - size * 7 / 10) / 2);
    }
    ys.push(bottom.at);
    let columns = xs.len().checked_sub(1)?;
    let mut cells = vec![Slot { row: 0, column: 0, rows: 1, columns }];
    for row in 1..ys.len() - 1 {
        cells.extend((0..columns).map(|column| Slot { row, column, rows: 1, columns: 1 }));
    }
    Some(Frame { xs, ys, cells })
}

/// The edges of columns: the middles of the blank stripes, and both ends.
fn columns(body: &[&Glyph], left: i32, right: i32) -> Option<Vec<i32>> {
    let mut spans: Vec<(i32, i32, i32)> = body.iter().map(|glyph| (glyph.left, glyph.right, glyph.size)).collect();
    spans.sort_unstable();
    let mut edges = vec![left];
    let mut reached = spans.first()?.1;
    for (from, to, size) in spans {
        if from - reached > size {
            edges.push((from + reached) / 2);
        }
        reached = reached.max(to);
    }
    edges.push(right);
    (edges.len() > 2).then_some(edges)
}

/// The lines that the glyphs stand on, with the size of their glyphs.
fn bases(body: &[&Glyph]) -> Vec<(i32, i32)> {
    let mut all: Vec<(i32, i32)> = body.iter().map(|glyph| (glyph.base, glyph.size)).collect();
    all.sort_unstable();
    all.dedup_by(|next, kept| {
        let same = next.0 - kept.0 < kept.1.max(next.1) / 2;
        if same {
            kept.1 = kept.1.max(next.1);
        }
        same
    });
    all
}
