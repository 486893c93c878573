"""The value engine against its peers and a bare scan of the file: seconds for each stage, peak memory, ratios.

    .venv/bin/python -m bench.lifetime [--customers 10000 1000000] [--rounds 3] [--folder FOLDER]
        [--lifetimes PYTHON] [--pymc PYTHON]

The peers live in environments of their own (`pip install lifetimes==0.11.3 pyarrow`; `pip install
pymc-marketing==1.3.0 pyarrow` on Python 3.12); a peer whose interpreter is not given is left out. Histories are made
once for each size (bench/made.py) and kept in the folder. In every round each program runs once, one after another, in
a process of its own; the table has the medians. "all" is everything after the imports, "process" the whole process;
"cpu" and "its cpu" are their processor time, which other work on the machine stretches less than the clock's. "auto" is
ours with three models compared on held-out visits, "command" the whole of `regulars value`.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.made import make

STAGES = ("import", "summary", "fit", "score")
HEADS = (*STAGES, "all", "cpu", "process", "its cpu", "peak MB", "all / ours", "cpu / ours", "peak / ours")
ROOT = Path(__file__).resolve().parent.parent
Run = dict[str, float]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--customers", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "regulars-histories")
    asked.add_argument("--lifetimes", metavar="PYTHON", help="an interpreter that has lifetimes")
    asked.add_argument("--pymc", metavar="PYTHON", help="an interpreter that has pymc-marketing")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    programs = {"scan": sys.executable, "ours": sys.executable, "auto": sys.executable, "command": sys.executable}
    programs |= {name: python for name in ("lifetimes", "pymc") if (python := getattr(given, name))}
    for customers in given.customers:
        path = given.folder / f"{customers}.parquet"
        if not path.exists():
            make(path, customers)
        runs: dict[str, list[Run]] = {name: [] for name in programs}
        for turn in range(given.rounds):
            for name, python in programs.items():
                print(f"{customers:,} customers, round {turn + 1}: {name}".ljust(70), end="\r", file=sys.stderr)
                runs[name].append(_run(name, python, path))
        _show(customers, {name: _medians(some) for name, some in runs.items()})


def _run(name: str, python: str, path: Path) -> Run:
    """One process: its stages, and what it took as a whole."""
    command = [python, str(ROOT / "bench" / "stages.py"), name, str(path)]
    if name == "command":
        command = [python, "-m", "regulars.cli.main", "value", str(path)]
    began, used = time.perf_counter(), _used()
    here = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, env={**here, "PYTHONPATH": str(ROOT)}
    )
    took = {"process": time.perf_counter() - began, "its cpu": _used() - used}
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stderr[-2000:]}")
    if name == "command":
        return took
    found: Run = json.loads(done.stdout.splitlines()[-1])
    parts = [found[stage] for stage in STAGES[1:] if stage in found]
    return {**found, **took, "all": sum(parts), "peak MB": found["peak"]}


def _used() -> float:
    """The processor time of what was run so far."""
    so_far = resource.getrusage(resource.RUSAGE_CHILDREN)
    return so_far.ru_utime + so_far.ru_stime


def _medians(runs: list[Run]) -> Run:
    return {head: statistics.median(run[head] for run in runs) for head in runs[0]}


def _show(customers: int, found: dict[str, Run]) -> None:
    ours = found["ours"]
    print(f"\n{customers:,} customers (seconds, medians)".ljust(71))
    print(f"{'':10}" + "".join(f"{head:>12}" for head in HEADS))
    for name, run in found.items():
        ratios = {
            f"{head} / ours": run[full] / ours[full]
            for head, full in (("all", "all"), ("cpu", "cpu"), ("peak", "peak MB"))
            if full in run
        }
        cells = [_cell(head, {**run, **ratios}.get(head)) for head in HEADS]
        print(f"{name:10}" + "".join(f"{cell:>12}" for cell in cells), flush=True)
    print(f"ours / scan: {ours['all'] / found['scan']['all']:.1f}")


def _cell(head: str, number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:,.0f}" if head == "peak MB" else f"{number:,.3f}" if "/" not in head else f"{number:.2f}"


if __name__ == "__main__":
    main()
