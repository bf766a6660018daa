#!/usr/bin/env python3
"""Makes the files of this folder from one note and one workbook.

The note is written down here once. LibreOffice (soffice) saves it as DOCX,
DOC, RTF and ODT from a flat OpenDocument file in which the headings are
numbered by automatic lists; the text files, the web page and the OFD package
are written here. Needs Python 3.9 and LibreOffice 7 with its Writer and Calc:

    python3 make.py

The files are committed, so that tests need none of this.
"""

import pathlib
import shutil
import subprocess
import tempfile
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent

# ("title" | "1" | "2" | "p", text) or ("table", rows); a cell is text, or
# (text, columns, rows). Headings go without their number: lists count them.
NOTE = [
    ("title", "青禾县水土保持工作站"),
    ("title", "2024年单位预算情况说明"),
    ("1", "单位基本情况"),
    ("2", "主要职责"),
    ("p", "负责全县水土流失的监测、预报和综合治理，承担生产建设项目水土保持方案的技术审查工作。"),
    ("2", "机构和人员"),
    ("p", "本站内设综合股、监测股、治理股3个股室。核定事业编制26名，2023年末实有在职人员23人，其中：综合股8人，监测股6人，治理股9人。退休人员11人。"),
    ("1", "收支预算总体情况"),
    ("2", "收入预算"),
    ("p", "2024年收入预算486.35万元，其中：一般公共预算拨款462.35万元，政府性基金预算拨款0万元，其他收入24万元。收入比2023年增加21.17万元，增长4.55%。"),
    ("2", "支出预算"),
    ("p", "2024年支出预算486.35万元，其中：基本支出391.82万元，项目支出94.53万元。基本支出比2023年减少2.46万元，下降0.62%；项目支出比2023年增加23.63万元，增长33.33%。"),
    ("p", "单位：万元"),
    ("table", [
        [("项目", 1, 2), ("2024年预算", 3, 1)],
        ["合计", "基本支出", "项目支出"],
        ["农林水支出", "386.20", "301.67", "84.53"],
        ["社会保障和就业支出", "45.60", "45.60", "0.00"],
        ["卫生健康支出", "20.35", "20.35", "0.00"],
        ["住房保障支出", "34.20", "24.20", "10.00"],
        ["合计", "486.35", "391.82", "94.53"],
    ]),
    ("1", "财政拨款支出情况"),
    ("p", "2024年一般公共预算财政拨款支出462.35万元，比2023年增加15.20万元，主要原因是监测站点运行维护经费增加。其中：基本支出391.82万元，项目支出70.53万元。"),
    ("p", "2024年政府性基金预算支出0万元，与2023年持平。"),
    ("1", "“三公”经费情况说明"),
    ("p", "2024年“三公”经费预算6.80万元，比2023年减少0.40万元。其中：因公出国（境）费用0万元，与2023年持平；公务接待费1.30万元，比2023年减少0.40万元；公务用车购置及运行维护费5.60万元，与2023年持平，其中公务用车购置费0万元，公务用车运行维护费5.60万元。"),
    ("1", "其他重要事项"),
    ("2", "政府采购情况"),
    ("p", "2024年政府采购预算12.50万元，其中：货物预算3.50万元，工程预算0万元，服务预算9万元。"),
    ("2", "国有资产占有使用情况"),
    ("p", "截至2023年12月31日，本站共有车辆2辆，其中：一般公务用车1辆，特种专业技术用车1辆。"),
    ("2", "绩效目标设置情况"),
    ("p", "2024年3个项目实行绩效目标管理，涉及资金94.53万元。"),
    ("p", "联系人：陈工  联系电话：000-5550123"),
]

# Each sheet: name, title, rows; a number goes with its format.
N2, N0, PC = "0.00", "#,##0", "0.00%"
SHEETS = [
    ("收支预算总表", "2024年收支预算总表", [
        [("收入", 2), ("支出", 2)],
        ["项目", "预算数", "项目", "预算数"],
        ["一般公共预算拨款", ("462.35", N2), "基本支出", ("391.82", N2)],
        ["其他收入", ("24", N2), "项目支出", ("94.53", N2)],
        ["收入合计", ("486.35", N2), "支出合计", ("486.35", N2)],
    ]),
    ("“三公”经费预算表", "2024年“三公”经费预算表", [
        ["项目", "2023年预算数", "2024年预算数", "增长率"],
        ["公务接待费", ("1.7", N2), ("1.3", N2), ("-0.235294117647059", PC)],
        ["公务用车运行维护费", ("5.6", N2), ("5.6", N2), ("0", PC)],
        ["合计", ("7.3", N2), ("6.9", N2), ("-0.0547945205479452", PC)],
    ]),
]

CHINESE = "一二三四五六七八九十"


def numbered():
    """The note's lines as people read them."""
    first = second = 0
    for kind, what in NOTE:
        if kind == "1":
            first, second = first + 1, 0
            yield kind, CHINESE[first - 1] + "、" + what
        elif kind == "2":
            second += 1
            yield kind, "（" + CHINESE[second - 1] + "）" + what
        else:
            yield kind, what


def cell(it):
    return (it, 1, 1) if isinstance(it, str) else it


def grid(rows):
    """Rows with empty cells where merged ones reach."""
    taken, out = {}, []
    for r, row in enumerate(rows):
        line, c = [], 0
        for it in row:
            while taken.get((r, c)):
                line.append("")
                c += 1
            text, wide, tall = cell(it)
            for i in range(tall):
                for j in range(wide):
                    taken[r + i, c + j] = True
            line += [text] + [""] * (wide - 1)
            c += wide
        out.append(line)
    return out


def text():
    lines = []
    for kind, what in numbered():
        if kind == "table":
            lines += [" | ".join(row) for row in grid(what)]
        else:
            lines.append(what)
    return "\n".join(lines) + "\n"


def page(charset):
    body = []
    for kind, what in numbered():
        if kind == "table":
            body.append("<table border=1>")
            for row in what:
                tds = []
                for it in row:
                    t, wide, tall = cell(it)
                    span = (f" colspan={wide}" if wide > 1 else "") + (f" rowspan={tall}" if tall > 1 else "")
                    tds.append(f"<td{span}>{escape(t)}</td>")
                body.append("<tr>" + "".join(tds) + "</tr>")
            body.append("</table>")
        else:
            tag = {"title": "h2", "1": "h3", "2": "h4", "p": "p"}[kind]
            body.append(f"<{tag}>{escape(what)}</{tag}>")
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>2024年单位预算情况说明</title></head>\n<body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.%s">
%s
</office:document>
"""

LIST = """<office:automatic-styles>
<text:list-style style:name="L">
 <text:list-level-style-number text:level="1" style:num-suffix="、" style:num-format="一, 二, 三, ..."/>
 <text:list-level-style-number text:level="2" style:num-prefix="（" style:num-suffix="）" style:num-format="一, 二, 三, ..."/>
</text:list-style>
<style:style style:name="T" style:family="table"/>
</office:automatic-styles>"""


def flat_text():
    body, opened = [], False
    for n, (kind, what) in enumerate(NOTE):
        if kind == "table":
            width = max(len(row) for row in grid(what))
            body.append(f'<table:table table:name="表{n}"><table:table-column table:number-columns-repeated="{width}"/>')
            for row, line in zip(what, grid(what)):
                body.append("<table:table-row>")
                cells = [cell(it) for it in row]
                for place in line:
                    if place and cells and cells[0][0] == place:
                        t, wide, tall = cells.pop(0)
                        span = f' table:number-columns-spanned="{wide}" table:number-rows-spanned="{tall}"' if wide * tall > 1 else ""
                        body.append(f'<table:table-cell office:value-type="string"{span}><text:p>{escape(t)}</text:p></table:table-cell>')
                    else:
                        body.append("<table:covered-table-cell/>")
                body.append("</table:table-row>")
            body.append("</table:table>")
        elif kind in "12":
            goes_on = ' text:continue-numbering="true"' if opened else ""
            opened = True
            inner = f"<text:p>{escape(what)}</text:p>"
            if kind == "2":
                inner = f"<text:list><text:list-item>{inner}</text:list-item></text:list>"
            body.append(f'<text:list text:style-name="L"{goes_on}><text:list-item>{inner}</text:list-item></text:list>')
        else:
            what = escape(what).replace("  ", " <text:s/>")
            body.append(f"<text:p>{what}</text:p>")
    return FLAT % ("text", LIST + "<office:body><office:text>" + "\n".join(body) + "</office:text></office:body>")


def flat_sheets():
    formats = {
        N2: '<number:number-style style:name="{0}"><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1"/></number:number-style>',
        N0: '<number:number-style style:name="{0}"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>',
        PC: '<number:percentage-style style:name="{0}"><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>',
    }
    styles = ["<office:automatic-styles>"]
    for i, (code, form) in enumerate(formats.items()):
        styles.append(form.format(f"N{i + 100}"))
        styles.append(f'<style:style style:name="c{i}" style:family="table-cell" style:data-style-name="N{i + 100}"/>')
    styles.append("</office:automatic-styles>")
    names = {code: f"c{i}" for i, code in enumerate(formats)}
    body = []
    for name, title, rows in SHEETS:
        body.append(f'<table:table table:name="{name}">')

        def row(*cells):
            body.append("<table:table-row>" + "".join(cells) + "</table:table-row>")

        def string(t, wide=1):
            span = f' table:number-columns-spanned="{wide}"' if wide > 1 else ""
            return (f'<table:table-cell office:value-type="string"{span}><text:p>{escape(t)}</text:p></table:table-cell>'
                    + "<table:covered-table-cell/>" * (wide - 1))

        row(string(title, 4))
        row("<table:table-cell/>" * 3, string("单位：万元"))
        for line in rows:
            cells = []
            for it in line:
                if isinstance(it, str):
                    cells.append(string(it))
                elif isinstance(it[1], int):
                    cells.append(string(*it))
                else:
                    kind = "percentage" if it[1] == PC else "float"
                    cells.append(f'<table:table-cell table:style-name="{names[it[1]]}" office:value-type="{kind}" office:value="{it[0]}"/>')
            row(*cells)
        body.append("</table:table>")
    return FLAT % ("spreadsheet", "".join(styles) + "<office:body><office:spreadsheet>" + "".join(body) + "</office:spreadsheet></office:body>")


OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd():
    """Pages of text as a print driver writes them: a piece a line, or a cell."""
    lines = []
    for kind, what in numbered():
        if kind == "table":
            lines += [[(28.0 + 40 * n, t) for n, t in enumerate(row) if t] for row in grid(what)]
        elif kind == "title":
            lines.append([(104.0 - 2 * len(what), what)])
        else:
            # Two characters in, then from edge to edge.
            line, room, x = "", 36 * 4, 36.0
            for c in what:
                width = 2 if c.isascii() else 4
                if width > room:
                    lines.append([(x, line)])
                    line, room, x = "", 38 * 4, 28.0
                line, room = line + c, room - width
            lines.append([(x, line)])
    per_page = 36
    pages = [lines[i:i + per_page] for i in range(0, len(lines), per_page)]
    path = HERE / "note.ofd"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        def put(name, content):
            z.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8"?>\n' + content, zipfile.ZIP_DEFLATED)
        put("OFD.xml", f'<ofd:OFD {OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")
        refs = "".join(f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
        put("Doc_0/Document.xml", f"<ofd:Document {OFD}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
            f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{refs}</ofd:Pages></ofd:Document>")
        for i, page_lines in enumerate(pages):
            objects, y = [], 25.0
            for line in page_lines:
                for x, t in line:
                    # Figures stand half as wide.
                    deltas = " ".join("2" if c.isascii() else "4" for c in t[:-1])
                    objects.append(f'<ofd:TextObject ID="{len(objects) + 10}" Boundary="{x} {y} {4 * len(t)} 4" Font="3" Size="4">'
                                   f'<ofd:TextCode X="0" Y="3.4" DeltaX="{deltas}">{escape(t)}</ofd:TextCode></ofd:TextObject>')
                y += 7
            put(f"Doc_0/Pages/Page_{i}/Content.xml", f'<ofd:Page {OFD}><ofd:Content><ofd:Layer ID="2">' + "".join(objects)
                + "</ofd:Layer></ofd:Content></ofd:Page>")


def convert(source, *kinds):
    with tempfile.TemporaryDirectory() as folder:
        for kind, extension in kinds:
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind,
                            "--outdir", folder, str(source)], check=True, stdout=subprocess.DEVNULL)
            shutil.copy(pathlib.Path(folder) / f"{source.stem}.{extension}", HERE / f"{source.stem}.{extension}")


def rar():
    """The note in RAR archives of both families, if the package rars (PyPI) is there."""
    try:
        import rars
    except ImportError:
        print("RAR archives are left as they are: pip install rars")
        return
    for name, form, solid in [("note-rar4.rar", "rar29", True), ("note-rar5.rar", "rar50", False)]:
        archive = rars.RarBuilder(format=form, solid=solid)
        archive.add_bytes((HERE / "note.txt").read_bytes(), "附件/说明.txt", mtime=0)
        archive.add_bytes(b"\x89PNG\r\n\x1a\n", "附件/图.png", mtime=0)
        archive.add_bytes((HERE / "note.docx").read_bytes(), "附件/说明.docx", mtime=0)
        (HERE / name).write_bytes(archive.to_bytes())


def main():
    (HERE / "note.txt").write_text(text(), encoding="utf-8")
    (HERE / "note-gb18030.txt").write_text(text(), encoding="gb18030")
    (HERE / "note-gbk.html").write_text(page("gbk"), encoding="gbk")
    ofd()
    with tempfile.TemporaryDirectory() as folder:
        note = pathlib.Path(folder) / "note.fodt"
        note.write_text(flat_text(), encoding="utf-8")
        convert(note, ("docx", "docx"), ("doc:MS Word 97", "doc"), ("rtf", "rtf"), ("odt", "odt"))
        sheets = pathlib.Path(folder) / "tables.fods"
        sheets.write_text(flat_sheets(), encoding="utf-8")
        convert(sheets, ("xlsx", "xlsx"), ("xls:MS Excel 97", "xls"), ("ods", "ods"))
    rar()


if __name__ == "__main__":
    main()
