#include "app/commands/init.h"

#include <memory>
#include <utility>

#include "access/accounts.h"
#include "access/store_record_scope.h"
#include "app/commands/seal_key.h"
#include "app/wiring/station_record.h"
#include "security/password_hasher.h"
#include "storage/sqlite/sqlite_store.h"

namespace app::commands {
namespace {

// Letters and digits that are not mixed up when read from paper.
constexpr std::string_view kPasswordLetters =
    "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

std::string MakePassword(base::Random& random) {
  constexpr int kLength = 16;  // 92 bits
  std::string password;
  for (int i = 0; i < kLength; ++i) {
    if (i > 0 && i % 4 == 0) password += '-';
    password += kPasswordLetters[random.Below(kPasswordLetters.size())];
  }
  return password;
}

base::Status WriteStation(fhir::store::Store& store, const care::shared::Station& station,
                          const base::Clock& clock, base::Random& random) {
  access_control::StoreRecordScope scope(store,
                                         access_control::SystemPrincipal(station.organization_id),
                                         access_control::Purpose::kOperations, clock, random);
  access_control::Change change = scope.NewChange();
  change.Create(app::wiring::ToOrganization(station));
  TRY(scope.Commit(std::move(change)));
  return base::Ok();
}

base::Status AddAdministrator(fhir::store::Store& store, const InitOptions& options,
                              const InitResult& result, const base::Clock& clock,
                              base::Random& random) {
  security::PasswordHasher hasher(random);
  access_control::Accounts accounts(store, hasher, clock, random, result.organization_id);
  TRY(accounts.Create(access_control::SystemPrincipal(result.organization_id),
                      {.login = options.login,
                       .name = options.name,
                       .roles = {access_control::Role::kAdministrator},
                       .password = result.password}));
  return base::Ok();
}

}  // namespace

base::Result<InitResult> Init(const InitOptions& options, const base::Clock& clock,
                              base::Random& random) {
  InitResult result;
  TRY_ASSIGN(result.recovery_key, storage::sqlite::CreateDataFolder(options.folder, random));
  result.password = options.password.empty() ? MakePassword(random) : options.password;
  care::shared::Station station = options.station;
  if (station.organization_id.empty()) {
    station.organization_id = app::wiring::kStationOrganizationId;
  }
  result.organization_id = station.organization_id;
  TRY_ASSIGN(const std::unique_ptr<storage::sqlite::SqliteStore> store,
             storage::sqlite::SqliteStore::Open({.folder = options.folder, .clock = &clock}));
  TRY(WriteStation(*store, station, clock, random));
  TRY(AddAdministrator(*store, options, result, clock, random));
  TRY(store->FlushAudit());
  return result;
}

int RunInit(const InitOptions& options, const base::Clock& clock, base::Random& random,
            std::ostream& out, std::ostream& err) {
  const base::Result<InitResult> result = Init(options, clock, random);
  if (!result.ok()) {
    err << result.error().message << "\n";
    return 1;
  }
  const bool credential = storage::sqlite::KeyOrigin(options.folder) == "systemd-credential";
  out << "Đã tạo dữ liệu của " << options.station.name << " trong " << options.folder.directory
      << "\n\n"
      << "Khóa dữ liệu: "
      << (credential ? std::string("do systemd giữ (credential tram.key)")
                     : options.folder.directory + "/key (chỉ chủ máy đọc được)")
      << "\nKHÓA KHÔI PHỤC, chỉ hiện một lần. Hãy chép ra giấy và cất nơi khác:\n\n    "
      << result->recovery_key << "\n\n"
      << "Tài khoản quản trị: " << options.login << "\n";
  if (options.password.empty()) out << "Mật khẩu:           " << result->password << "\n";
  if (credential) return 0;
  if (const auto sealed = SealKey(options.folder.directory); sealed.ok()) {
    out << "\nBản khóa niêm phong theo máy này: " << *sealed
        << "\nTrong tệp dịch vụ systemd: LoadCredentialEncrypted=tram.key:" << *sealed
        << "\nKhi dịch vụ đã chạy bằng bản niêm phong, hãy cất tệp key sang nơi khác.\n";
  }
  return 0;
}

}  // namespace app::commands
