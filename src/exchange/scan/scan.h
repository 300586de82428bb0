// What a keyboard-wedge scanner or a person typed into the one input box: recognised by its shape,
// read by the codec it belongs to, or refused with a sentence that names the field and the remedy.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "exchange/identity_card/citizen_card.h"
#include "exchange/insurance/card_qr.h"
#include "exchange/payment_qr/payment_qr.h"

namespace exchange::scan {

// Codes a station prints itself (docs/formats/scan.md), always in upper case but for prescriptions.
enum class CodeKind {
  kBooking,        // "DH-4F7K2M": DH, hyphen, 6 to 10 letters or digits
  kTicket,         // "A012": the queue number
  kPatientNumber,  // "26-000123"
  kTemporaryId,    // "TAM-…": a person without identity papers
  kPrescription,   // 14 characters of TT 26/2025
  kBill,           // "TYT" + 8: the reference of a bill
};

struct Code {
  CodeKind kind = CodeKind::kBooking;
  std::string text;
};

// Nine digits: the old identity card (CMND).
struct OldIdNumber {
  std::string text;
};

// A person's name as typed, perhaps followed by a year of birth.
struct NameText {
  std::string text;
};

// A bare insurance number of ten digits may be a telephone number too: look under both.
using Scan =
    std::variant<identity_card::CitizenCard, insurance::CardQr, payment_qr::PaymentQr, Code,
                 identity_card::PersonalNumber, insurance::CardNumber, OldIdNumber, NameText>;

base::Result<Scan> ReadScan(std::string_view text);

}  // namespace exchange::scan
