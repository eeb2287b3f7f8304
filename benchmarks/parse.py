"""Prints how many microseconds one parser takes for the bulletin in a file, as JSON.

`parse.py ours|bare|peer FILE`, run in the environment that holds the parser. `first` is the first
parse of the process, `best` the fastest of many: caches that outlive a parse count only there.
"""

import json
import sys
import time
import timeit
from collections.abc import Callable
from pathlib import Path

_REPEATS = 7
_SECONDS_A_REPEAT = 0.1


def _ours(html: str) -> Callable[[], object]:
    from massar_cli.portal.pages.report_card import ReportCardPage

    return lambda: ReportCardPage(html).read()


def _bare(html: str) -> Callable[[], object]:
    from selectolax.lexbor import LexborHTMLParser

    return lambda: LexborHTMLParser(html)


def _peer(html: str) -> Callable[[], object]:
    from moutamadris_api import api

    class Answer:
        content = html.encode()

    class Session:
        def post(self, *_: object, **__: object) -> Answer:
            return Answer()

    return lambda: api.getAllMarks(Session(), "2023", "1")


def main() -> None:
    """Measure the parser named."""
    parser, file = sys.argv[1:]
    html = Path(file).read_text(encoding="utf-8-sig")
    parse = {"ours": _ours, "bare": _bare, "peer": _peer}[parser](html)
    start = time.perf_counter()
    parse()
    first = time.perf_counter() - start
    count = max(1, round(_SECONDS_A_REPEAT / timeit.timeit(parse, number=3) * 3))
    best = min(timeit.repeat(parse, number=count, repeat=_REPEATS)) / count
    print(json.dumps({"first": first * 1e6, "best": best * 1e6}))


main()
