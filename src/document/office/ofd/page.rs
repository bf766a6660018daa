//! The pieces of text on a page.

use super::super::xml::{Element, Node, Xml};
use crate::document::error::Problem;

/// A length on a page, in hundredths of a millimetre.
pub(super) type Length = i64;

/// Text that stands on one height.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    /// Where it begins and ends.
    pub(super) left: Length,
    pub(super) right: Length,
    /// Where it stands on.
    pub(super) base: Length,
    /// How large it is written.
    pub(super) size: Length,
    pub(super) source: usize,
}

/// The text object that is open.
#[derive(Default)]
struct Object {
    left: Length,
    top: Length,
    size: Length,
    /// Scale of the object's own measure, in thousandths, and where it is moved to.
    scale: (Length, Length),
    shift: (Length, Length),
}

/// Reads a page.
pub(super) fn read(part: &str) -> Result<Vec<Run>, Problem> {
    let mut xml = Xml::new(part);
    let mut runs = vec![];
    let mut object: Option<Object> = None;
    // The last place that was given: a code without one goes on there.
    let (mut x, mut y) = (0, 0);
    loop {
        match xml.next()? {
            Node::End => return Ok(runs),
            Node::Open(element) => match element.name() {
                "TextObject" => object = Some(text_object(&element)),
                "TextCode" => {
                    let source = xml.position();
                    x = element.get("X").and_then(|x| length(&x)).unwrap_or(x);
                    y = element.get("Y").and_then(|y| length(&y)).unwrap_or(y);
                    let deltas = element.get("DeltaX").map(|deltas| steps(&deltas)).unwrap_or_default();
                    let down = element.get("DeltaY").map(|deltas| steps(&deltas)).unwrap_or_default();
                    let text = xml.text()?;
                    if let Some(object) = &object {
                        place(object, (x, y), &deltas, &down, text.trim_matches(['\n', '\r']), source, &mut runs);
                    }
                }
                // Seals and marks of revision are not the note's text.
                "Annot" | "Appearance" => xml.skip()?,
                _ => {}
            },
            Node::Close | Node::Text(_) => {}
        }
    }
}

fn text_object(element: &Element<'_>) -> Object {
    let numbers = |name: &str| -> Vec<Length> {
        element.get(name).map(|list| list.split_whitespace().filter_map(length).collect()).unwrap_or_default()
    };
    let (left, top) = match numbers("Boundary").as_slice() {
        [left, top, ..] => (*left, *top),
        _ => (0, 0),
    };
    // a b c d e f: of a turned object the places would be wrong, so only scale and shift are taken.
    let (scale, shift) = match numbers("CTM").as_slice() {
        [a, _, _, d, e, f] => ((a.abs() * 10, d.abs() * 10), (*e, *f)),
        _ => ((1000, 1000), (0, 0)),
    };
    let size = element.get("Size").and_then(|size| length(&size)).unwrap_or(350);
    Object { left, top, size, scale, shift }
}

/// Places the characters of a code; a step down begins a new piece.
fn place(
    object: &Object,
    (x, y): (Length, Length),
    across: &[Length],
    down: &[Length],
    text: &str,
    source: usize,
    runs: &mut Vec<Run>,
) {
    let scaled = |n: Length, scale: Length| n.saturating_mul(scale) / 1000;
    let mut at = (x, y);
    let mut open: Option<Run> = None;
    let size = scaled(object.size, object.scale.1).max(1);
    for (index, c) in text.chars().enumerate() {
        let left = object.left + object.shift.0 + scaled(at.0, object.scale.0);
        let base = object.top + object.shift.1 + scaled(at.1, object.scale.1);
        let width = if c.is_ascii() { size / 2 } else { size };
        // A wide gap inside of a code parts cells.
        let same = open.as_ref().is_some_and(|run| (run.base - base).abs() * 2 < size && left - run.right < size * 2);
        if !same {
            runs.extend(open.take());
        }
        let run = open.get_or_insert_with(|| Run { text: String::new(), left, right: left, base, size, source });
        run.text.push(c);
        run.right = left + width;
        let step = |steps: &[Length]| steps.get(index).or(steps.last()).copied();
        // Without steps the characters stand close together.
        let own = if c.is_ascii() { object.size / 2 } else { object.size };
        at.0 = at.0.saturating_add(match step(across) {
            Some(step) => step,
            None if down.is_empty() => own,
            None => 0,
        });
        at.1 = at.1.saturating_add(step(down).unwrap_or_default());
    }
    runs.extend(open);
}

/// Steps from one character to the next: `4 4 3.5`, or `g 3 4` for `4 4 4`.
fn steps(list: &str) -> Vec<Length> {
    let mut steps = vec![];
    let mut words = list.split_whitespace();
    while let Some(word) = words.next() {
        if word != "g" {
            steps.extend(length(word));
            continue;
        }
        let count = words.next().and_then(|count| count.parse::<usize>().ok()).unwrap_or_default();
        if let Some(step) = words.next().and_then(length) {
            steps.extend(std::iter::repeat_n(step, count.min(10_000)));
        }
        if steps.len() > 100_000 {
            break;
        }
    }
    steps
}

/// A decimal of millimetres.
fn length(word: &str) -> Option<Length> {
    let value: rust_decimal::Decimal = word.parse().ok()?;
    let hundredths = value.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?.trunc();
    i64::try_from(hundredths).ok().filter(|n| n.abs() < 10_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_steps() {
        assert_eq!(length("3.175"), Some(317));
        assert_eq!(length("x"), None);
        assert_eq!(length("99999999999"), None);
        assert_eq!(steps("1 g 3 2.5 4"), [100, 250, 250, 250, 400]);
        assert_eq!(steps("g 2"), [0; 0]);
    }

    #[test]
    fn a_wide_gap_parts_pieces() {
        let page = "<P><TextObject Boundary='10 20 100 5' Size='4'><TextCode X='0' Y='3' DeltaX='4 30 2'>收入12</TextCode></TextObject></P>";
        let runs = read(page).unwrap();
        let texts: Vec<_> = runs.iter().map(|run| (run.text.as_str(), run.left, run.base)).collect();
        assert_eq!(texts, [("收入", 1000, 2300), ("12", 4400, 2300)]);
    }
}
