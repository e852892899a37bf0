"""Excel and Word find nothing to repair in the documents: Microsoft's own rules for its files, run without it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openxml_audit import AppPrediction, OpenXmlValidator, predict

from pricing import Tariff
from tests.reports.documents import SIMULATIONS, Simulation
from views.reports.deliberation import deliberation
from views.reports.handout import Handout
from views.reports.workbook import workbook


@pytest.fixture(scope="module")
def office() -> OpenXmlValidator:
    """Load the rules once."""
    return OpenXmlValidator()


@pytest.mark.parametrize("simulation", SIMULATIONS.values(), ids=list(SIMULATIONS))
@pytest.mark.parametrize("make", [workbook, deliberation])
def test_a_document_opens_without_a_warning(
    make: Callable[[Handout], bytes], simulation: Simulation, office: OpenXmlValidator, tariff: Tariff, tmp_path: Path
) -> None:
    file = tmp_path / ("classeur.xlsx" if make is workbook else "projet.docx")
    file.write_bytes(make(simulation.handout(tariff)))
    result = office.validate(file)
    assert [f"{error.part_uri} {error.description}" for error in result.errors] == []
    assert predict(result).prediction is AppPrediction.OPENS_CLEAN
