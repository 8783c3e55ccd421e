"""THE TABLE of what can tell who a reporter is: how each kind is called, and why it is shown, in one sentence."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of trace.

    `label` also stands where it was masked. `why` is said where it is the reporter's; `doubt` where nothing says
    whose it is.
    """

    code: str
    label: str | Promise
    why: str | Promise
    doubt: str | Promise = ""


def _number(code: str, label: str | Promise) -> Kind:
    return Kind(code, label, _OWN_NUMBER, _SOMEBODYS_NUMBER)


_OWN_NUMBER = _("It belongs to one person only, and names you as surely as your name does.")
_SOMEBODYS_NUMBER = _(
    "It belongs to one person only. Take it out if that is you; leave it if it is the reported person."
)

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        _number("nik", _("identity number (NIK)")),
        _number("kk", _("family card number (KK)")),
        _number("nip", _("civil servant's number (NIP)")),
        _number("npwp", _("taxpayer number (NPWP)")),
        _number("passport", _("passport number")),
        _number("card", _("number of a card")),
        Kind(
            "bank",
            _("bank account"),
            _("The bank knows whose account it is, and whoever sent or got money there knows too."),
            _("An account has a holder. Take it out if that is you; leave it if it is where the money had to go."),
        ),
        Kind(
            "phone",
            _("telephone number"),
            _("Whoever has your number among their contacts sees your name as soon as they type it."),
            _("Whoever has this number among their contacts sees whose it is. Take it out if it is yours."),
        ),
        Kind(
            "mail",
            _("e-mail address"),
            _("An address leads to a name, and often is one."),
            _("An address leads to a name. Take it out if it is yours."),
        ),
        Kind(
            "work_mail",
            _("e-mail address at work"),
            _("Your employer gave you this address, knows whose it is, and can see what arrives there."),
            _("The employer knows whose address this is, and can see what arrives there. Take it out if it is yours."),
        ),
        Kind(
            "address",
            pgettext_lazy("privacy", "address"),
            _("Few people live there: neighbours, and a look at the map, say who."),
            _("It looks like somebody's home. Take it out if it is yours."),
        ),
        Kind("plate", _("number plate"), _("The vehicle is registered in a name, and colleagues know it by sight.")),
        Kind("handle", _("account name"), _("Your account shows your name, your picture or your friends.")),
        Kind("name", pgettext_lazy("privacy", "name"), _("Here you seem to say what you are called.")),
        Kind("birth", _("age or birth"), _("With the place of work, an age or a day of birth leaves few people.")),
        Kind("post", _("post or unit"), _("It says where you work or what you do: only few people do that there.")),
        Kind(
            "colleague",
            _("relation at work"),
            _("It says how you stand to somebody at work: they can count who that is true of."),
        ),
        Kind(
            "family",
            _("family or neighbours"),
            _("It says whose relative or neighbour you are: the people it is about know who that is."),
        ),
        Kind(
            "only_me",
            _("known to few"),
            _("If only you, or very few, could know or do this, the people it is about know who wrote it."),
        ),
        Kind("history", _("career"), _("When you came, moved, left or were away stands in lists at work.")),
        Kind("paper", _("personal paper"), _("The file's name says that it holds a paper that names somebody.")),
    )
}
