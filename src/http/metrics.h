// A small Prometheus registry: counters, gauges and histograms with labels, and the text writer.
// https://prometheus.io/docs/instrumenting/exposition_formats/
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

class Counter {
 public:
  void Add(uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<uint64_t> value_ = 0;
};

class Gauge {
 public:
  void Set(int64_t value) { value_.store(value, std::memory_order_relaxed); }
  void Add(int64_t delta) { value_.fetch_add(delta, std::memory_order_relaxed); }
  int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> value_ = 0;
};

// Seconds, in buckets fit for a server that answers in milliseconds.
class Histogram {
 public:
  static constexpr std::array<double, 12> kBounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                     0.05,   0.1,   0.25,   0.5,   1.0,  5.0};
  void Observe(double seconds);
  uint64_t count() const { return count_.load(std::memory_order_relaxed); }

 private:
  friend class Metrics;
  std::array<std::atomic<uint64_t>, kBounds.size()> buckets_{};
  std::atomic<uint64_t> count_ = 0;
  std::atomic<uint64_t> sum_micros_ = 0;
};

class Metrics {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;

  Metrics();
  ~Metrics();

  // The one instrument of that name and those labels, made at first use; it lives as long as the
  // registry. Label values must come from a small closed set, never from input.
  Counter& CounterOf(std::string_view name, std::string_view help, Labels labels = {});
  Gauge& GaugeOf(std::string_view name, std::string_view help, Labels labels = {});
  Histogram& HistogramOf(std::string_view name, std::string_view help, Labels labels = {});
  // A gauge that is asked for when the page is written.
  void AddProbe(std::string_view name, std::string_view help, std::function<double()> probe);

  std::string Write() const;

 private:
  struct Family;
  Family& FamilyOf(std::string_view name, std::string_view help, std::string_view kind);
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Family>> families_;
};

// Resident memory of this process in bytes; 0 where the system does not tell.
int64_t ResidentBytes();

}  // namespace http
