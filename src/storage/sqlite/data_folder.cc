#include "storage/sqlite/data_folder.h"

#include <filesystem>
#include <optional>
#include <vector>

#include <openssl/crypto.h>

#include "base/text.h"
#include "storage/sqlite/files.h"
#include "storage/sqlite/sealing.h"

namespace storage::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr char kKeyFile[] = "/key";
constexpr char kCipherFile[] = "/cipher";
constexpr char kRecoveryFile[] = "/recovery.key";
constexpr char kCredential[] = "/tram.key";

constexpr std::string_view kWrapFormat = "tram-recovery-1";
constexpr std::string_view kWrapPurpose = "tram recovery key, version 1";
// Crockford's base 32: no I, L, O, U. https://www.crockford.com/base32.html
constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr size_t kRecoveryBytes = 20;
constexpr size_t kSaltBytes = 16;

base::Error BadKeyFile() {
  return base::Unprocessable("Tệp khóa không hợp lệ: cần 64 chữ số thập lục phân.");
}

base::Error WrongRecoveryKey() {
  return base::Unprocessable("Khóa khôi phục không đúng. Hãy kiểm tra lại từng ký tự.");
}

// The secret behind what a person typed; nullopt if it cannot be a recovery key.
std::optional<std::string> ParseRecoveryKey(std::string_view typed) {
  std::string secret;
  uint32_t buffer = 0;
  int bits = 0;
  for (char letter : typed) {
    if (letter == '-' || letter == ' ' || letter == '\n' || letter == '\r') continue;
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    if (letter == 'O') letter = '0';
    if (letter == 'I' || letter == 'L') letter = '1';
    const size_t value = kLetters.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 5 | static_cast<uint32_t>(value)) & 0xFFFFF;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      secret += static_cast<char>(buffer >> bits & 0xFF);
    }
  }
  if (secret.size() != kRecoveryBytes) return std::nullopt;
  return secret;
}

}  // namespace

std::string DatabasePath(const DataFolder& folder) { return folder.directory + "/tram.db"; }

bool HasDatabase(const DataFolder& folder) { return fs::exists(DatabasePath(folder)); }

std::string_view KeyOrigin(const DataFolder& folder) {
  const bool credential = !folder.credentials_directory.empty() &&
                          fs::exists(folder.credentials_directory + kCredential);
  return credential ? "systemd-credential" : "key-file";
}

base::Result<std::string> CreateDataFolder(const DataFolder& folder, base::Random& random) {
  std::error_code failed;
  fs::create_directories(folder.directory, failed);
  if (failed) return base::Unprocessable("Không tạo được thư mục dữ liệu.");
  fs::permissions(folder.directory, fs::perms::owner_all, failed);
  if (HasDatabase(folder) || fs::exists(folder.directory + kKeyFile)) {
    return base::Conflict("Thư mục này đã có dữ liệu. Hãy chọn thư mục khác.");
  }
  TRY(WriteSmallFile(folder.directory + kCipherFile, Name(BestCipherOfThisProcessor())));
  std::string data_key;
  if (KeyOrigin(folder) == "key-file") {
    data_key = random.Bytes(kKeyBytes);
    TRY(WriteSmallFile(folder.directory + kKeyFile, base::ToHex(data_key) + "\n"));
  } else {
    TRY_ASSIGN(PageKey given, LoadPageKey(folder));
    data_key = std::move(given.bytes);
  }
  std::string recovery_key = MakeRecoveryKey(random);
  TRY(WriteSmallFile(folder.directory + kRecoveryFile, WrapKey(data_key, recovery_key, random)));
  OPENSSL_cleanse(data_key.data(), data_key.size());
  return recovery_key;
}

base::Result<PageKey> LoadPageKey(const DataFolder& folder) {
  PageKey key;
  TRY_ASSIGN(const std::string cipher, ReadSmallFile(folder.directory + kCipherFile));
  TRY_ASSIGN(key.cipher, ParseCipher(base::Trim(cipher)));
  TRY_ASSIGN(
      const std::string hex,
      ReadSmallFile(KeyOrigin(folder) == "key-file" ? folder.directory + kKeyFile
                                                    : folder.credentials_directory + kCredential));
  std::optional<std::string> bytes = base::FromHex(base::Trim(hex));
  if (!bytes.has_value() || bytes->size() != kKeyBytes) return BadKeyFile();
  key.bytes = std::move(*bytes);
  return key;
}

std::string MakeRecoveryKey(base::Random& random) {
  const std::string secret = random.Bytes(kRecoveryBytes);
  std::string key;
  uint32_t buffer = 0;
  int bits = 0;
  int letters = 0;
  for (const char byte : secret) {
    buffer = buffer << 8 | static_cast<unsigned char>(byte);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      if (letters > 0 && letters % 4 == 0) key += '-';
      key += kLetters[buffer >> bits & 31];
      ++letters;
    }
    buffer &= (1U << bits) - 1;
  }
  return key;
}

std::string WrapKey(std::string_view data_key, std::string_view recovery_key,
                    base::Random& random) {
  const std::optional<std::string> secret = ParseRecoveryKey(recovery_key);
  CHECK(secret.has_value());
  const std::string salt = random.Bytes(kSaltBytes);
  const std::string nonce = random.Bytes(kNonceBytes);
  const std::string sealed =
      Seal(DeriveKey(*secret, salt, kWrapPurpose), nonce, data_key, kWrapFormat);
  return std::string(kWrapFormat) + " " + base::ToHex(salt) + " " + base::ToHex(nonce) + " " +
         base::ToHex(sealed) + "\n";
}

base::Result<std::string> UnwrapKey(std::string_view wrapped, std::string_view recovery_key) {
  const std::vector<std::string_view> parts = base::Split(base::Trim(wrapped), ' ');
  if (parts.size() != 4 || parts[0] != kWrapFormat) {
    return base::Unprocessable("Tệp recovery.key không hợp lệ.");
  }
  const std::optional<std::string> secret = ParseRecoveryKey(recovery_key);
  const auto salt = base::FromHex(parts[1]), nonce = base::FromHex(parts[2]),
             sealed = base::FromHex(parts[3]);
  if (!salt.has_value() || !nonce.has_value() || !sealed.has_value()) {
    return base::Unprocessable("Tệp recovery.key không hợp lệ.");
  }
  if (!secret.has_value()) return WrongRecoveryKey();
  std::optional<std::string> key =
      Unseal(DeriveKey(*secret, *salt, kWrapPurpose), *nonce, *sealed, kWrapFormat);
  if (!key.has_value() || key->size() != kKeyBytes) return WrongRecoveryKey();
  return std::move(*key);
}

}  // namespace storage::sqlite
