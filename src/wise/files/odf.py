"""OpenDocument (ISO/IEC 26300): the document with its pictures; who wrote it, when and on which printer is left out."""

import re
from collections.abc import Mapping

from wise.files import bundle, cleaning, metafile, xml
from wise.files.findings import Cleaned, Damaged, Found, Outcome, Reason, Uncleanable
from wise.files.ooxml_words import People
from wise.files.xml import Rules, Tag

_DC = "http://purl.org/dc/elements/1.1/"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_DROPPED: Mapping[str, Found] = {
    r"(.*/)?meta\.xml": Found.AUTHOR,
    r"(.*/)?settings\.xml": Found.PATHS,
    r"Thumbnails/.*": Found.THUMBNAIL,
    r"META-INF/(document|macro|package)signatures\.xml": Found.SIGNATURE,
    r"(Basic|Scripts|Dialogs)/.*": Found.SCRIPT,
    r"Versions/.*|VersionList\.xml": Found.HISTORY,
    r"Configurations2/.*|manifest\.rdf|layout-cache": Found.OTHER,
}
_PATTERNS = {re.compile(pattern): what for pattern, what in _DROPPED.items()}
_SILENT = re.compile(r"Configurations2/.*|manifest\.rdf|layout-cache|(.*/)?settings\.xml")
_SCRIPTS = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
_INITIALS = frozenset({"creator-initials", "sender-initials"})
# Fields that show who wrote it, when, and where it lies: as they were last shown they would stay as words.
_FIELDS = {
    "initial-creator": Found.AUTHOR,
    "creator": Found.AUTHOR,
    "author-name": Found.AUTHOR,
    "author-initials": Found.AUTHOR,
    "printed-by": Found.AUTHOR,
    "file-name": Found.PATHS,
}


def clean(data: bytes, *, depth: int = 0) -> Cleaned:
    """The same document, made by nobody on no day."""
    parts = dict(bundle.members(data))
    if not {"mimetype", "content.xml", "META-INF/manifest.xml"} <= parts.keys():
        raise Damaged
    if b"encryption-data" in parts["META-INF/manifest.xml"]:
        raise Uncleanable(Reason.ENCRYPTED)
    people, dropped = People(), {name for name in parts if _why_dropped(name)}
    people.found |= {what for name in dropped if not _SILENT.fullmatch(name) and (what := _why_dropped(name))}
    if any(b"PrinterName" in parts[name] for name in dropped if name.endswith("settings.xml")):
        people.found.add(Found.PATHS)
    kept = [
        (name, _part(name, content, dropped, people, depth=depth))
        for name, content in parts.items()
        if name not in dropped
    ]
    return Cleaned(bundle.written(kept), people.found)


def _why_dropped(name: str) -> Found | None:
    return next((what for pattern, what in _PATTERNS.items() if pattern.fullmatch(name)), None)


def _part(name: str, content: bytes, dropped: set[str], people: People, *, depth: int) -> bytes:
    if name == "META-INF/manifest.xml":
        return xml.passed(content, Rules(lambda tag: _listed(tag, dropped)))
    if name.endswith(".xml"):
        return xml.passed(content, Rules(lambda tag: _stays(tag, people), lambda tag, text: _words(tag, text, people)))
    if name.endswith((".emf", ".wmf", ".svm")) or name.startswith("ObjectReplacements/"):
        return metafile.nameless(content)
    if "/" not in name or not content:
        return content
    result = cleaning.looked_at(content, depth=depth + 1)
    if result.outcome is not Outcome.CLEANED:
        raise Uncleanable(Reason.INSIDE)
    people.found |= set(result.found)
    return content if result.data is None else result.data


def _listed(tag: Tag, dropped: set[str]) -> bool:
    path = tag.attributes.get("manifest:full-path", "")
    return path not in dropped and not any(
        name.startswith(path) for name in dropped if path.endswith("/") and path != "/"
    )


def _stays(tag: Tag, people: People) -> bool:
    if (tag.space, tag.local) == (_DC, "date") or (tag.space, tag.local) == (_META, "date-string"):
        people.found.add(Found.DATES)
        return False
    if tag.space == _SCRIPTS or (tag.space, tag.local) == (_OFFICE, "scripts"):
        # LibreOffice writes an empty one into every document.
        return tag.local == "scripts"
    for name in list(tag.attributes):
        local = tag.space_of(name)[1]
        if local in {"rsid", "paragraph-rsid"}:
            people.found.add(Found.HISTORY)
            del tag.attributes[name]
    return True


def _words(tag: Tag, text: str, people: People) -> str:
    if (tag.space, tag.local) == (_DC, "creator") or tag.local in _INITIALS:
        return people.number_of(text)
    if tag.space == _TEXT and tag.local in _FIELDS and text.strip(" -"):
        people.found.add(_FIELDS[tag.local])
        return "-"
    return text
