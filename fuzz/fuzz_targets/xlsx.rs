//! A workbook: a sheet, its styles, its strings.

#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;
use support::{document, package, pieces};

const BOOK: &[u8] = b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>";
const RELATIONS: &[u8] = b"<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";

fuzz_target!(|data: &[u8]| {
    let [sheet, styles, strings] = pieces(data);
    document(package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", strings),
    ]));
});
