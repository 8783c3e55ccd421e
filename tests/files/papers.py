"""Documents that betray something, made by the tests."""

import io
import zipfile
from typing import Any

import docx
import pikepdf
import typst

from tests.files import marks, packages, pictures
from tests.files.marks import Sample, sample
from wise.files.findings import Found

_WRITTEN = b"#set page(width: 12cm, height: 8cm)\n" + marks.SHOWN.encode()


def _plain() -> pikepdf.Pdf:
    """A document with words that can be searched."""
    return pikepdf.open(io.BytesIO(typst.compile(_WRITTEN, format="pdf")))


def _saved(document: pikepdf.Pdf, **given: Any) -> bytes:
    out = io.BytesIO()
    document.save(out, **given)
    return out.getvalue()


def _informed() -> bytes:
    document = _plain()
    information = document.docinfo
    information["/Author"], information["/Creator"] = marks.AUTHOR, marks.SOFTWARE
    information["/Title"], information["/CreationDate"] = marks.COMMENT, "D:20190714090807"
    information["/Company"] = marks.COMPANY
    return _saved(document)


def _described() -> bytes:
    document = _plain()
    document.Root.Metadata = document.make_stream(pictures.xmp(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    document.pages[0].obj.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=marks.SOFTWARE))
    return _saved(document)


def _holding() -> bytes:
    document = _plain()
    document.attachments["rahasia.bin"] = pikepdf.AttachedFileSpec(
        document, marks.INSIDE, filename=f"{marks.SERIAL}.bin"
    )
    return _saved(document)


def _running() -> bytes:
    document = _plain()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{marks.COMMENT}')")
    document.Root.OpenAction = script
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["x", script])))
    return _saved(document)


def _noted() -> bytes:
    document = _plain()
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[10, 10, 30, 30],
        Contents="Periksa",
        T=marks.AUTHOR,
        M="D:20190714090807",
        NM=marks.SERIAL,
    )
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(note)])
    return _saved(document)


def _signed() -> bytes:
    document = _plain()
    value = pikepdf.Dictionary(
        Type=pikepdf.Name.Sig,
        Filter=pikepdf.Name("/Adobe.PPKLite"),
        Name=marks.AUTHOR,
        Location=marks.COMPANY,
        ByteRange=[0, 1, 2, 3],
        Contents=pikepdf.String(marks.INSIDE.decode()),
    )
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="Tanda", Rect=[0, 0, 0, 0], V=value
    )
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[document.make_indirect(field)], SigFlags=3)
    return _saved(document)


def _pictured() -> bytes:
    document = _plain()
    photo = document.make_stream(
        pictures.photo(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=160,
        Height=120,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page = document.pages[0]
    page.obj.Resources.XObject = pikepdf.Dictionary(Foto=photo)
    page.contents_add(document.make_stream(b"q 160 0 0 120 20 20 cm /Foto Do Q"))
    return _saved(document)


def _changed() -> bytes:
    """A document with an earlier version in it, as programs leave it that write changes to the end."""
    first = _informed()
    place = first.rindex(b"startxref")
    old = first[place:].split()[1]
    more = b"\n9000 0 obj\n<< /Note (" + marks.INSIDE + b") >>\nendobj\n"
    table = b"xref\n9000 1\n%010d 00000 n \n" % (len(first) + 1)
    with pikepdf.open(io.BytesIO(first)) as document:
        root, size = document.Root.objgen[0], 9001
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %s >>\n" % (size, root, old)
    return first + more + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(first) + len(more))


def _locked_for_changes() -> bytes:
    return _saved(pikepdf.open(io.BytesIO(_informed())), encryption=pikepdf.Encryption(owner="pemilik", user=""))


def word(*, macros: bool = False) -> bytes:
    """A document of Word with a photograph, a comment, changes that are tracked, and the numbers of its drafts."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = marks.AUTHOR
    document.core_properties.comments = marks.COMMENT
    paragraph = document.add_paragraph(marks.SHOWN)
    document.add_picture(io.BytesIO(pictures.photo()))
    document.add_comment(paragraph.runs, "Periksa", author=marks.AUTHOR, initials="SWP")
    out = io.BytesIO()
    document.save(out)
    return _edited(out.getvalue(), macros=macros)


def _edited(data: bytes, *, macros: bool) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change = f'<w:ins w:id="77" w:author="{marks.AUTHOR}" w:date="{marks.DAY}"><w:r><w:t>tambahan</w:t></w:r></w:ins>'
    body = parts["word/document.xml"].decode()
    body = body.replace("<w:p>", '<w:p w:rsidR="00A47110" w:rsidRDefault="00A47110">', 1).replace(
        "</w:p>", change + "</w:p>", 1
    )
    parts["word/document.xml"] = body.encode()
    settings = parts["word/settings.xml"].decode()
    parts["word/settings.xml"] = settings.replace(
        "</w:settings>",
        f'<w:rsids><w:rsidRoot w:val="00A47110"/></w:rsids><w:docVars><w:docVar w:name="x" w:val="{marks.COMPANY}"/>'
        f"</w:docVars><w:attachedTemplate "
        f'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:id="rIdX1"/></w:settings>',
    ).encode()
    outside = packages.relations(outside=(("attachedTemplate", f"file:///{marks.PATH}"),))
    parts["word/_rels/settings.xml.rels"] = outside.encode()
    if macros:
        types = parts["[Content_Types].xml"].decode()
        plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        types = types.replace(plain, "application/vnd.ms-word.document.macroEnabled.main+xml")
        parts["[Content_Types].xml"] = types.replace(
            "<Default ", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default ', 1
        ).encode()
        parts["word/vbaProject.bin"] = marks.INSIDE
    return packages.zipped({**parts})


_OPENED = (Found.AUTHOR, Found.DATES, Found.THUMBNAIL, Found.PATHS, Found.CAMERA, Found.PLACE)

PAPERS: tuple[Sample, ...] = (
    sample("surat.pdf", "pdf", _informed, Found.AUTHOR, Found.SOFTWARE, Found.DATES, Found.COMMENTS),
    sample("xmp.pdf", "pdf", _described, Found.AUTHOR, Found.SOFTWARE, Found.PLACE),
    sample("lampiran.pdf", "pdf", _holding, Found.EMBEDDED),
    sample("skrip.pdf", "pdf", _running, Found.SCRIPT),
    sample("catatan.pdf", "pdf", _noted, Found.AUTHOR, Found.DATES),
    sample("tanda-tangan.pdf", "pdf", _signed, Found.SIGNATURE),
    sample("berfoto.pdf", "pdf", _pictured, Found.PLACE, Found.CAMERA, Found.SERIAL),
    sample("riwayat.pdf", "pdf", _changed),
    sample("terkunci.pdf", "pdf", _locked_for_changes, Found.AUTHOR),
    sample(
        "surat.docx", "docx", word, Found.AUTHOR, Found.DATES, Found.HISTORY, Found.PATHS, Found.PLACE, Found.CAMERA
    ),
    sample("makro.docx", "docx", lambda: word(macros=True), Found.SCRIPT, Found.AUTHOR),
    sample("daftar.xlsx", "xlsx", packages.xlsx, Found.AUTHOR, Found.PATHS, Found.HISTORY, Found.PLACE),
    sample("paparan.pptx", "pptx", packages.pptx, Found.AUTHOR, Found.PATHS, Found.SCRIPT, Found.PLACE),
    sample("surat.odt", "odt", lambda: packages.opened("text"), *_OPENED, Found.HISTORY),
    sample("daftar.ods", "ods", lambda: packages.opened("spreadsheet"), *_OPENED),
    sample("paparan.odp", "odp", lambda: packages.opened("presentation"), *_OPENED),
    sample(
        "kumpulan.zip",
        "zip",
        lambda: packages.zipped({"foto.jpg": pictures.photo(), "surat.docx": word(), "catatan.txt": marks.SHOWN}),
        Found.PLACE,
        Found.AUTHOR,
    ),
)
