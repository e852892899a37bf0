"""Changes pricing/ in every small way mutmut knows, and lists the changes that no test notices.

    python -m tests.mutation [--reach FOLDER] [--only WORDS] [--again FILE] [--seconds N] [pricing/money.py ...]

mutmut by itself leaves out every decorated function: here, most of what validates. So its mutants are made by it, and
put into the functions themselves, each in a process forked from one that has read all the tests.
"""

import argparse
import ast
import gc
import hashlib
import json
import os
import resource
import signal
import sys
import tempfile
import tomllib
import traceback
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import CodeType, FunctionType

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
SURVIVORS = Path(__file__).with_name("survivors.toml")
TESTS = (
    *("tests/reports", "tests/hostile", "--ignore=tests/hostile/test_hostile_addresses.py"),
    *(f"tests/test_{name}.py" for name in ("act", "arrows", "catalogue", "category", "checks_remedies")),
    *(f"tests/test_{name}.py" for name in ("checks_words", "communes", "communes_search", "estimate", "examples")),
    *(f"tests/test_{name}.py" for name in ("link", "link_words", "money", "options", "order", "properties")),
    *(f"tests/test_{name}.py" for name in ("proposals", "rating", "schedule", "tariff")),
)
"""The tests that ask nothing of the page."""
LANES = os.cpu_count() or 1
AROUND = 10
"""How far from a line that never runs by itself the lines are looked for that run with it."""
MEMORY = 8 * 2**30
PATIENCE = 10
"""How many times its usual time a mutant may take; one that never ends is noticed."""

Reach = defaultdict[str, list[int]]
"""By file and line, the tests that come by it."""


def fork(work: Callable[[], object]) -> int:
    """Do some work in a process of its own, and give its number."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        status = 70
        try:
            status = int(bool(work()))
        except Exception:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(status)
    return child


def lanes(work: Callable[[int], object]) -> None:
    """Do a work once for each processor. Raises RuntimeError where one fails."""
    for child in [fork(lambda lane=lane: work(lane)) for lane in range(LANES)]:
        if os.waitpid(child, 0)[1]:
            raise RuntimeError("a process has failed: see above")


def passes(items: Sequence[pytest.Item], index: int, following: int | None) -> bool:
    """Whether a test passes; what it shares with the one that follows is kept."""
    nextitem = None if following is None else items[following]
    return not any(report.failed for report in runtestprotocol(items[index], log=False, nextitem=nextitem))


class Mutation:
    """The plugin of pytest that runs the mutants in place of the tests."""

    def __init__(self, arguments: argparse.Namespace, folder: Path) -> None:
        self.arguments = arguments
        self.folder = folder
        self.durations: dict[int, float] = {}
        self.reach: Reach = defaultdict(list)
        self.functions: defaultdict[tuple[str, str], list[FunctionType]] = defaultdict(list)

    def pytest_collection(self) -> None:
        """Before the tests are read: hypothesis looks for no smaller example, and finds the same each time."""
        from hypothesis import Phase, settings  # its plugin wants to be the first to import it

        quick = settings(
            deadline=None, database=None, derandomize=True, max_examples=50, phases=(Phase.explicit, Phase.generate)
        )
        settings.register_profile("mutation", quick)
        settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find out which tests reach which lines, then try each mutant on those."""
        items = session.items
        gc.collect()
        for each in gc.get_objects():
            if isinstance(each, FunctionType):
                self.functions[each.__code__.co_filename, each.__code__.co_qualname].append(each)
        gc.freeze()
        self.read_reach(items)
        paths = self.arguments.modules or sorted((ROOT / "pricing").rglob("*.py"))
        mutants = [each for path in paths for each in mutants_of(Path(path).resolve().relative_to(ROOT))]
        again = self.arguments.again.read_text(encoding="utf-8") if self.arguments.again else None
        mutants = [
            each for each in mutants if self.arguments.only in str(each) and (again is None or f" {each}\n" in again)
        ]
        print(f"{len(items)} tests, {len(mutants)} mutants", flush=True)
        lanes(lambda lane: self.try_all(items, mutants[lane::LANES], lane))
        report(mutants, self.results())
        return True

    def read_reach(self, items: Sequence[pytest.Item]) -> None:
        """Which tests come by which line, as it was noted before or is now."""
        folder: Path = self.arguments.reach or self.folder
        folder.mkdir(exist_ok=True)
        sources = b"".join(path.read_bytes() for path in sorted((ROOT / "pricing").rglob("*.py")))
        files = [list(each) for _, each in groupby(range(len(items)), key=lambda index: items[index].path)]
        notes = {
            folder / f"{hashlib.sha256(sources + items[each[0]].path.read_bytes()).hexdigest()}.json": each
            for each in files
        }
        unknown = [(note, each) for note, each in notes.items() if not note.exists()]
        lanes(lambda lane: [self.note_in_a_fork(items, each, note) for note, each in unknown[lane::LANES]] and False)
        for note, indices in notes.items():
            found = json.loads(note.read_bytes())
            self.durations |= dict(zip(indices, found["durations"], strict=True))
            for place, tests in found["reach"].items():
                self.reach[place] += (indices[each] for each in tests)

    def note_in_a_fork(self, items: Sequence[pytest.Item], indices: Sequence[int], note: Path) -> None:
        """Note what a file of tests reaches, from a fresh start. Raises RuntimeError where one of them fails."""
        if os.waitpid(fork(lambda: self.note_file(items, indices, note)), 0)[1]:
            raise RuntimeError(f"{items[indices[0]].path} has failed without any mutant")

    def note_file(self, items: Sequence[pytest.Item], indices: Sequence[int], note: Path) -> bool:
        """Run one file of tests and note what each of them reaches; true where one fails."""
        measured = coverage.Coverage(data_file=None, source=[str(ROOT / "pricing")], config_file=False)
        durations = []
        measured.start()
        for place, (index, following) in enumerate(zip(indices, [*indices[1:], None], strict=True)):
            measured.switch_context(str(place))
            start = os.times()
            if not passes(items, index, following):
                print(f"{items[index].nodeid} fails without any mutant", flush=True)
                return True
            end = os.times()
            durations.append(end.user + end.system - start.user - start.system)
        measured.stop()
        with warnings.catch_warnings(action="ignore"):  # a file of tests that reaches nothing
            data = measured.get_data()
        reach = {
            f"{Path(path).relative_to(ROOT)}:{line}": [int(each) for each in contexts if each]
            for path in data.measured_files()
            for line, contexts in data.contexts_by_lineno(path).items()
        }
        note.write_text(json.dumps({"durations": durations, "reach": reach}), encoding="utf-8")
        return False

    def try_all(self, items: Sequence[pytest.Item], mutants: Sequence[Mutant], lane: int) -> None:
        """Try one lane's mutants one after the other; a test that noticed one is first asked of the next."""
        noticed: defaultdict[str, Counter[int]] = defaultdict(Counter)
        sources: dict[str, str] = {}
        with (self.folder / f"results-{lane}.jsonl").open("w", encoding="utf-8") as results:
            for mutant in mutants:
                source = sources.setdefault(mutant.path, (ROOT / mutant.path).read_text(encoding="utf-8"))
                tests = self.tests_of(mutant, noticed[mutant.function], noticed[mutant.path])
                verdict, killer = self.try_one(items, mutant, source, tests, lane)
                if killer is not None:
                    noticed[mutant.function][killer] += 1
                    noticed[mutant.path][killer] += 1
                print(json.dumps([key(mutant), verdict, killer]), file=results, flush=True)

    def tests_of(self, mutant: Mutant, noticed: Counter[int], in_file: Counter[int]) -> list[int]:
        """The tests that come by a mutant, as many as there is time for: noticing ones, then fast ones."""
        lines = range(mutant.line, mutant.line + mutant.before.count("\n") + 1)
        reached = {index for line in lines for index in self.reach.get(f"{mutant.path}:{line}", ())}
        if not reached:  # a default, or a text in several pieces: no line of it runs, but those around it do
            around = range(mutant.line - AROUND, mutant.line + AROUND)
            reached = {index for line in around for index in self.reach.get(f"{mutant.path}:{line}", ())}
        ordered = sorted(reached, key=lambda index: (-noticed[index], -in_file[index], self.durations[index]))
        chosen, left = [], self.arguments.seconds
        for index in ordered:
            left -= self.durations[index]
            if left < 0 and chosen:
                break
            chosen.append(index)
        return chosen

    def try_one(
        self, items: Sequence[pytest.Item], mutant: Mutant, source: str, tests: Sequence[int], lane: int
    ) -> tuple[str, int | None]:
        """What becomes of a mutant, and the test that noticed it."""
        said = self.folder / f"killer-{lane}"
        said.write_text("", encoding="utf-8")

        def work() -> bool:
            signal.alarm(int(PATIENCE * sum(self.durations[index] for index in tests)) + PATIENCE)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
            self.apply(mutant, source)
            for place, index in enumerate(tests):
                following = tests[place + 1] if place + 1 < len(tests) else None
                if not passes(items, index, following):
                    said.write_text(str(index), encoding="utf-8")
                    return True
            return False

        if not tests:
            return "unreached", None
        status = os.waitstatus_to_exitcode(os.waitpid(fork(work), 0)[1])
        killer = said.read_text(encoding="utf-8")
        if status == 0:
            return "survived", None
        if status == 1:
            return "noticed", int(killer)
        return ("noticed" if status < 0 else "no mutant"), None

    def apply(self, mutant: Mutant, source: str) -> None:
        """Put a mutant into the live function. Raises SyntaxError or ValueError where it is none."""
        path = str(ROOT / mutant.path)
        mutated = mutant.applied(source)
        codes = {(code.co_qualname, code.co_firstlineno): code for code in codes_of(compile(mutated, path, "exec"))}
        changed = 0
        for function in self.functions[path, mutant.function]:
            code = codes[mutant.function, function.__code__.co_firstlineno]
            defaults = defaults_of(function, mutated)
            changed += (code, *defaults) != (function.__code__, function.__defaults__, function.__kwdefaults__)
            function.__code__ = code
            function.__defaults__, function.__kwdefaults__ = defaults
        if not changed:
            raise ValueError("no function is changed")

    def results(self) -> dict[str, tuple[str, int | None]]:
        """What became of each mutant."""
        lines = (line for path in self.folder.glob("results-*.jsonl") for line in path.read_text().splitlines())
        return {name: (verdict, killer) for name, verdict, killer in map(json.loads, lines)}


def key(mutant: Mutant) -> str:
    """What names a mutant in this run."""
    return f"{mutant.path}:{mutant.start}:{mutant.before}:{mutant.after}"


def codes_of(code: CodeType) -> Iterator[CodeType]:
    """The code of every function of a module, those of classes too."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from codes_of(each)


def defaults_of(function: FunctionType, source: str) -> tuple[tuple[object, ...] | None, dict[str, object] | None]:
    """The defaults of a function as a text of its module has them; those that are no plain word stay as they are."""
    if not function.__defaults__ and not function.__kwdefaults__:
        return None, None
    first = function.__code__.co_firstlineno
    written = next(
        each
        for each in ast.walk(ast.parse(source))
        if isinstance(each, ast.FunctionDef)
        and min([each.lineno, *(decorator.lineno for decorator in each.decorator_list)]) == first
    ).args

    def value(node: ast.expr, was: object) -> object:
        plain = isinstance(node, ast.Name | ast.Constant)
        return eval(ast.unparse(node), function.__globals__) if plain else was  # the module's own text

    were = function.__defaults__ or ()
    named = function.__kwdefaults__ or {}
    by_name = {
        each.arg: value(node, named[each.arg])
        for each, node in zip(written.kwonlyargs, written.kw_defaults, strict=True)
        if node
    }
    return tuple(map(value, written.defaults, were)) or None, by_name or None


def report(mutants: Sequence[Mutant], results: Mapping[str, tuple[str, int | None]]) -> None:
    """Say what became of the mutants, module by module, and list those that nothing noticed and nobody explained."""
    accepted = Counter(
        (each["function"], each["before"], each["after"])
        for each in tomllib.loads(SURVIVORS.read_text("utf-8"))["survivor"]
    )
    tally: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mutant in mutants:
        verdict, _ = results[key(mutant)]
        if verdict in {"survived", "unreached"} and accepted[mutant.described]:
            accepted[mutant.described] -= 1
            verdict = "explained"
        elif verdict in {"survived", "unreached"}:
            print(f"{verdict}: {mutant}")
        tally[mutant.path][verdict] += 1
    tally["all"] = sum(tally.values(), Counter())
    for path, counts in tally.items():
        real = sum(counts.values()) - counts["no mutant"]
        told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()) if verdict != "no mutant")
        print(f"{path}: {real} mutants, {100 * counts['noticed'] / (real or 1):.1f} % noticed ({told})")


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--reach", type=Path, help="folder in which to keep which tests reach what, between two runs")
    parser.add_argument("--only", default="", help="try only the mutants whose description holds these words")
    parser.add_argument("--again", type=Path, help="what an earlier run has printed: try only what survived then")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long to look for a test that notices a mutant")
    parser.add_argument("modules", nargs="*", help="the modules to change; all of pricing/ where none is named")
    with tempfile.TemporaryDirectory() as folder:
        tests = [test for test in TESTS if test.startswith("-") or (ROOT / test).exists()]
        mutation = Mutation(parser.parse_args(), Path(folder))
        return int(pytest.main(["-p", "no:xdist", "--capture=no", *tests], plugins=[mutation]))


if __name__ == "__main__":
    sys.exit(main())
