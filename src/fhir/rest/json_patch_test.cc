#include "fhir/rest/json_patch.h"

#include <gtest/gtest.h>

namespace fhir::rest {
namespace {

struct Case {
  const char* name;
  const char* target;
  const char* patch;
  const char* result;  // nullptr: refused
};

class JsonPatch : public testing::TestWithParam<Case> {};

TEST_P(JsonPatch, DoesAsRfc6902Says) {
  const auto target = base::Json::Parse(GetParam().target).value();
  const auto patch = base::Json::Parse(GetParam().patch).value();
  const auto result = ApplyJsonPatch(target, patch);
  ASSERT_EQ(result.ok(), GetParam().result != nullptr);
  if (!result.ok()) return;
  EXPECT_EQ(result->Dump(), GetParam().result);
}

// From RFC 6902 appendix A.
INSTANTIATE_TEST_SUITE_P(
    Rfc, JsonPatch,
    testing::Values(
        Case{"AddMember", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux"}])",
             R"({"foo":"bar","baz":"qux"})"},
        Case{"AddItem", R"({"foo":["bar","baz"]})",
             R"([{"op":"add","path":"/foo/1","value":"qux"}])", R"({"foo":["bar","qux","baz"]})"},
        Case{"RemoveMember", R"({"baz":"qux","foo":"bar"})", R"([{"op":"remove","path":"/baz"}])",
             R"({"foo":"bar"})"},
        Case{"RemoveItem", R"({"foo":["bar","qux","baz"]})", R"([{"op":"remove","path":"/foo/1"}])",
             R"({"foo":["bar","baz"]})"},
        Case{"Replace", R"({"baz":"qux","foo":"bar"})",
             R"([{"op":"replace","path":"/baz","value":"boo"}])", R"({"baz":"boo","foo":"bar"})"},
        Case{"Move", R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})",
             R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])",
             R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})"},
        Case{"MoveItem", R"({"foo":["all","grass","cows","eat"]})",
             R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])",
             R"({"foo":["all","cows","eat","grass"]})"},
        Case{"Copy", R"({"a":1})", R"([{"op":"copy","from":"/a","path":"/b"}])",
             R"({"a":1,"b":1})"},
        Case{"TestHolds", R"({"baz":"qux"})", R"([{"op":"test","path":"/baz","value":"qux"}])",
             R"({"baz":"qux"})"},
        Case{"TestFails", R"({"baz":"qux"})", R"([{"op":"test","path":"/baz","value":"bar"}])",
             nullptr},
        Case{"AddToMissingParent", R"({"foo":"bar"})",
             R"([{"op":"add","path":"/baz/bat","value":"qux"}])", nullptr},
        Case{"EscapedTilde", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10}])",
             R"({"/":9,"~1":10})"},
        Case{"AppendItem", R"({"foo":["bar"]})",
             R"([{"op":"add","path":"/foo/-","value":["abc"]}])", R"({"foo":["bar",["abc"]]})"},
        Case{"RemoveMissing", R"({"a":1})", R"([{"op":"remove","path":"/b"}])", nullptr},
        Case{"LeadingZero", R"({"a":[1,2]})", R"([{"op":"remove","path":"/a/01"}])", nullptr},
        Case{"BeyondTheEnd", R"({"a":[1]})", R"([{"op":"add","path":"/a/2","value":3}])", nullptr},
        Case{"IntoItself", R"({"a":{"b":1}})", R"([{"op":"move","from":"/a","path":"/a/b"}])",
             nullptr},
        Case{"UnknownOperation", R"({})", R"([{"op":"brew","path":"/a"}])", nullptr},
        Case{"MissingValue", R"({})", R"([{"op":"add","path":"/a"}])", nullptr},
        Case{"NotAnArray", R"({})", R"({"op":"remove","path":"/a"})", nullptr}),
    [](const testing::TestParamInfo<Case>& test) { return test.param.name; });

}  // namespace
}  // namespace fhir::rest
