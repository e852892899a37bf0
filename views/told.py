"""Sentences on a link, in French: cut, unreadable, readable in part, too long, or from before a point was confirmed."""

from pricing import Catalogue, Tariff
from pricing.budget import priced
from pricing.compare import Difference, compare
from pricing.dates import long_date
from pricing.grammar import is_tracking
from pricing.link import Opened
from pricing.money import counted
from pricing.points import confirmed_points
from pricing.readings import Reading
from views.reports.wording import effect_words

MOST_NAMED = 6
"""Largest number of unreadable parts that are named one by one."""

NOTHING = (
    "Rien n'a pu être lu dans ce lien : il a été coupé ou abîmé en chemin. "
    "Demandez-le à nouveau à qui vous l'a envoyé, copiez-le en entier dans la barre d'adresse, ou remplissez la page."
)
"""Sentence for a link from which no simulation came."""
CUT = (
    "Ce lien n'est pas entier : une partie s'est perdue en chemin, sans doute la fin. Les montants de cette page "
    "peuvent donc être faux : copiez le lien en entier, ou demandez-le à nouveau à qui vous l'a envoyé."
)
"""Sentence for a link of which a part was lost."""


def sentences(opened: Opened) -> list[str]:
    """Return all sentences on a link, in French; empty where all of it was read."""
    if opened.refused:
        return [opened.refused]
    if opened.nothing:
        return [NOTHING]
    left_out = [each.words() for each in opened.ignored if not is_tracking(each.parameter)]
    return [*([CUT] if opened.cut else []), *([_partly(left_out, opened)] if left_out else [])]


def _partly(left_out: list[str], opened: Opened) -> str:
    others = len(left_out) - MOST_NAMED
    more = [f"et {others} autre{'s' if others > 1 else ''}"] if others > 0 else []
    named = " ; ".join([*left_out[:MOST_NAMED], *more])
    rest = "" if opened.cut or opened.simulation.empty else " Tout le reste est repris."
    return f"Une partie du lien n'a pas pu être lue et a été laissée de côté : {named}.{rest}"


def then_and_now(opened: Opened, tariffs: Catalogue) -> tuple[Tariff, Tariff] | None:
    """Return the tariff of a link as it read when the link was made, and as it reads now; None where alike."""
    adopted = opened.simulation.tariff
    if adopted is None or opened.cut:
        return None
    tariff = tariffs.adopted(adopted)
    if tariff.confirmed_on is None or (opened.confirmed and opened.confirmed >= tariff.confirmed_on):
        return None
    return tariffs.known_on(tariff, opened.confirmed), tariff


def confirmed_since(opened: Opened, tariffs: Catalogue) -> str:
    """Return a sentence on the answers given since a link was made; empty where they change nothing in its estimate."""
    choice, both = opened.simulation.choice, then_and_now(opened, tariffs)
    if both is None or choice.order.empty:
        return ""
    then, tariff = both
    now = priced(choice, tariff)
    effect = compare(now, priced(choice, then))
    gap = gap_words(effect.first_year, effect.six_years)
    if not gap:
        gap = "" if effect.to_fibre.none else effect_words(effect, tariff)
    # Two points may change the estimate only together: then both are named.
    changed = changed_between(then, tariff)
    alone = [each for key, each in confirmed_points(now, tariff) if key in changed]
    return since(alone or [*changed.values()], gap)


def changed_between(then: Tariff, now: Tariff) -> dict[str, Reading]:
    """Return the points of an act that read otherwise since, by number."""
    return {key: each for key, each in now.readings.items() if each.in_force != then.readings[key].in_force}


def gap_words(first_year: Difference, six_years: Difference) -> str:
    """Return a sentence on the difference that answers make; empty where they make none."""
    if first_year.none and six_years.none:
        return ""
    return f"L'écart est de {first_year.words()} la 1re année et de {six_years.words()} sur six ans."


def since(points: list[Reading], gap: str) -> str:
    """Return a sentence on the points confirmed since a link was made, and their effect; empty without any."""
    return f"Depuis ce lien, {_confirmed(points)} {gap}" if gap else ""


def _confirmed(points: list[Reading]) -> str:
    answers = [f"le {long_date(each.confirmed.on)} : « {each.in_force} »" for each in points if each.confirmed]
    if len(answers) == 1:
        return f"un point de l'acte a été confirmé {answers[0]}"
    return f"{counted(len(answers), 'point', 'points')} de l'acte ont été confirmés, {' ; '.join(answers)}"
