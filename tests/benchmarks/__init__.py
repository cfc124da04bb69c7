"""What the library costs, as ratios to something that a reader knows: `python3 dev.py bench`.

One module per subject, each with `rows()`. Times are measured in pairs, one run of ours and one of the
baseline right after each other, so that a busy machine slows both; only their ratio is told. Nothing here is
a test: a machine's mood is no reason to fail.

`startup`: what a command costs before it does anything. `store`: the default store against sqlite3 and
TinyDB as it is, on the same documents (`documents`, `sqlite`, `books`, `counted`, `children` serve it).
`freetext`: precision and recall of the lint of free text, and what a clean note costs. `views`: every view on
ten times as many interactions (`years` makes the books).
"""

from pathlib import Path

RESULTS = Path(__file__).parents[2] / ".bench"
"""Where numbers go, and while it runs the books: a disk as a book's, where /tmp may be memory only."""
