"""Questions answered with a table: pure functions from a read-only book."""
