"""Colours of the house, in light and in dark, each with its role; tests check their contrast."""

from dataclasses import dataclass
from typing import Literal

from pricing.tariff import Payee, Rhythm

Mode = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Hexadecimal colours by role."""

    ground: str
    """Background of the page."""
    ink: str
    """Text."""
    muted: str
    """Notes, units, axes."""
    fibre: str
    """All that La Fibre Numérique 59-62 bills, and the page's accent."""
    fibre_half: str
    """The same, half tone: set-up."""
    cdg: str
    """All that the CDG 62 bills."""
    cdg_half: str
    """The same, half tone: set-up."""
    quote: str
    """Background of « sur devis »."""

    def fill(self, payee: Payee, rhythm: Rhythm) -> str:
        """Return the tone of a part of a bar: full each year, half for a set-up, none for a term."""
        return getattr(self, {"yearly": payee, "setup": f"{payee}_half", "term": "ground"}[rhythm])

    def edge(self, payee: Payee) -> str:
        """Return the full tone of a body."""
        return getattr(self, payee)

    def on(self, rhythm: Rhythm) -> str:
        """Return the colour of text on a part of a bar."""
        return self.ground if rhythm == "yearly" else self.ink


LIGHT = Palette(
    ground="#FFFFFF",
    ink="#1B2733",
    muted="#56636F",
    fibre="#1F5A99",
    fibre_half="#BCD2E8",
    cdg="#BD5B0E",
    cdg_half="#F7DCC4",
    quote="#FFF4D6",
)
DARK = Palette(
    ground="#12181F",
    ink="#E8EDF2",
    muted="#A9B5C1",
    fibre="#6BA5DD",
    fibre_half="#2B4A69",
    cdg="#F7BE85",
    cdg_half="#6B4420",
    quote="#4A3D12",
)


@dataclass(frozen=True, slots=True)
class Look:
    """Appearance of a chart."""

    mode: Mode
    """Light or dark."""
    large: bool = False
    """True in presentation mode, where a chart is read from the back of a room."""

    @property
    def palette(self) -> Palette:
        """The colours of the mode."""
        return DARK if self.mode == "dark" else LIGHT

    def size(self, points: int) -> int:
        """Return a size in pixels, larger for a presentation."""
        return points * 4 // 3 if self.large else points
