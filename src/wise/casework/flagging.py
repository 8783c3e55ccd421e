"""Marking a case as urgent, saying anew why it is, or taking the mark away."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Step
from wise.casework.urgency import NO_LONGER
from wise.refusals import Refused


def _complete(taking: Taking, given: Given) -> Given:
    if given.urgency == NO_LONGER and not taking.case.is_urgent:
        raise Refused("not-urgent", _("The case is not marked as urgent."))
    return given


def _note(taking: Taking, given: Given) -> Mapping[str, str]:
    del taking
    return {"urgent": given.urgency}


def _follow(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    del step
    taking.case.is_urgent = given.urgency != NO_LONGER
    return []


EFFECT = Effect(complete=_complete, note=_note, follow=_follow)
