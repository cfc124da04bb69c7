"""County packs put to use: which one is meant, filling a book and keeping it up to date, checking one."""
