//! A Word document: its text, its lists, its styles.

#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;
use support::{document, package, pieces};

fuzz_target!(|data: &[u8]| {
    let [text, lists, styles, notes] = pieces(data);
    document(package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", text),
        ("word/numbering.xml", lists),
        ("word/styles.xml", styles),
        ("word/footnotes.xml", notes),
    ]));
});
