"""A link broken on the way opens all the same: what can be read is kept, what can't is said, nothing is executed."""

import pytest
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, Screen

ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def warning(screen: Screen) -> Locator:
    return screen.page.get_by_role("alert").filter(has_text="Une partie du lien n'a pas pu être lue")


@pytest.mark.parametrize(
    "broken",
    [
        {"messagerie-illimitee": "abc", "pages": "99999999999", "cles-cdg-1an": "1e999"},
        {"cles-cdg-2ans": "inf", "cles-site-1an": "-5", "cles-site-2ans": "1" * 400},
        {"intervention": "peut-être", "commune": "99999x", "inconnu": "1"},
        {"vue": ATTACK, ATTACK: ATTACK, "tarif": "2024-13-45", "scenario": "n'importe quoi"},
    ],
    ids=["not-numbers", "beyond-all-numbers", "not-choices", "attacks"],
)
def test_what_is_broken_is_said_in_one_sentence_and_the_rest_is_kept(screen: Screen, broken: dict[str, str]) -> None:
    screen.open({**EXAMPLE, **broken})
    screen.expect_example()
    expect(warning(screen)).to_have_count(1)
    for name in broken:  # fewer than what is told at the most
        expect(warning(screen)).to_contain_text(name[:20])
    expect(warning(screen)).to_contain_text("Tout le reste est repris.")
    expect(screen.page.get_by_test_id("stException")).to_have_count(0)
    expect(screen.page.locator("img[src=x]")).to_have_count(0)


def test_everything_broken_at_once_is_one_sentence(screen: Screen) -> None:
    broken = [
        ("habitants", "inf"),
        ("habitants", "1250"),
        ("agents", "1e999"),
        ("messagerie-5go", "-4"),
        ("domaines", ATTACK),
        ("sauvegardes", "1"),
        ("antivirus", "trois"),
        ("type", "royaume"),
        ("tarif", "hier"),
        ("scenario", f"5go-4~{ATTACK}"),
    ]
    screen.open(broken)
    # A backup alone: 190 of set-up, 513 a year.
    screen.expect_figures("703,00 €", "513,00 €", "3 268,00 €")
    expect(warning(screen)).to_have_count(1)
    expect(warning(screen)).to_contain_text("habitants")
    expect(screen.number("inhabitants")).to_have_value("1250")
    screen.section("Comparer")
    screen.expect_parameter("scenario", f"5go-4~{ATTACK}")
    expect(screen.page.locator("img[src=x]")).to_have_count(0)


def test_five_hundred_unknown_parameters_leave_the_answer_in_sight(screen: Screen) -> None:
    screen.open([*EXAMPLE.items(), *((f"p{rank}", "x" * 10) for rank in range(500))])
    screen.expect_example()
    expect(warning(screen)).to_have_count(1)
    assert not screen.outside(screen.figures)


def test_the_warning_goes_once_the_page_is_opened_from_its_own_link(screen: Screen) -> None:
    screen.open({**EXAMPLE, "inconnu": "1"})
    expect(warning(screen)).to_have_count(1)
    screen.page.reload()
    screen.expect_example()
    expect(warning(screen)).to_have_count(0)
