"""Verbs, one module a noun: functions of a session that change rows. No transaction, no undo code, no words."""
