//! The page as a tree: html5ever's tree builder over an arena.
//!
//! Nodes are numbers in one vector and text is one buffer, so nothing recurses,
//! not even dropping. Between tokenizer and tree builder sits [`Filter`], which
//! keeps the tree builder's cost in bounds (depth, number of nodes, nested
//! formatting elements) and knows where in the page each token stands.

use super::hints::{self, Kind};
use crate::document::source_map::{Run, push_run};
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    CharacterTokens, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, QualName, TokenizerResult, local_name, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// The number of a node.
pub(super) type Id = u32;
pub(super) const ROOT: Id = 0;
const NONE: Id = Id::MAX;

/// Elements inside elements, as deep as browsers go; deeper ones are read as
/// if they stood beside each other.
const MAX_DEPTH: u16 = 512;
/// Past this, tags only break lines.
const MAX_NODES: usize = 2_000_000;
/// Stands for a line break where a tag is left out.
pub(super) const LINE_SEPARATOR: char = '\u{2028}';

pub(super) const HIDDEN: u16 = 1;
pub(super) const STRONG: u16 = 1 << 1;
pub(super) const WEAK: u16 = 1 << 2;
pub(super) const FURNITURE: u16 = 1 << 3;
pub(super) const HEADLINE: u16 = 1 << 4;
pub(super) const PRE: u16 = 1 << 5;
/// A link that leads away from the page.
pub(super) const AWAY: u16 = 1 << 6;

struct Node {
    parent: Id,
    first: Id,
    last: Id,
    previous: Id,
    next: Id,
    /// Text: its range of the buffer. Cell: columns and rows that it spans.
    pair: (u32, u32),
    depth: u16,
    flags: u16,
    kind: Kind,
}

/// What the page's head says.
#[derive(Default)]
pub(super) struct Meta {
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) url: Option<String>,
}

/// Which limits were met.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) depth: bool,
    pub(super) nodes: bool,
}

/// A parsed page.
pub(super) struct Tree {
    nodes: Vec<Node>,
    text: String,
    runs: Vec<Run>,
    pub(super) meta: Meta,
    pub(super) limits: Limits,
}

impl Tree {
    fn new() -> Self {
        let mut tree =
            Self { nodes: vec![], text: String::new(), runs: vec![], meta: Meta::default(), limits: Limits::default() };
        tree.create(Kind::Block, 0, (1, 1));
        tree
    }

    fn create(&mut self, kind: Kind, flags: u16, pair: (u32, u32)) -> Id {
        let id = Id::try_from(self.nodes.len()).unwrap_or(NONE);
        let [parent, first, last, previous, next] = [NONE; 5];
        self.nodes.push(Node { parent, first, last, previous, next, pair, depth: 0, flags, kind });
        id
    }

    fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    fn node_mut(&mut self, id: Id) -> Option<&mut Node> {
        self.nodes.get_mut(id as usize)
    }

    fn link(&self, id: Id, which: impl FnOnce(&Node) -> Id) -> Option<Id> {
        self.node(id).map(which).filter(|id| *id != NONE)
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.link(id, |node| node.parent)
    }

    pub(super) fn first_child(&self, id: Id) -> Option<Id> {
        self.link(id, |node| node.first)
    }

    pub(super) fn next_sibling(&self, id: Id) -> Option<Id> {
        self.link(id, |node| node.next)
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.first_child(id), |id| self.next_sibling(*id))
    }

    pub(super) fn kind(&self, id: Id) -> Kind {
        self.node(id).map_or(Kind::Skip, |node| node.kind)
    }

    pub(super) fn has(&self, id: Id, flags: u16) -> bool {
        self.node(id).is_some_and(|node| node.flags & flags != 0)
    }

    /// Columns and rows that a cell spans.
    pub(super) fn spans(&self, id: Id) -> (u32, u32) {
        self.node(id).map_or((1, 1), |node| node.pair)
    }

    /// The text of a text node; empty for an element.
    pub(super) fn text(&self, id: Id) -> &str {
        self.text.get(self.range(id)).unwrap_or_default()
    }

    /// Where that text stands in the buffer that [`Self::sources`] counts in.
    pub(super) fn range(&self, id: Id) -> Range<usize> {
        match self.node(id) {
            Some(node) if node.kind == Kind::Text => node.pair.0 as usize..node.pair.1 as usize,
            _ => 0..0,
        }
    }

    /// The runs of a stretch of the buffer: offset in the stretch, place in the page.
    pub(super) fn sources(&self, stretch: Range<usize>) -> impl Iterator<Item = Run> {
        let after = self.runs.partition_point(|run| run.text() <= stretch.start);
        let first = after.saturating_sub(1);
        self.runs.iter().skip(first).take_while(move |run| run.text() < stretch.end).map(move |run| {
            match stretch.start.checked_sub(run.text()) {
                Some(into) => Run::new(0, run.source() + if run.exact() { into } else { 0 }, run.exact()),
                None => Run::new(run.text() - stretch.start, run.source(), run.exact()),
            }
        })
    }

    /// All nodes under `root`, itself first, parents before children.
    pub(super) fn walk(&self, root: Id) -> Walk<'_> {
        Walk { tree: self, root, next: Some(root) }
    }

    fn detach(&mut self, id: Id) {
        let Some(node) = self.node_mut(id) else {
            return;
        };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        [node.parent, node.previous, node.next] = [NONE; 3];
        match self.node_mut(previous) {
            Some(node) => node.next = next,
            None => {
                if let Some(node) = self.node_mut(parent) {
                    node.first = next;
                }
            }
        }
        match self.node_mut(next) {
            Some(node) => node.previous = previous,
            None => {
                if let Some(node) = self.node_mut(parent) {
                    node.last = previous;
                }
            }
        }
    }

    /// Puts `id` under `parent`, before `next` or last.
    fn insert(&mut self, parent: Id, id: Id, next: Id) {
        if id == NONE || parent == NONE || id == parent {
            return;
        }
        self.detach(id);
        let previous = match self.node(next) {
            Some(node) => node.previous,
            None => self.node(parent).map_or(NONE, |node| node.last),
        };
        let depth = self.node(parent).map_or(0, |node| node.depth).saturating_add(1);
        if let Some(node) = self.node_mut(id) {
            (node.parent, node.previous, node.next, node.depth) = (parent, previous, next, depth);
        }
        match self.node_mut(previous) {
            Some(node) => node.next = id,
            None => {
                if let Some(node) = self.node_mut(parent) {
                    node.first = id;
                }
            }
        }
        match self.node_mut(next) {
            Some(node) => node.previous = id,
            None => {
                if let Some(node) = self.node_mut(parent) {
                    node.last = id;
                }
            }
        }
    }

    fn insert_text(&mut self, parent: Id, text: &str, next: Id, source: usize, exact: bool) {
        let start = self.text.len();
        let neighbour = match self.node(next) {
            Some(node) => node.previous,
            None => self.node(parent).map_or(NONE, |node| node.last),
        };
        let range = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        push_run(&mut self.runs, Run::new(start, source, exact));
        self.text.push_str(text);
        let end = range(self.text.len());
        if let Some(node) = self.node_mut(neighbour)
            && node.kind == Kind::Text
            && node.pair.1 == range(start)
        {
            node.pair.1 = end;
            return;
        }
        let id = self.create(Kind::Text, 0, (range(start), end));
        self.insert(parent, id, next);
    }

    /// Whether text there can never be seen.
    fn drops(&self, parent: Id, text: &str) -> bool {
        match self.kind(parent) {
            Kind::Skip => true,
            Kind::Table | Kind::RowGroup | Kind::Row => text.bytes().all(|b| b.is_ascii_whitespace()),
            Kind::Block | Kind::Furniture => {
                !self.has(parent, PRE)
                    && text.bytes().all(|b| b.is_ascii_whitespace())
                    && self.link(parent, |node| node.last).is_none_or(|last| self.kind(last).is_block())
            }
            _ => false,
        }
    }
}

/// A walk over a part of the tree.
pub(super) struct Walk<'a> {
    tree: &'a Tree,
    root: Id,
    next: Option<Id>,
}

impl Walk<'_> {
    /// The node after `id` and all that is in it.
    fn after(&self, mut id: Id) -> Option<Id> {
        loop {
            if id == self.root {
                return None;
            }
            if let Some(next) = self.tree.next_sibling(id) {
                return Some(next);
            }
            id = self.tree.parent(id)?;
        }
    }

    /// Passes over what is in `id`, the node that came last.
    pub(super) fn pass_over(&mut self, id: Id) {
        self.next = self.after(id);
    }
}

impl Iterator for Walk<'_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        let id = self.next?;
        self.next = self.tree.first_child(id).or_else(|| self.after(id));
        Some(id)
    }
}

/// A node for the tree builder: its number and name.
#[derive(Clone)]
struct Handle {
    id: Id,
    name: Rc<QualName>,
}

struct Sink<'a> {
    source: &'a str,
    tree: RefCell<Tree>,
    nameless: Rc<QualName>,
    /// How deep the tree builder stands.
    depth: Cell<u16>,
    /// Where the token at hand stands in the page.
    token: Cell<(usize, usize)>,
    /// Where the next text can stand at the earliest.
    placed: Cell<usize>,
    /// The token at hand is text; text that comes with another has waited.
    in_text: Cell<bool>,
    /// The tree builder has taken text and not yet placed it.
    waiting: Cell<bool>,
}

impl Sink<'_> {
    fn place(&self, parent: Id, text: &str, next: Id) {
        self.waiting.set(false);
        let (source, exact) = self.locate(text);
        let mut tree = self.tree.borrow_mut();
        self.depth.set(tree.node(parent).map_or(0, |node| node.depth));
        if !tree.drops(parent, text) {
            tree.insert_text(parent, text, next, source, exact);
        }
    }

    /// Where `text` stands in the page, and whether it does so as it is.
    fn locate(&self, text: &str) -> (usize, bool) {
        /// Far more than one text of a table that has to wait.
        const WINDOW: usize = 1 << 16;
        let from = self.placed.get();
        let (start, end) = self.token.get();
        let found = |at: usize| self.source.as_bytes().get(at..at + text.len()) == Some(text.as_bytes());
        if text == "\n" && self.source.as_bytes().get(from) == Some(&b'\r') {
            let pair = self.source.as_bytes().get(from + 1) == Some(&b'\n');
            self.placed.set(from + 1 + usize::from(pair));
            return (from, false);
        }
        let ends_there = end.checked_sub(text.len()).filter(|at| *at >= from.max(start));
        let at = if found(from) {
            Some(from)
        } else if let Some(at) = ends_there.filter(|at| found(*at)) {
            Some(at)
        } else if text.len() > 4 {
            let window = self.source.as_bytes().get(from..end.min(from + WINDOW).max(from)).unwrap_or_default();
            memchr::memmem::find(window, text.as_bytes()).map(|at| from + at)
        } else {
            None
        };
        match at {
            Some(at) => {
                self.placed.set(at + text.len());
                (at, true)
            }
            None if self.in_text.get() => {
                // A character reference.
                self.placed.set(end);
                // Its `&` may have been looked at with the text before.
                let looked_at = self.source.as_bytes().get(from) == Some(&b'&');
                (if looked_at { from } else { start }, false)
            }
            None => (from, false),
        }
    }
}

fn attribute<'a>(attributes: &'a [Attribute], name: &LocalName) -> Option<&'a str> {
    attributes.iter().find(|attribute| attribute.name.local == *name).map(|attribute| &*attribute.value)
}

fn classify(name: &LocalName, attributes: &[Attribute]) -> (Kind, u16, (u32, u32)) {
    let kind = Kind::of(name);
    let mut flags = 0;
    let mut set = |flag: u16, on: bool| flags |= if on { flag } else { 0 };
    let mut pair = (1, 1);
    for attribute in attributes {
        let value = &*attribute.value;
        match &*attribute.name.local {
            "class" | "id" => {
                let hints = hints::of_names(value);
                set(STRONG, hints.strong);
                set(WEAK, hints.weak);
                set(FURNITURE, hints.furniture);
                set(HEADLINE, hints.headline);
            }
            "style" => {
                set(HIDDEN, hints::hides(value));
                set(PRE, hints::keeps_breaks(value));
            }
            "hidden" => set(HIDDEN, !value.eq_ignore_ascii_case("until-found")),
            "href" => set(AWAY, kind == Kind::Link && !value.starts_with('#')),
            "colspan" if kind == Kind::Cell => pair.0 = value.trim().parse().unwrap_or(1).clamp(1, 1000),
            "rowspan" if kind == Kind::Cell => pair.1 = value.trim().parse().unwrap_or(1).clamp(1, 65534),
            _ => {}
        }
    }
    set(STRONG, &**name == "ucapcontent");
    set(WEAK, matches!(&**name, "article" | "main"));
    set(FURNITURE, kind == Kind::Furniture);
    set(HEADLINE, matches!(&**name, "h1" | "ucaptitle"));
    set(PRE, matches!(&**name, "pre" | "listing" | "xmp" | "plaintext"));
    (kind, flags, pair)
}

impl Meta {
    fn note(&mut self, name: &LocalName, attributes: &[Attribute]) {
        let value = |name: LocalName| attribute(attributes, &name).map(str::trim).filter(|value| !value.is_empty());
        if *name == local_name!("link") {
            if value(local_name!("rel")).is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                self.url = self.url.take().or(value(local_name!("href")).map(str::to_owned));
            }
            return;
        }
        let key = value(local_name!("name")).or_else(|| value(LocalName::from("property")));
        let (Some(key), Some(content)) = (key, value(local_name!("content"))) else {
            return;
        };
        let slot = match key.to_ascii_lowercase().as_str() {
            "articletitle" | "og:title" => &mut self.title,
            "pubdate" | "publishdate" | "article:published_time" | "og:release_date" => &mut self.date,
            "url" | "og:url" => &mut self.url,
            _ => return,
        };
        slot.get_or_insert_with(|| content.to_owned());
    }
}

impl TreeSink for Sink<'_> {
    type Handle = Handle;
    type Output = ();
    type ElemName<'a>
        = &'a QualName
    where
        Self: 'a;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: ROOT, name: self.nameless.clone() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let (kind, flags, pair) = classify(&name.local, &attributes);
        let mut tree = self.tree.borrow_mut();
        if matches!(name.local, local_name!("meta") | local_name!("link")) {
            tree.meta.note(&name.local, &attributes);
        }
        // The `title` of a drawing is not that of the page.
        let kind = if kind == Kind::Title && name.ns != ns!(html) { Kind::Skip } else { kind };
        Handle { id: tree.create(kind, flags, pair), name: Rc::new(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { id: NONE, name: self.nameless.clone() }
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle { id: NONE, name: self.nameless.clone() }
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendText(text) => self.place(parent.id, &text, NONE),
            NodeOrText::AppendNode(node) => {
                let mut tree = self.tree.borrow_mut();
                tree.insert(parent.id, node.id, NONE);
                if let Some(node) = tree.node(node.id) {
                    self.depth.set(node.depth);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.tree.borrow().parent(element.id).is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        let depth = self.tree.borrow().node(node.id).map_or(0, |node| node.depth);
        self.depth.set(depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let Some(parent) = self.tree.borrow().parent(sibling.id) else {
            return;
        };
        match child {
            NodeOrText::AppendText(text) => self.place(parent, &text, sibling.id),
            NodeOrText::AppendNode(node) => {
                let mut tree = self.tree.borrow_mut();
                if node.id != sibling.id {
                    tree.insert(parent, node.id, sibling.id);
                }
                if let Some(node) = tree.node(node.id) {
                    self.depth.set(node.depth);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first_child(node.id) {
            if child == new_parent.id {
                break;
            }
            tree.insert(new_parent.id, child, NONE);
        }
    }
}

/// Stands between tokenizer and tree builder.
struct Filter<'a> {
    builder: TreeBuilder<Handle, Sink<'a>>,
    queue: &'a BufferQueue,
    /// How far the tokens before reached.
    end: Cell<usize>,
    /// Start tags that were left out, whose end tags are still to come.
    left_out: RefCell<HashMap<LocalName, u32>>,
}

impl Filter<'_> {
    fn sink(&self) -> &Sink<'_> {
        &self.builder.sink
    }

    /// What is still to be read: the tokenizer takes from the front of the queue.
    fn remaining(&self) -> usize {
        let mut taken = Vec::new();
        let mut remaining = 0;
        while let Some(buffer) = self.queue.pop_front() {
            remaining += buffer.len();
            if taken.is_empty() && self.queue.is_empty() {
                self.queue.push_front(buffer);
                return remaining;
            }
            taken.push(buffer);
        }
        for buffer in taken {
            self.queue.push_back(buffer);
        }
        remaining
    }

    fn line_break(&self, line: u64) -> TokenSinkResult<Handle> {
        self.builder.process_token(CharacterTokens(StrTendril::from_char(LINE_SEPARATOR)), line)
    }

    /// The tag as the tree builder shall see it; `None` leaves it out.
    fn admit(&self, mut tag: Tag) -> Option<Tag> {
        match &*tag.name {
            // Nested without limit, these cost the tree builder the square of
            // their number, and to the text they mean no more than a span.
            "b" | "i" | "u" | "s" | "em" | "strong" | "font" | "big" | "small" | "tt" | "code" | "strike" | "nobr" => {
                tag.name = local_name!("span");
            }
            // A frameset would throw the body away.
            "frameset" | "frame" | "noframes" | "plaintext" => return None,
            // Nothing to read, and no place in the tree.
            "img" | "input" | "col" | "area" | "embed" | "param" | "source" | "wbr" | "track" => {
                return None;
            }
            "br" | "hr" | "meta" | "link" | "base" => {
                let mut tree = self.sink().tree.borrow_mut();
                let too_many = tree.nodes.len() >= MAX_NODES;
                tree.limits.nodes |= too_many;
                return (!too_many).then_some(tag);
            }
            "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noscript" | "html" | "head"
            | "body" => return Some(tag),
            _ => {}
        }
        let mut left_out = self.left_out.borrow_mut();
        match tag.kind {
            StartTag => {
                let too_deep = self.sink().depth.get() >= MAX_DEPTH;
                let mut tree = self.sink().tree.borrow_mut();
                let too_many = tree.nodes.len() >= MAX_NODES;
                tree.limits.depth |= too_deep;
                tree.limits.nodes |= too_many;
                if too_deep || too_many {
                    *left_out.entry(tag.name).or_default() += 1;
                    return None;
                }
            }
            EndTag => {
                // Without a `p` to end, it would make one.
                if tag.name == local_name!("p") && self.sink().tree.borrow().nodes.len() >= MAX_NODES {
                    return None;
                }
                if let Some(count) = left_out.get_mut(&tag.name).filter(|count| **count > 0) {
                    *count -= 1;
                    return None;
                }
            }
        }
        Some(tag)
    }
}

impl TokenSink for Filter<'_> {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let sink = self.sink();
        if matches!(token, Token::ParseError(_)) {
            return TokenSinkResult::Continue;
        }
        let start = self.end.get();
        let end = sink.source.len().saturating_sub(self.remaining()).max(start);
        self.end.set(end);
        sink.token.set((start, end));
        if matches!(token, CharacterTokens(_)) {
            sink.in_text.set(true);
            sink.waiting.set(true);
            let result = self.builder.process_token(token, line);
            sink.in_text.set(false);
            return result;
        }
        let result = match token {
            TagToken(tag) => {
                let kind = Kind::of(&tag.name);
                let block = kind.is_block() || kind == Kind::Break;
                match self.admit(tag) {
                    Some(tag) => self.builder.process_token(TagToken(tag), line),
                    None => {
                        if !sink.waiting.get() {
                            sink.placed.set(end);
                        }
                        return if block { self.line_break(line) } else { TokenSinkResult::Continue };
                    }
                }
            }
            token => self.builder.process_token(token, line),
        };
        sink.placed.set(end);
        sink.waiting.set(false);
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Parses a page or a piece of one.
pub(super) fn parse(source: &str) -> Tree {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(source));
    let sink = Sink {
        source,
        tree: RefCell::new(Tree::new()),
        nameless: Rc::new(QualName::new(None, ns!(), local_name!(""))),
        depth: Cell::new(0),
        token: Cell::new((0, 0)),
        placed: Cell::new(0),
        in_text: Cell::new(false),
        waiting: Cell::new(false),
    };
    let builder = TreeBuilder::new(sink, TreeBuilderOpts::default());
    let filter = Filter { builder, queue: &queue, end: Cell::new(0), left_out: RefCell::default() };
    let tokenizer = Tokenizer::new(filter, TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() });
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.tree.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<(String, usize)> {
        let tree = parse(source);
        tree.walk(ROOT)
            .filter(|id| tree.kind(*id) == Kind::Text && !tree.text(*id).trim().is_empty())
            .map(|id| {
                let at = tree.sources(tree.range(id)).next().map_or(usize::MAX, Run::source);
                (tree.text(id).to_owned(), at)
            })
            .collect()
    }

    #[test]
    fn text_knows_its_place() {
        let source = "<!doctype html>\r\n<p>收入&nbsp;12<b>万</b>元 < 5&amp;</p><table>迷路<tr><td>支出&lt;3</table>末";
        for (text, at) in texts(source) {
            let first: String = text.chars().take(1).collect();
            let there = &source[at..];
            assert!(there.starts_with(&first) || there.starts_with('&'), "{text}: {there}");
        }
        let tree = parse(source);
        for id in tree.walk(ROOT).filter(|id| tree.kind(*id) == Kind::Text) {
            let text = tree.text(id);
            for (at, c) in text.char_indices() {
                let range = tree.range(id);
                let run = tree.sources(range.start + at..range.end).next().unwrap();
                if run.exact() {
                    assert!(source[run.source()..].starts_with(c), "{text} {c}");
                } else {
                    assert!(source[run.source()..].starts_with(['&', '<']), "{text} {c}: {}", &source[run.source()..]);
                }
            }
        }
    }

    #[test]
    fn stray_text_of_a_table_stands_before_it() {
        let found: Vec<String> = texts("<table>迷路<tr><td>支出</table>").into_iter().map(|(text, _)| text).collect();
        assert_eq!(found, ["迷路", "支出"]);
    }

    #[test]
    fn unclosed_and_crossed_tags() {
        let found: String = texts("<div><b><p>一<i>二</b>三</i><a href=x><p>四</a>五<frameset>六")
            .into_iter()
            .map(|(text, _)| text)
            .collect();
        assert_eq!(found, "一二三四五\u{2028}六");
    }

    #[test]
    fn depth_has_a_limit() {
        let source = format!("{}深{}浅", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = parse(&source);
        assert!(tree.limits.depth);
        let deepest = tree.nodes.iter().map(|node| node.depth).max().unwrap();
        assert!(deepest <= MAX_DEPTH + 2, "{deepest}");
        // The last text is outside again.
        let last = tree.walk(ROOT).filter(|id| tree.kind(*id) == Kind::Text).last().unwrap();
        assert!(tree.text(last).ends_with('浅'));
        assert!(tree.node(last).unwrap().depth < 5);
    }
}
