"""Sentences beside the figures: against what is paid today, from a month on, if prices rise, what is in place."""

from collections.abc import Callable
from decimal import Decimal

from pricing.budget import RISES, against_today, from_month, rising
from pricing.dates import MONTH_NAMES
from pricing.money import ZERO, euros
from pricing.order import MONTHS
from pricing.readings import FirstYear
from pricing.tariff import Tariff
from pricing.totals import Total
from views.reports.handout import Handout

_LEFT_OUT = ("on_quote", "sans les montants sur devis"), ("missing", "sans ceux à compléter")
"""Kinds of unknown amounts, with the words that say that a difference leaves them out."""


def than_today(of: Handout) -> str:
    """Set later years and six years against what is paid today; empty where that was not said."""
    if of.paid_today is None or not of.estimate.lines:
        return ""
    again, six_years = of.schedule.again, of.estimate.answers.six_years
    pays = f"Payé aujourd'hui : {euros(Decimal(of.paid_today))} par an."
    if again.partial and not again.known:
        return f"{pays} L'écart n'est pas connu : ce qui se paie chaque année est {_why(again)}."
    gap = against_today(of.schedule, of.paid_today)
    over = f"{_apart(gap.six_years, gap.six_years)} que six années au prix d'aujourd'hui"
    return (
        f"{pays} Chaque année ensuite coûterait {_apart(gap.lowest, gap.highest)}, et les six ans {over}"
        f"{_without(six_years)}."
    )


def _apart(lowest: Decimal, highest: Decimal) -> str:
    """Say a difference, or its two bounds: ``30,00 € de moins``, ``de 30,00 € de moins à 60,00 € de plus``."""
    if lowest == highest:
        return f"{euros(abs(lowest))} {_more(lowest)}" if lowest else "autant"
    if lowest < ZERO < highest:
        return f"de {euros(-lowest)} de moins à {euros(highest)} de plus"
    least, most = sorted((abs(lowest), abs(highest)))
    from_ = f"de {euros(least)} à" if least else "jusqu'à"
    return f"{from_} {euros(most)} {_more(lowest + highest)}"


def _more(amount: Decimal) -> str:
    return "de plus" if amount > ZERO else "de moins"


def _why(total: Total) -> str:
    return "sur devis" if total.on_quote else "à compléter"


def _without(total: Total) -> str:
    """Say what a difference leaves out, after it: ``, sans les montants sur devis``; empty where it is nothing."""
    return "".join(f", {words}" for kind, words in _LEFT_OUT if getattr(total, kind))


def first_year(of: Handout) -> str:
    """Say the two bounds of a first year that begins with a month; empty where no month was said."""
    if of.month is None or not of.estimate.lines:
        return ""
    twelfths, whole = from_month(of.estimate, of.month)
    if whole.partial and not whole.known:
        return ""
    begin = f"Si les services commencent en {MONTH_NAMES[of.month - 1]}"
    if of.month == 1:
        return f"{begin}, la 1re année est entière : {euros(whole.amount)}{_without(whole)}."
    if twelfths.amount == whole.amount:
        return f"{begin}, la 1re année coûte quand même {euros(whole.amount)}{_without(whole)}."
    months = MONTHS + 1 - of.month
    return (
        f"{begin}, la 1re année irait de {euros(twelfths.amount)}, si ce qui se paie chaque année se compte en "
        f"douzièmes ({months} sur {MONTHS}), à {euros(whole.amount)}, si l'année est due en entier"
        f"{_without(whole)}{_to_confirm(of.tariff, lambda each: each.months < MONTHS)}."
    )


def _to_confirm(tariff: Tariff, about: Callable[[FirstYear], bool]) -> str:
    """Name the open points on a first year, in brackets, by their questions; empty where there is none."""
    points = [
        f"« {each.question} »"
        for each in tariff.readings.values()
        if not each.confirmed and any(other.first_year and about(other.first_year) for other in each.alternatives)
    ]
    return f" (à confirmer : {' et '.join(points)})" if points else ""


def rises(of: Handout) -> str:
    """Say six years at prices that rise each year, or do not; empty where no known amount is paid again."""
    raised = [f"{euros(rising(of.estimate, percent))} à +{percent}\u00a0%" for percent in RISES]
    if not any(year.total.amount for year in of.schedule.later):
        return ""
    return f"Six ans si les prix montent chaque année : {', '.join(raised)}{_without(of.estimate.answers.six_years)}."


def in_place(of: Handout) -> str:
    """Name what the client has already, as a sentence; empty where that changes nothing."""
    services = ", ".join(of.estimate.set_up_already)
    point = _to_confirm(of.tariff, lambda each: each.set_up_paid)
    return f"Déjà en place, donc sans mise en service : {services}{point}." if services else ""
