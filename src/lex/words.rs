//! The words of the packs as a trie: at a place in the text, the longest word
//! that begins there. Many places begin no word, and one look at a table of
//! first characters tells.

use super::EntryId;
use rustc_hash::FxHashMap;

/// Characters below stand in the table of first characters: all but a few words
/// begin with one of the basic CJK block.
const TABLE: u32 = 0xA000;

/// No node, no word.
const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Node {
    /// The word that ends here.
    word: u32,
    /// Its children lie side by side, from here on.
    first: u32,
    children: u32,
    /// A bit for each child's character, modulo 64: tells most misses without a search.
    marks: u64,
}

/// A trie of words, by character. Its nodes lie level by level: those that
/// every character of a text asks for are close together.
#[derive(Debug, Default)]
pub(crate) struct Words {
    nodes: Vec<Node>,
    /// The character that leads to each node.
    keys: Vec<char>,
    /// Nodes by first character, counted from 1: a table, and a map for the rest.
    roots: Vec<u32>,
    others: FxHashMap<char, u32>,
}

impl Words {
    /// Builds the trie. `words` must be sorted by text and without duplicates.
    pub(crate) fn build(words: &[(&str, EntryId)]) -> Self {
        let mut trie = Words { roots: vec![0; TABLE as usize], ..Words::default() };
        let mut level: Vec<Vec<(&str, EntryId)>> = trie.grow(words);
        for (key, node) in trie.keys.iter().zip(1..) {
            match trie.roots.get_mut(*key as usize) {
                Some(slot) => *slot = node,
                None => {
                    trie.others.insert(*key, node);
                }
            }
        }
        let mut at = 0;
        while !level.is_empty() {
            let mut below = Vec::new();
            for tails in level {
                let first = trie.nodes.len() as u32;
                let groups = trie.grow(&tails);
                let marks = tails.iter().filter_map(|(t, _)| t.chars().next()).fold(0, |m, c| m | bit(c));
                if let Some(node) = trie.nodes.get_mut(at) {
                    let word = tails.iter().find(|(t, _)| t.is_empty()).map_or(NONE, |(_, id)| *id);
                    *node = Node { word, first, children: groups.len() as u32, marks };
                }
                below.extend(groups);
                at += 1;
            }
            level = below;
        }
        trie
    }

    /// Adds a node for each character that goes on; what goes on after each.
    fn grow<'w>(&mut self, tails: &[(&'w str, EntryId)]) -> Vec<Vec<(&'w str, EntryId)>> {
        let groups = groups(tails);
        for (key, _) in &groups {
            self.keys.push(*key);
            self.nodes.push(EMPTY);
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// Whether any word begins with a character.
    #[inline]
    pub(crate) fn begins(&self, first: char) -> bool {
        self.root(first) != 0
    }

    #[inline]
    fn root(&self, first: char) -> u32 {
        match self.roots.get(first as usize) {
            Some(node) => *node,
            None => self.others.get(&first).copied().unwrap_or(0),
        }
    }

    /// The longest word that `text` begins with, and its bytes.
    pub(crate) fn longest(&self, text: &str) -> Option<(EntryId, usize)> {
        let mut best = None;
        self.each(text, |word, len| best = Some((word, len)));
        best
    }

    /// Every word that `text` begins with, shortest first.
    #[inline]
    pub(crate) fn each(&self, text: &str, mut found: impl FnMut(EntryId, usize)) {
        self.walk(text, &mut found);
    }

    #[inline]
    fn walk(&self, text: &str, found: &mut impl FnMut(EntryId, usize)) -> Option<()> {
        let mut chars = text.chars();
        let first = chars.next()?;
        let mut node = self.nodes.get((self.root(first) as usize).checked_sub(1)?)?;
        let mut used = first.len_utf8();
        loop {
            if node.word != NONE {
                found(node.word, used);
            }
            if node.children == 0 {
                return None;
            }
            let c = chars.next().filter(|c| node.marks & bit(*c) != 0)?;
            let keys = self.keys.get(node.first as usize..(node.first + node.children) as usize)?;
            let child = if keys.len() <= 8 { keys.iter().position(|k| *k == c) } else { keys.binary_search(&c).ok() };
            node = self.nodes.get(node.first as usize + child?)?;
            used += c.len_utf8();
        }
    }
}

const EMPTY: Node = Node { word: NONE, first: 0, children: 0, marks: 0 };

fn bit(c: char) -> u64 {
    1 << (c as u32 % 64)
}

/// Words that go on, grouped by their next character, which is taken off.
fn groups<'w>(words: &[(&'w str, EntryId)]) -> Vec<(char, Vec<(&'w str, EntryId)>)> {
    let mut out: Vec<(char, Vec<(&str, EntryId)>)> = Vec::new();
    for (text, id) in words {
        let mut chars = text.chars();
        let Some(key) = chars.next() else { continue };
        let tail = (chars.as_str(), *id);
        match out.last_mut() {
            Some((last, group)) if *last == key => group.push(tail),
            _ => out.push((key, vec![tail])),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let mut words = vec![("收入", 1), ("收入预算", 2), ("公用", 3), ("公用经费", 4), ("GDP", 5)];
        words.sort_unstable();
        let trie = Words::build(&words);
        assert_eq!(trie.longest("收入预算数"), Some((2, 12)));
        assert_eq!(trie.longest("收入预"), Some((1, 6)));
        assert_eq!(trie.longest("公用车"), Some((3, 6)));
        assert_eq!(trie.longest("GDP增长"), Some((5, 3)));
        assert_eq!(trie.longest("公"), None);
        assert_eq!(trie.longest("支出"), None);
        assert_eq!(trie.longest(""), None);
    }
}
