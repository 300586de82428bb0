#include "access/audit_anchor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/json.h"
#include "base/random.h"
#include "base/text.h"
#include "security/digest.h"

namespace access_control {
namespace {

using base::Json;

constexpr size_t kKeyBytes = 32;
constexpr size_t kMostBytes = 4096;

base::Error FileTrouble(std::string_view what) {
  return base::Unavailable("Không đọc hoặc ghi được tệp neo nhật ký truy cập.",
                           std::string(what) + ": errno " + std::to_string(errno));
}

struct Descriptor {
  int number = -1;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

// kNotFound when there is no such file.
base::Result<std::string> ReadFile(const std::string& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0) {
    if (errno == ENOENT) return base::NotFound("Chưa có tệp neo nhật ký truy cập.");
    return FileTrouble("open");
  }
  std::string text(kMostBytes, '\0');
  const ssize_t got = ::read(file.number, text.data(), text.size());
  if (got < 0) return FileTrouble("read");
  text.resize(static_cast<size_t>(got));
  return text;
}

// Whole or not at all, and durable.
base::Status WriteFile(const std::string& folder, const std::string& name, std::string_view text) {
  const std::string path = folder + "/" + name;
  const std::string fresh = path + ".new";
  {
    const Descriptor file{::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (file.number < 0) return FileTrouble("create");
    if (::write(file.number, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
      return FileTrouble("write");
    }
    if (::fsync(file.number) != 0) return FileTrouble("fsync");
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) return FileTrouble("rename");
  const Descriptor directory{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (directory.number < 0 || ::fsync(directory.number) != 0) return FileTrouble("fsync folder");
  return base::Ok();
}

std::string MacOf(std::string_view key, fhir::store::Sequence sequence, std::string_view hash) {
  return base::ToHex(
      security::HmacSha256(key, std::to_string(sequence) + "\n" + std::string(hash) + "\n"));
}

base::Error Forged() {
  return base::Unprocessable("Tệp neo nhật ký truy cập đã bị sửa hoặc khoá của nó bị mất.");
}

}  // namespace

AuditAnchor::AuditAnchor(std::string folder, const base::Clock& clock)
    : folder_(std::move(folder)), clock_(clock) {}

base::Result<std::string> AuditAnchor::Key(bool make) {
  auto key = ReadFile(folder_ + "/audit-anchor.key");
  if (key.ok()) {
    if (key->size() != kKeyBytes) return Forged();
    return key;
  }
  if (key.error().code != base::ErrorCode::kNotFound || !make) return key;
  base::SystemRandom random;
  const std::string fresh = random.Bytes(kKeyBytes);
  TRY(WriteFile(folder_, "audit-anchor.key", fresh));
  return fresh;
}

base::Result<AuditAnchor::Anchor> AuditAnchor::ReadAnchor() {
  TRY_ASSIGN(const std::string text, ReadFile(folder_ + "/audit-anchor.json"));
  auto key = Key(false);
  if (!key.ok()) return Forged();
  const auto json = Json::Parse(text);
  if (!json.ok()) return Forged();
  const Anchor anchor{(*json)["sequence"].Int(), (*json)["hash"].String()};
  if (!security::ConstantTimeEqual(MacOf(*key, anchor.sequence, anchor.hash),
                                   (*json)["mac"].String())) {
    return Forged();
  }
  return anchor;
}

base::Status AuditAnchor::WriteAnchor(const Anchor& anchor) {
  TRY_ASSIGN(const std::string key, Key(true));
  const Json json = Json::Obj({{"sequence", anchor.sequence},
                               {"hash", anchor.hash},
                               {"at", clock_.Now().ToUtc()},
                               {"mac", MacOf(key, anchor.sequence, anchor.hash)}});
  return WriteFile(folder_, "audit-anchor.json", json.Dump() + "\n");
}

base::Status AuditAnchor::Advance(fhir::store::Store& store) {
  TRY(store.FlushAudit());
  TRY_ASSIGN(auto read, store.BeginRead());
  TRY_ASSIGN(const auto newest, read->ReadAuditBackwards(0, 1));
  auto before = ReadAnchor();
  if (!before.ok() && before.error().code != base::ErrorCode::kNotFound) {
    return std::move(before).error();
  }
  if (before.ok()) {
    TRY_ASSIGN(const auto there, read->ReadAudit(before->sequence - 1, 1));
    if (there.empty() || there.front().sequence != before->sequence ||
        there.front().hash != before->hash) {
      return base::Conflict("Nhật ký truy cập không còn khớp với tệp neo. Hãy kiểm tra ngay.");
    }
    if (newest.front().sequence == before->sequence) return base::Ok();
  }
  if (newest.empty()) return base::Ok();
  return WriteAnchor({newest.front().sequence, newest.front().hash});
}

base::Result<ChainVerdict> AuditAnchor::Verify(fhir::store::Store& store) {
  TRY(store.FlushAudit());
  TRY_ASSIGN(auto read, store.BeginRead());
  TRY_ASSIGN(const auto report, fhir::store::VerifyAuditChain(*read));
  ChainVerdict verdict{.records = report.records};
  if (report.fault.has_value()) {
    verdict.message = "Nhật ký truy cập SAI ở bản ghi " + std::to_string(report.fault->sequence) +
                      ": " + report.fault->reason;
    return verdict;
  }
  auto anchor = ReadAnchor();
  if (!anchor.ok() && anchor.error().code != base::ErrorCode::kNotFound) {
    if (anchor.error().code != base::ErrorCode::kUnprocessable) return std::move(anchor).error();
    verdict.message = anchor.error().message;
    return verdict;
  }
  if (!anchor.ok()) {
    verdict.ok = true;
    verdict.message =
        "Chuỗi " + std::to_string(report.records) +
        " bản ghi nguyên vẹn; chưa có tệp neo nên không thể biết đuôi có bị cắt hay không.";
    return verdict;
  }
  verdict.anchored = anchor->sequence;
  TRY_ASSIGN(const auto there, read->ReadAudit(anchor->sequence - 1, 1));
  if (there.empty() || there.front().sequence != anchor->sequence) {
    verdict.message = "Nhật ký truy cập bị CẮT: tệp neo ghi " + std::to_string(anchor->sequence) +
                      " bản ghi, chỉ còn " + std::to_string(report.records) + ".";
    return verdict;
  }
  if (there.front().hash != anchor->hash) {
    verdict.message = "Nhật ký truy cập đã bị THAY: bản ghi " + std::to_string(anchor->sequence) +
                      " khác với bản ghi đã neo.";
    return verdict;
  }
  verdict.ok = true;
  verdict.message = "Chuỗi " + std::to_string(report.records) +
                    " bản ghi nguyên vẹn, đã neo đến bản ghi " + std::to_string(anchor->sequence) +
                    ".";
  return verdict;
}

}  // namespace access_control
