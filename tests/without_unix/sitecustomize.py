"""Read by every Python that finds this folder in PYTHONPATH: by the processes that the tests start, too."""

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path

import without_unix

without_unix.install()

# Whatever the machine's own sitecustomize does is still done.
spec = PathFinder.find_spec("sitecustomize", [one for one in sys.path if one != str(Path(__file__).parent)])
if spec is not None and spec.loader is not None:
    spec.loader.exec_module(module_from_spec(spec))
