"""An officer's account at the institution: linked by themselves once they are signed in, asked for at later sign-ins.

It takes the place of the login and, beside the passphrase, of a second step. It opens nothing by itself.
"""

import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.crypto import contexts, subkeys
from wise.crypto.subkeys import Label
from wise.people.models import InstitutionAccount, Officer
from wise.people.oidc import Provider
from wise.refusals import NotThere, Refused


def provider() -> Provider | None:
    """The institution's sign-in, where there is one."""
    found: Provider | None = settings.WISE_OIDC
    return found


def account_of(officer: Officer) -> InstitutionAccount | None:
    """The account that an officer has linked."""
    return InstitutionAccount.objects.filter(officer=officer).first()


def officer_of(subject: str, *, at_provider: Provider) -> Officer:
    """The officer who linked this account; refused where nobody did, or somebody wrote the row behind our back."""
    lookup = _lookup(subject, at_provider)
    row = InstitutionAccount.objects.filter(lookup=lookup, officer__is_active=True).select_related("officer").first()
    if row is None or not subkeys.same(_tag(row), bytes(row.tag)):
        raise Refused(
            "institution-unknown",
            _(
                "This account is not linked to a login here. Sign in with login and passphrase, then link it under"
                " “My passphrase”."
            ),
        )
    return row.officer


def link(officer: Officer, subject: str, *, at_provider: Provider, at: datetime.datetime) -> None:
    """Link an account, in place of the one that was linked before. One account is one officer's."""
    row = InstitutionAccount(officer=officer, lookup=_lookup(subject, at_provider), linked_on=timezone.localdate(at))
    row.tag = _tag(row)
    try:
        with transaction.atomic():
            InstitutionAccount.objects.filter(officer=officer).delete()
            row.save(force_insert=True)
            log.record("link-account", chain=Chain.OFFICERS, at=at, subject=officer.id, by=officer.id)
    except IntegrityError:
        raise Refused("institution-taken", _("This account is linked to another login here.")) from None


def unlink(officer: Officer, *, at: datetime.datetime) -> None:
    """Unlink one's account: from now on the login is typed again."""
    with transaction.atomic():
        count, _each = InstitutionAccount.objects.filter(officer=officer).delete()
        if not count:
            raise NotThere
        log.record("unlink-account", chain=Chain.OFFICERS, at=at, subject=officer.id, by=officer.id)


def _lookup(subject: str, at_provider: Provider) -> bytes:
    """Who has the rows cannot tell whose account is linked; another provider's same name is another account."""
    statement = contexts.context("people_institution", at_provider.issuer, subject)
    return subkeys.mac(settings.WISE_SUBKEYS[Label.PSEUDONYM], statement)


def _tag(row: InstitutionAccount) -> bytes:
    """Whoever writes in the database links no account of theirs to somebody else's login."""
    statement = contexts.context("people_institutionaccount", row.officer_id, bytes(row.lookup))
    return subkeys.mac(settings.WISE_SUBKEYS[Label.DIRECTORY], statement)
