"""Time zones by name, as far as this machine knows them."""

import zoneinfo
from functools import lru_cache

_AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@lru_cache(maxsize=256)
def zone_named(name: str) -> zoneinfo.ZoneInfo | None:
    """None, the company's own, for no name or a name that is not known here."""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """« Europe/Paris »…, without the aliases and the fixed offsets."""
    return tuple(sorted(name for name in zoneinfo.available_timezones() if name.split("/")[0] in _AREAS))
