#include "http/metrics.h"

#include <unistd.h>

#include <cstdio>
#include <map>

#include "base/check.h"

namespace http {
namespace {

std::string Quote(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '\\' || c == '"') out.push_back('\\');
    if (c == '\n') {
      out += "\\n";
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

std::string LabelText(const Metrics::Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    if (!out.empty()) out.push_back(',');
    out += name + "=" + Quote(value);
  }
  return out;
}

std::string Number(double value) {
  std::array<char, 32> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "%.10g", value);
  return std::string(buffer.data(), static_cast<size_t>(length));
}

void AppendSample(std::string& out, std::string_view name, const std::string& labels,
                  const std::string& value) {
  out += name;
  if (!labels.empty()) out += "{" + labels + "}";
  out += " " + value + "\n";
}

}  // namespace

void Histogram::Observe(double seconds) {
  for (size_t i = 0; i < kBounds.size(); ++i) {
    if (seconds <= kBounds[i]) {
      buckets_[i].fetch_add(1, std::memory_order_relaxed);
      break;
    }
  }
  count_.fetch_add(1, std::memory_order_relaxed);
  sum_micros_.fetch_add(static_cast<uint64_t>(seconds * 1e6), std::memory_order_relaxed);
}

struct Metrics::Family {
  std::string name;
  std::string help;
  std::string kind;
  std::map<std::string, Counter> counters;
  std::map<std::string, Gauge> gauges;
  std::map<std::string, Histogram> histograms;
  std::function<double()> probe;
};

Metrics::Metrics() = default;
Metrics::~Metrics() = default;

Metrics::Family& Metrics::FamilyOf(std::string_view name, std::string_view help,
                                   std::string_view kind) {
  for (const auto& family : families_) {
    if (family->name != name) continue;
    CHECK(family->kind == kind);
    return *family;
  }
  auto family = std::make_unique<Family>();
  family->name = name;
  family->help = help;
  family->kind = kind;
  families_.push_back(std::move(family));
  return *families_.back();
}

Counter& Metrics::CounterOf(std::string_view name, std::string_view help, Labels labels) {
  const std::lock_guard lock(mutex_);
  return FamilyOf(name, help, "counter").counters[LabelText(labels)];
}

Gauge& Metrics::GaugeOf(std::string_view name, std::string_view help, Labels labels) {
  const std::lock_guard lock(mutex_);
  return FamilyOf(name, help, "gauge").gauges[LabelText(labels)];
}

Histogram& Metrics::HistogramOf(std::string_view name, std::string_view help, Labels labels) {
  const std::lock_guard lock(mutex_);
  return FamilyOf(name, help, "histogram").histograms[LabelText(labels)];
}

void Metrics::AddProbe(std::string_view name, std::string_view help,
                       std::function<double()> probe) {
  const std::lock_guard lock(mutex_);
  FamilyOf(name, help, "gauge").probe = std::move(probe);
}

std::string Metrics::Write() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& family : families_) {
    out += "# HELP " + family->name + " " + family->help + "\n";
    out += "# TYPE " + family->name + " " + family->kind + "\n";
    if (family->probe) AppendSample(out, family->name, "", Number(family->probe()));
    for (const auto& [labels, counter] : family->counters) {
      AppendSample(out, family->name, labels, std::to_string(counter.value()));
    }
    for (const auto& [labels, gauge] : family->gauges) {
      AppendSample(out, family->name, labels, std::to_string(gauge.value()));
    }
    for (const auto& [labels, histogram] : family->histograms) {
      const std::string prefix = labels.empty() ? "" : labels + ",";
      uint64_t below = 0;
      for (size_t i = 0; i < Histogram::kBounds.size(); ++i) {
        below += histogram.buckets_[i].load(std::memory_order_relaxed);
        AppendSample(out, family->name + "_bucket",
                     prefix + "le=" + Quote(Number(Histogram::kBounds[i])), std::to_string(below));
      }
      const std::string count = std::to_string(histogram.count());
      AppendSample(out, family->name + "_bucket", prefix + "le=\"+Inf\"", count);
      AppendSample(
          out, family->name + "_sum", labels,
          Number(static_cast<double>(histogram.sum_micros_.load(std::memory_order_relaxed)) / 1e6));
      AppendSample(out, family->name + "_count", labels, count);
    }
  }
  return out;
}

int64_t ResidentBytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  if (file == nullptr) return 0;
  long long pages = 0;
  long long resident = 0;
  const int read = std::fscanf(file, "%lld %lld", &pages, &resident);
  std::fclose(file);
  return read == 2 ? static_cast<int64_t>(resident) * sysconf(_SC_PAGESIZE) : 0;
}

}  // namespace http
