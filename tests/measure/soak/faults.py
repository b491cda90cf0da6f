"""What happens to the servers of a soak run, one thing after another."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

from tests.measure.soak.ledger import Ledger
from tests.measure.soak.people import Importer, Person
from tests.measure.soak.site import Site


class Trouble(Person):
    """Kills a worker, the importer or the database; stops, freezes or delays the replica."""

    def __init__(self, site: Site, ledger: Ledger, importer: Importer) -> None:
        super().__init__(site, ledger)
        self.importer = importer
        self.next = 0

    def act(self) -> None:
        self.stopped.wait(self.random.uniform(10, 25))
        acts: list[tuple[str, Callable[[], None]]] = [
            ("web worker killed", self.site.kill_worker),
            ("importer killed", self.importer.kill),
            ("replica stopped", self.stop_replica),
            ("database stopped at once", lambda: self.restart(signal.SIGQUIT)),
            ("replica behind", self.pause_replica),
            ("importer killed", self.importer.kill),
            ("database stopped in order", lambda: self.restart(signal.SIGINT)),
            ("replica frozen", self.freeze_replica),
            ("database session killed", self.site.primary.kill_a_session),
            ("index tidied", lambda: self.command("tidy_index")),
        ]
        if not self.stopped.is_set():
            name, act = acts[self.next % len(acts)]
            self.next += 1
            window = self.ledger.disturb(name)
            act()
            self.ledger.settled(window)

    def restart(self, number: int) -> None:
        self.site.primary.stop(number)
        time.sleep(self.random.uniform(0, 4))
        self.site.primary.start()

    def stop_replica(self) -> None:
        self.site.replica.stop()
        time.sleep(5)
        self.site.replica.start()

    def pause_replica(self) -> None:
        self.site.replica.ask("SELECT pg_wal_replay_pause()")
        time.sleep(8)
        self.site.replica.ask("SELECT pg_wal_replay_resume()")

    def freeze_replica(self) -> None:
        self.site.replica.freeze()
        time.sleep(5)
        self.site.replica.thaw()

    def command(self, *words: str) -> None:
        done = self.site.command(*words)
        assert done.returncode == 0, done.stderr
