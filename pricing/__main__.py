"""Check files of data/ for their keeper, in French: ``python -m pricing data/tariffs/2027-01-01.toml``.

Without a name, check all files of data/ that the page reads.
"""

import sys
from functools import partial
from pathlib import Path

from pricing.catalogue import DELIBERATION, FOLDER, communes, content, load, open_file, proposals, same_day
from pricing.faults import FaultyFileError
from pricing.tariff import Tariff


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Check the files or folders named, or all of data/; print in French what is wrong. Returns the exit status."""
    checks = [
        partial(_draft, path) if path.suffix.lower() == ".docx" else partial(_tariffs, path, folder)
        for path in map(Path, arguments)
    ]
    status = 0
    for check in checks or [partial(_tariffs, folder, folder), _communes, _proposals, partial(_draft, DELIBERATION)]:
        try:
            print(check())
        except FaultyFileError as error:
            print(error)
            status = 1
    return status


def _tariffs(path: Path, folder: Path) -> str:
    """Return a line for a tariff, or for each of a folder, that says it has no fault. Raises FaultyFileError."""
    tariffs = load(path).tariffs if path.is_dir() else (_beside_the_others(path, folder),)
    return "\n".join(
        f"{tariff.adopted}.toml : aucun défaut ("
        f"{sum(len(service.charges) for service in tariff.services.values())} tarifs, "
        f"{len(tariff.readings)} points à confirmer)."
        for tariff in tariffs
    )


def _communes() -> str:
    return f"communes.csv : aucun défaut ({len(communes())} communes)."


def _proposals() -> str:
    return f"proposals.toml : aucun défaut ({len(proposals().by_size) + 1} tailles)."


def _draft(template: Path) -> str:
    """Return a line that says the draft's template has no fault. Raises FaultyFileError."""
    from views.reports.deliberation_check import faults  # here only, since it imports all that Word files need

    if found := faults(content(template), template.name):
        raise FaultyFileError(found)
    return f"{template.name} : aucun défaut."


def _beside_the_others(file: Path, folder: Path) -> Tariff:
    """Read a file as it would be once it is in the folder, where no other may apply from the same day."""
    tariff = open_file(file)
    others = {other.name: other for other in sorted(folder.glob("*.toml")) if other.name != file.name}
    faults = same_day({name: open_file(other) for name, other in others.items()} | {file.name: tariff})
    if found := tuple(faults):
        raise FaultyFileError(found)
    return tariff


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
