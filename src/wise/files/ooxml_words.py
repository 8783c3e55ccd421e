"""What the XML parts of Word, Excel and PowerPoint say of people: names become numbers, days and numbers of drafts go.

Who commented stays apart from who answered; nobody has a name.
"""

import re
from dataclasses import dataclass, field

from wise.files import xml
from wise.files.findings import Found
from wise.files.xml import Rules, Tag

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
# Attributes that name somebody, and such that name a day, by their local names.
_NAMES = frozenset({"author", "initials", "displayName", "name", "userName"})
_IDENTITIES = frozenset({"userId", "providerId"})
_DAYS = frozenset({"date", "dateUtc", "modified"})
_NEEDED_DAYS = frozenset({"dt", "dT", "created"})  # PowerPoint and Excel want one
_NO_PROVIDER = "None"
_NO_DAY = "2000-01-01T00:00:00.000"
# Elements that are about drafts, people and computers, by their local names.
_GONE: dict[str, Found] = {
    "rsids": Found.HISTORY,
    "docId": Found.HISTORY,
    "docVars": Found.OTHER,
    "mailMerge": Found.PATHS,
    "absPath": Found.PATHS,
    "revisionPtr": Found.HISTORY,
    "fileVersion": Found.SOFTWARE,
    "fileSharing": Found.AUTHOR,
    "attachedSchema": Found.PATHS,
    "saveThroughXslt": Found.PATHS,
    "docPartUnique": Found.OTHER,
}
_GONE_IN = ("settings.xml", "workbook.xml", "presProps.xml", "presentation.xml")
# Elements whose attributes name people, wherever they stand.
_AUTHORED = frozenset(
    {"comment", "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "cm"}
    | {
        "tcPrChange",
        "trPrChange",
        "tblGridChange",
        "numberingChange",
        "cellIns",
        "cellDel",
        "cellMerge",
        "tblPrExChange",
    }
    | {"moveFromRangeStart", "moveToRangeStart", "cmAuthor", "author", "person", "threadedComment", "reply", "userInfo"}
    | {"commentExtensible"}
)
_PATH = re.compile(r"[A-Za-z]:[\\/]|\\\\|/(home|Users)/", re.IGNORECASE)
_SOURCES = frozenset({"connection", "odcFile", "sourceFile", "sourceConnectionFile", "url", "refreshedBy"})
_SHORTEST = 3


@dataclass(slots=True)
class People:
    """Who is named in a document, each with a number; and what was found."""

    numbers: dict[str, str] = field(default_factory=dict)
    found: set[Found] = field(default_factory=set)

    def number_of(self, name: str) -> str:
        """The same number for the same name."""
        if not name.strip() or name.isdigit():
            return name
        self.found.add(Found.AUTHOR)
        return self.numbers.setdefault(name, str(len(self.numbers) + 1))

    def unnamed(self, text: str) -> str:
        """Words without these names: Excel writes them before each comment."""
        for name, number in self.numbers.items():
            if len(name) >= _SHORTEST:
                text = text.replace(name, number)
        return text


def passed(name: str, content: bytes, people: People) -> bytes:
    """An XML part by these rules."""
    in_comments = "comment" in name.lower()

    def stays(tag: Tag) -> bool:
        if tag.local in _GONE and name.endswith(_GONE_IN):
            people.found.add(_GONE[tag.local])
            return False
        _attributes(tag, people, in_list=_lists_people(name))
        return True

    def words(tag: Tag, text: str) -> str:
        if tag.local == "author":  # of Excel, whose names are words
            return people.number_of(text)
        return people.unnamed(text) if in_comments and people.numbers else text

    return xml.passed(content, Rules(stays, words))


def _lists_people(name: str) -> bool:
    return "uthors" in name or "persons/" in name


def _attributes(tag: Tag, people: People, *, in_list: bool) -> None:
    authored = tag.local in _AUTHORED
    for name, value in list(tag.attributes.items()):
        local = tag.space_of(name)[1]
        if local.startswith("rsid"):
            people.found.add(Found.HISTORY)
            del tag.attributes[name]
        elif authored and local in _DAYS and not name.startswith("xmlns"):
            people.found.add(Found.DATES)
            del tag.attributes[name]
        elif authored and local in _NEEDED_DAYS and value != _NO_DAY:
            people.found.add(Found.DATES)
            tag.attributes[name] = _NO_DAY
        elif authored and local in _NAMES and (in_list or local != "name"):
            tag.attributes[name] = people.number_of(value)
        elif authored and local in _IDENTITIES and in_list:
            tag.attributes[name] = people.number_of(value) if local == "userId" else _NO_PROVIDER
        elif local in _SOURCES and _PATH.search(value):
            people.found.add(Found.PATHS)
            tag.attributes[name] = "-"
        elif (
            tag.local in {"cNvPr", "docPr"}
            and local in {"name", "descr", "title"}
            and _tells_of_a_file(tag, value, local)
        ):
            # Pictures are called after the file that they were.
            people.found.add(Found.PATHS)
            tag.attributes[name] = "-"


def _tells_of_a_file(tag: Tag, value: str, local: str) -> bool:
    if not value.strip("-"):
        return False
    return (tag.space == _PICTURE and local == "name") or bool(_PATH.search(value) or re.search(r"\.\w{3,4}$", value))
