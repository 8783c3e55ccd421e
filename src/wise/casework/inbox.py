"""The inbox: which cases wait for whom, paged and counted (counts stop at 999+), from indexed columns alone."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework import absences, access, clock
from wise.casework.access import Desk
from wise.casework.clock import SOON, Standing
from wise.casework.models import Case, CaseTag, Improvement, Tag, Task
from wise.casework.workflow import CLOCK_RUNS, STATUSES, WAITS_FOR_HEAD
from wise.people.models import Absence
from wise.register.models import Attachment

PAGE = 25
MOST_COUNTED = 999
_WAITING = [code for code, row in STATUSES.items() if row.waits_for_reporter]
_OF_A_HEAD = ("decide", "urgent", "overdue", "improve", "unit", "soon", "done")


@dataclass(frozen=True, slots=True)
class View:
    """A list in the inbox's rail. `led`: what a head of office calls it, of the cases that were put before them."""

    code: str
    label: Promise
    empty: Promise
    led: Promise | None = None


VIEWS: dict[str, View] = {
    row.code: row
    for row in (
        View("unit", _("My unit"), _("Your unit has no open cases."), led=_("All put before me")),
        View("mine", _("Mine"), _("You have taken on no case. Open one of your unit's cases and take it on.")),
        View("urgent", _("Urgent"), _("No open case is marked as urgent."), led=_("Urgent")),
        View("soon", _("Due soon"), _("Nothing is due within seven days."), led=_("Due soon")),
        View("overdue", _("Overdue"), _("Nothing is overdue."), led=_("Overdue")),
        View("waiting", _("Waiting for the reporter"), _("No case waits for a reporter.")),
        View(
            "decide",
            _("Waiting for the head of office"),
            _("No case waits for a decision of the head of office."),
            led=_("Decisions waiting"),
        ),
        View(
            "improve",
            _("Improvements to be made"),
            _("No improvement is still to be made."),
            led=_("Improvements to be made"),
        ),
        View("tasks", _("Tasks"), _("No task is still to be done.")),
        View("news", _("New from reporters"), _("Reporters have added nothing that is still unread.")),
        View("done", _("Done"), _("No case has been closed yet."), led=_("Done")),
    )
}

SORTS: dict[str, tuple[str, ...]] = {
    "due": ("due_on", "id"),
    "newest": ("-received_on", "-id"),
    "oldest": ("received_on", "id"),
    "changed": ("-changed_on", "-id"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an officer asked the inbox for."""

    view: str = "unit"
    sort: str = "due"
    stream: str = ""
    status: str = ""
    agenda: str = ""
    tag: uuid.UUID | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the list. `absence`: whoever handles it is away today, and who stands in."""

    case: Case
    standing: Standing
    files: int
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `total` is counted up to 999; `more` says whether there are more than that."""

    lines: tuple[Line, ...]
    number: int
    first: int
    last: int
    total: int
    more: bool
    has_next: bool

    @property
    def next(self) -> int:
        """The number of the page after this one."""
        return self.number + 1

    @property
    def previous(self) -> int:
        """The number of the page before this one."""
        return self.number - 1


def page(desk: Desk, *, wanted: Wanted) -> Page:
    """One page of 25, the same number of queries however many cases there are."""
    rows = _filtered(desk, wanted)
    total = _count(rows)
    number = max(1, wanted.page)
    start = (number - 1) * PAGE
    order = SORTS.get(wanted.sort, SORTS["due"])
    # The page is cut out of the index alone; only its own rows are joined, not all those before it.
    cut = rows.order_by(*order).values("id")[start : start + PAGE + 1]
    found = list(
        Case.objects.filter(id__in=cut)
        .select_related("report__topic", "office", "unit", "handler")
        .defer("report__sealed", "report__sealed_reply", "report__register_number", "report__commitments")
        .prefetch_related(_with_tags())
        .order_by(*order)
    )
    lines = _lines(found[:PAGE], on=desk.today)
    return Page(
        lines=lines,
        number=number,
        first=start + 1 if lines else 0,
        last=start + len(lines),
        total=min(total, MOST_COUNTED),
        more=total > MOST_COUNTED,
        has_next=len(found) > PAGE,
    )


def views_for(desk: Desk) -> list[View]:
    """The lists of this desk's rail: a head of office has those about what was put before them, decisions first."""
    if desk.holding or not desk.leading:
        return list(VIEWS.values())
    return [VIEWS[code] for code in _OF_A_HEAD]


def before_the_head(desk: Desk, view: str, *, most: int = 10) -> tuple[tuple[Line, ...], int]:
    """The first of a list's cases among those that were put before this head, and how many there are."""
    rows = _of_view(desk, view).filter(lead__in=desk.leading)
    related = rows.select_related("report__topic", "office", "unit", "handler").prefetch_related(_with_tags())
    found = related.order_by(*SORTS["due"])[:most]
    return _lines(list(found), on=desk.today), _count(rows)


def counts(desk: Desk) -> dict[str, int]:
    """How many cases each list has, counted no further than 1,000 (shown as 999+)."""
    return {code: _count(_of_view(desk, code)) for code in VIEWS if code != "done"}


def _filtered(desk: Desk, wanted: Wanted) -> QuerySet[Case]:
    rows = _of_view(desk, wanted.view)
    if wanted.stream:
        rows = rows.filter(stream_code=wanted.stream)
    if wanted.status in STATUSES:
        rows = rows.filter(status_code=wanted.status)
    if wanted.tag is not None:
        rows = rows.filter(id__in=CaseTag.objects.filter(tag=wanted.tag).values("case"))
    if wanted.agenda.strip():
        rows = rows.filter(agenda_number__icontains=wanted.agenda.strip())
    return rows


def _of_view(desk: Desk, view: str) -> QuerySet[Case]:
    """The rows of a list; an unknown name is the unit's list."""
    rows = access.cases_of(desk)
    today = desk.today
    running = Q(is_open=True, status_code__in=CLOCK_RUNS)
    conditions = {
        "mine": Q(is_open=True, handler__in=_handlers(desk) if view == "mine" else ()),
        "soon": running & Q(due_on__range=(today, today + datetime.timedelta(days=SOON))),
        "urgent": Q(is_open=True, is_urgent=True),
        "overdue": running & Q(due_on__lt=today),
        "waiting": Q(is_open=True, status_code__in=_WAITING),
        "decide": Q(is_open=True, status_code__in=WAITS_FOR_HEAD),
        "improve": Q(Exists(Improvement.objects.filter(case=OuterRef("pk"), done_on=None))),
        "tasks": Q(id__in=Task.objects.filter(is_open=True, unit__in=desk.holding).values("case")),
        "news": Q(has_news=True),
        "done": Q(is_open=False),
    }
    return rows.filter(conditions.get(view, Q(is_open=True)))


def _handlers(desk: Desk) -> list[uuid.UUID]:
    """The officer, and those for whom they stand in today."""
    return [desk.officer.id, *(row.officer_id for row in absences.covered_by(desk.officer, on=desk.today))]


def _with_tags() -> "Prefetch[str, QuerySet[Tag], str]":
    return Prefetch("tags", Tag.objects.order_by("name"))


def _count(rows: QuerySet[Case]) -> int:
    return rows.order_by()[: MOST_COUNTED + 1].count()


def _lines(cases: list[Case], *, on: datetime.date) -> tuple[Line, ...]:
    files: dict[object, int] = {}
    for report_id in Attachment.objects.filter(report__in=[case.report_id for case in cases]).values_list(
        "report_id", flat=True
    ):
        files[report_id] = files.get(report_id, 0) + 1
    away = absences.of([case.handler_id for case in cases if case.handler_id], on=on)
    return tuple(
        Line(
            case,
            clock.standing(case, on=on),
            files.get(case.report_id, 0),
            away.get(case.handler_id) if case.handler_id else None,
        )
        for case in cases
    )
