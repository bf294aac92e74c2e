"""All settings. With an empty environment Handrail runs in local mode: loopback, a file database, mail in a folder, demonstration cast."""

from __future__ import annotations

import os
from pathlib import Path

from handrail.config.database import databases
from handrail.config.env import env
from handrail.config.secrets import kept_secret

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env("HANDRAIL_VAR", str(Path.cwd() / "var"), "Folder for everything that is kept: database file, uploads, mail, secrets."))
VAR.mkdir(parents=True, exist_ok=True)
os.environ.setdefault("NUMBA_CACHE_DIR", str(VAR / "numba"))

HOSTS = env("HANDRAIL_HOSTS", "", "Host names served, separated by commas. Empty means local mode, on this machine only.")
LOCAL_MODE = not HOSTS
ALLOWED_HOSTS = [host.strip() for host in HOSTS.split(",") if host.strip()] or ["localhost", "127.0.0.1", "[::1]"]
SITE_URL = env("HANDRAIL_URL", "http://localhost:8000" if LOCAL_MODE else f"https://{ALLOWED_HOSTS[0]}", "Address that links in mails begin with.")
DEBUG = False

SECRET_KEY = env("HANDRAIL_SECRET_KEY", "", "Signing key. Made at first start when left out.") or kept_secret(VAR, "secret-key")
JOURNAL_KEY = env("HANDRAIL_JOURNAL_KEY", "", "Key of the journal's seals. Made at first start when left out.") or kept_secret(VAR, "journal-key")
PERSON_KEYS = env("HANDRAIL_PERSON_KEYS", str(VAR / "person-keys"), "Folder of the person keys that open sealed notes. Back it up apart, for 14 days at most.")
DATA_PROTECTION_EMAIL = env("HANDRAIL_DATA_PROTECTION_EMAIL", "", "Who else is told when sealed notes are opened in an emergency: the data-protection officer's address.")
ORGANISATION_KEYS = [
    env("HANDRAIL_ORGANISATION_KEY", "", "Key that wraps the person keys. Made at first start when left out; keep a copy with two people.") or kept_secret(VAR, "organisation-key"),
    *env("HANDRAIL_ORGANISATION_KEYS_OLD", "", "Earlier organisation keys, separated by blanks, until `handrail keys rotate` has run.").split(),
]

DATABASE_URL = env("DATABASE_URL", "", "PostgreSQL address (postgresql://user:password@host/name). Empty means an SQLite file.")
DATABASES = databases(DATABASE_URL, VAR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "handrail.kit",
    "handrail.people",
    "handrail.programmes",
    "handrail.instruments",
    "handrail.research",
    "handrail.library",
    "handrail.competences",
    "handrail.curriculum",
    "handrail.delivery",
    "handrail.planning",
    "handrail.cases",
    "handrail.mentoring",
    "handrail.placements",
    "handrail.support",
    "handrail.evidence",
    "handrail.desk",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # tokens of forms are masked anew each time, and the length is blurred: nothing to guess from it
    "handrail.kit.middleware.safety",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "handrail.kit.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "handrail.people.middleware.person",
]

ROOT_URLCONF = "handrail.config.urls"
WSGI_APPLICATION = "handrail.config.wsgi.application"
CSRF_FAILURE_VIEW = "handrail.config.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "handrail.desk.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "handrail.kit.templatetags.kit",
            ],
        },
    }
]

# --- who one is -------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["handrail.people.accounts.SignIn"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/home/"
PASSWORD_HASHERS = [
    "handrail.kit.hashing.PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is verified by the invitation that was sent to it
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_ADAPTER = "handrail.people.accounts.Adapter"
ACCOUNT_FORMS = {
    "login": "handrail.people.forms.sign_in.SignInForm",
    "reset_password": "handrail.people.forms.sign_in.ResetForm",
    "reset_password_from_key": "handrail.people.forms.sign_in.NewPasswordForm",
    "change_password": "handrail.people.forms.sign_in.ChangePasswordForm",
    "reauthenticate": "handrail.people.forms.sign_in.ConfirmPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env("HANDRAIL_PROXIES", 0 if LOCAL_MODE else 1, "Proxies in front of the site; limits by network need the caller's own address.")
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": None, "sign_in": "30/m/ip"}  # counted by config/sign_in.py, in one statement; all others are the library's own
MFA_ADAPTER = "handrail.people.accounts.SecondFactor"
MFA_FORMS = {
    "authenticate": "handrail.people.forms.sign_in.CodeForm",
    "reauthenticate": "handrail.people.forms.sign_in.ConfirmCodeForm",
    "activate_totp": "handrail.people.forms.sign_in.ActivateForm",
    "add_webauthn": "handrail.people.forms.passkeys.AddPasskeyForm",
    "edit_webauthn": "handrail.people.forms.passkeys.NamePasskeyForm",
    "login_webauthn": "handrail.people.forms.passkeys.SignInPasskeyForm",
    "authenticate_webauthn": "handrail.people.forms.passkeys.PasskeyForm",
    "reauthenticate_webauthn": "handrail.people.forms.passkeys.ConfirmPasskeyForm",
}
MFA_TOTP_TOLERANCE = 1  # a phone's clock half a minute off still signs in
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the library keeps a list of addresses of its own, in which none is ever marked as verified: see above
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # finger, face or PIN each time: what one has and what one is, two factors in one
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # a whole town hall may share one address, and there is nothing to guess
MFA_TOTP_ISSUER = "Handrail"
USERSESSIONS_TRACK_ACTIVITY = False  # it would write to the database at every page
SECOND_FACTOR = env("HANDRAIL_SECOND_FACTOR", not LOCAL_MODE, "Ask whoever sees other people for a second factor. Off in local mode only.")
RECOVERY_HOURS = env("HANDRAIL_RECOVERY_HOURS", 48, "Hours within which a second administrator must agree to a recovery.")
SESSION_ENGINE = "handrail.config.sessions"
SESSION_COOKIE_AGE = 8 * 3600  # from signing in, whatever is done meanwhile: config/sessions.py
IDLE_MINUTES = env("HANDRAIL_IDLE_MINUTES", 15, "Minutes away after which a page with sensitive data asks to sign in again (security.md 29).")
SEEN_COOKIE_NAME, LEFT_COOKIE_NAME = "seen", "left"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# --- the web's edge ---------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not LOCAL_MODE:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SEEN_COOKIE_NAME, LEFT_COOKIE_NAME = "__Host-seen", "__Host-left"
    SECURE_SSL_REDIRECT = env("HANDRAIL_HTTPS_REDIRECT", True, "Send plain HTTP on to HTTPS.")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
# Address patterns of libraries, which carry no guard of ours, each with its reason.
FOREIGN_ROUTES = [
    ("sign-in/", "sign-in by django-allauth, at our own address"),
    ("account/", "reset and second factor by django-allauth, which guards its own views"),
]
ANSWERS_AN_HOUR = env("HANDRAIL_ANSWERS_AN_HOUR", 400, "Sets of answers that one network may send into one collection within an hour; ten times as many from all together.")
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- words, time ------------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = env("HANDRAIL_LANGUAGE", "sv", "Language of the interface for people who have not chosen one.")
LANGUAGES = [("sv", "Svenska"), ("da", "Dansk"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = USE_TZ = True
TIME_ZONE = env("HANDRAIL_TIME_ZONE", "Europe/Stockholm", "Time zone that instants are shown in.")
FORMAT_MODULE_PATH: list[str] = []

# --- files, mail, work ------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
MAIL_URL = env("MAIL_URL", "", "Mail server (smtp://user:password@host:port or smtps://…). Empty writes mails to a folder.")
DEFAULT_FROM_EMAIL = env("MAIL_FROM", "Min sida <no-reply@example.org>", "Neutral sender of every mail.")
MAIL_HOST_NAME = ALLOWED_HOSTS[0]
if MAIL_URL:
    from urllib.parse import unquote, urlparse

    _mail = urlparse(MAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL, EMAIL_TIMEOUT = _mail.scheme == "smtps", 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "mail")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WORKER_LEASE_SECONDS = env("HANDRAIL_WORKER_LEASE", 60, "Seconds of silence after which a worker's tasks are handed out again.")
WORKER_MEMORY = env("HANDRAIL_WORKER_MEMORY", 100, "Megabytes above which a worker that has done its tasks goes on as a fresh process (it begins with about 70). 0 means never.")
CACHES = {
    "default": {"BACKEND": "handrail.kit.shared.SharedMemory", "LOCATION": "kit_cache"},  # what processes must agree on
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process", "OPTIONS": {"MAX_ENTRIES": 400}},  # see kit/kept.py
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}, "nowhere": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A request's address may hold a secret and its fault the values of a form: both stay out of the log. A handler that does
    # nothing, not none: a logger without any falls back to printing.
    "loggers": {"django.request": {"handlers": ["nowhere"], "propagate": False}, "handrail": {"level": "INFO"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
