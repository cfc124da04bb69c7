"""`python -m kontaktnat`."""

from kontaktnat.cli.main import main

main()
