"""What a tariff's keeper reads, word for word: where the slip stands, what is there, what is wrong, what to do."""

import tomllib
from dataclasses import astuple
from pathlib import Path

import pytest

from pricing import TariffError
from pricing.checks import MAX_DEPTH, MAX_FAULTS, MAX_FILE, read
from tests.test_catalogue import ADOPTED, FILE, changed

SLIPS = Path(__file__).parent / "invalid"
WITHOUT_READINGS = f"{ADOPTED.partition('[readings.R1]')[0]}[readings]\n"
"""The act without its points to confirm, each of which would have all of it read once more."""
SAID: dict[str, list[str]] = {
    "amount-empty": [
        "ligne 362, « F = » : cette ligne n'est pas du TOML. Remède : écrire « clé = valeur », les mots entre "
        'guillemets "…", les nombres sans espace ni signe €, et fermer chaque crochet et chaque accolade.',
    ],
    "amount-huge": [
        "services.domain.charges.subscription.price.amount = 1500000 : un prix ne dépasse pas un million "
        "d'euros. Remède : vérifier le montant : il manque peut-être un point.",
    ],
    "amount-in-words": [
        'services.demarches.charges.support.price.amounts.G = "sur devis" : ce n\'est pas un montant en euros. '
        "Remède : écrire les euros en chiffres, sans guillemets ni signe €, avec un point : 76.80.",
    ],
    "amount-infinite": [
        "services.domain.charges.subscription.price.amount = inf : ce n'est pas un montant en euros. Remède : "
        "écrire les euros en chiffres, sans guillemets ni signe €, avec un point : 76.80.",
    ],
    "amount-nan": [
        "services.domain.charges.subscription.price.amount = nan : ce n'est pas un montant en euros. Remède : "
        "écrire les euros en chiffres, sans guillemets ni signe €, avec un point : 76.80.",
    ],
    "amount-list": [
        "services.domain.charges.subscription.price.amount : ce n'est pas un montant en euros. Remède : écrire "
        "les euros en chiffres, sans guillemets ni signe €, avec un point : 76.80.",
    ],
    "amount-negative": [
        "services.domain.charges.subscription.price.amount = -5 : un prix n'est jamais négatif. Remède : écrire "
        "un montant positif.",
    ],
    "amount-true": [
        "services.domain.charges.subscription.price.amount = true : ce n'est pas un montant en euros. Remède : "
        "écrire les euros en chiffres, sans guillemets ni signe €, avec un point : 76.80.",
    ],
    "amount-with-comma": [
        'ligne 114, « price = { kind = "per_unit", amount = 10,50 } » : cette ligne n\'est pas du TOML. Remède : '
        "écrire les centimes après un point : 10.50.",
    ],
    "amount-with-three-decimals": [
        "services.certificate.charges.cdg.price.terms[1].price = 76.805 : un montant en euros a deux décimales "
        "au plus. Remède : arrondir au centime, comme le fait l'acte.",
    ],
    "band-bound-half": [
        "services.antivirus.charges.setup.price.bands[2].up_to = 5.5 : il faut un nombre entier à partir de 1. "
        "Remède : écrire un nombre entier à partir de 1, en chiffres et sans guillemets.",
    ],
    "band-falling": [
        "services.mailbox.charges.support.price.bands : la tranche jusqu'à 10 chevauche la précédente, qui va "
        "déjà jusqu'à 20. Remède : ranger les tranches par « up_to » croissants, chacun une seule fois.",
    ],
    "band-with-from": [
        "services.antivirus.charges.setup.price.bands[2].from = 3 : cette clé n'existe pas. Remède : l'enlever : "
        "une borne s'écrit une fois, avec « up_to », et la tranche suivante commence juste après.",
    ],
    "band-without-bound": [
        "services.antivirus.charges.setup.price.bands[2].up_to : cette clé manque. Remède : l'ajouter, comme "
        "dans le tarif précédent.",
    ],
    "bands-empty": [
        "services.mailbox.charges.support.price.bands : cette liste est vide. Remède : y mettre au moins une valeur.",
    ],
    "bands-end-closed": [
        "services.antivirus.charges.setup.price.beyond : cette clé manque. Remède : dire ce qui vaut au-delà de "
        "la dernière borne : la dernière tranche reste toujours ouverte.",
    ],
    "bands-not-a-list": [
        "services.mailbox.charges.support.price.bands = 4 : il faut une liste. Remède : l'écrire entre crochets [ … ].",
    ],
    "brace-missing": [
        'ligne 114, « price = { kind = "per_unit", amount = 15 » : cette ligne n\'est pas du TOML. Remède : '
        'écrire « clé = valeur », les mots entre guillemets "…", les nombres sans espace ni signe €, et fermer '
        "chaque crochet et chaque accolade.",
    ],
    "categories-swapped": [
        "categories.up_to : la catégorie C ne vient pas après la catégorie B : lettres et bornes doivent monter. "
        "Remède : ranger les catégories de la plus petite à la plus grande.",
    ],
    "category-doubled": [
        "ligne 363, « F = 450 » : cette clé est écrite deux fois. Remède : n'en garder qu'une.",
    ],
    "category-open-not-last": [
        'categories.beyond.name = "H" : cette catégorie ne vient pas après la catégorie H. Remède : lui donner '
        "une lettre qui suit H.",
    ],
    "category-prices-swapped": [
        "services.demarches.charges.support.price.amounts : les catégories ne sont pas dans l'ordre. Remède : "
        "les ranger ainsi : A, B, C, D, E, F, G, H, I.",
    ],
    "category-too-many": [
        "services.demarches.charges.support.price.amounts.J = 500 : cette catégorie n'existe pas. Remède : "
        "l'enlever, ou ajouter la catégorie à [categories.up_to].",
    ],
    "category-without-price": [
        "services.demarches.charges.support.price.amounts.F : cette catégorie n'a pas de prix. Remède : ajouter "
        'la ligne F = …, en euros, ou F = "on_quote".',
    ],
    "date-impossible": [
        "ligne 15, « in_force_from = 2024-02-30 » : cette date n'existe pas. Remède : l'écrire comme 2027-01-31.",
    ],
    "date-in-words": [
        "adopted = \"2024-03-26\" : ce n'est pas une date. Remède : l'écrire comme 2027-01-31, sans guillemets ni "
        "heure.",
    ],
    "date-not-of-the-file": [
        "adopted = 2024-03-25 : le fichier ne porte pas le nom de sa date. Remède : nommer le fichier "
        "2024-03-25.toml, ou corriger la date.",
    ],
    "date-with-time": [
        "in_force_from = 2024-03-26 08:00:00 : ce n'est pas une date. Remède : l'écrire comme 2027-01-31, sans "
        "guillemets ni heure.",
    ],
    "in-force-before-adoption": [
        "in_force_from = 2024-01-01 : un acte ne s'applique pas avant d'être adopté, ici le 2024-03-26. Remède : "
        "corriger l'une des deux dates.",
    ],
    "item-misspelt": [
        "services.domain.items.domaines : « domaines » n'est pas un service que la page sait demander. Remède : "
        "écrire « domains », ou l'enlever.",
    ],
    "item-no-longer-priced": [
        "services.domain.items.domains : « domains » n'a pas de prix. Remède : l'ajouter au « of » d'un tarif ; "
        "s'il n'a plus de prix, écrire un prix « on_quote ».",
    ],
    "item-offered-twice": [
        "services.web_page.items.domains : « domains » est déjà proposé par services.domain.items.domains. "
        "Remède : n'en garder qu'un.",
    ],
    "item-removed": [
        'services.mailbox.charges.setup.of[2] = "mailboxes_unlimited" : ce service ne propose rien de ce nom. '
        "Remède : écrire un nom des « items » de ce service, ou l'y ajouter.",
        'services.mailbox.charges.account_unlimited.of[1] = "mailboxes_unlimited" : ce service ne propose rien '
        "de ce nom. Remède : écrire un nom des « items » de ce service, ou l'y ajouter.",
        'services.mailbox.charges.support.of[2] = "mailboxes_unlimited" : ce service ne propose rien de ce nom. '
        "Remède : écrire un nom des « items » de ce service, ou l'y ajouter.",
        "services : aucun service ne propose « mailboxes_unlimited ». Remède : le remettre dans les « items » de "
        "son service ; s'il n'a plus de prix, écrire un prix « on_quote ».",
    ],
    "item-requires-unknown": [
        'services.backup.items.extra_storage_go.requires = "backup" : aucun service ne propose rien de ce nom. '
        "Remède : écrire « backups », ou l'enlever.",
    ],
    "item-unknown": [
        "services.domain.items.visioconference : « visioconference » n'est pas un service que la page sait "
        "demander. Remède : corriger son nom, ou faire ajouter le service à la page par un développeur.",
    ],
    "key-doubled-on-one-line": [
        'ligne 114, « price = { kind = "per_unit", amount = 15, amount = 16 } » : cette clé est écrite deux '
        "fois. Remède : n'en garder qu'une.",
    ],
    "key-in-french": [
        'ligne 104, « libellé = "Nom de domaine" » : cette clé n\'existe pas. Remède : écrire une clé du tarif '
        "précédent ; aucune n'a d'accent.",
    ],
    "key-misspelt": [
        "services.domain.charges.subscription.price.amount : cette clé manque. Remède : l'ajouter, comme dans le "
        "tarif précédent.",
        "services.domain.charges.subscription.price.ammount = 15 : cette clé n'existe pas. Remède : écrire « "
        "amount », ou l'enlever.",
    ],
    "key-unknown": [
        'services.certificate.remarque = "à revoir" : cette clé n\'existe pas. Remède : écrire « requires », ou '
        "l'enlever.",
    ],
    "kind-missing": [
        'services.domain.charges.subscription.price.kind : le genre manque. Remède : ajouter kind = "…", comme '
        "dans le tarif précédent.",
    ],
    "kind-unknown": [
        'services.domain.charges.subscription.price.kind = "tiered" : ce genre n\'existe pas. Remède : écrire '
        'kind = "per_unit", "stairstep", "by_category", "by_term", "included", "not_stated" ou "on_quote".',
    ],
    "label-number": [
        'services.domain.label = 15 : il faut des mots. Remède : les écrire entre guillemets "…".',
    ],
    "label-with-unknown-brace": [
        'services.certificate.charges.cdg_support.label = "Accompagnement ({itme})" : entre accolades, seul '
        "{item} est remplacé. Remède : écrire {item}, ou enlever l'accolade.",
    ],
    "limit-unknown-word": [
        'services.backup.charges.extra_storage.price.limit.beyond = "devis" : cette valeur n\'est pas prévue. '
        'Remède : écrire "whole_on_quote" ou "excess_on_quote".',
    ],
    "of-item-of-another-service": [
        'services.domain.charges.subscription.of[2] = "backups" : ce service ne propose rien de ce nom. Remède : '
        "écrire un nom des « items » de ce service, ou l'y ajouter.",
    ],
    "of-item-twice": [
        'services.domain.charges.subscription.of[2] = "domains" : ce nom y est déjà : il serait compté deux '
        "fois. Remède : ne l'écrire qu'une fois.",
    ],
    "of-unknown-item": [
        'services.domain.charges.subscription.of[1] = "domain" : ce service ne propose rien de ce nom. Remède : '
        "écrire « domains », ou l'enlever.",
    ],
    "only-with-unknown-item": [
        'services.antivirus.charges.setup.only_with = "intervention" : ce service ne propose rien de ce nom. '
        "Remède : écrire « antivirus_intervention », ou l'enlever.",
    ],
    "payee-left-out": [
        "payees : il manque la structure « cdg ». Remède : ajouter cette structure à [payees].",
    ],
    "payee-missing": [
        "services.demarches.charges.setup.payee : cette clé manque. Remède : l'ajouter, comme dans le tarif précédent.",
        'readings.R13.alternatives[1].changes."services.demarches.charges.setup.payee" = "cdg" : cette lecture '
        "change une valeur qui n'existe pas. Remède : écrire le chemin d'une valeur de ce fichier, comme "
        "services.demarches.charges.support.payee.",
    ],
    "payee-renamed": [
        'payees.CDG : cette clé n\'est pas prévue. Remède : écrire "fibre" ou "cdg".',
    ],
    "payee-misspelt": [
        'services.demarches.charges.setup.payee = "Fibre" : cette valeur n\'est pas prévue. Remède : écrire '
        '"fibre" ou "cdg".',
    ],
    "price-bare": [
        "services.domain.charges.subscription.price = 15 : il faut un tableau de clés. Remède : l'écrire entre "
        "accolades, comme dans le tarif précédent.",
    ],
    "quote-missing": [
        "ligne 104, « label = \"Nom de domaine » : cette ligne n'est pas du TOML. Remède : il manque un guillemet "
        'droit " au début ou à la fin des mots.',
    ],
    "quotes-from-a-word-processor": [
        "ligne 104, « label = “Nom de domaine” » : cette ligne n'est pas du TOML. Remède : remplacer ces "
        'guillemets par des guillemets droits "…".',
    ],
    "reading-breaks-the-grid": [
        'readings.R11.alternatives[1].changes."categories.up_to.A.inhabitants" = 2000 : avec ce changement, le '
        "tarif ne se lit plus : la catégorie B ne vient pas après la catégorie A : lettres et bornes doivent "
        "monter. Remède : ranger les catégories de la plus petite à la plus grande.",
    ],
    "reading-changes-nothing": [
        'readings.R2.alternatives[1].changes."services.mailbox.charges.support.rhythm" = "yearly" : ce '
        "changement ne change rien. Remède : y mettre une autre valeur que celle en vigueur.",
    ],
    "reading-impossible-value": [
        'readings.R2.alternatives[1].changes."services.mailbox.charges.support.rhythm" = "monthly" : avec ce '
        'changement, le tarif ne se lit plus : cette valeur n\'est pas prévue. Remède : écrire "setup", "yearly" '
        'ou "term".',
    ],
    "reading-touches-unknown-item": [
        "readings.R10.touches.at_least.antivirus_device = 21 : « antivirus_device » n'est pas un service que la "
        "page sait demander. Remède : écrire « antivirus_devices », ou l'enlever.",
    ],
    "reading-touches-unknown-kind": [
        'readings.R16.touches.kind = "sometimes" : ce genre n\'existe pas. Remède : écrire kind = "difference", '
        '"quantity", "set_aside" ou "always".',
    ],
    "reading-without-alternative": [
        "readings.R6 : un point « difference » doit avoir au moins une alternative. Remède : ajouter une "
        "alternative, ou changer « touches ».",
    ],
    "reading-wrong-key": [
        'readings.R2.alternatives[1].changes."services.mailbox.charges.suport.rhythm" = "setup" : cette lecture '
        "change une valeur qui n'existe pas. Remède : écrire le chemin d'une valeur de ce fichier, comme "
        "services.mailbox.charges.support.rhythm.",
    ],
    "rhythm-in-french": [
        'services.backup.charges.extra_storage.rhythm = "annuel" : cette valeur n\'est pas prévue. Remède : '
        'écrire "setup", "yearly" ou "term".',
    ],
    "source-blank": [
        'services.domain.charges.subscription.source.text = "" : il n\'y a rien entre les guillemets. Remède : y '
        "écrire les mots qui manquent.",
    ],
    "source-missing": [
        "services.domain.charges.subscription.source : cette clé manque. Remède : dire d'où vient ce prix : "
        "source = { row = …, column = …, text = … }.",
    ],
    "structure-unknown": [
        'categories.structures[1] = "communes" : cette valeur n\'est pas prévue. Remède : écrire "commune", '
        '"epci" ou "other".',
    ],
    "table-doubled": [
        "ligne 117, « [services.domain] » : cette clé est écrite deux fois. Remède : n'en garder qu'une.",
    ],
    "term-counted-together": [
        "services.certificate.charges.on_site_support : un prix pour la durée se compte par certificat : counted "
        '= "each". Remède : ajouter counted = "each".',
    ],
    "term-in-words": [
        'services.certificate.charges.on_site.price.terms[3].years = "3 ans" : il faut un nombre entier '
        "d'années. Remède : l'écrire en chiffres, sans guillemets ni point.",
    ],
    "term-of-four-years": [
        "services.certificate.charges.on_site.price.terms[3].years = 4 : cette valeur n'est pas prévue. Remède : "
        "écrire 1, 2, 3 ou 6.",
    ],
    "term-paid-each-year": [
        'services.certificate.charges.cdg : un prix selon la durée a pour rythme "term". Remède : écrire rhythm '
        '= "term".',
    ],
    "term-without-price": [
        "services.certificate : « certificates_cdg_2y » dure 2 an(s), une durée sans prix dans « cdg ». Remède : "
        "ajouter une ligne à « terms » pour cette durée.",
    ],
    "terms-falling": [
        "services.certificate.charges.cdg.price.terms : les durées doivent aller de la plus courte à la plus "
        "longue, chacune une fois. Remède : ranger les durées de la plus courte à la plus longue.",
    ],
}
"""For a slip of each kind, every line that is said, after the file's name."""


SHAPELESS = (
    "il y a un nombre démesuré, ou trop de crochets les uns dans les autres. "
    "Remède : comparer le fichier au tarif précédent."
)
NOT_TOML = (
    'cette ligne n\'est pas du TOML. Remède : écrire « clé = valeur », les mots entre guillemets "…", les nombres sans '
    "espace ni signe €, et fermer chaque crochet et chaque accolade."
)
NOT_UTF8 = (
    "le fichier n'est pas en UTF-8. Remède : enregistrer le fichier au format UTF-8 "
    "(dans le Bloc-notes : Enregistrer sous, Encodage)."
)
NO_SUCH_KEY = "cette clé n'existe pas. Remède : la corriger ou l'enlever."
NO_EUROS = (
    "ce n'est pas un montant en euros. Remède : écrire les euros en chiffres, sans guillemets ni signe €, "
    "avec un point : 76.80."
)
PRICE = "services.demarches.charges.support.price.amounts.F"


def said(content: str | bytes, file: str = FILE) -> list[str]:
    """The lines with which a file is refused, each without the file's name."""
    with pytest.raises(TariffError) as refusal:
        read(content.encode() if isinstance(content, str) else content, file)
    assert all(isinstance(part, str) for fault in refusal.value.faults for part in astuple(fault))
    return [line.removeprefix(file).removeprefix(", ").removeprefix(" : ") for line in str(refusal.value).splitlines()]


def act_for(lines: list[str]) -> str:
    """The act with its points to confirm where one of these lines is about them, and without them otherwise."""
    return ADOPTED if any("readings." in line for line in lines) else WITHOUT_READINGS


def priced(value: str) -> str:
    """The act with another price in one place."""
    return changed(("F = 400", f"F = {value}"), text=WITHOUT_READINGS)


def beside_a_label(line: str) -> str:
    """The act with another line in one place."""
    label = 'label  = "Nom de domaine"'
    return changed((label, f"{label}\n{line}"), text=WITHOUT_READINGS)


@pytest.mark.parametrize("slip", SAID)
def test_a_slip_is_answered_in_these_words(slip: str) -> None:
    written = tomllib.loads((SLIPS / f"{slip}.toml").read_text(encoding="utf-8"))
    text = act_for(SAID[slip])
    assert said(changed((written["find"], written["replace"]), text=text)) == SAID[slip]


def test_a_file_is_too_long_from_one_byte_too_many() -> None:
    longest = WITHOUT_READINGS.encode().ljust(MAX_FILE, b"\n")
    assert read(longest, FILE)
    assert said(longest + b"\n") == ["ce fichier est bien trop long. Remède : comparer le fichier au tarif précédent."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xe9 = 1\n", f"ligne 1 : {NOT_UTF8}"),
        (b"\na = 1\nc = '\xe9'\n", f"ligne 3 : {NOT_UTF8}"),
        (b"adopted = [", f"ligne 1, « adopted = [ » : {NOT_TOML}"),
        (b"a = 1\nb = = 2\nc = 3", f"ligne 2, « b = = 2 » : {NOT_TOML}"),
        (f"x{'.x' * 500} = 1\n".encode(), SHAPELESS),
        (
            f"a = 1\nx{'.x' * 501} = 1\n".encode(),
            "ligne 2 : il y a bien trop de points sur cette ligne. Remède : comparer la ligne au tarif précédent.",
        ),
        (("é" * 120).encode(), f"ligne 1, « {'é' * 120} » : {NOT_TOML}"),
        (("é" * 121).encode(), f"ligne 1, « {'é' * 119}… » : {NOT_TOML}"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_in_these_words(content: bytes, words: str) -> None:
    assert said(content) == [words]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (
            "1e1000",
            f"{PRICE} = 1E+1000 : un prix ne dépasse pas un million d'euros. "
            "Remède : vérifier le montant : il manque peut-être un point.",
        ),
        ("1e1001", SHAPELESS),
        (
            "1e-1000",
            f"{PRICE} = 1E-1000 : un montant en euros a deux décimales au plus. "
            "Remède : arrondir au centime, comme le fait l'acte.",
        ),
        ("1e-1001", SHAPELESS),
        (
            str(2**63 - 1),
            f"{PRICE} = 9223372036854775807 : un prix ne dépasse pas un million d'euros. "
            "Remède : vérifier le montant : il manque peut-être un point.",
        ),
        (
            str(2**63),
            f"{PRICE} = 0x8000000000000000 : ce nombre est démesuré. Remède : enlever les chiffres de trop.",
        ),
        ("-inf", f"{PRICE} = -inf : {NO_EUROS}"),
        (f'"{"z" * 120}"', f'{PRICE} = "{"z" * 120}" : {NO_EUROS}'),
        (f'"{"z" * 121}"', f'{PRICE} = "{"z" * 119}…" : {NO_EUROS}'),
        (r'"a\u202eb\u0085c"', f'{PRICE} = "a b c" : {NO_EUROS}'),
    ],
)
def test_a_price_beyond_all_prices_is_told_where_it_stands_as_long_as_it_can_be(written: str, words: str) -> None:
    assert said(priced(written)) == [words]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"é è" = 1', f'services.domain."é è" = 1 : {NO_SUCH_KEY}'),
        ('"" = 2', f'services.domain."" = 2 : {NO_SUCH_KEY}'),
        (f"{'k' * 120} = 1", f"services.domain.{'k' * 120} = 1 : {NO_SUCH_KEY}"),
        (f"{'k' * 121} = 1", f'services.domain."{"k" * 119}…" = 1 : {NO_SUCH_KEY}'),
        ("x = [[[]]]", f"services.domain.x : {NO_SUCH_KEY}"),
        ("amount = 3", f"services.domain.amount = 3 : {NO_SUCH_KEY}"),
    ],
)
def test_a_key_is_told_as_the_file_writes_it(line: str, words: str) -> None:
    assert said(beside_a_label(line)) == [words]


@pytest.mark.parametrize(
    ("find", "replace", "words"),
    [
        (
            'requires = "backups"', 'requires = " "',
            'services.backup.items.extra_storage_go.requires = "" : il n\'y a rien entre les guillemets. '
            "Remède : y écrire les mots qui manquent.",
        ),
        (
            'requires = "backups"', 'requires = "zzz"',
            'services.backup.items.extra_storage_go.requires = "zzz" : aucun service ne propose rien de ce nom. '
            "Remède : écrire le nom d'un service proposé.",
        ),
        (
            'certificates_cdg_1y     = { label = "Certificat de 1 an, remis au CDG",  unit = "certificat", '
            'units = "certificats", term_years = 1', 'certificates_cdg_1y     = { label = "Certificat de 1 an, remis '
            'au CDG",  unit = "certificat", units = "certificats", term_years = true',
            "services.certificate.items.certificates_cdg_1y.term_years = true : il faut un nombre entier d'années. "
            "Remède : l'écrire en chiffres, sans guillemets ni point.",
        ),
        (
            "at_least = { antivirus_devices = 21 }", "at_least = {}",
            "readings.R10.touches.at_least : ce point ne concernerait jamais personne. "
            "Remède : y mettre au moins une quantité.",
        ),
        (
            "at_least = { antivirus_devices = 21 }", "at_least = { antivirus_devices = 0 }",
            "readings.R10.touches.at_least.antivirus_devices = 0 : il faut un nombre entier à partir de 1. "
            "Remède : écrire un nombre entier à partir de 1, en chiffres et sans guillemets.",
        ),
        (
            'label  = "Nom de domaine"', 'label  = "{item} {x}"',
            'services.domain.label = "{item} {x}" : entre accolades, seul {item} est remplacé. '
            "Remède : écrire {item}, ou enlever l'accolade.",
        ),
        (
            '"categories.rule" = "agents"', '"categories.rule" = "x"',
            'readings.R12.alternatives[2].changes."categories.rule" = "x" : avec ce changement, le tarif ne se lit '
            'plus : cette valeur n\'est pas prévue. Remède : écrire "higher", "inhabitants" ou "agents".',
        ),
    ],
)  # fmt: skip
def test_other_slips_are_answered_in_these_words(find: str, replace: str, words: str) -> None:
    assert said(changed((find, replace), text=act_for([words]))) == [words]


def test_what_is_counted_is_named_in_words() -> None:
    assert said(changed(('of     = ["domains"]', 'of     = ["domains", 3]'), text=WITHOUT_READINGS)) == [
        'services.domain.charges.subscription.of[2] = 3 : il faut des mots. Remède : les écrire entre guillemets "…".'
    ]


@pytest.mark.parametrize(("name", "named"), [("J", True), ("J123", True), ("J1234", False), ("j", False), ("é", False)])
def test_a_category_is_named_by_a_letter(name: str, named: bool) -> None:
    lines = said(changed(('name = "I"', f'name = "{name}"'), text=WITHOUT_READINGS))
    words = "une catégorie se nomme par une lettre. Remède : lui donner une lettre, comme dans l'acte."
    assert (f'categories.beyond.name = "{name}" : {words}' in lines) != named


@pytest.mark.parametrize(("depth", "shapeless"), [(1, False), (MAX_DEPTH - 1, False), (MAX_DEPTH, True)])
def test_tables_and_lists_stand_within_each_other_so_many_times_at_the_most(depth: int, shapeless: bool) -> None:
    assert (said(f"x = {'[' * depth}{']' * depth}\n") == [SHAPELESS]) == shapeless
    assert (said(f"[{'.'.join('x' * depth)}]\ny = 1\n") == [SHAPELESS]) == shapeless


@pytest.mark.parametrize(("slips", "told"), [(1, 1), (MAX_FAULTS - 1, MAX_FAULTS - 1), (MAX_FAULTS, MAX_FAULTS)])
def test_so_many_faults_are_told_at_the_most(slips: int, told: int) -> None:
    lines = said("".join(f"k{rank} = 1\n" for rank in range(slips)) + WITHOUT_READINGS)
    assert lines == [f"k{rank} = 1 : {NO_SUCH_KEY}" for rank in range(told)]
    one_more = said("".join(f"k{rank} = 1\n" for rank in range(slips + 1)) + WITHOUT_READINGS)
    assert len(one_more) == min(slips + 1, MAX_FAULTS)
