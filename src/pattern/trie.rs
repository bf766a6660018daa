//! All templates in one trie over token classes: the cost of a match doesn't
//! grow with the number of patterns.

use super::Packs;
use crate::lex::{ClassId, EntryId, Lexed, Mark, Token, TokenKind, UnitKind};
use rustc_hash::FxHashMap;

/// Most slots that a template may have.
pub const MAX_SLOTS: usize = 8;

/// What an edge of the trie asks of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Edge {
    Word(EntryId),
    Class(ClassId),
    Mark(Mark),
    Quantity(Figure),
    Period,
    /// A run of text and terms: an item's name.
    Item,
}

/// Kinds of figure that a slot takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Figure {
    Money,
    Percent,
    Points,
    Times,
    Count,
    /// money or a number without a unit
    MoneyOrBare,
    /// money or count
    Amount,
    Any,
}

impl Figure {
    pub(super) fn named(kind: &str) -> Option<Self> {
        Some(match kind {
            "money" => Figure::Money,
            "percent" => Figure::Percent,
            "points" => Figure::Points,
            "times" => Figure::Times,
            "count" => Figure::Count,
            "figure" => Figure::MoneyOrBare,
            "amount" => Figure::Amount,
            "quantity" => Figure::Any,
            _ => return None,
        })
    }

    pub(super) fn takes(self, kind: UnitKind) -> bool {
        use UnitKind as U;
        let count = matches!(kind, U::People | U::Vehicles | U::Count | U::Physical);
        match self {
            Figure::Money => kind == U::Money,
            Figure::Percent => kind == U::Percent,
            Figure::Points => kind == U::Points,
            Figure::Times => kind == U::Times,
            Figure::Count => count,
            Figure::MoneyOrBare => matches!(kind, U::Money | U::Bare),
            Figure::Amount => kind == U::Money || count || kind == U::Bare,
            Figure::Any => true,
        }
    }
}

/// What edges other than those of words and classes ask for.
const ITEM: u8 = 1;
const MARK: u8 = 2;
const FIGURE: u8 = 4;
const PERIOD: u8 = 8;

#[derive(Debug, Default)]
pub(super) struct Node {
    /// Edges that ask for one word, by the word, once the trie is finished.
    words: Vec<(EntryId, u32)>,
    /// All others; before that, all.
    edges: Vec<(Edge, u32)>,
    /// The classes that edges ask for, and what else they do: most tokens are asked for by none.
    classes: u64,
    asks: u8,
    /// (pattern, which slot each step fills, specificity)
    pub(super) accept: Option<(u32, Vec<u8>, u32)>,
}

impl Node {
    /// All edges, those of words first.
    pub(super) fn edges(&self) -> impl Iterator<Item = (Edge, u32)> {
        self.words.iter().map(|(id, to)| (Edge::Word(*id), *to)).chain(self.edges.iter().copied())
    }
}

/// The trie.
#[derive(Debug, Default)]
pub(super) struct Trie {
    pub(super) nodes: Vec<Node>,
    /// Where each edge of each node leads, until the trie is finished.
    known: FxHashMap<(u32, Edge), u32>,
    /// Words that can begin a match.
    starts: Vec<bool>,
    start_classes: u64,
    figure_start: bool,
    period_start: bool,
}

/// A pattern found in a run of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Index of the pattern.
    pub pattern: u32,
    /// First token.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
    /// For each slot the tokens that fill it; empty if the slot was left out.
    pub slots: [(u32, u32); MAX_SLOTS],
}

impl Match {
    /// The tokens of a slot, if it was filled.
    pub fn slot(&self, id: u8) -> Option<(u32, u32)> {
        self.slots.get(id as usize).copied().filter(|(s, e)| s < e)
    }
}

pub(super) const NO_SLOT: u8 = 255;

impl Trie {
    pub(super) fn new() -> Self {
        Trie { nodes: vec![Node::default()], ..Trie::default() }
    }

    /// Adds one reading of a pattern. Returns the pattern that already has
    /// exactly this reading, if one does.
    pub(super) fn add(&mut self, pattern: u32, path: &[(Edge, u8)]) -> Option<u32> {
        let mut at = 0usize;
        for (edge, _) in path {
            at = match self.known.get(&(at as u32, *edge)) {
                Some(to) => *to as usize,
                None => {
                    let to = self.nodes.len();
                    self.known.insert((at as u32, *edge), to as u32);
                    self.nodes.push(Node::default());
                    if let Some(n) = self.nodes.get_mut(at) {
                        n.edges.push((*edge, to as u32));
                    }
                    to
                }
            };
        }
        let weight = path
            .iter()
            .map(|(e, _)| match e {
                Edge::Word(_) => 4,
                Edge::Class(_) | Edge::Mark(_) | Edge::Period => 3,
                Edge::Quantity(_) => 2,
                Edge::Item => 0,
            })
            .sum();
        let node = self.nodes.get_mut(at)?;
        if let Some((other, ..)) = &node.accept {
            return (*other != pattern).then_some(*other);
        }
        node.accept = Some((pattern, path.iter().map(|(_, s)| *s).collect(), weight));
        None
    }

    /// Prepares the quick test of what can begin a match.
    pub(super) fn finish(&mut self, words: usize) {
        self.known = FxHashMap::default();
        self.starts = vec![false; words];
        let edges = self.nodes.first().map(|n| n.edges.clone()).unwrap_or_default();
        for (edge, _) in edges {
            match edge {
                Edge::Word(id) => {
                    if let Some(s) = self.starts.get_mut(id as usize) {
                        *s = true;
                    }
                }
                Edge::Class(c) => self.start_classes |= 1 << c,
                Edge::Quantity(_) => self.figure_start = true,
                Edge::Period => self.period_start = true,
                Edge::Mark(_) | Edge::Item => {}
            }
        }
        for node in &mut self.nodes {
            let (words, edges) =
                std::mem::take(&mut node.edges).into_iter().partition(|(e, _)| matches!(e, Edge::Word(_)));
            let words: Vec<(Edge, u32)> = words;
            node.edges = edges;
            node.words = words
                .into_iter()
                .filter_map(|(e, to)| match e {
                    Edge::Word(id) => Some((id, to)),
                    _ => None,
                })
                .collect();
            node.words.sort_unstable();
            for (edge, _) in &node.edges {
                match edge {
                    Edge::Word(_) => {}
                    Edge::Class(c) => node.classes |= 1 << c,
                    Edge::Item => node.asks |= ITEM,
                    Edge::Mark(_) => node.asks |= MARK,
                    Edge::Quantity(_) => node.asks |= FIGURE,
                    Edge::Period => node.asks |= PERIOD,
                }
            }
        }
    }

    pub(super) fn longest(&self, packs: &Packs, tokens: &[Token], at: usize, lexed: &Lexed) -> Option<Match> {
        match tokens.get(at)?.kind {
            TokenKind::Word(id) => {
                let class = packs.vocabulary.classes_of(id) & self.start_classes != 0;
                if !class && !self.starts.get(id as usize).copied().unwrap_or(false) {
                    return None;
                }
            }
            TokenKind::Quantity(_) if self.figure_start => {}
            TokenKind::Period(_) if self.period_start => {}
            _ => return None,
        }
        let mut walk = Walk { trie: self, packs, tokens, lexed, best: None };
        walk.go(0, at, None);
        let (pattern, end, _, slots) = walk.best?;
        Some(Match { pattern, start: at as u32, end: end as u32, slots })
    }
}

type Slots = [(u32, u32); MAX_SLOTS];

struct Walk<'a> {
    trie: &'a Trie,
    packs: &'a Packs,
    tokens: &'a [Token],
    lexed: &'a Lexed,
    best: Option<(u32, usize, u32, Slots)>,
}

/// A step of a walk: the tokens that an edge took, and the step before.
struct Step<'s> {
    taken: (u32, u32),
    before: Option<&'s Step<'s>>,
}

/// Most tokens that an item's name may take inside a template.
const MAX_ITEM_TOKENS: usize = 6;

impl Walk<'_> {
    fn go(&mut self, node: u32, at: usize, steps: Option<&Step>) {
        let Some(n) = self.trie.nodes.get(node as usize) else {
            return;
        };
        if let Some((pattern, slots, weight)) = &n.accept {
            let better = self.best.as_ref().is_none_or(|(_, end, w, _)| at > *end || (at == *end && weight > w));
            if better {
                self.best = Some((*pattern, at, *weight, filled(slots, steps)));
            }
        }
        let Some(token) = self.tokens.get(at) else {
            return;
        };
        let asked = match token.kind {
            TokenKind::Word(id) => {
                if let Ok(found) = n.words.binary_search_by_key(&id, |(word, _)| *word)
                    && let Some((_, to)) = n.words.get(found)
                {
                    self.step(at, at + 1, *to, steps);
                }
                n.asks & ITEM != 0 || self.packs.vocabulary.classes_of(id) & n.classes != 0
            }
            TokenKind::Text => n.asks & ITEM != 0,
            TokenKind::Mark(_) => n.asks & MARK != 0,
            TokenKind::Quantity(_) => n.asks & FIGURE != 0,
            TokenKind::Period(_) => n.asks & PERIOD != 0,
            TokenKind::Ordinal(_) | TokenKind::Decoy(_) => false,
        };
        if !asked {
            return;
        }
        for (edge, to) in &n.edges {
            if *edge == Edge::Item {
                let longest = (0..MAX_ITEM_TOKENS).take_while(|i| self.item(at + i)).count();
                for len in (1..=longest).rev() {
                    self.step(at, at + len, *to, steps);
                }
            } else if self.takes(*edge, token) {
                self.step(at, at + 1, *to, steps);
            }
        }
    }

    fn step(&mut self, from: usize, upto: usize, node: u32, before: Option<&Step>) {
        self.go(node, upto, Some(&Step { taken: (from as u32, upto as u32), before }));
    }

    fn takes(&self, edge: Edge, token: &Token) -> bool {
        match (edge, token.kind) {
            (Edge::Word(w), TokenKind::Word(id)) => w == id,
            (Edge::Class(c), TokenKind::Word(id)) => self.packs.vocabulary.classes_of(id) & (1 << c) != 0,
            (Edge::Mark(m), TokenKind::Mark(t)) => m == t,
            (Edge::Quantity(f), TokenKind::Quantity(_)) => self.lexed.quantity(token).is_some_and(|q| f.takes(q.kind)),
            (Edge::Period, TokenKind::Period(_)) => true,
            _ => false,
        }
    }

    fn item(&self, at: usize) -> bool {
        match self.tokens.get(at).map(|t| t.kind) {
            Some(TokenKind::Text) => true,
            // 增26万元: right before a number it says which way, elsewhere it is part of a name.
            Some(TokenKind::Word(id)) if self.packs.vocabulary.classes_of(id) & self.packs.classes.brief != 0 => {
                !self.tokens.get(at + 1).is_some_and(|t| matches!(t.kind, TokenKind::Quantity(_)))
            }
            Some(TokenKind::Word(id)) => self.packs.is_item(id),
            _ => false,
        }
    }
}

/// What each slot holds, from the steps back to the first: of two that fill one
/// slot the later one counts.
fn filled(slots: &[u8], steps: Option<&Step>) -> Slots {
    let mut filled = [(0, 0); MAX_SLOTS];
    let mut at = steps;
    for slot in slots.iter().rev() {
        let Some(step) = at else { break };
        if let Some(f) = filled.get_mut(*slot as usize).filter(|f| **f == (0, 0)) {
            *f = step.taken;
        }
        at = step.before;
    }
    filled
}
