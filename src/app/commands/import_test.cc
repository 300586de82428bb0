#include "app/commands/import.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <bzlib.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/export.h"
#include "base/json.h"
#include "http/compression.h"
#include "storage/memory/memory_store.h"

namespace app::commands {
namespace {

namespace fs = std::filesystem;
using base::Json;

class ImportTest : public testing::Test {
 protected:
  ImportTest() : store_(storage::memory::MakeMemoryStore(clock_)) {
    folder_ = fs::path(testing::TempDir()) /
              ("tram_import_" +
               std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ImportTest() override { fs::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& content) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  ImportReport Run(std::vector<std::string> files, std::string failed_file = {}) {
    std::ostringstream progress;
    const auto report = Import({.files = std::move(files), .failed_file = std::move(failed_file)},
                               *store_, clock_, random_, progress);
    return report.value();
  }

  // Every resource by its reference, without meta.
  std::map<std::string, Json> Everything() {
    std::ostringstream out;
    EXPECT_TRUE(Export({}, *store_, clock_, random_, out).ok());
    std::map<std::string, Json> all;
    std::istringstream lines(out.str());
    for (std::string line; std::getline(lines, line);) {
      Json resource = Json::Parse(line, base::kBundleLimits).value();
      resource.Erase("meta");
      all[resource["resourceType"].String() + "/" + resource["id"].String()] = resource;
    }
    return all;
  }

  base::FixedClock clock_{base::Instant{1'795'219'500'000}};
  base::SystemRandom random_;  // several threads
  std::unique_ptr<fhir::store::Store> store_;
  fs::path folder_;
};

std::string Patient(const std::string& id, const std::string& more = "") {
  return R"({"resourceType":"Patient","id":")" + id + "\"" + more + "}";
}

std::string Bzip2(std::string text) {
  std::string out(text.size() + text.size() / 50 + 700, '\0');
  unsigned size = static_cast<unsigned>(out.size());
  EXPECT_EQ(BZ2_bzBuffToBuffCompress(out.data(), &size, text.data(),
                                     static_cast<unsigned>(text.size()), 9, 0, 0),
            BZ_OK);
  out.resize(size);
  return out;
}

const std::string kPeople = R"({
  "resourceType": "Bundle", "type": "transaction", "entry": [
    {"fullUrl": "urn:uuid:p1", "resource": {"resourceType": "Patient", "id": "p1"},
     "request": {"method": "POST", "url": "Patient"}},
    {"fullUrl": "urn:uuid:e1",
     "resource": {"resourceType": "Encounter", "id": "e1", "status": "finished",
       "class": {"code": "AMB"}, "subject": {"reference": "urn:uuid:p1"},
       "serviceProvider": {"reference": "Organization?identifier=urn:org|7"}},
     "request": {"method": "POST", "url": "Encounter"}}]
})";

const std::string kHospital = R"({
  "resourceType": "Bundle", "type": "batch", "entry": [
    {"fullUrl": "urn:uuid:o1",
     "resource": {"resourceType": "Organization", "id": "o1", "name": "Trạm",
       "identifier": [{"system": "urn:org", "value": "7"}]},
     "request": {"method": "POST", "url": "Organization", "ifNoneExist": "identifier=urn:org|7"}}]
})";

TEST_F(ImportTest, TakesHospitalsBeforePeopleAndRewritesReferences) {
  const auto report =
      Run({Write("anna.json", kPeople), Write("0-hospitalInformation1.json", kHospital)});
  EXPECT_THAT(report.problems, testing::IsEmpty());
  EXPECT_EQ(report.read, 3);
  EXPECT_EQ(report.stored, 3);
  const auto all = Everything();
  EXPECT_EQ(all.at("Encounter/e1").At("subject.reference").String(), "Patient/p1");
  EXPECT_EQ(all.at("Encounter/e1").At("serviceProvider.reference").String(), "Organization/o1");
}

TEST_F(ImportTest, FindsWhatExistsOnASecondRun) {
  const std::string hospital = Write("hospital.json", kHospital);
  Run({hospital});
  const auto report = Run({hospital});
  EXPECT_EQ(report.stored, 0);
  EXPECT_EQ(report.existing, 1);
}

TEST_F(ImportTest, ReadsNdjsonPlainAndPacked) {
  const auto report =
      Run({Write("a.ndjson", Patient("a") + "\n\n" + Patient("b") + "\n"),
           Write("c.ndjson.gz", http::Gzip(Patient("c") + "\n" + Patient("d"))),
           Write("e.ndjson.bz2", Bzip2(Patient("e") + "\n") + Bzip2(Patient("f")))});
  EXPECT_THAT(report.problems, testing::IsEmpty());
  EXPECT_EQ(report.stored, 6);
  EXPECT_EQ(Everything().size(), 6U);
}

TEST_F(ImportTest, KeepsBodiesAsTheyAre) {
  const std::string body =
      R"({"resourceType":"Observation","id":"x","status":"final","code":{"text":"Cân nặng"},)"
      R"("valueQuantity":{"value":72.500},"identifier":[{"value":"urn:uuid:p1"}]})";
  Run({Write("a.ndjson", body)});
  EXPECT_EQ(Everything().at("Observation/x"), Json::Parse(body).value());
}

TEST_F(ImportTest, LeavesOutOnlyWhatIsAtFault) {
  const std::string failed = (folder_ / "failed.ndjson").string();
  const auto report = Run({Write("a.ndjson", Patient("a") + "\n{\"resourceType\":\"Nonsense\"}\n" +
                                                 Patient("b") + "\n{broken}\n" + Patient("c"))},
                          failed);
  EXPECT_EQ(report.read, 5);
  EXPECT_EQ(report.stored, 3);
  EXPECT_EQ(report.failed, 2);
  ASSERT_EQ(report.problems.size(), 2U);
  EXPECT_THAT(report.problems[0], testing::HasSubstr("a.ndjson:2"));
  EXPECT_THAT(report.problems[1], testing::HasSubstr("a.ndjson:4"));
  std::ifstream kept(failed);
  const std::string text((std::istreambuf_iterator<char>(kept)), {});
  EXPECT_EQ(text, "{\"resourceType\":\"Nonsense\"}\n{broken}\n");
}

TEST_F(ImportTest, KeepsATransactionWhole) {
  // The organisation it refers to is not there: nothing of it is stored, and it is said why.
  const auto report = Run({Write("anna.json", kPeople)});
  EXPECT_EQ(report.stored, 0);
  EXPECT_EQ(report.failed, 2);
  EXPECT_TRUE(Everything().empty());
}

TEST_F(ImportTest, TakesABatchApart) {
  const std::string bundle =
      R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":)" + Patient("a") +
      R"(},{"resource":{"resourceType":"Patient","id":"bad_id"},"request":{"method":"PUT","url":"Patient/bad_id"}},{"resource":)" +
      Patient("c") + "}]}";
  const auto report = Run({Write("mixed.json", bundle)});
  EXPECT_EQ(report.stored, 2);
  EXPECT_EQ(report.failed, 1);
  EXPECT_THAT(report.problems[0], testing::HasSubstr("Bundle.entry[1]"));
}

TEST_F(ImportTest, SaysWhenAFileIsMissingOrCut) {
  const std::string whole = Bzip2(Patient("a"));
  const auto report =
      Run({"/nonexistent.json", Write("cut.bz2", whole.substr(0, whole.size() / 2))});
  EXPECT_EQ(report.failed, 2);
  EXPECT_TRUE(Everything().empty());
}

TEST_F(ImportTest, TakesTheSameResourceTwiceInOneFile) {
  const auto report =
      Run({Write("a.ndjson", Patient("a") + "\n" + Patient("a", R"(,"gender":"male")"))});
  EXPECT_EQ(report.stored, 2);
  EXPECT_EQ(Everything().at("Patient/a")["gender"].String(), "male");
}

TEST_F(ImportTest, IsReadBackByImport) {
  Run({Write("hospital.json", kHospital), Write("anna.json", kPeople)});
  std::ostringstream out;
  EXPECT_EQ(Export({}, *store_, clock_, random_, out).value(), 3);
  const auto before = Everything();
  store_ = storage::memory::MakeMemoryStore(clock_);
  EXPECT_EQ(Run({Write("all.ndjson", out.str())}).stored, 3);
  EXPECT_EQ(Everything(), before);
}

TEST_F(ImportTest, ExportsOneTypeWhenAsked) {
  Run({Write("hospital.json", kHospital), Write("anna.json", kPeople)});
  std::ostringstream out;
  EXPECT_EQ(Export(fhir::model::ResourceType::kPatient, *store_, clock_, random_, out).value(), 1);
}

TEST_F(ImportTest, ExportsToAFileThatIsThereOnlyWhenWhole) {
  Run({Write("hospital.json", kHospital)});
  std::ostringstream out;
  std::ostringstream err;
  const std::string file = (folder_ / "out.ndjson").string();
  EXPECT_EQ(RunExport({.file = file}, *store_, clock_, random_, out, err), 0);
  EXPECT_TRUE(fs::exists(file));
  EXPECT_EQ(out.str(), "");
  EXPECT_EQ(RunExport({.file = "/nonexistent/x"}, *store_, clock_, random_, out, err), 1);
  EXPECT_EQ(RunExport({.type = "Nonsense"}, *store_, clock_, random_, out, err), 1);
}

}  // namespace
}  // namespace app::commands
