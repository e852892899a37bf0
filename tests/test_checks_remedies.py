"""What a tariff's keeper reads of the rarer slips, word for word: no line wrong, none twice, none left out."""

import pytest

from pricing import checks
from pricing.checks import MAX_FAULTS, Fault, read
from tests.test_catalogue import ADOPTED, FILE, changed
from tests.test_checks_words import NO_EUROS, NO_SUCH_KEY, NOT_TOML, WITHOUT_READINGS, beside_a_label, said

ONE_READING = WITHOUT_READINGS.removesuffix("[readings]\n") + ADOPTED[
    ADOPTED.index("[readings.R12]") : ADOPTED.index("[readings.R13]")
]  # fmt: skip
"""The act with one of its points to confirm, the category's rule."""

LABEL = 'label  = "Nom de domaine"'
PRICE = "amount = 15 }"
OF = 'of     = ["domains"]'
ONLY_WITH = 'only_with = "antivirus_intervention"'
NOTHING = "il n'y a rien entre les guillemets. Remède : y écrire les mots qui manquent."
MISSING = "cette clé manque. Remède : l'ajouter, comme dans le tarif précédent."
NOT_COUNTED = (
    "n'a pas de prix. Remède : l'ajouter au « of » d'un tarif ; s'il n'a plus de prix, écrire un prix « on_quote »."
)
INTERVENTION = f"services.antivirus.items.antivirus_intervention : « antivirus_intervention » {NOT_COUNTED}"
NO_TABLE = "il faut un tableau de clés. Remède : l'écrire comme dans le tarif précédent."


def instead_of(name: str) -> str:
    return f"cette clé n'existe pas. Remède : écrire « {name} », ou l'enlever."


SLIPS: dict[str, tuple[str, str, list[str]]] = {
    "the price under its kind's name": (
        PRICE, "per_unit = 15 }",
        [
            f"services.domain.charges.subscription.price.amount : {MISSING}",
            f"services.domain.charges.subscription.price.per_unit = 15 : {instead_of('unit')}",
        ],
    ),
    "what is beyond under its kind's name": (
        "size         = 20", "blocks = 20",
        [
            f"services.mailbox.charges.support.price.beyond.size : {MISSING}",
            f"services.mailbox.charges.support.price.beyond.blocks = 20 : {NO_SUCH_KEY}",
        ],
    ),
    "a key that only its own kind of price has": (
        PRICE, "amount = 15, amounts = { A = 1 } }",
        [f"services.domain.charges.subscription.price.amounts : {NO_SUCH_KEY}"],
    ),
    "a negative number of years": (
        "term_years = 2, help = \"Une clé par personne qui signe ; elle", "term_years = -2, help = \"Une clé ; elle",
        [
            "services.certificate.items.certificates_cdg_2y.term_years = -2 : ce nombre est négatif. "
            "Remède : l'écrire sans signe moins.",
        ],
    ),
    "an empty price": (
        PRICE, 'amount = "" }',
        [f'services.domain.charges.subscription.price.amount = "" : {NOTHING}'],
    ),
    "blanks for what must be ticked": (
        ONLY_WITH, 'only_with = " "',
        [f'services.antivirus.charges.setup.only_with = "" : {NOTHING}', INTERVENTION],
    ),
    "nothing for what must be ticked": (ONLY_WITH, 'only_with = ""', [INTERVENTION]),
    "a number for what must be ticked": (
        ONLY_WITH, "only_with = 3",
        [
            "services.antivirus.charges.setup.only_with = 3 : il faut des mots. "
            'Remède : les écrire entre guillemets "…".',
            INTERVENTION,
        ],
    ),
    "a name unlike any that is counted": (
        OF, 'of     = ["zzz"]',
        [
            'services.domain.charges.subscription.of[1] = "zzz" : ce service ne propose rien de ce nom. '
            "Remède : écrire un nom des « items » de ce service, ou l'y ajouter.",
            f"services.domain.items.domains : « domains » {NOT_COUNTED}",
        ],
    ),
    "nothing that is counted": (
        OF, "of     = []",
        [
            "services.domain.charges.subscription.of : cette liste est vide. "
            "Remède : y mettre au moins une valeur.",
        ],
    ),
    "a word for the list of what is counted": (
        OF, 'of     = "domains"',
        [
            'services.domain.charges.subscription.of = "domains" : il faut une liste. '
            "Remède : l'écrire entre crochets [ … ].",
        ],
    ),
    "a category in a small letter": (
        "H = { inhabitants", "h = { inhabitants",
        [
            'categories.up_to.h = "h" : une catégorie se nomme par une lettre. '
            "Remède : lui donner une lettre, comme dans l'acte.",
            'categories.beyond.name = "I" : cette catégorie ne vient pas après la catégorie h. '
            "Remède : lui donner une lettre qui suit h.",
        ],
    ),
    "a number for the open category": (
        'name = "I"', "name = 5",
        ['categories.beyond.name = 5 : il faut des mots. Remède : les écrire entre guillemets "…".'],
    ),
    "no bounded categories": (
        "[categories.up_to]", "[categories.bounds]",
        [f"categories.up_to : {MISSING}", f"categories.bounds : {instead_of('bands')}"],
    ),
    "no open category": (
        "[categories.beyond]", "[categories.above]",
        [
            "categories.beyond : cette clé manque. Remède : dire ce qui vaut au-delà de la dernière borne : "
            "la dernière tranche reste toujours ouverte.",
            f"categories.above : {instead_of('label')}",
        ],
    ),
    "one price for all categories": (
        'kind = "by_category"\n\n[services.demarches.charges.setup.price.amounts]',
        'kind = "by_category"\namounts = 5\n\n[services.demarches.charges.setup.price.prices]',
        [
            f"services.demarches.charges.setup.price.amounts = 5 : {NO_TABLE}",
            f"services.demarches.charges.setup.price.prices : {instead_of('price')}",
        ],
    ),
    "a category's price in figures and letters": (
        "F = 400", 'F = "400 €"',
        [f'services.demarches.charges.support.price.amounts.F = "400 €" : {NO_EUROS}'],
    ),
    "a key of two words, one of them with an accent": (
        LABEL, 'libellé "court" = "Domaine"',
        [
            "ligne 104, « libellé \"court\" = \"Domaine\" » : cette clé n'existe pas. "
            "Remède : écrire une clé du tarif précédent ; aucune n'a d'accent.",
        ],
    ),
    "a table that is added to once it is closed": (
        "cdg   = {", 'fibre.phone = "03"\ncdg   = {',
        ["ligne 21, « fibre.phone = \"03\" » : cette clé est écrite deux fois. Remède : n'en garder qu'une."],
    ),
    "French quotation marks in a remark": (
        LABEL, "label = Domaine # et non « Nom »", [f"ligne 104, « label = Domaine # et non « Nom » » : {NOT_TOML}"],
    ),
    "a straight quotation mark in a remark": (
        LABEL, 'label = Écran # de 24"', [f"ligne 104, « label = Écran # de 24\" » : {NOT_TOML}"],
    ),
    "a comma between figures in a remark": (
        LABEL, "label = Domaine # 10,50 €", [f"ligne 104, « label = Domaine # 10,50 € » : {NOT_TOML}"],
    ),
}  # fmt: skip
"""What is replaced in the act, by what, and every line that is said, after the file's name."""


@pytest.mark.parametrize("slip", SLIPS)
def test_a_rarer_slip_is_answered_in_these_words(slip: str) -> None:
    find, replace, lines = SLIPS[slip]
    assert said(changed((find, replace), text=WITHOUT_READINGS)) == lines


def test_what_requires_nothing_may_say_so() -> None:
    assert read(changed(('requires = "backups"', 'requires = ""'), text=WITHOUT_READINGS).encode(), FILE)


def test_an_empty_file_lacks_its_keys_and_no_more() -> None:
    keys = ("adopted", "in_force_from", "title", "body", "payees", "categories", "services", "readings")
    assert said("") == [f"{key} : {MISSING}" for key in keys]


def test_a_file_that_stops_too_soon_is_answered_at_its_last_line_even_an_empty_one() -> None:
    assert said("adopted = [\n") == [f"ligne 2 : {NOT_TOML}"]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("structure = 1", "écrire « structures », ou l'enlever"),
        ("structures = 1", "la corriger ou l'enlever"),
        ("bands = 1", "la corriger ou l'enlever"),
        ("band = 1", "écrire « bands », ou l'enlever"),
        ('"label " = 1', "écrire « label », ou l'enlever"),
        ("zzz = 1", "la corriger ou l'enlever"),
    ],
)
def test_a_key_that_is_not_there_is_answered_with_the_one_most_like_it(line: str, remedy: str) -> None:
    (answer,) = said(beside_a_label(line))
    assert answer.endswith(f" : cette clé n'existe pas. Remède : {remedy}.")


READINGS: dict[str, tuple[str, list[str]]] = {
    "a fault within the table that is changed": (
        '"categories.beyond" = { name = "I" }',
        [f'."categories.beyond" : avec ce changement, le tarif ne se lit plus : {MISSING}'],
    ),
    "a fault within the list that is changed": (
        '"categories.structures" = ["communes"]',
        [
            '."categories.structures" : avec ce changement, le tarif ne se lit plus : cette valeur n\'est pas prévue. '
            'Remède : écrire "commune", "epci" ou "other".',
        ],
    ),
    "the same fault in several places, none of them changed": (
        '"categories.beyond.name" = "J"',
        [
            " : avec ce changement, le tarif ne se lit plus : cette catégorie n'a pas de prix. "
            'Remède : ajouter la ligne J = …, en euros, ou J = "on_quote".',
            " : avec ce changement, le tarif ne se lit plus : cette catégorie n'existe pas. "
            "Remède : l'enlever, ou ajouter la catégorie à [categories.up_to].",
        ],
    ),
    "a change without a path, and a fault that is in no place changed": (
        '"" = 1\n"categories.beyond.name" = "J"',
        [
            '."" = 1 : cette lecture change une valeur qui n\'existe pas. '
            "Remède : écrire le chemin d'une valeur de ce fichier, comme services.mailbox.charges.setup.payee.",
            " : avec ce changement, le tarif ne se lit plus : cette catégorie n'a pas de prix. "
            'Remède : ajouter la ligne J = …, en euros, ou J = "on_quote".',
            " : avec ce changement, le tarif ne se lit plus : cette catégorie n'existe pas. "
            "Remède : l'enlever, ou ajouter la catégorie à [categories.up_to].",
        ],
    ),
    "a path almost that of a list": (
        '"categories.structure" = ["epci"]',
        [
            '."categories.structure" : cette lecture change une valeur qui n\'existe pas. '
            "Remède : écrire le chemin d'une valeur de ce fichier, comme categories.structures.",
        ],
    ),
    "a path almost that of a reading": (
        '"readings.R12.questio" = "x"',
        [
            '."readings.R12.questio" = "x" : cette lecture change une valeur qui n\'existe pas. '
            "Remède : écrire le chemin d'une valeur de ce fichier, comme services.mailbox.charges.setup.payee.",
        ],
    ),
    "a path into a word": (
        '"categories.rule.h" = "x"',
        [
            '."categories.rule.h" = "x" : cette lecture change une valeur qui n\'existe pas. '
            "Remède : écrire le chemin d'une valeur de ce fichier, comme categories.rule.",
        ],
    ),
    "a good change, a path that is not there and a bad value": (
        '"categories.rule" = "agents"\nzzz = 1\n"payees.fibre.label" = 5',
        [
            ".zzz = 1 : cette lecture change une valeur qui n'existe pas. "
            "Remède : écrire le chemin d'une valeur de ce fichier, comme services.mailbox.charges.setup.payee.",
            '."payees.fibre.label" = 5 : avec ce changement, le tarif ne se lit plus : il faut des mots. '
            'Remède : les écrire entre guillemets "…".',
        ],
    ),
}
"""What an alternative changes, and every line that is said, after the file's name and the changes' place."""


@pytest.mark.parametrize("slip", READINGS)
def test_a_change_that_cannot_be_read_is_answered_in_these_words(slip: str) -> None:
    replace, lines = READINGS[slip]
    place = "readings.R12.alternatives[2].changes"
    assert said(changed(('"categories.rule" = "agents"', replace), text=ONE_READING)) == [
        place + line for line in lines
    ]


@pytest.mark.parametrize(
    ("touches", "lines"),
    [
        (
            "at_least = { zzz = 1 }",
            [
                ".at_least.zzz = 1 : « zzz » n'est pas un service que la page sait demander. "
                "Remède : corriger son nom, ou faire ajouter le service à la page par un développeur.",
            ],
        ),
        (
            "at_least = { domain = 1 }",
            [
                ".at_least.domain = 1 : « domain » n'est pas un service que la page sait demander. "
                "Remède : écrire « domains », ou l'enlever.",
            ],
        ),
        (
            "at_least = {}",
            [
                ".at_least : ce point ne concernerait jamais personne. "
                "Remède : y mettre au moins une quantité.",
            ],
        ),
        ("at_least = 21", [f".at_least = 21 : {NO_TABLE}"]),
        ("quantity = 21", [f".at_least : {MISSING}", f".quantity = 21 : {instead_of('unit')}"]),
    ],
)  # fmt: skip
def test_a_point_to_confirm_that_waits_for_no_quantity_is_answered_in_these_words(
    touches: str, lines: list[str]
) -> None:
    text = changed(('{ kind = "difference" }', f'{{ kind = "quantity", {touches} }}'), text=ONE_READING)
    assert said(text) == [f"readings.R12.touches{line}" for line in lines]


@pytest.mark.parametrize(("each", "blanks"), [(MAX_FAULTS // 2, MAX_FAULTS // 2), (60, MAX_FAULTS - 60)])
def test_so_many_faults_are_told_at_the_most_of_whatever_sort(each: int, blanks: int) -> None:
    lines = said("".join(f"k{rank} = 1\nx{rank} = ' '\n" for rank in range(each)) + WITHOUT_READINGS)
    keys = [f"k{rank} = 1 : {NO_SUCH_KEY}" for rank in range(each)]
    assert lines == keys + [f'x{rank} = "" : {NOTHING}' for rank in range(blanks)]


def test_a_fault_without_words_of_its_own_is_told_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later pydantic may find what this one doesn't."""
    monkeypatch.setattr(checks, "_PROBLEMS", {})
    assert said(changed((LABEL, "label = 15"), text=WITHOUT_READINGS)) == [
        "services.domain.label = 15 : cette valeur n'est pas acceptée. Remède : l'écrire comme dans le tarif précédent."
    ]


def test_what_turns_round_or_breaks_a_line_is_a_blank_wherever_it_stands() -> None:
    fault = Fault("a\x1b.toml", "k\u202e", "v\u2028", "p\x00", "r\x7f")
    assert str(fault) == "a .toml, k  = v  : p . Remède : r ."


def test_a_fault_of_the_file_as_a_whole_names_the_file_alone() -> None:
    assert str(Fault("a.toml", "", "", "p", "r")) == "a.toml : p. Remède : r."
