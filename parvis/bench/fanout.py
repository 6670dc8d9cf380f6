"""`parvis bench fanout`: one frame to 1,000 and to 5,000 browsers of which one in a hundred never reads.

The product's port (with Django and rights behind it) and the floor run in processes of their own, the browsers in a
third. Seven interleaved pairs; what is measured goes from the wake-up to the receipt of the last browser that reads.
Before that, those who do not read are filled up with large frames, so that the hub really has to pass them over.
"""

import contextlib
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

from django.conf import settings

from parvis.bench.measuring import PAIRS, pairs, percentile, where_and_when
from parvis.kernel.live.signals import Signal

SIZES = (1000, 5000)
SILENT = 0.01
BROADCASTS = 3  # of which a pair takes the median
_CROWD = "import sys, django; django.setup(); from parvis.bench.crowd import main; main(int(sys.argv[1]))"
_QUIET = {"PARVIS_LOG_LEVEL": "WARNING", "REDIS_URL": ""}
PAGES_FOR = 8.0  # seconds of pages beside broadcasts


def run(*, sizes: tuple[int, ...] | None = None) -> dict[str, Any]:
    """About a minute and a half. The top-level figures are those of the largest size."""
    results = [_measured(clients) for clients in sizes or SIZES]
    return {"bench": "fanout", **results[-1], "sizes": results, **where_and_when()}


def _measured(clients: int) -> dict[str, Any]:
    silent = max(1, int(clients * SILENT))
    with tempfile.TemporaryDirectory(prefix="parvis-") as folder, contextlib.ExitStack() as stack:
        product = stack.enter_context(_product(Path(folder), clients // 2))
        floor = stack.enter_context(_floor(Path(folder)))
        _page_times(product, lambda: None, seconds=min(1, PAGES_FOR))
        empty = _own_kib(product.pid)
        for side in (product, floor):
            side.browsers.ask(
                "connect", port=side.port, clients=clients, silent=silent, cookies=side.cookies, topic=side.topic
            )
        memory = _own_kib(product.pid) - empty
        for side in (product, floor):
            _fill_up(side)
        before = _cpu_ns(product.pid)
        measured, beside = pairs(lambda: _last_ms(product), lambda: _last_ms(floor))
        deliveries = PAIRS * BROADCASTS * (clients - silent)
        cpu = (_cpu_ns(product.pid) - before) / 1000 / deliveries
        alone = _page_times(product, lambda: None)
        during = _page_times(product, lambda: _last_ms(product, 1))
        # The same broadcasts from another process: what pages would suffer if hub and pages were two.
        apart = _page_times(product, lambda: _last_ms(floor, 1))
    return {
        "clients": clients,
        "silent": silent,
        "last_ms": round(measured.median, 1),
        "last_ms_range": measured.rounded(1),
        "floor_last_ms": round(beside.median, 1),
        "floor_last_ms_range": beside.rounded(1),
        "ratio_to_floor": round(measured.median / beside.median, 2),
        "cpu_us_per_delivery": round(cpu, 2),
        "kib_per_connection": round(memory / clients, 1),
        "page_p99_ms_during": round(percentile(during, 0.99), 1),
        "page_p99_ms_apart": round(percentile(apart, 0.99), 1),
        "page_p99_ms_alone": round(percentile(alone, 0.99), 1),
        "page_median_ms_during": round(statistics.median(during), 1),
        "page_median_ms_alone": round(statistics.median(alone), 1),
        "pages": len(during),
    }


class Side:
    """One of the two servers, with its browsers."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, orders: Path) -> None:
        self.pid, self.port = process.pid, port
        self._orders = orders
        self._voice = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.browsers = Browsers()
        self.cookies, self.topic = ["x"], "a:1"
        self._version = 1_000_000_000

    def wake(self, counts: dict[str, int] | None = None) -> None:
        """The next version of the topic, as another process of Parvis would signal it."""
        self._version += 1
        self._voice.sendto(Signal(self.topic, self._version, counts).encoded(), str(self._orders))

    def close(self) -> None:
        self.browsers.close()
        self._voice.close()


class Browsers:
    """The process of fanout_client.py."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "parvis.bench.fanout_client"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, do: str, **order: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **order}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("The bench's browsers gave up.")
        return dict(json.loads(line))

    def ask(self, do: str, **order: Any) -> dict[str, Any]:
        self.tell(do, **order)
        return self.answer()

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@contextlib.contextmanager
def _product(folder: Path, people: int) -> Iterator[Side]:
    port = _free_port()
    env = {**os.environ, "PARVIS_DATA": str(folder), "PARVIS_URL": f"http://localhost:{port}", **_QUIET}
    made = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _CROWD, str(people)],
        env=env,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        check=True,
    )
    crowd = json.loads(made.stdout)
    with _started([sys.executable, "-m", "parvis.bench.fanout_server", str(port)], env) as process:
        _wait_until_ready(process)
        side = Side(process, port, folder / "live.sock")
        side.cookies, side.topic = crowd["cookies"], crowd["topic"]
        with contextlib.closing(side):
            yield side


@contextlib.contextmanager
def _floor(folder: Path) -> Iterator[Side]:
    port = _free_port()
    orders = folder / "floor.sock"
    with _started([sys.executable, "-m", "parvis.bench.fanout_floor", str(port), str(orders)], None) as process:
        _wait_until_ready(process)
        with contextlib.closing(Side(process, port, orders)) as side:
            yield side


@contextlib.contextmanager
def _started(command: list[str], env: dict[str, str] | None) -> "Iterator[subprocess.Popen[str]]":
    process = subprocess.Popen(command, env=env, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _wait_until_ready(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    if process.stdout.readline().strip() != "ready":
        raise SystemExit("A server of the bench did not start.")


def _free_port() -> int:
    with socket.socket() as end:
        end.bind(("127.0.0.1", 0))
        return int(end.getsockname()[1])


def _fill_up(side: Side) -> None:
    """Large frames, until nothing more goes into those who do not read."""
    large = {f"figure {n}": n for n in range(400)}
    for _ in range(40):
        side.browsers.tell("expect")
        side.browsers.answer()
        side.wake(large)
        side.browsers.answer()
    side.browsers.ask("settle")


def _last_ms(side: Side, broadcasts: int = BROADCASTS) -> float:
    times = []
    for _ in range(broadcasts):
        side.browsers.tell("expect")
        side.browsers.answer()
        began = time.monotonic()
        side.wake()
        heard = side.browsers.answer()
        if heard["missing"]:
            raise SystemExit(f"{heard['missing']} browsers were told nothing.")
        times.append((float(heard["last"]) - began) * 1000)
    return statistics.median(times)


def _page_times(side: Side, beside: Callable[[], object], seconds: float | None = None) -> list[float]:
    """How long a signed-in page takes, in ms, asked some thirty times a second with `beside` four times a second."""
    times: list[float] = []
    refused: list[int] = []
    is_over = Event()

    def ask() -> None:
        reader = http.client.HTTPConnection("localhost", side.port, timeout=30)
        while not is_over.wait(0.02):
            began = time.perf_counter()
            reader.request("GET", "/", headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={side.cookies[0]}"})
            answer = reader.getresponse()
            answer.read()
            times.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                refused.append(answer.status)
        reader.close()

    thread = Thread(target=ask)
    thread.start()
    end = time.monotonic() + (seconds or PAGES_FOR)
    while time.monotonic() < end:
        beside()
        time.sleep(0.25)
    is_over.set()
    thread.join()
    if refused:
        raise SystemExit(f"The bench got {refused[0]} for a page.")
    return times


def _own_kib(pid: int) -> int:
    """The memory that no other process shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def _cpu_ns(pid: int) -> int:
    """Of all threads, to the nanosecond (/proc/…/stat counts in hundredths of a second)."""
    return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat"))
