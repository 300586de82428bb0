// Building and reading the FHIR datatypes the rooms use, on base::Json. Readers never fail: what is
// missing reads as empty.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/json.h"
#include "base/time.h"

namespace care::shared {

base::Json Coding(std::string_view system, std::string_view code, std::string_view display = {});
base::Json Concept(std::string_view system, std::string_view code, std::string_view display = {});
base::Json Reference(std::string_view reference, std::string_view display = {});
base::Json Identifier(std::string_view system, std::string_view value);
// unit is shown to people and is the UCUM code unless `ucum` differs.
base::Json Quantity(std::string_view number, std::string_view unit, std::string_view ucum = {});
base::Json VndMoney(const base::Decimal& amount);

// "" unless the resource has an identifier of that system.
std::string IdentifierValue(const base::Json& resource, std::string_view system);
// Replaces or adds; an empty value removes it.
void SetIdentifier(base::Json& resource, std::string_view system, std::string_view value);

// The code of that system in a CodeableConcept; "" if it has none.
std::string CodeIn(const base::Json& concept_json, std::string_view system);
std::string DisplayIn(const base::Json& concept_json, std::string_view system);

// The value of an extension whatever its type: the member that starts with "value".
const base::Json& ExtensionValue(const base::Json& element, std::string_view url);
std::string ExtensionText(const base::Json& element, std::string_view url);  // string, code, date
bool ExtensionFlag(const base::Json& element, std::string_view url);
base::Decimal ExtensionDecimal(const base::Json& element, std::string_view url);  // 0 if none
// SetExtension(encounter, ext::kStage, "valueCode", "done"); a null or "" value removes it.
void SetExtension(base::Json& element, std::string_view url, std::string_view member,
                  base::Json value);

// "Patient/123" -> "123".
std::string ReferenceId(std::string_view reference);
std::string ReferenceOf(const base::Json& reference_element);  // element["reference"]

// The moment in a FHIR dateTime, if it is a full one.
std::optional<base::Instant> MomentOf(const base::Json& date_time);
// A FHIR date that may be partial ("1990", "1990-02"); missing parts read as 1.
std::optional<base::Date> DateOf(std::string_view text);
// A decimal out of a JSON number; 0 when there is none.
base::Decimal DecimalOf(const base::Json& number);

}  // namespace care::shared
