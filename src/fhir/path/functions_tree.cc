// children() and descendants(); now(), today(), timeOfDay(). https://hl7.org/fhirpath/N1/#tree-navigation
#include "fhir/path/functions.h"

namespace fhir::path {

using base::Ok;
using base::Result;
using base::Status;

namespace {

Result<Collection> ChildrenFunction(Call& call) {
  Collection out;
  for (const Value& value : call.input) Children(value, out);
  return out;
}

// As deep as the limits contract lets a document be.
Status AppendDescendants(Call& call, const Value& value, Collection& out) {
  Collection children;
  Children(value, children);
  TRY(call.evaluator().Spend(children.size()));
  for (const Value& child : children) {
    out.push_back(child);
    TRY(AppendDescendants(call, child, out));
  }
  return Ok();
}

Result<Collection> Descendants(Call& call) {
  Collection out;
  for (const Value& value : call.input) TRY(AppendDescendants(call, value, out));
  return out;
}

Result<Moment> Present(Call& call) {
  if (!call.environment().now) return call.Wrong("ở đây không có đồng hồ");
  return Moment::FromInstant(*call.environment().now, call.environment().offset_minutes);
}

Result<Collection> Now(Call& call) {
  TRY_ASSIGN(const Moment now, Present(call));
  return One(Value::FromMoment(now));
}

Result<Collection> Today(Call& call) {
  TRY_ASSIGN(Moment now, Present(call));
  now.kind = MomentKind::kDate;
  now.precision = Precision::kDay;
  now.offset_minutes = std::nullopt;
  return One(Value::FromMoment(now));
}

Result<Collection> TimeOfDay(Call& call) {
  TRY_ASSIGN(Moment now, Present(call));
  now.kind = MomentKind::kTime;
  now.offset_minutes = std::nullopt;
  return One(Value::FromMoment(now));
}

constexpr Function kTreeFunctions[] = {
    {"children", 0, 0, ChildrenFunction},
    {"descendants", 0, 0, Descendants},
};
constexpr Function kTimeFunctions[] = {
    {"now", 0, 0, Now},
    {"today", 0, 0, Today},
    {"timeOfDay", 0, 0, TimeOfDay},
};

}  // namespace

std::span<const Function> TreeFunctions() { return kTreeFunctions; }
std::span<const Function> TimeFunctions() { return kTimeFunctions; }

}  // namespace fhir::path
