#include "care/shared/catalogue/service_list.h"

#include "base/check.h"
#include "care/shared/catalogue/row_reader.h"

namespace care::shared {
namespace {

// For official lists, which name no room: by MA_NHOM (vietnam.md §4.3).
ServiceRoom RoomOfGroup(int group) {
  if (group == 1) return ServiceRoom::kLab;
  if (group == 2 || group == 3) return ServiceRoom::kImaging;
  if (group == 13) return ServiceRoom::kExam;
  if (group >= 14 && group <= 16) return ServiceRoom::kBed;
  return ServiceRoom::kProcedure;
}

// MA_NHOM 1, 2 and 3 need MA_MAY in the claim (vietnam.md §3.5).
bool GroupNeedsMachine(int group) { return group >= 1 && group <= 3; }

}  // namespace

std::string_view Name(ServiceRoom room) {
  switch (room) {
    case ServiceRoom::kExam: return "exam";
    case ServiceRoom::kLab: return "lab";
    case ServiceRoom::kImaging: return "imaging";
    case ServiceRoom::kProcedure: return "procedure";
    case ServiceRoom::kBed: return "bed";
  }
  CHECK(false);
  return {};
}

std::optional<ServiceRoom> ServiceRoomFromName(std::string_view name) {
  for (ServiceRoom room : {ServiceRoom::kExam, ServiceRoom::kLab, ServiceRoom::kImaging,
                           ServiceRoom::kProcedure, ServiceRoom::kBed}) {
    if (Name(room) == name) return room;
  }
  return std::nullopt;
}

ServiceList::ServiceList(const Table& table) {
  std::vector<Service> rows;
  rows.reserve(table.rows.size());
  for (const GridRow& row : table.rows) {
    const RowReader cells(table, row);
    Service service{.code = cells.Text("code"),
                    .name = cells.Text("name_vi"),
                    .name_en = cells.Text("name_en"),
                    .group = cells.Integer("group").value_or(0),
                    .price_self_pay = cells.Decimal("price_self_pay").value_or(base::Decimal()),
                    .price_insurance = cells.Decimal("price_insurance").value_or(base::Decimal()),
                    .insurance_ratio = 0,
                    .room = ServiceRoom::kProcedure,
                    .specimen = cells.Text("specimen"),
                    .needs_machine = false,
                    .synonyms = cells.Text("synonyms"),
                    .validity = cells.ValidityOfRow()};
    // A price without a ratio is paid whole: QĐ 7603 lists leave the ratio out.
    service.insurance_ratio =
        cells.Integer("insurance_ratio").value_or(service.price_insurance.IsZero() ? 0 : 100);
    const std::string& room = cells.Text("room");
    service.room = ServiceRoomFromName(room).value_or(RoomOfGroup(service.group));
    service.needs_machine =
        room.empty() ? GroupNeedsMachine(service.group) : cells.Flag("needs_machine");
    rows.push_back(std::move(service));
  }
  rows_ = DatedRows<Service>(std::move(rows));
}

std::vector<const Service*> ServiceList::Search(std::string_view text, base::Date at, size_t limit,
                                                std::optional<ServiceRoom> room) const {
  const std::vector<Service>& rows = rows_.rows();
  const WordIndex& index = index_.Get([&] {
    std::vector<WordIndex::Entry> entries;
    entries.reserve(rows.size());
    for (const Service& row : rows) {
      entries.push_back(
          {.code = row.code, .name = row.name, .synonyms = row.synonyms, .name_en = row.name_en});
    }
    return entries;
  });
  const auto accept = [&](uint32_t i) {
    return rows[i].validity.Covers(at) && (!room || rows[i].room == *room);
  };
  std::vector<const Service*> out;
  for (uint32_t i : index.Search(text, limit, accept)) out.push_back(&rows[i]);
  return out;
}

}  // namespace care::shared
