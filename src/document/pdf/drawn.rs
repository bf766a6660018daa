//! What is drawn on a page: glyphs with their places, and straight rules.
//!
//! Coordinates are whole hundredths of a point, from the top left corner of
//! the page as it is shown; `y` grows downwards.

use super::MAX_MARKS;
use super::charmap::{Charmap, meant};
use crate::document::narrow;
use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

/// One point, the unit of lengths on a page.
pub(super) const POINT: i32 = 100;
/// A filled stripe up to this wide is a rule, a wider one is shading.
const STRIPE: i32 = 3 * POINT;
/// More characters than this in one glyph are no ligature.
const LIGATURE: usize = 8;

/// One character, where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub c: char,
    pub left: i32,
    pub right: i32,
    /// The line that it stands on.
    pub base: i32,
    /// The size of its font.
    pub size: i32,
    /// Which font, as [`Drawn::faces`] numbers them.
    pub face: u16,
}

impl Glyph {
    pub(super) fn middle(&self) -> (i32, i32) {
        ((self.left + self.right) / 2, self.base - self.size * 7 / 20)
    }
}

/// A straight line: at `at` across, from `from` to `to` along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rule {
    pub at: i32,
    pub from: i32,
    pub to: i32,
}

/// All that counts of a page.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub width: i32,
    pub height: i32,
    pub glyphs: Vec<Glyph>,
    /// Rules from left to right, `at` is `y`.
    pub level: Vec<Rule>,
    /// Rules from top to bottom, `at` is `x`.
    pub upright: Vec<Rule>,
    /// Whether a picture takes up most of the page.
    pub picture: bool,
    /// Glyphs of which nothing tells the character.
    pub unknown: u32,
    /// Glyphs that stand neither upright nor as most others do.
    pub slanted: u32,
    /// Whether there was more than is read of a page.
    pub cut: bool,
}

/// Draws a page.
pub(super) fn draw<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    charmap: &mut Charmap,
) -> Drawn {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let transform = Affine::scale(f64::from(POINT)) * page.initial_transform(true).to_kurbo();
    let corner = Affine::scale(f64::from(POINT)) * Point::new(width, height);
    let sheet = Rect::new(0.0, 0.0, corner.x, corner.y);
    let mut context = Context::new(transform, sheet, cache, page.xref(), settings.clone());
    charmap.turn_to(page.resources());
    let drawn = Drawn { width: whole(corner.x), height: whole(corner.y), ..Drawn::default() };
    let mut pen = Pen { drawn, turned: [vec![], vec![], vec![]], charmap, room: MAX_MARKS };
    interpret_page(page, &mut context, &mut pen);
    pen.finish()
}

/// Rounds to a whole number within what a page can be.
fn whole(length: f64) -> i32 {
    if length.is_nan() { 0 } else { length.clamp(-100_000_000.0, 100_000_000.0).round() as i32 }
}

fn spot(point: Point) -> Spot {
    (whole(point.x), whole(point.y))
}

/// The number of a glyph's font, and its advance in thousandths of the font's size.
type Kind = (u16, i32);
/// `x` and `y`.
type Spot = (i32, i32);

struct Pen<'c> {
    drawn: Drawn,
    /// Glyphs turned by one, two, three quarters, clockwise.
    turned: [Vec<Glyph>; 3],
    charmap: &'c mut Charmap,
    /// How many more glyphs and rules are taken.
    room: usize,
}

impl Pen<'_> {
    fn take(&mut self) -> bool {
        self.drawn.cut |= self.room == 0;
        let free = self.room > 0;
        self.room = self.room.saturating_sub(1);
        free
    }

    /// The page, turned so that most of its text is upright.
    fn finish(mut self) -> Drawn {
        let most = self.turned.iter().enumerate().max_by_key(|(_, glyphs)| glyphs.len());
        let quarters = match most {
            Some((index, glyphs)) if glyphs.len() > self.drawn.glyphs.len() => index + 1,
            _ => 0,
        };
        let [one, two, three] = self.turned;
        let upright = std::mem::take(&mut self.drawn.glyphs);
        let all = [upright, one, two, three];
        self.drawn.slanted += all
            .iter()
            .enumerate()
            .filter(|(index, _)| *index != quarters)
            .map(|(_, list)| narrow(list.len()))
            .sum::<u32>();
        self.drawn.glyphs = all.into_iter().nth(quarters).unwrap_or_default();
        let (width, height) = (self.drawn.width, self.drawn.height);
        // Glyphs were put down in a frame turned back by their own quarters.
        let mirrored =
            |rules: &[Rule], size: i32| rules.iter().map(|r| Rule { at: size - r.at, ..*r }).collect::<Vec<_>>();
        let reversed = |rules: &[Rule], size: i32| {
            rules.iter().map(|r| Rule { from: size - r.to, to: size - r.from, ..*r }).collect::<Vec<_>>()
        };
        let (level, across) = (std::mem::take(&mut self.drawn.level), std::mem::take(&mut self.drawn.upright));
        (self.drawn.level, self.drawn.upright) = match quarters {
            // Text runs down the page: its x is y, its y is width - x.
            1 => (mirrored(&across, width), reversed(&level, width)),
            2 => (reversed(&mirrored(&level, height), width), reversed(&mirrored(&across, width), height)),
            3 => (reversed(&across, height), mirrored(&level, height)),
            _ => (level, across),
        };
        if quarters % 2 == 1 {
            (self.drawn.width, self.drawn.height) = (height, width);
        }
        self.drawn
    }

    /// Puts down a glyph that runs from `start` to `end`, with the top of its font at `up`.
    fn put(&mut self, c: char, start: Spot, end: Spot, up: Spot, (face, advance): Kind) {
        if !self.take() {
            return;
        }
        let (rise, run) = ((up.0 - start.0, up.1 - start.1), (end.0 - start.0, end.1 - start.1));
        let size = rise.0.abs().max(rise.1.abs());
        let (width, height) = (self.drawn.width, self.drawn.height);
        let level = run.1.abs() <= size / 4;
        let upright = run.0.abs() <= size / 4;
        let (turn, left, right, base): (usize, _, _, _) = match rise {
            (x, y) if y < 0 && y.abs() > 2 * x.abs() && level => (0, start.0, end.0, start.1),
            (x, y) if x > 0 && x.abs() > 2 * y.abs() && upright => (1, start.1, end.1, width - start.0),
            (x, y) if y > 0 && y.abs() > 2 * x.abs() && level => (2, width - start.0, width - end.0, height - start.1),
            (x, y) if x < 0 && x.abs() > 2 * y.abs() && upright => (3, height - start.1, height - end.1, start.0),
            _ => {
                self.drawn.slanted += 1;
                return;
            }
        };
        let (left, right) = (left.min(right), left.max(right));
        // A font that stands in for another is stretched by its own measure.
        let width = i64::from(advance) * i64::from(size) / 1000;
        let right = right.min(left.saturating_add(i32::try_from(width.max(0)).unwrap_or(i32::MAX)));
        // A full-width form that is printed half as wide is the plain character.
        let c = match u32::from(c).checked_sub(0xff01) {
            Some(form @ 0..94) if (right - left) * 10 <= size * 6 => char::from_u32(form + 0x21).unwrap_or(c),
            _ => meant(c),
        };
        let glyph = Glyph { c, left, right, base, size, face };
        match turn.checked_sub(1) {
            None => self.drawn.glyphs.push(glyph),
            Some(index) => {
                if let Some(list) = self.turned.get_mut(index) {
                    list.push(glyph);
                }
            }
        }
    }

    /// Several characters in one glyph share its width.
    fn ligature(&mut self, text: &str, start: Spot, end: Spot, up: Spot, (face, advance): Kind) {
        let count = i64::from(narrow(text.chars().count().min(LIGATURE)));
        let between = |from: i32, to: i32, n: i64| {
            i32::try_from(i64::from(from) + (i64::from(to) - i64::from(from)) * n / count.max(1)).unwrap_or(from)
        };
        let at = |n: i64| (between(start.0, end.0, n), between(start.1, end.1, n));
        for (n, c) in (0..count).zip(text.chars()) {
            let (from, to) = (at(n), at(n + 1));
            let up = (up.0 - start.0 + from.0, up.1 - start.1 + from.1);
            self.put(c, from, to, up, (face, advance));
        }
    }

    /// The pieces of a path that run along the page's edges.
    fn outline(&mut self, path: &BezPath, transform: Affine) {
        let (mut first, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => (first, last) = (to, to),
                PathEl::LineTo(to) => {
                    self.segment(transform * last, transform * to);
                    last = to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = to,
                PathEl::ClosePath => {
                    self.segment(transform * last, transform * first);
                    last = first;
                }
            }
        }
    }

    fn segment(&mut self, from: Point, to: Point) {
        let (x0, y0, x1, y1) = (whole(from.x), whole(from.y), whole(to.x), whole(to.y));
        self.rule((x0.min(x1), y0.min(y1)), (x0.max(x1), y0.max(y1)));
    }

    /// A box from one corner to the other: a rule, if it is a stripe.
    fn rule(&mut self, (left, top): (i32, i32), (right, bottom): (i32, i32)) {
        let (across, down) = (right - left, bottom - top);
        let edge = |at: i32, size: i32| at.clamp(-POINT, size + POINT);
        if down <= STRIPE && across > down {
            let (from, to) = (edge(left, self.drawn.width), edge(right, self.drawn.width));
            if self.take() {
                self.drawn.level.push(Rule { at: (top + bottom) / 2, from, to });
            }
        } else if across <= STRIPE && down > across {
            let (from, to) = (edge(top, self.drawn.height), edge(bottom, self.drawn.height));
            if self.take() {
                self.drawn.upright.push(Rule { at: (left + right) / 2, from, to });
            }
        }
    }

    fn filled(&mut self, area: Rect) {
        self.rule((whole(area.x0), whole(area.y0)), (whole(area.x1), whole(area.y1)));
    }
}

impl<'a> Device<'a> for Pen<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        match mode {
            DrawMode::Stroke(_) => self.outline(path, props.transform),
            // A filled path may hold many stripes.
            DrawMode::Fill(_) | DrawMode::FillAndStroke(..) => {
                let mut piece = BezPath::new();
                for element in path.elements() {
                    if matches!(element, PathEl::MoveTo(_)) && !piece.is_empty() {
                        self.filled((props.transform * &piece).bounding_box());
                        piece.truncate(0);
                    }
                    if piece.is_empty() && !matches!(element, PathEl::MoveTo(_)) {
                        continue;
                    }
                    piece.push(*element);
                }
                if !piece.is_empty() {
                    self.filled((props.transform * &piece).bounding_box());
                }
                if matches!(mode, DrawMode::FillAndStroke(..)) {
                    self.outline(path, props.transform);
                }
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let area = (props.transform * rect.to_path(0.1)).bounding_box();
        let (left, top, right, bottom) = (whole(area.x0), whole(area.y0), whole(area.x1), whole(area.y1));
        let stripe = right - left <= STRIPE || bottom - top <= STRIPE;
        if matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)) && !stripe {
            self.rule((left, top), (right, top));
            self.rule((left, bottom), (right, bottom));
            self.rule((left, top), (left, bottom));
            self.rule((right, top), (right, bottom));
        } else if stripe {
            self.rule((left, top), (right, bottom));
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let Some(first) = run.glyphs().first() else { return };
        let face = match &**first {
            FontGlyph::Outline(outline) => self.charmap.face(outline),
            FontGlyph::Type3(_) => 0,
        };
        let mut glyphs = run.glyphs().iter().peekable();
        while let Some(glyph) = glyphs.next() {
            let transform = props.transform * glyph.transform();
            let (advance, characters) = match &**glyph {
                FontGlyph::Outline(outline) => {
                    (outline.advance_width(), outline.as_unicode().or_else(|| self.charmap.unicode(outline)))
                }
                FontGlyph::Type3(own) => (own.advance_width(), own.as_unicode()),
            };
            let advance = f64::from(advance.unwrap_or(500.0));
            let kind = (face, whole(advance));
            let start = transform * Point::ZERO;
            let up = transform * Point::new(0.0, 1000.0);
            let mut end = transform * Point::new(advance, 0.0);
            // A font that stands in for another is stretched to fit: no glyph reaches past the next.
            if let Some(next) = glyphs.peek() {
                let next = (props.transform * next.transform()) * Point::ZERO;
                if (next.x > start.x && next.x < end.x && start.y == end.y)
                    || (next.y > start.y && next.y < end.y && start.x == end.x)
                {
                    end = next;
                }
            }
            match characters {
                Some(BfString::Char(c)) => self.put(c, spot(start), spot(end), spot(up), kind),
                Some(BfString::String(text)) => self.ligature(&text, spot(start), spot(end), spot(up), kind),
                None => {
                    self.drawn.unknown += 1;
                    self.put(char::REPLACEMENT_CHARACTER, spot(start), spot(end), spot(up), kind);
                }
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = (props.transform * pixels.to_path(0.1)).bounding_box();
        let (across, down) = (whole(area.x1) - whole(area.x0), whole(area.y1) - whole(area.y0));
        self.drawn.picture |=
            i64::from(across) * i64::from(down) * 2 > i64::from(self.drawn.width) * i64::from(self.drawn.height);
    }
}
