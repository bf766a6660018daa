//! The rules' documentation as Markdown: docs/rules.md is made of it.

use crate::check::{RuleDoc, Verdict};
use crate::cli::examples::note;
use crate::cli::lang::pick;
use crate::document::Lang;
use crate::pattern::Packs;

/// All rules, by family.
pub(in crate::cli) fn all(packs: &Packs, docs: &[RuleDoc], lang: Lang) -> String {
    let mut out = String::from(pick(
        lang,
        "# 规则\n\n<!-- 由 `gouji explain --all --format markdown` 生成 -->\n\n\
         每条规则：名称、说明、示例和在示例上得出的结论。规则可在 `gouji.toml` 里关闭或改变轻重，\
         见 [configuration.md](configuration.md)。\n",
        "# Rules\n\n<!-- Made by `gouji explain --all --format markdown --lang en`. -->\n\n\
         Each rule with what it tests, an example, and what it finds there. `gouji.toml` turns rules off and weighs their\n\
         findings otherwise: [configuration.md](configuration.md).\n",
    ));
    out.push_str(pick(lang, "\n| 规则 | |\n|---|---|\n", "\n| rule | | |\n|---|---|---|\n"));
    for doc in docs {
        let (id, zh, en) = (doc.rule.id, doc.rule.title_zh, doc.rule.title_en);
        let anchor: String = id.chars().filter(|c| *c != '/').collect();
        out.push_str(&match lang {
            Lang::Zh => format!("| [`{id}`](#{anchor}) | {zh} |\n"),
            Lang::En => format!("| [`{id}`](#{anchor}) | {en} | {zh} |\n"),
        });
    }
    let mut family = "";
    for doc in docs {
        if doc.rule.family() != family {
            family = doc.rule.family();
            out.push_str(&format!("\n## {family}\n"));
        }
        out.push('\n');
        out.push_str(&rule(packs, doc, lang));
    }
    out
}

/// One rule, with what it finds in its examples.
pub(in crate::cli) fn rule(packs: &Packs, doc: &RuleDoc, lang: Lang) -> String {
    let (zh, en) = (doc.rule.title_zh, doc.rule.title_en);
    let mut out = format!("### {}\n\n**{}**\n\n{}\n", doc.rule.id, pick(lang, zh, &format!("{zh}: {en}")), doc.text);
    for (_, example) in &doc.notes {
        out.push_str(&format!("\n```text\n{}\n```\n\n", example.trim_end()));
        let Some(document) = note(pick(lang, "示例", "example"), example) else { continue };
        let analysis = crate::analyze(packs, document, true);
        for f in analysis.findings.list.iter().filter(|f| f.rule.id == doc.rule.id) {
            let equation = f.equation(&analysis.reading);
            let message = f.message(packs, &analysis.reading, lang);
            let told = f.verdict != Verdict::Exact && !message.is_empty();
            out.push_str(&format!(
                "- `{}` {equation}{}\n",
                f.verdict.name(),
                if told { format!(" — {message}") } else { String::new() }
            ));
        }
    }
    out
}
