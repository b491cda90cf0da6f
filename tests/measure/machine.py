"""A copy of this Debian that a test may change as root: an overlay of the file system.

systemd does not run in it. A script in its place starts what the units say, as the users and with the
settings that they name.
"""

import base64
import os
import pty
import re
import select
import subprocess
import textwrap
import time
from pathlib import Path

PATH = "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# What a reader of the guide would type when asked.
PASSWORD = "gorse-kettle-lantern-93"
SYSTEMCTL = r'''#!/usr/bin/python3
"""systemctl, as far as the guide needs it: reads units, starts and stops their processes."""
import configparser, os, pathlib, signal, subprocess, sys, time

UNITS, RUN = pathlib.Path("/etc/systemd/system"), pathlib.Path("/run/units")
RUN.mkdir(exist_ok=True)


def read(name):
    base, at, instance = name.removesuffix(".service").partition("@")
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str
    unit.read_string((UNITS / f"{base}{at}.service").read_text())
    return {key: value.replace("%i", instance) for key, value in unit["Service"].items()}


def start(name):
    if name.removesuffix(".service") == "postgresql":
        return subprocess.run(["service", "postgresql", "start"], check=True)
    unit = read(name)
    lines = pathlib.Path(unit["EnvironmentFile"]).read_text().splitlines()
    set_ = [line for line in lines if line.strip() and not line.startswith("#")]
    command = unit["ExecStart"].replace("%%", "%")
    shell = f"cd {unit['WorkingDirectory']} && umask {unit['UMask']} && exec {command}"
    words = ["setpriv", f"--reuid={unit['User']}", f"--regid={unit['Group']}", "--init-groups"]
    words += ["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"]
    words += ["env", "-i", "PATH=/usr/bin:/bin", *set_, "sh", "-c", shell]
    if unit["Type"] == "oneshot":
        return subprocess.run(words, check=True)
    log = open(f"/var/log/{name}.log", "ab")
    process = subprocess.Popen(words, stdout=log, stderr=log, start_new_session=True)
    (RUN / name).write_text(str(process.pid))
    time.sleep(6)
    if process.poll() is not None:
        sys.exit(f"{name} ended: " + pathlib.Path(log.name).read_text()[-2000:])


def stop(name):
    os.killpg(int((RUN / name).read_text()), signal.SIGTERM)
    time.sleep(3)


def reload(name):
    if name == "nginx":
        return subprocess.run("nginx -s reload 2>/dev/null || nginx", shell=True, check=True)
    os.kill(int((RUN / name).read_text()), signal.SIGHUP)
    time.sleep(6)


words = [word for word in sys.argv[1:] if not word.startswith("--")]
act, names = words[0], words[1:]
for name in names:
    if name.endswith(".timer"):
        assert (UNITS / name).exists(), name
    else:
        {"start": start, "enable": start, "stop": stop, "reload": reload}[act](name)
'''


class Machine:
    def __init__(self, folder: Path) -> None:
        root = folder / "root"
        mount = textwrap.dedent(f"""
            mount -t tmpfs tmpfs {folder} -o size=6g
            mkdir {folder}/upper {folder}/work {root}
            mount -t overlay overlay -o lowerdir=/,upperdir={folder}/upper,workdir={folder}/work {root}
            mount --bind /proc {root}/proc
            mount --bind /dev {root}/dev
            mount --bind /dev/pts {root}/dev/pts
            mount -t tmpfs tmpfs {root}/dev/shm -o mode=1777
            mount -t tmpfs tmpfs {root}/run
            mkdir {root}/run/postgresql
            chown postgres: {root}/run/postgresql
            exec chroot {root} env -i PS1= HOME=/root TERM=dumb PATH={PATH} bash --norc --noediting
        """)
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            os.execvp("unshare", ["unshare", "--mount", "sh", "-ec", mount])  # noqa: S606
        self.run("stty -echo; trap 'failed=1' ERR")
        self.run(f"cat > /usr/local/bin/systemctl <<'END'\n{SYSTEMCTL}\nEND")
        self.run("chmod +x /usr/local/bin/systemctl")

    def run(self, commands: str, seconds: float = 900) -> str:
        """Type these commands into the shell; return what they print. Raise if one of them fails."""
        # On one line, because programs that ask questions throw away what is typed ahead.
        script = base64.b64encode(commands.encode()).decode()
        mark = f"{time.monotonic_ns()}"
        line = f'failed=0; eval "$(echo {script} | base64 --decode)"; echo "=$failed={mark[:5]}""{mark[5:]}"'
        os.write(self._terminal, f"{line}\n".encode())
        end, said = time.monotonic() + seconds, ""
        while not (done := re.search(rf"=(\d+)={mark}", said)):
            if time.monotonic() > end:
                raise AssertionError(f"{commands}\ndoes not end:\n{said[-3000:]}")
            if select.select([self._terminal], [], [], 1)[0]:
                said += os.read(self._terminal, 65536).decode(errors="replace").replace("\r", "")
            if re.search(r"Password[^\n]*: $", said):
                os.write(self._terminal, f"{PASSWORD}\n".encode())
                said += "\n"
        if done[1] != "0":
            raise AssertionError(f"{commands}\nfailed:\n{said[-3000:]}")
        return said[: done.start()]

    def close(self) -> None:
        """End all processes of the copy."""
        subprocess.run(["pkill", "--signal=KILL", "--nslist=mnt", f"--ns={self._process}"], check=False)
