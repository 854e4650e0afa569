"""Questions, one module a screen or report: functions of a session that answer with snapshots.

Queries select columns, never entities: ten times cheaper for a whole plan, and
what comes back cannot be changed by accident.
"""
