#include "app/commands/seal_key.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

namespace app::commands {

base::Result<std::string> SealKey(const std::string& directory) {
  const std::string key = directory + "/key";
  const std::string sealed = directory + "/tram.key.cred";
  constexpr const char* kProgram = "/usr/bin/systemd-creds";
  if (access(kProgram, X_OK) != 0 || access(key.c_str(), R_OK) != 0) {
    return base::Unavailable("Máy này không có systemd-creds để niêm phong khoá.");
  }
  // The default "auto" takes the TPM and the host key together where there is a TPM.
  std::string arguments[] = {kProgram, "encrypt", "--name=tram.key", key, sealed};
  char* argv[] = {arguments[0].data(), arguments[1].data(), arguments[2].data(),
                  arguments[3].data(), arguments[4].data(), nullptr};
  char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
  char* environment[] = {path, nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int spawned = posix_spawn(&child, kProgram, &actions, nullptr, argv, environment);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  const bool done = spawned == 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
                    WEXITSTATUS(status) == 0;
  std::error_code error;
  if (!done || !std::filesystem::exists(sealed, error)) {
    return base::Unavailable("systemd-creds không niêm phong được khoá trên máy này.");
  }
  std::filesystem::permissions(
      sealed, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
  return sealed;
}

}  // namespace app::commands
