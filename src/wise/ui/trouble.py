"""What a rule forbids, and what the machine cannot do just now, become words on the form: nothing typed is lost."""

import contextlib
import errno
from collections.abc import Iterator, Mapping

from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from wise.refusals import Busy, Refused
from wise.ui.forms import Form

_HAS_ERRORS = "form-has-errors"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextlib.contextmanager
def as_refusal() -> Iterator[None]:
    """Turn a locked database or a full disk into `Busy`, so that the form comes back with what was typed in it."""
    try:
        yield
    except OperationalError as error:
        raise _busy() from error
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise _busy() from error


def insist(form: Form) -> None:
    """Refuse a form that has errors of its own; they stand in it already."""
    if not form.is_valid():
        raise Refused(_HAS_ERRORS, "")


def blame(form: Form, refused: Refused, *, fields: Mapping[str, str] | None = None) -> int:
    """Write a refusal into a form, at the field that its code belongs to; returns the status to answer with."""
    if refused.code != _HAS_ERRORS:
        field = (fields or {}).get(refused.code)
        form.add_error(field if field in form.fields else None, str(refused.sentence))
    return refused.status


def _busy() -> Busy:
    return Busy(
        "cannot-save",
        _("We could not save this just now. What you typed is still here: wait a minute, then try again."),
    )
