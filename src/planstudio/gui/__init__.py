"""The window: PySide6, and nothing but. Snapshots come in, named operations go out through the desk."""
