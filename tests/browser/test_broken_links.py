"""A link damaged on its way opens all the same: what can be read is kept, the rest is reported, nothing is executed."""

from playwright.sync_api import Locator, expect
from screen import EXAMPLE, Screen

ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def warning(screen: Screen) -> Locator:
    return screen.page.get_by_role("alert").filter(has_text="Une partie du lien n'a pas pu être lue")


def test_many_faults_of_a_link_are_one_sentence(screen: Screen) -> None:
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


def test_five_hundred_unknown_parameters_leave_the_answer_visible(screen: Screen) -> None:
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
