"""The one way in which something sealed says that it does not open."""


class Unopenable(Exception):  # noqa: N818 - it is an answer, not a mishap
    """It does not open: wrong key, wrong place, changed, cut short or not ours.

    It never says which: an error that tells the parts apart is an oracle. Raise it `from None`.
    """
