#include "storage/memory/memory_store.h"

#include "testkit/store_contract/store_contract.h"

namespace testkit {

INSTANTIATE_TEST_SUITE_P(Memory, StoreContract,
                         testing::Values(StoreMaker{"memory", storage::memory::MakeMemoryStore}),
                         MakerName);

}  // namespace testkit
