"""Steps of the keeper's guide for a new act, with what the command answers to each, and the page that then serves it.

Two prices are changed, web pages are dropped, and a vault is sold: an amount a year for each, set-up at a flat price,
support by slices of agents.
"""

from pathlib import Path

import pytest

from pricing import Client, Order, estimate
from pricing.__main__ import main
from tests.test_catalogue import ADOPTED, FILE, changed
from tests.test_keeper_command import copied
from tests.test_new_act import DATES, NAME
from views.kept import Served

PRICES = (
    ("amount = 20 }", "amount = 21 }"),
    ("amount = 15 }", "amount = 16 }"),
    ('title         = "Accompagnement', 'title         = "Nouvel accompagnement'),
)
QUOTED = (
    ('"Messagerie compte 5 Go 20 €"', '"Messagerie compte 5 Go 21 €"'),
    ('"Nom de domaine 15 € Par nom', '"Nom de domaine 16 € Par nom'),
)
DROPPED = (ADOPTED[ADOPTED.index("[services.web_page]") : ADOPTED.index("\n# ── Continuité")], "")
ITS_POINTS = (
    ('"services.web_page.charges.setup.payee"  = "fibre"\n', ""),
    (ADOPTED[ADOPTED.index("[readings.R5]") : ADOPTED.index("[readings.R6]")], ""),
)
NAMED = ("de la page internet et de l'antivirus", "et de l'antivirus")
COPIED = ADOPTED[ADOPTED.index("[services.domain]") : ADOPTED.index("[services.web_page]")]
KEYS = (
    ("[services.domain]", "[services.vault]"),
    ('label  = "Nom de domaine"', 'label  = "Coffre-fort"'),
    ("[services.domain.items.domains]", "[services.vault.items.vaults]"),
    ('label      = "Noms de domaine"', 'label      = "Coffres-forts"'),
    ("[services.domain.charges.subscription]", "[services.vault.charges.subscription]"),
    ('["domains"]', '["vaults"]'),
    ("amount = 15", "amount = 40"),
    ('text = "Nom de domaine 15 € Par nom de domaine et par an"', 'text = "Coffre-fort 40 € Par coffre et par an"'),
)
"""Keys, names and price of the copied block, as the guide says."""
IN_LINKS = (('"domaines"', '"coffres"'), ('"dom"', '"coffre"'))
WORDS = (
    ('"nom de domaine"', '"coffre"'),
    ('"noms de domaine"', '"coffres"'),
    ('row = "Nom de domaine"', 'row = "Coffre"'),
)
SUPPORT = """
[services.vault.charges.setup]
label  = "Mise en service"
payee  = "cdg"
rhythm = "setup"
of     = ["vaults"]
price  = { kind = "flat", amount = 30 }
source = { row = "Coffre", column = "Tarif accompagnement TTC", text = "Mise en service 30 €" }

[services.vault.charges.support]
label  = "Accompagnement"
payee  = "cdg"
rhythm = "yearly"
of     = ["vaults"]
source = { row = "Coffre", column = "Tarif accompagnement", text = "Jusqu'à 10 agents : 20 € De 11 à 40 agents : 80 €" }

[services.vault.charges.support.price]
kind   = "stairstep"
by     = "agents"
bands  = [{ up_to = 10, price = 20 }, { up_to = 40, price = 80 }]
beyond = { kind = "on_quote", why = "sur devis au-delà" }

"""
ANSWER = """
[[confirmed]]
tariff  = {}
reading = "R6"
by      = "CDG 62"
on      = 2027-03-02
words   = "Chaque année."
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Make a data folder in which the CDG has answered a point of the act of 2024."""
    data = copied(tmp_path)
    (data / "confirmations.toml").write_text(ANSWER.format("2024-03-26"), encoding="utf-8")
    return data


def test_a_new_act_with_its_words_its_proposals_and_an_answer_is_made_by_the_steps_of_the_guide(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = data / "tariffs" / NAME

    def answer(path: Path, text: str) -> list[str]:
        """Save a file, and return the faults, or the questions, that the command answers with."""
        path.write_text(text, encoding="utf-8")
        refused = main([str(path)])
        said = capsys.readouterr().out
        return (said if refused else said.partition("À vérifier :\n")[2]).splitlines()

    def act(block: str, *changes: tuple[str, str]) -> str:
        return changed(DROPPED, DATES, *PRICES, *changes, ("\n# ── Continuité", f"{block}\n# ── Continuité"))

    # 1 and 2: the copy is named; dates, prices, the dropped service and the new one are written, little else.
    vault = changed(*KEYS, text=COPIED)
    [*faults] = answer(file, act(vault))
    assert [each.partition(" : ")[0].split(", ")[2].split(" = ")[0] for each in faults] == [
        "services.mailbox.charges.account_5go.source.text",
        "services.domain.charges.subscription.source.text",
        'readings.R1.alternatives[1].changes."services.web_page.charges.setup.payee"',
        "readings.R5.question",
        "readings.R5.touches.at_least.web_pages",
    ]
    # 3: what the command tells is mended, until nothing is asked.
    faults = answer(file, act(vault, *QUOTED, *ITS_POINTS))
    assert [each.partition(" : ")[0].split(", ")[2] for each in faults] == [
        "services.vault.items.vaults.address = domaines", "services.vault.items.vaults.short = dom",
    ]  # fmt: skip
    vault = changed(*IN_LINKS, text=vault)
    asked = answer(file, act(vault, *QUOTED, *ITS_POINTS))
    assert [each.partition(", ")[2][:20] for each in asked[:4]] == [
        "Coffre-fort, unit : ", "Coffre-fort, units :", "Coffre-fort, row : «", "Point R1 : « page » ",
    ]  # fmt: skip
    asked = answer(file, act(changed(*WORDS, text=vault) + SUPPORT.lstrip(), *QUOTED, *ITS_POINTS, NAMED))
    assert asked == [
        "- Point R6 : sa réponse n'est que pour l'acte d'avant ; si elle vaut encore, la recopier dans "
        "confirmations.toml avec tariff = 2027-01-15",
        '- services.toml, sous [help] : écrire vaults = "…", les mots de « Coffres-forts »',
        '- services.toml, sous [services] : écrire vault = "…", les mots de « Coffre-fort »',
    ]
    # 4: words, proposals, answers.
    words = (data / "services.toml").read_text(encoding="utf-8")
    words = changed(("[services]\n", '[services]\nvault = "Garder des documents sous clé."\n'), text=words)
    words = changed(("[help]\n", '[help]\nvaults = "Un espace fermé à clé."\n'), text=words)
    assert not answer(data / "services.toml", words)
    former = (data / "proposals.toml").read_text(encoding="utf-8")
    copy = former[former.index("[[acts") :].replace("2024-03-26", "2027-01-15")
    faults = answer(data / "proposals.toml", f"{former}\n{copy}")
    assert {each.partition(" : ")[2] for each in faults} == {
        "l'acte du 15/01/2027 ne propose rien de ce nom. Remède : l'enlever."
    }
    assert not answer(data / "proposals.toml", f"{former}\n{copy.replace(' web_pages = 1,', ' vaults = 2,')}")
    answers = data / "confirmations.toml"
    assert not answer(answers, answers.read_text(encoding="utf-8") + ANSWER.format("2027-01-15"))
    # 5: all of data/ is sound, and nothing is asked any more.
    assert main([str(data)]) == 0
    assert "À vérifier" not in capsys.readouterr().out

    served = Served(data / "tariffs")
    new = served.tariffs.adopted(served.tariffs.tariffs[-1].adopted)
    assert f"{new.adopted}.toml" == NAME
    assert new.readings["R6"].confirmed
    assert served.words.help["vaults"] == "Un espace fermé à clé."
    assert served.proposals.under(new).for_size(500).quantity("vaults") == 2
    # 3 vaults at 40 € a year, 30 € once, and 80 € a year for 11 agents.
    six_years = estimate(Client(agents=11), Order(vaults=3), new).answers.six_years
    assert six_years.amount == 6 * (3 * 40 + 80) + 30
    assert (data / "tariffs" / FILE).read_text(encoding="utf-8") == ADOPTED
