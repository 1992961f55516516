#!/usr/bin/env python3
"""Times whole runs of treatyline: start, reading, checking, writing.

    scripts/time_reports.py target/release/treatyline [ANOTHER...]

Several programs are run in turns, so that a busy machine is as busy for each; what is
printed is the least and the median of wall time, and the same of processor time, which
other people's work disturbs less. Some runs before are not counted.
"""

import os
import statistics
import sys
import time

COMMANDS = [
    ["report"],
    ["report", "--format", "html"],
    ["report", "--format", "json"],
    ["check", "--format", "json"],
    ["resolution"],
    ["points"],
]
RUNS = 25
# Before them, unmeasured: files come into memory and an idle processor to its speed.
WARM_UP = 10


def run(program, arguments):
    """Wall and processor time in milliseconds."""
    start = time.perf_counter()
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(program, [program, *arguments], os.environ, file_actions=nowhere)
    _, status, used = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(f"{program} {' '.join(arguments)} could not run")
    return 1e3 * (time.perf_counter() - start), 1e3 * (used.ru_utime + used.ru_stime)


def milliseconds(times):
    return f"{min(times):6.0f} {statistics.median(times):6.0f}"


print(f"{'ms':32}   wall: least, median   processor: least, median")
for arguments in COMMANDS:
    times = {program: [] for program in sys.argv[1:]}
    for _ in range(WARM_UP + RUNS):
        for program, of_program in times.items():
            of_program.append(run(program, arguments))
    for program, of_program in times.items():
        wall, processor = zip(*of_program[WARM_UP:])
        command = " ".join(arguments)
        print(f"{command:32}   {milliseconds(wall)}         {milliseconds(processor)}   {program}")
