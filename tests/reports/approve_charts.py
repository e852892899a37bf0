"""The charts' specifications as they were drawn and looked at: a file for each kind of chart and each look.

    python -m tests.reports.approve_charts

writes them as they are drawn now, once what has changed has been looked at on the page. The tests only read them.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from pricing import Client, Order, Tariff, estimate, load, options, schedule
from pricing.reports import charts
from pricing.reports.charts import Look

APPROVED = Path(__file__).with_name("approved") / "charts"
LOOKS = {"light": Look("light"), "dark-large": Look("dark", large=True)}
KINDS = ("six-years", "options", "services")
NAMES = [f"{kind}-{look}" for kind in KINDS for look in LOOKS]
"""The files, without their ending."""
ORDER = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_1y=1, backups=1, extra_storage_go=101, demarches_simplifiees=True
)
"""Every colour of a year, and a line on quote."""


def drawn(name: str, tariff: Tariff) -> dict[str, Any]:
    """The specification of a file, drawn anew, as JSON gives it back."""
    for each in (charts._six_years_spec, charts._options_spec, charts._by_payee_spec):
        each.cache_clear()
    kind, look = next((kind, LOOKS[look]) for kind in KINDS for look in LOOKS if name == f"{kind}-{look}")
    result = estimate(Client(inhabitants=1_250), ORDER, tariff)
    if kind == "six-years":
        chart = charts.six_years(schedule(result), tariff, look)
    elif kind == "options":
        chart = charts.options(options(result, tariff), look)
    else:
        chart = charts.services(result, tariff, look)
    return json.loads(json.dumps(chart.spec))


def first_difference(approved: object, found: object, path: str = "") -> str:
    """Where two JSON values first differ, in words; empty where they are the same."""
    if isinstance(approved, dict) and isinstance(found, dict):
        for key in [*approved, *(key for key in found if key not in approved)]:
            place = f"{path}.{key}" if path else key
            if key not in found:
                return f"{place} is gone: it was {json.dumps(approved[key], ensure_ascii=False)}"
            if key not in approved:
                return f"{place} is new: {json.dumps(found[key], ensure_ascii=False)}"
            if difference := first_difference(approved[key], found[key], place):
                return difference
        return ""
    if isinstance(approved, list) and isinstance(found, list) and len(approved) == len(found):
        differences = (
            first_difference(*pair, f"{path}[{index}]") for index, pair in enumerate(zip(approved, found, strict=True))
        )
        return next(filter(None, differences), "")
    if (type(approved), approved) == (type(found), found):
        return ""
    was, now = (json.dumps(value, ensure_ascii=False) for value in (approved, found))
    return f"{path} was {was}, and is now {now}"


def path_of(name: str) -> Path:
    """The file of a specification."""
    return APPROVED / f"{name}.json"


def main() -> None:
    """Write every file anew."""
    tariff = load().adopted(date(2024, 3, 26))
    for name in NAMES:
        words = json.dumps(drawn(name, tariff), ensure_ascii=False, indent=1)
        path_of(name).write_text(f"{words}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
