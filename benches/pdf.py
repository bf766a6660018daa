#!/usr/bin/env python3
"""Measures how fast PDFs are read, beside pdftotext and pdfplumber.

    benches/pdf.py FILE.pdf …

`gouji check` (tables and verification included), `gouji text` and
`pdftotext -layout` are run as whole processes; of pdfplumber
only the reading counts (`extract_text` and `extract_tables` of every page), not
the start of Python. All take turns, so that what else runs on the machine
disturbs them alike. CPU time, the least of all rounds. Exits with 1 if a check
takes more than twice what pdftotext does, or a tenth of what pdfplumber does.
Also compared is what is read: Han characters and digits, against pdftotext.
"""

import argparse
import collections
import resource
import subprocess
import sys
import time
import unicodedata
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SLOWER, FASTER = 2.0, 10.0


def process(command, allowed=(0,)):
    """CPU seconds and output of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}")
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return spent, done.stdout.decode("utf-8", "replace")


def plumber(path):
    """CPU seconds and number of pages of pdfplumber; none if it is not installed."""
    try:
        import pdfplumber
    except ImportError:
        return None, None
    begun = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.extract_tables()
            pages = len(pdf.pages)
    return time.process_time() - begun, pages


def characters(text):
    wanted = (c for c in unicodedata.normalize("NFKC", text) if c.isdigit() or "\u4e00" <= c <= "\u9fff")
    return collections.Counter(wanted)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--gouji", default=str(ROOT / "target/release/gouji"), help="the program")
    options = parser.parse_args()
    print(f"{'ms of CPU':<32}{'pages':>6}{'check':>8}{'a page':>8}{'text':>8}{'pdftotext':>11}{'pdfplumber':>12}{'lost':>6}{'added':>7}")
    missed = False
    for path in options.files:
        own, texts, other, python, pages = [], [], [], [], None
        for turn in range(options.rounds):
            # 1: a figure is wrong.
            check = [options.gouji, "check", "--no-config", "--format", "jsonl", path]
            own.append(process(check, allowed=(0, 1))[0])
            spent, text = process([options.gouji, "text", path])
            texts.append(spent)
            spent, reference = process(["pdftotext", "-layout", path, "-"])
            other.append(spent)
            if turn < 2:
                spent, pages = plumber(path)
                python.append(spent)
        a, b = characters(reference), characters(text)
        pages = pages or reference.count("\f")
        best, poppler = min(own), min(other)
        slow = min(python) if None not in python else None
        missed |= best > SLOWER * poppler or (slow is not None and best * FASTER > slow)
        print(
            f"{Path(path).name:<32}{pages:>6}{best * 1e3:>8.1f}{best * 1e3 / pages:>8.2f}{min(texts) * 1e3:>8.1f}{poppler * 1e3:>11.1f}"
            f"{(f'{slow * 1e3:.1f}' if slow is not None else '-'):>12}{sum((a - b).values()):>6}{sum((b - a).values()):>7}"
        )
    sys.exit(missed)


if __name__ == "__main__":
    main()
