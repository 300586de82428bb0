#include "http/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace http {
namespace {

using testing::HasSubstr;

TEST(Metrics, WritesTheTextFormat) {
  Metrics metrics;
  metrics.CounterOf("tram_x_total", "What it counts.", {{"route", "/a\"b"}}).Add(3);
  metrics.GaugeOf("tram_y", "A level.").Set(-2);
  metrics.AddProbe("tram_z", "Asked for.", [] { return 1.5; });
  EXPECT_EQ(metrics.Write(),
            "# HELP tram_x_total What it counts.\n# TYPE tram_x_total counter\n"
            "tram_x_total{route=\"/a\\\"b\"} 3\n"
            "# HELP tram_y A level.\n# TYPE tram_y gauge\ntram_y -2\n"
            "# HELP tram_z Asked for.\n# TYPE tram_z gauge\ntram_z 1.5\n");
}

TEST(Metrics, CountsIntoCumulativeBuckets) {
  Metrics metrics;
  Histogram& histogram = metrics.HistogramOf("tram_seconds", "Time.", {{"route", "/a"}});
  histogram.Observe(0.002);
  histogram.Observe(0.3);
  histogram.Observe(60);
  const std::string text = metrics.Write();
  EXPECT_THAT(text, HasSubstr("tram_seconds_bucket{route=\"/a\",le=\"0.001\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("tram_seconds_bucket{route=\"/a\",le=\"0.0025\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("tram_seconds_bucket{route=\"/a\",le=\"5\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("tram_seconds_bucket{route=\"/a\",le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("tram_seconds_sum{route=\"/a\"} 60.302\n"));
  EXPECT_THAT(text, HasSubstr("tram_seconds_count{route=\"/a\"} 3\n"));
}

TEST(Metrics, GivesTheSameInstrumentForTheSameLabels) {
  Metrics metrics;
  EXPECT_EQ(&metrics.CounterOf("a", "", {{"x", "1"}}), &metrics.CounterOf("a", "", {{"x", "1"}}));
  EXPECT_NE(&metrics.CounterOf("a", "", {{"x", "1"}}), &metrics.CounterOf("a", "", {{"x", "2"}}));
}

TEST(ResidentBytes, IsMoreThanNothing) { EXPECT_GT(ResidentBytes(), 1'000'000); }

}  // namespace
}  // namespace http
