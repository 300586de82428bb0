#include "care/reception/register_patient.h"

#include <fmt/format.h>

#include "base/text.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::reception {

using access_control::Change;
using access_control::Record;
using base::Json;
namespace sid = shared::sid;

namespace {

// Temporary ids carry letters, so that they can never pass for a personal number (§2.3).
std::string TemporaryId(base::Random& random) {
  constexpr std::string_view kAlphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
  std::string id = "TAM-";
  for (int i = 0; i < 8; ++i) id += kAlphabet[random.Below(kAlphabet.size())];
  return id;
}

// Nobody may register the same number twice, however fast two desks are.
void RequireNewNumbers(const PatientForm& form, Change& change) {
  const auto require = [&](std::string_view system, const std::string& value) {
    if (value.empty()) return;
    change.RequireNoMatch("Patient?identifier=" + std::string(system) + "|" + value);
  };
  require(sid::kPersonalNumber, form.personal_number);
  require(sid::kPassport, form.passport);
}

base::Status StoreCards(const PatientForm& form, const std::string& reference, Change& change,
                        shared::Context& context, bool known) {
  if (form.insurance) {
    bool stored = false;
    if (known) {
      TRY_ASSIGN(const auto cards, context.record.SearchAll(
                                       "Coverage?beneficiary=" + reference + "&status=active", 50));
      for (const Record& card : cards) {
        if (shared::IdentifierValue(card.body, sid::kInsuranceCard) != form.insurance->number) continue;
        Record updated = card;
        Json body = CoverageFor(*form.insurance, reference);
        body.Set("id", card.id());
        updated.body = std::move(body);
        change.Update(std::move(updated));
        stored = true;
      }
    }
    if (!stored) change.Create(CoverageFor(*form.insurance, reference));
  }
  if (form.guardian) {
    bool stored = false;
    if (known) {
      TRY_ASSIGN(const auto guardians,
                 context.record.SearchAll("RelatedPerson?patient=" + reference, 20));
      for (const Record& guardian : guardians) {
        stored = stored || shared::NameOf(guardian.body) == form.guardian->name;
      }
    }
    if (!stored) change.Create(GuardianFor(*form.guardian, reference));
  }
  return base::Ok();
}

base::Result<Record> Store(const PatientForm& form, shared::Context& context) {
  Change change = context.record.NewChange();
  Json patient = Json::Obj({{"resourceType", "Patient"}, {"active", true}});
  ApplyToPatient(form, patient);
  const int year = context.clock.Today().year % 100;
  TRY_ASSIGN(const int64_t number,
             shared::DrawNumber(context, change, fmt::format("patient-{:02}", year)));
  shared::SetIdentifier(patient, sid::kPatientNumber, fmt::format("{:02}-{:06}", year, number));
  if (form.personal_number.empty() && form.identity_kind != IdentityKind::kCitizen) {
    shared::SetIdentifier(patient, sid::kTemporary, TemporaryId(context.random));
  }
  patient.Set("managingOrganization",
              shared::Reference("Organization/" + context.station.organization_id));
  RequireNewNumbers(form, change);
  const std::string reference = change.Create(std::move(patient));
  TRY(StoreCards(form, reference, change, context, false));
  TRY(context.record.Commit(std::move(change)));
  return context.record.ReadReference(reference);
}

}  // namespace

base::Result<RegisterOutput> RegisterPatient(const PatientForm& form, bool confirmed,
                                             shared::Context& context) {
  TRY_ASSIGN(std::vector<Candidate> candidates, FindLike(context.record, form));
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return candidate.match == Match::kPossible || (confirmed && candidate.match != Match::kExact);
  });
  if (!candidates.empty()) return RegisterOutput{{}, std::move(candidates)};
  TRY_ASSIGN(Record patient,
             access_control::RetryOnConflict([&] { return Store(form, context); }));
  return RegisterOutput{std::move(patient), {}};
}

base::Result<Record> CorrectPatient(const std::string& id, const PatientForm& form,
                                    int64_t seen_version, shared::Context& context) {
  TRY_ASSIGN(Record patient, context.record.Read("Patient", id));
  if (seen_version > 0 && patient.version != seen_version) {
    return base::Conflict("Người khác vừa sửa thông tin người bệnh này. Hãy tải lại rồi sửa tiếp.");
  }
  Change change = context.record.NewChange();
  const std::string reference = patient.Reference();
  const std::string old_number = shared::IdentifierValue(patient.body, sid::kPersonalNumber);
  if (!form.personal_number.empty() && form.personal_number != old_number) {
    change.RequireNoMatch("Patient?identifier=" + std::string(sid::kPersonalNumber) + "|" +
                          form.personal_number);
  }
  ApplyToPatient(form, patient.body);
  TRY(StoreCards(form, reference, change, context, true));
  change.Update(std::move(patient));
  TRY(context.record.Commit(std::move(change)));
  return context.record.ReadReference(reference);
}

}  // namespace care::reception
