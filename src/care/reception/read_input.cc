#include "care/reception/read_input.h"

#include "base/text.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "exchange/scan/scan.h"

namespace care::reception {

using access_control::Record;
using base::Json;
namespace sid = shared::sid;

namespace {

// "NGUYEN VAN A" and "NGUYỄN VĂN A" are how cards print; people write "Nguyễn Văn A".
std::string TitleCase(std::string_view name) {
  std::string out;
  for (std::string_view word : base::Split(name, ' ')) {
    if (word.empty()) continue;
    size_t first = 1;
    while (first < word.size() && (static_cast<unsigned char>(word[first]) & 0xC0) == 0x80) ++first;
    if (!out.empty()) out += ' ';
    out += base::ToUpper(word.substr(0, first));
    out += base::ToLower(word.substr(first));
  }
  return out;
}

std::string IsoOrEmpty(const std::optional<base::Date>& date) { return date ? date->ToIso() : ""; }

// Fills what each kind of scan tells about a person; looking people up comes after.
struct FormFiller {
  ReadOutput& out;

  void operator()(const exchange::identity_card::CitizenCard& card) const {
    out.kind = "citizen_card";
    out.form.name = TitleCase(card.name);
    out.form.birth_date = card.birth_date.ToIso();
    out.form.gender = card.sex == exchange::identity_card::Sex::kMale ? "male" : "female";
    out.form.personal_number = card.personal_number;
    out.form.old_id = card.old_id;
    out.form.address = card.address;
    out.warnings = card.warnings;
  }
  void operator()(const exchange::insurance::CardQr& card) const {
    out.kind = "insurance_card";
    out.form.name = TitleCase(card.name);
    out.form.birth_date = card.birth_date;
    out.form.gender = card.sex == exchange::insurance::CardSex::kMale ? "male" : "female";
    out.form.address = card.address;
    out.form.insurance = InsuranceForm{card.number.text, IsoOrEmpty(card.valid_from),
                                       IsoOrEmpty(card.valid_to), card.registered_facility,
                                       IsoOrEmpty(card.five_years_from)};
    if (card.number.kind == exchange::insurance::CardNumberKind::kPersonalNumber) {
      out.form.personal_number = card.number.text;
    }
    out.warnings = card.warnings;
  }
  void operator()(const exchange::payment_qr::PaymentQr&) const {
    out.kind = "payment_qr";
    out.warnings.emplace_back("Đây là mã thanh toán, hãy quét ở quầy thu ngân.");
  }
  void operator()(const exchange::scan::Code& code) const {
    using exchange::scan::CodeKind;
    switch (code.kind) {
      case CodeKind::kBooking: out.kind = "booking"; break;
      case CodeKind::kTicket: out.kind = "ticket"; break;
      case CodeKind::kPatientNumber: out.kind = "patient_number"; break;
      case CodeKind::kTemporaryId: out.kind = "temporary_id"; break;
      case CodeKind::kPrescription: out.kind = "prescription"; break;
      case CodeKind::kBill: out.kind = "bill"; break;
    }
  }
  void operator()(const exchange::identity_card::PersonalNumber& number) const {
    out.kind = "personal_number";
    out.form.personal_number = number.text;
    out.form.birth_date = std::to_string(number.birth_year);
    out.form.gender = number.sex == exchange::identity_card::Sex::kMale ? "male" : "female";
  }
  void operator()(const exchange::insurance::CardNumber& number) const {
    out.kind = "insurance_number";
    out.form.insurance = InsuranceForm{number.text, "", "", "", ""};
  }
  void operator()(const exchange::scan::OldIdNumber& number) const {
    out.kind = "old_id";
    out.form.old_id = number.text;
  }
  void operator()(const exchange::scan::NameText& name) const {
    out.kind = "name";
    std::string words;
    for (std::string_view word : base::Split(name.text, ' ')) {
      if (word.size() == 4 && base::IsDigits(word)) {
        out.form.birth_date = std::string(word);
      } else if (!word.empty()) {
        words += (words.empty() ? "" : " ") + std::string(word);
      }
    }
    out.form.name = TitleCase(words);
  }
};

base::Status FindBooking(const std::string& code, ReadOutput& out, shared::Context& context) {
  TRY_ASSIGN(const auto bookings,
             context.record.SearchAll("Appointment?identifier=" + std::string(sid::kBooking) + "|" + code,
                                      5));
  if (bookings.empty()) {
    out.warnings.emplace_back("Không tìm thấy lịch hẹn có mã này.");
    return base::Ok();
  }
  const Record& booking = bookings.front();
  if (booking["status"].String() != "booked") {
    out.warnings.emplace_back("Lịch hẹn này đã được dùng hoặc đã huỷ.");
  }
  out.booking = Booking{booking.id(), booking["start"].String(), booking["description"].String()};
  for (const Json& participant : booking["participant"].Items()) {
    const std::string reference = shared::ReferenceOf(participant["actor"]);
    if (!reference.starts_with("Patient/")) continue;
    TRY_ASSIGN(Record patient, context.record.ReadReference(reference));
    out.people.push_back({std::move(patient), Match::kExact, {"Có lịch hẹn"}});
  }
  return base::Ok();
}

base::Status FindByTicket(const std::string& ticket, ReadOutput& out, shared::Context& context) {
  TRY_ASSIGN(const auto tickets,
             context.record.SearchAll("Task?identifier=" + std::string(sid::kQueueNumber) + "|" +
                                          context.clock.Today().ToIso() + "/" + ticket,
                                      5));
  for (const Record& task : tickets) {
    TRY_ASSIGN(Record patient, context.record.ReadReference(shared::ReferenceOf(task["for"])));
    out.people.push_back({std::move(patient), Match::kExact, {"Số thứ tự hôm nay"}});
  }
  if (tickets.empty()) out.warnings.emplace_back("Hôm nay chưa phát số thứ tự này.");
  return base::Ok();
}

}  // namespace

base::Result<ReadOutput> ReadInput(const std::string& text, shared::Context& context) {
  TRY_ASSIGN(const exchange::scan::Scan scan, exchange::scan::ReadScan(text));
  ReadOutput out;
  std::visit(FormFiller{out}, scan);
  if (const auto* code = std::get_if<exchange::scan::Code>(&scan)) {
    if (out.kind == "booking") {
      TRY(FindBooking(code->text, out, context));
    } else if (out.kind == "ticket") {
      TRY(FindByTicket(code->text, out, context));
    } else if (out.kind != "bill" && out.kind != "prescription") {
      TRY_ASSIGN(out.people, FindByText(context.record, code->text));
    }
  } else if (out.kind == "citizen_card" || out.kind == "insurance_card") {
    TRY_ASSIGN(out.people, FindLike(context.record, out.form));
  } else if (out.kind != "payment_qr") {
    TRY_ASSIGN(out.people, FindByText(context.record, text));
  }
  return out;
}

}  // namespace care::reception
