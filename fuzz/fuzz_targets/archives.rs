//! Archives, with what is in them.

#![no_main]

mod support;

use gouji::document::Inputs;
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

fuzz_target!(|data: &[u8]| {
    for raw in Inputs::with_stdin(&["-".into()], Cursor::new(data.to_vec())) {
        drop(raw.and_then(|raw| gouji::document::read(&raw)));
    }
});
