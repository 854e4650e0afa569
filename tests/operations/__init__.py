"""Verbs: do, look, undo, look again."""
