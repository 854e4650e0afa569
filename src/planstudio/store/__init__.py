"""The plan's rows, their journal and the file they live in. Nothing above operations and queries sees it."""
