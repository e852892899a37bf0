"""``python -m pricing data/tariffs/2027-01-01.toml``: checks tariff files for their keeper, in French."""

import sys
from pathlib import Path

from pricing.catalogue import FOLDER, TariffError, read, same_day


def main(arguments: list[str]) -> int:
    """Check the files named, or every tariff, and print in French what is wrong. Returns the exit status."""
    files = [Path(name) for name in arguments] or sorted(FOLDER.glob("*.toml"))
    status = 0
    for file in files:
        try:
            tariff = read(file.read_bytes(), file.name)
            beside = {other.name: read(other.read_bytes(), other.name) for other in _others(file)}
            if faults := tuple(same_day(beside | {file.name: tariff})):
                raise TariffError(faults)
        except OSError:
            print(f"{file} : ce fichier ne peut pas être lu. Remède : vérifier son nom et son dossier.")
            status = 1
        except TariffError as error:
            print(error)
            status = 1
        else:
            charges = sum(len(service.charges) for service in tariff.services.values())
            print(f"{file.name} : aucun défaut ({charges} tarifs, {len(tariff.readings)} points à confirmer).")
    return status


def _others(file: Path) -> list[Path]:
    return [other for other in sorted(FOLDER.glob("*.toml")) if other.name != file.name]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
