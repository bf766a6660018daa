//! Compares the program with every annotation of the corpus: each fact field by
//! field, each relation by its verdict, each error by its culprit.
//!
//! What is known to fail in notes of the train part is listed in
//! `corpus/known-gaps.txt`, which fails both ways: a new gap fails the test, and
//! so does a gap that is no more. Of the test part only scores are kept, in
//! `corpus/scores.json` with those of the train part: none may fall. Run with
//! `GOUJI_BLESS=1` to write both anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use gouji::document::Lang;
use gouji::eval::{AnnotatedNote, Comparison, Field, Part, ReadNote, Scores, compare, evaluate, load};
use gouji::pattern::Packs;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn notes() -> Vec<AnnotatedNote> {
    let loaded = load(&root());
    let bad: Vec<String> = loaded.bad.iter().map(|b| b.message(Lang::En)).collect();
    assert!(bad.is_empty(), "broken annotations:\n{}", bad.join("\n"));
    assert!(loaded.notes.len() >= 24, "only {} notes", loaded.notes.len());
    loaded.notes
}

fn blessing() -> bool {
    std::env::var_os("GOUJI_BLESS").is_some()
}

/// All that differs between the program and the annotations of one document.
fn gaps(name: &str, c: &Comparison) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = c.head.iter().map(|key| format!("{name} document {key}")).collect();
    for fact in &c.facts {
        let id = fact.want.id;
        let Some(fields) = &fact.fields else {
            out.insert(format!("{name} fact {id} missing"));
            continue;
        };
        for f in fields.iter().filter(|f| !f.right) {
            let field = match f.field {
                // The value tells of the sign, the parent of the role.
                Field::Sign | Field::Role => continue,
                Field::BaseYear => "basis.year",
                Field::BaseStage => "basis.stage",
                field => field.name(),
            };
            out.insert(format!("{name} fact {id} {field}"));
        }
    }
    out.extend(c.spurious.iter().map(|(quote, _)| format!("{name} spurious {}", quote.replace('\n', "/"))));
    out.extend(c.unexplained.iter().map(|quote| format!("{name} unexplained {quote}")));
    for (n, r) in c.relations.iter().enumerate() {
        if !r.tested {
            out.insert(format!("{name} relation {n} {} {}", r.want.family, r.want.verdict));
        } else if r.want.verdict == "disagrees" && !r.mended {
            out.insert(format!("{name} culprit of relation {n}"));
        }
    }
    out.extend(c.alarms.iter().map(|(rule, equation)| format!("{name} false alarm {rule} {equation}")));
    out
}

#[test]
fn the_program_agrees_with_every_annotation() {
    let packs = Packs::builtin().unwrap();
    let mut found = BTreeSet::new();
    let notes = notes();
    // Nobody is to fit the packs to single figures of the test part.
    for note in notes.iter().filter(|n| n.part == Part::Train) {
        for want in &note.documents {
            let analysis = gouji::analyze(packs, want.document.clone(), true);
            let got = ReadNote::of(packs, &analysis).unwrap();
            found.extend(gaps(&want.name, &compare(want, &got)));
        }
    }
    let path = root().join("known-gaps.txt");
    if blessing() {
        let list: String = found.iter().map(|g| format!("{g}\n")).collect();
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

/// Pretty JSON with `{"right": …, "of": …}` on one line, for diffs that can be read.
fn a_score_a_line(pretty: &str) -> String {
    let mut out = String::new();
    let mut in_rate = false;
    for line in pretty.lines() {
        in_rate |= line.trim().starts_with("\"right\"");
        if in_rate {
            out.truncate(out.trim_end().len());
            out.push(if line.trim().starts_with('}') { '\0' } else { ' ' });
            out.push_str(line.trim());
        } else {
            out.push_str(line);
        }
        in_rate &= !line.trim().starts_with('}');
        if !in_rate {
            out.push('\n');
        }
    }
    out.replace("{ ", "{").replace('\0', "")
}

#[test]
fn no_score_falls_below_the_recorded_one() {
    const RECORD: &str = "if that is meant to be, record it with GOUJI_BLESS=1 cargo test --test corpus";
    let now = evaluate(Packs::builtin().unwrap(), &notes(), None, 2).unwrap().by_part;
    let path = root().join("scores.json");
    if blessing() {
        std::fs::write(&path, a_score_a_line(&serde_json::to_string_pretty(&now).unwrap())).unwrap();
        return;
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}; {RECORD}", path.display()));
    let recorded: BTreeMap<Part, Scores> =
        serde_json::from_str(&recorded).unwrap_or_else(|e| panic!("{}: {e}; {RECORD}", path.display()));
    for (part, now) in &now {
        let then = recorded.get(part).unwrap_or_else(|| panic!("no {} scores are recorded; {RECORD}", part.name()));
        let notes = |s: &Scores| (s.notes, s.documents, s.detected.of);
        let name = part.name();
        assert_eq!(notes(now), notes(then), "other {name} notes (notes, documents, figures) are recorded; {RECORD}");
        let worse = now.falls_below(then);
        assert!(worse.is_empty(), "{name} scores have fallen; {RECORD}\n{}", worse.join("\n"));
        if now != then {
            println!("{name} scores are better than recorded: GOUJI_BLESS=1 cargo test --test corpus keeps them");
        }
    }
}

#[test]
fn the_corpus_is_wide_enough() {
    let mut planted = 0;
    let mut regions = BTreeSet::new();
    for note in notes() {
        let source = root().join(&note.name).join("source.toml");
        let source: toml::Value = toml::from_str(&std::fs::read_to_string(source).unwrap()).unwrap();
        regions.insert(source["region"].as_str().unwrap().to_owned());
        planted += usize::from(source.get("planted").and_then(|p| p.as_array()).is_some_and(|p| !p.is_empty()));
    }
    assert!(regions.len() >= 12, "{regions:?}");
    assert!(planted >= 8, "{planted} notes with planted errors");
}
