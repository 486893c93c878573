"""CDNOW: the 1/10 systematic sample of Fader and Hardie, 2,357 customers who first bought in early 1997."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

CALIBRATED = date(1997, 9, 30).toordinal()
HOLDOUT_DAYS = 273


@cache
def columns() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Customer codes, day numbers, amounts: one entry per line of the log."""
    with (Path(__file__).parent / "cdnow_sales.csv").open() as file:
        lines = list(csv.DictReader(file))
    return (
        np.array([int(line["customer"]) - 1 for line in lines]),
        np.array([date.fromisoformat(line["date"]).toordinal() for line in lines]),
        np.array([float(line["amount"]) for line in lines]),
    )
