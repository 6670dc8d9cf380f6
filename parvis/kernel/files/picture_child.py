"""Run as a script, alone, with little memory and time: decodes a picture nobody trusts and writes it anew.

Reads one JSON request on its input, answers one JSON line. What it writes holds pixels only: no EXIF, no place, no
comment, no second file hidden behind the first. The picture stands upright and is in sRGB.
"""

import contextlib
import io
import json
import resource
import sys
import warnings
from typing import Any

# A 50-megapixel photograph decoded, turned and converted holds three copies of 150 MB.
_MEMORY = 1200 * 1024 * 1024
_CPU_SECONDS = 20
_MOST_PIXELS = 50_000_000
_MOST_FRAMES, _MOST_FRAME_PIXELS = 400, 150_000_000
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP")


def main() -> None:
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 512 * 1024 * 1024),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    request = json.load(sys.stdin)
    try:
        answer = _rewrite(**request)
    except MemoryError:
        answer = {"refused": "too_large"}
    except OSError as trouble:
        answer = {"refused": "disk_full" if trouble.errno in (28, 122) else "unreadable", "why": repr(trouble)}
    except Exception as trouble:
        answer = {"refused": "too_large" if "Bomb" in type(trouble).__name__ else "unreadable", "why": repr(trouble)}
    json.dump(answer, sys.stdout)


def _rewrite(source: str, folder: str, sides: list[int], square: "bool | list[int]") -> dict[str, Any]:
    from PIL import Image, ImageFile, ImageOps

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(source, formats=_FORMATS) as opened:
        if opened.width * opened.height > _MOST_PIXELS or min(opened.size) < 1:
            return {"refused": "too_large"}
        frames = getattr(opened, "n_frames", 1) if opened.format in ("GIF", "WEBP") else 1
        if frames > 1 and not square:
            made = _rewrite_moving(opened, frames, f"{folder}/picture")
        else:
            made = {}
            opened.seek(0)
        kind = opened.format
        picture = _upright(opened)
    if isinstance(square, list):
        picture = picture.crop(_within(*square, *picture.size))
    elif square:
        side = min(picture.size)
        picture = ImageOps.fit(picture, (side, side), centering=(0.5, 0.4))  # faces are above the middle
    if not made:
        made = _write(picture, f"{folder}/picture", kind)
    thumbnails = []
    for side in sorted(sides, reverse=True):
        if side < max(picture.size):
            small = picture.copy()
            small.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
            thumbnails.append({"side": side, **_write(small, f"{folder}/side-{side}", "WEBP")})
    return {**made, "thumbnails": thumbnails}


def _within(x: int, y: int, side: int, width: int, height: int) -> tuple[int, int, int, int]:
    """The square that was asked for, moved and made smaller until it lies in the picture."""
    side = max(1, min(side, width, height))
    left, top = max(0, min(x, width - side)), max(0, min(y, height - side))
    return left, top, left + side, top + side


def _upright(opened: Any) -> Any:
    """Turned as its EXIF says, in sRGB, as RGB or RGBA."""
    from PIL import Image, ImageCms, ImageOps

    profile = opened.info.get("icc_profile")
    picture = ImageOps.exif_transpose(opened)
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    has_alpha = picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info
    if profile and picture.mode in ("RGB", "L", "CMYK"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            own, ours = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, own, ours, outputMode="RGB") or picture
    plain = picture.convert("RGBA" if has_alpha else "RGB")
    # A new picture: whatever hung on the old one stays behind.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _write(picture: Any, path: str, kind: str | None) -> dict[str, Any]:
    if kind == "WEBP" or kind == "AVIF":
        picture.save(path, "WEBP", quality=82, method=4)
        media_type = "image/webp"
    elif picture.mode == "RGBA" or kind in ("PNG", "GIF"):
        picture.save(path, "PNG", compress_level=6)
        media_type = "image/png"
    else:
        picture.save(path, "JPEG", quality=90, progressive=True)
        media_type = "image/jpeg"
    return {"path": path, "media_type": media_type, "width": picture.width, "height": picture.height}


def _rewrite_moving(opened: Any, frames: int, path: str) -> dict[str, Any]:
    from PIL import Image, ImageSequence

    if frames > _MOST_FRAMES or frames * opened.width * opened.height > _MOST_FRAME_PIXELS:
        raise Image.DecompressionBombError
    pictures, times = [], []
    for frame in ImageSequence.Iterator(opened):
        pictures.append(frame.convert("RGBA"))
        times.append(frame.info.get("duration") or 100)
    pictures[0].save(
        path, "WEBP", save_all=True, append_images=pictures[1:], duration=times, loop=0, quality=75, method=2
    )
    opened.seek(0)
    return {"path": path, "media_type": "image/webp", "width": opened.width, "height": opened.height}


if __name__ == "__main__":
    main()
