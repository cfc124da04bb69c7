"""Where documents live: `tiny` keeps a book in one TinyDB file, `memory` keeps it nowhere.

`base` holds what every store of ours does alike; `locks`, `files` and `storage` are the rooms of the file:
whose turn it is, how bytes are read and replaced, and what the bytes say.
"""
