"""Faces of some invented people, drawn: flat shapes, no photograph of anybody."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

SIDE = 256
# Drawn larger, then reduced: smooth edges.
_SCALE = 4
_EYES = "#2b2220"


@dataclass(frozen=True)
class Face:
    ground: str
    skin: str
    hair: str
    cut: str
    clothes: str
    beard: str = ""
    has_glasses: bool = False
    has_helmet: bool = False
    smile: float = 1.0


FACES: dict[str, Face] = {
    "amina.benali": Face("#e9d9c5", "#c98e68", "#2a1d1a", "curly", "#274690", smile=1.2),
    "bruno.le-goff": Face("#cfdbe3", "#eab893", "#6b4a2f", "short", "#3d5c7a", beard="#6b4a2f", has_helmet=True),
    "chloe.marchetti": Face("#ead9cd", "#f2cfb1", "#7a3b20", "bob", "#a3412a", smile=1.3),
    "salome.dewaele": Face("#e4e3cc", "#f3d3b5", "#c9943f", "long", "#586b3d", smile=1.1),
    "helene.carpentier": Face("#ecd7dc", "#f0cdb2", "#4a2c23", "long", "#702f45"),
    "karim.haddad": Face("#d3dddd", "#a9764f", "#201915", "short", "#3b4b52", beard="#201915", has_glasses=True),
    "yann.kerbrat": Face("#d6dfd0", "#efc3a0", "#9a9a96", "short", "#2f4a45", beard="#b4b3ae", smile=0.8),
    "mireille.fontaine": Face("#e6dbe8", "#edc6a6", "#8f8c8a", "bob", "#5b4a78", has_glasses=True),
    "fatou.diop": Face("#efe0c4", "#6f4630", "#17110f", "bun", "#c0862c", smile=1.4),
    "mai.nguyen": Face("#d2e2de", "#e9c098", "#15110f", "bob", "#2f6f68", smile=0.9),
    "sarah.tremblay": Face("#dde0ea", "#f5d4bd", "#b5562b", "ponytail", "#41547e", smile=1.1),
    "etienne.gagnon": Face("#e5ddd0", "#e8b992", "#4b3728", "side", "#7a5b3a", has_glasses=True),
    "gwenaelle.le-bihan": Face("#d9e2e6", "#f1cbb0", "#5c3a22", "ponytail", "#1f5673"),
    "ousmane.sarr": Face("#e3e0cf", "#5b3a28", "#120e0d", "shaved", "#4f6b4c", smile=1.2),
}


def draw_face(identifier: str) -> bytes:
    """A PNG of 256 pixels a side."""
    face = FACES[identifier]
    side = SIDE * _SCALE
    picture = Image.new("RGB", (side, side), face.ground)
    pen = _Pen(ImageDraw.Draw(picture), side / 100)
    _hair_behind(pen, face)
    pen.rounded(14, 76, 86, 130, 24, face.clothes)
    pen.rounded(42, 58, 58, 84, 7, _darker(face.skin, 0.88))
    pen.oval(41, 72, 59, 86, _darker(face.skin, 0.88))
    for x in (30.5, 66.5):
        pen.oval(x, 42, x + 6, 52, _darker(face.skin, 0.94))
    pen.rounded(33, 24, 67, 70, 17, face.skin)
    if face.beard:
        _beard(pen, face)
    _hair_before(pen, face)
    _features(pen, face)
    if face.has_helmet:
        _helmet(pen)
    kept = BytesIO()
    picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(kept, "PNG")
    return kept.getvalue()


class _Pen:
    """Draws in hundredths of the picture's side."""

    def __init__(self, on: ImageDraw.ImageDraw, unit: float) -> None:
        self.on, self.unit = on, unit

    def oval(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        self.on.ellipse(self._box(left, top, right, bottom), fill=colour)

    def slice(self, box: tuple[float, float, float, float], start: float, end: float, colour: str) -> None:
        self.on.pieslice(self._box(*box), start, end, fill=colour)

    def rounded(self, left: float, top: float, right: float, bottom: float, radius: float, colour: str) -> None:
        self.on.rounded_rectangle(self._box(left, top, right, bottom), radius * self.unit, fill=colour)

    def line(self, points: list[tuple[float, float]], width: float, colour: str) -> None:
        places = [(x * self.unit, y * self.unit) for x, y in points]
        self.on.line(places, fill=colour, width=round(width * self.unit), joint="curve")

    def arc(self, box: tuple[float, float, float, float], start: float, end: float, width: float, colour: str) -> None:
        self.on.arc(self._box(*box), start, end, fill=colour, width=round(width * self.unit))

    def ring(self, left: float, top: float, right: float, bottom: float, width: float, colour: str) -> None:
        self.on.ellipse(self._box(left, top, right, bottom), outline=colour, width=round(width * self.unit))

    def _box(self, *sides: float) -> tuple[float, ...]:
        return tuple(side * self.unit for side in sides)


def _hair_behind(pen: _Pen, face: Face) -> None:
    if face.cut == "curly":
        curls = ((30, 30, 14), (42, 20, 14), (26, 44, 12), (29, 56, 10))
        for x, y, r in (*curls, *((99 - x, y, r) for x, y, r in curls)):
            pen.oval(x - r, y - r, x + r, y + r, face.hair)
    elif face.cut == "long":
        pen.rounded(26, 17, 74, 86, 22, face.hair)
    elif face.cut == "bob":
        pen.rounded(26, 18, 74, 66, 21, face.hair)
    elif face.cut == "ponytail":
        pen.oval(62, 26, 86, 74, face.hair)
        pen.rounded(29, 18, 71, 54, 19, face.hair)
    elif face.cut == "bun":
        pen.oval(38, 3, 62, 26, face.hair)
        pen.rounded(29, 18, 71, 52, 20, face.hair)


def _hair_before(pen: _Pen, face: Face) -> None:
    hair = face.hair
    if face.cut == "shaved":
        pen.slice((33, 23.5, 67, 58), 190, 350, _mixed(hair, face.skin, 0.55))
    elif face.cut == "short":
        pen.slice((31.5, 19, 68.5, 58), 180, 360, hair)
        pen.rounded(37, 35, 63, 44, 4, face.skin)
    elif face.cut == "side":
        pen.slice((31, 17, 69, 58), 180, 360, hair)
        pen.slice((30, 20, 88, 60), 178, 232, hair)
        pen.rounded(40, 34, 66, 44, 4.5, face.skin)
    elif face.cut == "bob":
        pen.slice((31, 18, 69, 56), 180, 360, hair)
        pen.rounded(37, 34.5, 63, 44, 3, face.skin)
    elif face.cut in ("long", "ponytail"):
        # A parting: two curtains that leave the forehead.
        pen.slice((29, 18, 51, 62), 165, 300, hair)
        pen.slice((44, 17, 71, 62), 235, 375, hair)
    elif face.cut == "bun":
        pen.slice((32, 20, 68, 52), 188, 352, hair)
        pen.oval(40, 29.5, 60, 44, face.skin)
    elif face.cut == "curly":
        for x, r in ((38, 7), (46, 7.5), (54, 7.5), (62, 7)):
            pen.oval(x - r, 27 - r, x + r, 27 + r, hair)


def _beard(pen: _Pen, face: Face) -> None:
    pen.slice((33, 34, 67, 71), 0, 180, face.beard)
    pen.rounded(37.5, 40, 62.5, 58, 8, face.skin)
    pen.rounded(42, 56.5, 58, 60.5, 2, face.beard)


def _features(pen: _Pen, face: Face) -> None:
    for x in (42, 58):
        pen.oval(x - 1.7, 45.3, x + 1.7, 48.7, _EYES)
        brow = _EYES if face.cut == "shaved" else _darker(face.hair, 0.8)
        pen.line([(x - 3.6, 41.6), (x, 40.6), (x + 3.6, 41.6)], 1.1, brow)
    pen.line([(50, 47.5), (51.2, 53), (49.2, 53.6)], 1.0, _darker(face.skin, 0.8))
    depth = 3.2 * face.smile
    mouth = "#8d3f35" if not face.beard else "#7a2f2a"
    pen.arc((44.5, 59 - depth, 55.5, 59 + depth), 18, 162, 1.4, mouth)
    if face.has_glasses:
        for x in (42, 58):
            pen.ring(x - 6, 41, x + 6, 53, 1.1, "#33373d")
        pen.line([(48, 46), (52, 46)], 1.1, "#33373d")


def _helmet(pen: _Pen) -> None:
    pen.slice((28, 10, 72, 56), 180, 360, "#e8b33b")
    pen.rounded(24, 31, 76, 36.5, 2.7, "#d39c22")
    pen.rounded(46.5, 9.5, 53.5, 33, 3, "#f2c65c")


def _darker(colour: str, by: float) -> str:
    return "#" + "".join(f"{round(int(colour[i : i + 2], 16) * by):02x}" for i in (1, 3, 5))


def _mixed(one: str, other: str, share: float) -> str:
    parts = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)
