// Everything of one closed visit that its dossier speaks of, read once.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "access/record_scope.h"
#include "base/result.h"
#include "base/time.h"
#include "care/shared/catalogue/catalogue.h"
#include "care/shared/endpoint.h"

namespace care::insurance {

struct VisitFacts {
  access_control::Record encounter;
  access_control::Record patient;
  access_control::Record coverage;                  // version 0 = not insured
  access_control::Record impression;                // version 0 = no note
  access_control::Record invoice;
  access_control::Record appointment;               // version 0 = none given
  std::vector<access_control::Record> conditions;   // main first
  std::vector<access_control::Record> charges;      // in the order of the bill
  std::vector<access_control::Record> results;      // final laboratory observations
  std::vector<access_control::Record> vital_signs;
  std::vector<access_control::Record> guardians;
  std::map<std::string, access_control::Record> sources;  // orders and prescription lines by reference
  std::map<std::string, access_control::Record> reports;  // by the order they are based on
  std::map<std::string, std::string> licences;             // "Practitioner/…" -> MA_BAC_SI
  base::Instant started;
  base::Instant ended;
  bool insured = false;

  base::Date day() const { return ended.LocalDate(); }  // lists are chosen by the end of the visit
};

// kUnprocessable for a visit that is not closed or has no bill yet.
base::Result<VisitFacts> ReadVisitFacts(const std::string& encounter_id, shared::Context& context);

}  // namespace care::insurance
