#include "testkit/store_contract/random_record.h"

#include <map>

namespace testkit {
namespace {

using Strings = std::vector<std::string>;

// What is searched in each type: code and kind of value.
const std::map<std::string, std::vector<std::pair<std::string, std::string>>> kParameters = {
    {"Patient",
     {{"name", "string"},
      {"family", "string"},
      {"given", "string"},
      {"gender", "token"},
      {"active", "token"},
      {"identifier", "identifier"},
      {"birthdate", "date"},
      {"phone", "token"},
      {"general-practitioner", "ref:Practitioner"},
      {"organization", "ref:Organization"},
      {"deceased", "token"},
      {"_tag", "token"},
      {"_id", "id:Patient"},
      {"_lastUpdated", "date"},
      {"_profile", "uri"},
      {"address-city", "string"}}},
    {"Practitioner", {{"name", "string"}, {"active", "token"}, {"identifier", "identifier"}}},
    {"Organization",
     {{"name", "string"}, {"identifier", "identifier"}, {"_id", "id:Organization"}}},
    {"Encounter",
     {{"status", "token"},
      {"class", "token"},
      {"date", "date"},
      {"subject", "ref:Patient"},
      {"patient", "ref:Patient"},
      {"service-provider", "ref:Organization"},
      {"_id", "id:Encounter"},
      {"type", "token"}}},
    {"Observation",
     {{"status", "token"},
      {"code", "token"},
      {"date", "date"},
      {"subject", "ref:Patient"},
      {"patient", "ref:Patient"},
      {"encounter", "ref:Encounter"},
      {"value-quantity", "quantity"},
      {"component-value-quantity", "quantity"},
      {"combo-value-quantity", "quantity"},
      {"code-value-quantity", "composite"},
      {"component-code-value-quantity", "composite"},
      {"value-string", "string"},
      {"value-concept", "token"},
      {"_lastUpdated", "date"}}},
    {"Condition",
     {{"code", "token"},
      {"clinical-status", "token"},
      {"subject", "ref:Patient"},
      {"encounter", "ref:Encounter"},
      {"onset-date", "date"},
      {"recorded-date", "date"},
      {"onset-age", "quantity"}}},
    {"Task",
     {{"status", "token"},
      {"code", "token"},
      {"patient", "ref:Patient"},
      {"subject", "ref:Patient"},
      {"focus", "ref:Observation"},
      {"authored-on", "date"},
      {"period", "date"},
      {"identifier", "identifier"}}},
    {"RiskAssessment", {{"probability", "number"}, {"subject", "ref:Patient"}, {"date", "date"}}},
    {"ValueSet", {{"url", "uri"}, {"title", "string"}, {"status", "token"}, {"date", "date"}}},
};

const Strings kTypes = {"Patient",      "Encounter",    "Observation",    "Condition", "Task",
                        "Practitioner", "Organization", "RiskAssessment", "ValueSet"};
const Strings kWords = {"Nguyễn", "Đức", "Lan", "Văn", "Thị", "Đào", "an", "Ân", "Bình", "Lê"};
const Strings kCodes = {"I10", "A91", "final", "active", "male", "female", "true", "false", "x"};
const Strings kSystems = {"s1", "s2", "http://loinc.org"};
const Strings kUris = {"http://tram/a", "http://tram/a/b", "http://tram", "urn:x"};
const Strings kNumbers = {"0", "1", "5", "5.4", "5.35", "5.40", "10", "99.5", "100", "-3", "1e2"};
const Strings kUnits = {"mg", "kg", "mm[Hg]"};

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

std::string Encoded(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '+' ? "%2B" : c == '&' ? "%26" : std::string(1, c);
  return out;
}

}  // namespace

std::string RandomRecord::Pick(const Strings& from) { return from[random_.Below(from.size())]; }

std::string RandomRecord::Date() {
  const std::string year = Pick({"1990", "2024", "2025", "2026"});
  const int precision = Below(4);
  if (precision == 0) return year;
  const std::string month = Pick({"01", "02", "11"});
  return precision == 1 ? year + "-" + month : year + "-" + month + "-" + Pick({"01", "15", "28"});
}

std::string RandomRecord::Moment() {
  std::string out = Date();
  if (out.size() < 10 || Chance(40)) return out;
  return out + "T" + Pick({"00", "07", "23"}) + ":" + Pick({"00", "59"}) + ":00" +
         Pick({"Z", "+07:00", ".250+07:00"});
}

std::string RandomRecord::Period() {
  std::string out = "{";
  if (Chance(80)) out += "\"start\":" + Quoted(Moment());
  if (Chance(60)) out += std::string(out.size() > 1 ? "," : "") + "\"end\":" + Quoted(Moment());
  return out + "}";
}

std::string RandomRecord::ReferenceTo(const std::string& type) {
  return type + "/" + type.substr(0, 1) + std::to_string(Below(8));
}

std::string RandomRecord::Reference() { return ReferenceTo(Pick(kTypes)); }

std::string RandomRecord::Name() {
  std::string out = "{";
  if (Chance(60))
    out += R"("text":")" + Pick(kWords) + " " + Pick(kWords) + " " + Pick(kWords) + R"(",)";
  if (Chance(70)) out += R"("family":")" + Pick(kWords) + R"(",)";
  return out + R"("given":[")" + Pick(kWords) + R"("]})";
}

std::string RandomRecord::Concept() {
  std::string out = "{";
  if (Chance(40)) out += R"("text":")" + Pick(kWords) + " " + Pick(kWords) + R"(",)";
  out += R"("coding":[)";
  const int count = 1 + Below(2);
  for (int i = 0; i < count; ++i) {
    out += std::string(i > 0 ? "," : "") + "{\"code\":" + Quoted(Pick(kCodes));
    if (Chance(70)) out += ",\"system\":" + Quoted(Pick(kSystems));
    if (Chance(30)) out += ",\"display\":" + Quoted(Pick(kWords));
    out += "}";
  }
  return out + "]}";
}

std::string RandomRecord::Quantity() {
  std::string out =
      "{\"value\":" + Pick({"0", "1", "5", "5.4", "5.35", "10.0", "99.5", "100", "-3"});
  if (Chance(60)) out += ",\"unit\":" + Quoted(Pick(kUnits));
  if (Chance(60)) out += ",\"system\":\"ucum\",\"code\":" + Quoted(Pick(kUnits));
  return out + "}";
}

std::string RandomRecord::Resource() {
  const std::string type = Pick(kTypes);
  const std::string reference = ReferenceTo(type);
  std::string out = R"({"resourceType":")" + type + R"(","id":")" +
                    reference.substr(reference.find('/') + 1) + "\"";
  const auto add = [&](int percent, const std::string& name, const std::string& json) {
    if (Chance(percent)) out += ",\"" + name + "\":" + json;
  };
  const auto refer = [&](const std::string& target) {
    if (Chance(10)) return R"({"identifier":{"system":"s1","value":"1"}})" + std::string();
    if (Chance(5)) return std::string(R"({"reference":"https://hub/fhir/X/1"})");
    return R"({"reference":")" + ReferenceTo(target) + "\"}";
  };
  const auto identifiers = [&] {
    return R"([{"system":")" + Pick(kSystems) + R"(","value":")" + std::to_string(Below(5)) +
           R"(","type":)" + Concept() + "}]";
  };
  add(20, "meta", R"({"tag":[{"system":"s1","code":"x"}],"profile":[")" + Pick(kUris) + "\"]}");
  if (type == "Patient") {
    add(90, "name", "[" + Name() + (Chance(20) ? "," + Name() : "") + "]");
    add(80, "gender", Quoted(Pick({"male", "female"})));
    add(70, "active", Pick({"true", "false"}));
    add(80, "birthDate", Quoted(Date()));
    add(70, "identifier", identifiers());
    add(30, "telecom", R"([{"system":"phone","value":"x"}])");
    add(40, "generalPractitioner", "[" + refer("Practitioner") + "," + refer("Organization") + "]");
    add(40, "managingOrganization", refer("Organization"));
    add(20, "deceasedBoolean", Pick({"true", "false"}));
    add(30, "address", R"([{"city":")" + Pick(kWords) + "\"}]");
  } else if (type == "Practitioner") {
    add(90, "name", "[" + Name() + "]");
    add(50, "active", Pick({"true", "false"}));
    add(50, "identifier", identifiers());
  } else if (type == "Organization") {
    add(90, "name", Quoted(Pick(kWords) + " " + Pick(kWords)));
    add(50, "identifier", identifiers());
  } else if (type == "Encounter") {
    add(95, "status", Quoted(Pick(kCodes)));
    add(80, "class", R"({"system":")" + Pick(kSystems) + R"(","code":")" + Pick(kCodes) + "\"}");
    add(80, "subject", refer("Patient"));
    add(80, "period", Period());
    add(40, "serviceProvider", refer("Organization"));
    add(30, "type", "[" + Concept() + "]");
  } else if (type == "Observation") {
    add(95, "status", Quoted(Pick(kCodes)));
    add(95, "code", Concept());
    add(80, "subject", refer("Patient"));
    add(60, "encounter", refer("Encounter"));
    const int when = Below(3);
    if (when == 0) add(90, "effectiveDateTime", Quoted(Moment()));
    if (when == 1) add(90, "effectivePeriod", Period());
    const int what = Below(4);
    if (what < 2) add(90, "valueQuantity", Quantity());
    if (what == 2) add(90, "valueString", Quoted(Pick(kWords) + " " + Pick(kWords)));
    if (what == 3) add(90, "valueCodeableConcept", Concept());
    add(30, "component",
        R"([{"code":)" + Concept() + R"(,"valueQuantity":)" + Quantity() + R"(},{"code":)" +
            Concept() + R"(,"valueQuantity":)" + Quantity() + "}]");
  } else if (type == "Condition") {
    add(90, "code", Concept());
    add(70, "clinicalStatus", Concept());
    add(80, "subject", refer("Patient"));
    add(50, "encounter", refer("Encounter"));
    add(50, "recordedDate", Quoted(Moment()));
    const int onset = Below(4);
    if (onset == 0) add(90, "onsetDateTime", Quoted(Moment()));
    if (onset == 1) add(90, "onsetPeriod", Period());
    if (onset == 2) add(90, "onsetAge", Quantity());
    if (onset == 3) add(90, "onsetRange", R"({"low":)" + Quantity() + "}");
  } else if (type == "Task") {
    add(95, "status", Quoted(Pick(kCodes)));
    add(70, "code", Concept());
    add(80, "for", refer("Patient"));
    add(60, "focus", refer("Observation"));
    add(70, "authoredOn", Quoted(Moment()));
    add(30, "executionPeriod", Period());
    add(40, "identifier", identifiers());
  } else if (type == "RiskAssessment") {
    add(80, "subject", refer("Patient"));
    add(80, "prediction", R"([{"probabilityDecimal":)" + Pick({"0", "0.5", "5.4", "100"}) + "}]");
    add(60, "occurrenceDateTime", Quoted(Moment()));
  } else {
    add(90, "url", Quoted(Pick(kUris)));
    add(60, "title", Quoted(Pick(kWords) + " " + Pick(kWords)));
    add(80, "status", Quoted(Pick(kCodes)));
    add(50, "date", Quoted(Moment()));
  }
  return out + "}";
}

std::string RandomRecord::Value(const std::string& kind) {
  static const Strings kPrefixes = {"", "", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"};
  if (kind == "string") return Chance(30) ? Pick(kWords) + " " + Pick(kWords) : Pick(kWords);
  if (kind == "token") {
    const int form = Below(5);
    if (form == 0) return Pick(kSystems) + "|" + Pick(kCodes);
    if (form == 1) return "|" + Pick(kCodes);
    if (form == 2 && Chance(30)) return Pick(kSystems) + "|";
    return Pick(kCodes);
  }
  if (kind == "identifier") {
    return (Chance(50) ? Pick(kSystems) + "|" : "") + std::to_string(Below(5));
  }
  if (kind == "date") return Pick(kPrefixes) + Encoded(Moment());
  if (kind == "number") return Pick(kPrefixes) + Pick(kNumbers);
  if (kind == "quantity") {
    const std::string number = Pick(kPrefixes) + Pick(kNumbers);
    if (Chance(60)) return number;
    return number + "|" + (Chance(50) ? "ucum" : "") + "|" + Pick(kUnits);
  }
  if (kind == "uri") return Pick(kUris);
  if (kind == "composite") return Value("token") + "$" + Value("quantity");
  const std::string type = kind.substr(kind.find(':') + 1);
  const std::string reference = ReferenceTo(type);
  const std::string id = reference.substr(reference.find('/') + 1);
  if (kind.starts_with("id:")) return id;
  return Chance(30) ? id : Chance(10) ? "https://hub/fhir/X/1" : reference;
}

std::string RandomRecord::Clause(const std::string& type, int depth) {
  const auto& parameters = kParameters.at(type);
  const auto& [code, kind] = parameters[random_.Below(parameters.size())];
  if (depth > 0 && Chance(15)) {
    static const std::map<std::string, Strings> kReferrers = {
        {"Patient",
         {"Encounter:subject", "Observation:patient", "Condition:subject", "Task:patient"}},
        {"Encounter", {"Observation:encounter", "Condition:encounter"}},
        {"Observation", {"Task:focus"}},
        {"Practitioner", {"Patient:general-practitioner"}},
        {"Organization", {"Patient:organization", "Encounter:service-provider"}}};
    if (const auto found = kReferrers.find(type); found != kReferrers.end()) {
      const std::string referrer = Pick(found->second);
      return "_has:" + referrer + ":" + Clause(referrer.substr(0, referrer.find(':')), depth - 1);
    }
  }
  const bool reference = kind.starts_with("ref:");
  if (reference && depth > 0 && Chance(50)) {
    const std::string target = kind.substr(4);
    return code + ":" + target + "." + Clause(target, depth - 1);
  }
  std::string name = code;
  std::string value = Value(kind);
  while (Chance(20)) value += "," + Value(kind);
  if (kind != "composite" && Chance(10)) return name + ":missing=" + Pick({"true", "false"});
  if (kind == "string" && Chance(40)) name += Pick({":exact", ":contains"});
  if (kind == "uri" && Chance(50)) name += Pick({":below", ":above"});
  if (reference && Chance(15)) {
    return name + ":identifier=" + Pick({"s1|1", "1", "|1", "s2|1"});
  }
  if ((kind == "token" || kind == "identifier") && Chance(25)) {
    if (Chance(30) && code != "gender") return name + ":text=" + Pick(kWords);
    name += ":not";
  }
  return name + "=" + value;
}

std::string RandomRecord::Query() {
  const std::string type = Pick(kTypes);
  std::string out = type + "?_count=" + Pick({"3", "10", "1000"});
  const int clauses = Below(4);
  for (int i = 0; i < clauses; ++i) out += "&" + Clause(type, 2);
  if (Chance(40)) {
    const auto& parameters = kParameters.at(type);
    std::string keys;
    for (int i = 0; i < 1 + Below(2); ++i) {
      const auto& [code, kind] = parameters[random_.Below(parameters.size())];
      if (kind == "composite") continue;
      keys += std::string(keys.empty() ? "" : ",") + (Chance(50) ? "-" : "") + code;
    }
    if (!keys.empty()) out += "&_sort=" + keys;
  }
  if (Chance(20)) {
    out += "&" + Pick({"_include=*", "_include=" + type + ":*", "_include:iterate=*",
                       "_include=Encounter:subject&_include:iterate=Patient:organization",
                       "_revinclude=Encounter:subject", "_revinclude=Observation:patient:Patient",
                       "_revinclude=Observation:encounter&_revinclude:iterate=Task:focus"});
  }
  if (Chance(20)) out += "&_total=accurate";
  return out;
}

}  // namespace testkit
