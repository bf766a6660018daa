//! All stages on a text.

#![no_main]

mod support;

use gouji::pattern::Packs;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static PACKS: LazyLock<&'static Packs> =
    LazyLock::new(|| Packs::builtin().expect("the packs in the program are sound"));

fuzz_target!(|data: &[u8]| {
    let Some(document) = support::document(data.to_vec()) else { return };
    let analysis = gouji::analyze(*PACKS, document, true);
    for (start, end) in &analysis.reading.unexplained {
        assert!(start <= end);
    }
});
