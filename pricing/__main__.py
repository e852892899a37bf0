"""Check files of data/ for their keeper, in French: ``python -m pricing data/tariffs/2027-01-01.toml``.

Without a name, or with that of data/, check all its files that the page reads.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from pricing.catalogue import (
    COMMUNES,
    CONFIRMATIONS,
    CONTACTS,
    DATA,
    DELIBERATION,
    EPCI,
    FOLDER,
    PROPOSALS,
    SERVICES,
    acts,
    answers,
    answers_beside,
    beside,
    clashing,
    communes,
    contacts,
    content,
    epcis,
    misnamed,
    open_file,
    overlooked,
    proposals,
    service_words,
)
from pricing.changes import changes, doubts
from pricing.confirmed import Confirmation
from pricing.faults import Fault, FaultyFileError
from pricing.lines import line_of, lines
from pricing.money import counted
from pricing.tariff import Tariff

HELP = """Contrôle des données du simulateur.

  python -m pricing                                      tout le dossier data/
  python -m pricing data/tariffs/2027-01-15.toml         un tarif, et ce qu'il change
  python -m pricing data/confirmations.toml              les points confirmés
  python -m pricing data/projet-de-deliberation.docx     le modèle du projet de délibération
  python -m pricing communes --help                      le coût pour plusieurs communes
  python -m pricing compare --help                       deux tarifs, commune par commune

Sous Windows : .venv\\Scripts\\python -m pricing data\\tariffs\\2027-01-15.toml
La réponse dit s'il y a un défaut, à quelle ligne, et quoi faire."""
"""Answer to ``--help``, in French."""


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Check the files or folders named, or all of data/; print in French what is wrong. Return the exit status."""
    if arguments[:1] in (["communes"], ["compare"]):
        from pricing.commands import run  # here only, since it imports pandas

        return run(arguments)
    if {"-h", "--help", "/?"} & set(arguments):
        print(HELP)
        return 0
    whole = " ".join(arguments)
    with suppress(OSError):  # too long for a name
        if len(arguments) > 1 and Path(whole).exists():
            print(Fault(whole, "", "", "ce nom a des espaces", f'le taper entre guillemets : "{whole}"'))
            return 1
    status = 0
    for path in [each for named in arguments or [folder.parent] for each in _files(Path(named))]:
        try:
            for line in _sound(path, _tariffs_beside(path) or folder):
                print(line)
        except FaultyFileError as error:
            print(error)
            status = 1
        except subprocess.CalledProcessError as refused:
            print(*refused.stdout.decode().splitlines(), sep="\n")
            status = 1
    return status


def _files(path: Path) -> list[Path]:
    """Return a path, or all that the page reads of data/ where it is that folder, or holds it."""
    for data in (path, path / DATA.name):
        if (tariffs := data / FOLDER.name).is_dir():
            given = filter(Path.is_file, [answers_beside(tariffs)])
            others = (data / each.name for each in (COMMUNES, EPCI, PROPOSALS, SERVICES, CONTACTS, DELIBERATION))
            return [data, tariffs, *given, *others]
    return [path]


def _tariffs_beside(path: Path) -> Path | None:
    """Return the folder of tariffs that a file is in, or lies beside; None where it is elsewhere."""
    within = path.absolute().parent
    return next((each for each in (within, within / FOLDER.name) if each.name == FOLDER.name and each.is_dir()), None)


def _sound(path: Path, folder: Path) -> Iterator[str]:
    """Yield the lines that say a file, or each of a folder, has no fault; `folder` is that of the tariffs beside it.

    Raises FaultyFileError, or CalledProcessError from the command that checks a template.
    """
    if (path / FOLDER.name).is_dir():
        if found := list(overlooked(path)):
            raise FaultyFileError(found)
    elif path.is_dir():
        tariffs = list(acts(path))
        yield from map(_accepted, tariffs)
        *earlier, last = tariffs
        yield from _to_check(earlier[-1] if earlier else None, last, path / f"{last.adopted}.toml", path)
    elif path.is_file() and (fault := misnamed(path)):
        raise FaultyFileError([fault])
    elif path.suffix.lower() == ".docx":
        yield from _template_checked(path)
    elif path.name == CONFIRMATIONS.name:
        given = answers(path, _known(folder))
        yield f"{path.name} : aucun défaut ({counted(len(given), 'réponse', 'réponses')})."
        yield from _answered(given, _known(folder))
    elif path.name == COMMUNES.name:
        yield f"{path.name} : aucun défaut ({len(communes(path))} communes)."
    elif path.name == EPCI.name:
        yield f"{path.name} : aucun défaut ({len(epcis(path, communes().values()))} intercommunalités)."
    elif path.name == PROPOSALS.name:
        days = ", ".join(f"{day:%d/%m/%Y}" for day in proposals(path, _known(folder)).acts)
        yield f"{path.name} : aucun défaut (actes du {days})."
    elif path.name == SERVICES.name:
        yield f"{path.name} : aucun défaut ({len(service_words(path, _known(folder)).help)} services)."
    elif path.name == CONTACTS.name:
        reached = sum(desk.known for desk in (contacts(path).fibre, contacts(path).cdg))
        yield f"{path.name} : aucun défaut ({counted(reached, 'guichet connu', 'guichets connus')} sur 2)."
    elif path.suffix.lower() != ".toml":
        content(path)
        named = ", ".join(each.name for each in (CONFIRMATIONS, COMMUNES, EPCI, PROPOSALS, SERVICES, CONTACTS))
        remedy = f"nommer un tarif, {named} ou le modèle de délibération"
        raise FaultyFileError([Fault(path.name, "", "", "ce fichier n'est pas de ceux que la page lit", remedy)])
    else:
        tariff, before = _beside_the_others(path, folder)
        yield _accepted(tariff)
        if before and (changed := list(changes(before, tariff))):
            yield f"Ce que cet acte change par rapport à celui du {before.adopted:%d/%m/%Y} :"
            yield from (f"- {each}" for each in changed)
        yield from _to_check(before, tariff, path, folder)


def _template_checked(path: Path) -> list[str]:
    """Return the answer of the command that checks a template: what fills one in is no part of pricing."""
    command = [sys.executable, "-X", "utf8", "-m", "views.reports.deliberation_check", path.name]
    checked = subprocess.run(command, cwd=DATA.parent, input=content(path), stdout=subprocess.PIPE, check=True)
    return checked.stdout.decode().splitlines()


def _answered(given: Iterable[Confirmation], tariffs: Iterable[Tariff]) -> Iterator[str]:
    """Yield each answer as the page will apply it, for the keeper to read again."""
    acts = {tariff.adopted: tariff for tariff in tariffs}
    last = {(each.tariff, each.reading): each for each in sorted(given, key=lambda each: each.on)}
    for each in last.values():
        if each.tariff in acts:
            reading = acts[each.tariff].readings[each.reading]
            kept = reading.alternatives[each.alternative - 1].label if each.alternative else reading.in_force
            said = f"acte du {each.tariff:%d/%m/%Y}, {each.reading}, réponse du {each.on:%d/%m/%Y}"
            yield f"- {said} : {reading.question} {kept}"


def _known(folder: Path) -> tuple[Tariff, ...]:
    """Return the tariffs of a folder; none where they can't be read, which is told of them alone."""
    with suppress(FaultyFileError):
        return acts(folder)
    return ()


def _to_check(before: Tariff | None, tariff: Tariff, file: Path, folder: Path) -> Iterator[str]:
    """Yield what is unlikely in a tariff, with its line, and the services that the page has no words for."""
    found = lines(content(file).decode("utf-8-sig"))
    asked = sorted((line_of(place, found), asked) for place, asked in doubts(before, tariff))
    said = [f"- ligne {line}, {each}" for line, each in asked]
    with suppress(FaultyFileError):  # told by itself
        words = service_words(beside(folder, SERVICES))
        unsaid = [("help", key, item.label) for key, item in tariff.items.items() if key not in words.help]
        unsaid += [("services", key, of.label) for key, of in tariff.services.items() if key not in words.services]
        said += [f"- {each}" for each in _answered_before(before, tariff, folder)]
        said += [
            f'- {SERVICES.name}, sous [{place}] : écrire {key} = "…", les mots de « {of} »' for place, key, of in unsaid
        ]
        if unread := words.unread(tariff):
            many = counted(unread, "réponse", "réponses")
            said.append(f"- {SERVICES.name} : {many} à relire dans cet acte, qui s'ajoute ensuite à leurs « acts »")
    if said:
        yield "À vérifier :"
        yield from said


def _answered_before(before: Tariff | None, tariff: Tariff, folder: Path) -> Iterator[str]:
    """Yield the points that an answer confirms under the act before alone."""
    file = answers_beside(folder)
    given = answers(file, ()) if before and file.is_file() else ()
    for each in dict.fromkeys(each.reading for each in given if before and each.tariff == before.adopted):
        if each in tariff.readings and (tariff.adopted, each) not in {(of.tariff, of.reading) for of in given}:
            copied = f"si elle vaut encore, la recopier dans {file.name} avec tariff = {tariff.adopted}"
            yield f"Point {each} : sa réponse n'est que pour l'acte d'avant ; {copied}"


def _accepted(tariff: Tariff) -> str:
    charges = sum(len(service.charges) for service in tariff.services.values())
    many = counted(charges, "tarif", "tarifs"), counted(len(tariff.readings), "point", "points")
    return (
        f"{tariff.adopted}.toml : aucun défaut ({', '.join(many)} à confirmer), "
        f"en vigueur dès le {tariff.in_force_from:%d/%m/%Y}."
    )


def _beside_the_others(file: Path, folder: Path) -> tuple[Tariff, Tariff | None]:
    """Read a file as it would be once it is in the folder, with the tariff it replaces. Raises FaultyFileError."""
    tariff = open_file(file)
    others = {other: open_file(other) for other in sorted(folder.glob("*.toml")) if other.name != file.name}
    if found := list(clashing(others | {file: tariff})):
        raise FaultyFileError(found)
    earlier = [each for each in others.values() if each.in_force_from < tariff.in_force_from]
    return tariff, max(earlier, key=lambda each: each.in_force_from, default=None)


if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a Windows console, or a file it writes, may lack « → » or « € »
    sys.exit(main(sys.argv[1:]))
