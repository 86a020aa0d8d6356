/// The loops that move cells on, over W cells abreast; cells beyond the last one, up to a whole
/// block, move along and are never looked at. Templates of W only: see lanes.hpp.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plant/cells_layout.hpp"
#include "plant/lanes.hpp"

namespace cellwarden::plant {

template <std::size_t W>
class KernelOf {
  using L = Lanes<W>;
  using Floats = typename L::Floats;
  using Doubles = typename L::Doubles;
  using Half = typename L::Half;
  static constexpr float points_per_soc = 200.0F;
  static constexpr float celsius_zero_k = 273.15F;

  /// The arrays from one cell on.
  struct Block {
    double* wide;
    float* narrow;
    template <Wide field>
    [[nodiscard]] Doubles in() const {
      return L::load(wide + at<field>);
    }
    template <Narrow field>
    [[nodiscard]] Floats in() const {
      return L::load(narrow + at<field>);
    }
    template <Wide field>
    void out(Doubles values) const {
      L::store(wide + at<field>, values);
    }
    template <Narrow field>
    void out(Floats values) const {
      L::store(narrow + at<field>, values);
    }
    /// Adds to a sum that keeps what rounding drops, so that steps of a millisecond still count.
    /// @source  W. Kahan, Comm. ACM 8 (1965)
    template <Narrow field, Narrow rest>
    void add(Floats value) const {
      const Floats before = in<field>();
      const Floats wanted = value - in<rest>();
      const Floats after = before + wanted;
      out<field>(after);
      out<rest>((after - before) - wanted);
    }
  };
  template <auto field>
  static constexpr std::size_t at = static_cast<std::size_t>(field) * layout_stride + layout_front;

  /// Low, along and rise lie one behind the other.
  template <Narrow low>
  static Floats plane(const Block& b, Floats x, Floats y) {
    constexpr auto along = static_cast<Narrow>(static_cast<int>(low) + 1);
    constexpr auto rise = static_cast<Narrow>(static_cast<int>(low) + 2);
    return b.template in<low>() + x * b.template in<along>() + y * b.template in<rise>();
  }

  /// Charge, polarisation, hysteresis, and what they make of the mean voltage.
  template <bool third_pair, bool small_step>
  static void move_charge(const CellsArrays& arrays, const CellsStep& step) {
    const CellsStep s = step;
    const auto pack_a = static_cast<float>(s.pack_a);
    const auto dt_s = static_cast<float>(s.dt_s);
    for (std::size_t i = 0; i < arrays.count; i += W) {
      const Block b{arrays.wide + i, arrays.narrow + i};
      const Doubles a = s.pack_a - b.template in<Wide::board_current>();
      const Doubles stored_a =
          a - (b.template in<Wide::self_discharge>() + s.inefficiency * L::positive(a));
      b.template out<Wide::stored_current>(stored_a);
      b.template out<Wide::soc>(b.template in<Wide::soc>() +
                                (s.dt_s * stored_a) * b.template in<Wide::per_coulomb>());
      const Floats current = pack_a - b.template in<Narrow::board_current>();
      const Floats off1 = b.template in<Narrow::current1>() - current;
      const Floats off2 = b.template in<Narrow::current2>() - current;
      Floats over = b.template in<Narrow::r0>() * current +
                    b.template in<Narrow::r1>() * (current + off1 * s.mean1) +
                    b.template in<Narrow::r2>() * (current + off2 * s.mean2);
      b.template out<Narrow::current1>(b.template in<Narrow::current1>() - off1 * s.lost1);
      b.template add<Narrow::current2, Narrow::rest2>(off2 * -s.lost2);
      if constexpr (third_pair) {
        const Floats off3 = b.template in<Narrow::current3>() - current;
        over += b.template in<Narrow::r3>() * (current + off3 * s.mean3);
        b.template add<Narrow::current3, Narrow::rest3>(off3 * -s.lost3);
      }
      const Floats moved = (dt_s * current) * b.template in<Narrow::per_coulomb>();
      // The hysteresis goes to the sign of the current, by the charge that passes.
      const Floats h = b.template in<Narrow::hysteresis>();
      const Floats turned = (L::sign(current) - h) * forgotten<small_step>(arrays, moved * s.rate);
      over += b.template in<Narrow::gap>() * (h + 0.5F * turned);
      b.template add<Narrow::hysteresis, Narrow::hysteresis_rest>(turned);
      const Floats ocv =
          b.template in<Narrow::ocv>() + (0.5F * b.template in<Narrow::ocv_slope>()) * moved;
      b.template out<Narrow::mean_voltage>(ocv + over);
      b.template out<Narrow::mean_chemical>(ocv - b.template in<Narrow::entropic>());
    }
  }

  /// 1 - e^-|x|. A cell moves its charge by little in a step: then a short series is exact.
  template <bool small_step>
  static Floats forgotten(const CellsArrays& arrays, Floats x) {
    const Floats size = L::magnitude(x);
    if constexpr (small_step) {
      return size - (size * size) * (0.5F - size * (1.0F / 6.0F));
    } else {
      Floats result{};
      for (std::size_t lane = 0; lane < W; ++lane)
        result[lane] = -arrays.exp_minus_one(-size[lane]);
      return result;
    }
  }

  /// Boards and cells. What flows is taken from exact exponentials: means over the step, sums of
  /// what there is, each with a weight of its own. What stays is counted from those very flows, so
  /// that none is lost.
  static void warm(const CellsArrays& arrays, const CellsStep& step) {
    const CellsStep s = step;
    Half below_c = L::load_half(arrays.wide + at<Wide::temperature> - W / 2);
    for (std::size_t i = 0; i < arrays.count; i += W) {
      const Block b{arrays.wide + i, arrays.narrow + i};
      const Doubles now = b.template in<Wide::temperature>();
      const Doubles board = b.template in<Wide::board_temperature>();
      const Doubles board_a = b.template in<Wide::board_current>();
      const Doubles volts = L::widen(b.template in<Narrow::mean_voltage>());
      const Doubles chemical = L::widen(b.template in<Narrow::mean_chemical>());
      const Doubles excess = now - s.ambient_c;
      const Doubles board_w = board_a * volts;
      const Doubles board_excess =
          (s.board_power * board_w + s.board_cell * excess) + s.board_board * (board - s.ambient_c);
      const Doubles from_board = s.board_to_cell * (board_excess - excess);
      const Doubles board_to_air = s.board_to_air * board_excess;
      b.template out<Wide::board_temperature>(board + s.per_board *
                                                          ((board_w - from_board) - board_to_air));
      const Doubles above{L::above(now.low, now.high),
                          L::above(now.high, L::load_half(b.wide + at<Wide::temperature> + W))};
      const Doubles below{L::below(below_c, now.low), L::below(now.low, now.high)};
      below_c = now.high;
      const Doubles heat_w =
          (s.pack_a - board_a) * volts - b.template in<Wide::stored_current>() * chemical;
      const Doubles own_w =
          (heat_w + s.neighbour_w_per_k * ((below - now) + (above - now))) + from_board;
      const Doubles to_air = s.cell_own * own_w + s.cell_above * excess;
      b.template out<Wide::to_ambient>(to_air + board_to_air);
      b.template out<Wide::temperature>(now + s.per_cell * (own_w - to_air));
    }
  }

  /// Everything that follows from charge and temperature.
  template <bool third_pair>
  static void evaluate_all(const CellsArrays& arrays) {
    const auto pack_a = static_cast<float>(arrays.pack_a);
    const Floats zero{};
    const Floats one = zero + 1.0F;
    for (std::size_t i = 0; i < arrays.count; i += W) {
      const Block b{arrays.wide + i, arrays.narrow + i};
      const Floats position = points_per_soc * L::narrow(b.template in<Wide::soc>());
      const Floats celsius = L::narrow(b.template in<Wide::temperature>());
      Floats x = position - b.template in<Narrow::point>();
      Floats y = celsius - b.template in<Narrow::row>();
      if (L::any((x < zero) | (x >= one) | (y < zero) | (y >= one))) [[unlikely]] {
        arrays.take_patches(arrays.owner, i, W);
        x = position - b.template in<Narrow::point>();
        y = celsius - b.template in<Narrow::row>();
      }
      const Floats current = pack_a - b.template in<Narrow::board_current>();
      evaluate_block<third_pair>(b, x, y, celsius + celsius_zero_k, current);
    }
  }

  /// @param x, y  where on its patch each cell is
  template <bool third_pair>
  static void evaluate_block(const Block& b, Floats x, Floats y, Floats kelvin, Floats current) {
    const Floats twist = b.template in<Narrow::ocv_twist>();
    const Floats entropic = b.template in<Narrow::ocv_rise>() + x * twist;
    const Floats along = b.template in<Narrow::ocv_along>();
    const Floats ocv = b.template in<Narrow::ocv_low>() + x * along + y * entropic;
    const Floats r0 = plane<Narrow::r0_low>(b, x, y);
    const Floats r1 = plane<Narrow::r1_low>(b, x, y);
    const Floats r2 = plane<Narrow::r2_low>(b, x, y);
    const Floats gap = plane<Narrow::gap_low>(b, x, y);
    Floats emf = ocv + gap * b.template in<Narrow::hysteresis>() +
                 r1 * b.template in<Narrow::current1>() + r2 * b.template in<Narrow::current2>();
    if constexpr (third_pair) {
      const Floats r3 = plane<Narrow::r3_low>(b, x, y);
      emf += r3 * b.template in<Narrow::current3>();
      b.template out<Narrow::r3>(r3);
    }
    b.template out<Narrow::entropic>(kelvin * entropic);
    b.template out<Narrow::ocv>(ocv);
    b.template out<Narrow::ocv_slope>((along + y * twist) * points_per_soc);
    b.template out<Narrow::r0>(r0);
    b.template out<Narrow::r1>(r1);
    b.template out<Narrow::r2>(r2);
    b.template out<Narrow::gap>(gap);
    b.template out<Narrow::emf>(emf);
    b.template out<Narrow::voltage>(emf + r0 * current);
  }

 public:
  // Three loops: in one, each block would wait for its own long chain of results; so several blocks
  // are under way at once.
  static void advance(const CellsArrays& arrays, const CellsStep& step, bool third_pair,
                      bool small) {
    if (third_pair) {
      small ? move_charge<true, true>(arrays, step) : move_charge<true, false>(arrays, step);
      warm(arrays, step);
      evaluate_all<true>(arrays);
    } else {
      small ? move_charge<false, true>(arrays, step) : move_charge<false, false>(arrays, step);
      warm(arrays, step);
      evaluate_all<false>(arrays);
    }
  }

  static void evaluate(const CellsArrays& arrays, bool third_pair) {
    third_pair ? evaluate_all<true>(arrays) : evaluate_all<false>(arrays);
  }

  static void look(const CellsArrays& arrays) {
    const auto pack_a = static_cast<float>(arrays.pack_a);
    for (std::size_t i = 0; i < arrays.count; i += W) {
      const Block b{arrays.wide + i, arrays.narrow + i};
      const Floats current = pack_a - b.template in<Narrow::board_current>();
      b.template out<Narrow::voltage>(b.template in<Narrow::emf>() +
                                      b.template in<Narrow::r0>() * current);
    }
  }
};

}  // namespace cellwarden::plant
