#include "app/demo/yesterday.h"

#include "access/store_record_scope.h"
#include "app/demo/seed.h"
#include "care/billing/price_visit.h"
#include "care/billing/receive_payment.h"
#include "care/insurance/build_dossier.h"
#include "care/pharmacy/dispense.h"
#include "care/pharmacy/worklist.h"
#include "care/reception/check_in.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/visit/call_patient.h"
#include "care/visit/close_visit.h"
#include "care/visit/prescribe.h"
#include "care/visit/record_vital_signs.h"

namespace app::demo {

using access_control::Principal;
using access_control::Purpose;
using access_control::Role;
using access_control::StoreRecordScope;
using base::Decimal;
using base::Json;
using care::shared::Context;

namespace {

// What people come with, and what they leave with.
struct Story {
  const char* reason;
  const char* symptoms;
  const char* examination;
  const char* diagnosis;
  const char* drug;
  int times;
  int days;
};

constexpr Story kStories[] = {
    {"Ho, sổ mũi 2 ngày", "Ho khan, sổ mũi, không sốt", "Họng đỏ nhẹ, phổi trong", "J00", "TH0001", 3, 3},
    {"Sốt, đau họng", "Sốt 38 độ, đau họng, nuốt vướng", "Họng đỏ, amidan không mủ", "J02.9", "TH0001", 3, 5},
    {"Đau đầu", "Đau đầu hai bên, không nôn", "Tỉnh, không dấu thần kinh khu trú", "R51", "TH0001", 2, 3},
    {"Khám tăng huyết áp định kỳ", "Không đau ngực, không khó thở", "Tim đều, không phù", "I10", nullptr, 0, 0},
    {"Đau thượng vị", "Đau âm ỉ vùng thượng vị sau ăn", "Bụng mềm, ấn đau thượng vị", "K29.7", nullptr, 0, 0},
};

class Day {
 public:
  Day(wiring::Node& node, base::Random& random)
      : node_(node),
        random_(random),
        clock_(base::LocalMidnight(node.clock().Today().AddDays(-1)).AddMillis(7 * 3'600'000LL)),
        catalogue_(node.catalogue()) {}

  base::Status Prepare() {
    for (const StaffMember& member : Staff()) {
      TRY_ASSIGN(const auto user, node_.accounts().FindByLogin(member.login));
      people_[std::string(member.login)] = {user.id, user.login, user.name, user.roles,
                               node_.station().organization_id};
    }
    return base::Ok();
  }

  base::Status Visit(const std::string& patient_id, const Story& story, base::Instant at) {
    clock_.Set(at);
    std::string visit;
    TRY(As("letan", [&](Context& desk) -> base::Status {
      care::reception::CheckInInput input;
      input.patient_id = patient_id;
      input.reason = story.reason;
      TRY_ASSIGN(const auto output, care::reception::CheckIn(input, desk));
      visit = output.encounter.id();
      return base::Ok();
    }));
    clock_.Advance(6 * 60'000);
    TRY(As("dieuduong", [&](Context& nurse) { return Measure(visit, nurse); }));
    clock_.Advance(9 * 60'000);
    TRY(As("bacsi", [&](Context& doctor) { return Examine(visit, story, doctor); }));
    TRY(AsSystem([&](Context& system) { return BillAndClaim(visit, system); }));
    clock_.Advance(8 * 60'000);
    TRY(As("duocsi", [&](Context& pharmacist) { return HandOut(visit, pharmacist); }));
    TRY(AsSystem([&](Context& system) { return BillAndClaim(visit, system); }));
    clock_.Advance(4 * 60'000);
    TRY(As("thungan", [&](Context& cashier) { return Pay(visit, cashier); }));
    return AsSystem([&](Context& system) { return BillAndClaim(visit, system); });
  }

  base::Instant Opening() const { return clock_.Now(); }

 private:
  template <class Work>
  base::Status As(std::string_view login, Work work) {
    return Run(people_.at(std::string(login)), work);
  }
  template <class Work>
  base::Status AsSystem(Work work) {
    return Run(node_.SystemPrincipal(), work);
  }
  template <class Work>
  base::Status Run(const Principal& who, Work work) {
    StoreRecordScope scope(node_.store(), who, Purpose::kTreatment, clock_, node_.random());
    Context context{scope, clock_, node_.random(), *catalogue_, node_.station()};
    return work(context);
  }

  base::Status Measure(const std::string& visit, Context& nurse) {
    using care::visit::VitalSign;
    TRY_ASSIGN(const auto encounter, nurse.record.Read("Encounter", visit));
    TRY_ASSIGN(const auto patient, nurse.record.ReadReference(care::shared::ReferenceOf(encounter["subject"])));
    const auto birth = care::shared::DateOf(patient["birthDate"].String());
    const int age = birth ? base::AgeInYears(*birth, clock_.Today()) : 40;
    const auto pick = [&](int low, int span) { return Decimal(static_cast<int64_t>(low) + static_cast<int64_t>(random_.Below(static_cast<uint64_t>(span)))); };
    care::visit::RecordVitalSignsInput input;
    input.encounter_id = visit;
    input.values.at(VitalSign::kTemperature) = Decimal::FromUnscaled(365 + static_cast<int64_t>(random_.Below(15)), 1);
    input.values.at(VitalSign::kPulse) = age < 6 ? pick(100, 30) : pick(65, 30);
    if (age >= 15) {
      input.values.at(VitalSign::kSystolic) = pick(108, 40);
      input.values.at(VitalSign::kDiastolic) = pick(66, 22);
      input.values.at(VitalSign::kHeight) = pick(150, 25);
    }
    input.values.at(VitalSign::kWeight) =
        age >= 15 ? pick(45, 30) : age >= 6 ? pick(18 + age * 2, 8) : age >= 1 ? pick(9 + age * 2, 3) : pick(6, 3);
    TRY(care::visit::RecordVitalSigns(input, nurse));
    return base::Ok();
  }

  base::Status Examine(const std::string& visit, const Story& story, Context& doctor) {
    TRY(care::visit::CallPatient(visit, "Phòng khám 1", doctor));
    care::visit::Draft draft;
    draft.examination.symptoms = story.symptoms;
    draft.examination.examination = story.examination;
    draft.examination.treatment = "Điều trị ngoại trú, dặn dò chăm sóc";
    draft.diagnoses.push_back({story.diagnosis, "", "", true});
    TRY(care::visit::SaveDraft(visit, draft, 0, doctor));
    clock_.Advance(4 * 60'000);
    if (story.drug != nullptr) {
      care::visit::PrescriptionLine line;
      line.drug = story.drug;
      line.dose = 1;
      line.times = story.times;
      line.days = story.days;
      line.quantity = Decimal(story.times * story.days);
      line.meal = "after";
      TRY(care::visit::SignPrescription(visit, {line}, doctor));
    }
    care::visit::CloseVisitInput input;
    input.encounter_id = visit;
    input.advice = "Uống đủ nước, nghỉ ngơi; khám lại khi nặng lên";
    input.override_flags = {std::string("discouraged_main:") + story.diagnosis};
    TRY(care::visit::CloseVisit(input, doctor));
    return base::Ok();
  }

  base::Status BillAndClaim(const std::string& visit, Context& system) {
    TRY(care::billing::IssueBill(visit, system));
    TRY(care::insurance::BuildDossier(visit, system));
    return base::Ok();
  }

  base::Status HandOut(const std::string& visit, Context& pharmacist) {
    TRY_ASSIGN(const auto requests,
               pharmacist.record.SearchAll("MedicationRequest?encounter=Encounter/" + visit + "&status=active", 20));
    if (requests.empty()) return base::Ok();
    care::pharmacy::DispenseInput input;
    input.encounter_id = visit;
    for (const auto& request : requests) {
      TRY_ASSIGN(const auto lots,
                 care::pharmacy::ReadLots(pharmacist.record,
                                          care::shared::CodeIn(request["medicationCodeableConcept"],
                                                               care::shared::code_system::kDrug)));
      care::pharmacy::DispenseLine line{request.id(), {}};
      const Decimal needed = care::shared::DecimalOf(request.body.At("dispenseRequest.quantity.value"));
      for (const auto& take : care::pharmacy::ProposeLots(lots, needed, clock_.Today())) {
        line.lots.push_back({take.lot->id(), take.quantity});
      }
      input.lines.push_back(std::move(line));
    }
    TRY(care::pharmacy::Dispense(input, pharmacist));
    return base::Ok();
  }

  base::Status Pay(const std::string& visit, Context& cashier) {
    TRY_ASSIGN(const auto invoice, cashier.record.Read("Invoice", care::billing::InvoiceId(visit)));
    if (invoice["status"].String() != "issued") return base::Ok();
    const Decimal owed = care::shared::ExtensionDecimal(invoice.body, care::shared::ext::kPatientOwes);
    TRY(care::billing::ReceiveCash(invoice.id(), owed, cashier));
    return base::Ok();
  }

  wiring::Node& node_;
  base::Random& random_;
  base::FixedClock clock_;
  std::shared_ptr<const care::shared::Catalogue> catalogue_;
  std::map<std::string, Principal, std::less<>> people_;
};

}  // namespace

base::Status ReplayYesterday(wiring::Node& node, int visits, base::Random& random) {
  Day day(node, random);
  TRY(day.Prepare());
  const base::Instant opening = day.Opening();
  std::vector<std::string> patients;
  TRY(node.As(node.SystemPrincipal(), Purpose::kOperations, [&](Context& context) -> base::Status {
    TRY_ASSIGN(const auto page, context.record.Search("Patient?_count=" + std::to_string(visits)));
    for (const auto& patient : page.matches) patients.push_back(patient.id());
    return base::Ok();
  }));
  for (size_t i = 0; i < patients.size(); ++i) {
    const Story& story = kStories[random.Below(std::size(kStories))];
    TRY(day.Visit(patients[i], story, opening.AddMillis(static_cast<int64_t>(i) * 5 * 60'000)));
  }
  // The log already told the rooms what they did here.
  return node.CatchUp();
}

}  // namespace app::demo
