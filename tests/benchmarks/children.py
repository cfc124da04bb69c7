"""What a new process pays to have all documents in its memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

OPENED = "store = TinyStore(path, StoreOptions(mode='r'))"
PARSED = "all = orjson.loads(data)"

# Both import the same and read no other file first, so that they start from equal heaps. The bytes of the
# baseline are there before its clock starts: it is a parse and nothing else.
_CODE = """
import gc, sys, time
from pathlib import Path
import orjson
from kontaktnat.descriptors import StoreOptions
from kontaktnat.store.tiny import TinyStore
path = Path(sys.argv[1])
data = path.read_bytes() if sys.argv[2] == "bytes" else b""
began = time.perf_counter()
{work}
took = time.perf_counter() - began
print(took, {peak})
"""
# Linux' own counter of the peak: ru_maxrss of a child begins at what its parent had when it forked.
_PEAK = "next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM')) * 1024"
_NO_PEAK = "0"


class Cost(NamedTuple):
    """Of one process."""

    seconds: float
    peak: int
    """Bytes of memory; 0 where the system does not tell."""


def opened(path: Path) -> Cost:
    """Open the book at `path`."""
    return _ran(OPENED, path, "path")


def parsed(path: Path) -> Cost:
    """Parse the JSON at `path`."""
    return _ran(PARSED, path, "bytes")


def _ran(work: str, path: Path, given: str) -> Cost:
    peak = _PEAK if Path("/proc/self/status").exists() else _NO_PEAK
    command = [sys.executable, "-c", _CODE.format(work=work, peak=peak), str(path), given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{work} failed: {done.stderr}")
    seconds, bytes = done.stdout.split()
    return Cost(float(seconds), int(bytes))
