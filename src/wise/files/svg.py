"""SVG 1.1 and 2: shapes and words; scripts, foreign pages, addresses elsewhere and editors' notes are left out."""

import base64
import re

from wise.files import cleaning, kinds, xml
from wise.files.findings import Cleaned, Damaged, Found
from wise.files.xml import Rules, Tag

SPACE = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "audio", "video", "handler", "listener"})
# Animations that set an address could set one that runs.
_ANIMATIONS = frozenset({"animate", "set", "animateTransform", "animateMotion"})
_EDITORS = ("inkscape", "sodipodi", "adobe.com", "corel", "sketch", "figma", "purl.org/dc", "creativecommons")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,(.*)", re.DOTALL)


def clean(data: bytes) -> Cleaned:
    """The same picture, which does nothing by itself."""
    found: set[Found] = set()
    rules = Rules(lambda tag: _stays(tag, found), _words)
    out = xml.passed(data, rules)
    if b"<svg" not in out and b":svg" not in out:
        raise Damaged
    if b"<!--" in data:
        found.add(Found.COMMENTS)
    return Cleaned(out, found)


def _stays(tag: Tag, found: set[Found]) -> bool:
    if tag.space != SPACE:
        found.add(Found.SOFTWARE if any(name in tag.space for name in _EDITORS) else Found.OTHER)
        return False
    if tag.local in _ACTIVE or (tag.local in _ANIMATIONS and "href" in tag.attributes.get("attributeName", "")):
        found.add(Found.SCRIPT)
        return False
    if tag.local == "metadata":
        found.add(Found.COMMENTS)
        return False
    for name, value in list(tag.attributes.items()):
        space, local = tag.space_of(name)
        kept = _attribute(local, value, found) if space in {"", _XLINK, _XML} or name.startswith("xmlns") else None
        if kept is None:
            del tag.attributes[name]
            if space not in {"", _XLINK, _XML}:
                found.add(Found.PATHS if "filename" in local or "docname" in local else Found.SOFTWARE)
        else:
            tag.attributes[name] = kept
    return True


def _attribute(local: str, value: str, found: set[Found]) -> str | None:
    """The attribute as it may stay, or None."""
    if local.lower().startswith("on"):
        found.add(Found.SCRIPT)
        return None
    if local == "href":
        return _address(value, found)
    if "url(" in value and re.search(r"url\(\s*['\"]?(?!#)", value):
        found.add(Found.SCRIPT)
        return None
    return value


def _address(value: str, found: set[Found]) -> str | None:
    if value.startswith("#"):
        return value
    if inner := _PICTURE.fullmatch(value.strip()):
        result = cleaning.looked_at(base64.b64decode(inner[1]), depth=1)
        found |= set(result.found)
        if result.data is not None:
            return f"data:{kinds.of(result.kind).media_type};base64,{base64.b64encode(result.data).decode()}"
        return value if result.reason is None else None
    found.add(Found.SCRIPT)
    return None


def _words(tag: Tag, text: str) -> str:
    """Words; of a style sheet none that fetches something."""
    if tag.local == "style" and re.search(r"@import|url\(|expression|javascript", text, re.IGNORECASE):
        return ""
    return text
