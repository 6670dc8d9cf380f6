"""The product's own port, for the bench of the fan-out: `python -m parvis.bench.fanout_server PORT`."""

import os
import sys

import django


def main(port: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from parvis.kernel.serve.port import listening_on, serve
    from parvis.kernel.serve.starting import django_loaded

    application = django_loaded()
    serve(application, [listening_on("127.0.0.1", port)], lambda: print("ready", flush=True))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
