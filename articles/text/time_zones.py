"""Time zones by their IANA names."""

from zoneinfo import ZoneInfo


def zone_named(name: str) -> ZoneInfo | None:
    """The zone with this name, such as ``Europe/Dublin``; None if there is none."""
    try:
        return ZoneInfo(name) if name else None
    # An unknown key, a path outside the zone folder, a folder in it.
    except (KeyError, ValueError, OSError):
        return None
