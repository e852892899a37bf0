"""The papers of many communes as one ZIP, made piece by piece, so that none waits in memory for the others."""

from collections.abc import Callable, Iterator
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from views.reports.group_handout import GroupHandout
from views.reports.paper import paper

MISSING = "notes-manquantes.txt"
"""Name of the text in place of papers that failed."""
FILES = 0o644 << 16
"""Permissions of a file in the archive, as Unix has them."""


class _Pieces:
    """A file that can only be written, which gives up what was written since it was last asked."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, piece: bytes) -> int:
        """Keep a piece until it is taken."""
        self._written += piece
        return len(piece)

    def flush(self) -> None:
        """Do nothing: all is written at once."""

    def close(self) -> None:
        """Do nothing: no file is open."""

    def take(self) -> bytes:
        """Return all that was written since, and forget it."""
        piece, self._written = bytes(self._written), bytearray()
        return piece


def archive(handout: GroupHandout, failed: Callable[[Exception], None]) -> Iterator[bytes]:
    """Yield a ZIP in pieces: one for each paper, under the name that it has alone, and one for the list of them.

    Each paper is made when its piece is asked for. One that fails is told to `failed`, and a text beside the others
    names its commune. The same handout gives the same bytes.
    """
    missing: list[str] = []
    pieces = _Pieces()
    with ZipFile(pieces, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for alone in handout.alone():
            # A day alone, so that the same papers handed over twice on a day are the same file.
            try:
                made.writestr(_file(alone.file_name("pdf"), alone.day), paper(alone))
            except Exception as error:  # whatever it is, the papers of the others are wanted
                failed(error)
                missing.append(alone.name)
            yield pieces.take()
        if missing:
            words = f"Ces notes n'ont pas pu être faites : {', '.join(missing)}.\r\n"
            made.writestr(_file(MISSING, handout.day), words.encode("utf-8-sig"))
    yield pieces.take()


def _file(name: str, day: date) -> ZipInfo:
    """Return a file of the archive; of a day alone, so that the same papers on a day are the same archive."""
    file = ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
    file.compress_type, file.external_attr = ZIP_DEFLATED, FILES
    return file


def whole_archive(handout: GroupHandout) -> bytes:
    """Return the ZIP at once. Raises the error of a paper that fails."""

    def failed(error: Exception) -> None:
        raise error

    return b"".join(archive(handout, failed))
