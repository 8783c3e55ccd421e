"""Refused: a rule of the institution said no. Anything else that goes wrong is broken, and crashes loudly."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):  # noqa: N818 - it names what happened; an error it is not
    """A deed that the rules forbid, with a code for programs and a sentence for people."""

    status: ClassVar[int] = 422

    def __init__(self, code: str, sentence: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


class NotThere(Refused):
    """It does not exist, or not for whoever asks: one answer for both."""

    status = 404

    def __init__(self) -> None:
        super().__init__("not-there", _("This page does not exist, or it is not yours to see."))


class TooLarge(Refused):
    """More bytes than the rules take."""

    status = 413


class TooMany(Refused):
    """Tried too often; later it will work again."""

    status = 429


class Busy(Refused):
    """There is more to do just now than can be done; nothing was kept and nothing lost."""

    status = 503
