"""Text that would give the reporter's own secrets away is refused before it is stored (property P10)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from wise.crypto import passphrases
from wise.refusals import Refused
from wise.register import numbers


def refuse_secrets(texts: Iterable[str], *, password: str = "") -> None:
    """Refuse texts that contain the password just typed, a live register number, or a run of code words."""
    for text in texts:
        if password and password in text:
            raise Refused("text-has-password", _("Your text contains your password. Please take it out."))
        if numbers.live_numbers_in(text):
            raise Refused(
                "text-has-register-number",
                _("Your text contains a register number. It is your secret: please take it out."),
            )
        if passphrases.looks_like_code(text):
            raise Refused(
                "text-has-code",
                _("Your text contains words of a recovery code. The code is your secret: please take it out."),
            )
