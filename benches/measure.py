#!/usr/bin/env python3
"""Measures `gouji` against a bare scan with a regular expression.

What is compared is the CPU time (user and system) of whole processes on one
core, JSON Lines in and JSON Lines out, in turns, so that what else runs on the
machine disturbs both alike. Exits with 1 if a goal is missed.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RATIO, MEMORY, GROWTH = 4.0, 100.0, 1.5


class Run:
    """One process: CPU seconds, peak memory in MB."""

    def __init__(self, command, output, allowed=(0,)):
        actions = [(os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)]
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in allowed:
            sys.exit(f"{' '.join(command)}: exit status {code}")
        self.user, self.system = usage.ru_utime, usage.ru_stime
        self.cpu = self.user + self.system
        self.memory = usage.ru_maxrss / 1024


def least(runs):
    return min(run.cpu for run in runs)


def describe(name, runs, megabytes):
    cpus = sorted(run.cpu for run in runs)
    best = min(runs, key=lambda run: run.cpu)
    memory = max(run.memory for run in runs)
    print(
        f"{name:<12}{cpus[0]:>9.3f}{statistics.median(cpus):>9.3f}"
        f"{best.user:>9.3f}{best.system:>9.3f}{megabytes / cpus[0]:>9.1f}{memory:>9.1f}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=5000, help="how many notes (5000: about 38 MB)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", type=int, default=2, help="of 100 notes, how many have a misprint (2)")
    parser.add_argument("--rounds", type=int, default=7, help="how often each program runs (7)")
    parser.add_argument("--gouji", default=str(ROOT / "target/release/gouji"), help="the program")
    parser.add_argument("--to", choices=["file", "null"], default="file", help="where output goes")
    parser.add_argument("--skip-growth", action="store_true", help="only the comparison")
    options = parser.parse_args()

    work = ROOT / "target/bench"
    work.mkdir(parents=True, exist_ok=True)
    examples = ROOT / "target/release/examples"

    def generate(name, *arguments):
        path = work / name
        command = [str(examples / "generate"), "--seed", str(options.seed), *map(str, arguments)]
        Run(command, str(path))
        return str(path), path.stat().st_size / 1e6

    def output(name):
        return str(work / name) if options.to == "file" else "/dev/null"

    def gouji(verb, path):
        command = [options.gouji, verb, "--jobs", "1", "--format", "jsonl", path]
        # 1: a figure is wrong.
        return Run(command, output(f"{verb}.jsonl"), allowed=(0, 1))

    programs = {
        "baseline": lambda path: Run([str(examples / "baseline"), path], output("baseline.jsonl")),
        "check": lambda path: gouji("check", path),
        "extract": lambda path: gouji("extract", path),
    }
    missed = []

    path, megabytes = generate("notes.jsonl", "--notes", options.notes, "--wrong", options.wrong)
    empty = generate("one.jsonl", "--notes", 1)[0]
    runs = {name: [] for name in programs}
    started = {name: [] for name in programs}
    for _ in range(options.rounds):
        for name, program in programs.items():
            started[name].append(program(empty))
            runs[name].append(program(path))
    print(f"{options.notes} notes, {megabytes:.1f} MB of JSON Lines, {options.rounds} rounds in turns, one core\n")
    print("               CPU s   median     user   system     MB/s   MB RSS")
    for name in programs:
        describe(name, runs[name], megabytes)
    print("\nstart-up, one note: " + ", ".join(f"{name} {least(started[name]) * 1000:.0f} ms" for name in programs))
    if options.to == "file":
        sizes = ", ".join(f"{name} {(work / f'{name}.jsonl').stat().st_size / 1e6:.1f} MB" for name in programs)
        print(f"output: {sizes}")
    for name in ("check", "extract"):
        ratio = least(runs[name]) / least(runs["baseline"])
        pairs = statistics.median(a.cpu / b.cpu for a, b in zip(runs[name], runs["baseline"]))
        verdict = "" if ratio <= RATIO else f"   above {RATIO:g}"
        print(f"RATIO {name} / baseline: {ratio:.2f} of the least, {pairs:.2f} median of the rounds{verdict}")
    if least(runs["check"]) > RATIO * least(runs["baseline"]):
        missed.append("ratio")
    if max(run.memory for run in runs["check"]) > MEMORY:
        missed.append("memory")

    if not options.skip_growth:
        start = least(started["check"])
        print("\nlength of a document; CPU without start-up")
        print("        KB  notes       MB    CPU s    s/MB   MB RSS")
        costs = []
        for kb, count in ((1, 8000), (10, 800), (100, 80), (1000, 8), (10000, 1)):
            path, megabytes = generate(f"kb{kb}.jsonl", "--kb", kb, "--notes", count)
            repeated = [gouji("check", path) for _ in range(3)]
            cpu = max(least(repeated) - start, 1e-9)
            costs.append(cpu / megabytes)
            print(
                f"{kb:>10}{count:>7}{megabytes:>9.2f}{cpu:>9.3f}{cpu / megabytes:>8.4f}"
                f"{max(run.memory for run in repeated):>9.1f}"
            )
        # Short documents have little but figures; what must not grow is the rest.
        if max(costs[2:]) > GROWTH * costs[1]:
            missed.append("growth with length")
        print("\nnumber of documents; CPU without start-up")
        print("     notes       MB    CPU s    s/MB   MB RSS")
        costs = []
        for factor in (1, 2, 4, 8):
            count = max(options.notes // 8, 1) * factor
            path, megabytes = generate("count.jsonl", "--notes", count)
            repeated = [gouji("check", path) for _ in range(3)]
            cpu = max(least(repeated) - start, 1e-9)
            costs.append(cpu / megabytes)
            print(
                f"{count:>10}{megabytes:>9.2f}{cpu:>9.3f}{cpu / megabytes:>8.4f}"
                f"{max(run.memory for run in repeated):>9.1f}"
            )
        if max(costs) > GROWTH * costs[0]:
            missed.append("growth with number")

    if missed:
        print("\nmissed: " + ", ".join(missed))
        return 1
    print("\nall goals met")
    return 0


if __name__ == "__main__":
    sys.exit(main())
