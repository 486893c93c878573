"""Django's settings, from the environment and nothing else."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from regulars.site import env

DATA = env.data_folder()
SECRET_KEY = env.secret(DATA)
DEBUG = env.read_flag("REGULARS_DEBUG")
SITE_URL = env.read("REGULARS_URL").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in ("http", "https") or not _site.hostname:
    raise env.BadSetting(f"REGULARS_URL is {SITE_URL!r}. Write the whole address, such as https://regulars.example.")
IS_HTTPS = _site.scheme == "https"
ALLOWED_HOSTS = [_site.hostname, *(["localhost", "127.0.0.1", "[::1]"] if not IS_HTTPS else [])]
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "regulars.pages",  # before allauth: our templates come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "template_partials",
    "regulars.record",
    "regulars.jobs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "regulars.pages.busy.BusyBook",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "regulars.pages.sessions.SessionLimits",
    "regulars.pages.access.PersonMiddleware",
]

ROOT_URLCONF = "regulars.site.urls"
WSGI_APPLICATION = "regulars.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "regulars.pages.access.context",
            ],
            "builtins": ["regulars.pages.templatetags.words"],
        },
    }
]

FORM_RENDERER = "regulars.pages.formlook.Renderer"

# --- the database -----------------------------------------------------------------------------------------------

SQLITE_FILE = DATA / "regulars.sqlite3"
DATABASE_OWNER_URL = env.read("DATABASE_OWNER_URL")
DATABASE_BACKUP_URL = env.read("DATABASE_BACKUP_URL")
THREADS = env.read_count("REGULARS_THREADS")
if env.read("DATABASE_URL"):
    try:
        _database = dj_database_url.parse(env.read("DATABASE_URL"))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
        raise env.BadSetting("DATABASE_URL makes no sense. Write postgresql://user:password@host/name.") from error
    if _database["ENGINE"] != "django.db.backends.postgresql":
        raise env.BadSetting("DATABASE_URL must begin with postgresql://. Leave it empty for SQLite.")
    _database |= {
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": THREADS + 2, "timeout": 5}},
    }
    DATABASES = {"default": _database}
else:
    DATABASES = {
        "default": {
            "ENGINE": "regulars.record.sqlite",
            "NAME": str(SQLITE_FILE),
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": str(DATA / "test.sqlite3")},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA cache_size=-32000; PRAGMA mmap_size=33554432; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


# --- people and their sessions ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "record.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "regulars.pages.account.AccountAdapter"
ACCOUNT_FORMS = {"login": "regulars.intake.account.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # mail scanners open links; nobody opens a code
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_USER_DISPLAY = str
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_FORMS = {"add_webauthn": "regulars.intake.account.PasskeyForm"}
MFA_TOTP_ISSUER = "Regulars"
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off
SESSION_COOKIE_AGE = 14 * 24 * 3600  # of who asked to be remembered; see pages/sessions.py
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- the language of the page -----------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("fi", "Suomi"), ("et", "Eesti")]
FORMAT_MODULE_PATH = ["regulars.site.formats"]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- mail -------------------------------------------------------------------------------------------------------

MAIL_INSIDE = env.read_flag("REGULARS_MAIL_INSIDE")
DEFAULT_FROM_EMAIL = env.read("REGULARS_MAIL_FROM")
if env.read("REGULARS_MAIL"):
    _mail = urlsplit(env.read("REGULARS_MAIL"))
    if _mail.scheme != "smtp" or not _mail.hostname:
        raise env.BadSetting("REGULARS_MAIL makes no sense. Write smtp://user:password@host:587?tls=1.")
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = parse_qs(_mail.query).get("tls") == ["1"]
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"

# --- files, and what a browser may load -------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "regulars.pages.statics.Storage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_HANDLERS = ["regulars.pages.uploads.Bounded"]
FILE_UPLOAD_TEMP_DIR = DATA
UPLOADS = DATA / "imports"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if IS_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {"regulars": {"level": "INFO"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
