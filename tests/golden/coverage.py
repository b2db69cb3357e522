#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""That the golden transcripts have every command: coverage.py PROGRAM

Each command of the program's own table needs a case that passes, as `switchblade COMMAND` or as a
line of a script that the case feeds, and a case `switchblade ... COMMAND` that ends with an exit
status of a mistake.
"""
import glob
import os
import re
import subprocess
import sys


def commands(program):
    table = subprocess.run([program, "help", "--markdown"], check=True, capture_output=True,
                           text=True).stdout
    for usage in re.findall(r"^\| `([^`]+)` ", table, re.M):
        words = re.match(r"[a-z][a-z-]*(?: [a-z][a-z-]*(?![^ ]))?", usage)
        yield words.group()


class Case:
    def __init__(self, text):
        self.typed = [line[2:] for line in text if line.startswith("$ ")]
        self.fed = [line[2:] for line in text if line.startswith("> ")]
        self.status = "".join(line[2:] for line in text if line.startswith("= "))
        # What printf feeds.
        self.fed += [part for line in self.typed for part in re.findall(r"[^'\\]+", line)]

    def runs(self, command):
        name = re.compile(rf"n?{command}(?![\w-])")
        return self.types(command) or any(name.match(line) for line in self.fed)

    def types(self, command):
        name = re.compile(rf"switchblade( -\S+| [^-\s]\S*[:.]\S*)* {command}(?![\w-])")
        return any(name.search(line) for line in self.typed)


def cases():
    for name in glob.glob(os.path.join(os.path.dirname(__file__), "*.t")):
        with open(name, encoding="latin-1") as file:
            for text in re.split(r"\n\n+", file.read()):
                yield Case(text.split("\n"))


def main():
    passed = failed = 0
    every = list(cases())
    for command in commands(sys.argv[1]):
        for what, there in (
            ("case that passes", any(not c.status and c.runs(command) for c in every)),
            ("mistake", any(c.status and c.types(command) for c in every)),
        ):
            passed += there
            failed += not there
            if not there:
                print(f"--- no transcript has a {what} of: {command}")
    print(f"{passed} passed, {failed} failed")
    return failed != 0


sys.exit(main())
