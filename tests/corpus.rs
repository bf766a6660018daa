//! Compares the program with every annotation of the corpus: each fact field by
//! field, each relation by its verdict, each error by its culprit. What is known
//! to fail is listed in `corpus/known-gaps.txt`, which fails both ways: a new
//! gap fails the test, and so does a gap that is no more. Run with `GOUJI_BLESS=1`
//! to write the list anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use gouji::check::Lang;
use gouji::document::{Inputs, read};
use gouji::pattern::Packs;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn notes() -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(root())
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.join("facts.json").exists())
        .collect();
    out.sort();
    out
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn documents(v: Value) -> Vec<Value> {
    match v.get("documents") {
        Some(Value::Array(all)) => all.clone(),
        _ => vec![v],
    }
}

/// The program's output and text of each document of a note's file.
fn run(note: &Path) -> Vec<(Value, String)> {
    let file = std::fs::read_dir(note)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .find(|p| p.file_stem().is_some_and(|s| s == "note"))
        .unwrap();
    let packs = Packs::builtin().unwrap();
    Inputs::new(&[file])
        .map(|raw| {
            let a = gouji::analyze(packs, read(&raw.unwrap()).unwrap(), true);
            let out = gouji::report::output(packs, &a.document, &a.view, &a.reading, &a.findings, Lang::Zh);
            (serde_json::to_value(&out).unwrap(), a.document.text.clone())
        })
        .collect()
}

/// A label without brackets, quotes and blanks, to be compared by containment.
fn plain(label: &str) -> String {
    label.chars().filter(|c| !"（）()“”\"‘’ 　".contains(*c)).collect()
}

fn str_of<'a>(v: &'a Value, key: &str) -> &'a str {
    v.get(key).and_then(Value::as_str).unwrap_or("")
}

/// Facts of the program by the annotation's ids, found in the order of quotes.
fn align<'a>(want: &'a [Value], got: &'a [Value], text: &str) -> BTreeMap<u64, &'a Value> {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    let mut out = BTreeMap::new();
    for w in want {
        let quote: Vec<char> = str_of(w, "quote").chars().collect();
        let Some(start) = (at..=chars.len().saturating_sub(quote.len())).find(|s| chars[*s..].starts_with(&quote))
        else {
            panic!("the annotated quote {:?} is not in the text after character {at}", str_of(w, "quote"));
        };
        at = start + quote.len();
        let hit = got.iter().find(|g| {
            let span = g["span"].as_array().unwrap();
            let printed = g["pattern"] != "level/none"
                && g["quote"].as_str().is_some_and(|q| {
                    q.chars().any(|c| {
                        c.is_ascii_digit() || "一二两三四五六七八九十".contains(c) || ('０'..='９').contains(&c)
                    })
                });
            printed && (span[0].as_u64().unwrap() as usize) < at && span[1].as_u64().unwrap() as usize > start
        });
        if let Some(hit) = hit {
            out.insert(w["id"].as_u64().unwrap(), hit);
        }
    }
    out
}

/// The fields of a fact in which program and annotation differ.
fn differences(w: &Value, g: &Value, by_program: &BTreeMap<String, u64>) -> Vec<&'static str> {
    let mut out = Vec::new();
    let decimal = |s: &str| s.parse::<rust_decimal::Decimal>().ok();
    if decimal(str_of(w, "value")) != decimal(str_of(g, "value")) {
        out.push("value");
    }
    if w["unit"] != g["unit"] || (w.get("unit_inferred").is_some() && w["unit_inferred"] != g["unit_inferred"]) {
        out.push("unit");
    }
    if w["measure"] != g["measure"] {
        out.push("measure");
    }
    let (a, b) = (plain(str_of(w, "label")), plain(str_of(g, "label")));
    if b.is_empty() || !(a.contains(&b) || b.contains(&a)) {
        out.push("label");
    }
    // A pack may know an item more exactly than the spine of concepts does.
    let (want, got) = (str_of(w, "concept"), str_of(g, "concept"));
    if !want.is_empty() && got != want && !got.starts_with(&format!("{want}.")) {
        out.push("concept");
    }
    for key in ["year", "stage", "fund", "part"] {
        if w.get(key).unwrap_or(&Value::Null) != &g[key] {
            out.push(match key {
                "year" => "year",
                "stage" => "stage",
                "fund" => "fund",
                _ => "part",
            });
        }
    }
    let parent = g["parent"].as_str().and_then(|p| by_program.get(p)).copied();
    if w["parent"].as_u64() != parent {
        out.push("parent");
    }
    let basis = |v: &Value, k: &str| v["basis"].get(k).cloned().unwrap_or(Value::Null);
    if matches!(str_of(w, "measure"), "change" | "growth") && basis(w, "year") != basis(g, "year") {
        out.push("basis.year");
    }
    if matches!(str_of(w, "measure"), "change" | "growth" | "completion") && basis(w, "stage") != basis(g, "stage") {
        out.push("basis.stage");
    }
    out
}

/// All that differs between the program and the annotations of one document,
/// with counts of what was compared.
fn gaps(
    name: &str,
    want: &Value,
    findings: &Value,
    got: &Value,
    text: &str,
    counts: &mut BTreeMap<&'static str, u32>,
) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let facts = got["facts"].as_array().unwrap();
    let annotated = want["facts"].as_array().unwrap();
    let aligned = align(annotated, facts, text);
    let by_program: BTreeMap<String, u64> = aligned.iter().map(|(id, g)| (str_of(g, "id").to_owned(), *id)).collect();
    for key in ["organization", "fiscal_year", "kind"] {
        if want.get(key).is_some_and(|w| *w != got["document"][key]) {
            out.insert(format!("{name} document {key}"));
        }
    }
    for w in annotated {
        *counts.entry("facts").or_default() += 1;
        let id = w["id"].as_u64().unwrap();
        match aligned.get(&id) {
            None => {
                out.insert(format!("{name} fact {id} missing"));
            }
            Some(g) => {
                let all = differences(w, g, &by_program);
                let core = ["value", "unit", "measure", "label", "year", "basis.year"];
                if !all.iter().any(|d| core.contains(d)) {
                    *counts.entry("facts right (value, unit, measure, label, year, base)").or_default() += 1;
                }
                out.extend(all.into_iter().map(|d| format!("{name} fact {id} {d}")));
            }
        }
    }
    for g in facts.iter().filter(|g| g["quote"].as_str().is_some_and(|q| q.chars().any(|c| c.is_ascii_digit()))) {
        if !by_program.contains_key(str_of(g, "id")) && g["pattern"] != "level/none" {
            out.insert(format!("{name} spurious {}", str_of(g, "quote").replace('\n', "/")));
        }
    }
    for u in got["coverage"]["unexplained"].as_array().unwrap() {
        out.insert(format!("{name} unexplained {}", str_of(u, "quote")));
    }
    let ids = |f: &Value| -> BTreeSet<u64> {
        f["facts"].as_array().unwrap().iter().filter_map(|i| by_program.get(i.as_str().unwrap()).copied()).collect()
    };
    let tested: Vec<(BTreeSet<u64>, &Value)> =
        got["findings"].as_array().unwrap().iter().map(|f| (ids(f), f)).collect();
    let wanted: Vec<(BTreeSet<u64>, &Value)> = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["facts"].as_array().unwrap().iter().filter_map(Value::as_u64).collect(), f))
        .collect();
    for (n, (facts, w)) in wanted.iter().enumerate() {
        *counts.entry("relations").or_default() += 1;
        let verdict = str_of(w, "verdict");
        let fits: &[&str] = match verdict {
            "disagrees" => &["disagrees"],
            "partial" => &["partial", "exact", "rounded"],
            _ => &["exact", "rounded"],
        };
        let alone = matches!(str_of(w, "family"), "period" | "unit" | "count");
        let hits: Vec<&Value> = tested
            .iter()
            .filter(|(f, t)| {
                let common = f.intersection(facts).count();
                let family = str_of(t, "rule").starts_with(str_of(w, "family"));
                fits.contains(&str_of(t, "verdict")) && (common >= facts.len().min(3) || alone && family && common >= 1)
            })
            .map(|(_, t)| *t)
            .collect();
        if hits.is_empty() {
            out.insert(format!("{name} relation {n} {} {verdict}", str_of(w, "family")));
        } else {
            *counts.entry("relations right").or_default() += 1;
        }
        if verdict == "disagrees" && !hits.is_empty() {
            let named = hits.iter().filter_map(|h| h["suspects"].as_array()).filter_map(|s| s.first()).any(|s| {
                let value = s["suggested"]
                    .as_str()
                    .map(str::to_owned)
                    .or_else(|| s["suggested_year"].as_i64().map(|y| y.to_string()));
                by_program.get(str_of(s, "fact")).copied() == w["suspect"].as_u64()
                    && value.as_deref() == w["suggested"].as_str()
            });
            if !named {
                out.insert(format!("{name} culprit of relation {n}"));
            }
        }
    }
    for (facts, f) in tested.iter().filter(|(_, f)| f["verdict"] == "disagrees") {
        let known = wanted.iter().any(|(w, x)| {
            x["verdict"] == "disagrees" && w.intersection(facts).count() >= w.len().min(2).min(facts.len())
        });
        if !known {
            out.insert(format!("{name} false alarm {} {}", str_of(f, "rule"), str_of(f, "equation")));
        }
    }
    out
}

#[test]
fn the_program_agrees_with_every_annotation() {
    let mut found = BTreeSet::new();
    let mut counts: BTreeMap<&'static str, u32> = BTreeMap::new();
    let notes = notes();
    assert!(notes.len() >= 24, "only {} notes", notes.len());
    for note in &notes {
        let name = note.file_name().unwrap().to_string_lossy().into_owned();
        let annotations = documents(json(&note.join("facts.json")));
        let findings = documents(json(&note.join("findings.json")));
        let got = run(note);
        assert_eq!(annotations.len(), got.len(), "{name}: as many documents as annotations");
        for (i, ((want, f), (out, text))) in annotations.iter().zip(&findings).zip(&got).enumerate() {
            let name = if got.len() > 1 { format!("{name}#{i}") } else { name.clone() };
            found.extend(gaps(&name, want, f, out, text, &mut counts));
        }
    }
    println!("{counts:#?}");
    let path = root().join("known-gaps.txt");
    let list: String = found.iter().map(|g| format!("{g}\n")).collect();
    if std::env::var_os("GOUJI_BLESS").is_some() {
        std::fs::write(&path, &list).unwrap();
        return;
    }
    let known: BTreeSet<String> =
        std::fs::read_to_string(&path).unwrap_or_default().lines().map(str::to_owned).collect();
    let new: Vec<&String> = found.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&found).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "new gaps: {new:#?}\ngaps that are no more (take them off the list): {gone:#?}"
    );
}

#[test]
fn the_corpus_is_wide_enough() {
    let mut planted = 0;
    let mut regions = BTreeSet::new();
    for note in notes() {
        let source: toml::Value = toml::from_str(&std::fs::read_to_string(note.join("source.toml")).unwrap()).unwrap();
        regions.insert(source["region"].as_str().unwrap().to_owned());
        planted += usize::from(source.get("planted").and_then(|p| p.as_array()).is_some_and(|p| !p.is_empty()));
    }
    assert!(regions.len() >= 12, "{regions:?}");
    assert!(planted >= 8, "{planted} notes with planted errors");
}
