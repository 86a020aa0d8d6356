// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/runner.hpp"
#include "gateway/app_link/tcp_channel.hpp"
#include "gateway/commands/settings_access.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

constexpr std::chrono::seconds reach_within{15};
constexpr std::chrono::minutes change_within{5};

class DirectAccess final : public SettingsAccess {
 public:
  DirectAccess(const std::string& place, std::uint16_t pin)
      : place_(place),
        link_(pin),
        runner_(io_, make_tcp_channel(io_, parse_app_link(place), 1), link_) {
    runner_.start();
  }
  DirectAccess(const DirectAccess&) = delete;
  DirectAccess& operator=(const DirectAccess&) = delete;
  ~DirectAccess() override { runner_.stop(); }

  std::vector<HeldSetting> read() override {
    const Time end = Clock::now() + reach_within;
    while (!link_.is_ready()) {
      if (link_.client().state() == AppLinkState::locked) {
        throw UsageError(place_ + ": " + link_.client().text() + "; see --pin");
      }
      if (Clock::now() >= end) throw UsageError(unreached());
      io_.run_one_for(milliseconds(100));
    }
    std::vector<HeldSetting> held;
    for (std::size_t i = 0; i < core::settings_table.size(); ++i) {
      if (const auto& setting = link_.client().setting(i)) held.push_back({i, setting->value});
    }
    return held;
  }

  void write(const std::vector<SettingChange>& changes) override {
    (void)read();
    std::optional<Refusals> result;
    link_.change(changes, true, [&result](const Refusals& refusals) { result = refusals; });
    const Time end = Clock::now() + change_within;
    while (!result && Clock::now() < end) io_.run_one_for(milliseconds(100));
    if (!result) throw UsageError(place_ + ": the board does not answer");
    if (result->empty()) return;
    std::string text;
    for (const std::string& refusal : *result) text += (text.empty() ? "" : "; ") + refusal;
    throw UsageError(text);
  }

 private:
  /// What the link said last; it would try again, this command does not.
  [[nodiscard]] std::string unreached() const {
    const std::string& text = link_.client().text();
    return place_ + " does not answer (" + text.substr(0, text.find("; trying again")) +
           "); is a board, or cellwarden emulate, running there?";
  }

  std::string place_;
  boost::asio::io_context io_{1};
  AppLink link_;
  AppLinkRunner runner_;
};

}  // namespace

std::unique_ptr<SettingsAccess> direct_access(const std::string& place, const std::string& pin) {
  const auto number = parse_pin(pin);
  if (!number) throw UsageError("--pin " + pin + ": expected four digits");
  return std::make_unique<DirectAccess>(place, *number);
}

}  // namespace cellwarden::gateway
