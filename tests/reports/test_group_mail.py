"""The list for a mail merge: whom to write to, what, with which link and which paper."""

from dataclasses import replace
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from pricing import Order, Tariff
from pricing.catalogue import communes
from pricing.listed import Listed, listed
from tests.french import plain
from tests.reports.groups import artois
from tests.test_properties import TARIFF
from views.reports.group_mail import HEADINGS, mail_merge, mail_merge_csv, mail_merge_workbook
from views.reports.mail import address
from views.reports.summary import Summary

COMMUNES = communes()


def read(text: str) -> Listed:
    return listed(text, COMMUNES, TARIFF, Order(domains=1))


def test_each_commune_has_its_mail_its_link_and_the_name_of_its_paper(tariff: Tariff) -> None:
    of = replace(artois(tariff), mails={"62009": "mairie@adinfer.fr"})
    rows = mail_merge(of)
    assert [*rows.columns] == [*HEADINGS]
    first, second = rows.iloc[0], rows.iloc[1]
    assert [*first[:4]] == ["62009", "Adinfer", "mairie@adinfer.fr", "Estimation des services numériques : Adinfer"]
    assert [*first[5:]] == [of.own_link(of.portfolio.members[0]), "estimation-adinfer-2026-11-01.pdf"]
    assert (second["Commune"], second["Courriel"]) == ("Agnez-lès-Duisans", "")
    text = plain(first["Texte"])
    for words in ("Bonjour,", "1re année : 959,00 €", "- CDG 62, pour l'accompagnement : 230,00 €", first["Lien"]):
        assert words in text, words
    assert "689,00 €" in text


def test_the_text_is_that_of_the_short_mail_of_the_page_with_its_own_beginning_and_no_spread(tariff: Tariff) -> None:
    of = artois(tariff)
    alone = next(of.alone())
    (body,) = parse_qs(urlsplit(address(Summary(alone))).query)["body"]
    paged, merged = body.replace("\r\n", "\n").splitlines(), plain(str(mail_merge(of).at[0, "Texte"])).splitlines()
    assert merged[:3] == ["Bonjour,", "", "Voici l'estimation des services numériques pour Adinfer."]
    spread = plain(Summary(alone).spread)
    assert "Selon les réponses à tous les points à confirmer" in spread
    assert merged[3:] == [line for line in paged[3:] if line != spread]


def test_the_list_is_the_same_as_csv_and_as_a_workbook_and_can_be_pasted_back(tariff: Tariff) -> None:
    of = replace(artois(tariff), mails={"62009": "mairie@adinfer.fr"})
    rows = mail_merge(of)
    book = pd.read_excel(BytesIO(mail_merge_workbook(of)), dtype=str, keep_default_na=False)
    file = pd.read_csv(BytesIO(mail_merge_csv(of)), sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for read_back in (book, file):
        assert read_back.equals(rows.astype(str))
    found = read(rows[["Code INSEE", "Commune", "Courriel"]].to_csv(sep="\t", index=False))
    assert (found.mails, found.faults, len(found.members)) == ({"62009": "mairie@adinfer.fr"}, (), 96)


@pytest.mark.parametrize("text", ["Ruitz\tmairie@ruitz.fr", "Courriel;Commune\r\nmairie@ruitz.fr;Ruitz"])
def test_a_mail_address_of_a_list_is_read(text: str) -> None:
    assert read(text).mails == {"62727": "mairie@ruitz.fr"}


@pytest.mark.parametrize(
    "mail", ["=HYPERLINK(1)@a.fr", "mairie@ruitz", "@ruitz.fr", "a b@ruitz.fr", "+1@a.fr", "a@b.fr;c@d.fr"]
)
def test_what_is_no_mail_address_is_told_and_its_commune_kept(mail: str) -> None:
    found = read(f"Commune\tCourriel\nRuitz\t{mail}\nArras\tmairie@arras.fr")
    assert found.faults == (f"Ligne 2 : « {mail} » n'est pas une adresse de courriel.",)
    assert [member.name for member in found.members] == ["Ruitz", "Arras"]
    assert found.mails == {"62041": "mairie@arras.fr"}
