"""Who may send how much: a little anybody, files who is signed in; and refusals in words."""

import asyncio
import logging
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from ipaddress import ip_address
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import Error, close_old_connections, connections

from parvis.kernel.live.rights import person_behind, session_key_in
from parvis.kernel.serve import spool
from parvis.kernel.serve.asgi import Headers, Receive, Scope, Send, answer, header
from parvis.kernel.serve.refusals import MOST_OF_STRANGERS, refuse
from parvis.kernel.serve.room import NoPlace, Place, Room

log = logging.getLogger("parvis.serve")
MEGABYTE = 1024 * 1024
# So many of the largest bodies fit in the room for all.
LARGE_AT_ONCE = 10


class Bodies:
    def __init__(self, folder: Path, disk: Executor) -> None:
        self._folder, self._disk = folder, disk
        self._sessions = ThreadPoolExecutor(1, thread_name_prefix="session")
        self._room = Room(LARGE_AT_ONCE * _most_of_people())

    async def take_in(
        self, scope: Scope, receive: Receive, send: Send, headers: Headers, held: ExitStack
    ) -> tuple[IO[bytes], int] | None:
        """The body and its size; None when it was refused, in words. `held` gets what goes back once it was read."""
        limit = MOST_OF_STRANGERS
        try:
            sender, limit = await self._sender(scope, headers)
            place = Place(self._room, sender)
            held.callback(place.close)
            body, size = await spool.taken_in(
                headers, receive, limit=limit, place=place, folder=self._folder, disk=self._disk
            )
        except spool.CutShort:
            await answer(send, 400, [(b"connection", b"close")])
        except spool.TooLarge:
            held.close()
            rest = spool.let_it_finish(receive, most_bytes=4 * _most_of_people())
            await refuse(scope, send, 413, first=rest, to_a_stranger=limit == MOST_OF_STRANGERS)
        except spool.NoRoom:
            log.error("no room on the disk for a request body")
            await refuse(scope, send, 507, first=spool.let_it_finish(receive, most_bytes=limit))
        except (NoPlace, Error) as trouble:
            if isinstance(trouble, Error):
                log.exception("who sends a request body could not be read")
            held.close()
            await refuse(scope, send, 503, first=spool.let_it_finish(receive, most_bytes=limit, seconds=2))
        else:
            held.callback(body.close)
            return body, size
        return None

    async def _sender(self, scope: Scope, headers: Headers) -> tuple[str, int]:
        """Whose body it is, and how many bytes it may have: nobody says anything large before signing in.

        Only for a body that may be large is the session looked up in the database. Raises django.db.Error.
        """
        announced = header(headers, b"content-length")
        if announced is None or int(announced) > MOST_OF_STRANGERS:
            key = session_key_in(value.decode("latin-1") for name, value in headers if name == b"cookie")
            person_id = await asyncio.get_running_loop().run_in_executor(self._sessions, _person, key) if key else None
            if person_id is not None:
                return f"p{person_id}", _most_of_people()
        return _network(scope), MOST_OF_STRANGERS

    def close(self) -> None:
        self._sessions.submit(connections.close_all)
        self._sessions.shutdown(wait=True)


def _most_of_people() -> int:
    """Bytes in a body of somebody who is signed in: a file, and the form around it."""
    return int(settings.PARVIS_MAX_UPLOAD_MB) * MEGABYTE + MEGABYTE


def _network(scope: Scope) -> str:
    """Where it comes from: the address, or the half of an IPv6 address that one household shares."""
    given = str((scope.get("client") or ("",))[0])
    try:
        address = ip_address(given)
    except ValueError:
        return given
    return given if address.version == 4 else f"{int(address) >> 64:x}"


def _person(session_key: str) -> int | None:
    close_old_connections()
    return person_behind(session_key)
