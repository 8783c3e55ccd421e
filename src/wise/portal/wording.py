"""Words that several pages share."""


def place(*, unit: str, office: str) -> str:
    """Where a report is handled: the unit, and its office where the unit's name does not say it already."""
    return unit if office in unit else f"{unit}, {office}"
