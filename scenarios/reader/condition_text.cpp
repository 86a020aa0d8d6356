// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader/condition_text.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

#include "scenarios/reader/amounts.hpp"

namespace cellwarden::scenarios {
namespace {

struct ComparisonSign {
  std::string_view sign;
  sim::Comparison comparison;
};
/// Longer signs first.
constexpr ComparisonSign signs[] = {
    {"<=", sim::Comparison::at_most}, {">=", sim::Comparison::at_least},
    {"!=", sim::Comparison::unequal}, {"<", sim::Comparison::less},
    {">", sim::Comparison::more},     {"=", sim::Comparison::equal},
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

[[noreturn]] void refuse(std::string_view found, const std::string& expected) {
  throw std::invalid_argument("found " + quoted(found) + ", expected " + expected);
}

bool only_equal(const sim::QuantityRow& row) {
  return row.kind == sim::QuantityKind::contact || row.kind == sim::QuantityKind::lamp;
}

std::string every_quantity() {
  std::string list = "a quantity:";
  for (std::size_t i = 0; i < sim::quantity_count; ++i) {
    list += (i == 0 ? " " : ", ") + std::string(sim::row_of(static_cast<sim::Quantity>(i)).name);
  }
  return list;
}

/// Reads one term.
class TermReader {
 public:
  TermReader(std::string_view text, const ConditionNames& names) : text_(text), names_(names) {}

  sim::Term read() {
    const ComparisonSign& sign = find_sign();
    const std::size_t at = text_.find(sign.sign);
    term_.comparison = sign.comparison;
    read_quantity(trimmed(text_.substr(0, at)));
    const sim::QuantityRow& row = sim::row_of(term_.quantity);
    const bool equality =
        sign.comparison == sim::Comparison::equal || sign.comparison == sim::Comparison::unequal;
    if (only_equal(row) && !equality) refuse(sign.sign, "= or != behind " + quoted(row.name));
    if (row.kind == sim::QuantityKind::measure && equality) {
      refuse(sign.sign, "<, <=, > or >= behind " + quoted(row.name));
    }
    read_value(trimmed(text_.substr(at + sign.sign.size())), row);
    return term_;
  }

 private:
  [[nodiscard]] const ComparisonSign& find_sign() const {
    for (const ComparisonSign& sign : signs) {
      if (text_.find(sign.sign) != std::string_view::npos) return sign;
    }
    refuse(text_, "QUANTITY, one of < <= > >= = !=, and a value");
  }

  void read_quantity(std::string_view name) {
    if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
      read_pack(name.substr(0, dot));
      name.remove_prefix(dot + 1);
    }
    const auto quantity = sim::quantity_with_name(name);
    if (!quantity) refuse(name, every_quantity());
    term_.quantity = *quantity;
  }

  void read_pack(std::string_view name) {
    std::string list;
    for (std::size_t i = 0; i < names_.packs.size(); ++i) {
      if (names_.packs[i] == name) {
        term_.pack = static_cast<int>(i);
        return;
      }
      list += (list.empty() ? "" : ", ") + std::string(names_.packs[i]);
    }
    refuse(name, "a pack: " + list);
  }

  void read_value(std::string_view value, const sim::QuantityRow& row) {
    if (row.kind == sim::QuantityKind::contact) return read_word(value, "closed", "open");
    if (row.kind == sim::QuantityKind::lamp) return read_word(value, "on", "off");
    if (row.kind == sim::QuantityKind::count) {
      const auto amount = parse_amount(value);
      if (!amount || !amount->unit.empty() || amount->number < 0.0 ||
          amount->number > std::floor(amount->number)) {
        refuse(value, "a whole number");
      }
      term_.limit = amount->number;
      return;
    }
    if (const auto limit = plain_amount(value, row.unit)) {
      term_.limit = *limit;
      return;
    }
    term_.limit = setting_amount(value, row);
  }

  void read_word(std::string_view value, std::string_view yes, std::string_view no) {
    if (value != yes && value != no) {
      refuse(value, std::string(yes) + " or " + std::string(no));
    }
    term_.limit = value == yes ? 1.0 : 0.0;
  }

  static std::optional<double> plain_amount(std::string_view value, std::string_view unit) {
    const auto amount = parse_amount(value);
    // A number without its unit is a mistake waiting to happen: 3650 or 3.65?
    if (!amount || amount->unit.empty()) return std::nullopt;
    return in_unit(*amount, unit);
  }

  [[nodiscard]] double setting_amount(std::string_view value, const sim::QuantityRow& row) const {
    const std::size_t sign = value.find_first_of("+-");
    const std::string_view name = trimmed(value.substr(0, sign));
    const int pack = term_.pack == sim::Term::every_pack ? 0 : term_.pack;
    const auto base = names_.setting(pack, name);
    std::optional<double> offset = 0.0;
    if (sign != std::string_view::npos) {
      offset = plain_amount(trimmed(value.substr(sign + 1)), row.unit);
      if (offset && value[sign] == '-') offset = -*offset;
    }
    if (!base || !offset) {
      refuse(value, "a number of " + std::string(row.unit) +
                        ", or a setting like v_max with + or - such a number");
    }
    return *base + *offset;
  }

  std::string_view text_;
  const ConditionNames& names_;
  sim::Term term_;
};

}  // namespace

sim::Condition parse_condition(std::string_view text, const ConditionNames& names) {
  constexpr std::string_view joint = " and ";
  sim::Condition condition;
  while (true) {
    const std::size_t end = text.find(joint);
    condition.push_back(TermReader(trimmed(text.substr(0, end)), names).read());
    if (end == std::string_view::npos) return condition;
    text.remove_prefix(end + joint.size());
  }
}

}  // namespace cellwarden::scenarios
