"""Time zones by their IANA names."""

from zoneinfo import ZoneInfo


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of this name, as in ``Europe/Dublin``; None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    # What is no key, what leaves the folder of zones, and what is a folder in it.
    except (KeyError, ValueError, OSError):
        return None
