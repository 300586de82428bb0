// Fills the claims tables of one visit (QĐ 3176/QĐ-BYT and the decisions before it), one function a
// table or pair of tables. Mapping: docs/formats/claims.md.
#pragma once

#include "care/insurance/visit_facts.h"
#include "exchange/insurance/dossier.h"

namespace care::insurance {

using exchange::insurance::Dossier;

void AddCheckIn(const VisitFacts& facts, const shared::Context& context, Dossier& dossier);      // XML0
void AddSummary(const VisitFacts& facts, const shared::Context& context, Dossier& dossier);      // XML1
void AddLines(const VisitFacts& facts, const shared::Context& context, Dossier& dossier);        // XML2, XML3
void AddResults(const VisitFacts& facts, const shared::Context& context, Dossier& dossier);      // XML4
void AddCourse(const VisitFacts& facts, const shared::Context& context, Dossier& dossier);       // XML5
void AddHealthSummary(const VisitFacts& facts, const shared::Context& context, Dossier& dossier);  // XML8
void AddRevisitSlip(const VisitFacts& facts, const shared::Context& context, Dossier& dossier);  // XML14

// ---- What several tables write alike ----
std::string ClaimKeyOf(const VisitFacts& facts);
std::string VisitTypeOf(const VisitFacts& facts);       // MA_LOAI_KCB
std::string BirthMoment(const VisitFacts& facts);       // NGAY_SINH, unknown parts 0000
std::string SexCode(const VisitFacts& facts);           // 1 male, 2 female, 3 undetermined
std::string IdentityNumber(const VisitFacts& facts);    // SO_CCCD
std::string MainCode(const VisitFacts& facts);
std::string OtherCodes(const VisitFacts& facts);
std::string FinalDiagnosisText(const VisitFacts& facts);
std::string PreliminaryText(const VisitFacts& facts);
std::string DepartmentOf(const VisitFacts& facts);
std::string LicenceOf(const VisitFacts& facts, const base::Json& reference_element);
std::string AttendingLicence(const VisitFacts& facts);
// Sets name, identity, card and period fields that this table has.
void SetPerson(const VisitFacts& facts, exchange::insurance::Row& row);

}  // namespace care::insurance
