"""Time zones of meetings: the wall clock of the place where the board meets, and real moments.

A meeting is stored as its wall clock says it. Hours are counted in real time, so that 72 hours over a change of the
clock are 72 hours. An hour that the clock skips does not exist and is refused; of one that it tells twice the first is
meant, which is the earlier deadline. "" is the zone of this computer.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from planstudio.domain.errors import InvalidInput
from planstudio.i18n import N_, _

# What a district of the United States chooses from first, from east to west.
_USUAL = (
    ("America/New_York", N_("Eastern")),
    ("America/Chicago", N_("Central")),
    ("America/Denver", N_("Mountain")),
    ("America/Phoenix", N_("Arizona")),
    ("America/Los_Angeles", N_("Pacific")),
    ("America/Anchorage", N_("Alaska")),
    ("Pacific/Honolulu", N_("Hawaii")),
    ("America/Puerto_Rico", N_("Puerto Rico and Virgin Islands")),
    ("Pacific/Guam", N_("Guam and Northern Marianas")),
    ("Pacific/Pago_Pago", N_("American Samoa")),
)
_REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def check_zone(name: str) -> None:
    """Refuse what is no time zone; "" is that of the computer or of the district."""
    if name and _zone(name) is None:
        words = _("“{text}” is not a time zone such as America/Denver.")
        raise InvalidInput(words.format(text=name[:60]), field="time_zone")


def usual_zones() -> tuple[tuple[str, str], ...]:
    """Name and words of the zones of the United States."""
    return tuple((name, _(words)) for name, words in _USUAL)


@lru_cache(maxsize=1)
def other_zones() -> tuple[str, ...]:
    usual = {name for name, _words in _USUAL}
    return tuple(sorted(one for one in available_timezones() if one.split("/")[0] in _REGIONS and one not in usual))


def zone_words(name: str) -> str:
    """What people call a zone: "Mountain", or its own name."""
    return dict(usual_zones()).get(name, name.rsplit("/", 1)[-1].replace("_", " "))


def moment(wall: datetime, zone: str) -> datetime:
    """The moment at which the clock in *zone* says *wall*, the first where it says so twice."""
    known = _zone(zone)
    return wall.replace(tzinfo=known, fold=0) if known is not None else wall.replace(fold=0).astimezone()


def wall(when: datetime, zone: str) -> datetime:
    """What the clock in *zone* says at a moment."""
    return when.astimezone(_zone(zone)).replace(tzinfo=None, fold=0)


def back(start: datetime, span: timedelta, zone: str) -> datetime:
    """The wall clock *span* of real time before the wall clock said *start*."""
    return wall(moment(start, zone).astimezone(UTC) - span, zone)


def between(first: datetime, last: datetime, zone: str) -> timedelta:
    """The real time from one reading of the wall clock to another."""
    return moment(last, zone).astimezone(UTC) - moment(first, zone).astimezone(UTC)


def check_exists(start: datetime, zone: str) -> None:
    """Refuse a time that the clock skips in the night of its change."""
    if wall(moment(start, zone).astimezone(UTC), zone) != start.replace(fold=0):
        words = _("On that day the clock goes forward and skips this hour. Choose another time.")
        raise InvalidInput(words, field="start")


def _zone(name: str) -> tzinfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder's name, a path, or a name nobody knows
        return None
