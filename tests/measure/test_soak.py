"""The site under load for an hour, while workers, imports and servers are killed: nothing is lost.

    NEWSARCHIVE_SOAK_MINUTES=60 uv run --group test manage.py measure measure/test_soak.py

It can be stopped at any time; the next start continues it. The folder NEWSARCHIVE_SOAK_FOLDER (by default
`soak` in the home) has its servers, its state and `result.md`; delete it to begin anew.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.measure.soak import figures, people
from tests.measure.soak.faults import Trouble
from tests.measure.soak.ledger import Ledger
from tests.measure.soak.site import Site, open_site

MINUTES = float(os.environ.get("NEWSARCHIVE_SOAK_MINUTES", "0"))
FOLDER = Path(os.environ.get("NEWSARCHIVE_SOAK_FOLDER", settings.NEWSARCHIVE_HOME / "soak"))
SEED = int(os.environ.get("NEWSARCHIVE_SOAK_SEED", "1"))
READERS = 3
SAMPLE_SECONDS = 5


def run(site: Site, ledger: Ledger) -> None:
    """Until the run is as long as wanted, in all its sittings together."""
    importer = people.Importer(site, ledger)
    trouble = Trouble(site, ledger, importer)
    crowd = [people.Reader(site, ledger, number) for number in range(READERS)]
    crowd += [people.Editor(site, ledger, 10), people.Reporter(site, ledger, 11), importer]
    samples = figures.Samples(ledger)
    for person in [*crowd, trouble]:
        person.start()
    try:
        while ledger.state.seconds < MINUTES * 60:
            began = time.monotonic()
            time.sleep(SAMPLE_SECONDS)
            samples.take(site)
            ledger.state.seconds += time.monotonic() - began
            ledger.save()
            assert [person.error for person in [*crowd, trouble] if person.error] == []
    finally:
        # First the trouble, which leaves all servers running.
        for person in [trouble, *crowd]:
            person.stopped.set()
            person.join()
        ledger.save()


@pytest.mark.skipif(not MINUTES, reason="takes as long as NEWSARCHIVE_SOAK_MINUTES says")
def test_an_hour_of_use_and_kills_loses_nothing():
    FOLDER.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(FOLDER, SEED)
    with open_site(ledger) as site:
        run(site, ledger)
        lost, doubled = figures.check_writes(site, ledger.writes)
        checked = site.command("check_archive")
    rows = figures.Samples(ledger).read()
    table = figures.result(ledger, rows, lost, doubled, checked.stdout + checked.stderr)
    (FOLDER / "result.md").write_text(table)
    print(f"\n{table}")
    assert (lost, doubled, checked.returncode) == ([], [], 0)
    assert [found for found in ledger.unexplained() if "(too long)" not in found[4]] == []
    assert "Traceback" not in (FOLDER / "web.log").read_text()
