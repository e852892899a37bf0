"""mutmut's mutants of a module, as texts: what stands where, and what a mutant writes there instead."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode


@dataclass(frozen=True)
class Mutant:
    """One small change of one function."""

    path: str
    """The file."""
    function: str
    """The function or method that is changed, with its class."""
    line: int
    """Where the change stands."""
    start: int
    """Where it starts, in characters from the start of the file."""
    before: str
    """What stands there."""
    after: str
    """What the mutant writes instead."""

    @property
    def described(self) -> tuple[str, str, str]:
        """The function and the change, each in one line."""
        return f"{self.path} {self.function}", " ".join(self.before.split()), " ".join(self.after.split())

    def __str__(self) -> str:
        """The change in three lines."""
        _, before, after = self.described
        return f"{self.path}:{self.line} {self.function}\n    - {before}\n    + {after}"

    def applied(self, source: str) -> str:
        """The module with the change. Raises ValueError where it is no longer the module the mutant was made of."""
        end = self.start + len(self.before)
        if source[self.start : end] != self.before:
            raise ValueError(f"{self.path} has changed since its mutants were made")
        return source[: self.start] + self.after + source[end:]


class _Places(MutationVisitor):
    """Also goes into what mutmut leaves out: properties, validators and whatever else is decorated."""

    def __init__(self, path: str, source: str) -> None:
        super().__init__(mutation_operators, IgnoredCode(set(), set(), set()))
        self.path = path
        self.source = source
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.within: list[str] = []
        self.functions = 0
        self.function = ""
        self.mutants: list[Mutant] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.ClassDef | cst.FunctionDef):
            self.within.append(node.name.value)
            if isinstance(node, cst.FunctionDef):
                self.functions += 1
                if self.functions == 1:
                    self.function = ".".join(self.within)
        return super().on_visit(node)

    def on_leave(self, original_node: cst.CSTNode) -> None:
        super().on_leave(original_node)
        if isinstance(original_node, cst.ClassDef | cst.FunctionDef):
            self.within.pop()
            self.functions -= isinstance(original_node, cst.FunctionDef)

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        return not isinstance(node, cst.FunctionDef) and super()._skip_node_and_children(node)

    def _create_mutations(self, node: cst.CSTNode) -> None:
        if not self.functions:
            return
        super()._create_mutations(node)
        place: Any = self.get_metadata(PositionProvider, node)
        start = self.starts[place.start.line - 1] + place.start.column
        end = self.starts[place.end.line - 1] + place.end.column
        for mutation in self.mutations:
            after = cst.Module([]).code_for_node(mutation.mutated_node)
            before = self.source[start:end]
            self.mutants.append(Mutant(self.path, self.function, place.start.line, start, before, after))
        self.mutations.clear()


def mutants_of(path: Path) -> list[Mutant]:
    """Every mutant of a module; a few are no Python any more."""
    source = path.read_text(encoding="utf-8")
    places = _Places(str(path), source)
    MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True).visit(places)
    return places.mutants
