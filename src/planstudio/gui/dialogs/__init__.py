"""Modal questions: each returns a draft, or None when it was left."""
