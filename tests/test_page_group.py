"""Many communes on the page: the answer, what is asked and of whom, lists, and what comes back."""

import pytest
from streamlit.testing.v1 import AppTest

from pricing import Client, Order
from pricing.catalogue import epcis
from pricing.group import DEPARTMENT, LIST, Group, Own
from pricing.simulation import Choice, Simulation
from tests.links import ACT, query
from tests.pages import address, choose, give, held, opened, press, turn_to, words, write_in
from tests.reports.groups import ANSWER, COMMUNES
from tests.test_group_link import ARTOIS
from views.group_words import offered

SAME = "groupe=200069482&chacune=meme&messagerie-5go=3&domaines=1&sauvegardes=1&demarches=oui"
"""CC des Campagnes de l'Artois, each asking for three mailboxes, a domain, a backup and Démarches simplifiées."""


def turned(page: AppTest, side: str) -> AppTest:
    page.segmented_control(key="cote").set_value(side)
    return page.run()


def of(page: AppTest, group: str) -> AppTest:
    page.selectbox(key="groupe").set_value(group)
    return page.run()


def asking(page: AppTest, asks: str) -> AppTest:
    page.radio(key="chacune").set_value(asks)
    return page.run()


def without(page: AppTest, *codes: str) -> AppTest:
    page.multiselect(key="sauf").set_value([*codes])
    return page.run()


def pasted(page: AppTest, text: str) -> AppTest:
    page.text_area(key="liste").set_value(text)
    return press(page, "lire")


def group_of(page: AppTest) -> Group:
    group = held(page).group
    assert group
    return group


# The answer


def test_the_answer_to_the_board_is_there_from_its_link() -> None:
    page = opened(SAME)
    assert ANSWER in words(page)
    assert "Estimation pour 96 communes, CC des Campagnes de l'Artois" in words(page)
    assert "La Fibre Numérique 59-62 pour le service 70 059,00 € 54 219,00 € 341 154,00 €" in words(page)


def test_the_answer_is_reached_from_an_empty_page() -> None:
    page = asking(of(turned(opened(), "many"), ARTOIS), "same")
    page = give(page, mailboxes_5go=3, domains=1, backups=1, demarches_simplifiees=True)
    assert ANSWER in words(page)
    assert address(page) == {"tarif": ["2024-03-26"], **{name: [value] for name, value in (
        pair.split("=") for pair in SAME.split("&")
    )}}  # fmt: skip


def test_what_changed_last_is_said_of_all_of_them() -> None:
    page = give(opened(SAME), domains=2)
    assert "Dernier changement : +1 440,00 €" in words(page)
    assert "Dernier changement" not in words(of(page, DEPARTMENT))


def test_a_proposal_by_size_is_asked_of_each() -> None:
    page = opened("groupe=200069482")
    assert "96 communes : 93 en catégorie A" in words(page)
    assert not page.number_input


# Both sides


def test_what_was_typed_on_each_side_comes_back() -> None:
    page = give(choose(opened(), "62727"), agents=8, mailboxes_5go=4)
    one = held(page)
    many = turned(page, "many")
    assert group_of(many) == Group(of=COMMUNES["62727"].epci, asks="same")
    many = without(many, "62727")
    left_out = held(many)
    page = turned(many, "one")
    assert held(page) == one
    assert held(turned(page, "many")) == left_out


def test_an_order_taken_for_all_is_said_and_taken_back() -> None:
    page = give(choose(opened(), "62727"), mailboxes_5go=4)
    one = held(page)
    page = turned(page, "many")
    assert "La commande d'avant, pour une collectivité, vaut maintenant pour chacune : " in words(page)
    assert held(press(page, "annuler")) == one


def test_nothing_is_said_of_an_order_where_there_was_none() -> None:
    assert "La commande d'avant" not in words(turned(choose(opened(), "62727"), "many"))


def test_an_epci_for_itself_is_told_apart_from_its_communes() -> None:
    page = write_in(turn_to(opened(), "epci"), "client_name", "communauté de communes des campagnes de l'Artois")
    assert "Ici, l'intercommunalité pour elle-même, sans ses communes." in words(page)
    page = give(page, mailboxes_5go=288)
    page = press(page, "ses-communes")
    assert (held(page).group, held(page).choice) == (Group(of=ARTOIS), Choice())
    assert held(turned(page, "one")).choice.order == Order(mailboxes_5go=288)


def test_back_to_one_client_the_kind_of_body_still_comes_back() -> None:
    page = turned(turned(choose(opened(), "62727"), "many"), "one")
    page = turn_to(turn_to(page, "epci"), "commune")
    assert held(page).choice.commune == "62727"


# Who


@pytest.mark.parametrize("siren", [*epcis()][:3])
def test_every_epci_can_be_chosen_by_name(siren: str) -> None:
    page = of(turned(opened(), "many"), siren)
    assert group_of(page).of == siren
    assert epcis()[siren] in words(page)


def test_all_are_offered() -> None:
    assert len(offered()) == 22
    assert next(iter(offered())) == DEPARTMENT
    assert [*offered()][-1] == LIST


def test_communes_are_left_out_and_come_back() -> None:
    page = without(opened(SAME), "62009", "62011")
    assert "Estimation pour 94 communes sur 96, CC des Campagnes de l'Artois" in words(page)
    assert group_of(page).without == {"62009", "62011"}
    assert ANSWER in words(without(page))


def test_exceptions_that_another_choice_drops_are_said_and_come_back() -> None:
    page = of(opened(f"{SAME}&propre=62042_ag-30&sauf=62063"), "200018083")
    assert "CC de Desvres-Samer, à la place de la CC des Campagnes de l'Artois. 1 commune n'y a plus" in words(page)
    page = press(page, "annuler")
    assert group_of(page).own == (Own(code="62042", agents=30),)
    assert group_of(of(of(page, "200018083"), ARTOIS)).own == (Own(code="62042", agents=30),)


def test_exceptions_that_another_choice_keeps_are_said() -> None:
    said = words(of(opened(f"{SAME}&propre=62042_ag-30&sauf=62063"), DEPARTMENT))
    assert "Pas-de-Calais, à la place de la CC des Campagnes de l'Artois. 1 commune y garde des nombres à part." in said
    assert "1 commune y reste de côté." in said


def test_a_list_to_paste_is_said_with_what_it_takes_the_place_of_and_so_is_the_way_back() -> None:
    page = of(opened(f"{SAME}&sauf=62063"), LIST)
    assert "Liste à coller, à la place de la CC des Campagnes de l'Artois." in words(page)
    page = of(pasted(page, "Ruitz\nArras"), DEPARTMENT)
    assert "Pas-de-Calais, à la place de la liste de 2 communes." in words(page)


def test_all_exceptions_are_taken_back_at_once_and_that_too() -> None:
    page = press(opened(f"{SAME}&propre=62042_ag-30&propre=62063_dom-0"), "sans-exception")
    assert ANSWER in words(page)
    assert len(group_of(press(page, "annuler")).own) == 2


# Lists


def test_a_list_is_read_and_each_row_at_fault_is_told() -> None:
    page = pasted(of(turned(opened(), "many"), LIST), "Ruitz\t8\nRuizt\nArras\tbeaucoup\n\n\nRuitz")
    group = group_of(page)
    assert group == Group(of=LIST, listed=("62727",), own=(Own(code="62727", agents=8),))
    said = words(page)
    assert "Ligne 2 : « Ruizt » n'est pas une commune du département" in said
    assert "Ligne 3 (Arras) : « beaucoup » n'est lu que sous un titre de colonne : ligne laissée de côté." in said
    assert "Ligne 6 (Ruitz) : cette commune est déjà à la ligne 1" in said
    assert said.index("1 commune lue sur 4 lignes.") < said.index("Ligne 2")


def test_a_list_with_quantities_is_priced_word_by_word() -> None:
    page = pasted(of(turned(opened(), "many"), LIST), "commune;domaines;sauvegardes\nRuitz;2;\nArras;;1\n")
    assert group_of(page).asks == "own"
    assert {each.code: dict(each.quantities) for each in group_of(page).own} == {
        "62727": {"domains": 2},
        "62041": {"backups": 1},
    }
    assert "2 communes" in words(page)


def test_a_list_that_replaces_another_is_said_and_taken_back() -> None:
    page = pasted(of(turned(opened(), "many"), LIST), "Ruitz\nArras")
    page = pasted(page, "Lens")
    assert "Liste lue : 1 commune." in words(page)
    assert group_of(press(page, "annuler")).listed == ("62727", "62041")


def test_an_empty_or_unreadable_list_leaves_what_was_there() -> None:
    page = pasted(of(turned(opened(), "many"), LIST), "Ruitz")
    assert group_of(pasted(page, "Nulle Part")).listed == ("62727",)
    assert "Ligne 1 : « Nulle Part »" in words(page)
    assert "Collez d'abord une liste : une commune par ligne." in words(pasted(page, " "))


# Nothing to price


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("groupe=liste", "Collez votre liste, puis pressez « Lire la liste » : une commune par ligne."),
        ("groupe=liste&communes=62727&sauf=62727", "Toutes les communes sont laissées de côté"),
        ("groupe=200069482&chacune=meme", "Dites ce que chaque commune demande : la même commande vaut pour toutes."),
        ("groupe=liste&communes=62727&chacune=propre", "La liste ne demande aucun service"),
    ],
)
def test_nothing_to_price_is_said_with_what_to_do(link: str, sentence: str) -> None:
    page = opened(link)
    assert sentence in words(page)
    assert " 0,00 €" not in words(page)


@pytest.mark.parametrize("more", ["", "&propre=62063_av-3"])
def test_a_link_in_which_each_asks_for_its_own_shows_that_choice_without_a_list_too(more: str) -> None:
    page = opened(f"groupe={ARTOIS}&chacune=propre{more}")
    assert page.radio(key="chacune").value == "own"
    assert group_of(asking(page, "by_size")).asks == "by_size"


def test_one_commune_alone_is_answered_too() -> None:
    page = opened("groupe=liste&communes=62727&chacune=meme&domaines=1")
    assert "1 commune, à 15,00 € la 1re année." in words(page)


# A link, and what it cannot hold


def test_the_link_handed_over_opens_the_same() -> None:
    page = opened(SAME, section="Partager, imprimer")
    assert "96 notes pour les conseils, dans un seul fichier ZIP." in words(page)
    simulation = Simulation(
        tariff=ACT.adopted,
        choice=Choice(client=Client(), order=Order(mailboxes_5go=3, domains=1, backups=1, demarches_simplifiees=True)),
        group=Group(of=ARTOIS, asks="same"),
    )
    assert held(page) == simulation.model_copy(update={"view": "share"})
    assert query(simulation).endswith(SAME)


def test_more_exceptions_than_the_link_holds_are_said_and_still_counted() -> None:
    own = "&".join(f"propre={code}_dom-2_5go-4" for code in sorted(COMMUNES)[:260])
    page = opened(f"groupe=62&chacune=meme&domaines=1&{own}", section="Partager, imprimer")
    assert "trop d'exceptions pour tenir dans un lien" in words(page)
    assert any(each.key == "communes-note" for each in page.get("download_button"))
