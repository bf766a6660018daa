//! Which character a glyph is, where the file's own map does not say.
//!
//! A font may leave out its map to Unicode. Two things then still tell: the
//! order of a character collection (the font's codes or numbers are those of
//! Adobe-GB1, say), and the font program's own map, read backwards.

use crate::document::narrow;
use hayro_interpret::font::{OutlineFontData, OutlineGlyph};
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream, String as PdfString};
use hayro_interpret::hayro_syntax::page::Resources;
use rustc_hash::FxHashMap;
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};
use std::rc::Rc;

/// Drawn contents nest no deeper than this where fonts are looked for.
const DEPTH: usize = 4;
/// Most contents that are looked into for fonts.
const FORMS: usize = 200;

/// From a font's codes to the characters of a collection.
#[derive(Debug)]
struct Collection {
    /// From code to number; none where the code is the number.
    encoding: Option<CMap>,
    /// From number to character.
    unicode: Rc<CMap>,
}

impl Collection {
    fn character(&self, code: u32) -> Option<BfString> {
        let number = match &self.encoding {
            None => code,
            Some(map) => (1..=4).find_map(|length| map.lookup_cid_code(code, length))?,
        };
        self.unicode.lookup_bf_string(number)
    }
}

/// What is known of the fonts of a document, page by page.
#[derive(Debug, Default)]
pub(super) struct Charmap {
    /// By the name of the font; none for a font of no known collection.
    collections: FxHashMap<String, Option<Rc<Collection>>>,
    unicode: FxHashMap<&'static str, Option<Rc<CMap>>>,
    /// From glyph to character, by font program.
    programs: FxHashMap<u128, Rc<FxHashMap<u32, char>>>,
    faces: FxHashMap<String, u16>,
    /// The font of the run under way, looked up when first needed.
    current: Option<Current>,
}

#[derive(Debug)]
struct Current {
    collection: Option<Rc<Collection>>,
    program: Rc<FxHashMap<u32, char>>,
}

/// A font's name without the mark of a subset: `ABCDEF+SimSun` is `SimSun`.
fn plain_name(name: &str) -> &str {
    match name.split_once('+') {
        Some((mark, rest)) if mark.len() == 6 => rest,
        _ => name,
    }
}

impl Charmap {
    /// Learns the fonts that a page names.
    pub(super) fn turn_to(&mut self, resources: &Resources<'_>) {
        let mut forms = FORMS;
        self.learn(&resources.fonts);
        self.learn_forms(&resources.x_objects, DEPTH, &mut forms);
    }

    fn learn_forms(&mut self, objects: &Dict<'_>, depth: usize, forms: &mut usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for (name, _) in objects.entries() {
            if *forms == 0 {
                return;
            }
            *forms -= 1;
            let Some(form) = objects.get::<Stream<'_>>(&name) else { continue };
            if let Some(inner) = form.dict().get::<Dict<'_>>("Resources") {
                self.learn(&inner.get::<Dict<'_>>("Font").unwrap_or_default());
                self.learn_forms(&inner.get::<Dict<'_>>("XObject").unwrap_or_default(), depth, forms);
            }
        }
    }

    fn learn(&mut self, fonts: &Dict<'_>) {
        for (name, _) in fonts.entries() {
            let Some(font) = fonts.get::<Dict<'_>>(&name) else { continue };
            let Some(base) = font.get::<Name<'_>>("BaseFont") else { continue };
            let base = plain_name(base.as_str());
            if font.contains_key("DescendantFonts") && !self.collections.contains_key(base) {
                let collection = self.collection(&font).map(Rc::new);
                self.collections.insert(base.to_owned(), collection);
            }
        }
    }

    fn collection(&mut self, font: &Dict<'_>) -> Option<Collection> {
        let encoding = font.get::<Name<'_>>("Encoding")?;
        let (family, encoding) = match CMapName::from_bytes(encoding.as_ref()) {
            CMapName::IdentityH | CMapName::IdentityV => {
                let descendants = font.get::<Array<'_>>("DescendantFonts")?;
                let system = descendants.iter::<Dict<'_>>().next()?.get::<Dict<'_>>("CIDSystemInfo")?;
                let registry = system.get::<PdfString<'_>>("Registry")?;
                let ordering = system.get::<PdfString<'_>>("Ordering")?;
                (CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()), None)
            }
            name => {
                let map = CMap::parse(load_embedded(name)?, load_embedded)?;
                (map.metadata().character_collection.as_ref()?.family.clone(), Some(map))
            }
        };
        let key = match family {
            CidFamily::AdobeGB1 => "GB1",
            CidFamily::AdobeCNS1 => "CNS1",
            CidFamily::AdobeJapan1 => "Japan1",
            CidFamily::AdobeKorea1 => "Korea1",
            _ => return None,
        };
        let load = || Some(Rc::new(CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?));
        let unicode = self.unicode.entry(key).or_insert_with(load).clone()?;
        Some(Collection { encoding, unicode })
    }

    /// Turns to the font of a run of glyphs; its number, for telling faces apart.
    pub(super) fn face(&mut self, glyph: &OutlineGlyph) -> u16 {
        self.current = None;
        let name = glyph.font_data().and_then(|font| font.postscript_name).unwrap_or_default();
        match self.faces.get(&name) {
            Some(face) => *face,
            None => {
                let face = u16::try_from(self.faces.len() + 1).unwrap_or(u16::MAX);
                self.faces.insert(name, face);
                face
            }
        }
    }

    /// The character of a glyph for which the file gives none.
    pub(super) fn unicode(&mut self, glyph: &OutlineGlyph) -> Option<BfString> {
        if self.current.is_none() {
            let font = glyph.font_data()?;
            let name = font.postscript_name.as_deref().unwrap_or_default();
            let collection = self.collections.get(name).cloned().flatten();
            let program = self.programs.entry(font.cache_key).or_insert_with(|| Rc::new(reversed(&font))).clone();
            self.current = Some(Current { collection, program });
        }
        let current = self.current.as_ref()?;
        let by_order = current.collection.as_ref().and_then(|collection| collection.character(glyph.char_code()));
        by_order.or_else(|| current.program.get(&glyph.glyph_id().to_u32()).map(|c| BfString::Char(*c)))
    }
}

/// From glyph to character, of a font program that maps characters to glyphs.
/// Of several characters with one glyph the first that is no variant counts.
fn reversed(font: &OutlineFontData) -> FxHashMap<u32, char> {
    let mut characters = FxHashMap::default();
    let data: &[u8] = (*font.data).as_ref();
    let Ok(program) = FontRef::new(data) else { return characters };
    let glyphs = program.maxp().map_or(0, |maxp| u32::from(maxp.num_glyphs()));
    for (code, glyph) in program.charmap().mappings() {
        let Some(c) = char::from_u32(code).filter(|c| !c.is_control()) else { continue };
        if narrow(characters.len()) > glyphs {
            break;
        }
        let kept = characters.entry(glyph.to_u32()).or_insert(c);
        if is_variant(*kept) && !is_variant(c) {
            *kept = c;
        }
    }
    characters
}

/// Radicals, compatibility forms and private characters: another character is meant.
fn is_variant(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2e80}'..='\u{2fdf}' | '\u{e000}'..='\u{faff}')
}

/// Radicals 1 to 214 as characters of their own, in the order of U+2F00 on.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The character that is meant: some fonts' maps name the radical ⽇ for 日.
pub(super) fn meant(c: char) -> char {
    match u32::from(c).checked_sub(0x2f00) {
        Some(number @ 0..214) => RADICALS.chars().nth(number as usize).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_the_characters_meant() {
        assert_eq!(RADICALS.chars().count(), 214);
        assert_eq!("⽇⽀⾦⿕日".chars().map(meant).collect::<String>(), "日支金龠日");
    }

    #[test]
    fn the_mark_of_a_subset_is_no_name() {
        assert_eq!(plain_name("ABCDEF+SimSun"), "SimSun");
        assert_eq!(plain_name("A+B"), "A+B");
    }
}
