"""XML read as it goes by and written again without what is not to stay. No document type, hence no entity, is taken.

Nothing is built up in memory, so that a sheet of a hundred megabytes passes through a worker.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from wise.files.findings import Damaged, Found

type Attributes = dict[str, str]


@dataclass(slots=True)
class Tag:
    """An element as it begins. `names` are its attributes as written; `spaces` what each prefix stands for."""

    space: str
    local: str
    attributes: Attributes
    spaces: dict[str, str]

    def space_of(self, name: str) -> tuple[str, str]:
        """Namespace and local name of an attribute."""
        prefix, colon, local = name.partition(":")
        return (self.spaces.get(prefix, ""), local) if colon else ("", name)


@dataclass(slots=True)
class Rules:
    """What is done with elements: `tag` may change the attributes, and says whether the element stays.

    `text` may change words; it is told the element that they stand in.
    """

    tag: Callable[[Tag], bool]
    text: Callable[[Tag, str], str] | None = None
    found: set[Found] = field(default_factory=set)


def passed(data: bytes, rules: Rules) -> bytes:
    """The document by these rules; comments and instructions are left out."""
    through = _Through(rules)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = through.begin
    parser.EndElementHandler = through.end
    parser.CharacterDataHandler = through.words
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's way to say that this is all
    except expat.ExpatError:
        raise Damaged from None
    return "".join(through.out).encode()


def _refuse(*_: object) -> None:
    raise Damaged


class _Through:
    """One document on its way through."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._open: list[Tag] = []
        self._hidden = 0
        self._pending = False
        self.out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']

    def begin(self, name: str, flat: list[str]) -> None:
        if self._hidden:
            self._hidden += 1
            return
        attributes = dict(zip(flat[::2], flat[1::2], strict=True))
        spaces = self._open[-1].spaces if self._open else {"xml": "http://www.w3.org/XML/1998/namespace"}
        if declared := {key: value for key, value in attributes.items() if key == "xmlns" or key.startswith("xmlns:")}:
            spaces = spaces | {key.removeprefix("xmlns").removeprefix(":"): value for key, value in declared.items()}
        prefix, _, local = name.rpartition(":")
        tag = Tag(spaces.get(prefix, ""), local, attributes, spaces)
        if not self._rules.tag(tag):
            self._hidden = 1
            return
        self._close_start()
        self._open.append(tag)
        given = "".join(f" {key}={quoteattr(value, _LINES)}" for key, value in tag.attributes.items())
        self.out.append(f"<{name}{given}")
        self._pending = True

    def end(self, name: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        self._open.pop()
        self.out.append("/>" if self._pending else f"</{name}>")
        self._pending = False

    def words(self, text: str) -> None:
        if self._hidden:
            return
        self._close_start()
        said = self._rules.text(self._open[-1], text) if self._rules.text else text
        self.out.append(escape(said, _RETURN))

    def _close_start(self) -> None:
        if self._pending:
            self.out.append(">")
            self._pending = False


_RETURN = {"\r": "&#13;"}
_LINES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
