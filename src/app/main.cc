// `tram`: one program, any role. This file only knows the command line.
#include <unistd.h>

#include <functional>
#include <iostream>

#include <CLI/CLI.hpp>

#include "app/commands/audit_verify.h"
#include "app/commands/backup.h"
#include "app/commands/catalog_import.h"
#include "app/commands/claim_check.h"
#include "app/commands/claim_export.h"
#include "app/commands/export.h"
#include "app/commands/fhirpath.h"
#include "app/commands/import.h"
#include "app/commands/init.h"
#include "app/commands/scan.h"
#include "app/commands/serve.h"
#include "app/commands/user.h"
#include "app/commands/validate.h"
#include "base/log.h"

namespace {

using app::wiring::Node;

// Commands that work on a data folder open the node without listening.
int WithNode(const std::string& data, const std::function<int(Node&)>& work) {
  base::SetLogLevel(base::LogLevel::kWarning);
  app::wiring::NodeOptions options;
  options.data_folder = data;
  auto node = Node::Open(std::move(options));
  if (!node.ok()) {
    std::cerr << node.error().message << '\n';
    return 2;
  }
  return work(**node);
}

std::string CredentialsDirectory() {
  const char* directory = std::getenv("CREDENTIALS_DIRECTORY");
  return directory == nullptr ? std::string() : std::string(directory);
}

struct Arguments {
  std::string data;
  std::string config;
  std::string web;
  int port = -1;
  int residents = 2000;
  int visits = 40;
  std::vector<std::string> rest;
  std::string text;
  std::string file;
  std::string visit;
  app::commands::InitOptions init;
  app::commands::UserOptions user;
  app::commands::ImportOptions import;
  app::commands::ExportOptions export_options;
  app::commands::CatalogImportOptions catalog;
  app::commands::BackupOptions backup;
  app::commands::RestoreOptions restore;
};

void AddServing(CLI::App& app, Arguments& args, const base::Clock&, std::function<int()>& run) {
  auto* demo = app.add_subcommand("demo", "a station with synthetic residents, staff, stock and yesterday's visits");
  demo->add_option("--data", args.data, "keep the data in this folder (default: a temporary one)");
  demo->add_option("--port", args.port, "port to listen on (default 8700, 0 = any free one)");
  demo->add_option("--web", args.web, "folder of the built web app");
  demo->add_option("--residents", args.residents, "how many residents")->check(CLI::Range(1, 200000));
  demo->add_option("--visits", args.visits, "how many visits yesterday")->check(CLI::Range(0, 2000));
  demo->callback([&] {
    run = [&] {
      app::commands::DemoOptions options;
      options.data_folder = args.data;
      options.port = static_cast<uint16_t>(args.port < 0 ? 8700 : args.port);
      options.web_folder = args.web.empty() ? app::commands::FindWebFolder() : args.web;
      options.residents = args.residents;
      options.visits_yesterday = args.visits;
      return app::commands::RunDemo(options, std::cout, std::cerr);
    };
  });
  auto* serve = app.add_subcommand("serve", "run a station from its data folder");
  serve->add_option("--data", args.data, "the data folder")->required();
  serve->add_option("--port", args.port, "port to listen on");
  serve->add_option("--config", args.config, "configuration file (TOML)");
  serve->add_option("--web", args.web, "folder of the built web app");
  serve->callback([&] {
    run = [&] {
      app::commands::ServeOptions options;
      if (!args.config.empty()) {
        auto config = app::wiring::ReadConfig(args.config);
        if (!config.ok()) {
          std::cerr << config.error().message << ' ' << config.error().field << '\n';
          return 1;
        }
        options.node.config = *config;
      }
      if (args.port >= 0) options.node.config.port = static_cast<uint16_t>(args.port);
      options.node.data_folder = args.data;
      options.node.credentials_directory = CredentialsDirectory();
      options.node.web_folder = args.web.empty() ? app::commands::FindWebFolder() : args.web;
      options.ready = [](const std::string& url) { std::cout << "Trạm đang chạy: " << url << std::endl; };
      return app::commands::RunServe(options, std::cerr);
    };
  });
}

void AddKeeping(CLI::App& app, Arguments& args, const base::Clock& clock, base::Random& random,
                std::function<int()>& run) {
  auto* init = app.add_subcommand("init", "make a new station's data folder, its key and its administrator");
  init->add_option("--data", args.data, "the new data folder")->required();
  init->add_option("--name", args.init.station.name, "name of the station")->required();
  init->add_option("--facility", args.init.station.facility_code, "facility code (MA_CSKCB)")->required();
  init->add_option("--commune", args.init.station.commune_code, "commune code");
  init->add_option("--address", args.init.station.address, "address");
  init->add_option("--phone", args.init.station.phone, "telephone");
  init->add_option("--head", args.init.station.head_of_station, "head of the station");
  init->add_option("--head-social-insurance", args.init.station.head_social_insurance,
                   "BHXH number of the head, who signs claims (MA_TTDV)");
  init->add_option("--bank-bin", args.init.station.bank.bin, "BIN of the bank, for VietQR");
  init->add_option("--bank-account", args.init.station.bank.account, "account number");
  init->add_option("--bank-holder", args.init.station.bank.holder, "account holder");
  init->add_option("--desk", args.init.station.desks, "examination room, may be repeated");
  init->add_option("--admin", args.init.login, "login of the first administrator");
  init->callback([&] {
    run = [&] {
      args.init.folder = {args.data, CredentialsDirectory()};
      return app::commands::RunInit(args.init, clock, random, std::cout, std::cerr);
    };
  });
  auto* backup = app.add_subcommand("backup", "write the station's data as one encrypted file");
  backup->add_option("--data", args.data, "the data folder")->required();
  backup->add_option("file", args.backup.file, "the file to write")->required();
  backup->callback([&] {
    run = [&] {
      args.backup.folder = {args.data, CredentialsDirectory()};
      return app::commands::RunBackup(args.backup, clock, random, std::cout, std::cerr);
    };
  });
  auto* restore = app.add_subcommand("restore", "bring a backup into a new data folder");
  restore->add_option("--data", args.data, "the new data folder")->required();
  restore->add_option("file", args.restore.file, "the backup")->required();
  restore->add_option("--key-file", args.restore.key_file, "key file of the old data folder");
  restore->add_option("--recovery-key", args.restore.recovery_key, "recovery key shown by `tram init`");
  restore->callback([&] {
    run = [&] {
      args.restore.folder = {args.data, CredentialsDirectory()};
      return app::commands::RunRestore(args.restore, clock, std::cout, std::cerr);
    };
  });
}

void AddUser(CLI::App& app, Arguments& args, const base::Clock& clock, base::Random& random,
             std::function<int()>& run) {
  using Action = app::commands::UserOptions::Action;
  auto* user = app.add_subcommand("user", "accounts")->require_subcommand(1);
  const auto add = [&](const char* name, const char* about, Action action, bool needs_login) {
    auto* command = user->add_subcommand(name, about);
    command->add_option("--data", args.data, "the data folder")->required();
    if (needs_login) command->add_option("login", args.user.login, "login name")->required();
    if (action == Action::kAdd) {
      command->add_option("--name", args.user.name, "full name")->required();
      command->add_option("--role", args.user.roles, "role, may be repeated")->required();
      command->add_option("--personal-number", args.user.personal_number, "12-digit personal number");
      command->add_option("--licence", args.user.licence, "practising licence");
    }
    if (action == Action::kAdd || action == Action::kPassword) {
      command->add_flag("--generate", args.user.generate, "make a password and print it");
    }
    command->callback([&, action] {
      args.user.action = action;
      run = [&] {
        return WithNode(args.data, [&](Node& node) {
          return app::commands::RunUser(args.user, node.store(), node.station().organization_id, clock,
                                        random, std::cin, std::cout, std::cerr);
        });
      };
    });
  };
  add("add", "make an account", Action::kAdd, true);
  add("list", "list the accounts", Action::kList, false);
  add("passwd", "set a new password", Action::kPassword, true);
  add("disable", "switch an account off", Action::kDisable, true);
  add("enable", "switch an account on again", Action::kEnable, true);
  add("unlock", "end a lock-out", Action::kUnlock, true);
}

void AddExchange(CLI::App& app, Arguments& args, const base::Clock& clock, base::Random& random,
                 std::function<int()>& run) {
  auto* import = app.add_subcommand("import", "load FHIR bundles and NDJSON");
  import->add_option("--data", args.data, "the data folder")->required();
  import->add_option("files", args.import.files, "files (.json, .ndjson, .bz2, .gz) or - for standard input")->required();
  import->add_option("--failed", args.import.failed_file, "write what could not be stored to this NDJSON file");
  import->callback([&] {
    run = [&] {
      args.import.is_terminal = isatty(STDOUT_FILENO) != 0;
      return WithNode(args.data, [&](Node& node) {
        return app::commands::RunImport(args.import, node.store(), clock, random, std::cout, std::cerr);
      });
    };
  });
  auto* exporting = app.add_subcommand("export", "write every resource as NDJSON");
  exporting->add_option("--data", args.data, "the data folder")->required();
  exporting->add_option("--type", args.export_options.type, "only this resource type");
  exporting->add_option("file", args.export_options.file, "the file to write (default: standard output)");
  exporting->callback([&] {
    run = [&] {
      return WithNode(args.data, [&](Node& node) {
        return app::commands::RunExport(args.export_options, node.store(), clock, random, std::cout, std::cerr);
      });
    };
  });
  auto* catalog = app.add_subcommand("catalog", "catalogues")->require_subcommand(1);
  auto* list = catalog->add_subcommand("import", "put an official list (CSV, XLSX) in place of the one before");
  list->add_option("--data", args.data, "the data folder")->required();
  list->add_option("file", args.catalog.path, "the list")->required();
  list->add_option("--kind", args.catalog.kind, "icd10, drugs, services, analytes, communes …")->required();
  list->add_option("--from", args.catalog.from, "first day of validity (default: today)");
  list->add_option("--source", args.catalog.source, "the decision it comes from");
  list->add_flag("--dry-run", args.catalog.dry_run, "only report");
  list->callback([&] {
    run = [&] {
      return WithNode(args.data, [&](Node& node) {
        int result = 2;
        const auto done = node.As(node.SystemPrincipal(), access_control::Purpose::kOperations,
                                  [&](care::shared::Context& context) {
                                    result = app::commands::RunCatalogImport(
                                        args.catalog, clock, context.record, std::cout, std::cerr);
                                    return base::Ok();
                                  });
        return done.ok() ? result : 2;
      });
    };
  });
}

void AddReading(CLI::App& app, Arguments& args, const base::Clock& clock, std::function<int()>& run) {
  auto* scan = app.add_subcommand("scan", "say what a citizen card, insurance card or VietQR string holds");
  scan->add_option("string", args.text, "what the scanner typed")->required();
  scan->callback([&] { run = [&] { return app::commands::RunScan(args.text, std::cout, std::cerr); }; });
  auto* claim = app.add_subcommand("claim", "claims files")->require_subcommand(1);
  auto* export_claim = claim->add_subcommand("export", "write the claims file of a visit");
  export_claim->add_option("--data", args.data, "the data folder")->required();
  export_claim->add_option("--visit", args.visit, "id of the visit")->required();
  export_claim->add_option("--out", args.file, "the file to write (default: standard output)");
  export_claim->callback([&] {
    run = [&] {
      return WithNode(args.data, [&](Node& node) {
        return app::commands::RunClaimExport(node, args.visit, args.file, std::cout, std::cerr);
      });
    };
  });
  auto* check = claim->add_subcommand("check", "check any claims file");
  check->add_option("file", args.file, "the XML file")->required();
  check->callback([&] { run = [&] { return app::commands::RunClaimCheck(args.file, std::cout, std::cerr); }; });
  auto* audit = app.add_subcommand("audit", "the audit trail")->require_subcommand(1);
  auto* verify = audit->add_subcommand("verify", "find any change, removal or reordering");
  verify->add_option("--data", args.data, "the data folder")->required();
  verify->callback([&] {
    run = [&] {
      return WithNode(args.data, [&](Node& node) {
        return app::commands::RunAuditVerify(node.store(), args.data, clock, std::cout, std::cerr);
      });
    };
  });
  auto* validate = app.add_subcommand("validate", "check resources against FHIR R4");
  validate->add_option("files", args.rest, "resources as JSON, - for standard input")->required();
  validate->callback([&] {
    run = [&] { return app::commands::RunValidate(args.rest, clock, std::cin, std::cout, std::cerr); };
  });
  auto* fhirpath = app.add_subcommand("fhirpath", "evaluate a FHIRPath expression");
  fhirpath->prefix_command();
  fhirpath->callback([&, fhirpath] {
    args.rest = fhirpath->remaining();
    run = [&] {
      return app::commands::RunFhirPath(args.rest, clock, std::cin, std::cout, std::cerr);
    };
  });
}

}  // namespace

int main(int argc, char** argv) {
  const base::SystemClock clock;
  base::SystemRandom random;
  Arguments args;
  std::function<int()> run;
  CLI::App app("Tram: a commune health station without paper");
  app.set_version_flag("--version", TRAM_VERSION);
  app.require_subcommand(1);
  AddServing(app, args, clock, run);
  AddKeeping(app, args, clock, random, run);
  AddUser(app, args, clock, random, run);
  AddExchange(app, args, clock, random, run);
  AddReading(app, args, clock, run);
  CLI11_PARSE(app, argc, argv);
  try {
    return run();
  } catch (const std::exception& error) {
    base::LogError("command_failed", {{"detail", error.what()}});
    std::cerr << "Lệnh dừng vì lỗi bên trong.\n";
    return 70;
  }
}
