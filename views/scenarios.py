"""Gestures on the scenarios: keep the choice on the page, rename one that is kept."""

from pricing.simulation import MAX_SCENARIOS, Scenario, keep, rename, tidy
from views import keys, session
from views.named import kept_as


def keep_named(typed: str) -> None:
    """Keep the choice on the page under the name typed, and say so; the name's field is emptied."""
    if _keep(typed):
        session.empty(keys.SCENARIO_NAME)
        session.tell_of_name(typed)


def keep_as(name: str) -> None:
    """Keep the choice on the page under a name, unless it is kept already, and say so."""
    now = session.current_visit().simulation
    if len(now.scenarios) == MAX_SCENARIOS and not kept_as(now):
        session.tell(f"{MAX_SCENARIOS} scénarios sont gardés : retirez-en un pour en garder un autre.")
    else:
        _keep("" if kept_as(now) else name)


def _keep(name: str) -> bool:
    """Keep the choice on the page and say so; False where that changes nothing."""
    before = session.current_visit().simulation
    session.apply(lambda now: keep(now, name))
    after = session.current_visit().simulation
    if after != before:
        session.tell(f"Cette simulation est gardée : « {after.scenarios[-1].name} ».")
        return True
    if already := kept_as(before):
        session.tell(f"Cette simulation est déjà gardée : « {already.name} ».")
    return False


def rename_typed(scenario: Scenario, typed: str) -> None:
    """Give a scenario the name typed; say where there is none, or where only its beginning fits the link."""
    session.apply(lambda now: rename(now, scenario, typed))
    if tidy(typed):
        session.tell_of_name(typed)
    else:
        session.tell("Il faut un nom : l'ancien est gardé.")
