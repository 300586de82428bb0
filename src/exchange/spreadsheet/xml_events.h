// Streams XML through Expat under the limits contract: no DOCTYPE, bounded depth and attributes.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace exchange::spreadsheet {

using XmlAttributes = std::vector<std::pair<std::string_view, std::string_view>>;

// The attribute of that local name (any prefix), or "".
std::string_view Attribute(const XmlAttributes& attributes, std::string_view local_name);

// Receives local names; namespaces are dropped, the parts of a workbook use one each.
class XmlListener {
 public:
  virtual ~XmlListener() = default;
  virtual base::Status OnStart(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual base::Status OnEnd(std::string_view name) = 0;
  virtual base::Status OnText(std::string_view text) = 0;
};

// Feed(piece) as often as needed, then Finish().
class XmlStream {
 public:
  explicit XmlStream(XmlListener& listener);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  base::Status Feed(std::string_view piece);
  base::Status Finish();

 private:
  struct State;
  base::Status Parse(std::string_view piece, bool last);
  State* state_;  // owned; Expat keeps its address
};

}  // namespace exchange::spreadsheet
