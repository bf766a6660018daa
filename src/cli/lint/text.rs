//! The report for people.

use super::{Linted, Names, Used};
use crate::cli::lang::pick;
use crate::document::Lang;
use std::fmt::Write as _;

impl Linted {
    /// The report for people; `verbose` lists what never occurs.
    #[must_use]
    pub fn text(&self, verbose: bool, lang: Lang) -> String {
        let mut out = String::new();
        let (notes, examples) = (self.notes, self.examples);
        let _ = writeln!(
            out,
            "{}",
            match lang {
                Lang::Zh => format!("查看了 {notes} 份说明、{examples} 个示例"),
                Lang::En => format!("looked through {notes} notes, {examples} examples"),
            }
        );
        self.uses(&mut out, verbose, lang);
        self.names(&mut out, lang);
        for p in &self.problems {
            let _ = writeln!(out, "✗ {}", p.message(lang));
        }
        let _ = match (self.problems.len(), lang) {
            (0, _) => writeln!(out, "{}", pick(lang, "✓ 没有问题", "✓ no problems")),
            (n, Lang::Zh) => writeln!(out, "{n} 个问题"),
            (n, Lang::En) => writeln!(out, "{n} problem(s)"),
        };
        out
    }

    fn uses(&self, out: &mut String, verbose: bool, lang: Lang) {
        // Without notes there are no headings, and nobody states an identity.
        let kinds = [
            (pick(lang, "模式", "patterns"), &self.patterns),
            (pick(lang, "标题", "sections"), &self.sections),
            (pick(lang, "勾稽关系", "identities"), &self.identities),
            (pick(lang, "话题", "topics"), &self.topics),
        ];
        for (kind, all) in kinds.into_iter().take(if self.notes > 0 { 4 } else { 1 }) {
            line(out, kind, all, lang);
            for u in all.iter().filter(|_| verbose) {
                let _ = writeln!(out, "  {:>5}  {}  {}:{}", u.uses, u.id, u.file, u.line);
                if !u.never.is_empty() {
                    let never = pick(lang, "从不出现", "never");
                    let _ = writeln!(out, "         {never}: {}", u.never.join("、"));
                }
            }
        }
    }

    fn names(&self, out: &mut String, lang: Lang) {
        let (all, never): (usize, usize) = self.names.iter().fold((0, 0), |(a, n), f| (a + f.names, n + f.never));
        let _ = writeln!(
            out,
            "{}",
            match lang {
                Lang::Zh => format!("名称和词：共 {all} 个，{never} 个没有出现"),
                Lang::En => format!("names and words: {all}, {never} never occur"),
            }
        );
        let column = self.names.iter().map(|f| f.file.len()).max().unwrap_or(0);
        for Names { file, names, never, list } in &self.names {
            let of = pick(lang, "/", "of");
            let _ = writeln!(out, "  {file:<column$}  {never:>4} {of} {names}");
            if let Some(list) = list.as_ref().filter(|l| !l.is_empty()) {
                let _ = writeln!(out, "    {}", list.join("、"));
            }
        }
    }
}

/// How many of a kind are used, and which are not.
fn line(out: &mut String, kind: &str, all: &[Used], lang: Lang) {
    let idle: Vec<&str> = all.iter().filter(|u| u.uses == 0).map(|u| u.id.as_str()).collect();
    let (count, used) = (all.len(), all.len() - idle.len());
    let _ = match lang {
        Lang::Zh => write!(out, "{kind}：共 {count} 个，用到 {used} 个"),
        Lang::En => write!(out, "{kind}: {count}, {used} used"),
    };
    if !idle.is_empty() {
        let _ = write!(out, "{}{}", pick(lang, "；没有用到：", "; not used: "), idle.join(", "));
    }
    out.push('\n');
}
