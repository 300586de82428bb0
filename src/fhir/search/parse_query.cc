#include <algorithm>
#include <charconv>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "fhir/search/parse_clause.h"
#include "fhir/search/query.h"

namespace fhir::search {
namespace {

using base::Result;
using base::Status;
using model::ResourceType;
using Pairs = std::vector<std::pair<std::string, std::string>>;

base::Error Bad(std::string_view name, const std::string& what) {
  return base::Invalid("Tham số tìm kiếm “" + std::string(name) + "”: " + what, std::string(name));
}

void AppendEncoded(std::string& out, std::string_view text) {
  static constexpr std::string_view kPlain = "-_.~:|$,/";
  static constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       kPlain.find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
}

Result<std::string> PercentDecode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      unsigned value = 0;
      const char* from = text.data() + i + 1;
      if (i + 2 >= text.size() || std::from_chars(from, from + 2, value, 16).ptr != from + 2) {
        return base::Invalid("Địa chỉ tìm kiếm có ký tự % viết sai.");
      }
      out += static_cast<char>(value);
      i += 2;
    }
  }
  if (!base::IsValidUtf8(out)) return base::Invalid("Địa chỉ tìm kiếm không phải là UTF-8.");
  return out;
}

class QueryParser {
 public:
  QueryParser(std::vector<ResourceType> types, Handling handling) : handling_(handling) {
    query_.types = std::move(types);
    if (query_.types.size() == 1) query_.applied = std::string(model::Name(query_.types[0]));
    query_.applied += '?';
  }

  Result<Query> Parse(const Pairs& parameters) {
    // _type decides what the other names mean.
    if (query_.types.empty()) {
      for (const auto& [name, value] : parameters) {
        if (name == "_type") TRY(AddTypes(value));
      }
    }
    for (const auto& [name, value] : parameters) {
      if (value.empty()) continue;  // https://hl7.org/fhir/R4/search.html: no value, no condition
      if (++count_ > base::kMaxSearchParameters) {
        return base::Invalid("Tìm kiếm có quá nhiều tham số; tối đa " +
                             std::to_string(base::kMaxSearchParameters) + ".");
      }
      TRY_ASSIGN(const bool known, AddParameter(name, value));
      if (known && name != "_page") {
        if (query_.applied.back() != '?') query_.applied += '&';
        AppendEncoded(query_.applied, name);
        query_.applied += '=';
        AppendEncoded(query_.applied, value);
      }
    }
    if (query_.summary == Summary::kCount) query_.count = 0;
    if (query_.count == 0) query_.total = Total::kAccurate;
    return std::move(query_);
  }

 private:
  // False for a parameter that was left out.
  Result<bool> AddParameter(const std::string& name, const std::string& value) {
    static constexpr std::string_view kForRest[] = {"_format", "_pretty", "_type",
                                                    "_containedType"};
    Status done;
    if (std::ranges::find(kForRest, name) != std::end(kForRest)) {
      return true;
    } else if (name == "_sort") {
      done = AddSort(value);
    } else if (name == "_count") {
      done = SetCount(value);
    } else if (name == "_page") {
      query_.page = value;
    } else if (name == "_total") {
      done = SetTotal(value);
    } else if (name == "_summary") {
      done = SetSummary(value);
    } else if (name == "_contained") {
      if (value != "false") done = Bad(name, "máy chủ này không tìm trong tài nguyên lồng.");
    } else if (name == "_elements") {
      for (std::string_view element : base::Split(value, ',')) {
        query_.elements.emplace_back(base::Trim(element));
      }
    } else if (name.starts_with("_include") || name.starts_with("_revinclude")) {
      done = AddInclude(name, value);
    } else {
      return AddClause(name, value);
    }
    TRY(std::move(done));
    return true;
  }

  Result<bool> AddClause(const std::string& name, const std::string& value) {
    const Scope scope{query_.types};
    Result<Clause> clause =
        name == "_filter" ? ParseFilter(scope, value) : ParseClause(scope, name, value);
    if (clause.ok()) {
      query_.clauses.push_back(std::move(clause).value());
      return true;
    }
    base::Error error = std::move(clause).error();
    if (error.code != base::ErrorCode::kNotFound) return error;
    if (handling_ == Handling::kLenient && name != "_filter") {
      query_.ignored.push_back(name);
      return false;
    }
    error.code = base::ErrorCode::kInvalid;
    return error;
  }

  Status AddTypes(const std::string& value) {
    for (std::string_view name : base::Split(value, ',')) {
      const auto type = model::ParseResourceType(base::Trim(name));
      if (!type || model::IsAbstract(*type)) return Bad("_type", "không có loại tài nguyên này.");
      query_.types.push_back(*type);
    }
    return base::Ok();
  }

  Status AddSort(const std::string& value) {
    for (std::string_view item : base::Split(value, ',')) {
      item = base::Trim(item);
      Sort sort;
      if (item.starts_with('-')) {
        sort.descending = true;
        item.remove_prefix(1);
      }
      sort.parameter = query_.types.size() == 1 ? FindParameter(query_.types[0], item)
                                                : FindCommonParameter(item);
      if (sort.parameter == nullptr || sort.parameter->expression.empty() ||
          sort.parameter->type == ParameterType::kComposite ||
          sort.parameter->type == ParameterType::kSpecial) {
        return Bad("_sort", "không sắp xếp được theo “" + std::string(item) + "”.");
      }
      query_.sort.push_back(sort);
    }
    if (query_.sort.size() > 5) return Bad("_sort", "tối đa 5 khóa sắp xếp.");
    return base::Ok();
  }

  Status SetCount(const std::string& value) {
    if (!base::IsDigits(value) || value.size() > 9)
      return Bad("_count", "cần một số nguyên không âm.");
    // A server may give fewer than asked for.
    query_.count = std::min<size_t>(std::stoul(value), base::kMaxPageSize);
    return base::Ok();
  }

  Status SetTotal(const std::string& value) {
    if (value == "none") {
      query_.total = Total::kNone;
    } else if (value == "estimate") {
      query_.total = Total::kEstimate;
    } else if (value == "accurate") {
      query_.total = Total::kAccurate;
    } else {
      return Bad("_total", "cần none, estimate hoặc accurate.");
    }
    return base::Ok();
  }

  Status SetSummary(const std::string& value) {
    static constexpr std::pair<std::string_view, Summary> kWords[] = {{"true", Summary::kTrue},
                                                                      {"false", Summary::kFalse},
                                                                      {"text", Summary::kText},
                                                                      {"data", Summary::kData},
                                                                      {"count", Summary::kCount}};
    for (const auto& [word, summary] : kWords) {
      if (value == word) {
        query_.summary = summary;
        return base::Ok();
      }
    }
    return Bad("_summary", "cần true, false, text, data hoặc count.");
  }

  // "_include:iterate" = "Encounter:subject:Patient". R4 also knows :recurse from STU3.
  Status AddInclude(const std::string& name, const std::string& value) {
    Include include;
    const size_t colon = name.find(':');
    const std::string_view word = std::string_view(name).substr(0, colon);
    include.reverse = word == "_revinclude";
    if (!include.reverse && word != "_include") return Bad(name, "không có tham số này.");
    if (colon != std::string::npos) {
      const std::string_view modifier = std::string_view(name).substr(colon + 1);
      include.iterate = modifier == "iterate" || modifier == "recurse";
      if (!include.iterate) return Bad(name, "chỉ có bổ nghĩa iterate.");
    }
    const auto parts = base::Split(value, ':');
    if (parts.size() > 3) return Bad(name, "cần viết theo dạng Loại:tham-chiếu:loại-đích.");
    if (!(parts.size() == 1 && parts[0] == "*")) {
      TRY_ASSIGN(include.source, IncludeType(name, parts[0]));
      if (parts.size() < 2) return Bad(name, "thiếu tên tham chiếu; ví dụ Encounter:subject.");
      if (parts[1] != "*") {
        include.parameter = FindParameter(*include.source, parts[1]);
        if (include.parameter == nullptr || include.parameter->type != ParameterType::kReference) {
          return Bad(name, "không có tham chiếu “" + std::string(parts[1]) + "”.");
        }
      }
      if (parts.size() == 3) {
        TRY_ASSIGN(include.target, IncludeType(name, parts[2]));
      }
    } else if (include.reverse) {
      return Bad(name, "cần ghi rõ loại tài nguyên, ví dụ Observation:*.");
    }
    query_.includes.push_back(include);
    return base::Ok();
  }

  static Result<std::optional<ResourceType>> IncludeType(const std::string& name,
                                                         std::string_view text) {
    const auto type = model::ParseResourceType(text);
    if (!type || model::IsAbstract(*type)) return Bad(name, "không có loại tài nguyên này.");
    return type;
  }

  Handling handling_;
  Query query_;
  size_t count_ = 0;
};

}  // namespace

std::string Literal(std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (std::string_view(",|$\\").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  std::string out;
  AppendEncoded(out, escaped);
  return out;
}

Result<Query> ParseQuery(ResourceType type, const Pairs& parameters, Handling handling) {
  return QueryParser({type}, handling).Parse(parameters);
}

Result<Query> ParseSystemQuery(const Pairs& parameters, Handling handling) {
  return QueryParser({}, handling).Parse(parameters);
}

Result<Query> ParseQueryText(std::string_view text, Handling handling) {
  const size_t mark = text.find('?');
  const std::string_view type_name = text.substr(0, mark);
  Pairs parameters;
  if (mark != std::string_view::npos) {
    for (std::string_view pair : base::Split(text.substr(mark + 1), '&')) {
      if (pair.empty()) continue;
      const size_t equals = pair.find('=');
      TRY_ASSIGN(std::string name, PercentDecode(pair.substr(0, equals)));
      TRY_ASSIGN(std::string value, equals == std::string_view::npos
                                        ? Result<std::string>(std::string())
                                        : PercentDecode(pair.substr(equals + 1)));
      parameters.emplace_back(std::move(name), std::move(value));
    }
  }
  if (type_name.empty()) return ParseSystemQuery(parameters, handling);
  const auto type = model::ParseResourceType(type_name);
  if (!type || model::IsAbstract(*type)) {
    return base::Invalid("Không có loại tài nguyên FHIR tên “" + std::string(type_name) + "”.");
  }
  return ParseQuery(*type, parameters, handling);
}

}  // namespace fhir::search
