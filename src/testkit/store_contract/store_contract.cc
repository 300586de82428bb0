#include "testkit/store_contract/store_contract.h"

#include "testkit/store_contract/parts.h"

namespace testkit {

using fhir::store::Write;

void PrintTo(const StoreMaker& maker, std::ostream* out) { *out << maker.name; }

std::string MakerName(const testing::TestParamInfo<StoreMaker>& info) { return info.param.name; }

fhir::model::DocumentPtr ParseOrDie(std::string_view json) {
  auto document = fhir::model::Document::ParseResource(json);
  CHECK(document.ok());
  return std::move(document).value();
}

Write PutOf(std::string_view json, std::optional<fhir::store::Version> expected) {
  Write out;
  out.document = ParseOrDie(json);
  out.key = {out.document->type(), std::string(out.document->id())};
  out.expected = expected;
  return out;
}

Write DeleteOf(std::string_view reference, std::optional<fhir::store::Version> expected) {
  Write out;
  out.action = Write::Action::kDelete;
  out.key = KeyOf(reference);
  out.expected = expected;
  return out;
}

fhir::store::Key KeyOf(std::string_view reference) {
  const size_t slash = reference.find('/');
  const auto type = fhir::model::ParseResourceType(reference.substr(0, slash));
  CHECK(type.has_value());
  return {*type, std::string(reference.substr(slash + 1))};
}

std::vector<std::string> References(const std::vector<fhir::store::Stored>& resources) {
  std::vector<std::string> out;
  for (const fhir::store::Stored& each : resources) {
    out.push_back(std::string(fhir::model::Name(each.key.type)) + "/" + each.key.id);
  }
  return out;
}

StoreContract::StoreContract() : store_(GetParam().make(clock_)) { LinkAllParts(); }
StoreContract::~StoreContract() = default;

std::unique_ptr<fhir::store::ReadTransaction> StoreContract::Snapshot() {
  auto read = store_->BeginRead();
  CHECK(read.ok());
  return std::move(read).value();
}

base::Result<fhir::store::CommitReceipt> StoreContract::Commit(std::vector<Write> writes) {
  fhir::store::Transaction transaction;
  transaction.writes = std::move(writes);
  return store_->Commit(std::move(transaction));
}

fhir::store::CommitReceipt StoreContract::MustCommit(std::vector<Write> writes) {
  auto receipt = Commit(std::move(writes));
  EXPECT_TRUE(receipt.ok()) << receipt.error().message << receipt.error().detail;
  return receipt.ok() ? std::move(receipt).value() : fhir::store::CommitReceipt{};
}

fhir::store::SearchPage StoreContract::Page(std::string_view text, const std::string& page) {
  auto query = fhir::search::ParseQueryText(text);
  EXPECT_TRUE(query.ok()) << text << ": " << query.error().message;
  if (!query.ok()) return {};
  query->page = page;
  auto found = Snapshot()->Search(*query);
  EXPECT_TRUE(found.ok()) << text << ": " << found.error().message << found.error().detail;
  return found.ok() ? std::move(found).value() : fhir::store::SearchPage{};
}

std::vector<std::string> StoreContract::Found(std::string_view text) {
  return References(Page(text).matches);
}

}  // namespace testkit
