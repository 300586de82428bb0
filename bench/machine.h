// What a figure was measured on, printed above every table.
#pragma once

#include <string>

namespace bench {

// "2 x Intel(R) Xeon(R) …, release, 2026-11-21T15:00:00.000Z".
std::string DescribeMachine();
// fsync calls per second on this folder's disk, each after a 4 KiB append.
double SyncsPerSecond(const std::string& folder);

}  // namespace bench
