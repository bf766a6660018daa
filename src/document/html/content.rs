//! Finds the note on a page.
//!
//! The editor's own container counts most; without one, the smallest part that
//! holds nearly all the prose. What is left out must look like part of the
//! site (links, stock phrases, a menu's class) *and* be small. In doubt more is
//! kept: a line too many is seen and passed over, a lost paragraph is not.

use super::hints::{self, Kind};
use super::tree::{self, AWAY, FURNITURE, HEADLINE, HIDDEN, Id, ROOT, STRONG, Tree, WEAK};

/// What is known of each node of a page.
pub(super) struct Survey {
    facts: Vec<Facts>,
    spare: Facts,
    /// Parents before children.
    order: Vec<Id>,
    /// Hidden elements are shown, because all the text is in them.
    pub(super) shows_hidden: bool,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    /// Characters in it, spaces not counted.
    pub(super) chars: u32,
    /// Of these, in links that lead away.
    linked: u32,
    links: u32,
    /// Characters of running text and of table cells.
    prose: u32,
    /// Tables in it.
    pub(super) tables: u32,
    /// Paragraphs of more than a few words in it.
    pub(super) paragraphs: u32,
    /// Characters directly in this block.
    own: u32,
    own_linked: u32,
    /// Left out with all that is in it.
    pub(super) skipped: bool,
    inside_skipped: bool,
}

/// Fewer characters than this are a label, not a sentence.
const SENTENCE: u32 = 15;
/// As many nodes are looked at where a closer look is asked of each block, so
/// that blocks within blocks cost no square.
const FEW: usize = 2000;
/// A paragraph rather than the content of a cell.
const PARAGRAPH: u32 = 30;

fn count(text: &str) -> u32 {
    let count = text.chars().filter(|c| !c.is_whitespace() && *c != tree::LINE_SEPARATOR).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Survey {
    pub(super) fn new(tree: &Tree) -> Self {
        let mut survey = Self::measure(tree, false);
        let shown = survey.of(ROOT).chars;
        if shown < 200 {
            let all = Self::measure(tree, true);
            if all.of(ROOT).chars > shown.saturating_mul(4).max(40) {
                survey = all;
            }
        }
        survey.leave_out_furniture(tree);
        survey
    }

    pub(super) fn of(&self, id: Id) -> Facts {
        self.facts.get(id as usize).copied().unwrap_or_default()
    }

    fn of_mut(&mut self, id: Id) -> &mut Facts {
        // Every node has an entry.
        self.facts.get_mut(id as usize).unwrap_or(&mut self.spare)
    }

    /// Counts all but what is never shown.
    fn measure(tree: &Tree, shows_hidden: bool) -> Self {
        let mut survey =
            Self { facts: vec![Facts::default(); tree.len()], spare: Facts::default(), order: vec![], shows_hidden };
        // The block that a node's text belongs to, and whether a link is around it.
        let mut around = vec![(ROOT, false); tree.len()];
        let mut walk = tree.walk(ROOT);
        while let Some(id) = walk.next() {
            let kind = tree.kind(id);
            survey.order.push(id);
            let (outer, in_link) =
                tree.parent(id).and_then(|parent| around.get(parent as usize)).copied().unwrap_or((ROOT, false));
            if matches!(kind, Kind::Skip | Kind::Title) || (tree.has(id, HIDDEN) && !shows_hidden) {
                survey.of_mut(id).skipped = true;
                walk.pass_over(id);
                continue;
            }
            let block = if kind.is_block() { id } else { outer };
            let in_link = (in_link && !kind.is_block()) || tree.has(id, AWAY);
            if let Some(entry) = around.get_mut(id as usize) {
                *entry = (block, in_link);
            }
            if kind == Kind::Text {
                let chars = count(tree.text(id));
                let linked = if in_link { chars } else { 0 };
                let facts = survey.of_mut(id);
                (facts.chars, facts.linked) = (chars, linked);
                let facts = survey.of_mut(block);
                facts.own += chars;
                facts.own_linked += linked;
            }
            if tree.has(id, AWAY) {
                survey.of_mut(id).links = 1;
            }
        }
        survey.add_up(tree);
        survey
    }

    /// Sums from the leaves up, without what is left out.
    fn add_up(&mut self, tree: &Tree) {
        let order = std::mem::take(&mut self.order);
        for id in &order {
            let kind = tree.kind(*id);
            let facts = self.of_mut(*id);
            if kind != Kind::Text {
                (facts.chars, facts.linked) = (0, 0);
                facts.links = u32::from(tree.has(*id, AWAY));
            }
            facts.tables = u32::from(kind == Kind::Table);
            facts.prose = 0;
            facts.paragraphs = 0;
            let running = facts.own.saturating_sub(facts.own_linked);
            if kind.is_block() && !facts.skipped && facts.own_linked.saturating_mul(2) <= facts.own {
                let cell = kind == Kind::Cell && facts.own > 0;
                let plain = running >= SENTENCE && (running > 150 || !is_furniture_block(tree, *id));
                facts.prose = if cell || plain { running } else { 0 };
                facts.paragraphs = u32::from(running >= PARAGRAPH && kind != Kind::Cell);
            }
        }
        for id in order.iter().rev() {
            let facts = self.of(*id);
            let Some(parent) = tree.parent(*id) else {
                continue;
            };
            if facts.skipped {
                continue;
            }
            let sum = self.of_mut(parent);
            sum.chars = sum.chars.saturating_add(facts.chars);
            sum.linked = sum.linked.saturating_add(facts.linked);
            sum.links = sum.links.saturating_add(facts.links);
            sum.prose = sum.prose.saturating_add(facts.prose);
            sum.tables = sum.tables.saturating_add(facts.tables);
            sum.paragraphs = sum.paragraphs.saturating_add(facts.paragraphs);
        }
        self.order = order;
    }

    /// Leaves out menus, share bars, link lists, footers.
    fn leave_out_furniture(&mut self, tree: &Tree) {
        let page = self.of(ROOT);
        let text = page.chars.saturating_sub(page.linked);
        let order = std::mem::take(&mut self.order);
        // Nothing in the editor's container is the site's.
        let mut kept = vec![false; tree.len()];
        for id in &order {
            let parent = tree.parent(*id);
            let inherited = parent.and_then(|parent| kept.get(parent as usize)).copied().unwrap_or(false);
            let keep = inherited || tree.has(*id, STRONG);
            if let Some(entry) = kept.get_mut(*id as usize) {
                *entry = keep;
            }
            let gone = parent.is_some_and(|parent| {
                let above = self.of(parent);
                above.skipped || above.inside_skipped
            });
            if gone {
                self.of_mut(*id).inside_skipped = true;
                continue;
            }
            let facts = self.of(*id);
            if keep || facts.skipped || !tree.kind(*id).is_block() || *id == ROOT {
                continue;
            }
            let running = facts.chars.saturating_sub(facts.linked);
            let small = running <= 400 && running.saturating_mul(4) <= text;
            let named = tree.has(*id, FURNITURE) && small && !self.holds_strong(tree, *id, facts.chars);
            let list = facts.links >= 3
                && facts.linked.saturating_mul(10) >= facts.chars.saturating_mul(7)
                && running.saturating_mul(10) <= text
                && text >= 100
                && tree.kind(*id) != Kind::Cell;
            let index =
                tree.kind(*id) == Kind::Table && running <= 400 && is_index(tree, *id) && !self.has_figures(tree, *id);
            if named || list || index {
                self.of_mut(*id).skipped = true;
            }
        }
        self.order = order;
        self.add_up(tree);
    }

    fn holds_strong(&self, tree: &Tree, id: Id, chars: u32) -> bool {
        // Only asked of small parts.
        chars > 0 && tree.walk(id).take(FEW).any(|id| tree.has(id, STRONG))
    }

    /// The part of the page to read.
    pub(super) fn note(&self, tree: &Tree) -> Id {
        let page = self.of(ROOT).prose;
        if page == 0 {
            return ROOT;
        }
        let enough = |prose: u32, percent: u64| u64::from(prose) * 100 >= u64::from(page) * percent;
        self.containers(tree).filter(|id| enough(self.of(*id).prose, 75)).unwrap_or_else(|| self.densest(tree))
    }

    /// The smallest part around all the editor's containers, and around what
    /// stands outside of them but can hardly be the site's: a sentence with a
    /// figure, a table of figures.
    fn containers(&self, tree: &Tree) -> Option<Id> {
        let page = self.of(ROOT).prose;
        let mut walk = tree.walk(ROOT);
        let mut common: Option<Vec<Id>> = None;
        let mut outside = vec![];
        while let Some(id) = walk.next() {
            let facts = self.of(id);
            if facts.skipped {
                walk.pass_over(id);
            } else if tree.has(id, STRONG) && u64::from(facts.prose) * 10 >= u64::from(page) {
                common = Some(shared(common, path(tree, id)));
                walk.pass_over(id);
            } else if outside.len() < 1000 && self.has_figures(tree, id) {
                outside.push(id);
            }
        }
        let mut common = common?;
        for id in outside {
            common = shared(Some(common), path(tree, id));
        }
        common.last().copied()
    }

    /// Whether a block says something with a figure, or a table lists some.
    fn has_figures(&self, tree: &Tree, id: Id) -> bool {
        let kind = tree.kind(id);
        let facts = self.of(id);
        if kind == Kind::Table {
            let figures = tree.walk(id).filter(|id| tree.kind(*id) == Kind::Text && is_figure(tree.text(*id)));
            return facts.tables == 1 && figures.take(2).count() == 2;
        }
        let sentence = kind.is_block() && kind != Kind::Cell && facts.own >= PARAGRAPH && facts.own_linked == 0;
        sentence
            && tree.walk(id).take(FEW).any(|id| tree.text(id).contains('。'))
            && tree.walk(id).take(FEW).any(|id| tree.text(id).contains(|c: char| c.is_ascii_digit()))
    }

    /// Down from the page as long as nearly all the prose lies in one part,
    /// and nothing beside it looks like text of the note.
    fn densest(&self, tree: &Tree) -> Id {
        let mut at = ROOT;
        loop {
            let facts = self.of(at);
            let Some(best) = tree
                .children(at)
                .filter(|id| !self.of(*id).skipped && !matches!(tree.kind(*id), Kind::Text))
                .max_by_key(|id| self.of(*id).prose)
            else {
                return at;
            };
            let share = if tree.has(best, WEAK) { 80 } else { 90 };
            let holds = u64::from(self.of(best).prose) * 100 >= u64::from(facts.prose) * share;
            let layout = matches!(
                tree.kind(best),
                Kind::Block | Kind::Inline | Kind::Furniture | Kind::Table | Kind::RowGroup | Kind::Row | Kind::Cell
            );
            // A table's parts are the note's only if it lays out the page.
            let table =
                tree.kind(best) != Kind::Table || (self.of(best).paragraphs >= 3 && is_single_column(self, tree, best));
            let alone = tree.children(at).filter(|id| *id != best).all(|id| self.is_beside_the_point(tree, id));
            if !holds || !layout || !table || !alone {
                return at;
            }
            at = best;
        }
    }

    /// Whether a neighbour of the note may be left out.
    fn is_beside_the_point(&self, tree: &Tree, id: Id) -> bool {
        let facts = self.of(id);
        if facts.skipped || facts.chars == 0 {
            return true;
        }
        match tree.kind(id) {
            // The headline is found on its own.
            Kind::Heading => true,
            Kind::Text | Kind::Inline | Kind::Link | Kind::Paragraph | Kind::Table | Kind::Row => {
                facts.chars == facts.linked || is_furniture_block(tree, id)
            }
            _ => facts.prose == 0 && facts.tables == 0,
        }
    }

    /// Places where the headline may be written out.
    pub(super) fn headlines(&self, tree: &Tree) -> Vec<Id> {
        let mut found = vec![];
        let mut walk = tree.walk(ROOT);
        while let Some(id) = walk.next() {
            let facts = self.of(id);
            if facts.skipped {
                walk.pass_over(id);
            } else if tree.has(id, HEADLINE) && (4..=100).contains(&facts.chars) {
                found.push(id);
                walk.pass_over(id);
                if found.len() == 50 {
                    break;
                }
            }
        }
        found
    }
}

/// From the page down to a node.
fn path(tree: &Tree, id: Id) -> Vec<Id> {
    let mut path: Vec<Id> = std::iter::successors(Some(id), |id| tree.parent(*id)).collect();
    path.reverse();
    path
}

/// What two paths have in common.
fn shared(before: Option<Vec<Id>>, path: Vec<Id>) -> Vec<Id> {
    match before {
        None => path,
        Some(before) => before.into_iter().zip(path).take_while(|(a, b)| a == b).map(|(a, _)| a).collect(),
    }
}

/// The table of 索引号, 发布机构, 成文日期 above a published document.
fn is_index(tree: &Tree, table: Id) -> bool {
    let texts = tree
        .walk(table)
        .take(FEW)
        .filter(|id| tree.kind(*id) == Kind::Text)
        .map(|id| tree.text(id).chars().filter(|c| !c.is_whitespace()).take(8).collect::<String>());
    let keys =
        ["索引号", "信息索引", "主题分类", "发布机构", "发文机关", "成文日期", "发文字号", "公开方式", "发布日期"];
    texts.filter(|text| keys.iter().any(|key| text.starts_with(key))).take(2).count() == 2
}

/// `1,234.50`, `3.2%`; no date, no reference number.
fn is_figure(text: &str) -> bool {
    let text = text.trim();
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || ".,，%％ ".contains(c))
}

/// A table that is one column of parts.
fn is_single_column(survey: &Survey, tree: &Tree, table: Id) -> bool {
    let mut walk = tree.walk(table);
    while let Some(id) = walk.next() {
        if id != table && tree.kind(id) == Kind::Table {
            walk.pass_over(id);
        } else if tree.kind(id) == Kind::Row {
            let filled = tree.children(id).filter(|cell| survey.of(*cell).chars > 0).count();
            if filled > 1 {
                return false;
            }
        }
    }
    true
}

/// Whether the short text of a block is a stock phrase of the site.
fn is_furniture_block(tree: &Tree, id: Id) -> bool {
    let mut text = String::new();
    for id in tree.walk(id).take(FEW).filter(|id| tree.kind(*id) == Kind::Text) {
        text.push_str(tree.text(id));
        if text.len() > 600 {
            return false;
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    hints::is_furniture(&text, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> String {
        let tree = tree::parse(page);
        let survey = Survey::new(&tree);
        tree.walk(survey.note(&tree)).filter(|id| tree.kind(*id) == Kind::Text).map(|id| tree.text(id).trim()).collect()
    }

    const PROSE: &str = "<p>一、收入预算2031年年初预算数412.50万元，比2030年增加9.4万元，增长2.3%。</p><p>二、支出预算2031年年初预算数412.50万元，其中教育支出88.1万元。</p>";

    #[test]
    fn the_editors_container() {
        let page = format!(
            "<div class=page><div class=menu>菜单</div><div class=box><p>导语</p><div class=TRS_Editor>{PROSE}</div></div></div>"
        );
        assert!(found(&page).starts_with("一、"));
        assert!(found(&page).ends_with("88.1万元。"));
    }

    #[test]
    fn several_containers_are_read_together() {
        let page = format!(
            "<div><p>页首</p></div><div><div class=TRS_Editor>{PROSE}</div><p>三、说明</p><div class=TRS_Editor>{PROSE}</div></div>"
        );
        let text = found(&page);
        assert_eq!(text.matches("一、收入").count(), 2);
        assert!(text.contains("三、说明"));
    }

    #[test]
    fn figures_outside_of_the_container_are_kept() {
        let editor = format!("<div class=TRS_Editor>{}</div>", PROSE.repeat(8));
        let table = "<table><tr><td>收入<td>1.5<tr><td>支出<td>2.5</table>";
        assert!(found(&format!("<div>{editor}{table}</div>")).ends_with("支出2.5"));
        let index = "<table><tr><td>索引号<td>115/2024-1<tr><tr><td>成文日期<td>2024-02-05</table>";
        assert!(found(&format!("<div>{index}{editor}</div>")).starts_with("一、"));
        let short = "<div class=TRS_Editor><p>2031年收入预算12万元，比上年增加1万元。</p></div>";
        assert!(found(&format!("<div>{index}{short}</div>")).starts_with("2031"));
        let before = "<p>本单位2031年年初预算数412.50万元，比上年增加9.4万元，增长2.3%。</p>";
        assert!(found(&format!("<div>{before}{editor}</div>")).starts_with("本单位"));
    }

    #[test]
    fn density_without_a_container() {
        let page = format!(
            "<div><ul><li><a href=1>机构设置</a><li><a href=2>政策文件</a><li><a href=3>通知公告</a></ul></div><div><div class=x>{PROSE}</div></div><div>电话 123</div>"
        );
        assert!(found(&page).starts_with("一、"));
    }

    #[test]
    fn headings_beside_one_long_paragraph_stay() {
        let page = "<div><p>一、收入</p><div><p>2031年年初预算数412.50万元，比2030年增加9.4万元，增长2.3%，主要是人员经费增加。</p></div></div>";
        assert!(found(page).starts_with("一、收入"));
    }

    #[test]
    fn hidden_text_is_shown_if_it_is_all() {
        let page = format!("<p>加载中</p><div style='display:none'>{PROSE}</div>");
        let tree = tree::parse(&page);
        assert!(Survey::new(&tree).shows_hidden);
    }
}
