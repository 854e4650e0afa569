"""Between files and values: what comes in is recognised, what goes out is written. No database, no window."""
