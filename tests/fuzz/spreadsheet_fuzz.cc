// Lists that somebody else made: the bytes as a file (CSV or workbook), and the same bytes as the
// sheet and the shared strings of a right workbook. The first byte says which list is meant.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "care/shared/catalogue/catalogue.h"
#include "care/shared/catalogue/import_list.h"
#include "exchange/spreadsheet/zip_for_test.h"

namespace {

constexpr base::Date kFrom{.year = 2027, .month = 1, .day = 1};

void Check(care::shared::ListKind kind, std::string_view bytes) {
  auto imported = care::shared::ImportFile(kind, bytes, kFrom);
  if (!imported.ok()) return;
  (void)imported->report.ToText();
  std::vector<care::shared::Edition> editions;
  editions.push_back(
      {.kind = kind, .valid_from = kFrom, .source = "fuzz", .table = std::move(imported->table)});
  // What was read must survive being kept.
  const auto again = care::shared::FromCodeSystems(care::shared::ToCodeSystems(editions[0]));
  CHECK(again.ok());
  CHECK(again->size() == 1 && (*again)[0].table.rows.size() == editions[0].table.rows.size());
  (void)care::shared::AssembleCatalogue(std::move(editions))->diagnoses.Search("a", kFrom, 5);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto kind = care::shared::kAllLists[data[0] % std::size(care::shared::kAllLists)];
  Check(kind, bytes);
  exchange::spreadsheet::ZipForTest zip;
  zip.AddStored("xl/workbook.xml",
                "<workbook><sheets><sheet name=\"s\" r:id=\"a\"/></sheets></workbook>");
  zip.AddStored("xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"a\" Target=\"s.xml\"/></Relationships>");
  zip.AddStored("xl/s.xml", bytes);
  Check(kind, zip.Bytes());
  return 0;
}
