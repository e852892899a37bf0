"""``python -m pricing data/tariffs/2027-01-01.toml``: checks files of `data/` for their keeper, in French."""

import sys
from pathlib import Path

from pricing.catalogue import DELIBERATION, FOLDER, load, open_file, same_day
from pricing.checks import Fault, TariffError
from pricing.tariff import Tariff


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Check the files or folders named, or all there are; print in French what is wrong. Returns the exit status."""
    status = 0
    for path in map(Path, arguments or [str(folder), str(DELIBERATION)]):
        if path.suffix.lower() == ".docx":
            status |= _template(path)
            continue
        try:
            tariffs = load(path).tariffs if path.is_dir() else (_beside_the_others(path, folder),)
        except TariffError as error:
            print(error)
            status = 1
        else:
            for tariff in tariffs:
                charges = sum(len(service.charges) for service in tariff.services.values())
                points = len(tariff.readings)
                print(f"{tariff.adopted}.toml : aucun défaut ({charges} tarifs, {points} points à confirmer).")
    return status


def _template(file: Path) -> int:
    """Check the template of the draft; print in French what is wrong with it. Returns the exit status."""
    # Here alone: a tariff is checked without anything of Word's.
    from pricing.reports.deliberation_check import faults

    try:
        found = faults(file.read_bytes(), file.name)
    except OSError:
        found = (Fault(str(file), "", "", "ce fichier ne peut pas être lu", "vérifier son nom et son dossier"),)
    print("\n".join(map(str, found)) or f"{file.name} : aucun défaut.")
    return int(bool(found))


def _beside_the_others(file: Path, folder: Path) -> Tariff:
    """Read a file as it would be once it is in the folder, where no other may apply from the same day."""
    tariff = open_file(file)
    others = {other.name: other for other in sorted(folder.glob("*.toml")) if other.name != file.name}
    faults = same_day({name: open_file(other) for name, other in others.items()} | {file.name: tariff})
    if found := tuple(faults):
        raise TariffError(found)
    return tariff


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
