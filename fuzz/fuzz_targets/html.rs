//! A web page.

#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    support::document([b"<html>", data].concat());
});
