"""The settings as each kind of house has them, seen in a process of its own."""

import json
import os
import subprocess
import sys
import textwrap

SCRIPT = """
    import json
    from django.conf import settings
    names = ["ALLOWED_HOSTS", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "DEBUG", "FILE_UPLOAD_HANDLERS",
             "WISE_COOKIE_PREFIX", "LANGUAGE_CODE"]
    print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def _settings(**variables: str) -> dict[str, object]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("WISE_", "DJANGO_"))}
    outcome = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SCRIPT)],
        env={**clean, "DJANGO_SETTINGS_MODULE": "wise.config.settings", **variables},
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, object] = json.loads(outcome.stdout)
    return found


def test_on_loopback_cookies_go_without_prefix() -> None:
    found = _settings()

    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert (found["SESSION_COOKIE_NAME"], found["SESSION_COOKIE_SECURE"]) == ("wise_officer", False)
    assert (found["DEBUG"], found["FILE_UPLOAD_HANDLERS"], found["LANGUAGE_CODE"]) == (
        False,
        ["wise.config.bodies.Forgotten"],
        "id",
    )


def test_behind_https_cookies_are_bound_to_host_and_tls() -> None:
    found = _settings(WISE_HTTPS="1", WISE_HOSTS="wise.example", WISE_ONION="abc.onion")

    assert found["ALLOWED_HOSTS"] == ["wise.example", "abc.onion"]
    assert (found["SESSION_COOKIE_NAME"], found["SESSION_COOKIE_SECURE"]) == ("__Host-wise_officer", True)
    assert found["WISE_COOKIE_PREFIX"] == "__Host-"
