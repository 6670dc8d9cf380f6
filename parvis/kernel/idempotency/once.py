"""`once(...)`: run a creation for the first sender of a key, and give the others what it made."""

import re
import secrets
from collections.abc import Callable

from django.db import transaction

from parvis.kernel.idempotency.models import UsedKey

_VALID = re.compile(r"^[A-Za-z0-9_-]{8,40}$")


def new_key() -> str:
    return secrets.token_urlsafe(12)


def once(*, act: str, person_id: int, key: str | None, create: Callable[[], int]) -> tuple[int, bool]:
    """Gives (id of what was made, whether it was made now).

    `act` is a short name of the form: a key opens what that form made, never something else that has the same id.

    `create` runs in the transaction that claims the key: either both are committed or neither. A form without a
    valid key (hand-made, or very old) is simply created.
    """
    if not key or not _VALID.match(key):
        with transaction.atomic():
            return create(), True

    with transaction.atomic():
        used, is_new = UsedKey.objects.select_for_update().get_or_create(person_id=person_id, key=f"{act}:{key}")
        if not is_new and used.result_id is not None:
            return used.result_id, False
        used.result_id = create()
        used.save(update_fields=["result_id"])
        return used.result_id, True
