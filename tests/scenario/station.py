"""The real program and its clients for the scenarios: starts, stops and kills `tram`, speaks HTTP.

Standard library only. The binary comes from TRAM_BIN. A client is one keep-alive socket with its own
small reader, so that what it costs does not blur what the server costs.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRAM = os.environ.get("TRAM_BIN", str(ROOT / "build/release/src/app/tram"))
PASSWORD = "TramDemo-2026-an-toan"
URL_LINE = re.compile(r"Trạm đang chạy: https?://[^:]+:(\d+)")


class Lost(Exception):
    """The connection ended before an answer: nobody knows whether the request was done."""


class Answer:
    __slots__ = ("status", "headers", "raw", "ms")

    def __init__(self, status, headers, raw, ms):
        self.status, self.headers, self.raw, self.ms = status, headers, raw, ms

    @property
    def json(self):
        try:
            return json.loads(self.raw) if self.raw else {}
        except ValueError:
            return {}

    @property
    def error(self):
        body = self.json
        return body.get("error", {}) if isinstance(body, dict) else {}

    @property
    def message(self):
        return self.error.get("message", "")

    def __repr__(self):
        return f"<{self.status} {self.raw[:300]!r}>"


class Connection:
    """One keep-alive HTTP/1.1 connection."""

    def __init__(self, port, timeout=30):
        self.port, self.timeout = port, timeout
        self.socket = None
        self.rest = b""

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None
        self.rest = b""

    def open(self):
        self.rest = b""
        try:
            self.socket = socket.create_connection(("127.0.0.1", self.port), self.timeout)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            self.socket = None
            raise Lost(str(error)) from error

    def request(self, method, path, body=b"", headers=()):
        head = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}"]
        head += [f"{name}: {value}" for name, value in headers]
        if body or method not in ("GET", "HEAD"):
            head.append(f"Content-Length: {len(body)}")
        return self.send(("\r\n".join(head) + "\r\n\r\n").encode() + body)

    def send(self, data):
        began = time.perf_counter()
        if self.socket is None:
            self.open()
        try:
            self.socket.sendall(data)
        except OSError as error:
            # A refusal may already lie in the receive buffer; read it before giving up.
            try:
                return self.receive(began)
            except Lost:
                raise Lost(str(error)) from error
        return self.receive(began)

    def receive(self, began):
        try:
            data = self.rest
            while (end := data.find(b"\r\n\r\n")) < 0:
                piece = self.socket.recv(65536)
                if not piece:
                    raise Lost("closed before the head")
                data += piece
            lines = data[:end].decode("latin-1").split("\r\n")
            status = int(lines[0].split(" ", 2)[1])
            headers = {}
            for line in lines[1:]:
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            length = int(headers.get("content-length", "0"))
            body = data[end + 4:]
            while len(body) < length:
                piece = self.socket.recv(1 << 20)
                if not piece:
                    raise Lost("closed inside the body")
                body += piece
            self.rest = body[length:]
        except OSError as error:
            self.close()
            raise Lost(str(error)) from error
        except Lost:
            self.close()
            raise
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body[:length], (time.perf_counter() - began) * 1000)


class Staff:
    """Somebody at a browser: cookie, CSRF header, one connection."""

    def __init__(self, port, login, password=PASSWORD):
        self.login_name, self.password = login, password
        self.connection = Connection(port)
        self.cookie = ""
        self.csrf = ""
        self.me = {}

    def moved(self, port):
        self.connection.close()
        self.connection = Connection(port)

    def signed_in(self, answer):
        if answer.status == 200:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
            self.csrf = answer.json["csrf"]
            self.me = answer.json["me"]
        return answer

    def login(self):
        self.cookie = self.csrf = ""
        return self.signed_in(self.post("/api/login", {"login": self.login_name, "password": self.password}))

    def unlock(self):
        return self.signed_in(self.post("/api/unlock", {"password": self.password}))

    def call(self, method, path, data=None, headers=()):
        body = b"" if data is None else json.dumps(data, ensure_ascii=False).encode()
        return self.call_raw(method, path, body, headers)

    def call_raw(self, method, path, body=b"", headers=()):
        lines = [("Content-Type", "application/json")] if body else []
        if self.cookie:
            lines.append(("Cookie", self.cookie))
        if self.csrf and method != "GET":
            lines.append(("X-Tram-Csrf", self.csrf))
        return self.connection.request(method, path, body, [*lines, *headers])

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, data=None):
        return self.call("POST", path, {} if data is None else data)

    def put(self, path, data):
        return self.call("PUT", path, data)


class Station:
    """A data folder and, while it runs, the process that owns it."""

    def __init__(self, folder=None):
        self.temporary = folder is None
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="tram-scenario-"))
        self.data = self.folder / "data"
        self.stdout = self.folder / "stdout.log"
        self.stderr = self.folder / "stderr.log"
        self.process = None
        self.port = 0
        self.starts = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.kill()
        if self.temporary and kind is None and not os.environ.get("TRAM_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)
        elif self.temporary:
            print(f"  (kept: {self.folder})")

    def spawn(self, *arguments, prefix=()):
        """Starts the program; it may not answer yet."""
        self.starts += 1
        self.offset = self.stdout.stat().st_size if self.stdout.exists() else 0
        with open(self.stdout, "ab") as out, open(self.stderr, "ab") as err:
            self.process = subprocess.Popen([*prefix, TRAM, *map(str, arguments)], stdout=out, stderr=err,
                                            stdin=subprocess.DEVNULL)

    def wait_ready(self, seconds=120):
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            with open(self.stdout, "rb") as file:
                file.seek(self.offset)
                found = URL_LINE.search(file.read().decode("utf-8", "replace"))
            if found:
                self.port = int(found.group(1))
                return self
            if self.process.poll() is not None:
                raise RuntimeError(f"tram ended with {self.process.returncode}: {self.log_tail()}")
            time.sleep(0.005)
        raise RuntimeError("tram did not get ready: " + self.log_tail())

    def demo(self, residents=200, visits=0, web=None):
        arguments = ["demo", "--data", self.data, "--port", 0, "--residents", residents, "--visits", visits]
        self.spawn(*arguments, *(["--web", web] if web else []))
        return self.wait_ready()

    def serve(self, config=None, web=None, prefix=()):
        arguments = ["serve", "--data", self.data, "--port", 0]
        arguments += ["--config", config] if config else []
        arguments += ["--web", web] if web else []
        self.spawn(*arguments, prefix=prefix)
        return self.wait_ready()

    def stop(self, seconds=30):
        """SIGTERM; the exit status."""
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(seconds)
        self.process = None
        return status

    def kill(self):
        """kill -9."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
        if self.process is not None:
            self.process.wait()
        self.process = None

    def staff(self, login, password=PASSWORD):
        somebody = Staff(self.port, login, password)
        answer = somebody.login()
        if answer.status != 200:
            raise RuntimeError(f"{login} cannot log in: {answer}")
        return somebody

    def log_tail(self):
        return self.stderr.read_text(errors="replace")[-2000:] if self.stderr.exists() else ""

    def log_events(self, level=None):
        """The JSON log lines, of one level if given."""
        events = []
        for line in self.stderr.read_text(errors="replace").splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict) and (level is None or event.get("level") == level):
                events.append(event)
        return events

    def run(self, *arguments, stdin="", timeout=120):
        """A command that ends: (status, stdout, stderr)."""
        return run(*arguments, stdin=stdin, timeout=timeout)


def run(*arguments, stdin="", timeout=120):
    done = subprocess.run([TRAM, *map(str, arguments)], input=stdin.encode(), capture_output=True, timeout=timeout,
                          check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


class Checks:
    """One line per check; ends the script with 1 when one failed."""

    def __init__(self):
        self.passed = 0
        self.failures = []
        self.lock = threading.Lock()

    def that(self, holds, what, seen=None):
        with self.lock:
            if holds:
                self.passed += 1
            else:
                self.failures.append(what)
            seen_text = "" if holds or seen is None else f"\n      seen: {str(seen)[:600]}"
            print(f"{'ok  ' if holds else 'FAIL'} {what}{seen_text}", flush=True)
        return bool(holds)

    def end(self):
        print(f"{self.passed} checks passed, {len(self.failures)} failed")
        return 1 if self.failures else 0


# ---- The people and acts every scenario needs

def citizen(number, insured=True, **changes):
    """The form of a made-up adult; `number` makes the identity unique."""
    form = {
        "name": f"Nguyễn Thử {FAMILIES[number % len(FAMILIES)]} {GIVEN[number // 7 % len(GIVEN)]}",
        "birthDate": f"{1960 + number % 40}-{1 + number % 12:02}-{1 + number % 28:02}",
        "gender": "female" if number % 2 else "male",
        "personalNumber": f"0011{600_000_00 + number:08}",
        "phone": f"09{number % 100_000_000:08}",
        "address": f"Số {number % 300 + 1} ngõ Thử Nghiệm, phường Bồ Đề, Hà Nội",
        "communeCode": "00118", "ethnicity": "01", "occupation": "00000", "identityKind": "citizen",
        "insurance": None,
    }
    if insured:
        form["insurance"] = {"number": f"GD401{number % 10_000_000_000:010}", "validFrom": "2026-01-01",
                             "validTo": "2027-12-31", "registeredFacility": "01999"}
    form.update(changes)
    return form


FAMILIES = ["An", "Bình", "Chi", "Dung", "Giang", "Hà", "Hiền", "Khánh", "Lan", "Mai", "Nga"]
GIVEN = ["Anh", "Bảo", "Châu", "Đức", "Hạnh", "Hoa", "Linh", "Minh", "Ngọc", "Phúc", "Quân", "Thảo", "Yến"]

VITALS = {"temperature": 36.9, "pulse": 76, "systolic": 118, "diastolic": 74, "respiration": 18, "spo2": 98,
          "weight": 58, "height": 162}
GLUCOSE = ("03.0191.1510", "GLUC")
PARACETAMOL = {"drug": "TH0001", "dose": 1, "doseUnit": "viên", "times": 3, "days": 3, "quantity": 9,
               "timesOfDay": ["morning", "noon", "evening"], "beforeMeal": False, "payer": "insurance"}


def draft(text="Ho khan, sổ mũi hai ngày", code="J00", version=0):
    return {"examination": {"symptoms": text, "examination": "Họng đỏ nhẹ, phổi trong",
                            "treatment": "Điều trị ngoại trú"},
            "diagnoses": [{"code": code, "main": True}], "prescriptionLines": [], "revisit": None,
            "version": version}


def closing(code="J00"):
    return {"outcome": "2", "disposition": "1", "advice": "Nghỉ ngơi, uống đủ nước",
            "override": [f"discouraged_main:{code}", f"finer_code:{code}"]}


def sepay_body(identifier, amount, content, kind="in"):
    return json.dumps({
        "id": identifier, "gateway": "Vietcombank", "transactionDate": time.strftime("%Y-%m-%d %H:%M:%S"),
        "accountNumber": "0011012345678", "code": None, "content": content, "transferType": kind,
        "transferAmount": amount, "accumulated": 19077000, "subAccount": None,
        "referenceCode": f"MBVCB.{identifier}", "description": content}, ensure_ascii=False).encode()


def sepay_headers(body, secret, at=None):
    """https://developer.sepay.vn: HMAC-SHA256 of "{timestamp}.{raw body}"."""
    import hashlib
    import hmac
    stamp = str(int(time.time() if at is None else at))
    mark = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return [("Content-Type", "application/json"), ("X-SePay-Timestamp", stamp),
            ("X-SePay-Signature", "sha256=" + mark)]


def write_config(folder, secret="bi-mat-thu-nghiem-sepay"):
    folder = pathlib.Path(folder)
    (folder / "sepay.secret").write_text(secret + "\n")
    (folder / "tram.toml").write_text('[sepay]\nhmac_secret_file = "sepay.secret"\n')
    return folder / "tram.toml"


def metric(text, name):
    for line in text.splitlines():
        if line.startswith(name + " "):
            return float(line.split()[1])
    return None
