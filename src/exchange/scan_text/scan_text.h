// The hygiene every scanned string passes before a codec reads it: what keyboard-wedge scanners,
// input methods and hostile labels do to text is refused here, with a sentence naming the remedy.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace exchange::scan_text {

// Takes the scanner's own additions off (CR/LF/tab/space at the ends, a byte order mark, an AIM
// symbology prefix such as "]Q3") and returns the text in NFC. Refuses: nothing left, more than
// base::kMaxScanBytes (kTooLarge), bytes that are not UTF-8, control characters, invisible and
// direction-changing characters, replacement characters and text decoded with the wrong code page.
base::Result<std::string> Clean(std::string_view text);

// A field that must be plain ASCII but carries Vietnamese letters was rewritten by an input method
// (Telex turns "aa" into "â", "dd" into "đ"; VNI eats digits).
bool IsRewrittenByInputMethod(std::string_view field);

// Error for a field that should have been plain: blames the input method when it is to blame,
// otherwise says `problem`. `label` is the field's Vietnamese name, `field` its JSON key.
base::Error FieldError(std::string_view label, std::string_view field, std::string_view value,
                       std::string_view problem);

// A person's name: 1 to 255 characters, Latin letters with any mark, space, ' ’ - . and nothing
// else. Returns it trimmed, in NFC, runs of space made one.
base::Result<std::string> ReadName(std::string_view text, std::string_view label,
                                   std::string_view field);

// Free text such as an address: up to 1,024 characters, no '<' or '>', trimmed and in NFC.
base::Result<std::string> ReadFreeText(std::string_view text, std::string_view label,
                                       std::string_view field);

}  // namespace exchange::scan_text
