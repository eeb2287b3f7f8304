"""The fixture folders: one a page module, in each one folder a case."""

import importlib
import inspect
import json
import pkgutil
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import massar_cli.portal.pages
from massar_cli.errors import PageChanged
from massar_cli.portal.page import Page

FIXTURES = Path(__file__).parents[2] / "fixtures"
MODULES = tuple(sorted(one.name for one in pkgutil.iter_modules(massar_cli.portal.pages.__path__)))


class Case(NamedTuple):
    """One fixture: a page, and the record or the error that it must give."""

    module: str
    name: str

    @property
    def html(self) -> str:
        return (FIXTURES / self.module / self.name / "page.html").read_text(encoding="utf-8")

    @property
    def expected(self) -> Any:
        path = FIXTURES / self.module / self.name / "expected.json"
        return json.loads(path.read_text(encoding="utf-8"))

    @property
    def is_refused(self) -> bool:
        return self.name.startswith("refused_")


CASES = [
    Case(folder.parent.name, folder.name)
    for folder in sorted(FIXTURES.glob("*/*"))
    if folder.is_dir() and folder.parent.name in MODULES
]


def page_classes(module: str) -> list[type[Page[Any]]]:
    """Return the page classes that a module of `massar_cli.portal.pages` defines."""
    loaded = importlib.import_module(f"massar_cli.portal.pages.{module}")
    return [
        one
        for one in vars(loaded).values()
        if inspect.isclass(one) and issubclass(one, Page) and one.__module__ == loaded.__name__
    ]


def page_class(module: str) -> type[Page[Any]]:
    """Return the one page class of a module."""
    (one,) = page_classes(module)
    return one


def plain(record: Any) -> Any:
    """Return a record as JSON writes it: a number as it is written, a field by its name."""
    if isinstance(record, tuple | list):
        return [plain(one) for one in record]
    if isinstance(record, frozenset):
        return sorted(record)
    if isinstance(record, dict):
        return {name: plain(value) for name, value in record.items()}
    if isinstance(record, Decimal):
        return str(record)
    if hasattr(record, "__dataclass_fields__"):
        return plain(asdict(record))
    return record if record is None or isinstance(record, int) else str(record)


def outcome(module: str, html: str) -> Any:
    """Return what a page gives, in the form of `expected.json`."""
    try:
        return plain(page_class(module)(html).read())
    except PageChanged as error:
        return {"error": error.kind}


def first_difference(expected: Any, actual: Any, path: str = "record") -> str | None:
    """Return the first place where two plain values differ, and both values; None for none."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        names = dict.fromkeys((*expected, *actual))
        steps = [(f"{path}.{name}", _at(expected, name), _at(actual, name)) for name in names]
    elif isinstance(expected, list) and isinstance(actual, list):
        size = f"{len(expected)} entries", f"{len(actual)} entries"
        pairs = zip(expected, actual, strict=False)
        steps = [(f"{path}[{i}]", one, other) for i, (one, other) in enumerate(pairs)]
        steps.append((path, *size))
    else:
        same = type(expected) is type(actual) and expected == actual
        return None if same else f"{path}: expected {expected!r}, read {actual!r}"
    found = (first_difference(one, other, where) for where, one, other in steps)
    return next(filter(None, found), None)


def _at(values: dict[str, Any], name: str) -> Any:
    return values.get(name, "(no such field)")
