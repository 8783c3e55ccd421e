"""Word, Excel and PowerPoint (ECMA-376): the document with its pictures; who wrote it, when and where is left out."""

import re
from collections.abc import Container, Mapping

from wise.files import bundle, cleaning, metafile, ooxml_words, xml
from wise.files.findings import Cleaned, Damaged, Found, Outcome, Reason, Uncleanable
from wise.files.xml import Rules, Tag

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "[Content_Types].xml"
# Parts that tell of people, computers and earlier versions; and what runs.
_DROPPED: Mapping[str, Found] = {
    r"docProps/(core|custom)\.xml": Found.AUTHOR,
    r"docProps/app\.xml": Found.SOFTWARE,
    r"docProps/thumbnail\..*": Found.THUMBNAIL,
    r"docProps/.*": Found.OTHER,
    r"docMetadata/.*": Found.OTHER,
    r"customXml/.*": Found.OTHER,
    r"(word|ppt)/people\.xml": Found.AUTHOR,
    r"ppt/(changesInfos/.*|revisionInfo\.xml)": Found.HISTORY,
    r"xl/revisions/.*": Found.HISTORY,
    r"_xmlsignatures/.*": Found.SIGNATURE,
    r".*/printerSettings/.*": Found.PATHS,
    r".*vba(Project|Data|ProjectSignature).*": Found.SCRIPT,
    r".*/activeX/.*": Found.SCRIPT,
    r"\[trash\]/.*": Found.HISTORY,
}
_PATTERNS = {re.compile(pattern): what for pattern, what in _DROPPED.items()}
_MACROS = re.compile(
    r"application/vnd\.ms-(word|excel|powerpoint)\.(document|sheet|presentation|slideshow)\.macroEnabled\.main\+xml"
)
_PLAIN = {"word": "wordprocessingml", "excel": "spreadsheetml", "powerpoint": "presentationml"}
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".svg", ".heic", ".avif")
_FILMS = (".mp4", ".mov", ".m4a", ".m4v", ".mp3", ".wav", ".webm")
# An address of a file on somebody's computer or in their network.
_ON_A_COMPUTER = re.compile(r"file:|^[A-Za-z]:[\\/]|^\\\\|^//", re.IGNORECASE)
_NOWHERE = "file:///-"
# Bytes that are no XML parts of their own: sheets can be large, and tell little.
_IN_SHEETS = re.compile(rb'\sxr\d*:uid="\{[-0-9A-Fa-f]+\}"|(?<=<pageSetup)((?:\s[\w:]+="[^"]*")*?)\sr:id="[^"]*"')


def clean(data: bytes, *, depth: int = 0) -> Cleaned:
    """The same document, made by nobody on no day."""
    parts = dict(bundle.members(data))
    if _TYPES not in parts:
        raise Damaged
    found: set[Found] = set()
    dropped = {name: what for name in parts if (what := _why_dropped(name))}
    found |= set(dropped.values())
    people = ooxml_words.People()
    kept: bundle.Members = []
    for name, content in sorted(parts.items(), key=lambda part: (part[0] != _TYPES, not _names_people(part[0]))):
        if name not in dropped:
            kept.append((name, _part(name, content, dropped, people, found, depth=depth)))
    found |= people.found
    order = list(parts)
    return Cleaned(bundle.written(sorted(kept, key=lambda part: order.index(part[0]))), found)


def _why_dropped(name: str) -> Found | None:
    return next((what for pattern, what in _PATTERNS.items() if pattern.fullmatch(name)), None)


def _names_people(name: str) -> bool:
    """Whether a part lists who commented: it is read before the comments."""
    return "uthors" in name or "persons/" in name


def _part(
    name: str, content: bytes, dropped: Container[str], people: ooxml_words.People, found: set[Found], *, depth: int
) -> bytes:
    lower = name.lower()
    if name == _TYPES:
        return xml.passed(content, Rules(lambda tag: _type_stays(tag, dropped)))
    if lower.endswith(".rels"):
        return xml.passed(content, Rules(lambda tag: _relation_stays(tag, name, dropped, found)))
    if "/worksheets/" in lower or "/sharedstrings" in lower:
        return _IN_SHEETS.sub(rb"\1", content)
    if lower.endswith(".xml"):
        return ooxml_words.passed(name, content, people)
    return _inner(lower, content, found, depth=depth)


def _inner(name: str, content: bytes, found: set[Found], *, depth: int) -> bytes:
    """A part that is no XML: a picture, a film, another document."""
    if name.endswith((".emf", ".wmf")):
        return metafile.nameless(content)
    if name.endswith((*_PICTURES, *_FILMS)) or "/embeddings/" in name:
        return _cleaned(name, content, found, depth=depth)
    return content


def _cleaned(name: str, content: bytes, found: set[Found], *, depth: int) -> bytes:
    """The part cleaned; a document inside that cannot be is emptied."""
    result = cleaning.looked_at(content, depth=depth + 1) if depth < 2 else None  # noqa: PLR2004 - deep enough
    if result is None or result.outcome is not Outcome.CLEANED:
        if "/embeddings/" in name:
            found.add(Found.EMBEDDED)
            return b""
        if name.endswith(".bmp"):
            return content
        raise Uncleanable(Reason.INSIDE)
    found |= set(result.found)
    return content if result.data is None else result.data


def _type_stays(tag: Tag, dropped: Container[str]) -> bool:
    if tag.local == "Override":
        kind = tag.attributes.get("ContentType", "")
        if plain := _MACROS.fullmatch(kind):
            form = f"application/vnd.openxmlformats-officedocument.{_PLAIN[plain[1]]}.{plain[2]}.main+xml"
            tag.attributes["ContentType"] = form
        return tag.attributes.get("PartName", "").lstrip("/") not in dropped
    return True


def _relation_stays(tag: Tag, name: str, dropped: Container[str], found: set[Found]) -> bool:
    if tag.local != "Relationship":
        return True
    target = tag.attributes.get("Target", "")
    if tag.attributes.get("TargetMode") == "External":
        if target != _NOWHERE and _ON_A_COMPUTER.search(target):
            found.add(Found.PATHS)
            tag.attributes["Target"] = _NOWHERE
        return True
    return _place(target, name) not in dropped


def _place(target: str, name: str) -> str:
    """The part that a relation of this list means (ECMA-376, part 2, 8.3)."""
    if target.startswith("/"):
        return target.lstrip("/")
    folder = name.split("/")[:-2]
    for step in target.split("/"):
        folder = folder[:-1] if step == ".." else [*folder, step]
    return "/".join(folder)
