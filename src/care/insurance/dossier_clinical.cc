#include "care/insurance/dossier_tables.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "exchange/insurance/claim_xml.h"

namespace care::insurance {

using access_control::Record;
using base::Json;
using exchange::insurance::ClaimDate;
using exchange::insurance::ClaimMoment;
using exchange::insurance::Row;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

std::string ValueText(const Record& observation) {
  const std::string number(observation.body.At("valueQuantity.value").NumberText());
  return number.empty() ? observation["valueString"].String() : number;
}

// At most `limit` characters, never cutting one in half.
std::string Shorten(const std::string& text, size_t limit) {
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && ++characters > limit) {
      return text.substr(0, i);
    }
  }
  return text;
}

// "CSST<M75_T37_HA120/70_NT18_SP98>" (vietnam.md §3.2).
std::string VitalSignCode(const VisitFacts& facts) {
  std::string pulse, temperature, pressure, respiration, oxygen;
  for (const Record& sign : facts.vital_signs) {
    const std::string code = shared::CodeIn(sign["code"], code_system::kLoinc);
    const auto set = [&](std::string& target) {
      if (target.empty()) target = ValueText(sign);
    };
    if (code == "8867-4") set(pulse);
    if (code == "8310-5") set(temperature);
    if (code == "9279-1") set(respiration);
    if (code == "2708-6") set(oxygen);
    if (code == "85354-9" && pressure.empty()) {
      pressure = std::string(sign.body.At("component.0.valueQuantity.value").NumberText()) + "/" +
                 std::string(sign.body.At("component.1.valueQuantity.value").NumberText());
    }
  }
  std::string text;
  const auto add = [&](const char* letters, const std::string& value) {
    if (!value.empty()) text += (text.empty() ? "" : "_") + std::string(letters) + value;
  };
  add("M", pulse);
  add("T", temperature);
  add("HA", pressure);
  add("NT", respiration);
  add("SP", oxygen);
  return text.empty() ? std::string() : "CSST<" + text + ">";
}

std::string CourseText(const VisitFacts& facts) {
  std::string text;
  for (std::string_view url : {ext::kSymptoms, ext::kHistory, ext::kExamination}) {
    const std::string part = shared::ExtensionText(facts.impression.body, url);
    if (!part.empty()) text += (text.empty() ? "" : ". ") + part;
  }
  return text.empty() ? PreliminaryText(facts) : text;
}

std::string ResultSummary(const VisitFacts& facts) {
  std::string text;
  for (const Record& result : facts.results) {
    text += (text.empty() ? "" : "; ") + result.body.At("code.text").String() + ": " +
            ValueText(result) + " " + result.body.At("valueQuantity.unit").String();
  }
  return text.empty() ? "Không có xét nghiệm" : text;
}

}  // namespace

void AddResults(const VisitFacts& facts, const shared::Context&, Dossier& dossier) {
  int number = 0;
  for (const Record& result : facts.results) {
    const std::string order = shared::ReferenceOf(result["basedOn"][0]);
    const auto source = facts.sources.find(order);
    if (source == facts.sources.end()) continue;
    Row& row = dossier.Add("XML4");
    row.Set("MA_LK", ClaimKeyOf(facts));
    row.Set("STT", std::to_string(++number));
    row.Set("MA_DICH_VU", shared::CodeIn(source->second["code"], code_system::kService));
    row.Set("MA_CHI_SO", shared::CodeIn(result["code"], code_system::kAnalyte));
    row.Set("TEN_CHI_SO", result.body.At("code.text").String());
    row.Set("GIA_TRI", Shorten(ValueText(result), 50));
    row.Set("DON_VI_DO", result.body.At("valueQuantity.unit").String());
    const auto report = facts.reports.find(order);
    if (report != facts.reports.end()) {
      const auto issued = shared::MomentOf(report->second["issued"]);
      if (issued) row.Set("NGAY_KQ", ClaimMoment(*issued));
      row.Set("MA_BS_DOC_KQ", LicenceOf(facts, report->second["resultsInterpreter"][0]));
    }
  }
}

void AddCourse(const VisitFacts& facts, const shared::Context&, Dossier& dossier) {
  // MA_LOAI_KCB 02, 05, 08, inpatient or day 03, 04, station stay 06, 09 (vietnam.md §3.3).
  const std::string type = VisitTypeOf(facts);
  const bool due = type == "02" || type == "03" || type == "04" || type == "05" || type == "06" ||
                   type == "08" || type == "09";
  if (!due) return;
  Row& row = dossier.Add("XML5");
  row.Set("MA_LK", ClaimKeyOf(facts));
  row.Set("STT", "1");
  const std::string signs = VitalSignCode(facts);
  row.Set("DIEN_BIEN_LS", signs.empty() ? CourseText(facts) : signs + " " + CourseText(facts));
  row.Set("THOI_DIEM_DBLS", ClaimMoment(facts.ended));
  row.Set("NGUOI_THUC_HIEN", AttendingLicence(facts));
}

void AddHealthSummary(const VisitFacts& facts, const shared::Context& context, Dossier& dossier) {
  Row& row = dossier.Add("XML8");
  row.Set("MA_LK", ClaimKeyOf(facts));
  row.Set("MA_LOAI_KCB", VisitTypeOf(facts));
  if (!facts.guardians.empty()) {
    row.Set("NGUOI_GIAM_HO", shared::NameOf(facts.guardians.front().body));
  }
  row.Set("NGAY_VAO", ClaimMoment(facts.started));
  row.Set("NGAY_RA", ClaimMoment(facts.ended));
  row.Set("CHAN_DOAN_VAO", PreliminaryText(facts));
  row.Set("CHAN_DOAN_RV", FinalDiagnosisText(facts));
  row.Set("QT_BENHLY", CourseText(facts));
  row.Set("TOMTAT_KQ", Shorten(ResultSummary(facts), 4000));
  const std::string treatment = shared::ExtensionText(facts.impression.body, ext::kTreatment);
  row.Set("PP_DIEUTRI", treatment.empty() ? "Điều trị ngoại trú theo đơn" : treatment);
  row.Set("KET_QUA_DTRI", shared::ExtensionText(facts.encounter.body, ext::kTreatmentOutcome));
  row.Set("MA_TTDV", context.station.head_social_insurance);
  row.Set("NGAY_CT", ClaimDate(facts.day()));
}

void AddRevisitSlip(const VisitFacts& facts, const shared::Context& context, Dossier& dossier) {
  const auto start = shared::MomentOf(facts.appointment["start"]);
  if (facts.appointment.version == 0 || !start) return;
  Row& row = dossier.Add("XML14");
  SetPerson(facts, row);
  row.Set("SO_GIAYHEN_KL", shared::IdentifierValue(facts.appointment.body, sid::kBooking));
  row.Set("MA_CSKCB", context.station.facility_code);
  row.Set("NGAY_HEN_KL", ClaimMoment(*start));
  row.Set("CHAN_DOAN_RV", FinalDiagnosisText(facts));
  row.Set("MA_BENH_CHINH", MainCode(facts));
  row.Set("MA_BENH_KT", OtherCodes(facts));
  row.Set("MA_BAC_SI", AttendingLicence(facts));
  row.Set("MA_TTDV", context.station.head_social_insurance);
  row.Set("NGAY_CT", ClaimDate(facts.day()));
}

}  // namespace care::insurance
