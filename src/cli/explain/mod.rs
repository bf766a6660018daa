//! `gouji explain`: a rule with its examples run, a pattern, a concept.

mod between;
pub(super) mod markdown;

use super::args::DocFormat;
use super::examples::note;
use super::lang::pick;
use super::near::distance;
use super::{Exit, complain};
use crate::Analysis;
use crate::check::{RULES, RuleDoc, rule_doc};
use crate::document::Lang;
use crate::pattern::{Packs, Pattern, Term};
use crate::report::text::{Look, report};
use crate::report::{flow_code, fund_code};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Near ids that are suggested.
const NEAR: usize = 5;
/// Longer ids than this, in characters, are near to nothing.
const LONGEST: usize = 64;

/// What is explained, and how.
pub(super) struct Explainer<'a> {
    pub packs: &'a Packs,
    pub format: DocFormat,
    pub look: Look,
    pub lang: Lang,
}

impl Explainer<'_> {
    /// Explains one id, or every rule, or lists all that can be explained.
    pub(super) fn run(&self, id: Option<&str>, every_rule: bool, mut out: impl Write) -> io::Result<Exit> {
        let Some(id) = id else {
            return if every_rule { self.every_rule(out) } else { self.all(out) };
        };
        let found = if let Some(doc) = rule_doc(id) {
            self.rule(&doc)
        } else if let Some(doc) = crate::across::rule_doc(id) {
            self.between(&doc)
        } else if let Some(pattern) = self.packs.patterns.iter().find(|p| *p.id == *id) {
            self.pattern(pattern)
        } else {
            let terms = self.terms(id);
            if terms.is_empty() {
                self.unknown(id);
                return Ok(Exit::Usage);
            }
            self.concept(&terms)
        };
        match (self.format, found) {
            (DocFormat::Json, (value, _)) => {
                serde_json::to_writer_pretty(&mut out, &value)?;
                writeln!(out)?;
            }
            (DocFormat::Text, (_, text)) => out.write_all(text.as_bytes())?,
            (DocFormat::Markdown, (_, text)) => match rule_doc(id) {
                Some(doc) => out.write_all(markdown::rule(self.packs, &doc, self.lang).as_bytes())?,
                None => write!(out, "```text\n{text}```\n")?,
            },
        }
        out.flush()?;
        Ok(Exit::Agree)
    }

    fn every_rule(&self, mut out: impl Write) -> io::Result<Exit> {
        let docs: Vec<RuleDoc> = RULES.iter().filter_map(|r| rule_doc(r.id)).collect();
        match self.format {
            DocFormat::Markdown => out.write_all(markdown::all(self.packs, &docs, self.lang).as_bytes())?,
            DocFormat::Json => {
                let values: Vec<Value> = docs.iter().map(|doc| self.rule(doc).0).collect();
                serde_json::to_writer_pretty(&mut out, &values)?;
                writeln!(out)?;
            }
            DocFormat::Text => {
                for (n, doc) in docs.iter().enumerate() {
                    write!(out, "{}{}", if n > 0 { "\n" } else { "" }, self.rule(doc).1)?;
                }
            }
        }
        out.flush()?;
        Ok(Exit::Agree)
    }

    pub(super) fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        pick(self.lang, zh, en)
    }

    fn rule(&self, doc: &RuleDoc) -> (Value, String) {
        let rule = doc.rule;
        let mut text = format!("{}\n{}\n\n{}\n", rule.id, self.pick(rule.title_zh, rule.title_en), doc.text);
        let mut examples = vec![];
        for (_, example) in &doc.notes {
            text.push_str(&format!("\n{}\n", self.pick("示例（当场运行）：", "Example (run just now):")));
            for line in example.lines() {
                text.push_str(&format!("    {line}\n"));
            }
            let Some(document) = note(self.pick("示例", "example"), example) else { continue };
            let mut analysis: Analysis = crate::analyze(self.packs, document, true);
            analysis.findings.list.retain(|f| f.rule.id == rule.id);
            text.push('\n');
            for line in report(self.packs, &analysis, self.look, self.lang).lines() {
                text.push_str(&format!("{line}\n"));
            }
            let output = crate::report::output(
                self.packs,
                &analysis.document,
                &analysis.view,
                &analysis.reading,
                &analysis.findings,
                self.lang,
            );
            examples.push(json!({"text": example, "findings": output.get("findings")}));
        }
        (described(rule.id, rule.family(), [rule.title_zh, rule.title_en], &doc.text, &examples), text)
    }

    fn pattern(&self, p: &Pattern) -> (Value, String) {
        let mut text = format!("{}\n{}\n\n", p.id, p.about);
        text.push_str(&format!("{}  {}\n", self.pick("模板", "template"), p.template));
        text.push_str(&format!("{}  {}:{}\n", self.pick("所在", "in"), p.file, p.line));
        text.push_str(&format!("\n{}\n", self.pick("读作：", "Examples:")));
        let mut examples = vec![];
        for e in &p.examples {
            text.push_str(&format!("  ✓ {}\n", e.text));
            let mut facts = vec![];
            for f in &e.facts {
                let unit = f.unit.as_deref().unwrap_or("");
                let label = f.label.as_deref().unwrap_or("");
                text.push_str(&format!("      {} {}{unit} {label}\n", f.measure, f.value));
                facts.push(json!({"measure": f.measure, "value": f.value, "unit": f.unit, "label": f.label,
                    "year": f.year, "stage": f.stage, "basis": f.basis, "basis_stage": f.basis_stage}));
            }
            examples.push(json!({"text": e.text, "year": e.year, "facts": facts}));
        }
        text.push_str(&format!("\n{}\n", self.pick("不读：", "Counterexamples:")));
        let mut counterexamples = vec![];
        for c in &p.counterexamples {
            text.push_str(&format!("  ✗ {}  ({})\n", c.text, c.why));
            counterexamples.push(json!({"text": c.text, "why": c.why}));
        }
        let value = json!({"kind": "pattern", "id": *p.id, "about": p.about, "template": p.template, "slots": p.slots,
            "examples": examples, "counterexamples": counterexamples, "file": p.file, "line": p.line});
        (value, text)
    }

    /// The terms of a concept, given by its id, a name or its code.
    fn terms(&self, id: &str) -> Vec<&Term> {
        let terms = &self.packs.terms;
        let named = |t: &&Term| t.name == id || t.variants.iter().any(|v| v == id) || t.code.as_deref() == Some(id);
        let concept = if self.packs.concept(id).is_some() {
            Some(id)
        } else {
            terms.iter().find(named).or_else(|| self.packs.term_named(id).map(|(_, t)| t)).map(|t| &*t.concept)
        };
        terms.iter().filter(|t| Some(&*t.concept) == concept).collect()
    }

    fn concept(&self, terms: &[&Term]) -> (Value, String) {
        let Some(first) = terms.first() else { return (Value::Null, String::new()) };
        let id = &*first.concept;
        let below = format!("{id}.");
        let children: Vec<&str> = self
            .packs
            .concept_ids()
            .into_iter()
            .filter(|c| c.strip_prefix(&below).is_some_and(|rest| !rest.contains('.')))
            .collect();
        let mut text = format!("{id}\n{}", first.name);
        if let Some(english) = &first.english {
            text.push_str(&format!("  {english}"));
        }
        text.push_str("\n\n");
        let mut names = vec![];
        for t in terms {
            let mut line = format!("{}  {}", self.pick("名称", "name"), t.name);
            if !t.variants.is_empty() {
                line.push_str(&format!("{}{}", self.pick("；又作 ", "; also "), t.variants.join("、")));
            }
            if let Some(code) = &t.code {
                line.push_str(&format!("{}{code}", self.pick("；编码 ", "; code ")));
            }
            if let Some(fund) = t.fund {
                line.push_str(&format!("{}{}", self.pick("；资金 ", "; fund "), fund_code(fund)));
            }
            if let Some(flow) = t.flow {
                line.push_str(&format!("{}{}", self.pick("；方向 ", "; flow "), flow_code(flow)));
            }
            for part in crate::report::text::wrap(&format!("{line}  [{}]", t.file), self.look.width) {
                text.push_str(&format!("{part}\n"));
            }
            names.push(json!({"name": t.name, "variants": t.variants, "english": t.english, "code": t.code,
                "fund": t.fund, "flow": t.flow, "takes": t.takes, "file": t.file}));
        }
        let parent = first.parent.as_deref().or_else(|| id.rsplit_once('.').map(|(parent, _)| parent));
        if let Some(parent) = parent {
            text.push_str(&format!("{}  {parent}\n", self.pick("上级", "part of")));
        }
        if !children.is_empty() {
            let line = format!("{}  {}", self.pick("下级", "parts"), children.join(self.pick("、", ", ")));
            for part in crate::report::text::wrap(&line, self.look.width) {
                text.push_str(&format!("{part}\n"));
            }
        }
        let value = json!({"kind": "concept", "id": id, "names": names, "parent": parent, "children": children});
        (value, text)
    }

    fn all(&self, mut out: impl Write) -> io::Result<Exit> {
        let concepts = self.packs.concept_ids();
        if self.format == DocFormat::Json {
            let rules: Vec<Value> =
                rules().map(|(id, zh, en)| json!({"id": id, "title": {"zh": zh, "en": en}})).collect();
            let patterns: Vec<Value> =
                self.packs.patterns.iter().map(|p| json!({"id": *p.id, "about": p.about})).collect();
            let concepts: Vec<Value> =
                concepts.iter().map(|c| json!({"id": c, "name": self.packs.concept(c).map(|t| &t.name)})).collect();
            let all = json!({"rules": rules, "patterns": patterns, "concepts": concepts});
            serde_json::to_writer_pretty(&mut out, &all)?;
            writeln!(out)?;
            out.flush()?;
            return Ok(Exit::Agree);
        }
        let ids = rules().map(|(id, ..)| id.len()).chain(self.packs.patterns.iter().map(|p| p.id.len()));
        let column = ids.max().unwrap_or(0);
        writeln!(out, "{}", self.pick("规则", "Rules"))?;
        for (id, zh, en) in rules() {
            writeln!(out, "  {id:<column$}  {}", self.pick(zh, en))?;
        }
        writeln!(out, "\n{}", self.pick("模式", "Patterns"))?;
        for p in &self.packs.patterns {
            writeln!(out, "  {:<column$}  {}", p.id, p.about)?;
        }
        let n = concepts.len();
        let line = match self.lang {
            Lang::Zh => format!(
                "概念 {n} 个：给出英文名（three_public）、中文名（公务接待费）或科目编码（205）即可；全部见 --format json"
            ),
            Lang::En => format!(
                "{n} concepts: give an id (three_public), a Chinese name (公务接待费) or a code (205); --format json lists them all"
            ),
        };
        writeln!(out)?;
        for part in crate::report::text::wrap(&line, self.look.width) {
            writeln!(out, "{part}")?;
        }
        out.flush()?;
        Ok(Exit::Agree)
    }

    fn unknown(&self, id: &str) {
        let near = self.near(id);
        let shown: String = id.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        let hint = match (near.is_empty(), self.lang) {
            (true, Lang::Zh) => "；全部名称见 gouji explain".to_owned(),
            (true, Lang::En) => "; gouji explain lists all".to_owned(),
            (false, Lang::Zh) => format!("；相近的有：{}", near.join("、")),
            (false, Lang::En) => format!("; near ones: {}", near.join(", ")),
        };
        complain(&match self.lang {
            Lang::Zh => format!("没有名为 {shown} 的规则、模式或概念{hint}"),
            Lang::En => format!("no rule, pattern or concept is called {shown}{hint}"),
        });
    }

    /// Ids that may have been meant: those that hold the word, then those that
    /// a few letters tell apart.
    fn near(&self, id: &str) -> Vec<&str> {
        let wanted: Vec<char> = id.to_lowercase().chars().take(LONGEST + 1).collect();
        if wanted.is_empty() || wanted.len() > LONGEST {
            return vec![];
        }
        let word: String = wanted.iter().collect();
        let all: BTreeSet<&str> = rules()
            .map(|(id, ..)| id)
            .chain(self.packs.patterns.iter().map(|p| &*p.id))
            .chain(self.packs.terms.iter().flat_map(|t| [&*t.concept, t.name.as_str()]))
            .collect();
        let mut scored: Vec<(usize, &str)> = all
            .into_iter()
            .filter_map(|candidate| {
                let chars: Vec<char> = candidate.chars().collect();
                let (far, far_from_beginning) = distance(&wanted, &chars);
                let holds = wanted.len() > 1 && candidate.contains(&word);
                if far * 3 <= wanted.len().max(3) {
                    Some((far, candidate))
                } else if holds || (wanted.len() > 3 && far_from_beginning * 4 <= wanted.len()) {
                    Some((100 * far_from_beginning.max(1) + chars.len(), candidate))
                } else {
                    None
                }
            })
            .collect();
        scored.sort_unstable();
        scored.into_iter().take(NEAR).map(|(_, id)| id).collect()
    }
}

/// A rule as `--format json` describes it; its titles in Chinese and English.
fn described(id: &str, family: &str, [zh, en]: [&str; 2], text: &str, examples: &[Value]) -> Value {
    json!({
        "kind": "rule",
        "id": id,
        "family": family,
        "title": {"zh": zh, "en": en},
        "documentation": text,
        "examples": examples,
    })
}

/// Every rule's id and titles: those of one document, then those between documents.
fn rules() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let between = crate::across::RULES.iter().map(|r| (r.id, r.title_zh, r.title_en));
    RULES.iter().map(|r| (r.id, r.title_zh, r.title_en)).chain(between)
}
