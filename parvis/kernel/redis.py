"""Names in a Redis that several installations may share: its channels do not belong to its numbered databases."""

from functools import cache

from django.conf import settings
from django.utils.crypto import salted_hmac


def channel(purpose: str) -> str:
    """A channel of this installation alone: its hosts have one secret key and one REDIS_URL."""
    return _named(purpose, settings.PARVIS_NAMESPACE, settings.REDIS_URL)


def namespace_from(secret_key: str) -> str:
    """What tells this installation from another and tells nothing of the key; also the prefix of its cache."""
    return salted_hmac("parvis.redis", "namespace", secret=secret_key, algorithm="sha256").hexdigest()[:12]


@cache
def _named(purpose: str, namespace: str, url: str) -> str:
    from redis import ConnectionPool  # 0.3 s that one machine alone does without

    database = ConnectionPool.from_url(url).connection_kwargs.get("db", 0)
    return f"parvis:{namespace}:{database}:{purpose}"
