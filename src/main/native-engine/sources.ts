/*
 * What is compiled beside tfjs-node's binding. Without Python around it, TensorFlow 2.21 does not read
 * TF_CPP_MIN_LOG_LEVEL, and tells everybody about oneDNN.
 */

/** Part of the binding: from its loading on the level counts. The levels are Abseil's; the name is of its release. */
export const LOG_LEVEL = `
#include <cstdlib>
namespace absl {
inline namespace lts_20250814 {
enum class LogSeverityAtLeast : int;
void SetMinLogLevel(LogSeverityAtLeast);
}
}
namespace {
const bool done = [] {
  const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  if (level) absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(std::atoi(level)));
  return true;
}();
}
`

/**
 * An addon of its own: \`mute\` keeps the standard error output still until \`restore\`. The library speaks while it is
 * loaded, before anything can be set in it.
 */
export const MUTE = `
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>
namespace {
int kept = -1;
napi_value Mute(napi_env, napi_callback_info) {
  const int nothing = open("/dev/null", O_WRONLY);
  if (nothing < 0 || kept >= 0) return nullptr;
  kept = dup(STDERR_FILENO);
  dup2(nothing, STDERR_FILENO);
  close(nothing);
  return nullptr;
}
napi_value Restore(napi_env, napi_callback_info) {
  if (kept < 0) return nullptr;
  dup2(kept, STDERR_FILENO);
  close(kept);
  kept = -1;
  return nullptr;
}
}
NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"mute", nullptr, Mute, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"restore", nullptr, Restore, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, 2, functions);
  return exports;
}
`
