"""Check files of data/ for their keeper, in French: ``python -m pricing data/tariffs/2027-01-01.toml``.

Without a name, check all files of data/ that the page reads.
"""

import sys
from functools import partial
from pathlib import Path

from pricing.catalogue import (
    DELIBERATION,
    FOLDER,
    communes,
    content,
    load,
    open_file,
    proposals,
    same_day,
    service_words,
)
from pricing.changes import changes, doubts
from pricing.faults import FaultyFileError
from pricing.tariff import Tariff

HELP = """Contrôle des données du simulateur.

  python -m pricing                                      tout le dossier data/
  python -m pricing data/tariffs/2027-01-15.toml         un tarif, et ce qu'il change
  python -m pricing data/projet-de-deliberation.docx     le modèle du projet de délibération

Sous Windows : .venv\\Scripts\\python -m pricing data\\tariffs\\2027-01-15.toml
La réponse dit s'il y a un défaut, à quelle ligne, et quoi faire."""
"""Answer to ``--help``, in French."""


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Check the files or folders named, or all of data/; print in French what is wrong. Returns the exit status."""
    if {"-h", "--help", "/?"} & set(arguments):
        print(HELP)
        return 0
    checks = [
        partial(_draft, path) if path.suffix.lower() == ".docx" else partial(_tariffs, path, folder)
        for path in map(Path, arguments)
    ]
    status = 0
    for check in checks or [
        partial(_tariffs, folder, folder),
        _communes,
        _proposals,
        _service_words,
        partial(_draft, DELIBERATION),
    ]:
        try:
            print(check())
        except FaultyFileError as error:
            print(error)
            status = 1
    return status


def _tariffs(path: Path, folder: Path) -> str:
    """Return the answer on a tariff, or on each of a folder, that has no fault. Raises FaultyFileError."""
    if path.is_dir():
        return "\n".join(map(_sound, load(path).tariffs))
    tariff, before = _beside_the_others(path, folder)
    parts = [_sound(tariff)]
    if before and (changed := list(changes(before, tariff))):
        parts.append(_list(f"Ce que cet acte change par rapport à celui du {before.adopted:%d/%m/%Y}", changed))
    if asked := list(doubts(before, tariff)):
        parts.append(_list("À vérifier", asked))
    return "\n".join(parts)


def _sound(tariff: Tariff) -> str:
    charges = sum(len(service.charges) for service in tariff.services.values())
    return (
        f"{tariff.adopted}.toml : aucun défaut ({charges} tarifs, {len(tariff.readings)} points à confirmer), "
        f"en vigueur dès le {tariff.in_force_from:%d/%m/%Y}."
    )


def _list(title: str, lines: list[str]) -> str:
    return "\n".join([f"{title} :", *(f"- {line}" for line in lines)])


def _communes() -> str:
    return f"communes.csv : aucun défaut ({len(communes())} communes)."


def _proposals() -> str:
    return f"proposals.toml : aucun défaut ({len(proposals().acts)} acte)."


def _service_words() -> str:
    return f"services.toml : aucun défaut ({len(service_words().help)} services)."


def _draft(template: Path) -> str:
    """Return a line that says the draft's template has no fault. Raises FaultyFileError."""
    from views.reports.deliberation_check import faults  # here only, since it imports all that Word files need

    if found := faults(content(template), template.name):
        raise FaultyFileError(found)
    return f"{template.name} : aucun défaut."


def _beside_the_others(file: Path, folder: Path) -> tuple[Tariff, Tariff | None]:
    """Read a file as it would be once it is in the folder, with the tariff it replaces. Raises FaultyFileError."""
    tariff = open_file(file)
    others = {other.name: open_file(other) for other in sorted(folder.glob("*.toml")) if other.name != file.name}
    if found := tuple(same_day(others | {file.name: tariff})):
        raise FaultyFileError(found)
    earlier = [each for each in others.values() if each.in_force_from < tariff.in_force_from]
    return tariff, max(earlier, key=lambda each: each.in_force_from, default=None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
