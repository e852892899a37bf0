"""Words quoted from an act, and texts of its points, beside its values: each that says another number is refused."""

import pytest

from tests.test_new_act import PREFIX, VAULT, act, refused


@pytest.mark.parametrize(
    ("before", "after", "key", "problem"),
    [
        (
            "{ up_to =  2, price =  25 }", "{ up_to =  3, price =  25 }",
            "services.mailbox.charges.support.source.text", f"{PREFIX} « 2 », que le tarif ne dit pas",
        ),
        (
            "size         = 20", "size         = 25",
            "services.mailbox.charges.support.source.text",
            "ces mots de l'acte ne disent pas « 25 », que dit le tarif",
        ),
        (
            "limit  = { up_to = 100", "limit  = { up_to = 120",
            "services.backup.charges.extra_storage.source.text",
            "ces mots de l'acte ne disent pas « 120 », que dit le tarif",
        ),
        (
            "Pour la durée 3 ans, remise au CDG 90 € Inclus".removeprefix("Pour la durée "),
            "3 ans, remise au CDG Inclus",
            "services.certificate.charges.cdg.source.text",
            "ces mots de l'acte ne disent pas « 90,00\u00a0€ », que dit le tarif",
        ),
        (
            'text = "Nom de domaine 15 €', 'text = "Nom de domaine 15 € 3 €',
            "services.domain.charges.subscription.source.text", f"{PREFIX} 3,00\u00a0€, que le tarif ne dit pas",
        ),
        (
            "I plus de 100 000 hab.", "I plus de 90 000 hab.",
            "grids.demarches.beyond.text", f"{PREFIX} « 90\u00a0000 », que ces bornes ne disent pas",
        ),
        (
            "La tranche parle de « comptes », sans dire lesquels.", "La tranche de 20 comptes ne dit pas lesquels.",
            "readings.R3.because", "« 20 » est écrit en chiffres : il ne suivrait pas le tarif",
        ),
        (
            'label = "En catégorie B."', 'label = "En catégorie B, dès 999."',
            "readings.R11.alternatives[1].label", "« 999 » est écrit en chiffres : il ne suivrait pas le tarif",
        ),
        (
            "sur devis au-delà de {services.antivirus.charges.setup.price.bands.last.up_to} ordinateurs",
            "sur devis au-delà de 20 ordinateurs",
            "services.antivirus.charges.setup.price.beyond.why",
            "« 20 » est écrit en chiffres : il ne suivrait pas le tarif",
        ),
    ],
    ids=["band", "block", "limit", "price left out", "price too many", "open category", "reading", "label", "on quote"],
)  # fmt: skip
def test_a_text_with_another_number_than_the_values_beside_it_is_refused(
    before: str, after: str, key: str, problem: str
) -> None:
    assert (key, problem) in [fault[1:] for fault in refused(act((before, after)), "2024-03-26.toml")]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ((), {"vault": "ces mots de l'acte sont ceux que cite « services.domain »"}),
        (
            [('amount = 15 }\nsource = { row = "Coffre', 'amount = 9 }\nsource = { row = "Coffre')],
            {"vault": f"{PREFIX} 15,00\u00a0€ là où le tarif dit 9,00\u00a0€"},
        ),
        (
            [
                ('amount = 15 }\nsource = { row = "Nom', 'amount = 7 }\nsource = { row = "Nom'),
                ('amount = 15 }\nsource = { row = "Coffre', 'amount = 9 }\nsource = { row = "Coffre'),
            ],
            {"domain": f"{PREFIX} 15,00\u00a0€ là où le tarif dit 7,00\u00a0€"},
        ),
    ],
    ids=["same price", "other price", "both changed"],
)
def test_a_new_service_with_the_words_of_the_one_it_was_copied_from_is_told(
    changes: list[tuple[str, str]], told: dict[str, str]
) -> None:
    text = act(("\n[services.web_page]\n", VAULT), *changes)
    assert {key.split(".")[1]: problem for _, key, problem in refused(text, "2024-03-26.toml")} == told
