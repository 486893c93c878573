"""Of several who write at once only PostgreSQL can tell: SQLite's writers take turns (tests/record/test_sqlite.py)."""

import os

collect_ignore = [] if os.environ.get("REGULARS_TEST_POSTGRES") == "1" else ["test_at_once.py"]
