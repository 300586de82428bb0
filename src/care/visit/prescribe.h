// Signing a prescription: checked lines become MedicationRequests under a national 14-character code.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/random.h"
#include "base/result.h"
#include "care/shared/endpoint.h"
#include "care/visit/prescription_rules.h"

namespace care::visit {

// TT 26/2025/TT-BYT annex I: facility code (5) + 7 random [0-9a-z] + '-' + kind (N, H, C, T).
std::string MakePrescriptionCode(const std::string& facility_code, shared::PrescriptionKind kind,
                                 base::Random& random);

// Signs the lines; ordinary and psychotropic drugs get separate codes. What was signed before in this
// visit is replaced as long as nothing of it has been handed out. An empty list withdraws it.
base::Status SignPrescription(const std::string& encounter_id,
                              const std::vector<PrescriptionLine>& lines,
                              shared::Context& context);

// {code, lines, signedAt, sent}, or null when nothing is signed.
base::Result<base::Json> ReadPrescription(const std::string& encounter_id,
                                          shared::Context& context);

}  // namespace care::visit
