"""The command line: thin. Parse, call the library, render."""
