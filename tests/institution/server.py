"""`python -m tests.institution.server PORT CLIENT SECRET BACK LOGIN…`: serve, with these people, until it is ended."""

import sys
from typing import Any
from wsgiref.simple_server import make_server

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application


def main(port: str, client_id: str, secret: str, back: str, *logins: str) -> None:
    """Make the database, the people and the one client; say `ready`; serve."""
    django.setup()
    call_command("migrate", verbosity=0)
    people: Any = get_user_model().objects
    for login in logins:
        people.create_user(login, password=login)
    given = {"name": "WiSe", "secret": make_password(secret), "skip_consent": True, "redirect_uris": back}
    client: Any = apps.get_model("allauth_idp_oidc.Client")  # type: ignore[misc] # no app of WiSe's own
    client.objects.create(id=client_id, **given)
    with make_server("127.0.0.1", int(port), get_wsgi_application()) as server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
