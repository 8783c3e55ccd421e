"""What the two forms share that take a report down – the reporter's own and the desk's."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.forms import Select
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wise.refusals import Refused
from wise.register import topics
from wise.register.streams import STREAMS
from wise.ui import trouble
from wise.ui.forms import Form

type Choices = list[tuple[str | Promise, str | Promise | list[tuple[str, str]]]]


class Answers(Form):
    """A form about a report. `refused_at` says at which field a rule's refusal is shown."""

    refused_at: ClassVar[Mapping[str, str]] = {}

    def offer_choices(self, name: str, choices: Choices) -> None:
        """Give a list its choices, before the form is shown."""
        widget = self.fields[name].widget
        assert isinstance(widget, Select)
        widget.choices = choices

    def topic_of(self, given: Mapping[str, Any]) -> Any:
        """The topic that was chosen; one of another stream is refused at its field."""
        topic = topics.find(given.get("topic") or "")
        if topic is not None and given.get("stream") and not topics.fits(topic, stream=given["stream"]):
            label = STREAMS[given["stream"]].label
            self.add_error("topic", format_lazy(_("This topic does not belong to “{kind}”."), kind=label))
        return topic

    @contextlib.contextmanager
    def blaming(self, *, field: str | None = None) -> Iterator[None]:
        """Show a refusal at the field it is about, or at this one."""
        try:
            yield
        except Refused as refused:
            trouble.blame(self, refused, fields={refused.code: field} if field else self.refused_at)


def choices_of_topics(empty: str | Promise) -> Choices:
    """All topics by stream, after one that stands for none."""
    groups: Choices = [("", empty)]
    groups += [(stream.label, [(topic.code, topic.name) for topic in rows]) for stream, rows in topics.by_stream()]
    return groups
