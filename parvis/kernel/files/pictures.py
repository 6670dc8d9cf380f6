"""Pictures are decoded in a child process that may fail, loop or eat memory without harm to anybody."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from parvis.kernel.files.refusals import refusal

_log = structlog.get_logger()
_SCRIPT = Path(__file__).with_name("picture_child.py")
_SECONDS = 40
# No; its middle; or (x, y, side) in pixels of the picture as it stands upright.
Square = bool | tuple[int, int, int]
# Each child may take a gigabyte.
_at_once = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Picture:
    """A picture written anew: `side` is 0 for the picture itself, else the longest side asked of a smaller one."""

    path: Path
    media_type: str
    width: int
    height: int
    side: int = 0


def rewrite(source: Path, folder: Path, *, sides: Sequence[int] = (), square: Square = False) -> list[Picture]:
    """The picture without anything but its pixels, then the smaller ones, as files in `folder`.

    `sides`: longest sides in pixels; those not smaller than the picture are left out. `square` cuts it to its middle,
    a little above, or to the square that is given, as far as that lies in it. Raises Refused for what cannot be read
    within the limits.
    """
    request = {"source": str(source), "folder": str(folder), "sides": list(sides), "square": square}
    with _at_once:
        try:
            child = subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(_SCRIPT)],
                input=json.dumps(request),
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                cwd=folder,
                env={"MALLOC_ARENA_MAX": "1"},  # none of our secrets
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise refusal("too_large") from None
    try:
        answer = json.loads(child.stdout)
    except ValueError:  # killed by a limit, or by what it decoded
        raise refusal("too_large" if child.returncode < 0 else "unreadable") from None
    if "refused" in answer:
        _log.info("picture_refused", reason=answer["refused"], why=answer.get("why", ""))
        raise refusal(answer["refused"])
    smaller = answer.pop("thumbnails")
    return [_picture(answer), *(_picture(thumbnail) for thumbnail in smaller)]


def _picture(said: dict[str, object]) -> Picture:
    return Picture(**{**said, "path": Path(str(said["path"]))})  # type: ignore[arg-type]
