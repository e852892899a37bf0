"""Check files of data/ for their keeper, in French: ``python -m pricing data/tariffs/2027-01-01.toml``.

Without a name, check all files of data/ that the page reads.
"""

import sys
from pathlib import Path

from pricing.catalogue import (
    COMMUNES,
    DELIBERATION,
    FOLDER,
    PROPOSALS,
    communes,
    content,
    load,
    open_file,
    proposals,
    same_day,
)
from pricing.faults import FaultyFileError
from pricing.tariff import Tariff


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Check the files or folders named, or all of data/; print in French what is wrong. Returns the exit status."""
    status = 0
    for path in map(Path, arguments or (folder, COMMUNES, PROPOSALS, DELIBERATION)):
        try:
            for line in _sound(path, folder):
                print(line)
        except FaultyFileError as error:
            print(error)
            status = 1
    return status


def _sound(path: Path, folder: Path) -> list[str]:
    """Return the lines that say a file, or each of a folder, has no fault. Raises FaultyFileError."""
    if path.suffix.lower() == ".docx":
        from views.reports.deliberation_check import faults  # here only, since it imports all that Word files need

        if found := faults(content(path), path.name):
            raise FaultyFileError(found)
        return [f"{path.name} : aucun défaut."]
    if path.name == COMMUNES.name:
        return [f"{path.name} : aucun défaut ({len(communes(path))} communes)."]
    if path.name == PROPOSALS.name:
        return [f"{path.name} : aucun défaut ({len(proposals(path).by_size) + 1} tailles)."]
    return [
        f"{tariff.adopted}.toml : aucun défaut ("
        f"{sum(len(service.charges) for service in tariff.services.values())} tarifs, "
        f"{len(tariff.readings)} points à confirmer)."
        for tariff in (load(path).tariffs if path.is_dir() else [_beside_the_others(path, folder)])
    ]


def _beside_the_others(file: Path, folder: Path) -> Tariff:
    """Read a file as it would be once it is in the folder, where no other may apply from the same day."""
    tariff = open_file(file)
    others = {other.name: open_file(other) for other in sorted(folder.glob("*.toml")) if other.name != file.name}
    if found := list(same_day(others | {file.name: tariff})):
        raise FaultyFileError(found)
    return tariff


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
