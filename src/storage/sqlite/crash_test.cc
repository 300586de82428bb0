// kill -9 at random moments: a child commits and tells each acknowledgement through a pipe; when it
// has been killed, everything it told must be there. TRAM_CRASH_ROUNDS sets how often (a few here,
// hundreds in tests/scenario).
#include <csignal>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "fhir/store/audit_chain.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/test_folder.h"
#include "storage/sqlite/test_records.h"

namespace storage::sqlite {
namespace {

constexpr int kThreads = 4;
constexpr int kRoundsPerFolder = 25;  // the whole chain is verified each round

int Rounds() {
  const char* asked = std::getenv("TRAM_CRASH_ROUNDS");
  return asked == nullptr ? 10 : std::atoi(asked);
}

struct Acknowledgement {
  int round = 0;
  int thread = 0;
  int number = 0;
  int64_t sequence = 0;
};

std::string Name(const char* kind, int round, int thread, int number) {
  return std::string(kind) + "-" + std::to_string(round) + "-" + std::to_string(thread) + "-" +
         std::to_string(number);
}

// Two resources and an audit record: all or nothing.
fhir::store::Transaction Pair(int round, int thread, int number, base::Instant at) {
  fhir::store::Transaction transaction =
      SmallTransaction(Name("a", round, thread, number), std::to_string(number), at);
  transaction.writes.push_back(
      PutText("Basic", Name("b", round, thread, number), std::to_string(number)));
  // One resource all write again and again, so that old versions are made too.
  transaction.writes.push_back(PutText("Basic", "shared", Name("s", round, thread, number)));
  return transaction;
}

// Never returns.
void CommitUntilKilled(const TestFolder& folder, int round, int pipe_end) {
  const base::SystemClock clock;
  auto opened = SqliteStore::Open(folder.options(clock));
  if (!opened.ok()) _exit(3);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int number = 0;; ++number) {
        const auto receipt = (*opened)->Commit(Pair(round, thread, number, clock.Now()));
        if (!receipt.ok()) _exit(4);
        const Acknowledgement done{round, thread, number, receipt->sequence};
        if (write(pipe_end, &done, sizeof done) != sizeof done) _exit(5);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  _exit(6);
}

std::vector<Acknowledgement> RunChildAndKillIt(const TestFolder& folder, int round,
                                               base::Random& random) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    close(ends[0]);
    CommitUntilKilled(folder, round, ends[1]);
  }
  close(ends[1]);
  std::vector<Acknowledgement> told;
  const size_t enough = 1 + random.Below(80);
  Acknowledgement next;
  while (told.size() < enough && read(ends[0], &next, sizeof next) == sizeof next) {
    told.push_back(next);
  }
  for (uint64_t spin = random.Below(2'000'000); spin > 0; --spin) {
    asm volatile("");  // a random part of a commit later
  }
  kill(child, SIGKILL);
  while (read(ends[0], &next, sizeof next) == sizeof next) told.push_back(next);
  close(ends[0]);
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
  return told;
}

bool Has(fhir::store::ReadTransaction& read, const std::string& id) {
  return read.Read(BasicKey(id)).ok();
}

void ExpectEverythingThere(const TestFolder& folder, const std::vector<Acknowledgement>& told) {
  const base::SystemClock clock;
  const auto store = folder.Open(clock);
  const auto read = std::move(store->BeginRead()).value();
  std::map<std::pair<int, int>, int> next;  // of each thread, what it may have been at
  int64_t newest = 0;
  for (const Acknowledgement& each : told) {
    EXPECT_TRUE(Has(*read, Name("a", each.round, each.thread, each.number)));
    EXPECT_TRUE(Has(*read, Name("b", each.round, each.thread, each.number)));
    auto& after = next[{each.round, each.thread}];
    after = std::max(after, each.number + 1);
    newest = std::max(newest, each.sequence);
  }
  for (const auto& [who, number] : next) {  // the one in flight: whole or not at all
    EXPECT_EQ(Has(*read, Name("a", who.first, who.second, number)),
              Has(*read, Name("b", who.first, who.second, number)));
  }
  const auto last = read->LastSequence();
  ASSERT_TRUE(last.ok());
  EXPECT_GE(*last, newest);
  EXPECT_EQ(read->Read(BasicKey("shared"))->version, *last);
  EXPECT_EQ(read->ReadLog(0, 1'000'000)->size(), static_cast<size_t>(*last));
  const auto chain = fhir::store::VerifyAuditChain(*read);
  ASSERT_TRUE(chain.ok());
  EXPECT_EQ(chain->records, *last);
  EXPECT_FALSE(chain->fault.has_value());
  EXPECT_EQ(store->Statistics()->resources, *last * 2 + 1);
}

void ExpectIntegrity(const TestFolder& folder) {
  const auto database =
      Database::Open({.path = DatabasePath(folder.data()), .key = *LoadPageKey(folder.data())});
  ASSERT_TRUE(database.ok());
  auto check = (*database)->Prepare("PRAGMA integrity_check");
  ASSERT_TRUE(check.ok() && *check->Step());
  EXPECT_EQ(check->Text(0), "ok");
}

TEST(Crash, LeavesEveryAcknowledgedCommitAndAWholeAuditChain) {
  base::SeededRandom random(20'261'121);
  const int rounds = Rounds();
  size_t acknowledged = 0;
  std::unique_ptr<TestFolder> folder;
  std::vector<Acknowledgement> told;
  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    if (round % kRoundsPerFolder == 0) {
      folder = std::make_unique<TestFolder>();
      folder->Create();
      told.clear();
    }
    const auto fresh = RunChildAndKillIt(*folder, round, random);
    acknowledged += fresh.size();
    told.insert(told.end(), fresh.begin(), fresh.end());
    SCOPED_TRACE("round " + std::to_string(round));
    ExpectEverythingThere(*folder, told);
    ExpectIntegrity(*folder);
  }
  EXPECT_GT(acknowledged, static_cast<size_t>(rounds) * 5);
}

}  // namespace
}  // namespace storage::sqlite
