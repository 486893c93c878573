"""What needs a PostgreSQL is collected only where there is one: in the second half of `make test`."""

import os

collect_ignore = [] if os.environ.get("REGULARS_TEST_POSTGRES") == "1" else ["test_postgresql.py"]
