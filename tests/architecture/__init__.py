"""The house rules, kept by the machine."""
