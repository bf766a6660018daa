//! What each stage costs, on generated notes: `cargo bench`.
//!
//! Every benchmark goes through the same 200 notes; the throughput is that of
//! their text. A stage is measured alone, on what the stages before it made.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use gouji::document::{Document, Lang, Raw};
use gouji::lex::Lexed;
use gouji::pattern::Packs;
use gouji::segment::{Segments, View, segment};
use gouji::{Analysis, check, fact, lex, report};
use notes::Note;

mod notes;

const NOTES: u64 = 200;
const SEED: u64 = 1;

fn main() {
    divan::main();
}

fn packs() -> &'static Packs {
    match Packs::builtin() {
        Ok(packs) => packs,
        Err(errors) => {
            for error in errors {
                eprintln!("{error}");
            }
            std::process::exit(1)
        }
    }
}

/// The notes, of which one in ten has a wrong figure if asked for.
fn generated(wrong: bool) -> Vec<Note> {
    (0..NOTES)
        .map(|index| {
            let mut note = notes::note(SEED, index);
            if wrong && index % 10 == 0 {
                notes::misprint(&mut note, SEED, index);
            }
            note
        })
        .collect()
}

fn raws() -> Vec<Raw> {
    let line = |(at, note): (usize, &Note)| Raw::JsonLine {
        path: "notes.jsonl".into(),
        line: at as u64 + 1,
        bytes: note.to_json().into_bytes(),
    };
    generated(false).iter().enumerate().map(line).collect()
}

fn documents(wrong: bool) -> Vec<Document> {
    let read = |note: &Note| {
        gouji::document::read(&Raw::JsonLine { path: "-".into(), line: 1, bytes: note.to_json().into_bytes() })
    };
    generated(wrong).iter().filter_map(|note| read(note).ok()).collect()
}

fn views(documents: &[Document]) -> Vec<View> {
    documents.iter().map(|d| View::new(&d.text, &d.tables)).collect()
}

fn segmented(documents: &[Document], view: &View, at: usize) -> Segments {
    segment(view, documents.get(at).and_then(|d| d.title.as_deref()))
}

fn analyses(wrong: bool) -> Vec<Analysis> {
    documents(wrong).into_iter().map(|d| gouji::analyze(packs(), d, true)).collect()
}

fn size(documents: &[Document]) -> BytesCount {
    BytesCount::new(documents.iter().map(|d| d.text.len()).sum::<usize>())
}

fn write(out: &mut Vec<u8>, analysis: &Analysis) {
    report::write(out, packs(), analysis, Lang::Zh);
    out.push(b'\n');
}

/// A line of JSON to a document.
#[divan::bench]
fn document(bencher: Bencher) {
    let raws = raws();
    let documents = documents(false);
    bencher.counter(size(&documents)).bench_local(|| {
        for raw in &raws {
            let _ = black_box(gouji::document::read(raw));
        }
    });
}

/// Text to the normalised view, its paragraphs and headings.
#[divan::bench]
fn view_and_segment(bencher: Bencher) {
    let documents = documents(false);
    bencher.counter(size(&documents)).bench_local(|| {
        for (at, document) in documents.iter().enumerate() {
            let view = View::new(&document.text, &document.tables);
            black_box(segmented(&documents, &view, at));
        }
    });
}

/// The view to tokens.
#[divan::bench]
fn lex(bencher: Bencher) {
    let documents = documents(false);
    let views = views(&documents);
    let segments: Vec<_> = views.iter().enumerate().map(|(at, v)| segmented(&documents, v, at)).collect();
    let mut lexed = Lexed::default();
    bencher.counter(size(&documents)).bench_local(|| {
        for (view, segments) in views.iter().zip(&segments) {
            for paragraph in &segments.paragraphs {
                lex::lex(&packs().vocabulary, &view.text, paragraph, &mut lexed);
                black_box(&mut lexed);
            }
        }
    });
}

/// The view to facts: lexing, matching, resolving.
#[divan::bench]
fn read(bencher: Bencher) {
    let documents = documents(false);
    let views = views(&documents);
    let segments =
        || -> Vec<Segments> { views.iter().enumerate().map(|(at, v)| segmented(&documents, v, at)).collect() };
    bencher.counter(size(&documents)).with_inputs(segments).bench_local_values(|segments| {
        for (view, segments) in views.iter().zip(segments) {
            black_box(fact::read(packs(), view, segments));
        }
    });
}

/// Facts to findings; `wrong`: one note in ten has a wrong figure to be found.
#[divan::bench(args = [false, true])]
fn check(bencher: Bencher, wrong: bool) {
    let documents = documents(wrong);
    let analyses = analyses(wrong);
    bencher.counter(size(&documents)).bench_local(|| {
        for analysis in &analyses {
            black_box(check::check(packs(), &analysis.reading));
        }
    });
}

/// Facts to findings of one note in which no list adds up and no share is right:
/// so many lists of seven figures, all to be diagnosed together.
#[divan::bench(args = [29, 286])]
fn diagnosis(bencher: Bencher, lists: usize) {
    let mut text = String::from("2024年单位预算情况说明\n");
    for n in 1..=lists {
        let (basic, project) = (120 + n * 7 % 83, 40 + n * 11 % 37);
        let total = basic + project + 1 + n % 9;
        text += &format!(
            "（{n}）第{n}中学2024年支出预算{total}.18万元，其中：基本支出{basic}.07万元，占{}.5%；项目支出{project}.11万元，占{}.5%，比2023年增加{}.3万元，增长{}.2%。\n",
            basic * 100 / total + 1,
            project * 100 / total + 2,
            project / 4,
            20 + n % 50,
        );
    }
    let bytes = serde_json::json!({ "id": "diagnosis", "text": text }).to_string().into_bytes();
    let Ok(document) = gouji::document::read(&Raw::JsonLine { path: "-".into(), line: 1, bytes }) else { return };
    let analysis = gouji::analyze(packs(), document, true);
    bencher.bench_local(|| black_box(check::check(packs(), &analysis.reading)));
}

/// Facts and findings to JSON.
#[divan::bench]
fn report(bencher: Bencher) {
    let documents = documents(false);
    let analyses = analyses(false);
    let mut out = Vec::new();
    bencher.counter(size(&documents)).bench_local(|| {
        for analysis in &analyses {
            out.clear();
            write(&mut out, analysis);
            black_box(out.len());
        }
    });
}

/// A line of JSON in, a line of JSON out, for documents of so many KB.
#[divan::bench(args = [10, 100, 1000])]
fn length(bencher: Bencher, kb: usize) {
    let note = notes::document(SEED, 1, kb * 1024);
    let raw = Raw::JsonLine { path: "-".into(), line: 1, bytes: note.to_json().into_bytes() };
    let mut out = Vec::new();
    bencher.counter(BytesCount::new(note.text.len())).bench_local(|| {
        if let Ok(document) = gouji::document::read(&raw) {
            out.clear();
            write(&mut out, &gouji::analyze(packs(), document, true));
            black_box(out.len());
        }
    });
}

/// A line of JSON in, a line of JSON out.
#[divan::bench]
fn whole(bencher: Bencher) {
    let raws = raws();
    let documents = documents(false);
    let mut out = Vec::new();
    bencher.counter(size(&documents)).bench_local(|| {
        for raw in &raws {
            if let Ok(document) = gouji::document::read(raw) {
                out.clear();
                write(&mut out, &gouji::analyze(packs(), document, true));
                black_box(out.len());
            }
        }
    });
}
