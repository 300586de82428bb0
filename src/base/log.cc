#include "base/log.h"

#include <unistd.h>

#include <atomic>

#include "base/json.h"
#include "base/time.h"

namespace base {
namespace {

std::atomic<LogLevel> lowest_level{LogLevel::kInfo};
std::atomic<int> log_descriptor{STDERR_FILENO};

std::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return "debug";
    case LogLevel::kInfo: return "info";
    case LogLevel::kWarning: return "warning";
    case LogLevel::kError: return "error";
  }
  return "error";
}

}  // namespace

void SetLogLevel(LogLevel lowest) { lowest_level = lowest; }
void SetLogDescriptor(int descriptor) { log_descriptor = descriptor; }

void Log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level < lowest_level.load()) return;
  std::string line = "{\"time\":\"" + SystemClock().Now().ToUtc() + "\",\"level\":\"";
  line += LevelName(level);
  line += "\",\"event\":";
  AppendJsonString(line, event);
  for (const LogField& field : fields) {
    line += ',';
    AppendJsonString(line, field.name);
    line += ':';
    if (field.is_number) {
      line += field.value;
    } else {
      AppendJsonString(line, field.value);
    }
  }
  line += "}\n";
  // One write per line keeps lines of different threads apart.
  [[maybe_unused]] const ssize_t written = ::write(log_descriptor.load(), line.data(), line.size());
}

}  // namespace base
