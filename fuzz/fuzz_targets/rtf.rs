//! Rich Text Format.

#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    support::document([b"{\\rtf1\\ansicpg936 ", data, b"}"].concat());
    support::document(data.to_vec());
});
