"""The papers of many communes as one ZIP, made piece by piece, so that none waits in memory for the others."""

from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from views.reports.group_handout import GroupHandout
from views.reports.paper import paper

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


def archive(handout: GroupHandout) -> Iterator[bytes]:
    """Yield a ZIP in pieces: one for each paper, under the name that it has alone, and one for the list of them.

    Each paper is made when its piece is asked for. The same handout gives the same bytes.
    """
    pieces = _Pieces()
    with ZipFile(pieces, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for alone in handout.alone():
            # A day alone, so that the same papers handed over twice on a day are the same file.
            day = alone.day
            file = ZipInfo(alone.file_name("pdf"), (day.year, day.month, day.day, 12, 0, 0))
            file.compress_type, file.external_attr = ZIP_DEFLATED, FILES
            made.writestr(file, paper(alone), compresslevel=1)
            yield pieces.take()
    yield pieces.take()


def whole_archive(handout: GroupHandout) -> bytes:
    """Return the ZIP at once."""
    return b"".join(archive(handout))
