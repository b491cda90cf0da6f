"""Settings of the site, read from the environment; docs/operators.md names each."""

import os
from datetime import timedelta
from pathlib import Path

import pghistory
from django.utils.functional import SimpleLazyObject

from newsarchive import env

BASE_DIR = Path(__file__).resolve().parent.parent
NEWSARCHIVE_HOME = env.read_home(BASE_DIR / ".newsarchive")

DEBUG = env.read_flag("DEBUG")
INSECURE_HTTP = env.read_flag("INSECURE_HTTP")
HSTS_SUBDOMAINS = env.read_flag("HSTS_SUBDOMAINS")
SITE_URL = env.read_site_url()
ALLOWED_HOSTS = env.read_allowed_hosts(SITE_URL)
TRUSTED_PROXIES = env.read_trusted_proxies()

# Who must sign in with a second factor.
REQUIRE_SECOND_FACTOR = env.read_choice(
    "REQUIRE_SECOND_FACTOR", "nobody", ("nobody", "chief-editors", "everyone")
)
# Single sign-on: the header in which a trusted proxy names the user.
REMOTE_USER_HEADER = env.read_remote_user_header(TRUSTED_PROXIES)
REMOTE_USER_CREATE = env.read_flag("REMOTE_USER_CREATE")
REMOTE_USER_LOGOUT_URL = env.read_logout_url()

# Threads per web process, as for gunicorn's --threads, and how searches share them.
WEB_THREADS = env.read_number("WEB_THREADS", 16, least=4, most=256)
SEARCHES_AT_ONCE, SEARCHES_WAITING, FILES_AT_ONCE = env.read_search_limits(WEB_THREADS)
SEARCH_WAIT_SECONDS = env.read_number("SEARCH_WAIT_SECONDS", 10, least=1, most=60)
# Called by the web process before it serves pages.
PRELOAD = "articles.search.index.segment_cache.preload"
SEARCH_CACHE_MB = env.read_number("SEARCH_CACHE_MB", 128, least=8, most=65_536)
SEARCH_RETRY_SECONDS = env.read_number("SEARCH_RETRY_SECONDS", 5, least=1, most=60)

# Monitoring: where counts are stored, and who may read them from another machine.
METRICS_FLUSH = "articles.operations.metrics.flush"
METRICS_FLUSH_SECONDS = 5
METRICS_TOKEN = env.read_metrics_token()
# Searches that take longer are logged with their query; 0 logs none.
SLOW_SEARCH_SECONDS = env.read_number("SLOW_SEARCH_SECONDS", 2, least=0, most=60)

# Sources that are folders lie below this folder of the server; empty: there are none.
SOURCES_FOLDER = env.read_folder("SOURCES_FOLDER")

# Read on first use, so that commands that sign nothing need no key. The web process reads it when it starts.
# Generated only with the embedded database: several servers of one site must share a key.
SECRET_KEY = SimpleLazyObject(
    lambda: env.read_secret_key(NEWSARCHIVE_HOME, generated=not os.environ.get("DATABASE_URL"))
)

INSTALLED_APPS = [
    "newsarchive.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_filters",
    "axes",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "pgtrigger",
    "pghistory",
    "articles",
]

MIDDLEWARE = [
    "newsarchive.middleware.RequestIdMiddleware",
    "newsarchive.monitoring.MonitoringMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "newsarchive.middleware.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsarchive.middleware.CleanRequestMiddleware",
    "newsarchive.middleware.LostConnectionMiddleware",
    "newsarchive.retries.RetryMiddleware",
    "articles.admin.index_middleware.IndexMiddleware",
    "newsarchive.single_sign_on.RemoteUserHeaderMiddleware",
    "newsarchive.middleware.ClientAddressMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "newsarchive.middleware.CacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsarchive.second_factor.SecondFactorMiddleware",
    "newsarchive.body_limits.BodyLimitMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "newsarchive.single_sign_on.SingleSignOnMiddleware",
    "newsarchive.replicas.middleware.ReplicaMiddleware",
]

ROOT_URLCONF = "newsarchive.urls"
WSGI_APPLICATION = "newsarchive.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsarchive.context_processors.archive_name",
            ]
        },
    }
]

DATABASES = {"default": env.read_database(NEWSARCHIVE_HOME)}
# Overrides for the web process; `migrate` grants this role its rights.
WEB_DATABASE = env.read_web_database()
# Streaming replicas that answer anonymous readers, while they are less than so many seconds behind.
DATABASE_REPLICAS = env.read_replicas()
REPLICA_LAG_SECONDS = env.read_number("REPLICA_LAG_SECONDS", 5, least=1, most=300)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Only for the web process (wsgi.py): migrations, imports and reindexing take longer.
WEB_TRANSACTION_SETTINGS = {
    "statement_timeout": "3s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
    # Compiling a statement of a page takes up to seconds, running it milliseconds.
    "jit": "off",
}

# Each history event stores its own context (who, from where), so that event tables are append-only.
# The shared context table of pghistory would need updates.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()

ARCHIVE_NAME = env.read_archive_name()
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.read_time_zone()
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = NEWSARCHIVE_HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsarchive.static_files.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # also serves files that were not collected

# An editor's whole article, its quotes and a form around them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

locals().update(env.read_email())
ADMINS = env.read_admins()

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    # Only loads accounts, and only with REMOTE_USER_HEADER.
    "newsarchive.single_sign_on.RemoteUserBackend",
]
# Length and guessability; no composition rules, which make passwords similar.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "django.contrib.auth.password_validation.CommonPasswordValidator",
        "OPTIONS": {"password_list_path": BASE_DIR / "newsarchive" / "common_passwords.txt.gz"},
    },
    {"NAME": "newsarchive.passwords.PredictablePasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:desk"

# After five failures for one name from one address, that pair must wait; after fifty for any names, the
# address must wait. A newsroom behind one address makes fewer mistakes in fifteen minutes.
AXES_HANDLER = "newsarchive.login_throttle.LoginHandler"
AXES_FAILURE_LIMIT = 5
LOGIN_FAILURES_OF_ONE_ADDRESS = 50
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "newsarchive.middleware.client_network"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "newsarchive.error_pages.too_many_tries"
AXES_VERBOSE = False
# Besides passwords; these fields are not logged.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "key"]
# The name of the archive in an authenticator app.
OTP_TOTP_ISSUER = ARCHIVE_NAME

# Browsers accept __Host- cookies only over https, for this host and all paths.
_COOKIE_PREFIX = "" if INSECURE_HTTP else "__Host-"
# Seven days.
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = not INSECURE_HTTP
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# With replicas only: where the reader's last write is in the log of the database.
WRITE_COOKIE_NAME = f"{_COOKIE_PREFIX}wrote"
# Messages in the session need no third cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "articles.admin.recovered_input.csrf_failure"

SECURE_SSL_REDIRECT = not INSECURE_HTTP
# Probes inside the network use plain http.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS_SUBDOMAINS and not INSECURE_HTTP
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# HSTS for subdomains and preloading are the domain owner's decision.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOG_FORMAT = env.read_choice("LOG_FORMAT", "text", ("text", "json"))
LOG_LEVEL = env.read_choice("LOG_LEVEL", "warning", ("debug", "info", "warning", "error")).upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "newsarchive.middleware.RequestIdFilter"},
        "one_line": {"()": "newsarchive.error_pages.OneLineFilter"},
    },
    "formatters": {
        "json": {"()": "newsarchive.logs.JsonFormatter"},
        "text": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request_id", "one_line"],
        },
        "mail": {
            "class": "newsarchive.logs.ErrorMailHandler",
            "formatter": "text",
            "filters": ["request_id", "one_line"],
        },
    },
    "root": {"handlers": ["stderr", "mail"], "level": "WARNING"},
    "loggers": {
        "articles": {"level": LOG_LEVEL},
        "newsarchive": {"level": LOG_LEVEL},
        "django": {"handlers": ["stderr", "mail"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # 404s are in the access log
    },
}
