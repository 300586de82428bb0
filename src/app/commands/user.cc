#include "app/commands/user.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "access/accounts.h"
#include "security/password_hasher.h"
#include "security/password_rules.h"

namespace app::commands {
namespace {

using access_control::Accounts;
using access_control::Role;
using access_control::User;
using access_control::UserChange;
using base::Result;

// Four groups of five letters and digits that are not mixed up on paper: 98 bits.
std::string MakePassword(base::Random& random) {
  constexpr std::string_view kAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  do {
    password.clear();
    for (int i = 0; i < 20; ++i) {
      if (i > 0 && i % 5 == 0) password += '-';
      password += kAlphabet[random.Below(kAlphabet.size())];
    }
  } while (!security::CheckPassword(password, {}).ok());
  return password;
}

// Keeps what is typed off the screen for as long as it lives.
class SilentTerminal {
 public:
  SilentTerminal() : silent_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!silent_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~SilentTerminal() {
    if (silent_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

 private:
  termios before_{};
  bool silent_;
};

Result<std::string> AskPassword(std::istream& input, std::ostream& out) {
  std::string password;
  if (&input == &std::cin && ::isatty(STDIN_FILENO) == 1) {
    out << "Mật khẩu mới: " << std::flush;
    const SilentTerminal silent;
    std::getline(input, password);
    out << "\n";
  } else {
    std::getline(input, password);
  }
  if (!password.empty() && password.back() == '\r') password.pop_back();
  if (password.empty()) return base::Invalid("Chưa có mật khẩu.", "password");
  return password;
}

Result<std::string> NewPassword(const UserOptions& options, base::Random& random,
                                std::istream& input, std::ostream& out) {
  if (!options.generate) return AskPassword(input, out);
  std::string password = MakePassword(random);
  out << "Mật khẩu: " << password << "\n";
  return password;
}

Result<std::vector<Role>> ParseRoles(const std::vector<std::string>& names) {
  std::vector<Role> roles;
  for (const auto& name : names) {
    TRY_ASSIGN(const Role role, access_control::ParseRole(name));
    roles.push_back(role);
  }
  return roles;
}

void Print(const User& user, base::Instant now, std::ostream& out) {
  out << user.login << '\t' << user.name << '\t';
  for (size_t i = 0; i < user.roles.size(); ++i) out << (i > 0 ? "," : "") << Name(user.roles[i]);
  out << '\t'
      << (user.disabled             ? "disabled"
          : user.locked_until > now ? "locked"
                                    : "active")
      << '\t' << (user.last_login.has_value() ? user.last_login->ToLocal() : "-") << '\n';
}

base::Status Add(const UserOptions& options, Accounts& accounts,
                 const access_control::Principal& by, base::Random& random, std::istream& input,
                 std::ostream& out) {
  TRY_ASSIGN(auto roles, ParseRoles(options.roles));
  TRY_ASSIGN(std::string password, NewPassword(options, random, input, out));
  TRY_ASSIGN(const User user, accounts.Create(by, {.login = options.login,
                                                   .name = options.name,
                                                   .roles = std::move(roles),
                                                   .password = std::move(password),
                                                   .personal_number = options.personal_number,
                                                   .licence = options.licence}));
  out << "Đã thêm " << user.login << ".\n";
  return base::Ok();
}

base::Status Change(const UserOptions& options, Accounts& accounts,
                    const access_control::Principal& by, const UserChange& change,
                    std::ostream& out) {
  TRY_ASSIGN(const User user, accounts.FindByLogin(options.login));
  TRY(accounts.Change(by, user.id, change));
  out << "Đã cập nhật " << user.login << ".\n";
  return base::Ok();
}

base::Status Run(const UserOptions& options, Accounts& accounts,
                 const access_control::Principal& by, const base::Clock& clock,
                 base::Random& random, std::istream& input, std::ostream& out) {
  switch (options.action) {
    case UserOptions::Action::kAdd: return Add(options, accounts, by, random, input, out);
    case UserOptions::Action::kList: {
      TRY_ASSIGN(const auto users, accounts.List());
      for (const User& user : users) Print(user, clock.Now(), out);
      return base::Ok();
    }
    case UserOptions::Action::kPassword: {
      TRY(accounts.FindByLogin(options.login));
      TRY_ASSIGN(std::string password, NewPassword(options, random, input, out));
      return Change(options, accounts, by, {.new_password = std::move(password)}, out);
    }
    case UserOptions::Action::kDisable:
      return Change(options, accounts, by, {.disabled = true}, out);
    case UserOptions::Action::kEnable:
      return Change(options, accounts, by, {.disabled = false}, out);
    case UserOptions::Action::kUnlock: return Change(options, accounts, by, {.unlock = true}, out);
  }
  return base::Internal("no such action");
}

}  // namespace

int RunUser(const UserOptions& options, fhir::store::Store& store, const std::string& station_id,
            const base::Clock& clock, base::Random& random, std::istream& input, std::ostream& out,
            std::ostream& err) {
  security::PasswordHasher hasher(random);
  Accounts accounts(store, hasher, clock, random, station_id);
  const auto status = Run(options, accounts, access_control::SystemPrincipal(station_id), clock,
                          random, input, out);
  if (status.ok()) return 0;
  err << status.error().message << "\n";
  return 1;
}

}  // namespace app::commands
