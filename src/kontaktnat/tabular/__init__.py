"""Tables of records: what a sheet of ours carries, and what has been edited in it."""
