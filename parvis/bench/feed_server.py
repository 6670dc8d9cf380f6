"""The product's own port with the floors beside it: `python -m parvis.bench.feed_server PORT`."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any


def main(number: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.wsgi import application as product
    from parvis.bench.floor import application as floor
    from parvis.bench.people_floor import application as people_floor
    from parvis.kernel.serve.port import listening_on, serve

    floors = {"/floor": floor, "/people-floor": people_floor}

    def either(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return floors.get(environ["PATH_INFO"], product)(environ, start_response)

    serve(either, [listening_on("127.0.0.1", number)], when_ready=lambda: print("ready", flush=True))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
