//! The words of the packs as a trie: at a place in the text, the longest word
//! that begins there. Many places begin no word, and one look at a table of
//! first characters tells.

use super::EntryId;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Characters below stand in the table of first characters: all but a few words
/// begin with one of the basic CJK block.
const TABLE: usize = 0xA000;

/// What a first character begins. All zero: nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Root {
    /// Those of its node, told before the node itself is looked at.
    marks: u64,
    node: u32,
    /// The word of this one character, counted from 1.
    word: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// A bit for each child's character, modulo 64: tells most misses without a search.
    marks: u64,
    /// The character that leads here.
    key: char,
    /// The word that ends here, counted from 1.
    word: u32,
    /// Its children lie side by side from here on, by their bits.
    first: u32,
    children: u32,
}

/// A trie of words, by character. Its nodes lie level by level: those that
/// every character of a text asks for are close together.
#[derive(Debug, Default)]
pub(crate) struct Words {
    nodes: Vec<Node>,
    /// What first characters begin, side by side; the first is of those that begin nothing.
    roots: Vec<Root>,
    /// By first character the place in `roots`: a small table, and a map for the rest.
    places: Vec<u16>,
    others: FxHashMap<char, Root>,
}

impl Words {
    /// Builds the trie. `words` must be sorted by text and without duplicates.
    pub(crate) fn build(words: &[(&str, EntryId)]) -> Self {
        let mut trie = Words { roots: vec![Root::default()], places: vec![0; TABLE], ..Words::default() };
        // The words that go on behind each node, and how many of their bytes lead to it.
        let mut tails: Vec<(Range<usize>, usize)> = Vec::new();
        let mut groups = Vec::new();
        group(words, 0..words.len(), 0, &mut groups);
        trie.grow(&groups, 0, &mut tails);
        let count = trie.nodes.len();
        let mut at = 0;
        while let Some((range, depth)) = tails.get(at).cloned() {
            let word = words.get(range.start).filter(|(text, _)| text.len() == depth).map_or(0, |(_, id)| id + 1);
            group(words, range, depth, &mut groups);
            if let Some(node) = trie.nodes.get_mut(at) {
                (node.word, node.first, node.children) = (word, tails.len() as u32, groups.len() as u32);
                node.marks = groups.iter().fold(0, |marks, (c, _)| marks | bit(*c));
            }
            trie.grow(&groups, depth, &mut tails);
            at += 1;
        }
        for (node, n) in trie.nodes.iter().take(count).zip(0..) {
            let root = Root { marks: node.marks, node: n, word: node.word };
            match (trie.places.get_mut(node.key as usize), u16::try_from(trie.roots.len())) {
                (Some(place), Ok(next)) => {
                    *place = next;
                    trie.roots.push(root);
                }
                _ => {
                    trie.others.insert(node.key, root);
                }
            }
        }
        trie
    }

    /// Adds a node for each character that goes on.
    fn grow(&mut self, groups: &[(char, Range<usize>)], depth: usize, tails: &mut Vec<(Range<usize>, usize)>) {
        for (key, range) in groups {
            self.nodes.push(Node { key: *key, ..Node::default() });
            tails.push((range.clone(), depth + key.len_utf8()));
        }
    }

    #[inline]
    fn root(&self, first: char) -> Root {
        match self.places.get(first as usize).and_then(|place| self.roots.get(*place as usize)) {
            Some(root) => *root,
            None => self.others.get(&first).copied().unwrap_or_default(),
        }
    }

    /// Whether any word begins with a character.
    #[inline]
    pub(crate) fn begins(&self, first: char) -> bool {
        let root = self.root(first);
        root.marks != 0 || root.word != 0
    }

    /// The longest word that `text` begins with, and its bytes.
    #[inline]
    pub(crate) fn longest(&self, text: &str) -> Option<(EntryId, usize)> {
        let mut best = None;
        self.each(text, |word, len| best = Some((word, len)));
        best
    }

    /// The word that `text` begins with, and its bytes: the longest, unless a word of one
    /// character leaves a longer one behind it, 加｜上级补助收入 and not 加上｜级补助收入.
    #[inline]
    pub(crate) fn first(&self, text: &str) -> Option<(EntryId, usize)> {
        let (mut short, mut best) = (None, None);
        self.each(text, |word, len| {
            if best.is_none() {
                short = Some((word, len));
            }
            best = Some((word, len));
        });
        let (short, best) = (short?, best?);
        let one = text.chars().next().is_some_and(|c| c.len_utf8() == short.1);
        if !one || short == best {
            return Some(best);
        }
        let behind = |len: usize| self.longest(text.get(len..)?).map(|(_, tail)| len + tail);
        let split = behind(short.1).is_some_and(|short| short > behind(best.1).unwrap_or(best.1).max(best.1 + 6));
        Some(if split { short } else { best })
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
        let Root { mut marks, node, word } = self.root(first);
        let mut used = first.len_utf8();
        if let Some(word) = word.checked_sub(1) {
            found(word, used);
        }
        let mut at = node;
        loop {
            let c = chars.next().filter(|c| marks & bit(*c) != 0)?;
            at = self.child(self.nodes.get(at as usize)?, c)?;
            let node = self.nodes.get(at as usize)?;
            used += c.len_utf8();
            if let Some(word) = node.word.checked_sub(1) {
                found(word, used);
            }
            marks = node.marks;
        }
    }

    /// The child of a node, whose marks are set for its character.
    #[inline]
    fn child(&self, node: &Node, c: char) -> Option<u32> {
        let before = (node.marks & (bit(c) - 1)).count_ones();
        let leads = |n: &Node| n.key == c;
        if node.marks.count_ones() == node.children {
            // No two children share a bit.
            let at = node.first + before;
            return self.nodes.get(at as usize).is_some_and(leads).then_some(at);
        }
        let children = node.first..node.first + node.children;
        let nodes = self.nodes.get(children.start as usize..children.end as usize)?;
        children.zip(nodes).find(|(_, n)| leads(n)).map(|(at, _)| at)
    }
}

fn bit(c: char) -> u64 {
    1 << (c as u32 % 64)
}

/// Words that go on behind so many bytes, grouped by their next character, in the
/// order of its bit.
fn group(words: &[(&str, EntryId)], range: Range<usize>, depth: usize, groups: &mut Vec<(char, Range<usize>)>) {
    groups.clear();
    for at in range {
        let Some(c) = words.get(at).and_then(|(text, _)| text.get(depth..)?.chars().next()) else { continue };
        match groups.last_mut() {
            Some((last, range)) if *last == c => range.end = at + 1,
            _ => groups.push((c, at..at + 1)),
        }
    }
    groups.sort_unstable_by_key(|(c, _)| (*c as u32 % 64, *c));
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

    #[test]
    fn a_word_of_one_character_may_leave_a_longer_one() {
        let mut words = vec![
            ("加", 1),
            ("加上", 2),
            ("上级补助收入", 3),
            ("上年", 4),
            ("占", 5),
            ("占地", 6),
            ("收", 7),
            ("收入", 8),
        ];
        words.sort_unstable();
        let trie = Words::build(&words);
        assert_eq!(trie.first("加上级补助收入3万元"), Some((1, 3)));
        assert_eq!(trie.first("加上上级补助收入3万元"), Some((2, 6)));
        assert_eq!(trie.first("占地3亩"), Some((6, 6)));
        assert_eq!(trie.first("收入3万元"), Some((8, 6)));
        assert_eq!(trie.first("支出"), None);
    }

    #[test]
    fn children_of_one_bit_are_told_apart() {
        // 一 and 乀 are 64 characters apart.
        let mut words = vec![("一", 1), ("一一", 2), ("一乀", 3), ("一a", 4), ("𠀀一", 5), ("一乀一", 6)];
        words.sort_unstable();
        let trie = Words::build(&words);
        for (text, id) in words {
            assert_eq!(trie.longest(text), Some((id, text.len())));
        }
        assert_eq!(trie.longest("一丁"), Some((1, 3)));
        assert!(trie.begins('𠀀') && !trie.begins('乀'));
    }
}
