#include "care/reception/endpoints.h"

#include "care/reception/check_in.h"
#include "care/reception/queue_screen.h"
#include "care/reception/read_input.h"
#include "care/reception/register_patient.h"
#include "care/shared/input.h"
#include "care/shared/resource.h"
#include "care/shared/visit.h"

namespace care::reception {

using access_control::Purpose;
using access_control::Record;
using base::Json;
using base::Result;
using shared::ApiRequest;
using shared::Context;
using shared::Method;

namespace {

Result<Json> PersonJson(Context& context, const Json& patient) {
  TRY_ASSIGN(const shared::Person person,
             shared::ReadPerson(context.record, patient, context.clock.Today()));
  return shared::ToJson(person);
}

Result<Json> CandidatesJson(Context& context, const std::vector<Candidate>& candidates) {
  Json list = Json::Arr();
  for (const Candidate& candidate : candidates) {
    TRY_ASSIGN(Json person, PersonJson(context, candidate.patient.body));
    Json because = Json::Arr();
    for (const std::string& reason : candidate.because) because.Push(reason);
    list.Push(Json::Obj(
        {{"person", std::move(person)}, {"match", Name(candidate.match)}, {"because", because}}));
  }
  return list;
}

Json Texts(const std::vector<std::string>& texts) {
  Json list = Json::Arr();
  for (const std::string& text : texts) list.Push(text);
  return list;
}

Result<Json> Read(const ApiRequest& request, Context& context) {
  shared::Input input(request.body);
  const std::string text = request.body["text"].String();
  if (text.empty()) input.Fail("text", "Hãy quét thẻ hoặc gõ tên người bệnh.");
  TRY(input.status());
  TRY_ASSIGN(const ReadOutput output, ReadInput(text, context));
  TRY_ASSIGN(Json people, CandidatesJson(context, output.people));
  Json booking;
  if (output.booking) {
    booking = Json::Obj({{"id", output.booking->id},
                         {"time", output.booking->time},
                         {"reason", output.booking->reason}});
  }
  return Json::Obj({{"kind", output.kind},
                    {"form", ToJson(output.form)},
                    {"people", std::move(people)},
                    {"booking", booking},
                    {"warnings", Texts(output.warnings)}});
}

Result<Json> SearchPeople(const ApiRequest& request, Context& context) {
  const std::string text = request.body["text"].String();
  auto read = ReadInput(text, context);
  // Half a name typed so far is no error, only nobody yet.
  if (!read.ok()) return Json::Obj({{"people", Json::Arr()}, {"scan", nullptr}});
  Json people = Json::Arr();
  for (const Candidate& candidate : read->people) {
    TRY_ASSIGN(Json person, PersonJson(context, candidate.patient.body));
    people.Push(std::move(person));
  }
  Json scan = Json::Obj({{"kind", read->kind}, {"form", ToJson(read->form)}});
  return Json::Obj({{"people", std::move(people)}, {"scan", std::move(scan)}});
}

Result<Json> Register(const ApiRequest& request, Context& context) {
  TRY_ASSIGN(const PatientForm form,
             ParsePatientForm(request.body["form"], context.clock.Today()));
  TRY_ASSIGN(const RegisterOutput output,
             RegisterPatient(form, request.body["confirmedNotDuplicate"].Bool(), context));
  if (!output.duplicates.empty()) {
    TRY_ASSIGN(Json candidates, CandidatesJson(context, output.duplicates));
    return Json::Obj({{"person", nullptr}, {"candidates", std::move(candidates)}});
  }
  TRY_ASSIGN(Json person, PersonJson(context, output.patient.body));
  return Json::Obj({{"person", std::move(person)}, {"version", output.patient.version}});
}

Result<Json> Correct(const ApiRequest& request, Context& context) {
  TRY_ASSIGN(const PatientForm form,
             ParsePatientForm(request.body["form"], context.clock.Today()));
  TRY_ASSIGN(const Record patient, CorrectPatient(request.path.at("id"), form,
                                                  request.body["version"].Int(), context));
  TRY_ASSIGN(Json person, PersonJson(context, patient.body));
  return Json::Obj({{"person", std::move(person)}, {"version", patient.version}});
}

Result<Json> ReadPatient(const ApiRequest& request, Context& context) {
  TRY_ASSIGN(const Record patient, context.record.Read("Patient", request.path.at("id")));
  TRY_ASSIGN(const Record coverage,
             shared::FindCoverage(context.record, patient.id(), context.clock.Today()));
  TRY_ASSIGN(const auto encounters,
             context.record.Search("Encounter?patient=" + patient.id() + "&_sort=-date&_count=20"));
  Json visits = Json::Arr();
  for (const Record& encounter : encounters.matches) {
    Json visit = Json::Obj({{"id", encounter.id()},
                            {"date", encounter["period"]["start"]},
                            {"status", encounter["status"]},
                            {"doctor", encounter.body.At("participant.0.individual.display")}});
    std::string diagnosis;
    for (const Json& line : encounter["diagnosis"].Items()) {
      if (line["rank"].Int() == 1) diagnosis = line["condition"]["display"].String();
    }
    visit.Set("diagnosis", diagnosis);
    visits.Push(std::move(visit));
  }
  TRY_ASSIGN(Json person, PersonJson(context, patient.body));
  return Json::Obj({{"person", std::move(person)},
                    {"form", ToJson(FormOf(patient.body, coverage.body))},
                    {"version", patient.version},
                    {"visits", std::move(visits)}});
}

Result<Json> CheckInPatient(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  CheckInInput input;
  input.patient_id = in.RequiredText("patientId", "người bệnh", 64);
  input.reason = in.Text("reason", 500);
  input.emergency = in.Flag("emergency");
  input.pregnant = in.Flag("pregnant");
  input.disabled = in.Flag("disabled");
  input.visit_type = in.Text("visitType", 2);
  if (input.visit_type.empty()) input.visit_type = "01";
  input.booking_id = in.Text("bookingId", 64);
  input.department = in.Text("department", 10);
  if (input.department.empty()) input.department = "K01";
  TRY(in.status());
  TRY_ASSIGN(const CheckInOutput output, CheckIn(input, context));
  TRY_ASSIGN(const shared::VisitRow row, shared::ReadVisitRow(context, output.encounter.body));
  return Json::Obj(
      {{"visit", shared::ToJson(row)}, {"ticket", output.ticket}, {"ahead", output.ahead}});
}

Result<Json> TodaysVisits(const ApiRequest& request, Context& context) {
  base::Date day = context.clock.Today();
  if (const auto at = request.query.find("date"); at != request.query.end() && !at->second.empty()) {
    TRY_ASSIGN(day, base::Date::ParseIso(at->second));
  }
  TRY_ASSIGN(const auto rows, shared::ListVisits(context, day, ""));
  Json items = Json::Arr();
  for (const shared::VisitRow& row : rows) items.Push(shared::ToJson(row));
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

Result<Json> Cancel(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  const std::string reason = in.RequiredText("reason", "lý do huỷ", 200);
  TRY(in.status());
  TRY(CancelVisit(request.path.at("id"), reason, context));
  return Json::Obj();
}

Result<Json> PublicQueue(const ApiRequest&, Context& context) {
  TRY_ASSIGN(const QueueScreen screen, ReadQueueScreen(context));
  Json called = Json::Arr();
  for (const CalledTicket& ticket : screen.called) {
    called.Push(Json::Obj(
        {{"ticket", ticket.ticket}, {"desk", ticket.desk}, {"name", ticket.public_name}}));
  }
  Json waiting = Json::Arr();
  for (const WaitingTicket& ticket : screen.waiting) {
    waiting.Push(Json::Obj({{"ticket", ticket.ticket}, {"urgent", ticket.urgent}}));
  }
  return Json::Obj({{"now", context.clock.Now().ToLocal()},
                    {"station", context.station.name},
                    {"called", std::move(called)},
                    {"waiting", std::move(waiting)}});
}

}  // namespace

std::vector<shared::Endpoint> Endpoints() {
  return {
      {Method::kPost, "/api/reception/read", "reception.read", Purpose::kTreatment,
       "Recognise a scan or a name and find the people it may be", Read},
      {Method::kPost, "/api/search", "patients.search", Purpose::kTreatment,
       "Find people from the top bar", SearchPeople},
      {Method::kPost, "/api/patients", "reception.register", Purpose::kTreatment,
       "Register a person, warning before a duplicate", Register},
      {Method::kPut, "/api/patients/{id}", "reception.register", Purpose::kTreatment,
       "Correct a person's details", Correct},
      {Method::kGet, "/api/patients/{id}", "patients.read", Purpose::kTreatment,
       "A person with cards and past visits", ReadPatient},
      {Method::kPost, "/api/reception/check-in", "reception.check_in", Purpose::kTreatment,
       "Give a person a visit and a queue number", CheckInPatient},
      {Method::kGet, "/api/reception/visits", "reception.read", Purpose::kTreatment,
       "The visits of a day", TodaysVisits},
      {Method::kPost, "/api/visits/{id}/cancel", "reception.check_in", Purpose::kTreatment,
       "Cancel a visit that will not take place", Cancel},
      {Method::kGet, "/api/queue", "public", Purpose::kOperations, "The public queue screen",
       PublicQueue},
  };
}

}  // namespace care::reception
