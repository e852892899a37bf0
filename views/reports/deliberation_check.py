"""Check of the draft's template: each mistake of whoever edits it in Word, said in French.

``python -m views.reports.deliberation_check NAME < FILE`` is started by ``python -m pricing FILE``.
"""

import difflib
import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO

from docx import Document
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from pricing.faults import Fault
from views.reports.deliberation import render

FIELDS = (
    *("jour", "nom", "collectivite", "assemblee", "chef", "lieu", "acte", "devis", "categorie", "note", "ecart"),
    *("lien", "premiere_annee", "ensuite", "six_ans", "organisme.de", "service.nom"),
    *("montant.organisme", "montant.premiere_annee", "montant.ensuite", "montant.six_ans"),
    *("ligne.tarif", "ligne.calcul", "ligne.organisme", "ligne.quand", "ligne.montant"),
    *("non_compris", "sans_montant", "hypotheses", "points", "confirmes"),
)
"""Fields that a template can hold."""
LISTS = {
    "organisme": ("organismes",),
    "montant": ("montants",),
    "service": ("services",),
    "ligne": ("service.lignes",),
    "texte": ("non_compris", "sans_montant", "hypotheses", "points", "confirmes"),
}
"""Lists of each kind of entry."""
_NAMES = {*FIELDS, *LISTS, *(name for lists in LISTS.values() for name in lists)}
_SYNTAX = {"if", "elif", "else", "endif", "for", "in", "endfor", "not", "and", "or"}
_TAG = re.compile(
    r"\{(?P<kind>[{%])(?:(?P<around>p|tr|tc|r)\s)?\s*(?P<words>(?P<step>(?P<end>end)?(?:if|for)\b)?.*?)\s*[%}]\}"
)
"""A field, or a step such as ``{%p if note %}``; docxtpl removes the paragraph, row, cell or run around some."""
_NAME = re.compile(r"[^\W\d][\w.]*")
_QUOTED = re.compile("[\"'“‘].*?[\"'”’]")
_MOST_SHOWN = 60
"""Characters of a paragraph that are shown to tell its place."""
_Tags = Sequence[tuple[str, re.Match[str]]]
"""Tags, each with the text of its paragraph."""


def faults(content: bytes, file: str) -> tuple[Fault, ...]:
    """Return every fault found in a template; none where it can be filled in."""
    try:
        paragraphs = list(_paragraphs(content))
    except Exception:  # python-docx raises whatever it meets first
        remedy = "l'enregistrer depuis Word, au format « Document Word (.docx) »"
        return (Fault(file, "", "", "ce fichier n'est pas un document Word", remedy),)
    tags = [(text, tag) for text in paragraphs for tag in _TAG.finditer(text)]
    found = [*_broken(paragraphs, file), *_misspelt(tags, file)] or [*_unpaired(tags, file), *_missing(tags, file)]
    if not found and not (_renders(content, "x", ["x"]) and _renders(content, "", [])):
        remedy = "reprendre le modèle précédent et y refaire les changements un à un"
        found.append(Fault(file, "", "", "ce modèle ne peut pas être rempli", remedy))
    return tuple(dict.fromkeys(found))


def main(name: str, content: bytes) -> int:
    """Print every fault of a template, or that it has none. Return the exit status."""
    found = faults(content, name)
    print(*found or [f"{name} : aucun défaut."], sep="\n")
    return 1 if found else 0


def _paragraphs(content: bytes) -> Iterator[str]:
    """Yield the text of every paragraph that holds a brace: body, tables, headers and footers."""
    package = Document(BytesIO(content)).part.package
    assert package is not None
    for part in package.iter_parts():
        if isinstance(part, XmlPart):
            for paragraph in part.element.iter(qn("w:p")):
                text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
                if "{" in text or "}" in text:
                    yield text


def _names(tag: re.Match[str]) -> list[str]:
    """Return the fields, lists and entries that a tag names."""
    return [name for name in _NAME.findall(_QUOTED.sub("", tag["words"])) if name not in _SYNTAX]


def _fault(file: str, text: str, value: str, problem: str, remedy: str) -> Fault:
    shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
    return Fault(file, f"paragraphe « {shown} »", value, problem, remedy)


def _broken(paragraphs: Sequence[str], file: str) -> Iterator[Fault]:
    for text in paragraphs:
        if {"{", "}"} & set(_TAG.sub("", text)):
            remedy = "écrire un champ entre deux accolades, comme {{ nom }}"
            yield _fault(file, text, "", "une accolade est seule", remedy)


def _misspelt(tags: _Tags, file: str) -> Iterator[Fault]:
    for text, tag in tags:
        for name in _names(tag):
            if name not in _NAMES:
                near = difflib.get_close_matches(name, sorted(_NAMES), n=1)
                remedy = f"écrire {near[0]}" if near else f"choisir parmi {', '.join(sorted(_NAMES))}"
                yield _fault(file, text, name, "ce champ n'existe pas", remedy)
        wanted = f"{{{{{'r' if tag['words'] == 'lien' else ''} {tag['words']} }}}}"
        if tag["kind"] == "{" and wanted != f"{{{{{tag['around'] or ''} {tag['words']} }}}}":
            yield _fault(file, text, tag[0], "ce champ n'est pas écrit comme il faut", f"écrire {wanted}")
        if tag["kind"] == "%" and tag["around"] and text.strip() != tag[0]:
            # docxtpl removes the whole paragraph.
            yield _fault(file, text, tag[0], "cette balise n'est pas seule", "la mettre seule dans un paragraphe")


def _unpaired(tags: _Tags, file: str) -> Iterator[Fault]:
    """Yield the steps opened but not closed, those closed but not opened, and entries used outside of their list."""
    opened: list[tuple[str, str, re.Match[str]]] = []
    for text, tag in tags:
        step = f"{{%{tag['around'] or ''} {tag['step']} %}}"
        if tag["end"]:
            end, _, last = opened.pop() if opened else ("", "", None)
            if step != end:
                problem = f"cette balise ne ferme pas {last[0]}" if last else "cette balise ne ferme rien"
                yield _fault(file, text, tag[0], problem, f"écrire {end}" if last else "l'enlever")
                return
        elif tag["words"] == "else" and (not opened or opened[-1][2]["around"] != tag["around"]):
            problem = "cette balise n'est pas celle de la condition ouverte"
            remedy = f"écrire {{%{opened[-1][2]['around'] or ''} else %}}" if opened else "l'enlever"
            yield _fault(file, text, tag[0], problem, remedy)
        elif tag["step"]:
            opened.append((step.replace(" ", " end", 1), text, tag))
        entries = {name for _, _, each in opened if each["step"] == "for" for name in _names(each)[:1]}
        for name in _names(tag):
            if (entry := name.partition(".")[0]) in LISTS and entry not in entries:
                remedy = f"l'écrire entre {{% for {entry} in {LISTS[entry][0]} %}} et {{% endfor %}}"
                yield _fault(file, text, name, "ce champ est en dehors de sa liste", remedy)
    for end, text, tag in opened[-1:]:
        yield _fault(file, text, tag[0], "cette balise n'est pas fermée", f"ajouter {end} après ce qu'elle entoure")


def _missing(tags: _Tags, file: str) -> Iterator[Fault]:
    said = {name for _, tag in tags if tag["step"] != "if" for name in _names(tag)}
    for name in FIELDS:
        if name not in said:
            field = "{{r lien }}" if name == "lien" else f"{{{{ {name} }}}}"
            written = f"la liste {{%p for texte in {name} %}}" if name in LISTS["texte"] else field
            yield Fault(file, "", name, "ce champ manque", f"écrire {written} là où il doit paraître")


def _renders(content: bytes, value: str, entries: list[str]) -> bool:
    """Tell if a template can be filled in with the same value everywhere, and lists of as many entries."""
    entry: dict[str, object] = {name.partition(".")[2]: value for name in FIELDS}
    entry["lignes"] = [dict(entry) for _ in entries]
    values: dict[str, object] = {**dict.fromkeys(FIELDS, value), **dict.fromkeys(LISTS["texte"], entries)}
    values |= {name: [entry for _ in entries] for name in ("organismes", "montants", "services")}
    try:
        render(DocxTemplate(BytesIO(content)), values)
    except (TemplateError, AttributeError, TypeError, ValueError):
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdin.buffer.read()))
