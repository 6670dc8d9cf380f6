"""The face of somebody without a photo: two letters on a hue."""


def initials_of(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    return (words[0][0] + words[-1][0] if len(words) > 1 else name[:2]).upper()


def hue_of(pk: int) -> int:
    """Of the person, not of the name, so that a new name keeps it; in degrees, far from that of the next one."""
    return (pk * 137 + 45) % 360
