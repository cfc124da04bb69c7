"""E-mail in and out; see the README."""
