//! The page's content security policy: nothing but its own script and style, by their hashes.

use sha2::{Digest, Sha256};

/// Browsers hash what stands between the tags after line ends have become `\n`; a checkout may have made them `\r\n`.
pub(super) fn inline(text: &str) -> String {
    text.replace('\r', "")
}

/// The policy for a page with this script and this style.
pub(super) fn policy(script: &str, style: &str) -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(script)),
        base64(&Sha256::digest(style))
    )
}

/// As RFC 4648 has it, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |word: u32, shift: u32| DIGITS.get((word >> shift & 63) as usize).map_or('=', |d| char::from(*d));
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let word = (0..3).fold(0, |word, n| word << 8 | u32::from(three.get(n).copied().unwrap_or(0)));
        for n in 0..4_u32 {
            out.push(if n as usize <= three.len() { digit(word, 18 - 6 * n) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
