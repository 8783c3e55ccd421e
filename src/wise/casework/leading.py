"""The keys that a head's unit gets of a case put before it: the report, and the work of the unit that holds it."""

from collections.abc import Mapping

from wise.casework.access import Desk
from wise.casework.models import Case
from wise.keys import directory, grants
from wise.keys.grants import CONTENT, REPLY, To
from wise.people.models import Unit


def give(case: Case, keys: Mapping[str, bytes], *, lead: Unit, desk: Desk) -> None:
    """Wrap them for the head's unit, in place of what it had of the case before."""
    handed = {name: key for name, key in keys.items() if name in {CONTENT, REPLY}}
    handed |= grants.of_unit(keys, unit_id=case.unit_id)
    holder = directory.holder_of(lead)
    grants.withdraw(case.report_id, holder=holder, work=filter(grants.is_work, keys))
    grants.store([grants.prepare(handed, report_id=case.report_id, to=To(holder), on=desk.today, by=desk.officer)])
