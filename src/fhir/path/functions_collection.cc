// Existence, filtering, subsetting, combining. https://hl7.org/fhirpath/N1/#functions
#include <algorithm>

#include "fhir/path/comparison.h"
#include "fhir/path/functions.h"

namespace fhir::path {

using base::Ok;
using base::Result;
using base::Status;

namespace {

Result<Collection> Empty(Call& call) { return One(call.input.empty()); }
Result<Collection> Count(Call& call) { return One(Value::Integer(static_cast<int64_t>(call.input.size()))); }

Result<Collection> Exists(Call& call) {
  if (call.argument_count() == 0) return One(!call.input.empty());
  for (size_t i = 0; i < call.input.size(); ++i) {
    TRY_ASSIGN(const auto met, call.Criterion(0, call.input[i], static_cast<int64_t>(i)));
    if (met == true) return One(true);
  }
  return One(false);
}

Result<Collection> All(Call& call) {
  for (size_t i = 0; i < call.input.size(); ++i) {
    TRY_ASSIGN(const auto met, call.Criterion(0, call.input[i], static_cast<int64_t>(i)));
    if (met != true) return One(false);
  }
  return One(true);
}

// allTrue, anyTrue, allFalse, anyFalse: stop at the first item that is `decisive`.
Result<Collection> Truths(Call& call, bool decisive, bool answer) {
  bool found = false;
  for (const Value& value : call.input) {
    const auto truth = value.AsBoolean();
    if (!truth) return call.Wrong("cần các giá trị đúng/sai");
    found = found || *truth == decisive;
  }
  return One(found ? answer : !answer);
}
Result<Collection> AllTrue(Call& call) { return Truths(call, false, false); }
Result<Collection> AnyTrue(Call& call) { return Truths(call, true, true); }
Result<Collection> AllFalse(Call& call) { return Truths(call, true, false); }
Result<Collection> AnyFalse(Call& call) { return Truths(call, false, true); }

Result<Collection> Subset(Call& call, const Collection& small, const Collection& large) {
  DistinctValues among(call.evaluator());
  for (const Value& value : large) TRY(among.Add(value));
  for (const Value& value : small) {
    TRY_ASSIGN(const bool known, among.Contains(value));
    if (!known) return One(false);
  }
  return One(true);
}
Result<Collection> SubsetOf(Call& call) {
  TRY_ASSIGN(const Collection other, call.Argument(0));
  return Subset(call, call.input, other);
}
Result<Collection> SupersetOf(Call& call) {
  TRY_ASSIGN(const Collection other, call.Argument(0));
  return Subset(call, other, call.input);
}

Result<Collection> Distinct(Call& call) {
  DistinctValues distinct(call.evaluator());
  for (const Value& value : call.input) TRY(distinct.Add(value));
  return distinct.Take();
}

Result<Collection> IsDistinct(Call& call) {
  DistinctValues distinct(call.evaluator());
  for (const Value& value : call.input) {
    TRY_ASSIGN(const bool added, distinct.Add(value));
    if (!added) return One(false);
  }
  return One(true);
}

Result<Collection> Where(Call& call) {
  Collection out;
  for (size_t i = 0; i < call.input.size(); ++i) {
    TRY_ASSIGN(const auto met, call.Criterion(0, call.input[i], static_cast<int64_t>(i)));
    if (met == true) out.push_back(call.input[i]);
  }
  return out;
}

Result<Collection> Select(Call& call) {
  Collection out;
  for (size_t i = 0; i < call.input.size(); ++i) {
    TRY_ASSIGN(Collection values, call.ArgumentFor(0, call.input[i], static_cast<int64_t>(i)));
    TRY(call.evaluator().Spend(values.size()));
    std::move(values.begin(), values.end(), std::back_inserter(out));
  }
  return out;
}

// repeat() takes each new value once; repeatAll() takes all, and only the allowance ends a loop.
Result<Collection> RepeatWith(Call& call, bool once) {
  DistinctValues seen(call.evaluator());
  Collection all;
  Collection queue = call.input;
  while (!queue.empty()) {
    Collection next;
    for (const Value& item : queue) {
      TRY_ASSIGN(const Collection found, call.ArgumentFor(0, item, 0));
      TRY(call.evaluator().Spend(found.size() + 1));
      for (const Value& value : found) {
        if (once) {
          TRY_ASSIGN(const bool added, seen.Add(value));
          if (!added) continue;
        } else {
          all.push_back(value);
        }
        next.push_back(value);
      }
    }
    queue = std::move(next);
  }
  return once ? seen.Take() : std::move(all);
}
Result<Collection> Repeat(Call& call) { return RepeatWith(call, true); }
Result<Collection> RepeatAll(Call& call) { return RepeatWith(call, false); }

Result<Collection> Single(Call& call) {
  TRY(call.Single());
  return std::move(call.input);
}
Result<Collection> First(Call& call) {
  if (call.input.size() > 1) call.input.resize(1, Value::Boolean(false));
  return std::move(call.input);
}
Result<Collection> Last(Call& call) {
  return call.input.empty() ? Collection{} : One(call.input.back());
}

Result<Collection> Slice(Call& call, size_t begin, size_t end) {
  begin = std::min(begin, call.input.size());
  end = std::min(end, call.input.size());
  const auto at = [&](size_t i) { return call.input.begin() + static_cast<std::ptrdiff_t>(i); };
  return begin < end ? Collection(at(begin), at(end)) : Collection{};
}
Result<Collection> Tail(Call& call) { return Slice(call, 1, call.input.size()); }
Result<Collection> Skip(Call& call) {
  TRY_ASSIGN(const auto count, call.IntegerArgument(0));
  if (!count) return Collection{};
  return Slice(call, *count < 0 ? 0 : static_cast<size_t>(*count), call.input.size());
}
Result<Collection> Take(Call& call) {
  TRY_ASSIGN(const auto count, call.IntegerArgument(0));
  if (!count || *count <= 0) return Collection{};
  return Slice(call, 0, static_cast<size_t>(*count));
}

Result<Collection> Intersect(Call& call) {
  TRY_ASSIGN(const Collection other, call.Argument(0));
  DistinctValues among(call.evaluator());
  for (const Value& value : other) TRY(among.Add(value));
  DistinctValues out(call.evaluator());
  for (const Value& value : call.input) {
    TRY_ASSIGN(const bool known, among.Contains(value));
    if (known) TRY(out.Add(value));
  }
  return out.Take();
}

Result<Collection> Exclude(Call& call) {
  TRY_ASSIGN(const Collection other, call.Argument(0));
  DistinctValues among(call.evaluator());
  for (const Value& value : other) TRY(among.Add(value));
  Collection out;
  for (const Value& value : call.input) {
    TRY_ASSIGN(const bool known, among.Contains(value));
    if (!known) out.push_back(value);
  }
  return out;
}

Result<Collection> Union(Call& call) {
  TRY_ASSIGN(const Collection other, call.Argument(0));
  DistinctValues distinct(call.evaluator());
  for (const Value& value : call.input) TRY(distinct.Add(value));
  for (const Value& value : other) TRY(distinct.Add(value));
  return distinct.Take();
}

Result<Collection> Combine(Call& call) {
  TRY_ASSIGN(Collection other, call.Argument(0));
  Collection out = std::move(call.input);
  std::move(other.begin(), other.end(), std::back_inserter(out));
  return out;
}

Result<Collection> Coalesce(Call& call) {
  for (size_t i = 0; i < call.argument_count(); ++i) {
    TRY_ASSIGN(Collection values, call.Argument(i));
    if (!values.empty()) return values;
  }
  return Collection{};
}

Result<Collection> Aggregate(Call& call) {
  Collection total;
  if (call.argument_count() == 2) {
    TRY_ASSIGN(total, call.Argument(1));
  }
  for (size_t i = 0; i < call.input.size(); ++i) {
    TRY_ASSIGN(Collection next, call.ArgumentFor(0, call.input[i], static_cast<int64_t>(i), &total));
    total = std::move(next);
  }
  return total;
}

struct SortRow {
  size_t position;
  std::vector<std::optional<Value>> keys;
};

Result<Collection> Sort(Call& call) {
  const size_t key_count = std::max<size_t>(call.argument_count(), 1);
  std::vector<bool> descending(key_count);
  for (size_t k = 0; k < call.argument_count(); ++k) {
    descending[k] = call.evaluator().program().code[call.instruction().arguments[k]].flag;
  }
  std::vector<SortRow> rows;
  for (size_t i = 0; i < call.input.size(); ++i) {
    SortRow row{i, {}};
    for (size_t k = 0; k < key_count; ++k) {
      Collection key = One(call.input[i]);
      if (call.argument_count() > 0) {
        TRY_ASSIGN(key, call.ArgumentFor(k, call.input[i], static_cast<int64_t>(i)));
      }
      if (key.size() > 1) return call.Wrong("khóa sắp xếp phải là một giá trị");
      row.keys.push_back(key.empty() ? std::nullopt : std::optional(key.front()));
    }
    rows.push_back(std::move(row));
  }
  // std::sort must not meet an inconsistent order, so the first failure ends all comparing.
  Status failure = Ok();
  const auto before = [&](const SortRow& a, const SortRow& b) {
    for (size_t k = 0; k < key_count && failure.ok(); ++k) {
      if (!a.keys[k] || !b.keys[k]) {
        // Empty keys come first, descending too: so the official case testSort10 has it.
        if (a.keys[k].has_value() == b.keys[k].has_value()) continue;
        return !a.keys[k].has_value();
      }
      const auto order = Order(*a.keys[k], *b.keys[k]);
      if (!order.ok()) {
        failure = order.error();
      } else if (*order && **order != 0) {
        return (**order < 0) != descending[k];
      }
    }
    return false;
  };
  TRY(call.evaluator().Spend(rows.size() * 20));
  // Merging tolerates the order of imprecise dates, which is only partial.
  std::stable_sort(rows.begin(), rows.end(), before);
  TRY(std::move(failure));
  Collection out;
  for (const SortRow& row : rows) out.push_back(call.input[row.position]);
  return out;
}

constexpr Function kFunctions[] = {
    {"empty", 0, 0, Empty},           {"count", 0, 0, Count},           {"exists", 0, 1, Exists},
    {"all", 1, 1, All},               {"allTrue", 0, 0, AllTrue},       {"anyTrue", 0, 0, AnyTrue},
    {"allFalse", 0, 0, AllFalse},     {"anyFalse", 0, 0, AnyFalse},     {"subsetOf", 1, 1, SubsetOf},
    {"supersetOf", 1, 1, SupersetOf}, {"distinct", 0, 0, Distinct},     {"isDistinct", 0, 0, IsDistinct},
    {"where", 1, 1, Where},           {"select", 1, 1, Select},         {"repeat", 1, 1, Repeat},
    {"repeatAll", 1, 1, RepeatAll},   {"single", 0, 0, Single},         {"first", 0, 0, First},
    {"last", 0, 0, Last},             {"tail", 0, 0, Tail},             {"skip", 1, 1, Skip},
    {"take", 1, 1, Take},             {"intersect", 1, 1, Intersect},   {"exclude", 1, 1, Exclude},
    {"union", 1, 1, Union},           {"combine", 1, 2, Combine},       {"coalesce", 1, 16, Coalesce},
    {"aggregate", 1, 2, Aggregate},   {"sort", 0, 8, Sort},
};

}  // namespace

std::span<const Function> CollectionFunctions() { return kFunctions; }

}  // namespace fhir::path
