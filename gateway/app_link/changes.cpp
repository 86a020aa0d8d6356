// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/changes.hpp"

#include <array>
#include <memory>
#include <utility>

namespace cellwarden::gateway {
namespace {

using core::settings_table;

/// Settings as they would be.
class Wanted final : public SettingLook {
 public:
  explicit Wanted(const SettingLook& now) {
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = now.at(i);
  }
  void set(const SettingChange& change) { values_[change.place] = change.value; }
  [[nodiscard]] std::int32_t at(std::size_t place) const override { return values_[place]; }

 private:
  std::array<std::int32_t, settings_table.size()> values_{};
};

bool is_inherited(std::size_t place, std::int32_t value) {
  const core::SettingRow& row = settings_table[place];
  return row.inherit != 0 && value == row.inherit;
}

bool is_changed(const std::vector<SettingChange>& changes, std::size_t place) {
  for (const SettingChange& change : changes) {
    if (change.place == place) return true;
  }
  return false;
}

/// Every rule between two settings that would be broken, said of one that is to be changed.
void check_orders(const std::vector<SettingChange>& changes, const Wanted& wanted,
                  Refusals& refusals) {
  for (const core::SettingOrder& order : core::setting_orders) {
    const std::int32_t lower = wanted.at(order.lower);
    const std::int32_t upper = wanted.at(order.upper);
    if (is_inherited(order.lower, lower) || is_inherited(order.upper, upper)) continue;
    if (lower + order.gap <= upper) continue;
    const bool upper_is_new = is_changed(changes, order.upper);
    if (!upper_is_new && !is_changed(changes, order.lower)) continue;
    const std::size_t place = upper_is_new ? order.upper : order.lower;
    const std::size_t other = upper_is_new ? order.lower : order.upper;
    refusals.push_back(refusal_text(settings_table[place], wanted.at(place),
                                    wire::AppRefusal::order, settings_table[other].id, wanted,
                                    std::nullopt));
  }
}

/// The changes the way back and forth: one after the other, each read back.
class ChangeJob : public std::enable_shared_from_this<ChangeJob> {
 public:
  ChangeJob(AppLinkClient& client, std::vector<SettingChange> changes, ChangeDone done)
      : client_(client), open_(std::move(changes)), done_(std::move(done)) {}

  void next() {
    if (index_ == open_.size()) {
      if (open_.empty()) {
        done_({});
      } else if (std::exchange(progress_, false)) {
        index_ = 0;
        refusals_.clear();
        next();
      } else {
        take_back();
      }
      return;
    }
    const SettingChange change = open_[index_];
    write(change, [this, change, self = shared_from_this()](const AppOutcome& outcome) {
      take(change, outcome);
    });
  }

 private:
  void write(const SettingChange& change, const AppDone& done) {
    const std::uint8_t id = settings_table[change.place].id;
    wire::AppCommand command;
    command.kind = wire::AppCommandKind::write_setting;
    command.index = id;
    command.value = change.value;
    client_.ask(command, [this, id, done, self = shared_from_this()](const AppOutcome& outcome) {
      if (!outcome.done()) {
        done(outcome);
        return;
      }
      wire::AppCommand look;
      look.kind = wire::AppCommandKind::read_setting;
      look.index = id;
      client_.ask(look, done);
    });
  }

  void take(const SettingChange& change, const AppOutcome& outcome) {
    const core::SettingRow& row = settings_table[change.place];
    const ClientLook now(client_);
    if (outcome.kind == AppOutcome::Kind::reply && now.at(change.place) == change.value) {
      made_.push_back(change);
      open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(index_));
      progress_ = true;
      next();
      return;
    }
    const wire::AppAnswer& answer = outcome.answer;
    const bool refused =
        outcome.kind == AppOutcome::Kind::answer && answer.kind == wire::AppAnswerKind::refused;
    if (!refused) {
      const std::string name(row.title);
      refusals_.push_back(outcome.locked() ? name + " refused: not logged in any more"
                                           : name + " not changed: the board does not answer");
      take_back();
      return;
    }
    refusals_.push_back(refusal_text(row, change.value, answer.reason, answer.other.value_or(0),
                                     now, client_.v_bypass()));
    if (answer.reason != wire::AppRefusal::order) {
      take_back();
      return;
    }
    // Another change may have to come first.
    ++index_;
    next();
  }

  /// The last change first: that way nothing stands in its way.
  void take_back() {
    if (made_.empty()) {
      done_(refusals_);
      return;
    }
    const SettingChange change = made_.back();
    made_.pop_back();
    const SettingChange back{change.place, was_.at(change.place)};
    write(back, [this, back, self = shared_from_this()](const AppOutcome& outcome) {
      if (outcome.kind != AppOutcome::Kind::reply) {
        const core::SettingRow& row = settings_table[back.place];
        refusals_.push_back(std::string(row.title) + " could not be put back to " +
                            value_text(row, back.value));
      }
      take_back();
    });
  }

  AppLinkClient& client_;
  Wanted was_{ClientLook(client_)};
  std::vector<SettingChange> open_;
  std::vector<SettingChange> made_;
  ChangeDone done_;
  Refusals refusals_;
  std::size_t index_ = 0;
  bool progress_ = false;
};

}  // namespace

Refusals check_changes(const std::vector<SettingChange>& changes, const SettingLook& now,
                       std::optional<core::Voltage> v_bypass) {
  Refusals refusals;
  Wanted wanted(now);
  core::SettingValues::Draft before{core::SettingValues{}};
  for (std::size_t i = 0; i < settings_table.size(); ++i) (void)before.set(i, now.at(i));
  const auto held = before.finish(std::nullopt);
  core::SettingValues::Draft draft =
      held.good() ? core::SettingValues::Draft{held.value()} : before;
  const auto refuse = [&](const SettingChange& change, const core::Refusal& why) {
    refusals.push_back(refusal_text(settings_table[change.place], change.value,
                                    on_the_wire(why.reason), why.other, wanted, v_bypass));
  };
  for (const SettingChange& change : changes) {
    if (const auto refusal = draft.set(change.place, change.value)) {
      refuse(change, *refusal);
    } else {
      wanted.set(change);
    }
  }
  check_orders(changes, wanted, refusals);
  if (!refusals.empty()) return refusals;
  const auto result = draft.finish(v_bypass);
  if (!result.good()) {
    const auto place = core::setting_with_id(result.fault().id).value_or(0);
    refuse({place, wanted.at(place)}, result.fault());
  }
  return refusals;
}

void make_changes(AppLinkClient& client, std::vector<SettingChange> changes, ChangeDone done) {
  std::make_shared<ChangeJob>(client, std::move(changes), std::move(done))->next();
}

}  // namespace cellwarden::gateway
