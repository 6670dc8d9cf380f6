"""The port: uvicorn with our door and, unless the hub is elsewhere, our WebSockets."""

import gc
import resource
import socket
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from wsgiref.types import WSGIApplication

import uvicorn
from django.conf import settings

from parvis.kernel.live.running import at_work, new_hub
from parvis.kernel.live.sockets import speaking_with
from parvis.kernel.serve.door import Door
from parvis.kernel.serve.protocol import Patient

GRACE = 20  # seconds for the requests under way once asked to stop
# Bytes of a connection that wait in the kernel. The event loop takes them in one go, from all connections that have
# some, before anything is weighed: at the 256 KB it would take, a thousand clients cost 300 MB.
UNREAD = 32 * 1024


class Port(uvicorn.Server):
    """Tells when it accepts connections."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._when_ready()


def port(django: WSGIApplication, *, when_ready: Callable[[], None] = lambda: None) -> Port:
    hub = new_hub()

    def beside() -> AbstractAsyncContextManager[None]:
        return at_work(hub)

    door = Door(django, beside=beside)
    hub.has_pages_to_serve = lambda: door.under_way > 0
    config = uvicorn.Config(
        door,
        loop="uvloop",
        http=Patient,
        ws=speaking_with(hub),  # type: ignore[arg-type]  # uvicorn only calls it
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.PARVIS_TRUSTED_PROXIES,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE,
        backlog=2048,
    )
    return Port(config, when_ready)


def serve(django: WSGIApplication, sockets: Sequence[socket.socket], when_ready: Callable[[], None]) -> None:
    """Until SIGTERM; requests under way are then finished."""
    _take_all_the_descriptors_there_are()
    # What stands at the start never dies, and looking at the young after each 700 objects was 8 % of a page.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    port(django, when_ready=when_ready).run(sockets=list(sockets))


def listening_on(host: str, number: int) -> socket.socket:
    """Raises OSError when the port is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    end = socket.socket(family, socket.SOCK_STREAM)
    try:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Before `bind`, so that each connection has it: what a client may have sent before anybody looked.
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, UNREAD)
        end.bind((host, number))
        end.listen(2048)
    except OSError:
        end.close()
        raise
    end.set_inheritable(True)
    return end


def _take_all_the_descriptors_there_are() -> None:
    """Each browser that listens holds one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
