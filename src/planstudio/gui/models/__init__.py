"""Item models over tuples of snapshots."""
