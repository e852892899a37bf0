"""A pasted list of communes: what is read, what is told, and that the list handed over can be pasted back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing import Client, Order, Tariff
from pricing.catalogue import communes, load, proposals
from pricing.exported import as_csv, table
from pricing.link import Links
from pricing.listed import MOST, Listed, listed
from pricing.portfolio import portfolio, wanting
from tests.test_properties import TARIFF

COMMUNES = communes()
DOMAIN = Order(domains=1)


def read(text: str, order: Order = DOMAIN) -> Listed:
    return listed(text, COMMUNES, TARIFF, order)


@pytest.mark.parametrize(
    "text",
    [
        "Ruitz\nArras",
        "62727\n62041",
        "ruitz\t7\narras",
        "\ufeffCommune;Agents\r\nRUITZ;7\r\nArras;\r\n",
        "Agents,Code INSEE\n7,62727\n,62041\n",
        "ruitz\n\n\n  ARRAS  \n",
        '"Ruitz";"7"\n"Arras";""',
        "nom|mél\nRuitz|mairie@ruitz.fr\nArras|",
    ],
)
def test_a_list_is_read_as_spreadsheets_and_people_write_it(text: str) -> None:
    found = read(text)
    assert not found.faults
    assert [member.name for member in found.members] == ["Ruitz", "Arras"]
    ruitz, arras = (member.choice for member in found.members)
    assert (ruitz.commune, ruitz.client.inhabitants, ruitz.order) == ("62727", 1_478, DOMAIN)
    assert ruitz.client.agents == (7 if "7" in text.replace("62727", "") else None)
    assert arras.client.agents is None


def test_quantities_stand_under_the_names_of_the_page_or_of_the_link() -> None:
    text = (
        "Commune\tHabitants\tComptes de messagerie 5 Go\tdemarches\nRuitz\t1 500\t4\toui\nArras\t\t\tnon\nLens\t\t\t\n"
    )
    ruitz, arras, lens = read(text).members
    assert ruitz.choice.client == Client(inhabitants=1_500)
    assert ruitz.choice.order == Order(mailboxes_5go=4, demarches_simplifiees=True)
    assert (arras.choice.order, lens.choice.order) == (Order(), DOMAIN)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ruitz\nBruxelles",
            "Ligne 2 : « Bruxelles » n'est pas une commune du département (les plus proches : Brévillers, Boyelles, "
            "Vermelles)",
        ),
        ("Ruitz\nBetune", "Ligne 2 : « Betune » n'est pas une commune du département (la plus proche : Béthune)"),
        ("Ruitz\nruitz", "Ligne 2 (Ruitz) : cette commune est déjà à la ligne 1"),
        ("Ruitz\nArras\tx", "Ligne 2 (Arras) : « x » n'est lu que sous un titre de colonne"),
        ("Commune\tAgents\nRuitz\t\nArras\t4,5", "Ligne 3 (Arras) : « 4,5 » n'est pas un nombre entier d'agents"),
        ("Commune\tAgents\nRuitz\t\nArras\t99999", "Ligne 3 (Arras) : il faut un nombre entre 0 et 50\u00a0000"),
        ("Commune\tAgents\nRuitz\t\n\t4", "Ligne 3 : il n'y a ni commune, ni code INSEE"),
        (
            "Commune\tdomaines\nRuitz\t1\nArras\t-1",
            "Ligne 3 (Arras) : « -1 » n'est pas un nombre entier pour « Noms de domaine »",
        ),
        (
            "Commune\tdemarches\nRuitz\t\nArras\t3",
            "Ligne 3 (Arras) : « 3 » n'est ni oui ni non pour « Démarches simplifiées »",
        ),
    ],
)
def test_a_row_left_out_is_told_with_its_commune_and_nothing_of_the_others_is_lost(text: str, told: str) -> None:
    found = read(text)
    assert found.faults == (f"{told} : ligne laissée de côté.",)
    assert [member.name for member in found.members] == ["Ruitz"]
    assert found.words == "1\u00a0commune lue sur 2\u00a0lignes."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Code\tCommune\n62727\tLens", "Ligne 2 : « Lens » est lu comme Ruitz."),
        ("Commune\tMaire\nRuitz\tX", "Colonnes qui ne sont pas lues : Maire."),
    ],
)
def test_what_is_read_otherwise_is_told_and_its_row_kept(text: str, told: str) -> None:
    found = read(text)
    assert found.faults == (told,)
    assert [member.name for member in found.members] == ["Ruitz"]
    assert found.words == "1\u00a0commune lue sur 1\u00a0ligne."


def test_empty_rows_and_headings_are_no_rows_and_those_past_the_limit_are() -> None:
    assert read("Commune\n\nRuitz\n\nNulle Part\n").words == "1\u00a0commune lue sur 2\u00a0lignes."
    assert read("Ruitz\n" * (MOST + 5)).rows == MOST + 5


def test_a_commune_named_in_part_is_read_and_told() -> None:
    found = read("Touquet\nMairie de Ruitz\nSt Omer")
    assert [member.name for member in found.members] == ["Le Touquet-Paris-Plage", "Ruitz", "Saint-Omer"]
    assert found.faults == (
        "Ligne 1 : « Touquet » est lu comme Le Touquet-Paris-Plage.",
        "Ligne 2 : « Mairie de Ruitz » est lu comme Ruitz.",
    )


def test_a_code_alone_that_is_also_a_postal_code_is_told() -> None:
    found = read("62727\n62300")
    assert [member.name for member in found.members] == ["Ruitz", "Équihen-Plage"]
    assert found.faults == ("Ligne 2 : « 62300 » est lu comme le code INSEE de Équihen-Plage.",)


@pytest.mark.parametrize("text", ["", "\n\n", "\t\t\n", "Commune\tAgents\n"])
def test_an_empty_list_holds_nothing(text: str) -> None:
    assert read(text) == Listed()


def test_a_list_of_more_rows_than_the_department_has_communes_is_read_in_part_and_says_so() -> None:
    found = read("Ruitz\n" * (MOST + 5))
    assert len(found.members) == 1
    assert found.faults[0] == f"Seules les {MOST} premières lignes sont lues."


@given(st.text(max_size=300))
def test_any_text_is_read_or_told(text: str) -> None:
    assert all(fault.endswith(".") for fault in read(text).faults)


@pytest.mark.parametrize("siren", sorted({commune.epci for commune in COMMUNES.values()})[:5])
def test_the_list_handed_over_can_be_pasted_back(siren: str, tariff: Tariff) -> None:
    members = [commune for commune in COMMUNES.values() if commune.epci == siren]
    asked = tuple(wanting(members, proposals().under(tariff).for_size))
    links = Links(load().tariffs)
    together = portfolio(asked, tariff)
    for written in (
        as_csv(table(together, links)).decode("utf-8-sig"),
        table(together, links).to_csv(sep="\t", index=False),
    ):
        found = read(written)
        assert (found.members, found.faults) == (asked, ())


def test_agents_known_of_some_communes_come_back_as_whole_numbers(tariff: Tariff) -> None:
    pasted = read("commune;agents;domaines\nRuitz;8;1\nArras;;1")
    together = portfolio(pasted.members, tariff)
    assert read(as_csv(table(together, Links(load().tariffs))).decode("utf-8-sig")) == pasted


def test_a_cell_in_quotes_may_have_several_lines_and_a_lone_quote_swallows_none() -> None:
    found = read('commune;texte;courriel\nRuitz;"Bonjour,\n\nvoici ; tout";a@ruitz.fr\nArras;;b@arras.fr\nNulle;;')
    assert [each.name for each in found.members] == ["Ruitz", "Arras"]
    assert found.mails == {"62727": "a@ruitz.fr", "62041": "b@arras.fr"}
    assert [fault[:7] for fault in found.faults] == ["Ligne 4"]
    assert len(read('Ruitz\n"Arras\nLens').members) >= 2
