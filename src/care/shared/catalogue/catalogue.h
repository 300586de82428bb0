// Catalogue: every dated list of the station in memory, immutable and shared by all rooms. Look
// things up by the day of the event.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "care/shared/catalogue/analyte_list.h"
#include "care/shared/catalogue/code_list.h"
#include "care/shared/catalogue/code_system.h"
#include "care/shared/catalogue/diagnosis_list.h"
#include "care/shared/catalogue/drug_list.h"
#include "care/shared/catalogue/eligibility_list.h"
#include "care/shared/catalogue/parameters.h"
#include "care/shared/catalogue/service_list.h"

namespace care::shared {

struct Catalogue {
  DiagnosisList diagnoses;
  DrugList drugs;
  ServiceList services;
  AnalyteList analytes;
  CodeList communes;
  CodeList ethnicities;
  CodeList occupations;
  CodeList visit_types;
  CodeList departments;
  EligibilityList eligibility;
  Parameters parameters;

  // Builds the search indexes that the first search would build (0.2 s for the official ICD-10
  // list): for a thread that has nothing else to do after the start.
  void WarmUp() const;
};

// The lists compiled into the program (data/catalogue), one edition each.
base::Result<std::vector<Edition>> StarterEditions();

// From the editions of each list: a later one ends the rows of those before it on the day before it
// begins and takes over the columns it lacks (list_schema.h, `carried`).
std::shared_ptr<const Catalogue> AssembleCatalogue(std::vector<Edition> editions);

// The starter lists alone. They are part of the program, so failing to read them is a broken build
// (CHECK), which a test catches.
std::shared_ptr<const Catalogue> StarterCatalogue();

}  // namespace care::shared
