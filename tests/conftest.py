"""Settings every test shares."""

import os

from hypothesis import settings

# No deadline: a busy machine is not a bug. On a build server the same examples every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")
