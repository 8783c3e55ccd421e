"""The one settings file. What differs between machines comes from the environment (`wise.config.env`)."""

import os

from django.utils.csp import CSP
from django.utils.functional import SimpleLazyObject

from wise.config import database, env
from wise.config.subkeys import Subkeys
from wise.crypto.passphrases import CURRENT, FLOOR
from wise.crypto.subkeys import Label

ENVIRONMENT = env.read(os.environ)

# What the rooms below read. They never see the secret or the environment.
WISE_SUBKEYS = Subkeys(ENVIRONMENT.secret_file)
WISE_DATA_DIR = ENVIRONMENT.data
WISE_FILES_DIR = ENVIRONMENT.files
WISE_ARGON2_COST = CURRENT
WISE_ARGON2_FLOOR = FLOOR
WISE_HTTPS = ENVIRONMENT.https
WISE_ONION = ENVIRONMENT.onion
WISE_ADDRESS = ENVIRONMENT.address
WISE_EMPLOYERS = ENVIRONMENT.employers
WISE_CLAMD = ENVIRONMENT.clamd
WISE_OIDC = ENVIRONMENT.institution
WISE_DEMO = ENVIRONMENT.demo
WISE_SECOND_FACTOR_ROLES = ENVIRONMENT.second_factor_roles
# By setting, never by a request's header: `__Host-` and Secure go together and need HTTPS.
WISE_COOKIE_PREFIX = "__Host-" if ENVIRONMENT.https else ""
WISE_COOKIE_SECURE = ENVIRONMENT.https
# More than one draft takes (100 MiB): who chose too much gets the form back with every word in it, not a bare refusal.
# What is too much is read and forgotten; it never comes to rest.
WISE_LARGEST_REQUEST = 256 * 1024 * 1024

SECRET_KEY = SimpleLazyObject(lambda: WISE_SUBKEYS[Label.DJANGO].hex())  # noqa: PLW0108 - inlined, it would be read now
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts) or ["localhost", "127.0.0.1", "[::1]"]
if ENVIRONMENT.onion:
    ALLOWED_HOSTS.append(ENVIRONMENT.onion)

ROOT_URLCONF = "wise.config.urls"
WSGI_APPLICATION = "wise.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "wise.config",
    "wise.privacy",
    "wise.audit",
    "wise.people",
    "wise.keys",
    "wise.vault",
    "wise.register",
    "wise.letters",
    "wise.casework",
    "wise.ui",
    "wise.site",
    "wise.portal",
    "wise.workspace",
]

MIDDLEWARE = [
    "wise.config.middleware.headers",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "wise.config.middleware.health",
    "wise.config.middleware.language",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wise.config.middleware.body_length",
    "wise.config.middleware.Answers",
    "django.middleware.common.CommonMiddleware",
    "wise.config.middleware.SameSite",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "wise.ui.context.page",
            ],
        },
    }
]

DATABASES = {"default": database.settings_for(ENVIRONMENT)}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = ["wise.people.backend.OfficerBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

# Officers' sessions only; reporters have a cookie, a table and code of their own.
SESSION_ENGINE = "wise.people.officer_sessions"
SESSION_COOKIE_NAME = f"{WISE_COOKIE_PREFIX}wise_officer"
SESSION_COOKIE_SECURE = WISE_COOKIE_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

# No file may come to rest on a disk on its way in: a view that takes files names its own sealing handler.
FILE_UPLOAD_HANDLERS = ["wise.config.bodies.Forgotten"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # more than a draft takes, for the same reason

STATIC_URL = "/static/"
STORAGES = {"staticfiles": {"BACKEND": "wise.config.static.VersionedStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 365 * 24 * 3600

LOGGING_CONFIG = "wise.config.logs.configure"
LOGGING = {"level": "WARNING"}
