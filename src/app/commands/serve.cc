#include "app/commands/serve.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include <filesystem>

#include "app/commands/init.h"
#include "app/demo/seed.h"
#include "app/wiring/caller.h"
#include "base/log.h"
#include "http/server.h"

namespace app::commands {
namespace {

namespace fs = std::filesystem;

// Blocks the signals before any thread starts, so that only this thread hears them.
sigset_t BlockStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

int Fail(const base::Error& error, std::ostream& err) {
  err << error.message << '\n';
  if (!error.detail.empty()) base::LogError("start_failed", {{"detail", error.detail}});
  return 1;
}

}  // namespace

int RunServe(const ServeOptions& options, std::ostream& err) {
  const sigset_t signals = BlockStopSignals();
  auto node = wiring::Node::Open(options.node);
  if (!node.ok()) return Fail(node.error(), err);
  if (options.prepare) {
    if (const auto prepared = options.prepare(**node); !prepared.ok()) return Fail(prepared.error(), err);
  }
  const wiring::Config& config = options.node.config;
  http::ServerOptions server_options;
  server_options.address = config.address;
  server_options.port = config.port;
  server_options.workers = config.workers;
  server_options.certificate_file = config.certificate_file;
  server_options.key_file = config.key_file;
  server_options.body_limit = wiring::BodyLimit;
  server_options.metrics = &(*node)->metrics();
  server_options.clock = &(*node)->clock();
  auto server = http::Server::Start(std::move(server_options), (*node)->MakeRouter());
  if (!server.ok()) return Fail(server.error(), err);
  (*node)->StartBackground();
  const bool tls = !config.certificate_file.empty();
  const std::string host = config.address == "127.0.0.1" ? "localhost" : config.address;
  const std::string url =
      std::string(tls ? "https" : "http") + "://" + host + ":" + std::to_string((*server)->port());
  base::LogInfo("listening", {{"address", config.address}, {"port", static_cast<int>((*server)->port())}});
  if (options.ready) options.ready(url);
  int signal = 0;
  sigwait(&signals, &signal);
  base::LogInfo("stopping", {{"signal", signal}});
  (*server)->Stop();
  (*node)->Stop();
  return 0;
}

int RunDemo(const DemoOptions& options, std::ostream& out, std::ostream& err) {
  std::string folder = options.data_folder;
  const bool temporary = folder.empty();
  if (temporary) {
    std::string pattern = (fs::temp_directory_path() / "tram-demo-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
      err << "Không tạo được thư mục tạm.\n";
      return 1;
    }
    folder = pattern + "/data";
  }
  const base::SystemClock clock;
  base::SystemRandom random;
  const bool fresh = !fs::exists(folder) || fs::is_empty(folder);
  if (fresh) {
    InitOptions init;
    init.folder.directory = folder;
    init.station = demo::DemoStation();
    init.login = "quantri";
    init.name = "Quản trị Mẫu";
    init.password = demo::kDemoPassword;
    if (const auto made = Init(init, clock, random); !made.ok()) return Fail(made.error(), err);
  }
  ServeOptions serve;
  serve.node.data_folder = folder;
  serve.node.web_folder = options.web_folder;
  serve.node.config.port = options.port;
  serve.node.demo = true;
  serve.prepare = [&](wiring::Node& node) -> base::Status {
    if (!fresh) return base::Ok();
    demo::SeedOptions seed;
    seed.residents = options.residents;
    seed.visits_yesterday = options.visits_yesterday;
    return demo::Seed(node, seed, [&](std::string_view line) { out << line << std::endl; });
  };
  serve.ready = [&](const std::string& url) {
    out << "\nTrạm đang chạy: " << url << "\n\nĐăng nhập thử (mật khẩu chung: " << demo::kDemoPassword
        << ")\n";
    for (const auto& member : demo::Staff()) {
      out << "  " << member.login << std::string(14 - member.login.size(), ' ') << member.name << "\n";
    }
    out << "\nMàn hình chờ: " << url << "/queue\nDừng: Ctrl+C" << std::endl;
  };
  const int result = RunServe(serve, err);
  if (temporary) {
    std::error_code ignored;
    fs::remove_all(fs::path(folder).parent_path(), ignored);
  }
  return result;
}

std::string FindWebFolder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& candidate :
       {program / "../share/tram/web", program / "../../../../web/dist", program / "../../../web/dist",
        fs::path("web/dist")}) {
    if (fs::exists(candidate / "index.html", error)) return fs::canonical(candidate, error).string();
  }
  return {};
}

}  // namespace app::commands
