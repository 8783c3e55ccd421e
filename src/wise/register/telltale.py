"""Text that would give the reporter's own secrets away is refused before it is stored (property P10)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from wise.crypto import passphrases
from wise.people.models import Reporter
from wise.refusals import Refused
from wise.register import numbers


def refuse_secrets(texts: Iterable[str], *, password: str = "", of: Reporter | None = None) -> None:
    """Refuse texts that contain the password just typed, a register number, or a run of code words.

    A number is known by its looks, and by heart where it is one `of` the reporter's own.
    """
    for text in texts:
        if password and password in text:
            raise Refused("text-has-password", _("Your text contains your password. Please take it out."))
        if numbers.shown_in(text) or (of is not None and numbers.own_in(text, reporter=of)):
            raise Refused(
                "text-has-register-number",
                _("Your text contains a register number. It is your secret: please take it out."),
            )
        if passphrases.looks_like_code(text):
            raise Refused(
                "text-has-code",
                _("Your text contains words of a recovery code. The code is your secret: please take it out."),
            )
