"""PDF (ISO 32000): the pages with their words; who made it, what hangs on it and what runs in it is left out.

qpdf writes the document anew: what no page needs, earlier versions included, is not carried over.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from wise.files import jpeg, limits, marks
from wise.files.findings import Cleaned, Damaged, Found, Reason, Uncleanable

# Entries of any object, by what they tell.
_EVERYWHERE: Mapping[str, Found] = {
    "/PieceInfo": Found.SOFTWARE,
    "/LastModified": Found.DATES,
    "/Thumb": Found.THUMBNAIL,
    "/AF": Found.EMBEDDED,
    "/JS": Found.SCRIPT,
    "/AA": Found.SCRIPT,
    "/CreatorInfo": Found.SOFTWARE,
    "/OPI": Found.PATHS,
    "/Measure": Found.PLACE,  # where on earth a map lies
    "/VP": Found.PLACE,
    "/GPTS": Found.PLACE,
}
_OF_CATALOG: Mapping[str, Found] = {
    "/Collection": Found.EMBEDDED,
    "/Perms": Found.SIGNATURE,
    "/DSS": Found.SIGNATURE,
    "/Legal": Found.OTHER,
    "/URI": Found.PATHS,
    "/SpiderInfo": Found.PATHS,
}
_OF_NAMES: Mapping[str, Found] = {"/EmbeddedFiles": Found.EMBEDDED, "/JavaScript": Found.SCRIPT}
# Annotations: who wrote them, when, and under which number.
_OF_NOTES: Mapping[str, Found] = {
    "/T": Found.AUTHOR,
    "/M": Found.DATES,
    "/CreationDate": Found.DATES,
    "/NM": Found.OTHER,
}
_INFORMATION: Mapping[str, Found] = {
    "/Author": Found.AUTHOR,
    "/Creator": Found.SOFTWARE,
    "/Producer": Found.SOFTWARE,
    "/CreationDate": Found.DATES,
    "/ModDate": Found.DATES,
    "/Title": Found.COMMENTS,
    "/Subject": Found.COMMENTS,
    "/Keywords": Found.COMMENTS,
    "/Company": Found.AUTHOR,
}
_RUNS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE", "/RichMediaExecute"})
_ATTACHED = frozenset({"/FileAttachment", "/Movie", "/Sound", "/RichMedia", "/Screen", "/3D"})
_MOST_OBJECTS = 200_000
_DEEPEST = 50


def clean(data: bytes) -> Cleaned:
    """The same pages, made by nobody on no day; words stay searchable."""
    found: set[Found] = set()
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            if len(document.objects) > _MOST_OBJECTS:
                raise Uncleanable(Reason.TOO_BIG)
            found |= _information(document)
            # The number that ties this document to its earlier versions.
            if "/ID" in document.trailer:
                del document.trailer["/ID"]
            _catalog(document, found)
            _pages(document, found)
            _objects(document, found)
            out = io.BytesIO()
            document.remove_unreferenced_resources()
            document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError:
        raise Uncleanable(Reason.ENCRYPTED) from None
    except pikepdf.PdfError:
        raise Damaged from None
    limits.insist_on_size(out.tell())
    return Cleaned(out.getvalue(), found)


def _information(document: pikepdf.Pdf) -> set[Found]:
    information = document.trailer.get("/Info")
    if information is None:
        return set()
    found = {_INFORMATION.get(key, Found.OTHER) for key in information.keys() if key != "/Trapped"}  # noqa: SIM118 - no dict
    del document.trailer["/Info"]
    return found


def _catalog(document: pikepdf.Pdf, found: set[Found]) -> None:
    root = document.Root
    _leave_out(root, _OF_CATALOG, found)
    if (names := root.get("/Names")) is not None:
        _leave_out(names, _OF_NAMES, found)
    if (form := root.get("/AcroForm")) is not None:
        _leave_out(form, {"/XFA": Found.SCRIPT}, found)
        _leave_out(form, {"/SigFlags": Found.SIGNATURE}, found)


def _pages(document: pikepdf.Pdf, found: set[Found]) -> None:
    for page in document.pages:
        notes = page.obj.get("/Annots")
        if not isinstance(notes, pikepdf.Array):
            continue
        staying = []
        for note in notes:
            kind = str(note.get("/Subtype", "")) if isinstance(note, pikepdf.Dictionary) else ""
            if kind in _ATTACHED:
                found.add(Found.EMBEDDED)
                continue
            # A field of a form is called by its /T: it stays, and a signature's value goes.
            if kind != "/Widget":
                _leave_out(note, _OF_NOTES, found)
            staying.append(note)
        page.obj["/Annots"] = pikepdf.Array(staying)


def _objects(document: pikepdf.Pdf, found: set[Found]) -> None:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream):
            _picture(thing, found)
        for holder in _dictionaries(thing):
            if (packet := holder.get("/Metadata")) is not None:
                found |= marks.of_xmp(packet.read_bytes()) if isinstance(packet, pikepdf.Stream) else {Found.OTHER}
                del holder["/Metadata"]
            _leave_out(holder, _EVERYWHERE, found)
            if (why := _emptied(holder)) is not None:
                found.add(why)
                if isinstance(holder, pikepdf.Stream):
                    holder.write(b"")
                for key in set(holder.keys()) - {"/Length"}:
                    del holder[key]


def _emptied(holder: Any) -> Found | None:
    """Why nothing of a dictionary stays: it runs, it is somebody's signature, it is a file."""
    kind = str(holder.get("/Type", ""))
    if str(holder.get("/S", "")) in _RUNS:
        return Found.SCRIPT
    if kind in {"/Sig", "/DocTimeStamp"} or "/ByteRange" in holder:
        return Found.SIGNATURE
    return Found.EMBEDDED if kind in {"/Filespec", "/F", "/EmbeddedFile"} else None


def _dictionaries(thing: Any, depth: int = 0) -> Iterator[Any]:
    """The dictionaries in an object, not in others that it points to."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield thing
        inner = [thing.get(key) for key in list(thing.keys())]
    elif isinstance(thing, pikepdf.Array):
        inner = list(thing)
    else:
        return
    for part in inner:
        if isinstance(part, pikepdf.Dictionary | pikepdf.Array) and not part.is_indirect and depth < _DEEPEST:
            yield from _dictionaries(part, depth + 1)


def _picture(stream: Any, found: set[Found]) -> None:
    """Pictures lie in a document as their cameras wrote them."""
    only = stream.get("/Filter")
    if str(stream.get("/Subtype", "")) != "/Image" or str(only) not in {"/DCTDecode", "[ /DCTDecode ]"}:
        return
    if isinstance(only, pikepdf.Array) and len(only) != 1:
        return
    raw = stream.read_raw_bytes()
    try:
        cleaned = jpeg.clean(raw)
    except Uncleanable:
        raise Uncleanable(Reason.INSIDE) from None
    if cleaned.found:
        found |= set(cleaned.found)
        stream.write(cleaned.data, filter=pikepdf.Name.DCTDecode, decode_parms=stream.get("/DecodeParms"))


def _leave_out(holder: Any, entries: Mapping[str, Found], found: set[Found]) -> None:
    if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key, what in entries.items():
        if key in holder:
            found.add(what)
            del holder[key]
