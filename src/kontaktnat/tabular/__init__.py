"""Tables: what a header means, what cells say, and what a sheet of ours carries."""
