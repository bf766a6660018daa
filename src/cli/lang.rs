//! The language of messages: asked for, else the locale's, else Chinese.

use crate::document::Lang;
use std::ffi::OsString;

/// Of two wordings, that of the language.
pub(super) fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The language, before the arguments are parsed: help and usage errors are
/// written in it too.
pub(super) fn detect(args: &[OsString]) -> Lang {
    asked(args).unwrap_or_else(|| {
        of_locale(
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .iter()
                .filter_map(|name| std::env::var(name).ok())
                .find(|value| !value.is_empty())
                .as_deref(),
        )
    })
}

fn asked(args: &[OsString]) -> Option<Lang> {
    let mut args = args.iter().map(|arg| arg.to_string_lossy()).take_while(|arg| arg != "--");
    while let Some(arg) = args.next() {
        let value = if arg == "--lang" {
            args.next()?
        } else if let Some(value) = arg.strip_prefix("--lang=") {
            value.to_owned().into()
        } else {
            continue;
        };
        return match value.as_ref() {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        };
    }
    None
}

fn of_locale(locale: Option<&str>) -> Lang {
    let language = locale.unwrap_or("").split(['_', '.', '@', '-']).next().unwrap_or("").to_ascii_lowercase();
    match language.as_str() {
        // No language is named: the notes are Chinese, so are their readers.
        "" | "c" | "posix" | "zh" => Lang::Zh,
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_wins_over_the_locale() {
        let args = |list: &[&str]| -> Vec<OsString> { list.iter().map(Into::into).collect() };
        assert_eq!(asked(&args(&["gouji", "--lang", "en"])), Some(Lang::En));
        assert_eq!(asked(&args(&["gouji", "check", "--lang=zh", "a"])), Some(Lang::Zh));
        assert_eq!(asked(&args(&["gouji", "--", "--lang", "en"])), None);
        assert_eq!(asked(&args(&["gouji", "--lang"])), None);
        assert_eq!(asked(&args(&["gouji", "--lang", "fr"])), None);
    }

    #[test]
    fn locales() {
        for zh in ["zh_CN.UTF-8", "zh-TW", "C", "POSIX", "C.UTF-8", ""] {
            assert_eq!(of_locale(Some(zh)), Lang::Zh, "{zh}");
        }
        assert_eq!(of_locale(None), Lang::Zh);
        for en in ["en_US.UTF-8", "en", "de_DE"] {
            assert_eq!(of_locale(Some(en)), Lang::En, "{en}");
        }
    }
}
