"""The page's other choices, its scenarios and presentation mode, worked by hand."""

import re
from html import unescape
from urllib.parse import parse_qs

import pyarrow as pa
from streamlit.testing.v1 import AppTest

from tests.french import plain
from tests.links import ITEMS
from tests.pages import address, give, held, offered, opened, press, words, write_in
from tests.test_page import LINK, RUITZ, SCENARIOS, figures, headings, order, place

KEEP = "Garder cette simulation pour la comparer"
SURE = "D'autres choix"
WITHOUT = "Sans l'un des services"
UNSURE = "Des choix dont l'écart n'est pas entièrement connu"
CATEGORIES = "Si la collectivité changeait de catégorie"
FOUR = "tarif=2024-03-26&habitants=1250&messagerie-5go=4"


def test_options_are_under_three_headings_and_a_category_cannot_be_clicked() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&agents=6&cles-cdg-3ans=1&demarches=oui", "Comparer")
    assert headings(page) == [KEEP, SURE, WITHOUT, UNSURE, CATEGORIES]
    sure = [plain(each.label) for each in page.button if re.fullmatch(r"choix-[0-9a-f]+", str(each.key))]
    unsure = [plain(each.label) for each in page.button if re.fullmatch(r"choix-incertain-[0-9a-f]+", str(each.key))]
    assert sure == [
        "Le certificat de 2 ans, remis au CDG : **72,00 € de plus** sur six ans",
        "Le certificat de 1 an, remis au CDG : **280,80 € de plus** sur six ans",
    ]
    assert unsure == [
        f"Le certificat de {term}, remis sur site : "
        f"**{amount} de plus et 1 montant sans prix indiqué de plus** sur six ans"
        for term, amount in (("3 ans", "192,00 €"), ("2 ans", "360,00 €"), ("1 an", "856,80 €"))
    ]
    [listed] = [each.proto.body for each in page.get("html") if f"<h3>{CATEGORIES}</h3>" in each.proto.body]
    assert re.findall(r"<li>(.*?)</li>", plain(listed)) == [
        "Catégorie A de Démarches simplifiées : 300,00 € de moins sur six ans",
        "Catégorie C de Démarches simplifiées : 912,00 € de plus sur six ans",
    ]
    assert not any("Catégorie" in each.label for each in page.button)


def test_adopting_an_option_changes_the_order_and_the_figures() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&cles-cdg-3ans=1", "Comparer")
    press(page, offered(page, "choix-incertain-")[0])
    assert order(page) == {"certificates_on_site_3y": 1}
    assert "Dernier changement : +192,00 € et 1 montant sans prix indiqué de plus" in figures(page)


def test_an_order_without_any_choice_says_so_and_lists_no_category_to_click() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&demarches=oui", "Comparer")
    assert headings(page) == [KEEP, CATEGORIES]
    assert "Les choix à comparer apparaîtront ici dès qu'un service qui en offre sera demandé." in words(page)
    assert offered(page, "choix") == []


# Scenarios


def keep(page: AppTest, name: str) -> AppTest:
    """Keep the simulation on the page under a name, typed just before the click."""
    page.text_input(key="nom-scenario").set_value(name)
    return press(page, "garder-scenario")


def names(page: AppTest) -> list[str]:
    """Return the names of the scenarios, checked to be the same in their fields and in the query string."""
    fields = [str(page.text_input(key=key).value) for key in offered(page, "scenario-")]
    assert fields == [each.name for each in held(page).scenarios]
    return fields


def side_by_side(page: AppTest) -> dict[str, tuple[str, ...]]:
    """Return the table of the scenarios, its cells by row; the heads are those of no row."""
    [shown] = [each.proto.body for each in page.get("html") if "Côte à côte" in each.proto.body]
    rows = [
        [plain(unescape(re.sub("<[^>]+>", "", cell))) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row)]
        for row in re.findall(r"<tr>.*?</tr>", shown)
    ]
    return {("" if row[0] == "Scénario" else row[0]): tuple(row[1:]) for row in rows if len(row) > 1}


def test_scenarios_are_kept_renamed_opened_and_removed() -> None:
    page = opened(FOUR, "Comparer")
    for name, domains in (("Un <b>", 1), ("  Deux  mots ", 2)):
        keep(give(page, domains=domains), name)
    assert address(page)["scenario"] == ["hab-1250_5go-4_dom-1~Un <b>", "hab-1250_5go-4_dom-2~Deux mots"]
    assert page.text_input(key="nom-scenario").value == ""
    assert side_by_side(page) == {
        "": ("Deux mots (cette estimation)", "Un <b>"),
        "1re année": ("200,00 €", "185,00 €"),
        "Par an en moyenne, certificats répartis": ("160,00 €", "145,00 €"),
        "Six ans": ("1 000,00 €", "910,00 €"),
        "Écart sur six ans par rapport à « Deux mots »": ("–", "−90,00 €"),
        "La Fibre Numérique 59-62": ("660,00 €", "570,00 €"),
        "CDG 62": ("340,00 €", "340,00 €"),
        "Noms de domaine": ("2", "1"),
    }
    assert "Ce qui ne change pas : Comptes de messagerie 5 Go : 4." in plain(words(page))

    write_in(page, offered(page, "scenario-")[0], "Premier")
    assert names(page) == ["Premier", "Deux mots"]

    press(page, offered(page, "reprendre-")[0])
    assert order(page) == {"mailboxes_5go": 4, "domains": 1}
    assert len(names(page)) == 2

    press(page, offered(page, "retirer-")[0])
    assert address(page)["scenario"] == ["hab-1250_5go-4_dom-2~Deux mots"]
    assert order(page) == {"mailboxes_5go": 4, "domains": 1}


def test_four_scenarios_are_kept_at_most_and_none_twice_without_a_name() -> None:
    page = keep(keep(opened(FOUR, "Comparer"), "Tel quel"), "")
    assert names(page) == ["Tel quel"]
    assert "Cette simulation est déjà gardée : « Tel quel »." in plain(words(page))
    keep(page, "Sous un autre nom")
    for domains in (1, 2):
        assert "garder-scenario" in offered(page)
        keep(give(page, domains=domains), "")
    assert names(page) == ["Tel quel", "Sous un autre nom", "Scénario 1", "Scénario 2"]
    assert "Les 4 scénarios sont gardés : retirez-en un pour en garder un autre." in words(page)
    assert "garder-scenario" not in offered(page)


def test_a_scenarios_name_too_long_for_the_link_is_shortened_with_a_message() -> None:
    told = f"Nom trop long pour le lien, raccourci : « {'é' * 13} »."
    page = keep(opened(FOUR, "Comparer"), "é" * 40)
    assert told in plain(words(page))
    assert names(page) == ["é" * 13]
    write_in(page, offered(page, "scenario-")[0], " ")
    assert "Il faut un nom : l'ancien est gardé." in plain(words(page))
    assert names(page) == ["é" * 13]


# Presentation mode


def test_entering_and_leaving_presentation_mode_keep_the_simulation() -> None:
    page = opened(LINK + SCENARIOS, "Partager, imprimer")
    assert page.button(key="presenter").label == "Présenter"
    press(page, "presenter")
    assert address(page) == parse_qs(f"{LINK}&vue=presentation{SCENARIOS}")
    assert [button.label for button in page.button] == ["Changer de commune", "Garder", "Quitter", "Agrandir le code"]
    press(give(page, domains=3), "quitter")
    assert address(page) == parse_qs(f"{LINK.replace('domaines=1', 'domaines=3')}&vue=partager{SCENARIOS}")
    assert place(page) == ([], [RUITZ])
    assert "presenter" not in offered(press(page, "zero")), "nothing is asked for"


STRIP = ["inhabitants", "agents", "mailboxes_5go", "mailboxes_unlimited", "domains", "antivirus_devices"]


def since(page: AppTest) -> list[str]:
    """Return the change of each figure since the presentation started."""
    assert "Dernier changement" not in words(page)
    return re.findall(r"Depuis le départ : ([^ ]+ €)", plain(words(page)))


def fields(page: AppTest) -> list[str | None]:
    """Return the keys of the fields and boxes on the page."""
    return [each.key for each in (*page.number_input, *page.checkbox)]


def on_screen(page: AppTest, screen: str) -> AppTest:
    """Show one of the screens of presentation mode."""
    page.segmented_control(key="ecran").set_value(screen)
    return page.run()


def test_the_strip_holds_the_collectivite_and_four_fixed_items() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&agents=6&domaines=1&antivirus=3&demarches=oui&vue=presentation")
    assert fields(page) == STRIP
    assert {*fields(on_screen(page, "Autres services"))} == {*ITEMS, *STRIP}
    assert address(page)["vue"] == ["presentation-autres"]
    assert "Catégorie B" in words(page)
    give(page, backups=7, domains=0, agents=11, inhabitants=5001)
    assert {*fields(page)} == {*ITEMS, *STRIP}
    assert order(page) == {"backups": 7, "antivirus_devices": 3, "demarches_simplifiees": 1}
    assert "Catégorie D" in words(page)
    assert "Non compris : Antivirus, mise en service : 21 ordinateurs" in plain(
        words(give(page, antivirus_devices=21, antivirus_intervention=True))
    )


def test_changes_are_counted_from_the_start_or_restart_of_the_presentation() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&domaines=1&vue=presentation")
    assert since(page) == []
    assert since(give(page, domains=2)) == ["+15,00 €", "+15,00 €", "+90,00 €"]
    assert since(give(page, domains=3)) == ["+30,00 €", "+30,00 €", "+180,00 €"]
    assert since(press(page, "repartir")) == []
    assert since(give(page, domains=1)) == ["\u221230,00 €", "\u221230,00 €", "\u2212180,00 €"]
    give(page, domains=2)
    # After leaving, the last change is the last one made in presentation mode.
    assert "Dernier changement : +15,00 €" in plain(words(press(page, "quitter")))
    assert since(press(page, "presenter")) == []


def test_agrandir_opens_the_qr_code_in_a_dialog() -> None:
    page = opened(f"{LINK}&vue=presentation")
    scan = "Scannez ce code : il ouvre la même simulation."
    assert scan not in plain(words(page))
    assert scan in plain(words(press(page, "agrandir")))
    html = "".join(each.proto.body for each in page.get("html"))
    one, other = re.findall(r'<img src="([^"]+)" alt="QR code', html)
    assert one == other


def test_in_the_room_one_choice_under_two_names_is_charted_twice_and_kept_no_third_time() -> None:
    same = "&scenario=hab-1250_5go-4~A&scenario=hab-1250_5go-4~B"
    page = opened(f"{FOUR}{same}&scenario=hab-1250_5go-5~C&scenario=hab-1250_5go-6~D&vue=presentation-scenarios")
    [chart] = page.get("vega_lite_chart")
    bars = pa.ipc.open_stream(chart.proto.data.data).read_pandas()
    assert [*bars.name.unique()] == ["1. A (à l'écran)", "2. B", "3. C", "4. D"]
    press(page, "garder")
    assert "Cette simulation est déjà gardée : « A »." in plain(words(page))
    assert len(address(page)["scenario"]) == 4
