#include "bench/machine.h"

#include <fstream>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include "base/time.h"

namespace bench {

std::string DescribeMachine() {
  std::string model = "unknown processor";
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) {
      model = line.substr(line.find(':') + 2);
      break;
    }
  }
#ifdef NDEBUG
  const std::string build = "release";
#else
  const std::string build = "NOT a release build";
#endif
  return std::to_string(std::thread::hardware_concurrency()) + " x " + model + ", " + build + ", " +
         base::SystemClock().Now().ToUtc();
}

double SyncsPerSecond(const std::string& folder) {
  const std::string path = folder + "/sync-probe";
  const int file = open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return 0;
  const std::string block(4'096, 'x');
  const int64_t start = base::MonotonicMillis();
  int syncs = 0;
  while (base::MonotonicMillis() - start < 1'000) {
    if (write(file, block.data(), block.size()) < 0 || fsync(file) != 0) break;
    ++syncs;
  }
  const double seconds = static_cast<double>(base::MonotonicMillis() - start) / 1'000;
  close(file);
  unlink(path.c_str());
  return syncs / seconds;
}

}  // namespace bench
