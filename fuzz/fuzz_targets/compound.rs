//! The older Word and Excel.

#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    support::document(data.to_vec());
});
