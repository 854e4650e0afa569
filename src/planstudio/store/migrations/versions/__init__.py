"""One module a released schema; each is frozen once released."""
