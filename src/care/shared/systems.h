// The canonical URLs of Tram's record: identifier systems, code systems, extensions. Shapes:
// docs/record.md. VN Core systems follow http://fhir.hl7.org.vn/core (a draft, v0.6.0).
#pragma once

#include <string_view>

namespace care::shared {

namespace sid {
inline constexpr std::string_view kPersonalNumber = "http://fhir.hl7.org.vn/core/sid/cccd";
inline constexpr std::string_view kPassport = "http://fhir.hl7.org.vn/core/sid/passport";
inline constexpr std::string_view kInsuranceCard = "http://fhir.hl7.org.vn/core/sid/bhyt";
inline constexpr std::string_view kFacility = "http://fhir.hl7.org.vn/core/sid/ma-cskcb";
inline constexpr std::string_view kLicence = "http://fhir.hl7.org.vn/core/sid/cchn";
inline constexpr std::string_view kClaimKey = "http://fhir.hl7.org.vn/core/sid/ma-lk";
inline constexpr std::string_view kOldId = "https://tram.health/fhir/sid/old-identity-card";
inline constexpr std::string_view kPatientNumber = "https://tram.health/fhir/sid/patient-number";
inline constexpr std::string_view kTemporary = "https://tram.health/fhir/sid/temporary";
inline constexpr std::string_view kQueueNumber = "https://tram.health/fhir/sid/queue-number";
inline constexpr std::string_view kBooking = "https://tram.health/fhir/sid/booking";
inline constexpr std::string_view kPrescription = "https://tram.health/fhir/sid/prescription";
inline constexpr std::string_view kLot = "https://tram.health/fhir/sid/lot";
inline constexpr std::string_view kSpecimen = "https://tram.health/fhir/sid/specimen";
inline constexpr std::string_view kPaymentReference =
    "https://tram.health/fhir/sid/payment-reference";
inline constexpr std::string_view kPayment = "https://tram.health/fhir/sid/payment";
inline constexpr std::string_view kReceipt = "https://tram.health/fhir/sid/receipt";
}  // namespace sid

namespace code_system {
inline constexpr std::string_view kIcd10 = "https://tram.health/fhir/CodeSystem/icd-10-vn";
inline constexpr std::string_view kService = "https://tram.health/fhir/CodeSystem/service";
inline constexpr std::string_view kAnalyte = "https://tram.health/fhir/CodeSystem/analyte";
inline constexpr std::string_view kDrug = "https://tram.health/fhir/CodeSystem/drug";
inline constexpr std::string_view kTask = "https://tram.health/fhir/CodeSystem/task";
inline constexpr std::string_view kVisitType = "https://tram.health/fhir/CodeSystem/visit-type";
inline constexpr std::string_view kDocument = "https://tram.health/fhir/CodeSystem/document";
inline constexpr std::string_view kStation = "https://tram.health/fhir/CodeSystem/station";
inline constexpr std::string_view kDischarge =
    "http://fhir.hl7.org.vn/core/CodeSystem/vn-discharge-disposition-cs";
inline constexpr std::string_view kLoinc = "http://loinc.org";
inline constexpr std::string_view kUcum = "http://unitsofmeasure.org";
inline constexpr std::string_view kActClass = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
inline constexpr std::string_view kObservationCategory =
    "http://terminology.hl7.org/CodeSystem/observation-category";
inline constexpr std::string_view kInterpretation =
    "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
inline constexpr std::string_view kIdentifierType = "http://terminology.hl7.org/CodeSystem/v2-0203";
inline constexpr std::string_view kConditionClinical =
    "http://terminology.hl7.org/CodeSystem/condition-clinical";
inline constexpr std::string_view kConditionCategory =
    "http://terminology.hl7.org/CodeSystem/condition-category";
inline constexpr std::string_view kAllergyClinical =
    "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
inline constexpr std::string_view kOrderCategory =
    "https://tram.health/fhir/CodeSystem/order-category";
}  // namespace code_system

// Extensions; each is a StructureDefinition URL.
namespace ext {
#define TRAM_EXTENSION(name, id) \
  inline constexpr std::string_view name = "https://tram.health/fhir/StructureDefinition/" id
TRAM_EXTENSION(kCommune, "commune");
TRAM_EXTENSION(kProvince, "province");
TRAM_EXTENSION(kEthnicity, "ethnicity");
TRAM_EXTENSION(kOccupation, "occupation");
TRAM_EXTENSION(kIdentityKind, "identity-kind");
TRAM_EXTENSION(kIdentityReason, "identity-reason");
TRAM_EXTENSION(kRegisteredFacility, "registered-facility");
TRAM_EXTENSION(kBenefitLevel, "benefit-level");
TRAM_EXTENSION(kFiveYearsFrom, "five-years-from");
TRAM_EXTENSION(kCopaymentWaiver, "copayment-waiver");
TRAM_EXTENSION(kArea, "area");
TRAM_EXTENSION(kEligibility, "eligibility");
TRAM_EXTENSION(kPriorityReason, "priority-reason");
TRAM_EXTENSION(kPregnant, "pregnant");
TRAM_EXTENSION(kStage, "stage");
TRAM_EXTENSION(kTicket, "ticket");
TRAM_EXTENSION(kDesk, "desk");
TRAM_EXTENSION(kDepartment, "department");
TRAM_EXTENSION(kTreatmentOutcome, "treatment-outcome");
TRAM_EXTENSION(kSymptoms, "symptoms");
TRAM_EXTENSION(kHistory, "history");
TRAM_EXTENSION(kExamination, "examination");
TRAM_EXTENSION(kTreatment, "treatment");
TRAM_EXTENSION(kNote, "note");
TRAM_EXTENSION(kDraft, "draft");
TRAM_EXTENSION(kTimeOfDay, "time-of-day");
TRAM_EXTENSION(kAsWritten, "as-written");
TRAM_EXTENSION(kPayer, "payer");
TRAM_EXTENSION(kOnHand, "on-hand");
TRAM_EXTENSION(kUnitCost, "unit-cost");
TRAM_EXTENSION(kUnit, "unit");
TRAM_EXTENSION(kMovement, "movement");
TRAM_EXTENSION(kLot, "lot");
TRAM_EXTENSION(kAmount, "amount");
TRAM_EXTENSION(kInsuredAmount, "insured-amount");
TRAM_EXTENSION(kFund, "fund");
TRAM_EXTENSION(kCopay, "copay");
TRAM_EXTENSION(kSelfPay, "self-pay");
TRAM_EXTENSION(kOtherSource, "other-source");
TRAM_EXTENSION(kRatio, "ratio");
TRAM_EXTENSION(kServiceRatio, "service-ratio");
TRAM_EXTENSION(kBenefitRate, "benefit-rate");
TRAM_EXTENSION(kBenefitReason, "benefit-reason");
TRAM_EXTENSION(kGroup, "group");
TRAM_EXTENSION(kEncounter, "encounter");
TRAM_EXTENSION(kPatientOwes, "patient-owes");
TRAM_EXTENSION(kMethod, "method");
TRAM_EXTENSION(kFindings, "findings");
TRAM_EXTENSION(kErrors, "errors");
TRAM_EXTENSION(kCounter, "counter");
TRAM_EXTENSION(kEnteredBy, "entered-by");
#undef TRAM_EXTENSION
}  // namespace ext

}  // namespace care::shared
