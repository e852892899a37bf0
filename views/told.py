"""Sentences on a link, in French: cut, unreadable, readable in part, too long, or from before a point was confirmed."""

from pricing import Catalogue
from pricing.budget import priced
from pricing.compare import compare
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


def confirmed_since(opened: Opened, tariffs: Catalogue) -> str:
    """Return a sentence on the answers given since a link was made; empty where they change nothing in its estimate."""
    choice, adopted = opened.simulation.choice, opened.simulation.tariff
    if adopted is None or opened.cut or choice.order.empty or opened.simulation.group:
        return ""
    tariff = tariffs.adopted(adopted)
    if tariff.confirmed_on is None or (opened.confirmed and opened.confirmed >= tariff.confirmed_on):
        return ""
    then = tariffs.known_on(tariff, opened.confirmed)
    now = priced(choice, tariff)
    effect = compare(now, priced(choice, then))
    first_year, six_years = effect.first_year, effect.six_years
    if first_year.none and six_years.none:
        gap = "" if effect.to_fibre.none else effect_words(effect, tariff)
    else:
        gap = f"L'écart est de {first_year.words()} la 1re année et de {six_years.words()} sur six ans."
    # Two points may change the estimate only together: then both are named.
    changed = {key: each for key, each in tariff.readings.items() if each.in_force != then.readings[key].in_force}
    alone = [each for key, each in confirmed_points(now, tariff) if key in changed]
    return f"Depuis ce lien, {_confirmed(alone or [*changed.values()])} {gap}" if gap else ""


def _confirmed(points: list[Reading]) -> str:
    answers = [f"le {long_date(each.confirmed.on)} : « {each.in_force} »" for each in points if each.confirmed]
    if len(answers) == 1:
        return f"un point de l'acte a été confirmé {answers[0]}"
    return f"{counted(len(answers), 'point', 'points')} de l'acte ont été confirmés, {' ; '.join(answers)}"
