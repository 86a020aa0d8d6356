# Stages of ./test: each has a name, runs one function, keeps its output and its time. Sourced by
# ./test after `results` (a folder) is set. A failing stage is noted and the next one runs.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
: "${results:?}"

stage_names=()
declare -A stage_state stage_seconds stage_pid stage_began

log_of() { echo "$results/$(tr -c 'a-z0-9\n' '_' <<<"$1").log"; }

note() { # NAME SECONDS STATUS
  stage_seconds[$1]=$2
  stage_state[$1]=$([ "$3" -eq 0 ] && echo pass || echo FAIL)
}

# after NAME COMMAND...: does COMMAND when stage NAME has passed, else fails with a word.
after() {
  local needed=$1
  shift
  [ "${stage_state[$needed]:-}" = pass ] || { echo "not run: \"$needed\" failed" && return 1; }
  "$@"
}

# stage NAME COMMAND...: runs it here, shown and logged.
stage() {
  local began=$SECONDS status=0
  stage_names+=("$1")
  printf '\n── %s\n' "$1"
  "${@:2}" 2>&1 | tee "$(log_of "$1")" || status=$?
  note "$1" $((SECONDS - began)) "$status"
}

# begin NAME COMMAND...: runs it in the background, into its log only; `finish NAME` waits for it.
begin() {
  stage_names+=("$1")
  stage_began[$1]=$SECONDS
  printf '\n── %s (in the background)\n' "$1"
  "${@:2}" >"$(log_of "$1")" 2>&1 &
  stage_pid[$1]=$!
}

finish() {
  [ -n "${stage_pid[$1]:-}" ] || return 0
  local status=0
  wait "${stage_pid[$1]}" || status=$?
  unset "stage_pid[$1]"
  note "$1" $((SECONDS - stage_began[$1])) "$status"
  printf '\n── %s (its last lines)\n' "$1"
  tail -n "$([ "$status" -eq 0 ] && echo 6 || echo 60)" "$(log_of "$1")"
}

# A background stage must not outlive an interrupted run.
trap 'kill "${stage_pid[@]}" 2>/dev/null || true' EXIT

# The closing lines of the test runners, as they wrote them.
closing_lines() {
  local name lines closing='^[0-9]+% tests passed|^ *(Test Files|Tests)  |^Ran [0-9]+ tests?'
  closing+='|^(lines|branches): |^power cuts: |^mutation of |^fuzz: |^tidy: '
  closing+='|^clang-tidy: .*findings'
  printf '\n── what the test runners said last\n'
  for name in "${stage_names[@]}"; do
    lines="$(sed 's/\x1b\[[0-9;]*m//g' "$(log_of "$name")" | grep -E "$closing" | sed 's/^ */  /')"
    [ -z "$lines" ] || printf '%s:\n%s\n' "$name" "$lines"
  done
}

# Prints the table and returns 1 when a stage failed.
stage_table() {
  local name failed=0
  printf '\n── stages\n'
  for name in "${stage_names[@]}"; do
    printf '%-4s %5d s  %s\n' "${stage_state[$name]}" "${stage_seconds[$name]}" "$name"
    [ "${stage_state[$name]}" = pass ] || failed=$((failed + 1))
  done
  printf 'total %d s, %d of %d stages passed\n' "$SECONDS" \
    $((${#stage_names[@]} - failed)) "${#stage_names[@]}"
  [ "$failed" -eq 0 ]
}
