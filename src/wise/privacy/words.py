"""A text as words: where each begins and ends, and where a clause or a sentence ends before it.

One pass, and each character is looked at once: no text makes it slow.
"""

import re
from dataclasses import dataclass

# Letters (with an apostrophe inside: "I'm"), digits, a line's end, any other sign.
PIECE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|\n|[^\w\s]|_")
_ENDS_CLAUSE = frozenset(',;:()[]{}"“”„«»–—…|•*=')
_ENDS_SENTENCE = frozenset("!?\n")
_OPENS, _CLOSES = frozenset("“„«"), frozenset("”»")
NOTHING, CLAUSE, SENTENCE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a number: its small letters without an English genitive, its place, and what ended before it.

    `after` is NOTHING, CLAUSE or SENTENCE. `quoted`: it stands in a quotation. `at`: behind an @, where it is no
    word of the sentence; its text begins with that sign.
    """

    text: str
    start: int
    end: int
    after: int
    sentence: int
    capital: bool
    quoted: bool
    at: bool

    @property
    def is_number(self) -> bool:
        """Whether it is made of digits."""
        return self.text.isdecimal()


def words_of(text: str, *, shortened: frozenset[str]) -> list[Word]:
    """The words of a text, in order. A hyphen between letters, a slash and an underscore end nothing.

    Nor does a full stop after a letter alone, or after a word of `shortened`.
    """
    found: list[Word] = []
    ended, sentence, quoted = SENTENCE, 0, False
    reached, at = 0, False
    for piece in PIECE.finditer(text):
        sign = piece[0]
        at = sign == "@" or (at and piece.start() == reached)
        reached = piece.end()
        if sign[0].isalnum():
            found.append(_word(piece, ended, sentence=sentence, quoted=quoted, at=at))
            ended = NOTHING
            continue
        quoted = _in_quotes(sign, quoted)
        before = found[-1].text if found else ""
        short = before in shortened or (len(before) == 1 and before.isalpha())
        ends = _what_ends(sign, text, piece.start(), short=short)
        if ends == SENTENCE and ended < SENTENCE:
            sentence += 1
        if sign == "\n":
            quoted = False  # a quotation that nobody closed goes no further than its line
        ended = max(ended, ends)
    return found


def _word(piece: re.Match[str], after: int, *, sentence: int, quoted: bool, at: bool) -> Word:
    small = piece[0].casefold().replace("’", "'").removesuffix("'s")
    return Word(
        f"@{small}" if at else small, piece.start(), piece.end(), after, sentence, piece[0][0].isupper(), quoted, at
    )


def _in_quotes(sign: str, quoted: bool) -> bool:  # noqa: FBT001 - a state, not an option
    if sign == '"':
        return not quoted
    return (quoted or sign in _OPENS) and sign not in _CLOSES


def _what_ends(sign: str, text: str, place: int, *, short: bool) -> int:
    if sign in _ENDS_SENTENCE:
        return SENTENCE
    if sign in _ENDS_CLAUSE:
        return CLAUSE
    if sign == "-":
        return CLAUSE if text[place - 1 : place].isspace() else NOTHING
    if sign == ".":
        inside = text[place + 1 : place + 2].strip() != ""
        return NOTHING if inside or short else SENTENCE
    return NOTHING
