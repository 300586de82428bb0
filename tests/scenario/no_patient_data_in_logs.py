"""One patient with unmistakable details through every room; afterwards nothing of them stands in the
logs, the metrics, the error answers or a URL the program wrote down."""

import json
import sys

import station
from station import Checks, Station

SECRET = "bi-mat-nhat-ky"
PATIENT = {
    "name": "Xeo Thị Zyquan", "birthDate": "1987-04-19", "gender": "female", "personalNumber": "001187654321",
    "phone": "0987654329", "address": "Số 424241 ngõ Zyquan, phường Bồ Đề", "communeCode": "00118", "ethnicity": "01",
    "occupation": "00000", "identityKind": "citizen", "passport": "Z7654329",
    "insurance": {"number": "GD4017654321987", "validFrom": "2026-01-01", "validTo": "2027-12-31",
                  "registeredFacility": "01999"},
}
WORDS = {  # what is looked for -> where it was given
    "Zyquan": "name, address", "zyquan": "name folded", "ZYQUAN": "name upper-cased", "001187654321": "personal number",
    "7654321987": "insurance card", "0987654329": "phone", "424241": "address", "Z7654329": "passport",
    "1987-04-19": "birth date", "19/04/1987": "birth date", "khozyq": "reason", "daubungzyq": "symptoms",
    "K29.7": "diagnosis", "dantozyq": "allergy", "loidanzyq": "advice", "chuyenzyq": "transfer text",
    "TramDemo-2026": "password", "mat-khau-sai-zyq": "wrong password", "5.3719": "laboratory value",
    "Viêm dạ dày": "diagnosis text", "Tramol": "medicine",
}


def main():
    checks = Checks()
    answers = []  # every error body seen, and every URL written

    with Station() as house:
        house.demo(residents=50, visits=0)
        house.stop()
        house.serve(station.write_config(house.folder, SECRET))
        people = {login: house.staff(login) for login in
                  ("letan", "dieuduong", "bacsi", "bacsi2", "xetnghiem", "xetnghiem2", "duocsi", "thungan", "quantri")}

        def ask(login, method, path, data=None, expect=200):
            answer = people[login].call(method, path, data)
            if answer.status != 200:
                answers.append((path, answer))
            if expect is not None and answer.status != expect:
                checks.that(False, f"{method} {path} answers {expect}", answer)
            return answer

        # The rooms, each also with something refused.
        ask("letan", "POST", "/api/reception/read", {"text": "001187654321||Xeo Thị Zyquan|19041987|Nữ|Số 424241 ngõ Zyquan|01012020"})
        ask("letan", "POST", "/api/reception/read", {"text": "Zyquan|" * 40}, None)
        ask("letan", "POST", "/api/patients", {"form": {**PATIENT, "birthDate": "19/04/1987 Zyquan"}}, 400)
        ask("letan", "POST", "/api/patients", {"form": {**PATIENT, "personalNumber": "001187654321Z"}}, 400)
        patient = ask("letan", "POST", "/api/patients", {"form": PATIENT}).json["person"]["id"]
        ask("letan", "POST", "/api/patients", {"form": PATIENT}, None)
        ask("letan", "POST", "/api/search", {"text": "Zyquan"})
        ask("letan", "PUT", f"/api/patients/{patient}", {"form": PATIENT, "version": 99}, None)
        visit = ask("letan", "POST", "/api/reception/check-in", {"patientId": patient, "reason": "khozyq"}).json["visit"]["id"]
        ask("letan", "POST", "/api/reception/check-in", {"patientId": patient, "reason": "khozyq"}, 422)
        base = f"/api/visits/{visit}"
        ask("dieuduong", "POST", base + "/vital-signs", {**station.VITALS, "temperature": 99, "confirmed": []}, 400)
        ask("dieuduong", "POST", base + "/vital-signs", {**station.VITALS, "confirmed": []})
        ask("bacsi", "POST", base + "/call", {"desk": "Phòng khám 1"})
        ask("bacsi2", "POST", base + "/call", {"desk": "Phòng khám 2"}, 409)
        ask("bacsi", "POST", base + "/allergies", {"text": "dantozyq", "criticality": "high"})
        ask("bacsi", "PUT", base + "/draft", station.draft("daubungzyq", "K29.7"))
        ask("bacsi", "PUT", base + "/draft", station.draft("daubungzyq", "K29.7"), 409)
        order = ask("bacsi", "POST", base + "/orders", {"services": [station.GLUCOSE[0]]}).json["orders"][0]["id"]
        ask("bacsi", "POST", base + "/prescription", {"lines": [{**station.PARACETAMOL, "quantity": 8}]}, 422)
        ask("bacsi", "POST", base + "/prescription", {"lines": [station.PARACETAMOL]})
        ask("xetnghiem", "POST", f"/api/lab/orders/{order}/collect", {})
        ask("xetnghiem", "POST", f"/api/lab/orders/{order}/results", {"results": [{"analyte": "GLUC", "value": "Zyquan"}]}, 400)
        ask("xetnghiem", "POST", f"/api/lab/orders/{order}/results", {"results": [{"analyte": "GLUC", "value": "5.3719"}]})
        ask("xetnghiem", "POST", f"/api/lab/orders/{order}/verify", {}, 422)
        ask("xetnghiem2", "POST", f"/api/lab/orders/{order}/verify", {})
        ask("bacsi", "POST", base + "/close", {**station.closing("K29.7"), "advice": "loidanzyq"})
        ask("bacsi", "POST", base + "/close", station.closing("K29.7"), 409)
        item = [item for item in ask("duocsi", "GET", "/api/pharmacy/worklist").json["items"] if item["visitId"] == visit][0]
        line = item["lines"][0]
        lots = [{"lotId": lot["lotId"], "quantity": lot["take"]} for lot in line["lots"] if lot["take"]]
        handing = {"visitId": visit, "lines": [{"requestId": line["requestId"], "lots": lots}]}
        ask("duocsi", "POST", "/api/pharmacy/dispense", {**handing, "lines": [{"requestId": line["requestId"], "lots": []}]}, 422)
        ask("duocsi", "POST", "/api/pharmacy/dispense", handing)
        ask("duocsi", "POST", "/api/pharmacy/dispense", handing, None)
        bill = ask("thungan", "GET", base + "/bill").json
        ask("thungan", "POST", f"/api/invoices/{bill['invoiceId']}/pay-cash", {"amount": 1}, 422)
        for what in ("prescription", "summary", "orders"):
            ask("bacsi", "GET", base + "/print/" + what)
        ask("thungan", "GET", f"/api/claims/{visit}")
        ask("thungan", "GET", f"/api/claims/{visit}/file")
        body = station.sepay_body(77, 5000, f"Zyquan chuyenzyq {bill['reference']}")
        bank = people["letan"].connection
        for headers in (station.sepay_headers(body, SECRET), station.sepay_headers(body, "sai")):
            answers.append(("/api/webhooks/sepay", bank.request("POST", "/api/webhooks/sepay", body, headers)))
        # Searches and errors of the FHIR side, where names do stand in URLs.
        for path in ("/fhir/Patient?name=Zyquan", "/fhir/Patient?identifier=001187654321", "/fhir/Patient?zyquan=Zyquan",
                     "/fhir/Patient?birthdate=zyquan", "/fhir/Zyquan/1", "/fhir/Patient/Zyquan", "/api/Zyquan",
                     "/api/visits/Zyquan", "/Zyquan?q=001187654321"):
            ask("bacsi", "GET", path, None, None)
        for raw in (b'{"resourceType":"Patient","name":[{"text":"Zyquan"}],"gender":"Zyquan"}',
                    b'{"resourceType":"Patient","Zyquan":1}', b'{"resourceType":"Zyquan"}', b'{"name":"Zyquan"'):
            answers.append(("/fhir/Patient", people["letan"].call_raw("POST", "/fhir/Patient", raw)))
        wrong = station.Staff(house.port, "Zyquan", "mat-khau-sai-zyq")
        answers.append(("/api/login", wrong.login()))
        metrics = people["quantri"].connection.request("GET", "/metrics").raw.decode()
        checks.that(house.stop() == 0, "the visit went through every room and the program ended well")

        logs = house.stderr.read_text() + house.stdout.read_text()
        lines = logs.splitlines()
        for text, where in WORDS.items():
            hits = [line for line in lines if text in line and "mật khẩu chung" not in line]
            checks.that(not hits, f"log: no {where} ({text})", hits[:2])
        checks.that(sum('"http_request"' in line for line in lines) > 50, "the log did record the requests", len(lines))
        hits = [text for text in WORDS if text in metrics]
        checks.that(not hits, "metrics: nothing of the patient", hits)
        urls = [event.get("route", "") for event in house.log_events() if event["event"] == "http_request"]
        checks.that(all("?" not in url and patient not in url and visit not in url for url in urls),
                    f"{len(urls)} logged routes are patterns, never paths", [u for u in urls if "?" in u or patient in u][:3])
        named = [(path, answer.raw.decode()[:300]) for path, answer in answers if answer.status >= 400
                 and any(text in answer.raw.decode("utf-8", "replace") for text in WORDS if text not in ("Tramol", "K29.7"))]
        refused = sum(answer.status >= 400 for _, answer in answers)
        checks.that(not named, f"{refused} error answers name nobody", json.dumps(named, ensure_ascii=False))
        checks.that(not house.log_events("error"), "the program logged no error", house.log_events("error")[:2])
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
