"""What a file is, from its bytes. A name or a browser's word for it is never believed."""

import re
import zipfile
from pathlib import Path

UNKNOWN = "application/octet-stream"
# Decoded and written anew before they are stored: see pictures.py.
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/tiff", "image/bmp"})
# Photos that cannot be decoded here: kept as they are, they would tell where they were taken.
UNDRAWABLE = frozenset({"image/heic"})
# Shown in the page by browsers that obey our headers. What can carry a script (HTML, SVG, XML, PDF) never is.
SHOWN_INLINE = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/webp", "text/plain"}
    | {"video/mp4", "video/webm", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/flac"}
)

_STARTS: list[tuple[bytes, str]] = [
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
]
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {
    b"avif": "image/avif", b"avis": "image/avif", b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic",
    b"qt  ": "video/quicktime", b"M4A ": "audio/mp4",
}  # fmt: skip
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_TYPE = re.compile(rb"^application/[a-z0-9.+-]{3,80}$")
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|meta|title|style|form|object|embed)\b", re.I)
_SVG = re.compile(rb"<\s*([a-z0-9]+:)?svg\b", re.I)
_HEAD = 8192


def sniff(path: Path) -> str:
    """The media type of a file on disk; `application/octet-stream` for what is not known."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for start, media_type in _STARTS:
        if head.startswith(start):
            return media_type
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(path)
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return _text(head)


def _inside_zip(path: Path) -> str:
    """Office documents are zips that say what they are; reading the list of names unpacks nothing."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            if names and names[0] == "mimetype" and packed.getinfo("mimetype").file_size < 100:
                said = packed.read("mimetype").strip()
                return said.decode() if _OPEN_TYPE.match(said) else "application/zip"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, KeyError):
        return UNKNOWN
    if "[Content_Types].xml" in names:
        for folder, media_type in _OFFICE.items():
            if any(name.startswith(folder) for name in names):
                return media_type
    return "application/zip"


def _text(head: bytes) -> str:
    if _SVG.search(head):
        return "image/svg+xml"
    if _MARKUP.search(head):
        return "text/html"
    if not head or b"\0" in head:
        return UNKNOWN
    try:
        # The last letter may be cut in the middle.
        head.decode() if len(head) < _HEAD else head[: head.rfind(b"\n") + 1 or -4].decode()
    except UnicodeDecodeError:
        return UNKNOWN
    return "text/xml" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") else "text/plain"
