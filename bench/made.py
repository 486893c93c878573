"""Sales histories drawn from the BG/NBD and the gamma-gamma themselves, in the order of their dates, as Parquet."""

import argparse
from pathlib import Path

import duckdb
import numpy as np

DAYS, WON_WITHIN = 728, 364  # customers are won in the first year and watched for two
R, ALPHA, A, B = 0.75, 35.0, 0.8, 3.0  # rates a day
P, Q, GAMMA = 6.25, 3.74, 15.44  # what is spent, as at CDNOW


def make(path: Path, customers: int, seed: int = 7) -> int:
    """Writes (customer, date, amount), about five sales for each customer; returns the number of sales."""
    chance = np.random.default_rng(seed)
    rate = chance.gamma(R, 1 / ALPHA, customers)
    leaves = chance.beta(A, B, customers)
    level = chance.gamma(Q, 1 / GAMMA, customers)
    who = chance.permutation(customers).astype(np.int64)
    now = chance.uniform(0, WON_WITHIN, customers)
    codes, days = [who], [now.astype(np.int32)]
    with np.errstate(divide="ignore", over="ignore"):
        while len(who):
            now = now + chance.standard_exponential(len(who)) / np.maximum(rate[who], 1e-12)
            came = now < DAYS
            who, now = who[came], now[came]
            codes.append(who)
            days.append(now.astype(np.int32))
            stays = chance.random(len(who)) >= leaves[who]
            who, now = who[stays], now[stays]
    code, day = np.concatenate(codes), np.concatenate(days)
    del codes, days
    order = np.argsort(day, kind="stable")
    code, day = code[order], day[order]
    amount = np.maximum(np.round(chance.gamma(P, 1, len(code)) / level[code], 2), 0.01)
    lines = {"customer": code + 1, "day": day, "amount": amount}
    base = duckdb.connect()
    base.register("lines", lines)
    dated = "SELECT customer, DATE '2023-01-01' + day AS date, amount FROM lines"
    base.execute(f"COPY ({dated}) TO '{path}' (FORMAT parquet)")
    return len(code)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("path", type=Path)
    asked.add_argument("customers", type=int)
    given = asked.parse_args()
    print(f"{make(given.path, given.customers):,} sales")
