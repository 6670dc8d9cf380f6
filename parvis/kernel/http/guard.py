"""Which addresses may be spoken to, and the connections that keep to it."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any

import httpcore
import httpx

PORTS = frozenset({80, 443, 8080, 8443})
# Addresses that carry another one inside: what they lead to is not what they look like.
_TUNNELS = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]
Resolve = Callable[[str, int], list[str]]


class Refused(Exception):
    """The address is none that this installation may speak to."""


def by_name_server(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the Internet: not private, shared, local, reserved, multicast or a tunnel."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # an address with a zone (fe80::1%eth0), or no address
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped or any(ip in tunnel for tunnel in _TUNNELS) or int(ip) < 2**32:
            return False
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


class Guard(httpcore.NetworkBackend):
    """Connections to checked addresses only, which all end by one deadline (seconds, `time.monotonic`)."""

    def __init__(self, *, deadline: float, allow: Collection[str] = (), resolve: Resolve = by_name_server) -> None:
        """`allow`: addresses "127.0.0.1:8000" let through unchecked. Only tests give some."""
        self._deadline, self._allow, self._resolve = deadline, allow, resolve
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = self.checked(host, port)
        stream = self._real.connect_tcp(address, port, _left(self._deadline, timeout), local_address, socket_options)
        return _Hurried(stream, self._deadline)

    def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise Refused("no sockets of this machine")

    def checked(self, host: str, port: int) -> str:
        """One address of the host; all of them must be public. Raises Refused."""
        if f"{host}:{port}" in self._allow:
            return host
        if port not in PORTS:
            raise Refused(f"port {port}")
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as unknown:
            raise httpcore.ConnectError(f"{host} is unknown") from unknown
        if not found or not all(is_public(address) for address in found):
            raise Refused(f"{host} is not an address of the Internet")
        return found[0]


class GuardedTransport(httpx.BaseTransport):
    """httpx over connections that a `Guard` makes. None is kept: a pool would mix the names of one address."""

    def __init__(self, guard: Guard) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), max_keepalive_connections=0, network_backend=guard, http1=True, http2=False
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.scheme not in {"http", "https"} or url.userinfo:
            raise Refused(f"an address {url.scheme}:…" if not url.userinfo else "an address with a password")
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Any:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class _Hurried(httpcore.NetworkStream):
    """A server that sends a byte now and then keeps nobody longer than the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _Hurried(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def close(self) -> None:
        self._stream.close()


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline has passed")
    return left if timeout is None else min(left, timeout)


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
