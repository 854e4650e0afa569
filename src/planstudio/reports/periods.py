"""The time that a report covers, in words."""

from __future__ import annotations

from planstudio.domain.reporting import ReportData
from planstudio.i18n import _, long_date


def period_words(data: ReportData) -> str:
    """From when to when meetings were asked for; "" when there is no bound."""
    if data.since and data.until:
        return _("{since} to {until}").format(since=long_date(data.since), until=long_date(data.until))
    if data.since:
        return _("Since {date}").format(date=long_date(data.since))
    return _("Up to {date}").format(date=long_date(data.until)) if data.until else ""
