// What each kind of search finds, on one small station's record.
#include <algorithm>

#include "base/text.h"
#include "testkit/store_contract/parts.h"
#include "testkit/store_contract/store_contract.h"

namespace testkit {
namespace {

constexpr std::
    string_view
        kRecord
            [] =
                {
                    R"({"resourceType":"Organization","id":"tyt","name":"Trạm Y tế Bồ Đề","identifier":[{"system":"kcb","value":"01001"}]})",
                    R"({"resourceType":"Practitioner","id":"bs1","name":[{"text":"Trần Thị Đào"}],"active":true})",
                    R"({"resourceType":"Patient","id":"duc","active":true,"gender":"male","birthDate":"1990-05-01","meta":{"tag":[{"system":"t","code":"demo"}],"profile":["http://tram/Patient"],"security":[{"system":"c","code":"R"}],"source":"urn:kiosk"},"name":[{"text":"Nguyễn Văn Đức","family":"Nguyễn","given":["Văn","Đức"]}],"identifier":[{"system":"cccd","value":"001099000001","type":{"coding":[{"system":"v2","code":"NI"}]}},{"system":"bhyt","value":"DN4010012345678"}],"telecom":[{"system":"phone","value":"0901234567"},{"system":"email","value":"duc@example.vn"}],"generalPractitioner":[{"reference":"Practitioner/bs1"}],"managingOrganization":{"reference":"Organization/tyt","identifier":{"system":"kcb","value":"01001"}}})",
                    R"({"resourceType":"Patient","id":"lan","active":true,"gender":"female","birthDate":"1965","name":[{"family":"Lê","given":["Thị","Lan"]}],"identifier":[{"system":"cccd","value":"001065000002"}],"address":[{"city":"Hà Nội","line":["12 Ngõ 3 Bồ Đề"]}]})",
                    R"({"resourceType":"Patient","id":"minh","active":false,"gender":"male","birthDate":"2021-09","name":[{"text":"Đặng Minh"}],"deceasedDateTime":"2025-01-01"})",
                    R"({"resourceType":"Encounter","id":"e1","status":"finished","class":{"system":"act","code":"AMB"},"subject":{"reference":"Patient/duc"},"period":{"start":"2026-11-20T08:00:00+07:00","end":"2026-11-20T09:00:00+07:00"},"serviceProvider":{"reference":"Organization/tyt"}})",
                    R"({"resourceType":"Encounter","id":"e2","status":"arrived","class":{"system":"act","code":"EMER"},"subject":{"reference":"Patient/duc"},"period":{"start":"2026-11-21T07:00:00+07:00"}})",
                    R"({"resourceType":"Encounter","id":"e3","status":"arrived","class":{"system":"act","code":"AMB"},"subject":{"reference":"Patient/lan"},"period":{"start":"2026-11-21T07:30:00+07:00"}})",
                    R"({"resourceType":"Observation","id":"bp","status":"final","code":{"coding":[{"system":"loinc","code":"85354-9","display":"Huyết áp"}]},"subject":{"reference":"Patient/duc"},"encounter":{"reference":"Encounter/e1"},"effectiveDateTime":"2026-11-20T08:10:00+07:00","component":[{"code":{"coding":[{"system":"loinc","code":"8480-6"}]},"valueQuantity":{"value":150,"unit":"mmHg","system":"ucum","code":"mm[Hg]"}},{"code":{"coding":[{"system":"loinc","code":"8462-4"}]},"valueQuantity":{"value":80,"unit":"mmHg","system":"ucum","code":"mm[Hg]"}}]})",
                    R"({"resourceType":"Observation","id":"glu","status":"preliminary","code":{"text":"Đường huyết lúc đói","coding":[{"system":"loinc","code":"1558-6"}]},"subject":{"reference":"Patient/lan"},"encounter":{"reference":"Encounter/e3"},"effectiveDateTime":"2026-11-21T08:00:00+07:00","valueQuantity":{"value":5.35,"unit":"mmol/L","system":"ucum","code":"mmol/L"}})",
                    R"({"resourceType":"Observation","id":"weight","status":"final","code":{"coding":[{"system":"loinc","code":"29463-7"}]},"subject":{"reference":"Patient/minh"},"effectivePeriod":{"start":"2026-11-01","end":"2026-11-30"},"valueQuantity":{"value":12.0,"unit":"kg"}})",
                    R"({"resourceType":"Condition","id":"c1","code":{"coding":[{"system":"icd10","code":"I10","display":"Tăng huyết áp"}]},"subject":{"reference":"Patient/duc"},"encounter":{"reference":"Encounter/e1"},"clinicalStatus":{"coding":[{"system":"cs","code":"active"}]},"recordedDate":"2026-11-20"})",
                    R"({"resourceType":"RiskAssessment","id":"r1","status":"final","subject":{"reference":"Patient/duc"},"prediction":[{"probabilityDecimal":0.25}]})",
                    R"({"resourceType":"MedicationRequest","id":"mr1","status":"active","intent":"order","subject":{"reference":"Patient/duc"},"encounter":{"reference":"Encounter/e1"},"authoredOn":"2026-11-20T08:30:00+07:00","medicationCodeableConcept":{"coding":[{"system":"vn-drug","code":"40.30"}]}})",
                    R"({"resourceType":"Task","id":"t1","status":"requested","intent":"order","for":{"reference":"Patient/lan"},"focus":{"reference":"Observation/glu"},"code":{"coding":[{"code":"verify"}]},"authoredOn":"2026-11-21"})",
                    R"({"resourceType":"List","id":"l1","status":"current","mode":"working","entry":[{"item":{"reference":"Patient/lan"}}]})",
                    R"({"resourceType":"ValueSet","id":"vs1","status":"active","url":"http://tram/vs/a","title":"Bảng mã"})",
                    R"({"resourceType":"Location","id":"loc1","name":"Phòng khám 1","position":{"latitude":21.0453,"longitude":105.8790}})",
};

}  // namespace

void StoreContract::PutSmallStation() {
  std::vector<fhir::store::Write> writes;
  for (std::string_view json : kRecord) writes.push_back(PutOf(json));
  MustCommit(std::move(writes));
  // Older versions and deleted resources must never be found.
  MustPut(
      R"({"resourceType":"Patient","id":"gone","gender":"male","name":[{"text":"Đức Đã Xóa"}]})");
  MustCommit({DeleteOf("Patient/gone")});
  MustPut(
      R"({"resourceType":"Encounter","id":"e3","status":"planned","class":{"code":"OLD"},"subject":{"reference":"Patient/minh"}})");
  MustCommit({PutOf(kRecord[7])});
}

void StoreContract::ExpectFound(const std::vector<SearchCase>& cases) {
  for (const SearchCase& each : cases) {
    std::vector<std::string> found;
    for (const std::string& reference : Found(each.query)) {
      found.push_back(reference.substr(reference.find('/') + 1));
    }
    std::ranges::sort(found);
    const std::string ids = base::Join(found, " ");
    EXPECT_EQ(ids, each.expected) << each.query;
  }
}

#define SEARCH_TEST(name, ...)  \
  TEST_P(StoreContract, name) { \
    PutSmallStation();          \
    ExpectFound({__VA_ARGS__}); \
  }

SEARCH_TEST(FindsNamesWithoutMarksOrCase, {"Patient?name=duc", "duc"}, {"Patient?name=ĐỨC", "duc"},
            {"Patient?name=nguyen van duc", "duc"}, {"Patient?name=van duc", "duc"},
            {"Patient?name=le thi lan", "lan"}, {"Patient?name=lan", "lan"},
            {"Patient?name=d", "duc minh"}, {"Patient?name:exact=Đức", "duc"},
            {"Patient?name:exact=duc", ""}, {"Patient?name:exact=Nguyễn Văn Đức", "duc"},
            {"Patient?name:contains=guyen", "duc"}, {"Patient?name:contains=an", "duc lan minh"},
            {"Patient?family=le", "lan"}, {"Patient?family=duc", ""}, {"Patient?given=duc", "duc"},
            {"Patient?name=duc,lan", "duc lan"}, {"Patient?name=duc&name=nguyen", "duc"},
            {"Patient?name=duc&name=le", ""}, {"Patient?address=12 ngo", "lan"},
            {"Patient?address-city=ha noi", "lan"}, {"Organization?name=tram y te", "tyt"})

SEARCH_TEST(FindsTokensInEveryForm, {"Patient?identifier=001099000001", "duc"},
            {"Patient?identifier=cccd|001099000001", "duc"},
            {"Patient?identifier=bhyt|001099000001", ""}, {"Patient?identifier=|001099000001", ""},
            {"Patient?identifier=cccd|", "duc lan"},
            {"Patient?identifier:of-type=v2|NI|001099000001", "duc"},
            {"Patient?identifier:of-type=v2|XX|001099000001", ""},
            {"Patient?gender=male", "duc minh"}, {"Patient?gender=|male", "duc minh"},
            {"Patient?gender=male,female", "duc lan minh"}, {"Patient?gender:not=male", "lan"},
            {"Patient?email:not=duc@example.vn", "lan minh"}, {"Patient?active=true", "duc lan"},
            {"Patient?deceased=true", "minh"}, {"Patient?deceased=false", "duc lan"},
            {"Patient?phone=0901234567", "duc"}, {"Patient?telecom=duc@example.vn", "duc"},
            {"Encounter?class=act|AMB", "e1 e3"}, {"Encounter?class=OLD", ""},
            {"Observation?code=loinc|85354-9", "bp"}, {"Observation?code:text=duong huyet", "glu"},
            {"Observation?code:text=huyet ap", "bp"}, {"Condition?clinical-status=active", "c1"},
            {"MedicationRequest?code=vn-drug|40.30", "mr1"})

SEARCH_TEST(KnowsWhatIsMissing, {"Patient?phone:missing=true", "lan minh"},
            {"Patient?phone:missing=false", "duc"}, {"Patient?address:missing=false", "lan"},
            {"Patient?general-practitioner:missing=true", "lan minh"},
            {"Patient?identifier:missing=true", "minh"},
            {"Patient?death-date:missing=false", "minh"},
            {"Observation?value-quantity:missing=true", "bp"},
            {"Patient?_profile:missing=false", "duc"},
            {"Patient?_id:missing=false", "duc lan minh"},
            {"Patient?_lastUpdated:missing=true", ""})

SEARCH_TEST(ComparesDatesByPrefix, {"Patient?birthdate=1990-05-01", "duc"},
            {"Patient?birthdate=1990", "duc"}, {"Patient?birthdate=1965-01", ""},
            {"Patient?birthdate=ne1990", "lan minh"}, {"Patient?birthdate=lt1990-05-01", "lan"},
            {"Patient?birthdate=le1990-05-01", "duc lan"},
            {"Patient?birthdate=gt1990-05-01", "minh"},
            {"Patient?birthdate=ge1990-05-01", "duc minh"},
            {"Patient?birthdate=gt1965-03-01", "duc lan minh"},
            {"Patient?birthdate=sa1965-03-01", "duc minh"}, {"Patient?birthdate=eb1966", "lan"},
            {"Patient?birthdate=ap1990-05-02", "duc"},
            {"Patient?birthdate=ge1960&birthdate=lt2000", "duc lan"},
            {"Patient?birthdate=1965,2021", "lan minh"}, {"Encounter?date=2026-11-20", "e1"},
            {"Encounter?date=ge2026-11-21", "e2 e3"},
            {"Encounter?date=ge2026-11-21T07:15:00%2B07:00", "e2 e3"},
            {"Encounter?date=sa2026-11-21T07:15:00%2B07:00", "e3"},
            {"Encounter?date=lt2026-11-21T07:15:00%2B07:00", "e1 e2"},
            {"Encounter?date=eb2026-11-21", "e1"}, {"Observation?date=2026-11", "bp glu weight"},
            {"Observation?date=2026-11-20", "bp"},
            {"Observation?date=ap2026-11-20", "bp glu weight"},
            {"Patient?_lastUpdated=ge2026-11-21", "duc lan minh"},
            {"Patient?_lastUpdated=lt2026-11-21", ""})

SEARCH_TEST(ComparesNumbersAndQuantities, {"RiskAssessment?probability=0.25", "r1"},
            {"RiskAssessment?probability=0.3", "r1"}, {"RiskAssessment?probability=0.2", ""},
            {"RiskAssessment?probability=gt0.25", ""}, {"RiskAssessment?probability=ge0.25", "r1"},
            {"RiskAssessment?probability=ne0.4", "r1"}, {"RiskAssessment?probability=ap0.26", "r1"},
            {"Observation?value-quantity=5.4", "glu"}, {"Observation?value-quantity=5.3", ""},
            {"Observation?value-quantity=12", "weight"},
            {"Observation?value-quantity=12||kg", "weight"},
            {"Observation?value-quantity=12|ucum|kg", ""},
            {"Observation?value-quantity=5.35|ucum|mmol/L", "glu"},
            {"Observation?value-quantity=lt10", "glu"},
            {"Observation?value-quantity=gt5,lt1", "glu weight"},
            {"Observation?value-quantity=sa12", ""}, {"Observation?value-quantity=eb12", "glu"},
            {"Observation?combo-value-quantity=ge150", "bp"},
            {"Observation?component-value-quantity=80||mm[Hg]", "bp"})

SEARCH_TEST(HoldsThePartsOfACompositeTogether,
            {"Observation?code-value-quantity=loinc|1558-6$gt5", "glu"},
            {"Observation?code-value-quantity=loinc|1558-6$gt6", ""},
            {"Observation?component-code-value-quantity=8480-6$gt140", "bp"},
            {"Observation?component-code-value-quantity=8462-4$gt140", ""},
            {"Observation?combo-code-value-quantity=8462-4$80,1558-6$5.35", "bp glu"},
            {"Observation?code-value-quantity=1558-6$gt5&status=final", ""})

SEARCH_TEST(FollowsReferencesInEveryForm, {"Encounter?subject=Patient/duc", "e1 e2"},
            {"Encounter?subject=duc", "e1 e2"}, {"Encounter?subject:Patient=duc", "e1 e2"},
            {"Encounter?subject:Group=duc", ""}, {"Encounter?patient=duc,lan", "e1 e2 e3"},
            {"Encounter?patient=Patient/minh", ""},
            {"Patient?organization:identifier=kcb|01001", "duc"},
            {"Patient?organization:identifier=01001", "duc"},
            {"Patient?organization:identifier=x|01001", ""},
            {"Task?patient=lan&status=requested", "t1"}, {"Task?focus=Observation/glu", "t1"})

SEARCH_TEST(ChainsForthAndBack, {"Encounter?subject.name=duc", "e1 e2"},
            {"Encounter?subject:Patient.name=lan", "e3"},
            {"Encounter?patient.gender=male&status=arrived", "e2"},
            {"Observation?encounter.status=finished", "bp"},
            {"Observation?subject.general-practitioner.name=dao", "bp"},
            {"Observation?subject:Patient.general-practitioner:Practitioner.name=tran", "bp"},
            {"Observation?patient.birthdate=lt1970", "glu"}, {"Encounter?subject._id=duc", "e1 e2"},
            {"Encounter?subject.phone:missing=true", "e3"},
            {"Patient?_has:Observation:patient:code=85354-9", "duc"},
            {"Patient?_has:Encounter:patient:status=arrived", "duc lan"},
            {"Patient?_has:Encounter:patient:status=arrived&gender=female", "lan"},
            {"Patient?_has:Encounter:patient:_has:Observation:encounter:status=preliminary", "lan"},
            {"Practitioner?_has:Patient:general-practitioner:name=duc", "bs1"},
            {"Encounter?subject._has:Condition:patient:code=I10", "e1 e2"},
            {"Patient?_list=l1", "lan"})

SEARCH_TEST(FindsByMetaAndUri, {"Patient?_id=duc,lan", "duc lan"}, {"Patient?_id=gone", ""},
            {"Patient?_tag=t|demo", "duc"}, {"Patient?_security=R", "duc"},
            {"Patient?_profile=http://tram/Patient", "duc"}, {"Patient?_profile=http://tram", ""},
            {"Patient?_profile:below=http://tram/", "duc"}, {"Patient?_source=urn:kiosk", "duc"},
            {"ValueSet?url=http://tram/vs/a", "vs1"}, {"ValueSet?url:below=http://tram/vs", "vs1"},
            {"ValueSet?url:above=http://tram/vs/a/b", "vs1"}, {"ValueSet?title=bang ma", "vs1"},
            {"Location?near=21.04|105.88|2|km", "loc1"}, {"Location?near=10.0|105.88|2|km", ""})

SEARCH_TEST(CombinesFilters, {"Patient?_filter=gender eq male and birthdate gt 2000", "minh"},
            {"Patient?_filter=gender eq female or birthdate gt 2000", "lan minh"},
            {"Patient?_filter=not (gender eq male)", "lan"},
            {"Patient?_filter=phone pr false and (name co \"an\" or name sw duc)", "lan minh"},
            {"Encounter?_filter=subject.name sw duc and status eq finished", "e1"})

SEARCH_TEST(SearchesAllTypesAtOnce, {"?_tag=t|demo", "duc"},
            {"?_type=Patient,Encounter&_id=duc,e1,bp", "duc e1"}, {"?_id=tyt,bs1", "bs1 tyt"})

TEST_P(StoreContract, CountsOnlyWhenAsked) {
  PutSmallStation();
  EXPECT_EQ(Page("Patient?gender=male").total, std::nullopt);
  EXPECT_EQ(Page("Patient?gender=male&_total=accurate&_count=1").total, 2);
  const auto counted = Page("Patient?gender=male&_summary=count");
  EXPECT_EQ(counted.total, 2);
  EXPECT_TRUE(counted.matches.empty());
  EXPECT_EQ(counted.next_page, "");
}

TEST_P(StoreContract, TakesLongOrLists) {
  PutSmallStation();
  std::string ids, names, codes, parts;
  for (int i = 0; i < 499; ++i) {
    ids += "x" + std::to_string(i) + ",";
    names += "zz" + std::to_string(i) + ",";
    codes += "s|" + std::to_string(i) + ",";
    parts += "s|" + std::to_string(i) + "$gt5,";
  }
  ExpectFound({{"Patient?_id=" + ids + "duc", "duc"},
               {"Patient?name=" + names + "duc", "duc"},
               {"Patient?identifier=" + codes + "001099000001", "duc"},
               {"Encounter?subject=" + ids + "Patient/lan", "e3"},
               {"Encounter?subject.name=" + names + "lan", "e3"},
               {"Observation?code-value-quantity=" + parts + "1558-6$gt5", "glu"}});
  EXPECT_FALSE(fhir::search::ParseQueryText("Patient?_id=" + ids + ids).ok());
}

TEST_P(StoreContract, ExplainsItself) {
  PutSmallStation();
  const auto query = fhir::search::ParseQueryText("Encounter?subject.name=duc&status=arrived");
  const auto plan = Snapshot()->Explain(*query);
  ASSERT_TRUE(plan.ok());
  EXPECT_TRUE(plan->Has("store"));
}

TEST_P(StoreContract, IncludesWhatMatchesReferTo) {
  PutSmallStation();
  const auto included = [&](std::string_view query) {
    std::vector<std::string> out = References(Page(query).included);
    std::ranges::sort(out);
    return out;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(included("Encounter?_include=Encounter:subject"), (Ids{"Patient/duc", "Patient/lan"}));
  EXPECT_EQ(included("Encounter?_include=Encounter:subject:Group"), Ids{});
  EXPECT_EQ(
      included("Encounter?_id=e1&_include=Encounter:subject&_include=Encounter:service-provider"),
      (Ids{"Organization/tyt", "Patient/duc"}));
  EXPECT_EQ(included("Encounter?_id=e1&_include=Encounter:*"),
            (Ids{"Organization/tyt", "Patient/duc"}));
  EXPECT_EQ(included("Encounter?_id=e1&_include=*"), (Ids{"Organization/tyt", "Patient/duc"}));
  // Without :iterate only the matches are looked at.
  EXPECT_EQ(
      included("Encounter?_id=e1&_include=Encounter:subject&_include=Patient:general-practitioner"),
      (Ids{"Patient/duc"}));
  EXPECT_EQ(included("Encounter?_id=e1&_include=Encounter:subject"
                     "&_include:iterate=Patient:general-practitioner"),
            (Ids{"Patient/duc", "Practitioner/bs1"}));
  EXPECT_EQ(included("Patient?_id=duc&_revinclude=Encounter:subject&_revinclude=Condition:patient"),
            (Ids{"Condition/c1", "Encounter/e1", "Encounter/e2"}));
  EXPECT_EQ(
      included("Patient?_id=lan&_revinclude=Encounter:subject"
               "&_revinclude:iterate=Observation:encounter&_include:iterate=Observation:subject"),
      (Ids{"Encounter/e3", "Observation/glu"}));
  EXPECT_EQ(included("Patient?_id=duc&_revinclude=MedicationRequest:*"),
            Ids{"MedicationRequest/mr1"});
}

#undef SEARCH_TEST

void LinkSearchPart() {}

}  // namespace testkit
