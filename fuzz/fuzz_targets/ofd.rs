//! An OFD document, and an OpenDocument text.

#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;
use support::{document, package, pieces};

const ROOT: &[u8] = b"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>";
const PAGES: &[u8] = b"<Document><Pages><Page BaseLoc=\"P0.xml\"/><Page BaseLoc=\"P1.xml\"/></Pages></Document>";

fuzz_target!(|data: &[u8]| {
    let [first, second] = pieces(data);
    document(package(&[("OFD.xml", ROOT), ("D.xml", PAGES), ("P0.xml", first), ("P1.xml", second)]));
    let kind: &[u8] = b"application/vnd.oasis.opendocument.text";
    document(package(&[("mimetype", kind), ("content.xml", first), ("styles.xml", second)]));
});
