// What happened in one room that another cares about, as events of the change log. Payload:
// {"encounter": "Encounter/…", "patient": "Patient/…"}; app/wiring/subscriptions.cc says who listens.
#pragma once

#include <string_view>

namespace care::shared::events {

inline constexpr std::string_view kPatientCheckedIn = "PatientCheckedIn";
inline constexpr std::string_view kVisitCancelled = "VisitCancelled";
inline constexpr std::string_view kVitalSignsRecorded = "VitalSignsRecorded";
inline constexpr std::string_view kPatientCalled = "PatientCalled";
inline constexpr std::string_view kTestsOrdered = "TestsOrdered";
inline constexpr std::string_view kResultEntered = "ResultEntered";
inline constexpr std::string_view kResultVerified = "ResultVerified";
inline constexpr std::string_view kPrescriptionSigned = "PrescriptionSigned";
inline constexpr std::string_view kMedicineDispensed = "MedicineDispensed";
inline constexpr std::string_view kVisitClosed = "VisitClosed";
inline constexpr std::string_view kInvoiceIssued = "InvoiceIssued";
inline constexpr std::string_view kInvoicePaid = "InvoicePaid";
// Payload {"list": "icd10", "from": "2027-01-01"}: whoever holds a Catalogue loads it anew.
inline constexpr std::string_view kCatalogueChanged = "CatalogueChanged";
inline constexpr std::string_view kDossierBuilt = "DossierBuilt";

}  // namespace care::shared::events
