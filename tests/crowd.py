"""Many at once: threads with database connections of their own, begun together."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections


def together(deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all deeds at the same time; what each returned or raised, in their order."""
    ready = threading.Barrier(len(deeds))
    results: list[Any] = [None] * len(deeds)

    def run(number: int) -> None:
        try:
            ready.wait(30)
            results[number] = deeds[number]()
        except Exception as error:  # noqa: BLE001 - it is a result
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results
