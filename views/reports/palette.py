"""Colours of the house, in light and in dark, each with its role; tests check their contrast."""

from dataclasses import dataclass
from typing import Literal

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
    on_fibre: str
    """Text on the full tone of La Fibre."""
    on_cdg: str
    """Text on the full tone of the CDG."""
    quote: str
    """Background of « sur devis »."""


LIGHT = Palette(
    ground="#FFFFFF",
    ink="#1B2733",
    muted="#56636F",
    fibre="#1F5A99",
    fibre_half="#BCD2E8",
    cdg="#BD5B0E",
    cdg_half="#F7DCC4",
    on_fibre="#FFFFFF",
    on_cdg="#FFFFFF",
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
    on_fibre="#12181F",
    on_cdg="#12181F",
    quote="#4A3D12",
)
PALETTES: dict[Mode, Palette] = {"light": LIGHT, "dark": DARK}


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
        return PALETTES[self.mode]

    def size(self, points: int) -> int:
        """Return a size in pixels, larger for a presentation."""
        return points * 4 // 3 if self.large else points
