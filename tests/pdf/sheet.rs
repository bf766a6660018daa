//! Writes small PDFs: text at places, rules, pictures. The font is not
//! embedded; its codes are those of a predefined map.

use std::fmt::Write as _;

/// How wide and high a page is, in points.
pub const WIDTH: f32 = 595.0;
pub const HEIGHT: f32 = 842.0;

/// A predefined map from codes to characters.
#[derive(Clone, Copy)]
pub enum Codes {
    /// `UniGB-UCS2-H`
    Unicode,
    /// `GBK-EUC-H`
    Gbk,
}

/// A page; `y` counts from the top.
#[derive(Default, Clone)]
pub struct Sheet {
    /// What is drawn, one operation a line; text as itself, in `⟨⟩`.
    drawn: String,
    turned: u32,
}

/// How wide a text is in a size: half a square for ASCII, else a square.
pub fn width(text: &str, size: f32) -> f32 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum::<f32>() * size
}

impl Sheet {
    pub fn new() -> Self {
        Self::default()
    }

    /// Text with its left end at `x` and its base at `y`.
    pub fn text(mut self, x: f32, y: f32, size: f32, text: &str) -> Self {
        writeln!(self.drawn, "BT /F {size} Tf {x} {} Td ⟨{text}⟩ Tj ET", HEIGHT - y).unwrap();
        self
    }

    /// Text about the middle of the page.
    pub fn centered(self, y: f32, size: f32, text: &str) -> Self {
        self.text((WIDTH - width(text, size)) / 2.0, y, size, text)
    }

    pub fn rule(mut self, from: (f32, f32), to: (f32, f32)) -> Self {
        writeln!(self.drawn, "{} {} m {} {} l S", from.0, HEIGHT - from.1, to.0, HEIGHT - to.1).unwrap();
        self
    }

    /// A whole grid of rules.
    pub fn grid(mut self, xs: &[f32], ys: &[f32]) -> Self {
        let (left, right) = (xs[0], xs[xs.len() - 1]);
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        for y in ys {
            self = self.rule((left, *y), (right, *y));
        }
        for x in xs {
            self = self.rule((*x, top), (*x, bottom));
        }
        self
    }

    /// A picture over the whole page.
    pub fn picture(mut self) -> Self {
        writeln!(self.drawn, "q {WIDTH} 0 0 {HEIGHT} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q").unwrap();
        self
    }

    /// The page is shown turned by quarters, clockwise.
    pub fn turned(mut self, quarters: u32) -> Self {
        self.turned = quarters;
        self
    }

    fn content(&self, codes: Codes) -> String {
        let mut out = String::new();
        let mut rest = self.drawn.as_str();
        while let Some((before, after)) = rest.split_once('⟨') {
            let (text, after) = after.split_once('⟩').unwrap();
            out.push_str(before);
            out.push('<');
            let bytes = match codes {
                Codes::Unicode => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                Codes::Gbk => encoding_rs::GBK.encode(text).0.into_owned(),
            };
            for byte in bytes {
                write!(out, "{byte:02x}").unwrap();
            }
            out.push('>');
            rest = after;
        }
        out + rest
    }
}

/// The bytes of a PDF with these pages.
pub fn pdf(codes: Codes, sheets: &[Sheet]) -> Vec<u8> {
    let name = match codes {
        Codes::Unicode => "UniGB-UCS2-H",
        Codes::Gbk => "GBK-EUC-H",
    };
    let kids: String = (0..sheets.len()).map(|n| format!("{} 0 R ", 6 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} /MediaBox [0 0 {WIDTH} {HEIGHT}] >>", sheets.len()),
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /{name} /DescendantFonts [4 0 R] >>"),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor 5 0 R \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
            .to_owned(),
        "<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -141 1000 859] /ItalicAngle 0 /Ascent 859 \
         /Descent -141 /CapHeight 683 /StemV 80 >>"
            .to_owned(),
    ];
    for (n, sheet) in sheets.iter().enumerate() {
        let content = sheet.content(codes);
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /Rotate {} /Resources << /Font << /F 3 0 R >> >> /Contents {} 0 R >>",
            sheet.turned * 90,
            7 + 2 * n
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len() + 1));
    }
    let mut bytes = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = vec![];
    for (n, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).into_bytes());
    }
    let start = bytes.len();
    let table: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let count = objects.len() + 1;
    bytes.extend(
        format!("xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
            .into_bytes(),
    );
    bytes
}
