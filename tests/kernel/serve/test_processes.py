"""`parvis serve` as a tree of processes: refused twice, killed, restarted, drained."""

import contextlib
import errno
import http.client
import os
import random
import signal
import socket
import threading
from pathlib import Path

import pytest

from parvis.kernel.serve import starting
from tests.kernel.forks import Fork
from tests.kernel.network import Network, eventually

pytestmark = pytest.mark.engine
_SERVE = "from django.core.management import call_command; call_command('serve', port={port})"
_LIVE = "from django.core.management import call_command; call_command('live', port={port})"
_SLOW = """
import os, time
from pathlib import Path
from parvis.kernel.serve.port import listening_on, serve
from parvis.kernel.serve.supervisor import Child, supervise

def slow(environ, start_response):
    Path(os.environ["PARVIS_DATA"], "under-way").touch()
    time.sleep(0.6)
    start_response("200 OK", [])
    return [b"done"]

end = listening_on("127.0.0.1", {port})
sys.exit(supervise(Child("port", lambda: serve(slow, [end], lambda: print("ready", flush=True)))))
"""


def free_port() -> int:
    """One that nobody has, and that the system gives to no connection before the server takes it (again)."""
    while True:
        number = random.randrange(12_000, 32_000)
        with socket.socket() as end, contextlib.suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            end.bind(("127.0.0.1", number))
            return number


def status_of(port: int, path: str = "/live/versions/") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def figures(port: int, authorization: str) -> str:
    """What Prometheus reads, which calls a host by its address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/metrics", headers={"Host": f"10.0.0.5:{port}", "Authorization": authorization})
    with contextlib.closing(connection):
        return connection.getresponse().read().decode()


def children(pid: int) -> dict[str, int]:
    """Name → number of the processes below."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has just been buried
            found[Path(f"/proc/{child}/comm").read_text().strip()] = int(child)
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def start(network: Network, port: int, code: str = _SERVE) -> Fork:
    process = network.start(code.format(port=port))
    said = []
    for line in process.stdout:
        said.append(line)
        if "prêt" in line or "ready" in line:
            break
    else:
        pytest.fail(f"it did not start: {said}")
    threading.Thread(target=process.stdout.read, daemon=True).start()  # so that the pipe never fills
    return process


@pytest.mark.slow
def test_serve_from_an_empty_folder_to_the_end(network: Network, tmp_path: Path):
    network.data = tmp_path / "new" / "folder"
    network.env["PARVIS_DATA"] = str(network.data)
    port = free_port()
    served = start(network, port)
    assert status_of(port) == 401
    assert children(served.pid).keys() == {"parvis-port", "parvis-work"}

    second = network.command("serve", "--port", str(free_port()))
    assert second.returncode == 1
    assert f"Parvis sert déjà le dossier {network.data} (processus {served.pid})." in second.stderr
    assert "Traceback" not in second.stderr

    for name in ("parvis-port", "parvis-work"):
        killed = children(served.pid)[name]
        os.kill(killed, signal.SIGKILL)
        eventually(lambda name=name, killed=killed: children(served.pid).get(name, killed) != killed)
    assert status_of(port) == 401, "the port stays open while its process is replaced"

    both = children(served.pid).values()
    served.send_signal(signal.SIGTERM)
    assert served.wait(60) == 0
    assert not any(is_alive(pid) for pid in both)
    assert status_of(port) == 0


@pytest.mark.slow
def test_live_alone_gives_its_figures_to_whoever_has_the_token(network: Network):
    network.env["PARVIS_METRICS_TOKEN"] = "un secret"
    port = free_port()
    start(network, port, _LIVE)
    assert "parvis_live_sockets 0.0" in figures(port, "Bearer un secret")
    assert "parvis" not in figures(port, "Bearer autre")


@pytest.mark.slow
def test_the_children_go_when_the_parent_is_killed(network: Network):
    port = free_port()
    served = start(network, port)
    both = children(served.pid).values()
    served.kill()
    served.wait()
    eventually(lambda: not any(is_alive(pid) for pid in both))
    assert status_of(port) == 0


@pytest.mark.slow
def test_what_is_started_again_at_once_waits_for_what_was_killed_to_be_gone(network: Network):
    port = free_port()
    served = start(network, port)
    before = children(served.pid)
    os.kill(before["parvis-work"], signal.SIGSTOP)  # so that it takes its time to go
    served.kill()
    served.wait()
    threading.Timer(0.5, os.kill, [before["parvis-work"], signal.SIGCONT]).start()

    start(network, port)
    assert not is_alive(before["parvis-work"])
    assert status_of(port) == 401


def test_sigterm_lets_the_page_under_way_finish(network: Network):
    port = free_port()
    served = start(network, port, _SLOW)
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(status_of(port, "/")))
    asking.start()
    eventually((network.data / "under-way").exists)
    served.send_signal(signal.SIGTERM)
    asking.join()
    assert answers == [200]
    assert served.wait(60) == 0


def test_what_a_machine_lacks_is_a_sentence(network: Network):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refusal = network.command("serve", "--port", str(taken.getsockname()[1]))
    assert refusal.returncode == 1
    assert "est déjà pris. Choisissez-en un autre avec --port." in refusal.stderr
    assert "Traceback" not in refusal.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PARVIS_URL", "parvis.vauban.example", "PARVIS_URL doit être l’adresse du site"),
        ("PARVIS_URL", "https://vauban.example/parvis", "PARVIS_URL doit être l’adresse du site"),
        ("PARVIS_LANGUAGE", "xx", "PARVIS_LANGUAGE doit être fr ou en."),
        ("REDIS_URL", "localhost:6379", "REDIS_URL doit commencer par redis://"),
    ],
)
def test_a_setting_that_means_nothing_is_a_sentence(name: str, value: str, sentence: str, settings):
    setattr(settings, name, value)
    with pytest.raises(starting.CannotStart, match=sentence):
        starting.refuse_nonsense()


def test_a_setting_that_cannot_be_read_is_a_sentence(network: Network):
    network.env["PARVIS_MAX_UPLOAD_MB"] = "much"
    refusal = network.command("serve")
    assert refusal.returncode == 1
    assert "PARVIS_MAX_UPLOAD_MB" in refusal.stderr
    assert "Traceback" not in refusal.stderr


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "Le disque est plein."),
        (OSError(errno.EADDRNOTAVAIL, "Cannot assign"), "Cette machine n’a pas l’adresse 192.0.2.1."),
        (OSError(errno.EACCES, "Permission denied"), "Le port 80 demande des droits d’administration"),
        (OSError(errno.EROFS, "Read-only file system", "/data"), "/data ne peut pas être écrit"),
        (socket.gaierror(-2, "Name or service not known"), "Cette machine n’a pas l’adresse 192.0.2.1."),
    ],
)
def test_each_lack_has_its_sentence(error: OSError, sentence: str):
    with pytest.raises(starting.CannotStart, match=sentence), starting.in_a_sentence(host="192.0.2.1", number=80):
        raise error


def test_a_database_that_is_away_is_a_sentence(network: Network):
    network.env["DATABASE_URL"] = f"postgres://nobody:secret@127.0.0.1:{free_port()}/nothing"
    refusal = network.command("serve", "--port", str(free_port()))
    assert refusal.returncode == 1
    assert "La base de données ne répond pas" in refusal.stderr
    assert "Traceback" not in refusal.stderr
    assert "secret" not in refusal.stderr
