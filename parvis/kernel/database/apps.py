from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


def without_jit(*, connection: Any, **_more: Any) -> None:
    """Compiling a statement pays for reports of minutes: to the page of whoever follows people and topics it added
    100 ms, where reading takes 10."""
    if connection.vendor == "postgresql":
        with connection.connection.cursor() as cursor:
            cursor.execute("SET SESSION jit = off")
        if not connection.get_autocommit():
            connection.connection.commit()


class DatabaseConfig(AppConfig):
    name = "parvis.kernel.database"
    label = "database"

    def ready(self) -> None:
        connection_created.connect(without_jit, dispatch_uid="without_jit")
