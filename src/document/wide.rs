//! Characters as wide as two of others.

/// Whether a character is Chinese or goes with Chinese, so that no space
/// belongs between it and the next where a line wraps.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{2014}'..='\u{201d}' | '\u{2026}' | '\u{20000}'..='\u{3ffff}')
}
