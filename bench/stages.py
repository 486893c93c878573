"""One run of one program over one file of sales: `python bench/stages.py WHO FILE` prints its stages as JSON.

It runs by whatever interpreter has the program, so it imports nothing of ours but in `ours`. WHO: scan, ours, auto,
lifetimes or pymc. Stages in seconds: import, summary, fit, score; `cpu` is the processor time of all after import;
`peak` in MB; `sum` to see that they agree.
"""

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable

HORIZON = 1096  # days
YEARLY = 0.10
MONTHS, MONTHLY = 36, 1.10 ** (1 / 12) - 1


class Watch:
    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.since = time.perf_counter()
        self.loaded = 0.0

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.stages[name], self.since = now - self.since, now
        if name == "import":
            self.loaded = time.process_time()


def scan(path: str, watch: Watch) -> float:
    """The limit: DuckDB reads the three columns and adds them up."""
    import duckdb

    watch.lap("import")
    sums = "sum(customer), sum(date - DATE '1970-01-01'), sum(amount)"
    found = duckdb.connect().execute(f"SELECT {sums} FROM read_parquet('{path}')").fetchall()
    watch.lap("summary")
    return float(found[0][2])


def ours(path: str, watch: Watch, model: str = "bgnbd") -> float:
    from pathlib import Path

    import duckdb  # noqa: F401

    from regulars.cli import salesfile
    from regulars.engines import lifetime
    from regulars.intake import mapping  # noqa: F401

    watch.lap("import")
    history = salesfile.read(Path(path))
    watch.lap("summary")
    fitted = lifetime.fit(history.summary, model, 7.0, history.held_out)
    watch.lap("fit")
    scores = lifetime.score(fitted, history.summary, HORIZON, YEARLY)
    watch.lap("score")
    return float(scores.value.sum())


def auto(path: str, watch: Watch) -> float:
    """Ours as an owner runs it: three models compared on what they foretell."""
    return ours(path, watch, "auto")


def lifetimes(path: str, watch: Watch) -> float:
    import lifetimes as peer
    import lifetimes.utils as utils
    import pandas as pd

    watch.lap("import")
    sales = pd.read_parquet(path)
    table = utils.summary_data_from_transaction_data(sales, "customer", "date", "amount", freq="D")
    times = table["frequency"], table["recency"] / 7, table["T"] / 7
    watch.lap("summary")
    visits = peer.BetaGeoFitter()
    visits.fit(*times)
    again = (table["frequency"] > 0) & (table["monetary_value"] > 0)
    spend = peer.GammaGammaFitter()
    spend.fit(table["frequency"][again], table["monetary_value"][again])
    watch.lap("fit")
    visits.conditional_probability_alive(*times)
    visits.conditional_expected_number_of_purchases_up_to_time(HORIZON / 7, *times)
    value = spend.customer_lifetime_value(
        visits, *times, table["monetary_value"], time=MONTHS, discount_rate=MONTHLY, freq="W"
    )
    watch.lap("score")
    return float(value.sum())


def pymc(path: str, watch: Watch) -> float:
    import pandas as pd
    from pymc_extras.prior import Prior
    from pymc_marketing import clv

    watch.lap("import")
    sales = pd.read_parquet(path)
    table = clv.utils.rfm_summary(sales, "customer", "date", "amount", time_unit="D")
    table[["recency", "T"]] /= 7
    watch.lap("summary")
    flat = {name: Prior("HalfFlat") for name in ("r", "alpha", "a", "b")}
    visits = clv.BetaGeoModel(model_config=flat)
    visits.fit(data=table, method="map", progressbar=False)
    again = table[(table["frequency"] > 0) & (table["monetary_value"] > 0)]
    spend = clv.GammaGammaModel(model_config={name: Prior("HalfFlat") for name in ("p", "q", "v")})
    spend.fit(data=again, method="map", progressbar=False)
    watch.lap("fit")
    visits.expected_probability_alive()
    visits.expected_purchases(future_t=HORIZON / 7)
    value = spend.expected_customer_lifetime_value(visits, table, future_t=MONTHS, discount_rate=MONTHLY, time_unit="W")
    watch.lap("score")
    return float(value.sum())


PROGRAMS: dict[str, Callable[[str, Watch], float]] = {
    "scan": scan, "ours": ours, "auto": auto, "lifetimes": lifetimes, "pymc": pymc,
}  # fmt: skip

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    watch = Watch()
    total = PROGRAMS[sys.argv[1]](sys.argv[2], watch)
    cpu = time.process_time() - watch.loaded
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({**watch.stages, "cpu": cpu, "peak": peak, "sum": total}) + "\n")
