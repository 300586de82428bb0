"""The bad days of a station, played against the real program."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import station
from station import Checks, Connection, Lost, Station

SECRET = "bi-mat-ngay-xau"
CALM = (200, 400, 404, 409, 413, 422)  # never 500, never a lost connection


class Day:
    def __init__(self, house, checks):
        self.house, self.checks = house, checks
        self.number = 500
        self.config = station.write_config(house.folder, SECRET)

    def come_to_work(self):
        self.people = {login: self.house.staff(login) for login in
                       ("letan", "dieuduong", "bacsi", "bacsi2", "xetnghiem", "xetnghiem2", "duocsi", "thungan", "truongtram")}

    def ask(self, login, method, path, data=None):
        return self.people[login].call(method, path, data)

    def patient(self, **changes):
        self.number += 1
        answer = self.ask("letan", "POST", "/api/patients", {
            "form": station.citizen(self.number, **changes), "confirmedNotDuplicate": True})
        return answer.json["person"]["id"]

    def visit(self, insured=False):
        """A patient who waits for the doctor."""
        row = self.ask("letan", "POST", "/api/reception/check-in", {"patientId": self.patient(insured=insured), "reason": "Ho"})
        visit = row.json["visit"]["id"]
        self.ask("dieuduong", "POST", f"/api/visits/{visit}/vital-signs", {**station.VITALS, "confirmed": []})
        return visit

    def with_doctor(self, code="J00"):
        visit = self.visit()
        self.ask("bacsi", "POST", f"/api/visits/{visit}/call", {"desk": "Phòng khám 1"})
        self.ask("bacsi", "PUT", f"/api/visits/{visit}/draft", station.draft(code=code))
        return visit

    def closed(self):
        visit = self.with_doctor()
        answer = self.ask("bacsi", "POST", f"/api/visits/{visit}/close", station.closing())
        return visit, answer.json["bill"]

    def refused(self, what, answer, statuses=(400, 422)):
        self.checks.that(answer.status in statuses and answer.message, f"{what}: {answer.status} {answer.message}", answer)


def resident_megabytes(house):
    for line in pathlib.Path(f"/proc/{house.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def hostile_json(day):
    me, checks = day.people["letan"], day.checks
    for name, raw in {"cut off": b'{"text":"Nguy', "not JSON": b"<xml/>", "two values": b'{"text":"a"}{}',
                      "broken UTF-8": b'{"text":"\xff\xfe"}', "lone surrogate": b'{"text":"\\ud800"}',
                      "a duplicate key": b'{"text":"a","text":"b"}', "a list": b"[1,2]", "NUL": b'{"text":"a\x00b"}'}.items():
        day.refused(f"JSON {name}", me.call_raw("POST", "/api/reception/read", raw))
    deep = b'{"text":' + b"[" * 10_000 + b"]" * 10_000 + b"}"
    day.refused("JSON 10,000 levels deep", me.call_raw("POST", "/api/reception/read", deep))
    answer = me.call_raw("POST", "/fhir/Patient", b'{"resourceType":"Patient","contact":' + b"[" * 10_000 + b"]" * 10_000 + b"}")
    checks.that(answer.status == 400 and answer.json.get("resourceType") == "OperationOutcome",
                "FHIR JSON 10,000 levels deep: 400 with an OperationOutcome", answer)
    before = resident_megabytes(day.house)
    for name, cookie in {"logged in": me.cookie, "nobody": ""}.items():
        caller = Connection(day.house.port, timeout=20)
        head = (f"POST /api/reception/read HTTP/1.1\r\nHost: localhost:{day.house.port}\r\nContent-Type: application/json\r\n"
                f"Cookie: {cookie}\r\nX-Tram-Csrf: {me.csrf}\r\nContent-Length: 104857600\r\n\r\n")
        began = time.monotonic()
        answer = caller.send(head.encode() + b'{"text":"')
        checks.that(answer.status == 413 and time.monotonic() - began < 2,
                    f"100 MB announced ({name}): 413 before the body is sent", answer)
        caller.close()
    # And one that sends it all the same.
    caller = Connection(day.house.port, timeout=20)
    try:
        status = caller.send((f"POST /api/login HTTP/1.1\r\nHost: localhost:{day.house.port}\r\n"
                              "Content-Type: application/json\r\nContent-Length: 104857600\r\n\r\n").encode()
                             + b" " * 104_857_600).status
    except Lost:
        status = "closed"
    grown = resident_megabytes(day.house) - before
    checks.that(status in (413, "closed") and grown < 16, f"100 MB really sent: {status}, memory grew {grown:.1f} MB")
    for name, number in {"1e999999999": b"1e999999999", "1e-999999999": b"1e-999999999", "40 digits": b"9" * 40,
                         "a million digits": b"1" * 1_000_000}.items():
        began = time.monotonic()
        answer = day.people["duocsi"].call_raw("POST", "/api/pharmacy/stock",
                                               b'{"drug":"TH0001","lot":"X","expires":"2029-01-01","quantity":' + number + b"}")
        checks.that(answer.status in (400, 413, 422) and time.monotonic() - began < 1, f"the quantity {name} is refused at once", answer)


def hostile_scans(day):
    me = day.people["letan"]
    strings = [
        "", " ", "|", "||||||", "001187654321", "001187654321|", "001187654321|||||", "001187654321||A||||",
        "001187654321|012345678|Nguyễn Văn A|32131990|Nam|Hà Nội|01012020", "9" * 12, "0" * 15, "A" * 2_049, "ộ" * 2_000,
        "Nguyễn\u0000Văn", "\u202eNguyễn Văn A", "<script>alert(1)</script>", "'; DROP TABLE patients; --",
        "../../../etc/passwd", "%00%0d%0aSet-Cookie: x=1", "Robert\r\nX-Tram-Csrf: 1", "=cmd|' /C calc'!A0", "{{7*7}}",
        "GD4010123456789|4E677579|01/01/1990|1|zz|01 - 999|01/01/2026|-|-|-|-|4|-|-|-",
        "DN401|" * 300, "00020101021238570010A000000727012700069704030113001101234567802",
        "000201" + "9999" * 200, "000201010212" + "26" + "99" + "x" * 10, "\ufeff001187654321", "１２３４５６７８９０１２",
        "Zalgo\u0310\u0311\u0312" * 50, "👩‍⚕️" * 60, "a" * 500 + " " + "b" * 500, "Patient?name=a&_count=100000", "*", "%", "_", "\\", '"',
    ]
    wrong = []
    for text in strings:
        began = time.monotonic()
        answer = me.post("/api/reception/read", {"text": text})
        slow = time.monotonic() - began > 1.5
        if answer.status not in (200, 400, 413, 422) or slow or (answer.status != 200 and not answer.message):
            wrong.append((text[:40], answer, slow))
        again = me.post("/api/search", {"text": text})
        if again.status not in (200, 400, 413, 422):
            wrong.append((text[:40], again))
    day.checks.that(not wrong, f"{len(strings)} hostile scanner strings: an answer or a clear refusal, at once", wrong[:4])


def unknown_codes(day):
    visit = day.with_doctor("ZZ99.9")
    day.refused("closing with an unknown ICD-10 code", day.ask("bacsi", "POST", f"/api/visits/{visit}/close", station.closing("ZZ99.9")), (422,))
    day.refused("an unknown service", day.ask("bacsi", "POST", f"/api/visits/{visit}/orders", {"services": ["99.9999.9999"]}))
    day.refused("an unknown drug", day.ask("bacsi", "POST", f"/api/visits/{visit}/prescription", {"lines": [{**station.PARACETAMOL, "drug": "TH9999"}]}))
    day.refused("a lot of an unknown drug", day.ask("duocsi", "POST", "/api/pharmacy/stock", {"drug": "TH9999", "lot": "A", "expires": "2029-01-01", "quantity": 1}))
    for field, value in {"visitType": "77", "department": "K99"}.items():
        day.refused(f"an unknown {field} at check-in", day.ask("letan", "POST", "/api/reception/check-in", {"patientId": day.patient(), "reason": "Ho", field: value}))
    day.refused("checking in nobody", day.ask("letan", "POST", "/api/reception/check-in", {"patientId": "khong-co", "reason": "Ho"}), (404,))
    day.refused("an unknown visit", day.ask("bacsi", "GET", "/api/visits/khong-co"), (404,))
    order = day.ask("bacsi", "POST", f"/api/visits/{visit}/orders", {"services": [station.GLUCOSE[0]]}).json["orders"][0]["id"]
    day.ask("xetnghiem", "POST", f"/api/lab/orders/{order}/collect", {})
    day.refused("an unknown analyte", day.ask("xetnghiem", "POST", f"/api/lab/orders/{order}/results", {"results": [{"analyte": "XXX", "value": 1}]}))
    for name, value in {"a negative result": -3, "a result that is no number": "cao", "an impossible result": 100000, "1e400": "1e400"}.items():
        day.refused(name, day.ask("xetnghiem", "POST", f"/api/lab/orders/{order}/results", {"results": [{"analyte": "GLUC", "value": value}]}))


def absurd_quantities(day):
    visit = day.with_doctor()
    for change in ({"quantity": -9}, {"quantity": 0}, {"quantity": 10**12}, {"days": 0}, {"days": 100_000}, {"dose": -1},
                   {"times": -3}, {"times": 1.5}, {"quantity": "nhiều"}, {"dose": 0.0000001}, {"quantity": None}):
        day.refused(f"a prescription line with {change}", day.ask("bacsi", "POST", f"/api/visits/{visit}/prescription",
                                                                 {"lines": [{**station.PARACETAMOL, **change}]}))
    for change in ({"temperature": -5}, {"pulse": 10**9}, {"systolic": 60, "diastolic": 90}, {"weight": "năm mươi"}, {"height": 0}):
        day.refused(f"vital signs with {change}", day.ask("dieuduong", "POST", f"/api/visits/{visit}/vital-signs", {**station.VITALS, **change}))
    for quantity in (-1, 0, 10**15, "x"):
        day.refused(f"a receipt of {quantity}", day.ask("duocsi", "POST", "/api/pharmacy/stock", {"drug": "TH0001", "lot": "A", "expires": "2029-01-01", "quantity": quantity}))
    day.ask("bacsi", "POST", f"/api/visits/{visit}/prescription", {"lines": [station.PARACETAMOL]})
    item = [item for item in day.ask("duocsi", "GET", "/api/pharmacy/worklist").json["items"] if item["visitId"] == visit][0]
    line = item["lines"][0]
    lot = line["lots"][0]
    day.refused("a negative count", day.ask("duocsi", "POST", f"/api/pharmacy/stock/{lot['lotId']}/adjust", {"quantity": -1, "reason": "x"}))
    for quantities in ([-9], [0], [10**12], [9, -9, 9], [4, 4], [9.5]):
        day.refused(f"handing out {quantities} of 9", day.ask("duocsi", "POST", "/api/pharmacy/dispense", {
            "visitId": visit, "lines": [{"requestId": line["requestId"], "lots": [{"lotId": lot["lotId"], "quantity": q} for q in quantities]}]}), (400, 409, 422))
    day.refused("the same line twice", day.ask("duocsi", "POST", "/api/pharmacy/dispense", {
        "visitId": visit, "lines": [{"requestId": line["requestId"], "lots": [{"lotId": lot["lotId"], "quantity": 9}]}] * 2}), (400, 409, 422))
    stock = day.ask("duocsi", "GET", "/api/pharmacy/stock").json["items"]
    now = [entry["onHand"] for item in stock for entry in item["lots"] if entry["lotId"] == lot["lotId"]]
    day.checks.that(now == [lot["onHand"]], "after all that the shelf is as it was", (now, lot))


def webhooks(day):
    checks = day.checks
    bank = Connection(day.house.port)

    def send(body, headers=None):
        return bank.request("POST", "/api/webhooks/sepay", body, headers or station.sepay_headers(body, SECRET))

    def bill_of(visit):
        return day.ask("thungan", "GET", f"/api/visits/{visit}/bill").json

    visit, bill = day.closed()
    owed = bill["totals"]["owes"]
    body = station.sepay_body(1, owed, f"thanh toan {bill['reference']} cam on")
    checks.that(send(body, station.sepay_headers(body, "sai")).status == 401, "a webhook with a wrong signature: 401")
    checks.that(send(body, [("Content-Type", "application/json")]).status == 401, "without a signature: 401")
    checks.that(send(body, station.sepay_headers(body, SECRET, time.time() - 3 * 3600)).status == 401, "three hours old: 401")
    tampered = body.replace(str(owed).encode(), str(owed + 1).encode())
    checks.that(send(tampered, station.sepay_headers(body, SECRET)).status == 401, "body changed after signing: 401")
    checks.that(send(b'{"id":', station.sepay_headers(b'{"id":', SECRET)).status == 400, "signed but broken JSON: 400")
    checks.that(bill_of(visit)["status"] == "issued", "none of these paid the bill")

    wrong = station.sepay_body(2, owed - 1, f"thanh toan {bill['reference']}")
    checks.that(send(wrong).status == 200 and bill_of(visit)["status"] == "issued", "a wrong amount: 200, kept for a person, the bill stays open")
    out = station.sepay_body(3, owed, f"thanh toan {bill['reference']}", "out")
    checks.that(send(out).status == 200 and bill_of(visit)["status"] == "issued", "money going out pays nothing")

    answers = []

    def hammer():
        caller = Connection(day.house.port)
        for _ in range(5):
            answers.append(caller.request("POST", "/api/webhooks/sepay", body, station.sepay_headers(body, SECRET)).status)
        caller.close()

    threads = [threading.Thread(target=hammer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    paid = bill_of(visit)
    notices = day.people["thungan"].get("/fhir/PaymentNotice?request=Invoice/" + bill["invoiceId"]).json.get("entry", [])
    checks.that(answers == [200] * 20 and paid["status"] == "balanced" and len(notices) == 1,
                "the same webhook twenty times at once: twenty times 200, one payment", (answers, paid["status"], len(notices)))
    changed = station.sepay_body(1, owed * 3, f"thanh toan {bill['reference']}")
    checks.that(send(changed).status == 200, "the same number with another amount, signed: taken for the one before")
    late = station.sepay_body(4, owed, f"thanh toan {bill['reference']}")
    checks.that(send(late).status == 200, "a second transfer for a paid bill: 200, kept for a person")
    unknown = station.sepay_body(5, 10_000, "chuyen tien an sang")
    checks.that(send(unknown).status == 200, "a transfer for nothing of ours: 200, kept")
    kept = {item["transfer"]: item["why"] for item in day.ask("thungan", "GET", "/api/cashier/transfers").json["items"]}
    checks.that(set(kept) == {"sepay|2", "sepay|4", "sepay|5"} and all(kept.values()), "the cashier sees exactly the three that were kept", kept)
    # Out of order: the newer transfer first.
    (first, bill_1), (second, bill_2) = day.closed(), day.closed()
    for identifier, its in ((12, bill_2), (11, bill_1)):
        send(station.sepay_body(identifier, its["totals"]["owes"], its["reference"]))
    checks.that(bill_of(first)["status"] == bill_of(second)["status"] == "balanced", "webhooks out of order each find their bill")
    checks.that(send(station.sepay_body(20, -5, "x")).status in (400, 422), "a negative amount is refused")


def sessions(day):
    checks, me = day.checks, day.people["letan"]
    form = {"form": station.citizen(9999), "confirmedNotDuplicate": True}
    thief = station.Staff(day.house.port, "letan")
    thief.cookie = me.cookie
    checks.that(thief.post("/api/patients", form).status == 403, "a stolen cookie without the CSRF header changes nothing: 403")
    thief.csrf = "x" * 43
    checks.that(thief.post("/api/patients", form).status == 403, "with an invented CSRF header: 403")
    thief.csrf = day.people["bacsi"].csrf
    checks.that(thief.post("/api/patients", form).status == 403, "with the CSRF header of another session: 403")
    evil = me.call("POST", "/api/patients", form, [("Origin", "https://evil.example")])
    checks.that(evil.status == 403, "from another site's page: 403", evil)
    checks.that(me.call("POST", "/api/login", {"login": "letan", "password": station.PASSWORD}, [("Origin", "null")]).status == 403,
                "a log-in from a sandboxed page: 403")
    visit = day.with_doctor()
    for login, method, path in (("letan", "POST", f"/api/visits/{visit}/prescription"), ("duocsi", "GET", f"/api/visits/{visit}"),
                                ("dieuduong", "POST", f"/api/visits/{visit}/close"), ("thungan", "POST", "/api/pharmacy/stock"),
                                ("bacsi", "POST", "/api/invoices/x/pay-cash"), ("letan", "GET", "/api/users"),
                                ("bacsi", "GET", "/api/audit"), ("xetnghiem", "GET", "/fhir/Invoice"),
                                ("letan", "GET", "/fhir/Observation"), ("truongtram", "GET", "/fhir/VerificationResult")):
        answer = day.ask(login, method, path, {} if method == "POST" else None)
        checks.that(answer.status == 403, f"{login} may not {method} {path.replace(visit, '{id}')}: 403", answer)
    nobody = station.Staff(day.house.port, "")
    checks.that(nobody.get(f"/api/visits/{visit}").status == 401 and nobody.get("/fhir/Patient").status == 401, "nobody is let in: 401")
    checks.that(nobody.call("GET", "/fhir/Patient", None, [("Authorization", "Bearer " + "a" * 43)]).status == 401, "an invented bearer token: 401")
    leaver = day.house.staff("letan")
    leaver.post("/api/logout")
    checks.that(leaver.get("/api/me").status == 401 and leaver.post("/api/patients", form).status == 401, "a session after log-out: 401")
    locked = day.house.staff("letan")
    locked.post("/api/lock")
    answer = locked.get("/api/reception/visits?date=")
    checks.that(answer.status == 401 and answer.error.get("locked") is True, "a locked session answers 401 and says so", answer)
    wrong = station.Staff(day.house.port, "truongtram", "sai-mat-khau-1")
    tries = [wrong.login().status for _ in range(12)]
    right = station.Staff(day.house.port, "truongtram").login()
    checks.that(set(tries) <= {401, 403, 429} and right.status != 200, "after twelve wrong passwords even the right one has to wait", (tries, right))


def two_doctors(day):
    rounds, wrong, spoken = 12, [], set()
    for _ in range(rounds):
        visit = day.visit()
        gate = threading.Barrier(2)
        answers = {}

        def call(login, visit=visit, gate=gate, answers=answers):
            gate.wait()
            answers[login] = day.ask(login, "POST", f"/api/visits/{visit}/call", {"desk": "Phòng khám"})

        threads = [threading.Thread(target=call, args=(login,)) for login in ("bacsi", "bacsi2")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses = sorted(answer.status for answer in answers.values())
        winner = [login for login, answer in answers.items() if answer.status == 200]
        if statuses != [200, 409]:
            wrong.append(statuses)
            continue
        refusal = [answer.message for answer in answers.values() if answer.status == 409][0]
        spoken.add(refusal)
        if day.people[winner[0]].me["name"] not in refusal:
            wrong.append(refusal)
    day.checks.that(not wrong, f"two doctors call the same patient, {rounds} times: one gets him, the other hears who ({'; '.join(spoken)})", wrong)
    waiting = [day.visit() for _ in range(8)]
    taken = []

    def next_patients(login):
        while (row := day.ask(login, "POST", "/api/visits/call-next", {"desk": "P"}).json.get("visit")) is not None:
            taken.append(row["id"])

    threads = [threading.Thread(target=next_patients, args=(login,)) for login in ("bacsi", "bacsi2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    day.checks.that(len(taken) == len(set(taken)) and set(waiting) <= set(taken), "\"next patient\" pressed together never gives the same one twice",
                    (len(taken), len(set(taken))))


def stop_under_load(day):
    """SIGTERM while everybody works: what was answered is there."""
    answered, patients = [], [day.patient() for _ in range(60)]
    letan = [day.house.staff("letan") for _ in range(3)]

    def check_in(me, mine):
        try:
            for patient in mine:
                answer = me.post("/api/reception/check-in", {"patientId": patient, "reason": "Ho"})
                if answer.status == 200:
                    answered.append(answer.json["visit"]["id"])
        except Lost:
            pass

    threads = [threading.Thread(target=check_in, args=(me, patients[i::3])) for i, me in enumerate(letan)]
    for thread in threads:
        thread.start()
    ends = time.monotonic() + 20
    while len(answered) < 15 and time.monotonic() < ends:
        time.sleep(0.002)
    began = time.monotonic()
    status = day.house.stop()
    took = time.monotonic() - began
    for thread in threads:
        thread.join()
    day.house.serve(day.config)
    day.come_to_work()
    there = {row["id"] for row in day.ask("letan", "GET", "/api/reception/visits?date=").json["items"]}
    day.checks.that(status == 0 and took < 12 and set(answered) <= there,
                    f"SIGTERM under load: ended in {took:.1f} s, all {len(answered)} answered check-ins are there",
                    (status, took, len(set(answered) - there)))


class FullDisk:
    """A folder whose disk can be filled and emptied: a small tmpfs, or a limit on file size without root."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", self.folder],
                                      capture_output=True, check=False).returncode == 0
        self.prefix = ()

    def fill(self, house):
        if self.mounted:
            with open(self.folder / "ballast", "ab") as ballast:
                for size in (1 << 20, 1 << 14, 1 << 12):
                    try:
                        while True:
                            os.write(ballast.fileno(), b"x" * size)
                    except OSError:
                        continue
        else:
            largest = max(file.stat().st_size for file in house.data.iterdir())
            self.limit(house, largest)

    def limit(self, house, size):
        import resource
        resource.prlimit(house.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def make_room(self, house):
        if self.mounted:
            (self.folder / "ballast").unlink()
        else:
            import resource
            self.limit(house, resource.RLIM_INFINITY)

    def remove(self):
        if self.mounted:
            subprocess.run(["umount", "-l", self.folder], check=False)


def disk_full(checks):
    with Station() as house:
        disk = FullDisk(house.folder / "disk")
        try:
            house.data = house.folder / "disk/data"
            if not disk.mounted:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # inherited: the limit must be an error, not a death
            house.demo(residents=100, visits=0)
            day = Day(house, checks)
            day.come_to_work()
            visit = day.with_doctor()
            disk.fill(house)
            stored, refusal = [], None
            for _ in range(400):
                day.number += 1
                answer = day.ask("letan", "POST", "/api/patients", {"form": station.citizen(day.number), "confirmedNotDuplicate": True})
                if answer.status != 200:
                    refusal = answer
                    break
                stored.append(answer.json["person"]["id"])
            checks.that(refusal is not None and refusal.status == 503 and "đầy" in refusal.message,
                        f"disk full ({'tmpfs' if disk.mounted else 'file size limit'}): after {len(stored)} more writes 503 "
                        f"{refusal.message if refusal else ''}", refusal)
            kinds = {
                "a draft": day.ask("bacsi", "PUT", f"/api/visits/{visit}/draft", station.draft("khi đĩa đầy", version=1)),
                "closing": day.ask("bacsi", "POST", f"/api/visits/{visit}/close", station.closing()),
                "a log-in": station.Staff(house.port, "thungan").login(),
            }
            for name, answer in kinds.items():
                checks.that(answer.status == 503 and answer.message, f"disk full: {name} is refused with 503", answer)
            reads = [day.ask("bacsi", "GET", f"/api/visits/{visit}"), day.ask("letan", "GET", "/api/reception/visits?date="),
                     day.ask("letan", "POST", "/api/search", {"text": "nguyen"}), day.ask("thungan", "GET", "/api/queue"),
                     day.ask("letan", "GET", "/health")]
            checks.that(all(answer.status == 200 for answer in reads), "disk full: reading goes on", reads)
            disk.make_room(house)
            answer, tries = None, 0
            for tries in range(50):
                answer = day.ask("bacsi", "POST", f"/api/visits/{visit}/close", station.closing())
                if answer.status == 200:
                    break
                time.sleep(0.1)
            checks.that(answer.status == 200 and answer.json.get("bill"), f"with room again work goes on without a restart (try {tries + 1})", answer)
            gone = [patient for patient in stored if day.ask("letan", "GET", f"/api/patients/{patient}").status != 200]
            checks.that(not gone, f"the {len(stored)} that were answered are there", len(gone))
            checks.that(house.stop() == 0, "it stops well")
            status, out, err = house.run("audit", "verify", "--data", house.data)
            checks.that(status == 0, "after the full disk the audit chain is whole: " + (out + err).strip())
        finally:
            house.kill()
            disk.remove()


def main():
    checks = Checks()
    parts = [hostile_json, hostile_scans, unknown_codes, absurd_quantities, webhooks, two_doctors, stop_under_load, sessions]
    wanted = sys.argv[1:]
    with Station() as house:
        house.demo(residents=100, visits=0)
        house.stop()
        day = Day(house, checks)
        house.serve(day.config)
        day.come_to_work()
        for part in parts:
            if wanted and part.__name__ not in wanted:
                continue
            print(f"-- {part.__name__.replace('_', ' ')}", flush=True)
            try:
                part(day)
            except Exception as error:  # noqa: BLE001 - the next part still runs
                checks.that(False, f"{part.__name__} ran to its end", repr(error))
        internal = [event for event in house.log_events() if event.get("status") == 500]
        checks.that(not internal, "nothing was answered with 500", internal[:5])
        checks.that(house.stop() == 0, "the program ends well")
        status, out, err = house.run("audit", "verify", "--data", house.data)
        checks.that(status == 0, "the audit chain is whole: " + (out + err).strip())
    if not wanted or "disk_full" in wanted:
        print("-- disk full", flush=True)
        disk_full(checks)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
