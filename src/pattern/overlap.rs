//! Readings of different patterns that match the same text: which of them
//! always loses, and where nothing but the order of the packs decides.

use super::Packs;
use super::trie::{Edge, Figure, Node};
use crate::lex::{ClassId, EntryId, Lexed, Mark, UnitKind, lex};
use crate::segment::{View, segment};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;

/// Two patterns, equally specific, that match the same text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// Index of the pattern that wins, as it stands first.
    pub first: usize,
    /// Index of the other.
    pub second: usize,
    /// A text that both match.
    pub text: String,
}

/// A pattern none of whose readings can ever win.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Index of the pattern.
    pub pattern: usize,
    /// Indexes of the patterns that win instead.
    pub to: Vec<usize>,
}

/// What the patterns of the packs take from each other.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Overlaps {
    /// Where only the order of the packs decides.
    pub ambiguous: Vec<Overlap>,
    /// Patterns that always lose.
    pub lost: Vec<Lost>,
}

/// Two walks through the templates over the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Pair {
    left: Place,
    right: Place,
    /// Whether the left was taken before the right where they parted.
    left_first: bool,
    /// Whether the right has so far taken all that the left takes.
    covers: bool,
}

/// A node, and whether the item that led there may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    node: u32,
    in_item: bool,
}

/// How a pair was reached: the pair before, and a text that took both there.
type Origins = FxHashMap<Pair, Option<(Pair, String)>>;

/// Goes through the templates twice at once.
struct Search<'p> {
    packs: &'p Packs,
    /// The words of each class.
    members: Vec<Vec<EntryId>>,
    origins: Origins,
    open: Vec<Pair>,
}

impl Packs {
    /// Finds patterns that match the same text.
    ///
    /// ```
    /// use gouji::pattern::Packs;
    /// let overlaps = Packs::builtin().unwrap().overlaps();
    /// assert!(overlaps.lost.is_empty() && overlaps.ambiguous.is_empty());
    /// ```
    #[must_use]
    pub fn overlaps(&self) -> Overlaps {
        let mut search = Search::new(self);
        search.run();
        Overlaps { ambiguous: search.ambiguous(), lost: search.lost() }
    }
}

impl<'p> Search<'p> {
    fn new(packs: &'p Packs) -> Self {
        let vocabulary = &packs.vocabulary;
        let member = |class: usize| -> Vec<EntryId> {
            let ids = 0..vocabulary.entries.len() as EntryId;
            ids.filter(|id| vocabulary.classes_of(*id) & (1 << class) != 0).collect()
        };
        let members = (0..vocabulary.classes.len()).map(member).collect();
        Self { packs, members, origins: Origins::default(), open: Vec::new() }
    }

    fn node(&self, place: Place) -> Option<&'p Node> {
        self.packs.trie.nodes.get(place.node as usize)
    }

    /// Every pair of walks that one text allows.
    fn run(&mut self) {
        let root = Place { node: 0, in_item: false };
        let start = Pair { left: root, right: root, left_first: false, covers: true };
        self.origins.insert(start, None);
        self.open.push(start);
        while let Some(pair) = self.open.pop() {
            self.step(pair);
        }
    }

    fn step(&mut self, pair: Pair) {
        let together = pair.left == pair.right;
        for (i, (le, left)) in self.moves(pair.left).into_iter().enumerate() {
            for (j, (re, right)) in self.moves(pair.right).into_iter().enumerate() {
                let Some(text) = self.shared(le, re) else { continue };
                let covers = pair.covers && self.covers(re, le);
                let left_first = if together { i < j } else { pair.left_first };
                let next = Pair { left, right, left_first, covers };
                if let Entry::Vacant(new) = self.origins.entry(next) {
                    new.insert(Some((pair, text)));
                    self.open.push(next);
                }
            }
        }
    }

    fn moves(&self, place: Place) -> Vec<(Edge, Place)> {
        let edges = self.node(place).into_iter().flat_map(super::trie::Node::edges);
        let on = place.in_item.then_some((Edge::Item, place));
        edges.map(|(e, to)| (e, Place { node: to, in_item: e == Edge::Item })).chain(on).collect()
    }

    fn class(&self, class: ClassId) -> &[EntryId] {
        self.members.get(class as usize).map(Vec::as_slice).unwrap_or_default()
    }

    fn word(&self, id: EntryId) -> String {
        self.packs.vocabulary.entry(id).map(|e| e.text.clone()).unwrap_or_default()
    }

    fn first_word(&self, class: ClassId, also: impl Fn(EntryId) -> bool) -> Option<String> {
        self.class(class).iter().copied().find(|w| also(*w)).map(|w| self.word(w))
    }

    /// A text of one token that both edges take.
    fn shared(&self, a: Edge, b: Edge) -> Option<String> {
        let in_class = |c: ClassId| move |w: EntryId| self.packs.vocabulary.classes_of(w) & (1 << c) != 0;
        match (a, b) {
            (Edge::Word(v), Edge::Word(w)) => (v == w).then(|| self.word(v)),
            (Edge::Class(c), Edge::Word(w)) | (Edge::Word(w), Edge::Class(c)) => in_class(c)(w).then(|| self.word(w)),
            (Edge::Class(c), Edge::Class(d)) => self.first_word(c, in_class(d)),
            (Edge::Item, Edge::Word(w)) | (Edge::Word(w), Edge::Item) => self.packs.is_item(w).then(|| self.word(w)),
            (Edge::Item, Edge::Class(c)) | (Edge::Class(c), Edge::Item) => {
                self.first_word(c, |w| self.packs.is_item(w))
            }
            (Edge::Item, Edge::Item) => Some("某".into()),
            (Edge::Period, Edge::Period) => Some("2023年".into()),
            (Edge::Mark(m), Edge::Mark(n)) => (m == n).then(|| mark(m).to_owned()),
            (Edge::Quantity(f), Edge::Quantity(g)) => {
                SAMPLES.iter().find(|(k, _)| f.takes(*k) && g.takes(*k)).map(|(_, text)| (*text).to_owned())
            }
            _ => None,
        }
    }

    /// Whether `wide` takes all that `narrow` takes.
    fn covers(&self, wide: Edge, narrow: Edge) -> bool {
        let all = |class: ClassId, test: &dyn Fn(EntryId) -> bool| self.class(class).iter().all(|w| test(*w));
        match (wide, narrow) {
            (Edge::Class(c), Edge::Word(w)) => self.packs.vocabulary.classes_of(w) & (1 << c) != 0,
            (Edge::Class(c), Edge::Class(d)) => all(d, &|w| self.packs.vocabulary.classes_of(w) & (1 << c) != 0),
            (Edge::Word(w), Edge::Class(d)) => all(d, &|v| v == w),
            (Edge::Item, Edge::Word(w)) => self.packs.is_item(w),
            (Edge::Item, Edge::Class(d)) => all(d, &|w| self.packs.is_item(w)),
            (Edge::Quantity(f), Edge::Quantity(g)) => kinds(f, g),
            (a, b) => a == b,
        }
    }

    /// The accepting pairs of different patterns: (pair, left, right, weights).
    fn rivals(&self) -> Vec<(Pair, u32, u32, u32, u32)> {
        let mut out = Vec::new();
        for pair in self.origins.keys() {
            let (Some(l), Some(r)) = (self.node(pair.left), self.node(pair.right)) else { continue };
            if let (Some((p, _, v)), Some((q, _, w))) = (&l.accept, &r.accept)
                && p != q
            {
                out.push((*pair, *p, *q, *v, *w));
            }
        }
        out.sort_by_key(|(pair, ..)| (pair.left.node, pair.right.node, pair.left_first, pair.covers));
        out
    }

    fn ambiguous(&self) -> Vec<Overlap> {
        let mut out: Vec<Overlap> = Vec::new();
        for (pair, first, second, v, w) in self.rivals() {
            let (first, second) = (first as usize, second as usize);
            if v != w || !pair.left_first || out.iter().any(|o| (o.first, o.second) == (first, second)) {
                continue;
            }
            let text = self.text(pair);
            if self.read_by(&text).is_some_and(|p| p == first || p == second) {
                out.push(Overlap { first, second, text });
            }
        }
        out.sort_by_key(|o| (o.first, o.second));
        out
    }

    /// A text that leads both walks there.
    fn text(&self, pair: Pair) -> String {
        let mut parts = Vec::new();
        let mut at = pair;
        while let Some(Some((before, text))) = self.origins.get(&at) {
            parts.push(text.as_str());
            at = *before;
        }
        parts.reverse();
        parts.concat()
    }

    /// The pattern that reads the whole of a text.
    fn read_by(&self, text: &str) -> Option<usize> {
        let view = View::new(text, &[]);
        let paragraphs = segment(&view, None).paragraphs;
        let mut lexed = Lexed::default();
        lex(&self.packs.vocabulary, &view.text, paragraphs.first()?, &mut lexed);
        let found = self.packs.match_at(&lexed.tokens, 0, &lexed)?;
        (found.end as usize == lexed.tokens.len()).then_some(found.pattern as usize)
    }

    fn lost(&self) -> Vec<Lost> {
        let mut losing: FxHashMap<u32, (FxHashSet<u32>, Vec<usize>)> = FxHashMap::default();
        for (pair, loser, winner, v, w) in self.rivals() {
            if pair.covers && (w > v || w == v && !pair.left_first) {
                let (nodes, to) = losing.entry(loser).or_default();
                nodes.insert(pair.left.node);
                to.push(winner as usize);
            }
        }
        let mut readings: FxHashMap<u32, usize> = FxHashMap::default();
        for (pattern, ..) in self.packs.trie.nodes.iter().filter_map(|n| n.accept.as_ref()) {
            *readings.entry(*pattern).or_default() += 1;
        }
        let mut out: Vec<Lost> = losing
            .into_iter()
            .filter(|(p, (nodes, _))| readings.get(p).is_some_and(|n| *n == nodes.len()))
            .map(|(p, (_, mut to))| {
                to.sort_unstable();
                to.dedup();
                Lost { pattern: p as usize, to }
            })
            .collect();
        out.sort_by_key(|l| l.pattern);
        out
    }
}

/// A figure of each kind.
const SAMPLES: &[(UnitKind, &str)] = &[
    (UnitKind::Money, "5万元"),
    (UnitKind::Percent, "5%"),
    (UnitKind::Points, "5个百分点"),
    (UnitKind::Times, "5倍"),
    (UnitKind::People, "5人"),
    (UnitKind::Vehicles, "5辆"),
    (UnitKind::Count, "5个"),
    (UnitKind::Physical, "5平方米"),
    (UnitKind::Bare, "5"),
];

fn kinds(wide: Figure, narrow: Figure) -> bool {
    SAMPLES.iter().all(|(kind, _)| !narrow.takes(*kind) || wide.takes(*kind))
}

fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Comma => "，",
        Mark::Pause => "、",
        Mark::Semicolon => "；",
        Mark::Stop => "。",
        Mark::Colon => "：",
        Mark::Open => "（",
        Mark::Close => "）",
        Mark::Bar | Mark::Line | Mark::Other => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two patterns over the words of two classes.
    fn packs(one: &str, other: &str) -> Packs {
        let pattern = |id: &str, template: &str| {
            format!(
                "[[pattern]]\nid = \"{id}\"\nabout = \"\"\ntemplate = \"{template}\"\n\
                 emits = [{{ slot = \"n\", as = \"level\" }}]\n\
                 example = [{{ text = \"\", facts = [] }}, {{ text = \"\", facts = [] }}]\n\
                 counterexample = [{{ text = \"\", why = \"\" }}]\n"
            )
        };
        let words = "[[words]]\nclass = \"up\"\nwords = [\"涨\", \"升\"]\n\
                     [[words]]\nclass = \"more\"\nwords = [\"升\", \"多\"]\n\
                     [[words]]\nclass = \"rise\"\nwords = [\"升\"]\n\
                     [[unit]]\nname = \"万元\"\nkind = \"money\"\n";
        let text = format!("{words}{}{}", pattern("one", one), pattern("other", other));
        Packs::compile(&[("own.toml".into(), text)]).unwrap()
    }

    #[test]
    fn equally_specific_patterns_quarrel_over_a_shared_word() {
        let found = packs("{d:up}{n:money}", "{d:more}{n:money}").overlaps();
        assert_eq!(found.ambiguous, [Overlap { first: 0, second: 1, text: "升5万元".into() }]);
        assert!(found.lost.is_empty());
    }

    #[test]
    fn a_more_specific_reading_is_no_quarrel() {
        assert_eq!(packs("涨{n:money}", "{d:up}{n:money}").overlaps(), Overlaps::default());
        assert_eq!(packs("{d:up}{n:money}", "{d:up}[{i:item}]{n:percent}").overlaps(), Overlaps::default());
    }

    #[test]
    fn a_pattern_loses_where_others_take_all_that_it_takes() {
        let lost = [Lost { pattern: 1, to: vec![0] }];
        // The word says more than its class of one.
        assert_eq!(packs("升{n:money}", "{d:rise}{n:money}").overlaps().lost, lost);
        // As specific, wider and before it.
        assert_eq!(packs("{d:up}{n:quantity}", "{d:up}{n:money}").overlaps().lost, lost);
        assert!(packs("{d:up}{n:money}", "{d:up}{n:quantity}").overlaps().lost.is_empty());
        // One of two readings is left.
        assert!(packs("升{n:money}", "{d:rise}[约]{n:money}").overlaps().lost.is_empty());
    }
}
