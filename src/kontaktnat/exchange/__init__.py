"""Import and export: candidates from an importer → records; a redacted book → an exporter.

One import is one transaction: its number is the batch, `undo NUMBER` takes it back. Every row read is
counted once: created, updated, unchanged or rejected (a row of which something new waits in quarantine
counts as created, and as unchanged when it comes again).

Of one who is protected nothing is compared that is covered, or a row would be a question: is it this
address? A row that says more of them than may be seen waits in quarantine, whatever it says.
"""

from kontaktnat.exchange.reading import import_from as import_from
from kontaktnat.exchange.reading import take as take
from kontaktnat.exchange.results import ImportResult as ImportResult
from kontaktnat.exchange.results import Rejected as Rejected
from kontaktnat.exchange.results import are_rows as are_rows
from kontaktnat.exchange.results import named_in as named_in
from kontaktnat.exchange.results import rejects_file as rejects_file
from kontaktnat.exchange.writing import export_to as export_to
