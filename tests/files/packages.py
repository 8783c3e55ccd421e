"""Spreadsheets, slides and OpenDocument files that betray something, written by hand: small, and whole."""

import io
import zipfile
from collections.abc import Mapping

from tests.files import marks, pictures

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OD = "urn:oasis:names:tc:opendocument:xmlns"
_TYPE = "application/vnd.openxmlformats-officedocument"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = marks.COMMENT.encode()
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 7, 14, 9, 8, 6)), content)
    return out.getvalue()


def _types(**overrides: str) -> str:
    rows = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        f'<Default Extension="bin" ContentType="application/octet-stream"/>{rows}</Types>'
    )


def relations(*rows: tuple[str, str], outside: tuple[tuple[str, str], ...] = ()) -> str:
    inner = "".join(
        f'<Relationship Id="rId{place}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(rows, start=1)
    )
    inner += "".join(
        f'<Relationship Id="rIdX{place}" Type="{_RELATION}/{kind}" Target="{target}" TargetMode="External"/>'
        for place, (kind, target) in enumerate(outside, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def core() -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>{marks.AUTHOR}</dc:creator>'
        f"<cp:lastModifiedBy>{marks.AUTHOR}</cp:lastModifiedBy><dc:description>{marks.COMMENT}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{marks.DAY}</dcterms:created></cp:coreProperties>'
    )


def app() -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return (
        f'{_HEAD}<Properties xmlns="{space}"><Application>{marks.SOFTWARE}</Application>'
        f"<Company>{marks.COMPANY}</Company></Properties>"
    )


_ROOT = relations(
    ("officeDocument", "{main}"),
    ("metadata/core-properties", "docProps/core.xml"),
    ("extended-properties", "docProps/app.xml"),
)


def xlsx() -> bytes:
    book = (
        f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_RELATION}" '
        f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" '
        f'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision">'
        f'<fileVersion appName="xl" lastEdited="7"/><fileSharing userName="{marks.AUTHOR}"/>'
        f'<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="{marks.PATH}"/></mc:Choice>'
        f'</mc:AlternateContent><xr:revisionPtr documentId="{marks.SERIAL}"/>'
        f'<sheets><sheet name="Daftar" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    sheet = (
        f'{_HEAD}<worksheet xmlns="{_SHEET}" xmlns:r="{_RELATION}" '
        f'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
        f'xr:uid="{{11111111-2222-3333-4444-555555555555}}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
        f'{marks.SHOWN}</t></is></c></row></sheetData><pageSetup paperSize="9" orientation="portrait" r:id="rId3"/>'
        f'<drawing r:id="rId4"/><legacyDrawing r:id="rId2"/></worksheet>'
    )
    comments = (
        f'{_HEAD}<comments xmlns="{_SHEET}"><authors><author>{marks.AUTHOR}</author></authors><commentList>'
        f'<comment ref="A1" authorId="0"><text><r><t>{marks.AUTHOR}:</t></r><r><t>\nPeriksa lagi</t>'
        f"</r></text></comment></commentList></comments>"
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(
            **{
                "xl/workbook.xml": f"{_TYPE}.spreadsheetml.sheet.main+xml",
                "xl/worksheets/sheet1.xml": f"{_TYPE}.spreadsheetml.worksheet+xml",
                "xl/comments1.xml": f"{_TYPE}.spreadsheetml.comments+xml",
                "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
                "docProps/app.xml": f"{_TYPE}.extended-properties+xml",
            }
        ),
        "_rels/.rels": _ROOT.replace("{main}", "xl/workbook.xml"),
        "docProps/core.xml": core(),
        "docProps/app.xml": app(),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), outside=(("externalLinkPath", f"file:///{marks.PATH}"),)
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("comments", "../comments1.xml"),
            ("vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("printerSettings", "../printerSettings/printerSettings1.bin"),
            ("drawing", "../drawings/drawing1.xml"),
        ),
        "xl/comments1.xml": comments,
        "xl/drawings/vmlDrawing1.vml": "<xml xmlns:v='urn:schemas-microsoft-com:vml'/>",
        "xl/drawings/drawing1.xml": f"{_HEAD}<wsDr xmlns='{_DRAW}'/>",
        "xl/drawings/_rels/drawing1.xml.rels": relations(("image", "../media/image1.jpeg")),
        "xl/media/image1.jpeg": pictures.photo(),
        "xl/printerSettings/printerSettings1.bin": rf"\\{marks.COMPANY}\printer".encode("utf-16-le"),
    }
    return zipped(parts)


def pptx() -> bytes:
    shape = (
        f'<p:pic><p:nvPicPr><p:cNvPr id="2" name="Gambar" descr="{marks.PATH}"/></p:nvPicPr></p:pic>'
        f"<p:sp><p:txBody><a:p><a:r><a:t>{marks.SHOWN}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(
            **{
                "ppt/presentation.xml": "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
                "ppt/slides/slide1.xml": f"{_TYPE}.presentationml.slide+xml",
                "ppt/commentAuthors.xml": f"{_TYPE}.presentationml.commentAuthors+xml",
                "ppt/comments/comment1.xml": f"{_TYPE}.presentationml.comments+xml",
                "ppt/vbaProject.bin": "application/vnd.ms-office.vbaProject",
                "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
                "docProps/app.xml": f"{_TYPE}.extended-properties+xml",
            }
        ),
        "_rels/.rels": _ROOT.replace("{main}", "ppt/presentation.xml"),
        "docProps/core.xml": core(),
        "docProps/app.xml": app(),
        "ppt/presentation.xml": f'{_HEAD}<p:presentation xmlns:p="{_SLIDE}" xmlns:r="{_RELATION}"><p:sldIdLst><p:sldId '
        f'id="256" r:id="rId1"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(
            ("slide", "slides/slide1.xml"), ("commentAuthors", "commentAuthors.xml"), ("vbaProject", "vbaProject.bin")
        ),
        "ppt/commentAuthors.xml": f'{_HEAD}<p:cmAuthorLst xmlns:p="{_SLIDE}"><p:cmAuthor id="0" name="{marks.AUTHOR}" '
        f'initials="SWP" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>',
        "ppt/comments/comment1.xml": f'{_HEAD}<p:cmLst xmlns:p="{_SLIDE}"><p:cm authorId="0" dt="{marks.DAY}" idx="1">'
        f"<p:text>Periksa</p:text></p:cm></p:cmLst>",
        "ppt/slides/slide1.xml": f'{_HEAD}<p:sld xmlns:p="{_SLIDE}" xmlns:a="{_DRAW}"><p:cSld><p:spTree>{shape}'
        f"</p:spTree></p:cSld></p:sld>",
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("comments", "../comments/comment1.xml"), ("image", "../media/image1.jpeg")
        ),
        "ppt/media/image1.jpeg": pictures.photo(),
        "ppt/vbaProject.bin": marks.INSIDE,
    }
    return zipped(parts)


def opened(kind: str, *, encrypted: bool = False) -> bytes:
    """An OpenDocument text, spreadsheet or presentation."""
    spaces = (
        f'xmlns:office="{_OD}:office:1.0" xmlns:text="{_OD}:text:1.0" xmlns:meta="{_OD}:meta:1.0" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:config="{_OD}:config:1.0" '
        f'xmlns:officeooo="http://openoffice.org/2009/office" xmlns:draw="{_OD}:drawing:1.0" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:style="{_OD}:style:1.0"'
    )
    note = (
        f"<office:annotation><dc:creator>{marks.AUTHOR}</dc:creator><dc:date>{marks.DAY}</dc:date>"
        f"<meta:creator-initials>SWP</meta:creator-initials><text:p>Periksa</text:p></office:annotation>"
    )
    change = (
        f'<text:tracked-changes><text:changed-region text:id="c1"><text:insertion><office:change-info><dc:creator>'
        f"{marks.AUTHOR}</dc:creator><dc:date>{marks.DAY}</dc:date></office:change-info></text:insertion>"
        f"</text:changed-region></text:tracked-changes>"
    )
    words = (
        f'<text:p>{marks.SHOWN}{note}</text:p><text:p><text:author-name text:fixed="false">{marks.AUTHOR}'
        f'</text:author-name><draw:image xlink:href="Pictures/foto.jpg"/></text:p>'
    )
    secret = "<manifest:encryption-data/>" if encrypted else ""
    names = ("content.xml", "meta.xml", "settings.xml", "Pictures/foto.jpg", "Thumbnails/thumbnail.png")
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="x">{secret}</manifest:file-entry>'
        for name in names
    )
    parts: dict[str, str | bytes] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"{_HEAD}<office:document-content {spaces}><office:automatic-styles><style:style "
        f'style:name="P1"><style:text-properties officeooo:rsid="{marks.SERIAL}"/></style:style>'
        f"</office:automatic-styles><office:body><office:{kind}>{change}{words}</office:{kind}></office:body></office:document-content>",
        "meta.xml": f"{_HEAD}<office:document-meta {spaces}><office:meta><meta:initial-creator>{marks.AUTHOR}"
        f"</meta:initial-creator><meta:generator>{marks.SOFTWARE}</meta:generator><meta:creation-date>{marks.DAY}"
        f"</meta:creation-date></office:meta></office:document-meta>",
        "settings.xml": f'{_HEAD}<office:document-settings {spaces}><config:config-item config:name="PrinterName">'
        f"{marks.COMPANY}</config:config-item></office:document-settings>",
        "Pictures/foto.jpg": pictures.photo(),
        "Thumbnails/thumbnail.png": pictures.saved(pictures.picture(), "PNG"),
        "META-INF/manifest.xml": f'{_HEAD}<manifest:manifest xmlns:manifest="{_OD}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{kind}"/>{rows}'
        f"</manifest:manifest>",
    }
    return zipped(parts)
