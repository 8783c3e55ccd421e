"""Django's way from a session to its officer. Nobody is authenticated here: `people.admission` does that."""

import uuid
from typing import override

from django.contrib.auth.backends import BaseBackend

from wise.people.models import Officer

PATH = "wise.people.backend.OfficerBackend"


class OfficerBackend(BaseBackend):
    """Finds the officer that a session names; one who was deactivated is nobody from that moment on."""

    @override
    def get_user(self, user_id: object) -> Officer | None:
        """The officer with this id, if there is one and they are active."""
        try:
            wanted = uuid.UUID(str(user_id))
        except ValueError:
            return None
        return Officer.objects.filter(id=wanted, is_active=True).first()
