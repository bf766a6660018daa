//! The tokens of RTF: groups, control words, text in the bytes of a charset.

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// A control word and its number.
    Word(&'a str, Option<i32>),
    /// A control symbol.
    Symbol(u8),
    /// A byte of text written in hexadecimal.
    Byte(u8),
    /// Bytes of text as they stand.
    Bytes(&'a [u8]),
}

/// Goes through a document.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Where the next token begins.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Passes over bytes that are no text.
    pub(super) fn skip(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek(0)?;
            match byte {
                b'{' => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b'}' => {
                    self.at += 1;
                    return Some(Token::Close);
                }
                b'\\' => return Some(self.control()),
                b'\r' | b'\n' => self.at += 1,
                _ => {
                    let start = self.at;
                    while self.peek(0).is_some_and(|byte| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n')) {
                        self.at += 1;
                    }
                    return Some(Token::Bytes(self.bytes.get(start..self.at).unwrap_or_default()));
                }
            }
        }
    }

    /// What a backslash begins.
    fn control(&mut self) -> Token<'a> {
        self.at += 1;
        let Some(first) = self.peek(0) else { return Token::Symbol(b'\\') };
        if first == b'\'' {
            let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
            return match (digit(self.peek(1)), digit(self.peek(2))) {
                (Some(high), Some(low)) => {
                    self.at += 3;
                    Token::Byte(u8::try_from(high * 16 + low).unwrap_or_default())
                }
                _ => {
                    self.at += 1;
                    Token::Symbol(b'\'')
                }
            };
        }
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Token::Symbol(first);
        }
        let start = self.at;
        while self.at - start < 40 && self.peek(0).is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or_default();
        let start = self.at;
        if self.peek(0) == Some(b'-') {
            self.at += 1;
        }
        while self.at - start < 12 && self.peek(0).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let number = self.bytes.get(start..self.at).and_then(|number| std::str::from_utf8(number).ok()?.parse().ok());
        if self.peek(0) == Some(b' ') {
            self.at += 1;
        }
        Token::Word(word, number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let mut tokens = Tokens::new(b"{\\rtf1\\u-123 ?a\\'b6b\r\nc\\~\\par}\\");
        let mut found = vec![];
        while let Some(token) = tokens.next() {
            found.push(token);
        }
        use Token::*;
        assert_eq!(
            found,
            [
                Open,
                Word("rtf", Some(1)),
                Word("u", Some(-123)),
                Bytes(b"?a"),
                Byte(0xb6),
                Bytes(b"b"),
                Bytes(b"c"),
                Symbol(b'~'),
                Word("par", None),
                Close,
                Symbol(b'\\')
            ]
        );
    }
}
