"""Check of the draft's template: a slip made in Word is reported in French, with its place and its remedy."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from pricing import Tariff
from pricing.__main__ import main
from pricing.catalogue import DELIBERATION
from tests.french import plain
from tests.reports.documents import Simulation
from views.reports.deliberation import fields
from views.reports.deliberation_check import FIELDS, LISTS, faults


def test_the_template_has_no_fault_and_uses_every_field(tariff: Tariff) -> None:
    assert faults(DELIBERATION.read_bytes(), DELIBERATION.name) == ()
    given = fields(Simulation().handout(tariff))
    assert {*given, "lien"} == {name for name in [*FIELDS, *sum(LISTS.values(), ())] if "." not in name}


SLIPS = """
{{ acte }} → {{ akte }} → « Vu {{ akte }} ; » = akte : ce champ n'existe pas. Remède : écrire acte.
{{ acte }} → {{ xyz }} → = xyz : ce champ n'existe pas. Remède : choisir parmi acte, assemblee
{{ ligne.quand }} → {{ ligne.qand }} → = ligne.qand : ce champ n'existe pas. Remède : écrire ligne.quand.
{%p for texte in points %} → {%p for texte in point %} → = point : ce champ n'existe pas. Remède : écrire points.
{{ acte }} → l'acte → x.docx = acte : ce champ manque. Remède : écrire {{ acte }} là où il doit paraître.
{{ note }} → une note → x.docx = note : ce champ manque. Remède : écrire {{ note }} là où il doit paraître.
{{r lien }} → ici → x.docx = lien : ce champ manque. Remède : écrire {{r lien }} là où il doit paraître.
{{r lien }} → {{ lien }} → = {{ lien }} : ce champ n'est pas écrit comme il faut. Remède : écrire {{r lien }}.
{{ nom }} → {{r nom }} → = {{r nom }} : ce champ n'est pas écrit comme il faut. Remède : écrire {{ nom }}.
{{ acte }} → {{ acte }}{%p if note %} → = {%p if note %} : cette balise n'est pas seule. Remède : la mettre seule dans
{%p else %} → {% else %} → = {% else %} : cette balise n'est pas celle de la condition ouverte. Remède : écrire {%p else
{{ acte }} → acte }} → « Vu acte }} ; » : une accolade est seule. Remède : écrire un champ entre deux accolades
{{ acte }} → { acte }} → « Vu { acte }} ; » : une accolade est seule. Remède : écrire un champ entre deux accolades
{{ acte }} → {% if note %}{{ acte }} → = {% if note %} : cette balise n'est pas fermée. Remède : ajouter {% endif %}
{%tr endfor %} → fin → = {%p endif %} : cette balise ne ferme pas {%tr for montant in montants %}. Remède : écrire {%tr
{%p endfor %} → {%tr endfor %} → = {%tr endfor %} : cette balise ne ferme pas {%p for organisme in organismes %}. Remède
{{ acte }} → {% endif %}{{ acte }} → = {% endif %} : cette balise ne ferme rien. Remède : l'enlever.
{{ nom }} → {{ nom }} {{ ligne.tarif }} → = ligne.tarif : ce champ est en dehors de sa liste. Remède : l'écrire entre
{{ nom }} → {{ nom nom }} → x.docx : ce modèle ne peut pas être rempli. Remède : reprendre le modèle précédent
""".strip().splitlines()
"""Text of the template, the slip made in it, and the answer to it."""


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_template_is_reported_with_its_place_and_remedy(slip: str) -> None:
    written, instead, told = slip.split(" → ")
    template = Document(str(DELIBERATION))
    text = next(each for each in template.element.iter(qn("w:t")) if written in (each.text or ""))
    text.text = (text.text or "").replace(written, instead)
    template.save(saved := BytesIO())
    assert told in plain("\n".join(map(str, faults(saved.getvalue(), "x.docx"))))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>"])
def test_a_file_that_is_not_from_word_is_reported(content: bytes) -> None:
    assert [fault.problem for fault in faults(content, "x.docx")] == ["ce fichier n'est pas un document Word"]


def test_the_command_checks_the_template_like_a_tariff_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.docx").write_bytes(b"x")
    assert main([str(DELIBERATION)]) == 0
    assert main(["x.docx", "absent.docx"]) == 1
    good, broken, absent = capsys.readouterr().out.splitlines()
    assert good == "projet-de-deliberation.docx : aucun défaut."
    assert broken.startswith("x.docx : ce fichier n'est pas un document Word. Remède : l'enregistrer depuis Word")
    assert "absent.docx : ce fichier ne peut pas être lu. Remède : vérifier son nom" in absent
