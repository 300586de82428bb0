#include "access/sessions.h"

#include <gtest/gtest.h>

#include "testkit/test_station.h"

namespace access_control {
namespace {

using base::ErrorCode;
using testkit::Someone;
using testkit::TestStation;

constexpr int64_t kMinute = 60'000;

class SessionsTest : public ::testing::Test {
 protected:
  OpenedSession Open(Role role = Role::kNurse) { return *sessions.Open(Someone(role), "room-1"); }
  bool IsOpen(const std::string& token) { return sessions.Find(token, Touch::kBackground).ok(); }
  bool IsLocked(const std::string& token) {
    return sessions.Find(token, Touch::kBackground)->locked;
  }

  TestStation station;
  Sessions sessions{station.store(), station.clock, station.random};
};

TEST_F(SessionsTest, KnowsWhoCarriesTheToken) {
  const auto opened = Open();
  EXPECT_EQ(opened.token.size(), 43u);
  EXPECT_EQ(sessions.Find(opened.token, Touch::kPerson)->who.login, "nurse");
  EXPECT_EQ(sessions.Find("", Touch::kPerson).error().code, ErrorCode::kUnauthenticated);
  EXPECT_EQ(sessions.Find(std::string(43, 'a'), Touch::kPerson).error().code,
            ErrorCode::kUnauthenticated);
}

TEST_F(SessionsTest, LocksAfterFifteenIdleMinutesAndNotBefore) {
  const auto opened = Open();
  station.clock.Advance(14 * kMinute);
  EXPECT_FALSE(sessions.Find(opened.token, Touch::kPerson)->locked);
  station.clock.Advance(14 * kMinute);
  EXPECT_FALSE(IsLocked(opened.token));
  station.clock.Advance(kMinute);
  EXPECT_TRUE(IsLocked(opened.token));
  // Touching a locked screen wakes nothing.
  EXPECT_TRUE(sessions.Find(opened.token, Touch::kPerson)->locked);
}

TEST_F(SessionsTest, IsNotKeptAwakeByScreensThatRefreshThemselves) {
  const auto opened = Open();
  for (int i = 0; i < 15; ++i) {
    station.clock.Advance(kMinute);
    ASSERT_TRUE(sessions.Find(opened.token, Touch::kBackground).ok());
  }
  EXPECT_TRUE(IsLocked(opened.token));
}

TEST_F(SessionsTest, WakesUnderANewToken) {
  const auto opened = Open();
  ASSERT_TRUE(sessions.Lock(opened.token).ok());
  EXPECT_TRUE(IsLocked(opened.token));
  const auto woken = sessions.Unlock(opened.token, Someone(Role::kNurse));
  ASSERT_TRUE(woken.ok());
  EXPECT_NE(woken->token, opened.token);
  EXPECT_EQ(woken->session.id, opened.session.id);
  EXPECT_FALSE(IsOpen(opened.token));
  EXPECT_FALSE(IsLocked(woken->token));
}

TEST_F(SessionsTest, WakesForItsOwnPersonOnly) {
  const auto opened = Open();
  EXPECT_FALSE(sessions.Unlock(opened.token, Someone(Role::kDoctor)).ok());
  EXPECT_TRUE(IsOpen(opened.token));
}

TEST_F(SessionsTest, EndsAfterTwelveHoursHoweverBusy) {
  auto opened = Open();
  for (int i = 0; i < 12 * 60 / 10 - 1; ++i) {
    station.clock.Advance(10 * kMinute);
    ASSERT_TRUE(sessions.Find(opened.token, Touch::kPerson).ok()) << i;
  }
  station.clock.Advance(10 * kMinute);
  EXPECT_FALSE(sessions.Find(opened.token, Touch::kPerson).ok());
}

TEST_F(SessionsTest, EndsAtLogoutAndByRevocation) {
  const auto first = Open();
  const auto second = Open();
  ASSERT_TRUE(sessions.Close(first.token).ok());
  EXPECT_FALSE(IsOpen(first.token));
  ASSERT_TRUE(sessions.Revoke(second.session.id).ok());
  EXPECT_FALSE(IsOpen(second.token));
  EXPECT_EQ(sessions.Revoke(second.session.id).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(sessions.List().empty());
}

TEST_F(SessionsTest, EndsAllOthersOfOnePerson) {
  const auto here = Open();
  const auto elsewhere = Open();
  const auto doctor = Open(Role::kDoctor);
  ASSERT_TRUE(sessions.RevokeAllOf("nurse-1", here.session.id).ok());
  EXPECT_TRUE(IsOpen(here.token));
  EXPECT_FALSE(IsOpen(elsewhere.token));
  EXPECT_TRUE(IsOpen(doctor.token));
}

TEST_F(SessionsTest, EndsTheOldestWhenAPersonHasTooMany) {
  const auto first = Open();
  for (size_t i = 0; i < Sessions::kMostPerPerson; ++i) {
    station.clock.Advance(1000);
    Open();
  }
  EXPECT_FALSE(IsOpen(first.token));
  EXPECT_EQ(sessions.List().size(), Sessions::kMostPerPerson);
}

TEST_F(SessionsTest, SurvivesARestartLocked) {
  const auto opened = Open();
  const auto closed = Open();
  ASSERT_TRUE(sessions.Close(closed.token).ok());
  Sessions restarted(station.store(), station.clock, station.random);
  ASSERT_TRUE(
      restarted
          .Load([](const std::string&) -> base::Result<Principal> { return Someone(Role::kNurse); })
          .ok());
  EXPECT_TRUE(restarted.Find(opened.token, Touch::kPerson)->locked);
  EXPECT_FALSE(restarted.Find(closed.token, Touch::kPerson).ok());
  const auto woken = restarted.Unlock(opened.token, Someone(Role::kNurse));
  ASSERT_TRUE(woken.ok());
  EXPECT_FALSE(restarted.Find(woken->token, Touch::kPerson)->locked);
}

TEST_F(SessionsTest, DoesNotSurviveARestartForAnAccountThatWasDisabled) {
  const auto opened = Open();
  Sessions restarted(station.store(), station.clock, station.random);
  ASSERT_TRUE(restarted
                  .Load([](const std::string&) -> base::Result<Principal> {
                    return base::Error{ErrorCode::kUnauthenticated, ""};
                  })
                  .ok());
  EXPECT_FALSE(restarted.Find(opened.token, Touch::kPerson).ok());
}

TEST_F(SessionsTest, LeavesNoTokenInTheStore) {
  const auto opened = Open();
  auto read = station.store().BeginRead();
  fhir::search::Query everything;
  everything.types = {fhir::model::ResourceType::kVerificationResult};
  const auto page = (*read)->Search(everything);
  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->matches.size(), 1u);
  EXPECT_EQ(page->matches.front().body.find(opened.token), std::string::npos);
  EXPECT_EQ(page->matches.front().body.find(opened.csrf), std::string::npos);
}

TEST(Csrf, BelongsToOneTokenOnly) {
  base::SeededRandom random(1);
  TestStation station;
  Sessions sessions(station.store(), station.clock, random);
  const auto one = *sessions.Open(Someone(Role::kNurse), "a");
  const auto two = *sessions.Open(Someone(Role::kNurse), "a");
  EXPECT_TRUE(Sessions::CsrfMatches(one.token, one.csrf));
  EXPECT_FALSE(Sessions::CsrfMatches(one.token, two.csrf));
  EXPECT_FALSE(Sessions::CsrfMatches(one.token, ""));
  EXPECT_FALSE(Sessions::CsrfMatches(one.token, one.token));
}

TEST(OriginMatches, TakesOurOwnPagesOnly) {
  EXPECT_TRUE(OriginMatches("https://tram.local", "https://tram.local"));
  EXPECT_TRUE(OriginMatches("", "https://tram.local"));
  EXPECT_FALSE(OriginMatches("null", "https://tram.local"));
  EXPECT_FALSE(OriginMatches("null", "null"));
  EXPECT_FALSE(OriginMatches("http://tram.local", "https://tram.local"));
  EXPECT_FALSE(OriginMatches("https://tram.local.evil.example", "https://tram.local"));
}

}  // namespace
}  // namespace access_control
