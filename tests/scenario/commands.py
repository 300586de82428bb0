"""A station's life by command: made, staffed, served, stopped, backed up, restored, moved, checked."""

import base64
import collections
import json
import pathlib
import re
import sys

import station
from station import Checks, Station, run

ROOMS = {"tiepdon": "receptionist", "dieuduong1": "nurse", "bacsi1": "doctor", "xn1": "lab_technician",
         "xn2": "lab_technician", "duoc1": "pharmacist", "thu1": "cashier"}


def make_station(checks, house, name="Trạm Y tế thử", facility="01998"):
    """`tram init`: the recovery key and the administrator's password it showed."""
    status, out, err = run("init", "--data", house.data, "--name", name, "--facility", facility, "--commune", "00118",
                           "--address", "Phường Bồ Đề, Hà Nội", "--head", "Trưởng trạm Thử",
                           "--head-social-insurance", "0100000002", "--bank-bin", "970403", "--bank-account",
                           "0011012345678", "--bank-holder", "TRAM THU", "--desk", "Phòng 1", "--desk", "Phòng 2")
    key = re.search(r"((?:[0-9A-Z]{4}-){7}[0-9A-Z]{4})", out)
    password = re.search(r"Mật khẩu:\s+(\S+)", out)
    checks.that(status == 0 and key and password, f"init makes {name} and shows recovery key and password once", out + err)
    return key.group(1), password.group(1)


def add_staff(checks, house):
    passwords = {}
    for login, role in ROOMS.items():
        status, out, err = run("user", "add", login, "--data", house.data, "--name", f"Người {login}", "--role", role,
                               "--licence", "012345/HNO-CCHN", "--generate")
        found = re.search(r"Mật khẩu: (\S+)", out)
        passwords[login] = found.group(1) if found else ""
        if status != 0:
            checks.that(False, f"user add {login}", out + err)
    status, out, err = run("user", "list", "--data", house.data)
    checks.that(status == 0 and all(login in out for login in ROOMS), "user add for every room; user list shows them", out + err)
    status, out, err = run("user", "add", "bacsi1", "--data", house.data, "--name", "Trùng", "--role", "doctor", "--generate")
    checks.that(status == 1 and err, f"the same login twice is refused: {err.strip()}", out)
    status, out, err = run("user", "add", "ai1", "--data", house.data, "--name", "Ai", "--role", "thay-lang", "--generate")
    checks.that(status == 1 and err, f"an unknown role is refused: {err.strip()}", out)
    status, out, err = run("user", "passwd", "bacsi1", "--data", house.data, stdin="mot-cau-dai-De-nho-2026\n")
    checks.that(status == 0, "user passwd takes a password from standard input", out + err)
    passwords["bacsi1"] = "mot-cau-dai-De-nho-2026"
    return passwords


def one_visit(checks, house, passwords, number=1, insured=True):
    """A whole visit over HTTP; its id."""
    people = {login: house.staff(login, passwords[login]) for login in ROOMS}

    def ask(login, method, path, data=None):
        answer = people[login].call(method, path, data)
        if answer.status != 200:
            checks.that(False, f"{method} {path}", answer)
        return answer.json

    lot = {"drug": "TH0001", "lot": f"L{number}", "expires": "2029-01-31", "quantity": 300, "unitCost": 250}
    ask("duoc1", "POST", "/api/pharmacy/stock", lot)
    form = station.citizen(number, insured=insured)
    if insured:
        form["insurance"]["registeredFacility"] = "01998"
    patient = ask("tiepdon", "POST", "/api/patients", {"form": form})["person"]["id"]
    visit = ask("tiepdon", "POST", "/api/reception/check-in", {"patientId": patient, "reason": "Ho"})["visit"]["id"]
    path = f"/api/visits/{visit}"
    ask("dieuduong1", "POST", path + "/vital-signs", station.VITALS)
    ask("bacsi1", "POST", path + "/call", {"desk": "Phòng 1"})
    ask("bacsi1", "PUT", path + "/draft", station.draft())
    ask("bacsi1", "POST", path + "/prescription", {"lines": [station.PARACETAMOL]})
    ask("bacsi1", "POST", path + "/close", station.closing())
    line = [item for item in ask("duoc1", "GET", "/api/pharmacy/worklist")["items"] if item["visitId"] == visit][0]["lines"][0]
    ask("duoc1", "POST", "/api/pharmacy/dispense", {"visitId": visit, "lines": [{
        "requestId": line["requestId"],
        "lots": [{"lotId": lot["lotId"], "quantity": lot["take"]} for lot in line["lots"] if lot["take"]]}]})
    bill = ask("thu1", "GET", path + "/bill")
    if bill["status"] == "issued":
        ask("thu1", "POST", f"/api/invoices/{bill['invoiceId']}/pay-cash", {"amount": bill["totals"]["owes"]})
    checks.that(bill["totals"]["amount"] > 0, f"a visit through the rooms: {bill['totals']['amount']} ₫, owes {bill['totals']['owes']} ₫", bill)
    return visit


def counts(path):
    found = collections.Counter()
    with open(path, encoding="utf-8") as file:
        for line in file:
            found[json.loads(line)["resourceType"]] += 1
    return found


def backup_and_restore(checks, house, recovery):
    backup = house.folder / "tram.backup"
    status, out, err = run("backup", "--data", house.data, backup)
    checks.that(status == 0, f"backup: {(out + err).strip().replace(str(house.folder), '…')}", out + err)
    raw = backup.read_bytes()
    checks.that("Nguyễn".encode() not in raw and b"Patient" not in raw, "the backup is encrypted")
    restored = house.folder / "restored"
    status, out, err = run("restore", "--data", house.folder / "wrong", backup, "--recovery-key", "AAAA-" * 7 + "AAAA")
    checks.that(status != 0 and err, f"a wrong recovery key restores nothing: {err.strip()}", out)
    status, out, err = run("restore", "--data", restored, backup, "--recovery-key", recovery)
    checks.that(status == 0, f"restore with the recovery key: {(out + err).strip().replace(str(house.folder), '…')}", out + err)
    status, out, err = run("restore", "--data", house.data, backup, "--recovery-key", recovery)
    checks.that(status != 0 and err, f"restore never writes over data: {err.strip()}", out)
    damaged = house.folder / "damaged.backup"
    damaged.write_bytes(raw[:len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 1]) + raw[len(raw) // 2 + 1:])
    status, out, err = run("restore", "--data", house.folder / "from-damaged", damaged, "--recovery-key", recovery)
    checks.that(status != 0 and err, f"a damaged backup is refused: {err.strip()}", out)
    status, out, err = run("audit", "verify", "--data", restored)
    checks.that(status == 0, "audit verify on the restored folder: " + (out + err).strip())
    return restored


def export_and_import(checks, house, restored):
    first, second = house.folder / "first.ndjson", house.folder / "second.ndjson"
    status, out, err = run("export", "--data", house.data, first)
    checks.that(status == 0, "export", out + err)
    run("export", "--data", restored, second)
    checks.that(counts(first) == counts(second), f"the restored folder exports the same {sum(counts(first).values())} resources",
                (counts(first), counts(second)))
    status, out, err = run("export", "--data", house.data, "--type", "Patient")
    checks.that(status == 0 and len(out.splitlines()) == counts(first)["Patient"], "export --type Patient to standard output", err)
    with Station() as other:
        make_station(checks, other, "Trạm Y tế khác", "01997")
        status, out, err = run("import", "--data", other.data, first)
        checks.that(status in (0, 1), f"import into another station: {(out + err).strip().splitlines()[-1]}", out + err)
        third = other.folder / "third.ndjson"
        run("export", "--data", other.data, third)
        own = ("Organization", "Practitioner", "PractitionerRole", "VerificationResult")
        before = {kind: count for kind, count in counts(first).items() if kind not in own}
        after = {kind: count for kind, count in counts(third).items() if kind not in own}
        checks.that(before == after, f"the counts are equal: {before}", after)
        status, out, err = run("import", "--data", other.data, "-", stdin='{"resourceType":"Patient","gender":"xanh"}\nrác\n')
        checks.that(status in (1, 2) and (out + err).strip(), "importing rubbish from standard input says what and where", (status, out, err))
        status, out, err = run("audit", "verify", "--data", other.data)
        checks.that(status == 0, "audit verify after the import", out + err)


def catalogue(checks, house):
    path = house.folder / "icd.csv"
    path.write_text("Mã bệnh,Tên bệnh\nJ00,Viêm mũi họng cấp [cảm thường]\nI10,Tăng huyết áp vô căn\n")
    status, out, err = run("catalog", "import", path, "--data", house.data, "--kind", "icd10", "--from", "2027-01-01", "--dry-run")
    checks.that(status == 0 and "2" in out, f"catalog import --dry-run: {out.strip().splitlines()[0] if out.strip() else err}", out + err)
    status, out, err = run("catalog", "import", path, "--data", house.data, "--kind", "icd10", "--from", "2027-01-01", "--source", "QĐ thử")
    checks.that(status == 0, "catalog import of a small CSV", out + err)
    path.write_text("Mã bệnh,Tên bệnh\nJ00,Cảm\n,không có mã\n")
    status, out, err = run("catalog", "import", path, "--data", house.data, "--kind", "icd10", "--dry-run")
    checks.that(status == 1 and "3" in out, "a row that cannot be read is told with its line", out + err)
    path.write_text("Không,cột,nào\n1,2,3\n")
    status, out, err = run("catalog", "import", path, "--data", house.data, "--kind", "icd10")
    checks.that(status == 2 and err, f"a list of something else is refused: {err.strip()}", out)
    status, out, err = run("catalog", "import", path, "--data", house.data, "--kind", "gi-do")
    checks.that(status == 2 and err, f"an unknown kind is refused: {err.strip()}", out)


def scans(checks):
    good = {
        "001090123456|012345678|NGUYEN VAN A|01011990|Nam|Bồ Đề|15042021": ("citizen_card", "birth_date", "1990-01-01"),
        "001090123456||NGUYỄN THỊ BÌNH|29022000|Nữ|Bồ Đề|15042021": ("citizen_card", "sex", "female"),
        "GD4010123456789|4e677579e1bb856e2056c4836e2041|01/02/1990|2|-|01 - 028|01/01/2019|31/12/2019|28/12/2018|$":
            ("insurance_card", "valid_to", "2019-12-31"),
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
        "62340107NPS68690819thanh toan don hang63042E2E": ("payment_qr", "amount", "180000"),
    }
    for text, (kind, field, value) in good.items():
        status, out, err = run("scan", text)
        said = json.loads(out) if status == 0 else {}
        checks.that(status == 0 and said.get("kind") == kind and said.get(field) == value and not err,
                    f"scan {kind}: {field} {value}", (status, out, err))
    for name, text in {"empty": "", "a name": "Nguyễn Văn A", "cut off": "001090123456|x", "wrong CRC":
                       "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
                       "62340107NPS68690819thanh toan don hang63042E2F", "impossible date": "001090123456||NGUYEN VAN A|31021990|Nam|BD|15042021",
                       "HTML": "<b>|<b>", "too long": "9" * 3000, "control characters": "001090123456\x01\x02|x"}.items():
        status, out, err = run("scan", text)
        checks.that(status == 1 and not out and err.strip(), f"scan {name}: {err.strip()[:110]}", (status, out))


def break_table(xml, table, field, value):
    """The claims file with one field of one table changed (the tables lie in base64)."""
    def change(match):
        inner = base64.b64decode(match.group(2)).decode()
        inner = re.sub(f"<{field}>.*?</{field}>", f"<{field}>{value}</{field}>", inner, count=1, flags=re.S)
        return match.group(1) + base64.b64encode(inner.encode()).decode() + match.group(3)

    return re.sub(rf"(<LOAIHOSO>{table}</LOAIHOSO>\s*<NOIDUNGFILE>)([^<]+)(</NOIDUNGFILE>)", change, xml)


def claims(checks, house, visit):
    path = house.folder / "ho-so.xml"
    status, out, err = run("claim", "export", "--data", house.data, "--visit", visit, "--out", path)
    checks.that(status == 0 and path.exists(), "claim export", out + err)
    xml = path.read_text()
    status, out, err = run("claim", "check", path)
    checks.that(status == 0, "claim check accepts it", (status, out, err))
    status, out, err = run("claim", "export", "--data", house.data, "--visit", visit)
    checks.that(status == 0 and out.lstrip().startswith("<?xml"), "claim export to standard output", err)
    for table, field, value in (("XML1", "T_TONGCHI_BV", "1"), ("XML1", "MA_BENH_CHINH", "ZZ99"), ("XML1", "NGAY_RA", "202613451200"),
                                ("XML2", "SO_LUONG", "-9"), ("XML1", "MA_THE_BHYT", "XX"), ("XML3", "MA_LK", "khac")):
        broken = house.folder / "hong.xml"
        changed = break_table(xml, table, field, value)
        broken.write_text(changed)
        status, out, err = run("claim", "check", broken)
        found = [line for line in out.splitlines() if line.startswith("error")]
        checks.that(changed != xml and status == 1 and found, f"claim check finds {table}.{field} = {value}: "
                    + (found[0].replace("\t", " · ")[:120] if found else ""), (changed != xml, status, out, err))
    for name, text in {"garbage": "đây không phải XML", "empty": "", "cut off": xml[:len(xml) // 2], "an entity bomb":
                       '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>', "another XML": "<a/>"}.items():
        path.write_text(text)
        status, out, err = run("claim", "check", path)
        checks.that(status == 2 and err.strip(), f"claim check of {name} exits 2: {err.strip()[:110]}", (status, out))
    status, out, err = run("claim", "export", "--data", house.data, "--visit", "khong-co")
    checks.that(status == 1 and err, f"claim export of an unknown visit: {err.strip()}", (status, out))


def reading(checks, house):
    path = house.folder / "patient.json"
    path.write_text('{"resourceType":"Patient","name":[{"family":"Nguyễn","given":["Văn","A"]}],"birthDate":"1990-02-01"}')
    status, out, err = run("fhirpath", "--input", path, "Patient.name.given.first() & ' ' & Patient.name.family")
    checks.that(status == 0 and json.loads(out) == ["Văn Nguyễn"], "fhirpath on a file", (status, out, err))
    status, out, err = run("fhirpath", "(1 | 2 | 3).where($this > 1).count()")
    checks.that(status == 0 and json.loads(out) == [2], "fhirpath without input", (status, out, err))
    status, out, err = run("fhirpath", "Patient.name.(")
    checks.that(status == 1 and err.strip(), f"a broken expression exits 1: {err.strip()[:100]}", (status, out))
    status, out, err = run("validate", path)
    checks.that(status == 0 and json.loads(out.splitlines()[0])["resourceType"] == "OperationOutcome", "validate accepts a good patient", (status, out, err))
    path.write_text('{"resourceType":"Patient","birthDate":"hôm qua","nickname":"x"}')
    status, out, err = run("validate", path)
    checks.that("error" in out, f"validate tells a bad one (exit {status})", (status, out, err))
    status, out, err = run("validate", house.folder / "khong-co.json")
    checks.that(status != 0 and "Không mở được" in out + err, f"validate of a missing file says so (exit {status})", (out, err))


def main():
    checks = Checks()
    with Station() as house:
        recovery, password = make_station(checks, house)
        status, out, err = run("init", "--data", house.data, "--name", "Lần hai", "--facility", "01998")
        checks.that(status == 1 and err, f"init never writes over a station: {err.strip()}", out)
        passwords = add_staff(checks, house)
        house.serve()
        checks.that(house.staff("quantri", password).me["roles"] == ["administrator"], "the administrator logs in with the shown password")
        visit = one_visit(checks, house, passwords, 1)
        one_visit(checks, house, passwords, 2, insured=False)
        status, out, err = run("audit", "verify", "--data", house.data)
        checks.that(status == 2 and err, f"a folder in use is not opened twice: {err.strip()}", (status, out))
        checks.that(house.stop() == 0, "serve ends with 0 on SIGTERM")
        restored = backup_and_restore(checks, house, recovery)
        status, out, err = run("audit", "verify", "--data", house.data)
        checks.that(status == 0, "audit verify: " + (out + err).strip())
        database = (house.data / "tram.db").read_bytes()
        checks.that("Nguyễn".encode() not in database and not database.startswith(b"SQLite"), "the database is encrypted")
        export_and_import(checks, house, restored)
        catalogue(checks, house)
        claims(checks, house, visit)
    scans(checks)
    with Station() as house:
        reading(checks, house)
    status, _, err = run("audit", "verify", "--data", "/khong/co")
    checks.that(status == 2 and err, f"a missing folder exits 2: {err.strip()}", status)
    status, _, _ = run("khong-co-lenh")
    checks.that(status != 0, "an unknown command is refused", status)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
