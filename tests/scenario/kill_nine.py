"""kill -9 at random moments of a simulated morning, again and again, against the real program.

Eight people and a bank work in every room; the client keeps a journal of every answer it got. After
each restart everything answered is there, nothing is half done, and everybody's session is locked,
not lost. TRAM_KILL_ROUNDS (200) and TRAM_KILL_SEED choose how long and which way.
"""

import collections
import json
import os
import random
import sys
import threading
import time

import station
from station import Checks, Connection, Lost, Staff, Station

ROUNDS = int(os.environ.get("TRAM_KILL_ROUNDS", "200"))
SEED = int(os.environ.get("TRAM_KILL_SEED", "20261121"))
MOST_OPEN = 14
SECRET = "bi-mat-cua-kich-ban"
ROOMS = {"letan": ["reception"], "dieuduong": ["nurse"], "bacsi": ["close", "doctor"], "bacsi2": ["doctor", "close"],
         "xetnghiem": ["lab"], "xetnghiem2": ["verify"], "duocsi": ["pharmacy"], "thungan": ["cashier"]}


class Visit:
    """What the client was told about one visit: `facts` were answered, so they must stay true."""

    def __init__(self, number, seed):
        rng = random.Random(seed)
        self.number = number
        self.insured = rng.random() < 0.4
        self.wants_test = rng.random() < 0.5
        self.wants_medicine = rng.random() < 0.7
        self.pays_by_transfer = rng.random() < 0.5
        self.pulse = 60 + number % 40
        self.text = f"Ho khan, lần khám thử số {number}"
        self.facts = {}
        self.patient = self.id = ""
        self.order = self.order_state = ""
        self.called = False
        self.note_version = 0
        self.has_prescription = False
        self.transfer = None  # (id, body) once sent
        self.room = "reception"


class Morning:
    def __init__(self, house, checks, config):
        self.house, self.checks, self.config = house, checks, config
        self.rng = random.Random(SEED)
        self.people = {}
        self.sure = {}  # login -> the session's token is known to be the last one
        self.rooms = collections.defaultdict(collections.deque)
        self.visits = []
        self.open = 0
        self.unresolved = []
        self.touched = set()
        self.lots = {}  # lot number -> quantity received
        self.sure_lots = set()
        self.answers = collections.Counter()
        self.surprises = []
        self.lock = threading.Lock()
        self.halt = threading.Event()
        self.next_number = 0
        self.round = 0
        self.early = False

    # ---- Acting

    def act(self, person, method, path, data=None, allow=()):
        answer = person.call(method, path, data)
        if answer.status != 200 and answer.status not in allow:
            with self.lock:
                self.surprises.append(f"{method} {path.split('/')[2:4]}: {answer.status} {answer.message}")
            return None
        self.answers[person.login_name] += 1
        return answer

    def take(self, room):
        with self.lock:
            return self.rooms[room].popleft() if self.rooms[room] else None

    def give(self, visit, room):
        with self.lock:
            visit.room = room
            self.touched.add(visit)
            if room == "done":
                self.open -= 1
            else:
                self.rooms[room].append(visit)

    def reception(self, me):
        visit = self.take("reception")
        if visit is None:
            with self.lock:
                if self.open >= MOST_OPEN:
                    return None
                self.next_number += 1
                visit = Visit(self.next_number, self.next_number * 7919 + SEED)
                self.visits.append(visit)
                self.open += 1
        return visit

    def do_reception(self, me, visit):
        if not visit.patient:
            form = station.citizen(visit.number, insured=visit.insured)
            answer = self.act(me, "POST", "/api/patients", {"form": form, "confirmedNotDuplicate": True}, allow=(409, 422))
            if answer is None:
                return
            if answer.status != 200 or not answer.json.get("person"):
                # The lost answer of the time before was a yes: the number is registered already.
                found = self.act(me, "POST", "/api/reception/read", {"text": form["personalNumber"]})
                people = found.json["people"] if found else []
                if len(people) != 1:
                    self.surprises.append(f"registered {len(people)} times: {answer!r}")
                    return
                visit.patient = people[0]["person"]["id"]
            else:
                visit.patient = answer.json["person"]["id"]
            visit.facts["name"] = form["name"]
        answer = self.act(me, "POST", "/api/reception/check-in",
                          {"patientId": visit.patient, "reason": "Ho"}, allow=(422,))
        if answer is None:
            return
        if answer.status == 422:
            listed = self.act(me, "GET", "/api/reception/visits?date=")
            mine = [row for row in listed.json["items"] if row["patient"]["id"] == visit.patient]
            if len(mine) != 1:
                self.surprises.append(f"checked in {len(mine)} times")
                return
            visit.id = mine[0]["id"]
        else:
            visit.id = answer.json["visit"]["id"]
            visit.facts["ticket"] = answer.json["ticket"]
        self.give(visit, "nurse")

    def do_nurse(self, me, visit):
        signs = {**station.VITALS, "pulse": visit.pulse, "confirmed": []}
        if self.act(me, "POST", f"/api/visits/{visit.id}/vital-signs", signs):
            visit.facts["pulse"] = visit.pulse
            self.give(visit, "doctor")

    def do_doctor(self, me, visit):
        path = f"/api/visits/{visit.id}"
        if not visit.called:
            if not self.act(me, "POST", path + "/call", {"desk": "Phòng khám 1"}):
                return
            visit.called = True
            visit.facts["doctor"] = me.me["name"]
        if not visit.note_version:
            answer = self.act(me, "PUT", path + "/draft", station.draft(visit.text))
            if not answer:
                return
            visit.note_version = answer.json["version"]
            visit.facts["text"] = visit.text
        if visit.wants_test and not visit.order:
            answer = self.act(me, "POST", path + "/orders", {"services": [station.GLUCOSE[0]]})
            if not answer:
                return
            visit.order, visit.order_state = answer.json["orders"][0]["id"], "ordered"
            visit.facts["order"] = visit.order
        if visit.wants_medicine and not visit.has_prescription:
            answer = self.act(me, "POST", path + "/prescription", {"lines": [station.PARACETAMOL]})
            if not answer:
                return
            visit.has_prescription = True
            visit.facts["prescription"] = answer.json["prescription"]["code"]
        self.give(visit, "lab" if visit.wants_test and visit.order_state != "verified" else "close")

    def do_lab(self, me, visit):
        path = f"/api/lab/orders/{visit.order}"
        if visit.order_state == "ordered":
            if not self.act(me, "POST", path + "/collect"):
                return
            visit.order_state = "collected"
        if visit.order_state == "collected":
            value = f"{4 + visit.number % 20 / 10:.1f}"
            if not self.act(me, "POST", path + "/results",
                            {"results": [{"analyte": station.GLUCOSE[1], "value": value}], "confirmed": []}):
                return
            visit.order_state = "entered"
            visit.facts["result"] = value
        self.give(visit, "verify")

    def do_verify(self, me, visit):
        if visit.order_state != "verified":
            if not self.act(me, "POST", f"/api/lab/orders/{visit.order}/verify"):
                return
            visit.order_state = "verified"
            visit.facts["verified"] = True
        self.give(visit, "close")

    def do_close(self, me, visit):
        answer = self.act(me, "POST", f"/api/visits/{visit.id}/close", station.closing())
        if answer:
            visit.facts["closed"] = True
            self.give(visit, "pharmacy" if visit.has_prescription else "cashier")

    def do_pharmacy(self, me, visit):
        work = self.act(me, "GET", "/api/pharmacy/worklist")
        if not work:
            return
        for item in work.json["items"]:
            if item["visitId"] != visit.id:
                continue
            lines = [{"requestId": line["requestId"],
                      "lots": [{"lotId": lot["lotId"], "quantity": lot["take"]} for lot in line["lots"] if lot["take"]]}
                     for line in item["lines"]]
            if not self.act(me, "POST", "/api/pharmacy/dispense", {"visitId": visit.id, "lines": lines}):
                return
            visit.facts["dispensed"] = len(lines)
            self.give(visit, "cashier")
            return
        self.surprises.append("a signed prescription is not in the pharmacy's list")

    def do_cashier(self, me, visit):
        answer = self.act(me, "GET", f"/api/visits/{visit.id}/bill")
        if not answer:
            return
        bill = answer.json
        if bill["status"] == "issued":
            if visit.pays_by_transfer:
                if not self.pay_by_transfer(me, visit, bill):
                    return
            else:
                paid = self.act(me, "POST", f"/api/invoices/{bill['invoiceId']}/pay-cash",
                                {"amount": bill["totals"]["owes"]})
                if not paid:
                    return
                visit.facts["receipt"] = paid.json["bill"]["paid"]["receipt"]
        visit.facts["paid"] = True
        self.give(visit, "done")

    def pay_by_transfer(self, me, visit, bill):
        if visit.transfer is None:
            identifier = 90_000 + visit.number
            visit.transfer = (identifier, station.sepay_body(identifier, bill["totals"]["owes"],
                                                             f"NGUYEN VAN A chuyen {bill['reference']} FT2632"))
        bank = Connection(me.connection.port)
        # A provider sends again whenever it is not sure.
        for _ in range(1 + visit.number % 3):
            body = visit.transfer[1]
            answer = bank.request("POST", "/api/webhooks/sepay", body, station.sepay_headers(body, SECRET))
            if answer.status != 200:
                self.surprises.append(f"webhook: {answer!r}")
                return False
        bank.close()
        visit.facts["transfer"] = visit.transfer[0]
        return True

    def receive_stock(self, me):
        number = f"KILL{len(self.lots):04}"
        self.lots[number] = 500
        if self.act(me, "POST", "/api/pharmacy/stock", {"drug": "TH0001", "lot": number, "expires": "2029-06-30",
                                                        "quantity": 500, "unitCost": 250}):
            self.sure_lots.add(number)

    def work(self, login, rooms):
        me = self.people[login]
        visit = None
        try:
            if self.early and not self.wake(me):
                return
            if login == "duocsi" and self.round % 10 == 1:
                self.receive_stock(me)
            while not self.halt.is_set():
                visit = None
                for room in rooms:
                    visit = self.reception(me) if room == "reception" else self.take(room)
                    if visit is not None:
                        break
                if visit is None:
                    time.sleep(0.003)
                    continue
                with self.lock:
                    self.touched.add(visit)
                getattr(self, "do_" + room)(me, visit)
                visit = None
        except Lost:
            if visit is not None:
                with self.lock:
                    self.unresolved.append(visit)
        except Exception as error:  # a bug of the scenario must not pass for silence
            with self.lock:
                self.surprises.append(f"{login}: {error!r}")

    def wake(self, me):
        """Unlocks the session, or logs in when the last answer got lost."""
        login = me.login_name
        try:
            was_sure = self.sure.get(login, False)
            self.sure[login] = False
            answer = me.unlock() if was_sure else me.login()
            if answer.status != 200:
                self.surprises.append(f"{login} cannot come back: {answer!r}")
                return False
            self.sure[login] = True
            return True
        except Lost:
            return False

    # ---- Looking

    def resolve(self, doctor, lab):
        """Asks the station what became of the requests without an answer."""
        for visit in self.unresolved:
            if not visit.id:
                visit.room = "reception"
                self.rooms["reception"].append(visit)
                continue
            story = doctor.get(f"/api/visits/{visit.id}").json
            stage = story["visit"]["stage"]
            visit.called = stage == "with-doctor" or bool(story["visit"]["doctor"])
            visit.note_version = story["version"]
            visit.has_prescription = story["prescription"] is not None
            if story["orders"]:
                visit.order = story["orders"][0]["id"]
                rows = [row for row in lab.get("/api/lab/worklist").json["items"] if row["orderId"] == visit.order]
                visit.order_state = rows[0]["status"] if rows else "verified"
            if stage == "waiting-nurse":
                room = "nurse"
            elif story["visit"]["status"] != "finished":
                room = "doctor"
            else:
                room = {"waiting-pharmacy": "pharmacy", "waiting-cashier": "cashier"}.get(stage, "cashier")
            self.give(visit, room)
        self.unresolved = []

    def untrue(self, visit, doctor):
        """The facts of a visit that the station does not confirm."""
        facts = visit.facts
        wrong = []
        if not visit.id:
            if visit.patient and doctor.get(f"/api/patients/{visit.patient}").status != 200:
                wrong.append("patient")
            return wrong
        answer = doctor.get(f"/api/visits/{visit.id}")
        if answer.status != 200:
            return [f"visit {answer.status}"]
        story = answer.json
        results = [row for row in story["results"] if row["code"] == station.GLUCOSE[1]]
        seen = {
            "name": story["visit"]["patient"]["name"],
            "ticket": story["visit"]["ticket"],
            "pulse": story["vitals"][0]["pulse"] if story["vitals"] else None,
            "doctor": story["visit"]["doctor"],
            "text": (story["examination"] or {}).get("symptoms"),
            "order": story["orders"][0]["id"] if story["orders"] else None,
            "prescription": (story["prescription"] or {}).get("code"),
            "result": results[0]["value"] if results else None,
            "verified": bool(results) and results[0]["status"] == "final",
            "closed": story["visit"]["status"] == "finished" and
            [line["code"] for line in story["diagnoses"] if line["main"]] == ["J00"],
            "dispensed": sum(1 for line in (story["prescription"] or {"lines": []})["lines"] if line["dispensed"]),
        }
        wrong += [name for name, value in facts.items() if name in seen and seen[name] != value]
        if story["visit"]["status"] == "finished":
            bill = self.wait_for_bill(visit, doctor)
            if bill is None:
                wrong.append("bill")
            elif "paid" in facts and bill["status"] != "balanced":
                wrong.append("paid")
            elif "receipt" in facts and (bill["paid"] or {}).get("receipt") != facts["receipt"]:
                wrong.append("receipt")
        elif story["diagnoses"] and story["visit"]["stage"] in ("waiting-pharmacy", "waiting-cashier", "done"):
            wrong.append("half closed")
        return wrong

    def wait_for_bill(self, visit, doctor):
        # Made from the log after a restart, so it may come a moment later; the dossier likewise.
        ends = time.monotonic() + 10
        while time.monotonic() < ends:
            bill = doctor.get(f"/api/visits/{visit.id}/bill")
            if bill.status == 200 and doctor.get(f"/api/claims/{visit.id}").status == 200:
                return bill.json
            time.sleep(0.02)
        return None

    def sessions_are_locked(self):
        lost = []
        for login, me in self.people.items():
            if not self.sure.get(login):
                continue
            answer = me.get("/api/me")
            refused = me.get("/api/status") if answer.status == 200 else answer
            if answer.status != 200 or not answer.json["me"]["locked"] or "waitingToSend" in refused.json:
                lost.append((login, answer))
        return lost

    def everything(self, name):
        """The whole record, not only what was touched."""
        doctor, cashier, pharmacist = self.people["bacsi"], self.people["thungan"], self.people["duocsi"]
        encounters = resources(doctor, "Encounter")
        keys = [entry["identifier"][0]["value"] for entry in encounters]
        tickets = [(key.rsplit("-", 1)[0], extension(entry, "ticket")[1:]) for key, entry in zip(keys, encounters)]
        self.checks.that(len(set(keys)) == len(keys) and len(set(tickets)) == len(tickets),
                         f"{name}: {len(tickets)} queue numbers and claim keys, each once",
                         [t for t, n in collections.Counter(tickets).items() if n > 1])
        finished = [entry for entry in encounters if entry["status"] == "finished"]
        half = [entry["id"] for entry in finished
                if not entry.get("diagnosis") or not entry.get("period", {}).get("end")]
        self.checks.that(not half, f"{name}: {len(finished)} finished visits, all with diagnosis and end", half)
        bills = {entry["id"] for entry in resources(cashier, "Invoice")}
        papers = {entry["id"] for entry in resources(cashier, "DocumentReference")}
        without = [entry["id"] for entry in finished
                   if f"invoice-{entry['id']}" not in bills or f"dossier-{entry['id']}" not in papers]
        self.checks.that(not without, f"{name}: every finished visit has its bill and dossier", without)
        self.money(name, cashier)
        self.shelf(name, pharmacist)

    def money(self, name, cashier):
        notices = resources(cashier, "PaymentNotice")
        per_bill = collections.Counter(entry["request"]["reference"] for entry in notices)
        twice = [bill for bill, count in per_bill.items() if count > 1]
        receipts = [i["value"] for entry in notices for i in entry["identifier"] if "BL" in i["value"]]
        self.checks.that(not twice and len(set(receipts)) == len(receipts),
                         f"{name}: {len(notices)} payments, each bill and receipt number once", twice)
        counted = {i["value"] for entry in notices for i in entry["identifier"]}
        missing = [visit.number for visit in self.visits
                   if "transfer" in visit.facts and f"sepay|{visit.facts['transfer']}" not in counted]
        kept = cashier.get("/api/cashier/transfers").json["items"]
        self.checks.that(not missing and not kept, f"{name}: every confirmed transfer counted once", (missing, kept[:2]))

    def shelf(self, name, pharmacist):
        taken = collections.Counter()
        for entry in resources(pharmacist, "MedicationDispense"):
            taken[extension(entry, "lot")["reference"].split("/")[1]] += entry["quantity"]["value"]
        wrong = []
        present = set()
        for entry in resources(pharmacist, "Medication"):
            number, left = entry["batch"]["lotNumber"], extension(entry, "on-hand")
            present.add(number)
            received = self.lots.get(number, self.lots.get(entry["id"]))
            if left < 0 or left != received - taken[entry["id"]]:
                wrong.append((number, left, received, taken[entry["id"]]))
        wrong += [lot for lot in self.sure_lots if lot not in present]
        self.checks.that(not wrong, f"{name}: stock = received - handed out ({sum(taken.values())}), never negative", wrong[:5])

    # ---- A round

    def start(self):
        self.house.serve(self.config)
        for me in self.people.values():
            me.moved(self.house.port)

    def run_round(self, number):
        self.round = number
        self.halt.clear()
        # Now and then the power goes again before anybody is back at work.
        self.early = number % 7 == 3
        if number % 10 == 5:
            self.house.spawn("serve", "--data", self.house.data, "--port", 0, "--config", self.config)
            time.sleep(self.rng.uniform(0.005, 0.25))
            self.house.kill()
        self.start()
        lost = self.sessions_are_locked()
        if lost:
            self.checks.that(False, f"round {number}: sessions come back locked, not lost", lost)
        if not self.early:
            self.check_touched(number)
            if number % 20 == 0:
                self.everything(f"round {number}")
        threads = [threading.Thread(target=self.work, args=(login, rooms)) for login, rooms in ROOMS.items()]
        for thread in threads:
            thread.start()
        time.sleep(self.rng.uniform(0.05, 0.4))
        self.house.kill()
        self.halt.set()
        for thread in threads:
            thread.join()

    def wake_all(self):
        """Everybody unlocks at once, so that the two doctors and the lab can be asked."""
        threads = [threading.Thread(target=self.wake, args=(me,)) for me in self.people.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def check_touched(self, number):
        self.wake_all()
        doctor = self.people["bacsi"]
        wrong = [(visit.number, facts) for visit in list(self.touched) if (facts := self.untrue(visit, doctor))]
        if wrong:
            self.checks.that(False, f"round {number}: everything answered is there", wrong)
        self.touched.clear()
        self.resolve(doctor, self.people["xetnghiem"])


def resources(person, kind):
    found = []
    path = f"/fhir/{kind}?_count=1000"
    while path:
        answer = person.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{kind}: {answer!r}")
        bundle = answer.json
        found += [entry["resource"] for entry in bundle.get("entry", [])]
        links = [link["url"] for link in bundle["link"] if link["relation"] == "next"]
        path = links[0][links[0].index("/fhir"):] if links else None
    return found


def extension(resource, name):
    for entry in resource.get("extension", []):
        if entry["url"].rsplit("/", 1)[1] == name:
            return next(value for key, value in entry.items() if key.startswith("value"))
    return None


def main():
    checks = Checks()
    began = time.monotonic()
    with Station() as house:
        house.demo(residents=200, visits=0)
        config = station.write_config(house.folder, SECRET)
        morning = Morning(house, checks, config)
        for login in ROOMS:
            morning.people[login] = house.staff(login)
            morning.sure[login] = True
        for item in morning.people["duocsi"].get("/api/pharmacy/stock").json["items"]:
            for lot in item["lots"]:
                morning.lots[lot["lotId"]] = lot["onHand"]
        house.kill()
        for number in range(1, ROUNDS + 1):
            morning.run_round(number)
            if number % 50 == 0:
                done = sum(visit.room == "done" for visit in morning.visits)
                print(f"     {number} rounds, {len(morning.visits)} visits ({done} to the end), "
                      f"{sum(morning.answers.values())} answers, {time.monotonic() - began:.0f} s", flush=True)
            if len(checks.failures) > 20:
                break
        morning.round = 0
        morning.start()
        lost = morning.sessions_are_locked()
        checks.that(not lost, "sessions come back locked, not lost", lost)
        morning.check_touched("last")
        doctor = morning.people["bacsi"]
        wrong = [(visit.number, facts) for visit in morning.visits if (facts := morning.untrue(visit, doctor))]
        answers = sum(morning.answers.values())
        done = sum(visit.room == "done" for visit in morning.visits)
        checks.that(not wrong, f"after {house.starts} starts and {ROUNDS} rounds of kill -9 all {answers} answers are "
                    f"still true ({len(morning.visits)} visits, {done} to the end)", wrong[:5])
        checks.that(done >= ROUNDS // 4, "the morning went on: visits reached their end", done)
        checks.that(not morning.surprises, "no answer was a surprise", morning.surprises[:5])
        morning.everything("at the end")
        checks.that(house.stop() == 0, "SIGTERM ends it with 0")
        status, out, err = house.run("audit", "verify", "--data", house.data)
        checks.that(status == 0, "the audit chain is whole: " + (out + err).strip())
        errors = house.log_events("error")
        checks.that(not errors, "the program logged no error", json.dumps(errors[:3], ensure_ascii=False))
        print(f"     {time.monotonic() - began:.0f} s")
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
