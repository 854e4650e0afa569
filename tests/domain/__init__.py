"""The rules of the field, by tables of cases and by properties."""
