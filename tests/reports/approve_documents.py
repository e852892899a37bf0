"""Approves the documents as they are made now: ``python -m tests.reports.approve_documents``, then look at the diff."""

from datetime import date

from pricing import load
from tests.reports.documents import APPROVED, DOCUMENTS, rendered


def main() -> None:
    """Write every approved file anew, and remove those that are none any more."""
    tariff = load().adopted(date(2024, 3, 26))
    for name in DOCUMENTS:
        (APPROVED / name).write_text(rendered(name, tariff), encoding="utf-8", newline="\n")
    for path in APPROVED.iterdir():
        if path.name not in DOCUMENTS:
            path.unlink()


if __name__ == "__main__":
    main()
