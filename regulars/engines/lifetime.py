"""The value of a customer: is she still with us, how often will she come, what will she bring.

    summary = summarise(customer, day, amount)
    fitted = fit(summary, held_out=hold_out(customer, day, amount))
    scores = score(fitted, summary, horizon=36 * MONTH, yearly_discount=0.10)

Where there is too little to fit, plain averages stand in and `Fit.fallback` says why; nothing here raises on real
data, however odd.
"""

from regulars.engines.fitting import PARAMETERS, Fit, HeldOut, fit, hold_out
from regulars.engines.foretelling import INTERVAL, YEAR, Scores, score
from regulars.engines.summary import Summary, summarise

MONTH = YEAR / 12  # 30.4375 days; one peer takes 30, and its values differ by 1.3%
MODELS = tuple(PARAMETERS)

__all__ = [
    "INTERVAL",
    "MODELS",
    "MONTH",
    "YEAR",
    "Fit",
    "HeldOut",
    "Scores",
    "Summary",
    "fit",
    "hold_out",
    "score",
    "summarise",
]
