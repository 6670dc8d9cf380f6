"""Everything is set by the environment; docs/settings.md lists each variable, its default and what it changes."""

from pathlib import Path

from environs import Env

from parvis.kernel.logs import logging_from
from parvis.kernel.mail.settings import email_from
from parvis.kernel.redis import namespace_from
from parvis.kernel.settings import database_from, secret_key_from, storage_from

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- What an administrator sets -------------------------------------------------------------------------------------
PARVIS_DATA = Path(env.str("PARVIS_DATA", str(BASE_DIR / "data"))).resolve()
PARVIS_URL = env.str("PARVIS_URL", "http://localhost:8000").rstrip("/")
PARVIS_COMPANY = env.str("PARVIS_COMPANY", "Parvis")
PARVIS_LANGUAGE = env.str("PARVIS_LANGUAGE", "fr")
PARVIS_TIME_ZONE = env.str("PARVIS_TIME_ZONE", "Europe/Paris")
PARVIS_DEMO = env.bool("PARVIS_DEMO", False)
REDIS_URL = env.str("REDIS_URL", "")
EMAIL_URL = env.str("EMAIL_URL", "")
STORAGE_URL = env.str("STORAGE_URL", "")
PARVIS_MAX_UPLOAD_MB = env.int("PARVIS_MAX_UPLOAD_MB", 100)
PARVIS_METRICS_TOKEN = env.str("PARVIS_METRICS_TOKEN", "")
PARVIS_LOG_LEVEL = env.str("PARVIS_LOG_LEVEL", "INFO")
PARVIS_LOG_FORM = env.str("PARVIS_LOG_FORM", "")
PARVIS_TRUSTED_PROXIES = env.list("PARVIS_TRUSTED_PROXIES", ["127.0.0.1", "::1"])
PARVIS_ACCEL = env.str("PARVIS_ACCEL", "")

SECRET_KEY = secret_key_from(env.str("PARVIS_SECRET_KEY", ""), PARVIS_DATA)
PARVIS_NAMESPACE = namespace_from(SECRET_KEY)
DEBUG = False
_host = PARVIS_URL.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
ALLOWED_HOSTS = [*{_host, "localhost", "127.0.0.1", "[::1]"}]
IS_SECURE = PARVIS_URL.startswith("https://")

# --- What the code is made of ---------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "parvis.kernel.database",
    "parvis.kernel.audiences",
    "parvis.kernel.jobs",
    "parvis.kernel.files",
    "parvis.kernel.mail",
    "parvis.kernel.live",
    "parvis.kernel.serve",
    "parvis.kernel.idempotency",
    "parvis.people",
    "parvis.communities",
    "parvis.contributions",
    "parvis.moderation",
    "parvis.wall",
    "parvis.directory",
    "parvis.home",
    "parvis.connect",
    "parvis.operate",
    "parvis.shell",
    "parvis.demo",
    "parvis.bench",
]

MIDDLEWARE = [
    "parvis.kernel.web.middleware.access_log",
    "parvis.kernel.web.middleware.security_headers",
    "parvis.operate.middleware.answer_machines",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "parvis.people.middleware.speak_the_readers_language",
    "parvis.communities.middleware.see_as",
    "parvis.shell.middleware.give_back_at_the_door",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "parvis.people.middleware.ask_the_charter",
    "parvis.people.middleware.remember_last_seen",
    "parvis.shell.middleware.say_refusals",
    "parvis.kernel.web.middleware.tell_htmx",
]

if PARVIS_DEMO:
    MIDDLEWARE.append("parvis.demo.middleware.guide")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

DATABASES = {"default": database_from(env.str("DATABASE_URL", ""), PARVIS_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": PARVIS_NAMESPACE,
        }
        if REDIS_URL
        # Django keeps 300 entries unless told: whoever types many names would push out what limits count.
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 50_000}}
    )
}
STORAGES = {
    "default": storage_from(STORAGE_URL, PARVIS_DATA),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
globals().update(email_from(EMAIL_URL, PARVIS_DATA, PARVIS_URL))
LOGGING = logging_from(PARVIS_LOG_LEVEL, PARVIS_LOG_FORM)

TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "parvis.kernel.web.templating.Pages",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "parvis.kernel.web.templating.environment"},
    }
]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["parvis.people.backend.ByIdentifierOrMail"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "parvis.people.passwords.EntropyValidator"}]
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "parvis.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "parvis_session"
CSRF_COOKIE_NAME = "parvis_csrf"
CSRF_FAILURE_VIEW = "parvis.shell.errors.csrf_failure"
TOO_MANY_VIEW = "parvis.shell.errors.too_many"
CSRF_TRUSTED_ORIGINS = [PARVIS_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "parvis_language"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = PARVIS_TIME_ZONE

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "frontend" / "dist"
WHITENOISE_ROOT = None
WHITENOISE_USE_FINDERS = False
FORM_RENDERER = "django.forms.renderers.Jinja2"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
SILENCED_SYSTEM_CHECKS: list[str] = []
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

ACCOUNT_USER_MODEL_EMAIL_FIELD = "mail"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "identifier"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "parvis.people.adapter.Door"
ACCOUNT_SESSION_REMEMBER = True
# Whole sites come in from one address at the start of a shift; each name is slowed down (people/actions/coming_in.py).
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "120/m/ip,30/5m/key",
    "paper_code": "120/m/ip",
    "forgotten": "60/m/ip,5/15m/key",
}
