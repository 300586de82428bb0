// Calling these makes the linker take the files whose TEST_Ps nobody else refers to.
#pragma once

namespace testkit {

void LinkCommitPart();
void LinkHistoryPart();
void LinkLogPart();
void LinkSearchPart();
void LinkPagePart();
void LinkConcurrencyPart();
void LinkOraclePart();

inline void LinkAllParts() {
  LinkCommitPart();
  LinkHistoryPart();
  LinkLogPart();
  LinkSearchPart();
  LinkPagePart();
  LinkConcurrencyPart();
  LinkOraclePart();
}

}  // namespace testkit
