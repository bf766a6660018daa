//! Arrows point one way: a stage names only the stages before it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Every stage in the order of the data, with the stages that it may name.
const STAGES: &[(&str, &[&str])] = &[
    ("document", &[]),
    ("segment", &["document"]),
    ("lex", &["document", "segment"]),
    ("pattern", &["segment", "lex"]),
    ("fact", &["document", "segment", "lex", "pattern"]),
    ("check", &["document", "segment", "lex", "pattern", "fact"]),
    ("across", &["document", "segment", "lex", "pattern", "fact", "check"]),
    ("report", &["document", "segment", "lex", "pattern", "fact", "check", "across"]),
    ("panel", &["document", "segment", "lex", "pattern", "fact", "check", "report"]),
    ("eval", &["document", "segment", "lex", "pattern", "fact", "check", "report"]),
    ("cli", &["document", "segment", "lex", "pattern", "fact", "check", "across", "report", "panel", "eval"]),
];

/// What the root makes of the stages up to `check`: data, known from `report` on.
const ROOT_DATA: &[&str] = &["Analysis"];

/// What stands right below `src/` besides the stages.
const ROOT_FILES: &[&str] = &["lib.rs", "main.rs"];

type Outcome<T> = Result<T, Box<dyn Error>>;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All Rust files below a folder, in a steady order.
fn rust_files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|x| x == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Code without comments, strings and character literals: blanks stand in
/// their place, so that lines keep their numbers.
fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let end = match (at(i), at(i + 1)) {
            ('/', '/') => (i..chars.len()).find(|j| at(*j) == '\n').unwrap_or(chars.len()),
            ('/', '*') => {
                let mut depth = 0_usize;
                let mut j = i;
                while j < chars.len() {
                    match (at(j), at(j + 1)) {
                        ('/', '*') => (depth, j) = (depth + 1, j + 2),
                        ('*', '/') => (depth, j) = (depth - 1, j + 2),
                        _ => j += 1,
                    }
                    if depth == 0 {
                        break;
                    }
                }
                j
            }
            ('r', '"' | '#') if i == 0 || !is_name(at(i - 1)) || at(i - 1) == 'b' => raw_string_end(&chars, i),
            ('"', _) => {
                let mut j = i + 1;
                while j < chars.len() && at(j) != '"' {
                    j += if at(j) == '\\' { 2 } else { 1 };
                }
                j + 1
            }
            ('\'', '\\') => (i + 3..chars.len()).find(|j| at(*j) == '\'').map_or(chars.len(), |j| j + 1),
            // 'x' is a character, 'x a lifetime.
            ('\'', _) if at(i + 2) == '\'' => i + 3,
            _ => i,
        };
        if end == i {
            out.push(at(i));
            i += 1;
        } else {
            out.extend((i..end.min(chars.len())).map(|j| if at(j) == '\n' { '\n' } else { ' ' }));
            i = end;
        }
    }
    out
}

/// Where the raw string that begins at `i` ends; `i` if none begins there.
fn raw_string_end(chars: &[char], i: usize) -> usize {
    let hashes = chars.iter().skip(i + 1).take_while(|c| **c == '#').count();
    if chars.get(i + 1 + hashes) != Some(&'"') {
        return i;
    }
    let closes = |j: usize| chars.get(j) == Some(&'"') && (1..=hashes).all(|h| chars.get(j + h) == Some(&'#'));
    (i + 2 + hashes..chars.len()).find(|j| closes(*j)).map_or(chars.len(), |j| j + 1 + hashes)
}

fn is_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The names that code takes from the crate's root, with their lines:
/// `crate::fact::Fact`, `use crate::{check, fact::{Fact, Role}}`, and
/// `super::fact` where `super` is the root. `depth` is how many modules deep
/// the file lies.
fn root_names(code: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        let before = code.get(..start).unwrap_or("");
        if !before.ends_with(is_name) && !before.ends_with('$') {
            take(code, start + "crate::".len(), &mut found);
        }
    }
    let mut end_of_last = 0;
    for (start, _) in code.match_indices("super::") {
        let before = code.get(..start).unwrap_or("");
        if start < end_of_last || before.ends_with(is_name) {
            continue;
        }
        let rest = code.get(start..).unwrap_or("");
        let steps = rest.split("super::").take_while(|s| s.is_empty()).count();
        end_of_last = start + steps * "super::".len();
        if steps >= depth {
            take(code, end_of_last, &mut found);
        }
    }
    found
}

/// The first name of the path at `at`, or of every path of a group in braces.
fn take(code: &str, at: usize, found: &mut Vec<(usize, String)>) {
    let line = code.get(..at).unwrap_or("").matches('\n').count() + 1;
    let rest = code.get(at..).unwrap_or("").trim_start();
    let Some(group) = rest.strip_prefix('{') else {
        let name: String = rest.chars().take_while(|c| is_name(*c)).collect();
        found.push((line, name));
        return;
    };
    let (mut depth, mut first, mut name) = (0_usize, true, String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push((line, std::mem::take(&mut name)));
                first = true;
            }
            c if depth == 0 && first && is_name(c) => name.push(c),
            c if depth == 0 && (!c.is_whitespace() || !name.is_empty()) => first = false,
            _ => {}
        }
    }
    found.push((line, name));
}

/// How many modules deep a file lies: `src/fact/mod.rs` 1, `src/fact/reader.rs` 2.
fn depth_of(file: &Path) -> usize {
    let below = file.strip_prefix(source()).map_or(0, |p| p.components().count());
    if file.file_name().is_some_and(|n| n == "mod.rs") { below - 1 } else { below }
}

/// What a stage's code names that it may not.
fn trespasses(stage: &str, may: &[&str], code: &str, depth: usize) -> Vec<(usize, String)> {
    let is_stage = |name: &str| STAGES.iter().any(|(s, _)| *s == name);
    let runs_all = may.contains(&"report");
    let knows_data = may.contains(&"check");
    root_names(code, depth)
        .into_iter()
        .filter(|(_, name)| !name.is_empty() && name != stage && !may.contains(&name.as_str()))
        // The root joins the stages; only those behind all that it joins may call it.
        .filter(|(_, name)| is_stage(name) || !(runs_all || knows_data && ROOT_DATA.contains(&name.as_str())))
        .collect()
}

#[test]
fn a_stage_names_only_the_stages_before_it() -> Outcome<()> {
    let mut wrong = Vec::new();
    let mut named = 0;
    for (stage, may) in STAGES {
        let files = rust_files(&source().join(stage))?;
        assert!(!files.is_empty(), "src/{stage} holds no code");
        for file in files {
            let code = code_only(&fs::read_to_string(&file)?);
            named += root_names(&code, depth_of(&file)).len();
            for (line, name) in trespasses(stage, may, &code, depth_of(&file)) {
                wrong.push(format!("{}:{line}: {stage} names {name}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that point the wrong way:\n{}", wrong.join("\n"));
    assert!(named > 50, "only {named} arrows were found: is the code still read rightly?");
    Ok(())
}

#[test]
fn every_folder_of_the_source_is_a_stage() -> Outcome<()> {
    for entry in fs::read_dir(source())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = if entry.path().is_dir() {
            STAGES.iter().any(|(s, _)| *s == name)
        } else {
            ROOT_FILES.contains(&name.as_str())
        };
        assert!(known, "src/{name} is neither a stage nor the root; add it to STAGES in its place");
    }
    Ok(())
}

#[test]
fn stages_are_listed_in_the_order_of_the_data() {
    for (i, (stage, may)) in STAGES.iter().enumerate() {
        for other in *may {
            let at = STAGES.iter().position(|(s, _)| s == other);
            assert!(at.is_some_and(|at| at < i), "{stage} may name {other}, which does not come before it");
        }
    }
}

#[test]
fn arrows_are_found_in_every_spelling() {
    let names = |code: &str, depth| -> Vec<String> {
        root_names(&code_only(code), depth).into_iter().map(|(_, name)| name).collect()
    };
    assert_eq!(names("use crate::fact::Fact;", 2), ["fact"]);
    assert_eq!(names("use crate::{check::{A, B}, fact, lex as l};", 2), ["check", "fact", "lex"]);
    assert_eq!(names("let x: crate::report::Id = y;", 2), ["report"]);
    assert_eq!(names("pub(crate) fn f() {}", 2), [""; 0]);
    assert_eq!(names("// crate::check\n/* crate::check */ let s = \"crate::check\";", 2), [""; 0]);
    assert_eq!(names("let s = r#\"a \" crate::check\"#; let c = '\"'; crate::lex::f('\\'', 'b')", 2), ["lex"]);
    assert_eq!(names("use super::check::A;", 1), ["check"]);
    assert_eq!(names("use super::super::check::A;", 2), ["check"]);
    assert_eq!(names("use super::reader::A;", 2), [""; 0]);
}

#[test]
fn an_arrow_backwards_is_a_trespass() {
    let code = "use crate::lex::Token;\nuse crate::check::Finding;\nfn f() { crate::analyze() }";
    assert_eq!(
        trespasses("fact", &["document", "segment", "lex", "pattern"], code, 2),
        [(2, "check".to_owned()), (3, "analyze".to_owned())]
    );
    assert_eq!(trespasses("cli", &["lex", "check", "report"], code, 2), []);
    assert_eq!(trespasses("report", &["lex", "check"], "use crate::{Analysis, cli};", 2), [(1, "cli".to_owned())]);
    assert_eq!(trespasses("fact", &["lex"], "use crate::Analysis;", 2), [(1, "Analysis".to_owned())]);
}
