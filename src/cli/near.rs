//! Names that may have been meant by one that is not known.

/// Letters to insert, drop or change to make one word of the other, and to make
/// a beginning of the other.
pub(super) fn distance(a: &[char], b: &[char]) -> (usize, usize) {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let change = diagonal + usize::from(x != y);
            diagonal = *above;
            *above = change.min(left + 1).min(diagonal + 1);
            left = *above;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    (row.last().copied().unwrap_or(0), row.iter().copied().min().unwrap_or(0))
}

/// Longer names than this, in characters, are near to nothing.
const LONGEST: usize = 64;

/// The known name nearest to a word: a few letters tell them apart, or the one
/// holds the other.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = word.to_lowercase().chars().take(LONGEST + 1).collect();
    if wanted.is_empty() || wanted.len() > LONGEST {
        return None;
    }
    let word: String = wanted.iter().collect();
    let scored = known.filter_map(|name| {
        let chars: Vec<char> = name.chars().collect();
        let far = distance(&wanted, &chars).0;
        let holds = wanted.len() > 2 && name.contains(&word);
        let near = far * 3 <= wanted.len().max(3);
        (near || holds).then_some((if near { far } else { LONGEST + chars.len() }, name))
    });
    scored.min().map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let d = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(d("", ""), (0, 0));
        assert_eq!(d("", "abc"), (3, 0));
        assert_eq!(d("kitten", "sitting").0, 3);
        assert_eq!(d("sum/parts", "sum/part").0, 1);
        assert_eq!(d("sum/prts", "sum/parts-differ").1, 1);
        assert_eq!(d("公务接待费", "公务招待费").0, 1);
    }

    #[test]
    fn what_was_meant() {
        let near = |word: &str| nearest(word, ["rules", "order", "required", "smallest-difference"].into_iter());
        assert_eq!(near("rule"), Some("rules"));
        assert_eq!(near("Ordr"), Some("order"));
        assert_eq!(near("smallest"), Some("smallest-difference"));
        assert_eq!(near("colour"), None);
        assert_eq!(near(""), None);
        assert_eq!(near(&"x".repeat(1000)), None);
    }
}
