#include "care/visit/order_tests.h"

#include <set>

#include "care/shared/catalogue/catalogue.h"
#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::visit {

using access_control::Change;
using access_control::Record;
using base::Json;
namespace code_system = shared::code_system;

namespace {

Json MakeOrder(const Record& encounter, const shared::Service& service, shared::Context& context) {
  Json order = Json::Obj(
      {{"resourceType", "ServiceRequest"}, {"status", "active"}, {"intent", "order"}});
  order.Set("category", Json::Arr({shared::Concept(code_system::kOrderCategory,
                                                   shared::Name(service.room))}));
  order.Set("code", shared::Concept(code_system::kService, service.code, service.name));
  order.Set("subject", encounter["subject"]);
  order.Set("encounter", shared::Reference(encounter.Reference()));
  order.Set("authoredOn", context.clock.Now().ToLocal());
  const auto& who = context.record.principal();
  order.Set("requester",
            shared::Reference("Practitioner/" + who.practitioner_id, who.display_name));
  return order;
}

}  // namespace

base::Status OrderTests(const std::string& encounter_id, const std::vector<std::string>& services,
                        shared::Context& context) {
  if (services.empty()) return base::Invalid("Chưa chọn dịch vụ nào.", "services");
  return access_control::RetryOnConflict([&]() -> base::Status {
    TRY_ASSIGN(const Record encounter, shared::ReadOpenVisit(context.record, encounter_id));
    TRY_ASSIGN(const auto existing,
               context.record.SearchAll("ServiceRequest?encounter=" + encounter.Reference() +
                                            "&status=active",
                                        200));
    std::set<std::string> open;
    for (const Record& order : existing) {
      open.insert(shared::CodeIn(order["code"], code_system::kService));
    }
    Change change = context.record.NewChange();
    change.Require(encounter);
    for (size_t i = 0; i < services.size(); ++i) {
      const std::string field = "services[" + std::to_string(i) + "]";
      const shared::Service* service =
          context.catalogue.services.Find(services[i], context.clock.Today());
      if (service == nullptr) return base::Invalid("Không có dịch vụ này trong danh mục.", field);
      if (!open.insert(service->code).second) {
        return base::Unprocessable("Đã chỉ định " + service->name + ", chưa có kết quả.", field);
      }
      change.Create(MakeOrder(encounter, *service, context));
    }
    change.Raise(std::string(shared::events::kTestsOrdered), shared::EventPayload(encounter.body));
    TRY(context.record.Commit(std::move(change)));
    return base::Ok();
  });
}

base::Status RevokeOrder(const std::string& encounter_id, const std::string& order_id,
                         shared::Context& context) {
  TRY_ASSIGN(const Record encounter, shared::ReadOpenVisit(context.record, encounter_id));
  TRY_ASSIGN(Record order, context.record.Read("ServiceRequest", order_id));
  if (shared::ReferenceOf(order["encounter"]) != encounter.Reference()) {
    return base::NotFound("Không có chỉ định này trong lượt khám.");
  }
  if (order["status"].String() != "active") {
    return base::Unprocessable("Chỉ định này đã làm xong hoặc đã huỷ.");
  }
  TRY_ASSIGN(const auto results,
             context.record.SearchAll("Observation?based-on=" + order.Reference() +
                                          "&status=preliminary,final",
                                      5));
  if (!results.empty()) {
    return base::Unprocessable("Phòng xét nghiệm đã nhập kết quả, không huỷ được chỉ định này.");
  }
  Change change = context.record.NewChange();
  order.body.Set("status", "revoked");
  change.Update(std::move(order));
  change.Raise(std::string(shared::events::kTestsOrdered), shared::EventPayload(encounter.body));
  TRY(context.record.Commit(std::move(change)));
  return base::Ok();
}

}  // namespace care::visit
