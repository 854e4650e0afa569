"""The field's own words and rules: enums, drafts, snapshots, errors. Standard library only."""
